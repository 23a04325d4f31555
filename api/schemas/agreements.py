"""What is agreed about a child or a group and how it ended, and what the school answers to a child's own goal."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from api.schemas.sheet import View
from api.schemas.talks import Colleague
from models.vocabulary import AgreementOutcome, GoalAnswer

Line = Annotated[str, Field(max_length=300)]


class OpenAgreement(View):
    """One agreement that is still open."""

    id: UUID
    body: str
    agreed_on: date
    owner: str | None
    due_on: date | None
    is_overdue: bool


class AgreementsPage(View):
    """What is open about one child, and what a new agreement needs."""

    id: UUID
    name: str
    ground: str
    open: list[OpenAgreement]
    may_write: bool
    colleagues: list[Colleague]
    """Who may do it: who can log in and writes down what is agreed about this child."""
    me: UUID | None
    today: date
    new_id: UUID
    """The id that a new agreement may be sent with: sent twice, it is made once."""
    signal: str | None = None


class AgreementPage(View):
    """One agreement about a child or a group, and how it ended."""

    id: UUID
    about: UUID
    about_text: str
    is_of_group: bool
    ground: str
    body: str
    agreed_on: date
    owner: str | None
    due_on: date | None
    is_open: bool
    done_on: date | None
    outcome_text: str | None
    outcome_body: str | None
    may_write: bool


class GoalPage(View):
    """A goal in the child's own words, and what the school answered."""

    id: UUID
    about: UUID
    about_text: str
    ground: str
    body: str
    stated_on: date
    answer_text: str | None
    answer_body: str | None
    answered_on: date | None
    may_write: bool


class NewAgreement(View):
    """What someone will do for a child; without `who` the reader does it."""

    body: Annotated[str, Field(min_length=1, max_length=300)]
    who: UUID | None = None
    due_on: date | None = None
    id: UUID | None = None
    signal: Annotated[str | None, Field(max_length=450)] = None
    """The signal that it answers."""


class AgreementId(View):
    """One agreement by its id."""

    id: UUID


class Ended(View):
    """How an agreement ended."""

    outcome: AgreementOutcome
    body: Line = ""


class Answered(View):
    """What the school answers; partly and not now want a reason."""

    answer: GoalAnswer
    because: Line = ""
