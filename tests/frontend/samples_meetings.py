"""Talks with parents and the child at their fullest: the round, the list, one talk in each state, and the A4."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from api.schemas import meetings as m
from api.schemas.talks import Colleague, State
from api.services.meetings.compose import KINDS
from models.vocabulary import Speaker, TalkKind

Word = Callable[[str], str]
Pages = dict[str, tuple[str, dict[str, Any]]]
TODAY, AT = date(2026, 11, 23), time(15, 45)
CHILD, TALK, GROUP = UUID(int=9), UUID(int=900), UUID(int=70)
NAME = "Mohammed-Amin el Khattabi-van den Heuvel"
FULL = (
    "Ze vertelt thuis graag over de proefjes, helpt haar broertje uit zichzelf met lezen en begint de laatste weken "
    "zonder mopperen aan haar werk, ook als het rekenen is. Wij zijn trots op deze groei"
)[: 200 - len(" doorzetting")] + " doorzetting"
LINE = "Elke avond na het eten samen tien minuten hardop lezen in een boek dat zij zelf kiest, en opschrijven wat grappig of spannend was; ook op zondag"[:140]  # fmt: skip  # noqa: E501


def contexts(word: Word = str) -> Pages:
    """These pages by a name of their own."""
    me = {"me": word("Juf Kim"), "problem": None}
    wrong = me | {"problem": word("Dit is te lang voor het blad.")}
    kinds = {"kinds": KINDS}
    running = meeting(word, "running")
    typed = {"typed": {}, "said": {"what": word(LINE), "who": "home", "when": "", "goal": word(LINE)}}
    own = meeting(word, "planned", mine=Speaker.PARENT)
    return {
        "meeting-round": ("pages/meeting_round.html", wrong | kinds | {"round": round_(word)}),
        "meetings-child": ("pages/meetings_child.html", wrong | kinds | {"page": child(word)}),
        "meeting-planned": ("pages/meeting.html", wrong | typed | {"meeting": meeting(word, "planned", Speaker.CHILD)}),
        "meeting-running": ("pages/meeting.html", me | typed | {"meeting": running}),
        "meeting-ended": ("pages/meeting.html", me | typed | {"meeting": meeting(word, "ended")}),
        "meeting-a4": ("pages/meeting_a4.html", me | {"meeting": meeting(word, "ended"), "back": "kind"}),
        "meeting-a4-empty": ("pages/meeting_a4.html", me | {"meeting": empty(word), "back": "kind"}),
        "meeting-own": ("pages/meeting_own.html", wrong | {"meeting": own, "again": None}),
        "meeting-own-held": ("pages/meeting_own.html", me | {"meeting": meeting(word, "ended"), "again": None}),
    }


def meeting(word: Word, state: State, mine: Speaker | None = None) -> m.Meeting:
    """A talk with two parents in which everything is as long as it may be."""
    who = ((Speaker.CHILD, "Mohammed-Amin"), (Speaker.PARENT, "Fatima el Khattabi"),
           (Speaker.PARENT, "Pieter-Jan van den Heuvel"), (Speaker.TEACHER, "School"))  # fmt: skip
    begun = state in {"running", "ended"}
    return m.Meeting(
        id=TALK, child=CHILD, name=word(NAME), kind=TalkKind.PARENTS, kind_text=TalkKind.PARENTS.label, state=state,
        on=TODAY, at=AT, planned_by=word("Juf Kim"), ended_at=datetime(2026, 11, 23, 16, tzinfo=UTC) if begun else None,
        voices=[
            m.Voice(speaker=speaker, guest=UUID(int=at) if speaker is Speaker.PARENT else None, who=word(name),
                    goes_well=word(FULL), is_hard=word(FULL), wish=word(FULL), is_ready=True,
                    is_mine=speaker is mine and at < 2)
            for at, (speaker, name) in enumerate(who)
        ],
        agreed=[
            m.Agreed(id=UUID(int=40 + at), body=word(LINE), owner=word("Annet Rijswijk"), due_on=TODAY,
                     is_done=False)
            for at in range(m.MOST_AGREED if begun else 0)
        ],
        goals=[m.OwnGoal(id=UUID(int=50), body=word(LINE))] if begun else [],
        ground=word("groep 6B"), today=TODAY, may_plan=state == "planned", may_write=state == "running",
        may_write_goal=state == "running", colleagues=[Colleague(id=UUID(int=60), name=word("Annet"))],
    )  # fmt: skip


def empty(word: Word) -> m.Meeting:
    """A talk that nobody prepared: the A4 is a form to fill in."""
    planned = meeting(word, "planned")
    voices = [one.model_copy(update={"goes_well": "", "is_hard": None, "wish": ""}) for one in planned.voices]
    return planned.model_copy(update={"voices": voices})


def child(word: Word) -> m.ChildMeetings:
    return m.ChildMeetings(
        id=CHILD, name=word(NAME), ground=word("groep 6B"), may_plan=True, guests=guests(word), wishes=[wish(word)],
        meetings=[line(word, state) for state in ("planned", "ended")], today=TODAY,
    )  # fmt: skip


def round_(word: Word) -> m.Round:
    lines = [
        m.RoundLine(id=UUID(int=100 + at), name=word(NAME), planned=line(word, "planned") if at == 1 else None,
                    on=TODAY, at=AT, guests=guests(word)[: 3 - at % 3], asked=[UUID(int=1)],
                    wishes=[wish(word)] if at == 0 else [])
        for at in range(6)
    ]  # fmt: skip
    return m.Round(
        id=GROUP, name=word("6B"), ground=word("groep 6B"), kind=TalkKind.PARENTS, start_on=TODAY, start_at=AT,
        until=time(17), minutes=15, may_plan=True, lines=lines,
    )  # fmt: skip


def guests(word: Word) -> list[m.Guest]:
    names = ("Fatima el Khattabi", "Pieter-Jan van den Heuvel", "Een voogd met een lange naam")
    return [m.Guest(id=UUID(int=at), name=word(name), is_secret=at == 2) for at, name in enumerate(names, 1)]


def wish(word: Word) -> m.WishOfParent:
    return m.WishOfParent(by=word("Fatima el Khattabi"), body=word("Graag over rekenen en de uitleg erbij."), on=TODAY)


def line(word: Word, state: State) -> m.MeetingLine:
    return m.MeetingLine(
        id=TALK, kind=TalkKind.PARENTS, kind_text=TalkKind.PARENTS.label, on=TODAY, at=AT, state=state,
        state_text=word("gepland"), guests=[word("Fatima el Khattabi"), word("Pieter-Jan van den Heuvel")], ready=2,
        voices=4,
    )  # fmt: skip
