"""The studiewijzer of a group: a week as parents read it, and as the teacher writes it."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from api.schemas.sheet import View
from models.rules.own_work import Went
from models.rules.studyguide import MOST_LINES

Text = Annotated[str, Field(max_length=300)]


class StudyLineView(View):
    """What is learned in one subject; `host` is the site of the link, to be shown beside it."""

    subject: str
    goal: str
    approach: str
    words: str
    at_home: str
    link: str
    host: str
    why: str = ""
    """Of a proposal: where it comes from."""
    objective: str = ""
    """The objective of the platform that this line is about, in the platform's words."""


class WeekLink(View):
    """Another week: its code "2026-W48" and how it is called."""

    code: str
    words: str
    number: int
    first: date
    last: date
    is_here: bool = False
    is_published: bool = True


class StudyWeekView(View):
    code: str
    words: str
    """"week 48, 23 tot en met 27 november"."""
    number: int
    first: date
    last: date
    intro: str
    film: str
    film_host: str
    lines: list[StudyLineView]


class GoalWorkView(View):
    """The work at one goal; `went` says how it went: "well", "mostly", "half", "hard" or "begun"."""

    subject: str
    goal: str
    answers: int
    days: int
    went: Went


class OwnWork(View):
    """What one child worked at in the week, for its own parents and itself; never for another parent.

    `days` is 0 when nothing is known, or when the week is shared without it; on `home_days` also outside school hours.
    """

    id: UUID
    name: str
    called: str
    days: int = 0
    home_days: int = 0
    answers: int = 0
    goals: list[GoalWorkView] = Field([])
    more: int = 0


class StudyPage(View):
    """The page for parents and children; `week` is empty when there is nothing to show."""

    id: UUID
    group: str
    week: StudyWeekView | None
    work: list[OwnWork]
    weeks: list[WeekLink]
    is_staff: bool
    """The reader works with the group and sees what parents see."""


class EditorPage(View):
    """A week as it is written: kept, or proposed when nothing was kept yet."""

    id: UUID
    group: str
    code: str
    words: str
    state: str
    """"new", "draft" or "published"."""
    state_text: str
    from_text: str
    """Where the lines come from when they are not kept yet; empty when they are."""
    may_write: bool
    intro: str
    film: str
    film_host: str
    shows_practice: bool
    lines: list[StudyLineView]
    seen: str
    """When the week was last changed, sent along with a change."""
    weeks: list[WeekLink]
    can_copy: bool
    ground: str


class NewLine(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    subject: Annotated[str, Field(min_length=1, max_length=64)]
    goal: Annotated[str, Field(min_length=1, max_length=300)]
    approach: Text = ""
    words: Text = ""
    at_home: Text = ""
    link: Text = ""
    objective: Annotated[str, Field(max_length=500)] = ""


class NewWeek(BaseModel):
    """A week as it is sent: with `publish` parents see it; without, it stays a draft, or becomes one again.

    `names_are_fine` says that the writer saw that a name of a child may stand in the text.
    """

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    week: Annotated[str, Field(pattern=r"^\d{4}-W\d{2}$")]
    intro: Annotated[str, Field(max_length=600)] = ""
    film: Text = ""
    shows_practice: bool = True
    publish: bool = False
    names_are_fine: bool = False
    seen: Annotated[str, Field(max_length=40)] = ""
    lines: Annotated[list[NewLine], Field(max_length=MOST_LINES)] = []


class SavedWeek(View):
    code: str
    state: str
    messages: int
    """For how many guardians a message was made ready by this change."""


class WeekCode(BaseModel):
    model_config = ConfigDict(extra="forbid")

    week: Annotated[str, Field(pattern=r"^\d{4}-W\d{2}$")]


Cells = Annotated[list[Annotated[str, Field(max_length=600)]], Field(max_length=MOST_LINES)]


class WeekForm(BaseModel):
    """The form of the page: a list per column, as long as there are lines; a line without a goal is left out."""

    week: Annotated[str, Field(max_length=10)]
    intro: Annotated[str, Field(max_length=2000)] = ""
    film: Annotated[str, Field(max_length=600)] = ""
    shows_practice: bool = False
    names_are_fine: bool = False
    seen: Annotated[str, Field(max_length=40)] = ""
    do: Annotated[str, Field(max_length=10)] = "keep"
    """The button: "publish", "draft", "back", or "keep" (the Enter key): as it was."""
    state: Annotated[str, Field(max_length=10)] = ""
    subject: Cells = []
    goal: Cells = []
    approach: Cells = []
    words: Cells = []
    at_home: Cells = []
    link: Cells = []
    objective: Cells = []

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        columns = (self.subject, self.goal, self.approach, self.words, self.at_home, self.link, self.objective)
        if len({len(column) for column in columns}) > 1:
            raise ValueError("er ontbreekt een vak")
        return self

    @property
    def publishes(self) -> bool:
        return self.do == "publish" or (self.do == "keep" and self.state == "published")

    def rows(self) -> list[dict[str, str]]:
        """The lines as typed, without those that have no goal."""
        names = ("subject", "goal", "approach", "words", "at_home", "link", "objective")
        columns = zip(*(getattr(self, name) for name in names), strict=True)
        typed = [dict(zip(names, (cell.strip() for cell in row), strict=True)) for row in columns]
        return [row for row in typed if row["goal"]]
