"""The pieces of a portfolio: shown to who may read them, added by the child or with the teacher, taken away again.

A photo or drawing needs the consent of the parents; without it there is no image to add and none to see.
"""

from urllib.parse import urlsplit
from uuid import UUID

import sqlalchemy as sa
from uuid_utils.compat import uuid7

from api.db import writing
from api.problem import ForPeopleError
from api.schemas.portfolio import NewPiece, OwnGoal, Piece, PortfolioPage
from api.security.access import Visit
from api.services.portfolio.images import redraw
from models.portfolio import PieceImage, PortfolioPiece
from models.queries import agreements, goals
from models.queries import portfolio as read
from models.queries.emergency import name_of
from models.queries.scope import Grant, NotFoundError
from models.rules.access import Kind
from models.rules.consent import Allowed
from models.rules.names import display_name
from models.vocabulary import ConsentPurpose, PieceKind, Role

WROTE = "wrote"
WITH_IMAGE = frozenset({PieceKind.PHOTO, PieceKind.DRAWING})
NO_CONSENT = (
    "Een foto of tekening kan nog niet: daarvoor is eerst toestemming van de ouders nodig. "
    "Een tekst of filmpje kan wel."
)
NO_FILE = "Kies eerst een foto of tekening."
NO_LINK = "Een filmpje heeft een adres nodig dat met https:// begint."
NO_BODY = "Schrijf op wat je erover wilt vertellen."
NO_TITLE = "Geef het een naam."
FULL = f"Er staan al {read.MOST_PIECES} dingen in. Haal er eerst iets uit."


def compose(visit: Visit, grant: Grant) -> PortfolioPage:
    """Compose the portfolio of this child for this reader."""
    connection = visit.connection
    rows = read.pieces(connection, grant)
    consent = read.consents(connection, grant, visit.scope)
    child = name_of(connection, grant, visit.scope)
    shows = consent[ConsentPurpose.PORTFOLIO] is Allowed.YES
    writes = may_write(grant)
    return PortfolioPage(
        id=child.uid,
        name=display_name(child),
        ground=grant.ground_for(Kind.PORTFOLIO),
        pieces=[
            Piece(
                id=row.uid,
                kind=row.kind,
                kind_text=row.kind.label,
                title=row.title,
                body=row.body,
                link=row.link if _is_https(row.link) else "",
                made_on=row.made_on,
                is_outside_school=row.is_outside_school,
                goal=row.goal,
                has_image=row.has_image and shows,
                is_hidden=row.has_image and not shows,
                may_remove=writes,
            )
            for row in rows
        ],
        goals=[OwnGoal(id=row.uid, body=row.body) for row in goals.of_child(connection, grant)] if writes else [],
        may_write=writes,
        may_show_images=shows,
        consent={purpose.value: said.value for purpose, said in consent.items()} if _is_staff(grant) else {},
        today=visit.today,
    )


def add(visit: Visit, grant: Grant, new: NewPiece, file: bytes = b"") -> UUID:
    """Keep one piece, made today; `ForPeopleError` for what lacks a title, words, link, file or consent."""
    _require_write(grant)
    title, body, link = " ".join(new.title.split()), new.body.strip(), new.link.strip()
    if not title:
        raise ForPeopleError(NO_TITLE)
    if new.kind is PieceKind.TEXT and not body:
        raise ForPeopleError(NO_BODY)
    if new.kind is PieceKind.FILM and not _is_https(link):
        raise ForPeopleError(NO_LINK)
    drawn = []
    if new.kind in WITH_IMAGE:
        _require_consent(visit, grant, visit.connection)
        if not file:
            raise ForPeopleError(NO_FILE)
        drawn = redraw(file)
    goal_id = agreements.goal(visit.connection, grant, new.goal).id if new.goal else None
    uid = uuid7()
    whose = {"school_id": grant.school_id, "pupil_id": grant.pupil_id, "goal_id": goal_id}
    what = {"kind": new.kind, "title": title, "body": body, "link": link if new.kind is PieceKind.FILM else ""}
    who = {"account_id": visit.scope.account_id, "added_at": visit.now, "made_on": visit.today}
    with writing(visit.kit.engine) as connection:
        read.lock_pupil(connection, grant)
        if read.count(connection, grant) >= read.MOST_PIECES:
            raise ForPeopleError(FULL)
        if drawn:  # decoding took a while: a consent that was withdrawn meanwhile is none
            _require_consent(visit, grant, connection)
        connection.execute(
            sa.insert(PortfolioPiece).values(uid=uid, is_outside_school=new.is_outside_school, **(whose | what | who))
        )
        piece_id = read.piece_id(connection, grant, uid)
        for each in drawn:
            place = {"school_id": grant.school_id, "piece_id": piece_id, "is_small": each.is_small}
            size = {"width": each.width, "height": each.height, "content": each.content}
            connection.execute(sa.insert(PieceImage).values(place | size))
    visit.log(Kind.PORTFOLIO.value, [grant.pupil_id], grant, WROTE)
    return uid


def remove(visit: Visit, grant: Grant, uid: UUID) -> None:
    """Take a piece away, image and all; what was chosen may be chosen no longer."""
    _require_write(grant)
    with writing(visit.kit.engine) as connection:
        piece_id = read.piece_id(connection, grant, uid)
        connection.execute(sa.delete(PieceImage).where(PieceImage.piece_id == piece_id))
        connection.execute(sa.delete(PortfolioPiece).where(PortfolioPiece.id == piece_id))
    visit.log(Kind.PORTFOLIO.value, [grant.pupil_id], grant, WROTE)


def image(visit: Visit, grant: Grant, uid: UUID, *, is_small: bool) -> bytes:
    """Give the image of a piece, or raise `NotFoundError`: also when the parents do not allow it (any more)."""
    if read.consents(visit.connection, grant, visit.scope)[ConsentPurpose.PORTFOLIO] is not Allowed.YES:
        raise NotFoundError(grant.pupil_id, grant.school_id)
    return read.image(visit.connection, grant, uid, is_small=is_small)


def may_write(grant: Grant) -> bool:
    """The matrix lets the child and its teacher add; a teacher who is the parent here reads."""
    return Kind.PORTFOLIO in grant.kinds & grant.writes


def _require_write(grant: Grant) -> None:
    if not may_write(grant):
        raise NotFoundError(grant.pupil_id, grant.school_id)


def _require_consent(visit: Visit, grant: Grant, connection: sa.Connection) -> None:
    if read.consents(connection, grant, visit.scope)[ConsentPurpose.PORTFOLIO] is not Allowed.YES:
        raise ForPeopleError(NO_CONSENT)


def _is_https(link: str) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return parts.scheme == "https" and "." in (parts.hostname or "") and not set(link) & set(" <>\"'\\\n\t")


def _is_staff(grant: Grant) -> bool:
    return grant.role not in {Role.PARENT, Role.PUPIL}
