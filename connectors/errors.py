"""Errors of getting data in, chosen by what a person must do about them.

Every message is one Dutch sentence or two for the school: file, place, what was wrong, what to do. No names, birth
dates or keys of children in any of them.
"""


class ConnectorError(Exception):
    """Something that stops the delivery as a whole; nothing of it was taken over."""

    code = "fout"

    def __init__(self, message: str, *, locator: str = "", code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.locator = locator
        self.code = code or self.code


class FileRefused(ConnectorError):
    """The file cannot be trusted or is not what this connector reads: repair or choose another file."""

    code = "bestand_geweigerd"


class WrongSchool(ConnectorError):
    """The file speaks of another school than the one it was offered for."""

    code = "andere_school"


class SettingsWrong(ConnectorError):
    """The settings of the source do not fit; an administrator must change them."""

    code = "instelling"


class NeedsConfirmation(ConnectorError):
    """The delivery would do something unusual (many children vanish); a person must confirm."""

    code = "bevestiging_nodig"
