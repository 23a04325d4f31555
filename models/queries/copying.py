"""Everything that is kept of one child, for the copy that a guardian asked for: read table by table, with who wrote it.

What names a guardian comes back for the guardian who asks only, and nothing that another household wrote comes back at
all. The right to it is a decided request: whoever calls this has looked at that.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import sqlalchemy as sa

from models.account import Account, RoleGrant
from models.base import Base
from models.correction import CorrectionRequest
from models.group import ClassGroup
from models.person import Guardian, Guardianship, Pupil, SourcePerson, Staff
from models.portfolio import PieceImage, PortfolioPiece
from models.practice import LearningObjective
from models.provenance import Delivery, Source
from models.queries.owned import PUPIL, rows_of
from models.queries.released import to_parents
from models.queries.scope import AnyRow, Grant
from models.release import Release
from models.result import Assessment, Instrument, Scale
from models.rules.copying import WHO, Names, Part
from models.school import SchoolYear
from models.talk import Talk, TalkVoice
from models.vocabulary import CorrectionAnswer, Role, Speaker, TalkKind

HANDLE = "handle"
"""The key of a row, for who makes a number of it that may leave the database."""
SHARED = frozenset({"absence"})
"""Facts of the child, whoever typed them; everything else that another household wrote stays with that household."""


@dataclass(frozen=True, slots=True)
class Family:
    """Who is who around the child: the guardian who asks with their accounts, those of others, and of the child."""

    guardian_id: int
    mine: frozenset[int]
    others: frozenset[int]
    pupil: frozenset[int]


EXTRAS: Mapping[str, Mapping[str, tuple[Any, ...]]] = {
    "group_membership": {"group": (ClassGroup.name,), "year": (SchoolYear.code,)},
    "instruction_placement": {"group": (ClassGroup.name,)},
    "report_card": {"group": (ClassGroup.name,)},
    "assessment": {"instrument": (Instrument.name,)},
    "assessment_score": {
        "taken_on": (Assessment.taken_on,),
        "instrument": (Instrument.name, Assessment),
        "scale": (Scale.code,),
    },
    "release": {"taken_on": (Assessment.taken_on,), "instrument": (Instrument.name, Assessment)},
    "practice_cell": {"subject": (LearningObjective.subject,), "objective": (LearningObjective.name,)},
    "instruction_pupil": {"planned_on": (), "title": (), "held_on": ()},
    "talk_voice": {"planned_on": (Talk.planned_on,)},
    "talk_view": {"planned_on": (Talk.planned_on,)},
    "agreement": {"owner": ()},
    "piece_image": {"title": (PortfolioPiece.title,)},
}
"""Columns of other tables that a part shows: of which column, and through which table when not at once."""


def family_of(connection: sa.Connection, grant: Grant, guardian_id: int) -> Family:
    """Read which accounts belong to whom around this child."""
    guardians = sa.select(Guardianship.guardian_id).where(Guardianship.pupil_id == grant.pupil_id)
    rows = connection.execute(
        sa.select(RoleGrant.account_id, RoleGrant.role, RoleGrant.guardian_id).where(
            RoleGrant.school_id == grant.school_id,
            sa.or_(
                sa.and_(RoleGrant.role == Role.PARENT, RoleGrant.guardian_id.in_(guardians)),
                sa.and_(RoleGrant.role == Role.PUPIL, RoleGrant.pupil_id == grant.pupil_id),
            ),
        )
    ).all()
    mine = frozenset(row.account_id for row in rows if row.guardian_id == guardian_id)
    pupil = frozenset(row.account_id for row in rows if row.role is Role.PUPIL)
    return Family(guardian_id, mine, frozenset(row.account_id for row in rows) - mine - pupil, pupil)


def names_around(connection: sa.Connection, grant: Grant, family: Family) -> Names:
    """Read the given names at the school, to notice in a text that speaks of someone else."""
    ours = sa.select(Guardianship.pupil_id).where(Guardianship.guardian_id == family.guardian_id)
    pupils = sa.select(Pupil.given_name, Pupil.id.in_(ours).label("is_ours")).where(
        Pupil.school_id == grant.school_id, Pupil.given_name.is_not(None)
    )
    children = connection.execute(pupils).all()
    parents = connection.execute(
        sa.select(Guardian.given_name, (Guardian.id == family.guardian_id).label("is_mine"))
        .join(Guardianship, Guardianship.guardian_id == Guardian.id)
        .where(Guardianship.pupil_id == grant.pupil_id, Guardian.given_name.is_not(None))
    ).all()
    own = {row.given_name for row in children if row.is_ours} | {row.given_name for row in parents if row.is_mine}
    return Names(
        children=frozenset(row.given_name for row in children if not row.is_ours),
        parents=frozenset(row.given_name for row in parents if not row.is_mine),
        own=frozenset(own),
    )


def rows_in(connection: sa.Connection, part: Part, grant: Grant, family: Family, today: date) -> Sequence[AnyRow]:
    """Read the rows of one part for the guardian who asks; `handle` is the key, `readers` is there for notes."""
    table = Base.metadata.tables[part.table]
    source, chosen = _columns(table, part)
    if part.table == "instruction_pupil":
        instruction = Base.metadata.tables["instruction"]
        source = source.join(instruction, instruction.c.id == table.c.instruction_id)
        chosen = [instruction.c[name] for name in part.columns]
    if "source" in part.columns:
        source, label = _source(table, source)
        chosen.append(label)
    if "disputed" in part.columns:
        chosen.append(_disputed(table))
    if "told" in part.columns:
        chosen.append(_told(today))
    if WHO in part.columns or "owner" in part.columns:
        source, author = _author(table, source, family)
        chosen.append(author.label(WHO if WHO in part.columns else "owner"))
    handle = table.c.id if "id" in table.c else sa.literal(0)
    rows = sa.select(*chosen, handle.label(HANDLE)).select_from(source)
    rows = rows.where(table.c.school_id == grant.school_id, *_whose(table, grant, part, family))
    order = table.c[part.order] if part.order in table.c else next(each for each in chosen if each.key == part.order)
    return connection.execute(rows.order_by(order, handle)).all()


def _columns(table: sa.Table, part: Part) -> tuple[Any, list[Any]]:
    """Choose the columns of a part, and join the tables that some of them are in."""
    chosen: list[Any] = []
    source: Any = table
    joined = [table]
    for name in part.columns:
        if name in table.c:
            chosen.append(table.c[name])
        elif found := EXTRAS.get(part.table, {}).get(name):
            for model in (*found[1:], found[0].class_):
                target = cast("sa.Table", model.__table__)
                if target not in joined:
                    base = next(each for each in joined if _refers(each, target))
                    source = source.outerjoin(target, _on(base, target))
                    joined.append(target)
            chosen.append(found[0].label(name))
    return source, chosen


def image(connection: sa.Connection, grant: Grant, image_id: int) -> bytes:
    """Read one image of the child, while the copy is being written."""
    mine = rows_of(cast("sa.Table", PieceImage.__table__), PUPIL, grant.pupil_id)
    return connection.scalars(sa.select(PieceImage.content).where(PieceImage.id == image_id, mine)).one()


def _whose(table: sa.Table, grant: Grant, part: Part, family: Family) -> list[sa.ColumnElement[bool]]:
    """Say which rows are of this child, and of these none that belong to another household."""
    mine = table.c.pupil_id == grant.pupil_id if "pupil_id" in table.c else rows_of(table, PUPIL, grant.pupil_id)
    terms = [mine]
    if part.own:
        terms.append(table.c[part.own] == family.guardian_id)
    terms += [
        sa.or_(table.c[name].is_(None), table.c[name].not_in(family.others))
        for name in ("account_id", "planned_by", "owner_account_id")
        if name in table.c and table.name not in SHARED and family.others
    ]
    if table.name in _ONLY:
        terms.append(_ONLY[table.name](table, family))
    return terms


def _of_talk(table: sa.Table, family: Family) -> sa.ColumnElement[bool]:
    """Talks among colleagues that were held, and with parents those to which the guardian who asks was asked."""
    talk = table.c.id if table.name == "talk" else table.c.talk_id
    asked = sa.select(TalkVoice.talk_id).where(TalkVoice.guardian_id.is_not(None))
    mine = sa.select(TalkVoice.talk_id).where(TalkVoice.guardian_id == family.guardian_id)
    return sa.or_(talk.in_(mine), talk.not_in(asked))


def _view(table: sa.Table, family: Family) -> sa.ColumnElement[bool]:
    held = sa.select(Talk.id).where(Talk.ended_at.is_not(None), Talk.kind == TalkKind.DISCUSSION)
    return sa.and_(table.c.talk_id.in_(held), _of_talk(table, family))


def _voice(table: sa.Table, family: Family) -> sa.ColumnElement[bool]:
    own = sa.or_(table.c.speaker != Speaker.PARENT, table.c.guardian_id == family.guardian_id)
    return sa.and_(own, _of_talk(table, family))


def _talked(table: sa.Table, family: Family) -> sa.ColumnElement[bool]:
    """What came of a talk goes to whoever sat there, or of a talk without parents to any of them."""
    return sa.or_(table.c.talk_id.is_(None), _of_talk(table, family))


_ONLY: Mapping[str, Callable[[sa.Table, Family], sa.ColumnElement[bool]]] = {
    "talk": _of_talk,
    "talk_voice": _voice,
    "talk_view": _view,
    "agreement": _talked,
    "support_point": _talked,
    "report_card": lambda table, _: table.c.released_at.is_not(None),
    "piece_image": lambda table, _: table.c.is_small.is_(False),
    "role_grant": lambda table, _: table.c.role == Role.PUPIL,
}


def _disputed(table: sa.Table) -> sa.ColumnElement[str | None]:
    standing = sa.or_(CorrectionRequest.answer.is_(None), CorrectionRequest.answer != CorrectionAnswer.CORRECTED)
    said = sa.exists().where(CorrectionRequest.about_uid == table.c.uid, standing)
    return sa.case((said, "betwist door een ouder")).label("disputed")


def _told(today: date) -> sa.ColumnElement[str]:
    """Whether school told parents of a test: the copy holds the others too, and says which they are."""
    released = sa.exists().where(Release.assessment_id == Assessment.id, to_parents(today)).correlate(Assessment)
    return sa.case((released, "ja"), else_="nog niet").label("told")


def _source(table: sa.Table, source: Any) -> tuple[Any, Any]:
    """Which system delivered it; empty for what was typed here."""
    if table.name == "source_person":
        return source.outerjoin(Source, Source.id == table.c.source_id), Source.label.label("source")
    if "delivery_id" in table.c:
        source = source.outerjoin(Delivery, Delivery.id == table.c.delivery_id)
        return source.outerjoin(Source, Source.id == Delivery.source_id), Source.label.label("source")
    source = source.outerjoin(SourcePerson, SourcePerson.id == table.c.source_person_id)
    return source.outerjoin(Source, Source.id == SourcePerson.source_id), Source.label.label("source")


def _author(table: sa.Table, source: Any, family: Family) -> tuple[Any, Any]:
    """Who wrote it, as the school shows it: a colleague's name; of a household no name, also not of one's own."""
    names: list[Any] = []
    for column in ("author_id", "owner_id"):
        if column in table.c:
            source = source.outerjoin(Staff, Staff.id == table.c[column])
            names.append(Staff.given_name)
    for column in ("account_id", "planned_by", "owner_account_id"):
        if column in table.c and not (table.name == "agreement" and column == "account_id"):
            source = source.outerjoin(Account, Account.id == table.c[column])
            names.append(
                sa.case(
                    (table.c[column].in_(family.mine), "u"),
                    (table.c[column].in_(family.others), "een ouder"),
                    (table.c[column].in_(family.pupil), "uw kind"),
                    else_=Account.display_name,
                )
            )
    names += [table.c[column] for column in ("written_by", "recorded_by") if column in table.c]
    return source, sa.func.coalesce(*names, sa.null())


def _refers(table: sa.Table, target: sa.Table) -> bool:
    return any(key.referred_table is target for key in table.foreign_key_constraints)


def _on(table: sa.Table, target: sa.Table) -> sa.ColumnElement[bool]:
    key = next(key for key in table.foreign_key_constraints if key.referred_table is target)
    pairs = [(element.parent, element.column) for element in key.elements]
    return sa.and_(*(ours == theirs for ours, theirs in pairs))
