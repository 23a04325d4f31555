"""Writing a note at its fullest: what the pages are tried with."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from api.schemas.notes import NoteChild, NoteForm, NoteWordings, SavedNote, Wording
from models.vocabulary import NoteKind, Readers, Tone

Word = Callable[[str], str]
READERS = "de leraren van groep 6A en 6B en de IB'ers"
ON_EVERY_PAGE = {"me": "Juf Kim", "writes": True}


def contexts(word: Word = str) -> dict[str, tuple[str, dict[str, Any]]]:
    """The form with everything on it, an empty one, and what stands there after saving."""
    children = [
        NoteChild(id=UUID(int=at + 5), name=word(name), group=word("6B"))
        for at, name in enumerate(("Noor van der Ven", "Mohammed-Amin el Khattabi-van den Heuvel", "Zoë Meer"))
    ]
    form = NoteForm(
        id=UUID(int=4),
        children=children[:2],
        kinds={
            NoteKind.OBSERVATION: word("observatie"),
            NoteKind.NOTE: word("notitie"),
            NoteKind.TALENT: word("talent (lezen de ouders ook)"),
        },
        tones={tone: word(tone.label) for tone in Tone},
        readers={Readers.TEAM: word(READERS), Readers.IB: word("alleen de IB'ers; directie met een reden")},
        today=date(2026, 11, 22),
        about=UUID(int=5),
        signal=word("quiet|nog niets|"),
    )
    first = form.model_copy(update={"children": [], "readers": {Readers.TEAM: word(READERS)}, "signal": None})
    typed = {"body": word("Legde de breuken uit aan een ander kind."), "tone": Tone.GOOD, "on": date(2026, 11, 20)}
    saved = SavedNote(
        id=UUID(int=4),
        children=children,
        body=word("Legde de breuken uit aan een ander kind."),
        kind_text=word("observatie"),
        readers_text=word(READERS),
        undo_until=datetime(2026, 11, 22, 12, 2, tzinfo=UTC),
    )
    problem = word("De dag ligt in de toekomst. Kies vandaag of een dag die is geweest.")
    said = [
        Wording(
            body=word(body), tone=Tone.GOOD, written_at=datetime(2026, 11, 22, 11, at, tzinfo=UTC), author=word("Kim")
        )
        for at, body in enumerate(("Hielp Zoë met de breuken.", "Hielp Noor met de breuken.", "Hielp met breuken."))
    ]
    wordings = NoteWordings(
        id=UUID(int=4),
        child_id=UUID(int=5),
        child=word("Noor van der Ven"),
        kind_text=word("observatie"),
        readers_text=word(READERS),
        observed_on=date(2026, 11, 20),
        now=said[0],
        earlier=said[1:],
        tones={tone: word(tone.label) for tone in Tone},
        may_correct=True,
        undo_until=datetime(2026, 11, 22, 12, 2, tzinfo=UTC),
    )
    theirs = wordings.model_copy(update={"may_correct": False, "undo_until": None})
    full = {"form": form, "typed": typed, "found": children[2:], "problem": problem}
    return {
        "note": ("pages/note.html", ON_EVERY_PAGE | full),
        "note-empty": ("pages/note.html", ON_EVERY_PAGE | {"form": first, "typed": {}, "found": [], "problem": None}),
        "note-wordings": (
            "pages/note_wordings.html",
            ON_EVERY_PAGE | {"note": wordings, "typed": {"body": word("Hielp Zoë.")}, "problem": problem},
        ),
        "note-wordings-theirs": (
            "pages/note_wordings.html",
            ON_EVERY_PAGE | {"note": theirs, "typed": {}, "problem": None},
        ),
        "note-saved": ("pages/note_saved.html", ON_EVERY_PAGE | {"note": saved, "problem": problem}),
    }
