"""What is handed over of one child on one page, and of a group as one run of pages."""

from datetime import date
from uuid import UUID

from api.schemas.sheet import Sign, View


class DatedText(View):
    on: date
    body: str
    by: str | None = None


class PointGroup(View):
    """Sentences of one kind: "wat helpt"."""

    what: str
    bodies: list[str]


class Grown(View):
    """How one subject went, in words, and the latest level as it was delivered."""

    subject: str
    sign: Sign
    text: str
    latest: str


class OpenAgreement(View):
    body: str
    who_and_when: str | None


class LastTalk(View):
    on: date
    question: str
    outcome: str


class HandoverPage(View):
    """One child for the next teacher: what it can and wants first, what makes it hard last of what we know of help."""

    id: UUID
    name: str
    given_name: str
    age: str | None
    group: str | None
    year: str
    on: date
    ground: str
    strengths: list[DatedText]
    goals: list[DatedText]
    points: list[PointGroup]
    growth: list[Grown]
    groups: list[str]
    """Instruction groups as they are now: "Rekenen: intensief"."""
    agreements: list[OpenAgreement]
    says: list[DatedText]
    talk: LastTalk | None
    is_quiet: bool
    """Whether nothing was written about what this child can, so that someone may still do that."""


class GroupHandover(View):
    id: UUID
    group: str
    year: str
    on: date
    ground: str
    children: list[HandoverPage]
