"""Who may do what with the list of registrations, and of which school it is."""

from collections.abc import Collection
from uuid import UUID

from api.schemas.registrations import AuditItem, LinkRef
from api.security import sessions
from api.security.access import Access, Visit, readers_of
from models.catalogue import catalogue
from models.queries import registrations as read
from models.queries.prepared import Rows
from models.queries.scope import AnyRow, NotFoundError
from models.vocabulary import Role, Voice

STAFF = frozenset(Role) - sessions.FAMILY
WORKING = frozenset({Role.TEACHER, Role.SUBSTITUTE, Role.IB, Role.HEAD, Role.OFFICE})
READ = Access("medewerkers en bestuur", STAFF)
WORK = Access("wie op school registreert", WORKING)
DECIDE = Access("directie", frozenset({Role.HEAD}))
VOICE_OF = {
    Role.HEAD: Voice.HEAD,
    Role.IB: Voice.IB,
    Role.BOARD: Voice.BOARD,
    Role.TEACHER: Voice.TEACHER,
    Role.SUBSTITUTE: Voice.TEACHER,
    Role.OFFICE: Voice.HEAD,
}
"""For which group someone with an account speaks: the first of their roles, in this order."""
VOTE = Access("wie meedoet aan een ronde", frozenset(VOICE_OF))


def schools_of(visit: Visit, roles: Collection[Role]) -> list[int]:
    """The schools where the reader holds one of these roles."""
    return sorted({held.school_id for held in visit.scope.held if held.role in roles})


def school_at(visit: Visit, roles: Collection[Role], wanted: UUID | None = None) -> tuple[AnyRow, Rows]:
    """Choose the school: the one asked for, else the first by name; with all that there are to choose from."""
    found = read.schools(visit.connection, schools_of(visit, roles))
    chosen = [row for row in found if wanted in {None, row.uid}]
    if not chosen:
        raise NotFoundError
    return chosen[0], found


def uid_of(visit: Visit, school_id: int) -> UUID:
    """By which id a school is known outside: where to go back to."""
    uid: UUID = read.schools(visit.connection, [school_id])[0].uid
    return uid


def voice_at(visit: Visit, school_id: int) -> Voice:
    """For which group the reader speaks at this school."""
    roles = {held.role for held in visit.scope.held if held.school_id == school_id}
    spoken = [voice for role, voice in VOICE_OF.items() if role in roles]
    if not spoken:
        raise NotFoundError
    return spoken[0]


def holds(visit: Visit, school_id: int, roles: Collection[Role]) -> bool:
    """Whether the reader holds one of these roles at this school."""
    return any(held.school_id == school_id and held.role in roles for held in visit.scope.held)


def page_for(visit: Visit, item: AuditItem) -> LinkRef | None:
    """Where Kindblad does it, for who may open that page: a link that answers with a refusal helps nobody."""
    path = catalogue().items[item.code].page if item.code in catalogue().items else ""
    if item.page is None or not path:
        return None
    begins_at_a_group = item.page.address == "/groepen"
    rules = readers_of(visit.request.app)
    may = rules[path if begins_at_a_group else item.page.address].roles & visit.scope.roles
    return item.page if (may & WORKING if begins_at_a_group else may) else None
