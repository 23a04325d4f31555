"""What is wrong with one record: raised while mapping it, caught once, turned into an issue.

A message names the field and the remedy, never the value: values are names, birth dates and numbers of children.
"""

from connectors.contract import Issue, RawRecord
from models.vocabulary import Severity


class Objection(Exception):
    """A record cannot be taken over, with the reason for the school."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def rejected(raw: RawRecord, objection: Objection, key: str = "") -> Issue:
    """The issue of a record that is not taken over."""
    return Issue(objection.code, objection.message, raw.locator, Severity.ERROR, raw.stream, key)


def remark(raw: RawRecord, code: str, message: str, key: str = "") -> Issue:
    """The issue of a record that is taken over with a remark."""
    return Issue(code, message, raw.locator, Severity.WARNING, raw.stream, key)


def limited(value: str | None, limit: int, field: str) -> str | None:
    """Return the value, or object when it is longer than is kept or holds a character that no text has."""
    if value is None:
        return None
    if len(value) > limit:
        raise Objection("te_lang", f"‘{field}’ is langer dan {limit} tekens; kort het in bij de bron.")
    if "\0" in value:
        raise Objection("teken", f"‘{field}’ bevat een onleesbaar teken; typ het opnieuw bij de bron.")
    return value
