"""Which role may see which kind of data of a child, as data: the access matrix ("voor wie?") of this school.

Whose child it is (own group, school, own child) is decided by
`models.queries.scope`; what of that child is shown, only here. A role or kind that is not in the table sees nothing.
"""

from collections.abc import Iterable
from enum import StrEnum

from models.vocabulary import Coded, Role


class Kind(Coded):
    """A kind of data on a child's sheet."""

    IDENTITY = "identity", "naam en geboortedatum"
    PLACEMENT = "placement", "groep en inschrijving"
    RESULTS = "results", "toetsresultaten"
    PRACTICE = "practice", "oefengegevens"
    WELLBEING = "wellbeing", "welbevinden"
    JOURNAL = "journal", "observaties en notities"
    JOURNAL_IB = "journal_ib", "notities alleen voor IB"
    SUPPORT = "support", "ondersteuning en afspraken"
    ATTENDANCE = "attendance", "verzuim"
    GOALS = "goals", "eigen doelen"
    TALENT = "talent", "talent en trots"
    SOURCES = "sources", "herkomst van de gegevens"


class Cell(StrEnum):
    """What a role may do with a kind of data."""

    READ = "lezen"
    AGGREGATE = "alleen als telling over een groep"
    REASON = "alleen met een vastgelegde reden"
    RELEASED = "alleen wat de school heeft vrijgegeven"
    REQUEST = "alleen op verzoek, via de directie"
    NONE = "niet"


READ, AGGREGATE, REASON, RELEASED, REQUEST, NONE = Cell

ROLES = (Role.TEACHER, Role.IB, Role.HEAD, Role.ADMIN, Role.PARENT)
MATRIX: dict[Kind, tuple[Cell, Cell, Cell, Cell, Cell]] = {
    # Kind:          teacher, ib, head, admin, parent
    Kind.IDENTITY: (READ, READ, READ, NONE, READ),
    Kind.PLACEMENT: (READ, READ, READ, NONE, READ),
    Kind.RESULTS: (READ, READ, READ, NONE, RELEASED),
    Kind.PRACTICE: (READ, READ, AGGREGATE, NONE, RELEASED),
    Kind.WELLBEING: (READ, READ, REASON, NONE, RELEASED),
    Kind.JOURNAL: (READ, READ, REASON, NONE, REQUEST),
    Kind.JOURNAL_IB: (NONE, READ, REASON, NONE, REQUEST),
    Kind.SUPPORT: (READ, READ, READ, NONE, RELEASED),
    Kind.ATTENDANCE: (READ, READ, READ, NONE, READ),
    Kind.GOALS: (READ, READ, READ, NONE, READ),
    Kind.TALENT: (READ, READ, NONE, NONE, READ),
    Kind.SOURCES: (READ, READ, READ, NONE, NONE),
}
"""Rows 1-16 of the access facts for the kinds that the sheet has; a parent is one with custody, others have no account.

A head answers for the school, not for daily care: practice as a count, well-being and notes only with a reason.
An administrator keeps the system running and sees no child.
"""


def cell(role: Role, kind: Kind) -> Cell:
    """Look up what this role may do with this kind of data."""
    return MATRIX[kind][ROLES.index(role)] if kind in MATRIX and role in ROLES else Cell.NONE


def may(role: Role, kind: Kind) -> bool:
    """Tell whether this role may read this kind of data without more ado."""
    return cell(role, kind) is Cell.READ


def kinds_for(roles: Iterable[Role]) -> frozenset[Kind]:
    """Return all that someone may read who holds these roles for one and the same child."""
    return frozenset(kind for role in roles for kind in Kind if may(role, kind))
