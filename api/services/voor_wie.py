"""Who may see what, and why: the matrix as it stands in the code, and for one child the people whom it lets in."""

from collections.abc import Iterable

from api.schemas.access import (
    AccessMatrix,
    MatrixCell,
    MatrixColumn,
    MatrixRow,
    MatrixTheme,
    Reader,
    ReadersOfKinds,
    WhoCanSee,
)
from api.security.access import Visit
from models.queries import readers as read
from models.queries.scope import BEFORE_A_GROUP, GROUNDS, Grant, Held
from models.rules.access import Kind, Position, cell
from models.rules.grounds import WORDS, Theme
from models.rules.names import display_name
from models.vocabulary import Role

NAMELESS = {GROUNDS[Position.PARENT], GROUNDS[Position.PUPIL]}
"""Grounds of people who are not named: a household says nothing about another."""


def compose_matrix(held: Iterable[Held] = ()) -> AccessMatrix:
    """Compose the matrix, with the columns of whoever holds these roles in front."""
    yours = {position for each in held for position in _positions(each)}
    order = sorted(Position, key=lambda position: position not in yours)
    return AccessMatrix(
        columns=[MatrixColumn(position=each, label=each.label, is_yours=each in yours) for each in order],
        themes=[
            MatrixTheme(title=theme, rows=[_row(kind, order) for kind, words in WORDS.items() if words.theme is theme])
            for theme in Theme
        ],
    )


def compose_who(visit: Visit, grant: Grant) -> WhoCanSee:
    """Compose who can see what is kept of this child, and why: the authorizer's own answers, brought together."""
    pupil = read.pupil(visit.connection, grant)
    found = read.readers(visit.connection, grant, visit.scope)
    parts: dict[tuple[tuple[Reader, ...], tuple[Reader, ...]], list[Kind]] = {}
    for kind in (kind for kind, words in WORDS.items() if words.kept):
        readers = _people([(each.name, each.grant.ground_for(kind)) for each in found if kind in each.grant.kinds])
        others = _people([(each.name, each.grant.ground) for each in found if kind in each.grant.opens])
        parts.setdefault((readers, others), []).append(kind)
    return WhoCanSee(
        id=pupil.uid,
        name=display_name(pupil),
        parts=[
            ReadersOfKinds(kinds=[kind.label for kind in kinds], readers=list(readers), with_reason=list(others))
            for (readers, others), kinds in parts.items()
        ],
    )


def _people(named: Iterable[tuple[str, str]]) -> tuple[Reader, ...]:
    """Each person once, with the reason; who is of the family stands there by the reason only."""
    people = (Reader(name=why) if why in NAMELESS else Reader(name=name, ground=why) for name, why in named)
    return tuple(dict.fromkeys(people))


def _positions(held: Held) -> tuple[Position, ...]:
    if held.role in BEFORE_A_GROUP:
        return Position(held.role.value), Position.ELSEWHERE
    if held.role is Role.PARENT and not held.pupil_ids:
        return (Position.WITHOUT_CUSTODY,)
    return (Position(held.role.value),)


def _row(kind: Kind, order: Iterable[Position]) -> MatrixRow:
    words = WORDS[kind]
    return MatrixRow(
        kind=kind,
        label=kind.label,
        ground=words.ground,
        kept=words.kept,
        cells=[
            MatrixCell(
                position=position,
                cell=cell(position, kind),
                text=cell(position, kind).label,
                remark=words.remarks.get(position),
            )
            for position in order
        ],
    )
