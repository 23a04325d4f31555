"""A note about one or more children: what is typed, and what was kept of it."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from api.schemas.sheet import View
from models.vocabulary import NoteKind, Readers, Tone

LONGEST = 2000
MOST_CHILDREN = 40


class NoteChild(View):
    """A child that a note is about."""

    id: UUID
    name: str
    group: str | None = None


class NewNote(View):
    """What someone writes down; each child gets a note of its own.

    `id` is chosen by who sends it: sent twice, there is one note. `signal` is the key of a signal about the child
    `about` that this note answers.
    """

    children: Annotated[list[UUID], Field(min_length=1, max_length=MOST_CHILDREN)]
    body: Annotated[str, Field(min_length=1, max_length=LONGEST)]
    kind: NoteKind = NoteKind.OBSERVATION
    tone: Tone = Tone.NEUTRAL
    readers: Readers = Readers.TEAM
    observed_on: date | None = None
    """Without a day: today."""
    id: UUID | None = None
    about: UUID | None = None
    signal: Annotated[str | None, Field(max_length=450)] = None


class SavedNote(View):
    """What was kept, and until when who wrote it can take it back; without `undo_until` that is over."""

    id: UUID
    children: list[NoteChild]
    body: str
    kind_text: str
    readers_text: str
    undo_until: datetime | None


class NoteForm(View):
    """What a form for a note offers this reader."""

    id: UUID
    children: list[NoteChild]
    kinds: dict[NoteKind, str]
    tones: dict[Tone, str]
    readers: dict[Readers, str]
    today: date
    about: UUID | None = None
    signal: str | None = None


class NewWording(View):
    """How one's own note must read from now on; without `tone` that stays as it was."""

    body: Annotated[str, Field(min_length=1, max_length=LONGEST)]
    tone: Tone | None = None


class Wording(View):
    """What a note said from a moment on."""

    body: str
    tone: Tone
    written_at: datetime
    author: str | None


class NoteWordings(View):
    """A note as it reads now, and how it read before, newest first; `id` is the number of how it reads now."""

    id: UUID
    child_id: UUID
    child: str
    kind_text: str
    readers_text: str
    observed_on: date
    now: Wording
    earlier: list[Wording]
    tones: dict[Tone, str]
    may_correct: bool
    undo_until: datetime | None
