"""When parents allow something: the newest word of each guardian counts, and one no is enough (AVG art. 7)."""

from collections.abc import Iterable
from enum import Enum


class Allowed(Enum):
    """What the guardians with custody said together, about one purpose."""

    YES = "ja"
    NO = "nee"
    NOT_ASKED = "nog niet gevraagd"


def allowed(said: Iterable[tuple[int, bool]]) -> Allowed:
    """Bring together what guardians with custody said, oldest first: who said it, and whether it was yes."""
    newest = dict(said)
    if not newest:
        return Allowed.NOT_ASKED
    return Allowed.YES if all(newest.values()) else Allowed.NO
