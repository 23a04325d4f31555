"""Deny by default: every route says who may use it, and a route that says nothing stops the start-up.

`@guarded(rule)` runs the whole request in one go, in one thread: who is this, may they, compose from one reading
transaction, write the access log, answer. Pages of one child or group take turns; an emergency never waits.
A route about a child gets a `Grant` instead of the id from the URL, so it cannot forget to ask; what it shows is logged
before it is sent, and so is every refusal.
"""

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from anyio import to_thread
from fastapi import FastAPI, Request
from fastapi.routing import iter_route_contexts

from api import clock
from api.db import for_schools, reading, writing
from api.security import emergency_journal, sessions, turns
from api.security.access_log import AccessLogWriter, Line, LogUnavailableError
from api.security.sessions import SignedIn, Step
from api.settings import Settings
from models.queries import talks
from models.queries.scope import (
    COUNTING,
    FAMILY,
    Grant,
    GroupGrant,
    NotFoundError,
    Scope,
    as_family,
    authorize,
    authorize_group,
)
from models.rules.access import Kind
from models.vocabulary import Role

READ, REFUSED = "read", "refused"
GIVEN = {"grant": "uid", "group": "uid", "talk": "talk_id"}
"""What a handler gets for an id in the URL: the right to the child, to the group, or the talk with the right to it."""


@dataclass(frozen=True, slots=True)
class Access:
    """Who may use a route; `child`, `group` and `talk` name what such a page shows, for the access log.

    `needs` is the kind of data of the child without which a reader has nothing to look for on this page.
    """

    words: str
    roles: frozenset[Role] = frozenset(Role)
    without_login: bool = False
    child: str = ""
    group: str = ""
    talk: str = ""
    page: str = "other"
    """What the log calls it when a page that finds out itself what someone may see refuses."""
    needs: Kind = Kind.PLACEMENT
    emergency: bool = False
    """Whether the page opens even when the access log cannot be written: a child may be choking."""
    steps: frozenset[Step] = frozenset()
    """Steps of logging in during which it is open already; see api/security/sessions.py."""

    def waits_its_turn(self, method: str) -> bool:
        """Whether it shows one child or group, soon composed: not the whole school, a hash or a file; and no hurry."""
        return method == "GET" and bool(self.child or self.group or self.talk) and not self.emergency


PUBLIC = Access("iedereen", without_login=True)
SIGNED_IN = Access("wie is ingelogd")
STAFF = Access("medewerkers", frozenset(Role) - sessions.FAMILY)
CHILD_SHEET = Access("wie dit kind mag zien", child="sheet")
CHILD_CONTACT = Access("wie de ouders mag bereiken", child="contact", needs=Kind.NAME)
WHO_CAN_SEE = Access(
    "medewerkers en ouders die dit kind mogen zien",
    frozenset(Role) - {Role.PUPIL, Role.BOARD, Role.ADMIN},
    child="readers",
)
LOOKS = Access("IB'er en directie", frozenset({Role.IB, Role.HEAD}), child="access_log", needs=Kind.ACCESS_LOG)
LOOKS_EXTRACT = Access("directie", frozenset({Role.HEAD}), child="access_log", needs=Kind.ACCESS_LOG)
SCHOOL_LOG = Access("directie", frozenset({Role.HEAD}))
GROUPS = Access("wie een groep mag zien", frozenset({Role.TEACHER, Role.SUBSTITUTE, Role.IB, Role.HEAD, Role.OFFICE}))
GROUP_LIST = Access("wie deze groep mag zien", group="group")
TODAY = Access("leraren en invallers", frozenset({Role.TEACHER, Role.SUBSTITUTE}))
GROUP_TODAY = Access(
    "leraren, invallers, IB'er en directie",
    frozenset({Role.TEACHER, Role.SUBSTITUTE, Role.IB, Role.HEAD}),
    group="today",
)
GROUP_TEACHING = Access(
    "leraren, invallers en IB'er", frozenset({Role.TEACHER, Role.SUBSTITUTE, Role.IB}), group="instruction"
)
FIGURES = Access("directie, IB en bestuur", frozenset(COUNTING))

WITH_CHILDREN = frozenset({Role.TEACHER, Role.SUBSTITUTE, Role.IB, Role.HEAD})
POINTS = Access("wie met dit kind werkt", WITH_CHILDREN, child=Kind.SUPPORT_PLAN.value, needs=Kind.IN_CLASS)
AGREEMENT = Access("wie met dit kind werkt", WITH_CHILDREN, child=Kind.SUPPORT_PLAN.value, needs=Kind.SUPPORT_PLAN)
AGREEMENT_OF_GROUP = Access("wie met deze groep werkt", WITH_CHILDREN, group=Kind.SUPPORT_PLAN.value)
GOAL = Access(
    "leraren, invallers en IB'er",
    frozenset({Role.TEACHER, Role.SUBSTITUTE, Role.IB}),
    child=Kind.GOALS.value,
    needs=Kind.GOALS,
)
SUBSTITUTE_CARD = Access("wie vandaag voor deze groep staat, IB'er en directie", WITH_CHILDREN, group="substitute_card")
ABSENCE = Access(
    "wie het verzuim van deze groep kent", WITH_CHILDREN | {Role.OFFICE}, group="absence", needs=Kind.ATTENDANCE
)
STANDING_IN = Access("IB'er en directie", frozenset({Role.IB, Role.HEAD}), group="group")
HANDING_OVER = frozenset({Role.TEACHER, Role.IB, Role.HEAD})
HANDOVER = Access("leraar van de groep, IB'er en directie", HANDING_OVER, child="handover", needs=Kind.SUPPORT_PLAN)
HANDOVER_GROUP = Access("leraar van de groep, IB'er en directie", HANDING_OVER, group="handover")
TALKS = Access("leraren, IB'er, en directie met een reden", WITH_CHILDREN)
TALK = Access("wie de notities van dit kind of deze groep leest", WITH_CHILDREN, talk="talk", needs=Kind.NOTES)
TALK_ABOUT_CHILD = Access("wie de notities van dit kind leest", WITH_CHILDREN, child="talk", needs=Kind.NOTES)
TALK_ABOUT_GROUP = Access("IB'er", frozenset({Role.IB}), group="talk")
MEETING = Access("wie de oudergesprekken van dit kind leest", WITH_CHILDREN, child="meeting", needs=Kind.TALKS)
MEETINGS_OF_GROUP = Access("leraar van de groep, IB'er en directie", WITH_CHILDREN, group="meeting", needs=Kind.TALKS)
REPORTING = frozenset({Role.TEACHER, Role.IB, Role.HEAD})
REPORTS_OF_GROUP = Access("leraar van de groep, IB'er en directie", REPORTING, group="report_card")
REPORT_CARD = Access("leraar van de groep, IB'er en directie", REPORTING, child="report_card", needs=Kind.RESULTS)
RELEASE = Access("leraar van de groep en IB'er", frozenset({Role.TEACHER, Role.IB}), group="release")
REPORT_FORM = Access("directie en IB'er", frozenset({Role.IB, Role.HEAD}))
OWN_REPORT = Access("ouders met gezag en het kind zelf", frozenset({Role.PARENT, Role.PUPIL}), child="report_card")
OWN_MEETING = Access("ouders met gezag", frozenset({Role.PARENT}), child="meeting")
MY_CHILDREN = Access("ouders", frozenset({Role.PARENT}))
MY_CHILD = Access("ouders met gezag", frozenset({Role.PARENT}), child="my_child")
SCHOOL_VIEW = Access("IB'er en directie", frozenset({Role.IB, Role.HEAD}))
SIGNAL = Access(
    "wie over dit kind schrijft",
    frozenset({Role.TEACHER, Role.SUBSTITUTE, Role.IB}),
    child="signal",
    needs=Kind.OBSERVATIONS,
)
NOTES = Access("wie over kinderen schrijft", SIGNAL.roles)
NOTE = Access("wie over dit kind schrijft", SIGNAL.roles, child="note", needs=Kind.NAME)
PARENTS_OF_GROUP = Access(
    "administratie en directie", frozenset({Role.OFFICE, Role.HEAD}), group="parents", needs=Kind.IDENTITY
)
OWN_COPY = Access("ouders met gezag", frozenset({Role.PARENT}), child="copy", needs=Kind.NAME)
COPIES = Access("directie", frozenset({Role.HEAD}))
OWN_CORRECTION = Access("ouders met gezag", frozenset({Role.PARENT}), child="correction", needs=Kind.NAME)
CORRECTION = Access("wie met dit kind werkt", WITH_CHILDREN, child="correction")
CORRECTION_ANSWER = Access("IB'er en directie", frozenset({Role.IB, Role.HEAD}), child="correction")
CORRECTIONS = Access("leraren, IB'er en directie", WITH_CHILDREN)
SETTINGS = Access("directie", frozenset({Role.HEAD}))
SOURCES = Access("administratie en directie", frozenset({Role.OFFICE, Role.HEAD}))
STUDY_WEEKS = Access("wie met deze groep werkt", WITH_CHILDREN, group="studyguide")
STUDYGUIDE = Access(
    "ouders en kinderen van de groep, en wie ermee werkt", WITH_CHILDREN | sessions.FAMILY, page="studyguide"
)
ANNOUNCEMENTS = Access("ouders, kinderen en wie met ze werkt", STUDYGUIDE.roles | {Role.OFFICE})
ANNOUNCE = Access("leraren, IB'er, directie en administratie", WITH_CHILDREN | {Role.OFFICE})
PORTFOLIO = Access("wie met dit kind werkt", GOAL.roles, child=Kind.PORTFOLIO.value, needs=Kind.PORTFOLIO)
PORTFOLIO_OF_PARENT = Access(
    "ouders met gezag", frozenset({Role.PARENT}), child=Kind.PORTFOLIO.value, needs=Kind.PORTFOLIO
)
PORTFOLIO_IMAGE = Access(
    "het kind zelf, zijn ouders en wie ermee werkt",
    GOAL.roles | sessions.FAMILY,
    child=Kind.PORTFOLIO.value,
    needs=Kind.PORTFOLIO,
)
PORTFOLIO_CONSENT = Access("ouders met gezag", frozenset({Role.PARENT}), child="consent", needs=Kind.PORTFOLIO)
OWN_PAGE = Access("het kind zelf", frozenset({Role.PUPIL}))
CLASS_DOOR = Access("leraar of invaller van de groep", frozenset({Role.TEACHER, Role.SUBSTITUTE}), group="class_door")
PICTURES = Access("leraar of invaller van de groep", CLASS_DOOR.roles, child="pictures", needs=Kind.GOALS)


class NotSignedInError(Exception):
    """There is no open session (any more)."""


class ForbiddenError(Exception):
    """Signed in, but this is not for any of the roles held; used only where existence is no secret."""


@dataclass(frozen=True, slots=True)
class Kit:
    """What every request of this process shares; lives at `app.state.kit`."""

    settings: Settings
    engine: sa.Engine
    log: AccessLogWriter


@dataclass(slots=True)
class Visit:
    """One request: who asks, when, and the one reading transaction."""

    request: Request
    kit: Kit
    connection: sa.Connection
    now: datetime
    who: SignedIn | None
    lines: list[Line] = field(default_factory=list)

    @property
    def today(self) -> date:
        return clock.day_of(self.now)

    @property
    def signed_in(self) -> SignedIn:
        if self.who is None:
            raise NotSignedInError
        return self.who

    @property
    def scope(self) -> Scope:
        return self.signed_in.scope

    def log(self, kind: str, pupil_ids: Iterable[int], grant: Grant | GroupGrant, action: str = READ) -> None:
        """Note that this page shows data of these children; written before the page is sent."""
        self.lines.extend(self.line(kind, pupil_id, grant, action) for pupil_id in pupil_ids)

    def line(self, kind: str, pupil_id: int, grant: Grant | GroupGrant, action: str, ground: str = "") -> Line:
        """Make one line of the access log, for who must see it written before going on."""
        return {
            "at": self.now,
            "school_id": grant.school_id,
            "account_id": self.scope.account_id,
            "role": grant.role,
            "pupil_id": pupil_id,
            "kind": kind,
            "action": action,
            "ground": (ground or grant.ground)[:100],
        }

    def refused(self, kind: str, refusal: NotFoundError) -> None:
        """Note that someone asked for a child that is not theirs to see."""
        self.lines = [
            {
                "at": self.now,
                "school_id": refusal.school_id,
                "account_id": self.scope.account_id,
                "pupil_id": refusal.pupil_id,
                "kind": kind,
                "action": REFUSED,
                "ground": "",
            }
        ]


def open_to_all(endpoint: Callable[..., Any]) -> Callable[..., Any]:
    """Declare a route that looks at no session and no database, such as a style sheet."""
    endpoint.access = PUBLIC  # type: ignore[attr-defined]
    return endpoint


def guarded(access: Access) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare who may use a route; the handler gets a `Visit`, and for the id in the URL what `GIVEN` says."""

    def declare(handler: Callable[..., Any]) -> Callable[..., Any]:
        async def endpoint(request: Request, **arguments: Any) -> Any:
            in_thread = turns.compose if access.waits_its_turn(request.method) else to_thread.run_sync
            return await in_thread(_run, access, handler, request, arguments)

        endpoint.__name__, endpoint.__doc__ = handler.__name__, handler.__doc__
        endpoint.__signature__ = _signature(handler)  # type: ignore[attr-defined]
        endpoint.access = access  # type: ignore[attr-defined]
        return endpoint

    return declare


def check_routes(app: FastAPI) -> None:
    """Refuse to start when a route does not say who may use it."""
    silent = [
        str(route.path)
        for route in iter_route_contexts(app.routes)
        if not isinstance(getattr(route.endpoint, "access", None), Access)
    ]
    if silent:
        raise RuntimeError(f"geen toegangsregel op: {', '.join(silent)}; zet er @guarded(...) boven")


@lru_cache(maxsize=1)
def readers_of(app: FastAPI) -> dict[str, Access]:
    """Who may open the page at each path, so that nobody is led to one that refuses."""
    return {
        str(route.path): route.endpoint.access  # type: ignore[union-attr]
        for route in iter_route_contexts(app.routes)
        if "GET" in (route.methods or ())
    }


def _signature(handler: Callable[..., Any]) -> inspect.Signature:
    """What FastAPI reads: the request instead of the visit, the id from the URL instead of the grant."""
    kind = inspect.Parameter.KEYWORD_ONLY
    given = [
        inspect.Parameter(GIVEN[name], kind, annotation=UUID) if name in GIVEN else parameter.replace(kind=kind)
        for name, parameter in inspect.signature(handler).parameters.items()
        if name != "visit"
    ]
    return inspect.Signature([inspect.Parameter("request", kind, annotation=Request), *given])


def _run(access: Access, handler: Callable[..., Any], request: Request, arguments: dict[str, Any]) -> Any:
    kit: Kit = request.app.state.kit
    now = clock.now()
    refusal: NotFoundError | None = None
    answer: Any = None
    with reading(kit.engine) as connection:
        who = sessions.find(connection, sessions.token_of(request, kit.settings), kit.settings, now)
        visit = Visit(request, kit, connection, now, who)
        _admit(access, who)
        try:
            with for_schools({held.school_id for held in who.scope.held} if who else ()):
                _grant(access, visit, arguments)
                answer = handler(visit, **arguments)
        except NotFoundError as not_theirs:
            visit.refused(access.child or access.group or access.talk or access.page, not_theirs)
            refusal = not_theirs
    is_logged = _keep_lines(access, visit)
    if who is not None and is_logged and now - who.seen_at > sessions.TOUCH_AFTER:
        with writing(kit.engine) as connection:
            sessions.touch(connection, who.session_id, now)
    if refusal is not None:
        raise refusal
    return answer


def _keep_lines(access: Access, visit: Visit) -> bool:
    """Write the access log before anything is sent; only an emergency page does without, and keeps a journal then."""
    try:
        visit.kit.log.write(visit.lines)
    except LogUnavailableError:
        if not access.emergency:
            raise
        emergency_journal.write(visit.kit.settings.data_dir, visit.lines)
        return False
    return True


def _admit(access: Access, who: SignedIn | None) -> None:
    if access.without_login:
        return
    if who is None:
        raise NotSignedInError
    sessions.require_finished(who, access.steps)
    if access.roles != frozenset(Role) and not access.roles & who.scope.roles:
        raise ForbiddenError


def _grant(access: Access, visit: Visit, arguments: dict[str, Any]) -> None:
    if access.child:
        scope = as_family(visit.scope) if access.roles <= FAMILY else visit.scope
        grant = authorize(visit.connection, scope, arguments.pop("uid"), access.needs)
        visit.log(access.child, [grant.pupil_id], grant)
        arguments["grant"] = grant
    elif access.group:
        arguments["group"] = authorize_group(visit.connection, visit.scope, arguments.pop("uid"))
    elif access.talk:
        talk = arguments["talk"] = talks.talk(visit.connection, visit.scope, arguments.pop("talk_id"))
        if isinstance(talk.grant, Grant):
            ground = talk.grant.ground_for(Kind.NOTES)
            visit.lines.append(visit.line(access.talk, talk.grant.pupil_id, talk.grant, READ, ground))
