"""Reports: the form of the school, the list of a group in which words are written, and one report as it is read."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from api.schemas.sheet import View
from models.rules.report_blocks import Block

MOST_EFFORT, MOST_WORDS = 300, 700
Effort = Annotated[str, Field(max_length=MOST_EFFORT)]
Words = Annotated[str, Field(max_length=MOST_WORDS)]
Title = Annotated[str, Field(min_length=1, max_length=100)]


class BlockLine(View):
    block: Block
    label: str
    place: int
    """Its place in the report; 0 when it is left out."""


class FormPage(View):
    lines: list[BlockLine]
    may_write: bool


class NewForm(View):
    """The blocks in their order; what is not named is left out."""

    blocks: list[Block] = Field(min_length=1, max_length=len(Block))


class Choice(View):
    id: UUID
    name: str


class CardLine(View):
    """One child in the list, with what was written."""

    id: UUID
    name: str
    report: UUID | None
    effort: str
    words: str
    child_words: str
    piece: UUID | None
    pieces: list[Choice]
    """Pieces that may stand in it: chosen by the child, with consent."""
    parents_from: date | None
    """From which day parents read it; released reports change no more."""


class GroupReports(View):
    id: UUID
    name: str
    ground: str
    title: str
    titles: list[str]
    lines: list[CardLine]
    may_write: bool
    today: date


class NewWords(View):
    """What was written for one child."""

    child: UUID
    effort: Effort = ""
    words: Words = ""
    child_words: Effort = ""
    piece: UUID | None = None


class NewReports(View):
    title: Title
    words: list[NewWords] = Field(max_length=60)


class NewRelease(View):
    title: Title
    parents_from: date


class Released(View):
    released: int
    waiting: list[str]
    """Children for whom the teacher wrote nothing yet: theirs is not released."""


class ReportBlock(View):
    """One block as it is printed."""

    block: Block
    label: str
    lines: list[str]


class Report(View):
    """One report; what parents read is as it was on the day of release."""

    id: UUID
    child: UUID
    name: str
    group: str
    title: str
    parents_from: date | None
    blocks: list[ReportBlock]
    ground: str


class OwnReportLine(View):
    id: UUID
    title: str
    on: date


class OwnReports(View):
    reports: list[OwnReportLine]
