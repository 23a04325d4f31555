"""A group's grid and its instruction groups, as the routes give them: full, of kleuters, empty, overtaken."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from api.schemas import group as g
from api.schemas.sheet import PersonLabel, Sign
from api.services.group import arranging
from models.vocabulary import InstructionLevel

Word = Callable[[str], str]
Pages = dict[str, tuple[str, dict[str, Any]]]
TODAY = date(2026, 11, 22)
GROUP = UUID("0190a000-0000-7000-8000-000000000002")
STATES: tuple[tuple[Sign, str], ...] = (("steady", "in lijn"), ("up", "boven"), ("down", "onder"), ("unknown", "–"))
SUBJECTS = ("Rekenen", "Spelling", "Begrijpend lezen", "Technisch lezen", "Woordenschat")
NAMES = ("Noor van der Ven", "Maximiliaan van den Oudenhoven-Groot", "Sem Bakker", "Zoë de Wit", "Ali El Amrani")
LINES = ("Zelfbeeld", "Relatie met volwassenen", "Taakgerichtheid en zelfstandigheid", "Grote motoriek")
REMARKS = ("Spelling ligt twee metingen onder haar eigen lijn (IV, was II).", "", "Hij oefent weinig: 4 van de 19.")
BECAUSE = "Niveau IV, twee metingen onder haar eigen lijn; loopt vast bij “Breuken vergelijken”."
INTENSIVE, BASIC, ENRICHED = InstructionLevel


def contexts(word: Word = str) -> Pages:
    """These pages by a name of their own."""
    me = word("Kim de Bruijn")
    full, young = grid(word), kleuters(word)
    none = full.model_copy(update={"members": []})
    few = full.model_copy(update={"columns": [], "subjects": []})
    plan = instruction(word)
    lost = plan.groups[0].pupils[0]
    overtaken = g.Overtaken(
        id=lost.id, name=lost.name, level=INTENSIVE, level_name=word("intensief"), author=word("Juf Kim"),
        wanted=ENRICHED, reason=word("Ze kan meer aan."),
    )  # fmt: skip
    reading = plan.model_copy(update={"may_place": False, "unplaced": [], "changes": []})
    template = "pages/instruction_groups.html"
    return {
        "group": shown(me, full),
        "group-sorted": shown(me, full, "-rekenen-i", "onder", word("noor")),
        "group-kleuters": shown(me, young),
        "group-few": shown(me, few),
        "empty-group": shown(me, none),
        "instruction-groups": (template, {"me": me, "page": plan, "overtaken": {}}),
        "instruction-groups-overtaken": (template, {"me": me, "page": plan, "overtaken": {lost.id: overtaken}}),
        "instruction-groups-to-read": (template, {"me": me, "page": reading, "overtaken": {}}),
    }


def shown(me: str, page: g.GroupPage, order: str = "", only: str = "", name: str = "") -> tuple[str, dict[str, Any]]:
    """Give a grid to its template as the route does."""
    wish = arranging.asked(page, order, only, name)
    rows = arranging.arrange(page, wish) if not name else page.members[:3]
    found = {"me": me, "group": page, "wish": wish, "rows": rows, "choices": arranging.choices(page)}
    return "pages/group.html", found


def grid(word: Word = str) -> g.GroupPage:
    """A full class: 28 children, five subjects, A-E beside I-V."""
    columns = [
        g.SubjectColumn(key=f"{name[:7].lower()}-i", code=name.lower(), name=word(name), scale="I–V")
        for name in SUBJECTS
    ]
    columns.append(g.SubjectColumn(key="rekenen-a", code="rekenen", name=word("Rekenen"), scale="A–E"))
    return g.GroupPage(
        id=GROUP, name=word("6B"), school_year="2026-2027", ground="groep 6B", has_letters=True,
        teachers=[PersonLabel(name=word("Kim de Bruijn"))], subjects=columns, phases=[],
        columns=["levels", "practice", "wellbeing", "agreements", "extra"],
        members=[_row(word, at, len(columns)) for at in range(28)],
    )  # fmt: skip


def _row(word: Word, at: int, columns: int) -> g.GroupMember:
    levels = [
        g.LevelCell(
            level=["I", "II", "III", "IV", "V"][(at + place) % 5], sign=STATES[(at * place) % 4][0],
            word=STATES[(at * place) % 4][1], state_text="in eigen lijn", taken_on=TODAY,
        )
        for place in range(columns)
    ]  # fmt: skip
    return g.GroupMember(
        id=UUID(int=at + 9), name=word(f"{NAMES[at % 5]} {at}"), sort_name=word(f"{at}"), grade=word("groep 6"),
        levels=[*levels[:-1], None if at % 9 else levels[-1]], extra=[word("Rekenen")] if at % 4 == 0 else [],
        practice=g.PracticeCell(days=at % 20, school_days=20, sign="up", word="trouw") if at % 7 else None,
        wellbeing=g.FeelingCell(sign="down", word="lager", parts=[word("een taak uitvoeren")]),
        agreements=g.AgreementsCell(open=at % 3, overdue=at % 2, nearest=TODAY, text=f"{at % 3} · 4 dec"),
        remark=word(REMARKS[at % 3]) or None,
    )  # fmt: skip


def kleuters(word: Word = str) -> g.GroupPage:
    """Group 1/2: what was observed, and no tests."""
    return g.GroupPage(
        id=GROUP, name=word("1/2A"), school_year="2026-2027", ground="IB", teachers=[], subjects=[],
        phases=[word(name) for name in LINES], columns=["phases", "agreements"],
        members=[
            g.GroupMember(
                id=UUID(int=at + 9), name=word(f"{NAMES[at % 5]} {at}"), sort_name="", grade=f"groep {at % 2 + 1}",
                is_young=True, phases=[word("4;6-5;0"), None, word("5;0-5;6"), word("4;0-4;6")],
                agreements=g.AgreementsCell(open=0, overdue=0, nearest=None, text=""),
            )
            for at in range(24)
        ],
    )  # fmt: skip


def instruction(word: Word = str) -> g.Instruction:
    """Three groups with nine children each, two new ones, and a history."""
    names = {level: word(level.label) for level in InstructionLevel}
    groups = [
        g.InstructionGroup(
            level=level, name=names[level], shared=[(word("Breuken vergelijken"), [word("Noor"), word("Sem")])],
            pupils=[_pupil(word, 20 * at + child, level) for child in range(9)],
        )
        for at, level in enumerate(InstructionLevel)
    ]  # fmt: skip
    change = g.Change(
        on=TODAY, name=word("Noor van der Ven"), before=names[BASIC], after=names[INTENSIVE], reason=word(BECAUSE),
        author=word("Juf Kim"),
    )  # fmt: skip
    return g.Instruction(
        group_id=GROUP, group=word("6B"), school_year="2026-2027", today=TODAY, ground="groep 6B", may_place=True,
        subject=g.SubjectLink(code="rekenen", name=word("Rekenen")),
        subjects=[g.SubjectLink(code="rekenen", name=word("Rekenen")), g.SubjectLink(code="taal", name=word("Taal"))],
        rests_on=["toetsen", "oefenen", "wat helpt"], groups=groups, names=names, changes=[change] * 4,
        unplaced=[_pupil(word, 90 + at, None) for at in range(2)],
    )  # fmt: skip


def _pupil(word: Word, at: int, level: InstructionLevel | None) -> g.PlacedPupil:
    proposed = (INTENSIVE, BASIC, level)[at % 3]
    return g.PlacedPupil(
        id=UUID(int=at + 9), name=word(f"{NAMES[at % 5]} {at}"), sort_name=f"{at}", seen="", level=level,
        since=TODAY if level else None, was=word("basis") if level and at % 2 else None,
        reason=word("Ze werkt rustiger in de kleine groep.") if level and at % 2 else "",
        is_own_choice=bool(at % 2), proposed=proposed, proposed_name=word(proposed.label) if proposed else "",
        because=word(BECAUSE), measured="IV" if at % 4 else None, sign=STATES[at % 4][0],
        helps=[word("werken met een voorbeeld")], history=[],
    )  # fmt: skip
