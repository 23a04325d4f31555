"""Walks every route of an application as every kind of person, and tells what someone got that was not for them.

Routes are taken from the application itself. A path parameter that the walker does not know stops the test: teach it in
`PARAMETERS`, with the values to try. What is right is told by `Person.stands` and the matrix, not by the application.
"""

import datetime as dt
import re
import typing
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Any
from uuid import UUID, uuid4

from fastapi import FastAPI
from fastapi.params import Form
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient
from pydantic import BaseModel

from api.security.access import Access
from models.rules.access import READS, Kind, Position
from models.vocabulary import Role
from tests.canaries import PLANTED_ON, Planted

OF_A_CHILD = {
    "uid": "",
    "request_id": "information_request",
    "note_id": "note",
    "talk_id": "talk",
    "report_id": "report_card",
    "instruction_id": "instruction",
    "agreement_id": "agreement",
    "goal_id": "goal",
    "copy_id": "copy_request",
    "piece_id": "portfolio_piece",
    "release_id": "release",
    "correction_id": "correction_request",
}
"""Path parameters that name a thing by its uid, and the table it is in; "" is what the route's guard says."""
KNOWN_EVERYWHERE = {"subject": "rekenen", "moment": f"test-{PLANTED_ON.month}-{PLANTED_ON.year}", "key": "test.in"}
"""Path parameters that name nothing of a child, with a value that every school knows."""
NOT_OF_A_CHILD = {
    "digest",
    "name",
    "code",
    "registration_id",
    "round_id",
    "work_id",
    "purpose_id",
    "step_id",
    "file_id",
}
"""Path parameters that name nothing of a child: style sheets, one-time codes, files that somebody handed over."""
REFUSED = {401, 403, 404, 405, 422, 429, 303}
"""What a refusal may look like; whether the text gives anything away is looked at apart."""


@dataclass(frozen=True)
class Person:
    """Someone who tries everything: how they stand to each child, and what they opened for a reason."""

    login: str
    roles: frozenset[Role]
    stands: dict[str, Position] = field(default_factory=dict)
    opened: dict[str, frozenset[Kind]] = field(default_factory=dict)
    groups: frozenset[str] = frozenset()

    def reads(self, child: str) -> frozenset[Kind]:
        position = self.stands.get(child)
        return READS[position] | self.opened.get(child, frozenset()) if position else frozenset()


@dataclass(frozen=True)
class Route:
    method: str
    path: str
    access: Access
    endpoint: Any

    @property
    def parameters(self) -> list[str]:
        return [name for name in re.findall(r"\{(\w+)\}", self.path) if name not in KNOWN_EVERYWHERE]

    def at(self, **values: object) -> str:
        return self.path.format(**KNOWN_EVERYWHERE, **values)


@dataclass
class Findings:
    """What was tried, and every leak in words."""

    leaks: list[str] = field(default_factory=list)
    denied: Counter[str] = field(default_factory=Counter)
    """How often someone had to get nothing and got nothing, by way in."""
    seen: set[Kind | frozenset[Position]] = field(default_factory=set)
    """What someone who may see it did see: a walk through empty pages proves nothing."""


def routes(app: FastAPI) -> list[Route]:
    return [
        Route(method, str(route.path), getattr(route.endpoint, "access"), route.endpoint)  # noqa: B009
        for route in iter_route_contexts(app.routes)
        for method in sorted(route.methods or ())
        if route.endpoint is not None
    ]


@dataclass
class Walk:
    """One walk; `groups` are the uids of the groups by name."""

    client: TestClient
    planted: Planted
    groups: dict[str, UUID]
    findings: Findings = field(default_factory=Findings)

    def as_person(self, person: Person, walked: Iterable[Route]) -> None:
        for route in walked:
            if unknown := set(route.parameters) - OF_A_CHILD.keys() - NOT_OF_A_CHILD:
                raise AssertionError(
                    f"{route.path}: leer de wandelaar wat {{{unknown.pop()}}} is, in OF_A_CHILD of NOT_OF_A_CHILD "
                    "van tests/walker.py"
                )
            if set(route.parameters) <= OF_A_CHILD.keys():
                self._try(person, route)

    def _try(self, person: Person, route: Route) -> None:
        fields = fields_of(route.endpoint)
        barred = route.access.roles != frozenset(Role) and not route.access.roles & person.roles
        if route.access.child:
            # Whose role has no business here is sent away before it is looked at which child it is about.
            for child, uids in list(self.planted.uids.items())[: 1 if barred else None]:
                self._about(person, route, child, uids["pupil"][0], filled_in(fields, self._other(child)))
        elif route.access.group:
            for name, uid in list(self.groups.items())[: 1 if barred else None]:
                for more in self._beside(route):
                    refuses = barred or name not in person.groups
                    self._ask(person, route, route.at(uid=uid, **more), {}, must_refuse=refuses)
        else:
            self._elsewhere(person, route, fields)

    def _elsewhere(self, person: Person, route: Route, fields: dict[str, Any]) -> None:
        """Try a route that is not about one child: lists, searches, and what others may not change."""
        barred = route.access.roles != frozenset(Role) and not route.access.roles & person.roles
        filled = filled_in(fields, self._other(""))
        if "name" in fields:
            for name in self.planted.names.values():
                self._ask(person, route, route.path, filled | {"name": name}, must_refuse=barred)
        elif barred or route.method == "GET":
            for path in self._paths(route):
                self._ask(person, route, path, filled, must_refuse=barred)

    def _about(self, person: Person, route: Route, child: str, uid: UUID, body: dict[str, Any]) -> None:
        """Ask about one child; who may not know it gets exactly what is said of a child that does not exist."""
        allowed = route.access.needs in person.reads(child) and bool(route.access.roles & person.roles)
        nobody = None
        for more in self._beside(route, few=not allowed):
            if not allowed:
                answer = self._ask(person, route, route.at(uid=uid, **more), body, must_refuse=True)
                nobody = nobody or self._ask(person, route, route.at(uid=uuid4(), **more), body, must_refuse=True)
                if (answer.status_code, answer.content) != (nobody.status_code, nobody.content):
                    self._leak(person, route, f"{child} antwoordt anders dan een kind dat er niet is")
            elif route.method == "GET":
                self._ask(person, route, route.at(uid=uid, **more), {}, must_refuse=False)

    def _ask(self, person: Person, route: Route, path: str, body: dict[str, Any], *, must_refuse: bool) -> Any:
        if route.method == "GET":
            answer = self.client.get(path)
        elif path.startswith("/api/"):
            answer = self.client.request(route.method, path, json=body)
        else:
            answer = self.client.request(route.method, path, data=body)
        if answer.status_code >= 500 or (must_refuse and answer.status_code not in REFUSED):
            self._leak(person, route, f"antwoordt {answer.status_code} op {path}")
        elif must_refuse:
            self.findings.denied[f"{route.method} {route.path}"] += 1
        self._look(person, route, answer.text, sought=str(body.get("name", "")))
        return answer

    def _look(self, person: Person, route: Route, text: str, sought: str) -> None:
        """Look for planted words and for ids of children that this person may not know.

        What was typed may be shown again; whoever is found has more than a first name.
        """
        given_away = set()
        for canary in self.planted.found_in(text.replace(sought, "") if sought else text):
            if canary.may(person.stands.get(canary.child), person.opened.get(canary.child, frozenset())):
                self.findings.seen.add(canary.allowed or Kind.NAME)
            else:
                given_away.add(canary.child)
                self._leak(person, route, f"toont {canary.place} van {canary.child}")
        for child, uids in self.planted.uids.items():
            if child not in person.stands:
                if any(str(uid) in text for of_table in uids.values() for uid in of_table):
                    self._leak(person, route, f"noemt een id van {child}")
                elif child not in given_away:
                    self.findings.denied[f"{route.method} {route.path}"] += 1

    def _leak(self, person: Person, route: Route, what: str) -> None:
        self.findings.leaks.append(f"{person.login}: {route.method} {route.path} {what}")

    def _paths(self, route: Route) -> Iterator[str]:
        """Fill in the uids of what hangs on each child; where the name of the parameter says nothing, all of them."""
        if not route.parameters:
            yield route.path
            return
        (parameter,) = route.parameters
        for uids in self.planted.uids.values():
            every = [each[0] for each in uids.values()] if not route.access.without_login else uids["pupil"]
            chosen = uids.get(OF_A_CHILD[parameter], every)
            yield from (route.at(**{parameter: uid}) for uid in chosen)

    def _beside(self, route: Route, *, few: bool = False) -> Iterator[dict[str, UUID]]:
        """Fill in what stands beside the uid of a child or group: of every child, also of another one.

        With `few` one of each child will do: who is refused is refused before it is looked at.
        """
        (more,) = [name for name in route.parameters if name != "uid"] or [""]
        if not more:
            yield {}
            return
        for uids in self.planted.uids.values():
            yield from ({more: uid} for uid in uids.get(OF_A_CHILD[more], [])[: 1 if few else None])

    def _other(self, child: str) -> UUID:
        return next(uids["pupil"][0] for name, uids in self.planted.uids.items() if name != child)


def fields_of(endpoint: Any) -> dict[str, Any]:
    """What a route wants in its body: the fields of a form, or of the object it takes as JSON."""
    found: dict[str, Any] = {}
    for name, parameter in endpoint.__signature__.parameters.items() if hasattr(endpoint, "__signature__") else ():
        kind, *marks = typing.get_args(parameter.annotation) or (parameter.annotation,)
        if any(isinstance(mark, Form) for mark in marks):
            found[name] = kind
        elif isinstance(kind, type) and issubclass(kind, BaseModel):
            found |= {key: field.annotation for key, field in kind.model_fields.items()}
    return found


def filled_in(fields: dict[str, Any], other: UUID) -> dict[str, Any]:
    """Fill a form so that it would be taken; where it asks for an id it gets that of another child."""
    return {name: _value(kind, other) for name, kind in fields.items()}


def _value(kind: Any, other: UUID) -> Any:
    options = typing.get_args(kind)
    if options:
        is_type = isinstance(options[0], type) or typing.get_args(options[0])
        return _value(options[0], other) if is_type else options[0]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind)).value
    texts: dict[Any, Any] = {
        UUID: str(other),
        bool: "true",
        int: "1",
        dt.date: "2026-11-20",
        dt.time: "12:00",
        dt.datetime: "2026-11-20T12:00",
    }
    return texts.get(kind, "een zin van genoeg woorden")
