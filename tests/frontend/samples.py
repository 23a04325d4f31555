"""Sheets to look at and to try a page with: the fullest there can be, a toddler's, a new child's and a hostile one."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from api.schemas.sheet import (
    AgreementLine,
    GoalLine,
    GrowthLine,
    GrowthPoint,
    Learning,
    NormBandLine,
    ObjectiveState,
    PersonLabel,
    Practice,
    PracticeBar,
    Sentence,
    Sheet,
    Sign,
    SourceLine,
    Support,
    SupportLine,
    TalentLine,
    TimelineEntry,
    Wellbeing,
    WellbeingList,
    WellbeingRow,
)

TODAY = date(2026, 11, 22)
CHILD = UUID("0192f6a0-0000-7000-8000-000000000001")
GROUP = UUID("0192f6a0-0000-7000-8000-000000000002")
HOSTILE = "<img src=x onerror=alert(1)>\"'&"
LONG = "Maria-Antoinetta Wilhelmina van Nieuwenhuijsen-Oosterbaan tot den Hoogenbirk"
MOMENTS = (
    ("M4", date(2025, 1, 21)),
    ("E4", date(2025, 6, 10)),
    ("M5", date(2026, 1, 20)),
    ("E5", date(2026, 6, 9)),
    ("M6", date(2026, 11, 17)),
)
LEVELS = ("V", "IV", "III", "II", "I")
SCOL = (
    "Ervaringen delen", "Aardig doen", "Samen spelen en werken", "Een taak uitvoeren",
    "Jezelf presenteren", "Een keuze maken", "Opkomen voor jezelf", "Omgaan met ruzie",
)  # fmt: skip


def growth_line(
    subject: str, values: tuple[float, ...], level: str, state: Sign, state_text: str, start: float = 150
) -> GrowthLine:
    """A line of up to five moments before five national bands that rise from `start`."""
    points = [
        GrowthPoint(taken_on=on, label=label, value=value, value_raw=f"{value:g}", level=level)
        for (label, on), value in zip(MOMENTS, values, strict=False)
    ]
    last = points[-1]
    points[-1] = last.model_copy(update={"ci_low": last.value - 6, "ci_high": last.value + 6})
    widths = (0.0, 18.0, 26.0, 32.0, 40.0, 58.0)
    bands = [
        NormBandLine(
            code=code,
            points=[
                (point.label, start + step * 11 + widths[number], start + step * 11 + widths[number + 1])
                for step, point in enumerate(points)
            ],
        )
        for number, code in enumerate(LEVELS)
    ]
    return GrowthLine(
        subject=subject, scale="Cito vaardigheidsscore", state=state, state_text=state_text, points=points, bands=bands,
        other_scales=[("DLE", "34"), ("niveau A-E", "B")], source="Cito", age="5 dagen oud",
    )  # fmt: skip


def practice(answers: tuple[int, ...] = (6, 0, 22, 31, 18, 25, 0, 0, 12, 28, 14, 33, 19, 21)) -> Practice:
    """Four weeks of bars, of which every third is partly done at home."""
    days = [TODAY - timedelta(days=27 - number) for number in range(28)]
    bars = [
        PracticeBar(
            day=on,
            answers=count if on.weekday() < 5 else 0,
            home_answers=count // 3 if on.weekday() in (0, 3) else 0,
            is_school_day=on.weekday() < 5,
        )
        for on, count in zip(days, answers * 2, strict=True)
    ]
    return Practice(
        bars=bars,
        objectives=[
            ObjectiveState(
                name=name, subject=subject, state=state, state_text=text, first_answers=12, first_correct=correct
            )
            for name, subject, state, text, correct in (
                ("Getallenlijn tot 1000", "Rekenen", "can", "kan ze", 11),
                ("Klokkijken analoog", "Rekenen", "can", "kan ze", 10),
                ("Breuken vergelijken", "Rekenen", "busy", "bezig", 7),
                ("Werkwoorden tegenwoordige tijd", "Spelling", "stuck", "loopt vast", 3),
            )
        ],
        days_practised=sum(bool(bar.answers) for bar in bars),
        school_days=sum(bar.is_school_day for bar in bars),
        home_days=sum(bool(bar.home_answers) for bar in bars),
        remark="Oefentijd is geen inzet: werk op papier en hulp aan anderen ziet Snappet niet.",
        source="Snappet",
        age="gisteren 15:20",
    )


def wellbeing_list(respondent: str, earlier: tuple[float, ...], latest: tuple[float, ...]) -> WellbeingList:
    """The eight categories of a SCOL, spring and autumn."""
    return WellbeingList(
        instrument="SCOL", respondent=respondent, earlier_label="voorjaar", latest_label="najaar",
        rows=[
            WellbeingRow(
                name=name, low=1, high=5, earlier=before, latest=now,
                direction="up" if now > before else "down" if now < before else "same",
            )
            for name, before, now in zip(SCOL, earlier, latest, strict=True)
        ],
        source="SCOL", age="8 weken oud",
    )  # fmt: skip


def _sentence(sign: Sign, subject: str, text: str, source: str) -> Sentence:
    return Sentence(
        rule="voorbeeld", sign=sign, subject=subject, text=text, basis=f"Gezien in {source}, laatste 17 november 2026.",
        doubt="Een zieke dag of een gemiste toets maakt dit anders.", source=source,
    )  # fmt: skip


def _timeline() -> list[TimelineEntry]:
    kinds = ("observatie", "bespreking", "verzuim", "kindgesprek", "toetsen")
    tones = ("good", "neutral", "worry", None, None)
    return [
        TimelineEntry(
            on=TODAY - timedelta(days=6 * number),
            kind=kinds[number % 5],
            tone=tones[number % 5],
            author="Kim" if number % 2 else None,
            body="Legde zonder vragen de getallenlijn uit aan twee anderen.",
            readers="alleen IB en directie" if number == 7 else None,
        )
        for number in range(25)
    ]


def _sheet(**parts: Any) -> Sheet:
    nothing: dict[str, Any] = {
        "id": CHILD, "name": "Noor van der Ven", "given_name": "Noor", "group": "6B", "group_id": GROUP,
        "age": "9 jaar en 7 maanden", "grade": "groep 6", "teachers": [], "ground": "groep 6B", "today": TODAY,
        "quote": None, "sentences": [], "learning": None, "practice": None, "wellbeing": None, "support": None,
        "goals": [], "talents": [], "timeline": [], "sources": [],
    }  # fmt: skip
    return Sheet.model_validate(nothing | parts)


def fullest() -> Sheet:
    """Noor of the sketch, with something in every part."""
    quote = GoalLine(
        body="Ik wil dit jaar voorlezen aan de kleuters.", stated_on=date(2026, 10, 3), answer_text="doen we",
        answer_body="elke woensdag vanaf 9 november", answered_on=date(2026, 10, 5),
    )  # fmt: skip
    return _sheet(
        teachers=[PersonLabel(name="juf Kim"), PersonLabel(name="meester Sam", note="do, vr")],
        quote=quote,
        sentences=[
            _sentence("steady", "Rekenen", "Rekenen groeit mee met haar eigen lijn; ze blijft op niveau II.", "Cito"),
            _sentence("down", "Spelling", "Spelling ligt twee metingen onder haar eigen lijn.", "Cito"),
            _sentence("up", "Technisch lezen", "Technisch lezen ligt boven haar eigen lijn.", "Cito"),
            _sentence("up", "oefent trouw", "Ze oefent trouw: 14 van de 15 schooldagen.", "Snappet"),
            _sentence("attention", "een taak uitvoeren", "Ze voelt zich veilig; een taak uitvoeren is lager.", "SCOL"),
            _sentence("unknown", "Woordenschat", "Woordenschat: geen meting sinds juni 2025.", "Cito"),
        ],
        learning=Learning(
            lines=[
                growth_line("Rekenen", (181, 190, 201, 210, 221), "II", "steady", "in eigen lijn"),
                growth_line("Spelling", (183, 196, 207, 209, 205), "IV", "down", "onder eigen lijn"),
                growth_line("Begrijpend lezen", (172, 182, 193, 206), "III", "steady", "in eigen lijn"),
                growth_line("Technisch lezen", (180, 188, 203, 222, 240), "I", "up", "boven eigen lijn"),
            ]
        ),
        practice=practice(),
        wellbeing=Wellbeing(
            lists=[
                wellbeing_list("leerkracht", (4, 4, 3, 4, 2, 3, 3, 3), (4, 5, 4, 2, 3, 3, 3, 3.5)),
                wellbeing_list("kind", (3, 4, 4, 4, 3, 3, 2, 3), (4, 4, 4, 3, 3, 4, 2, 3)),
            ]
        ),
        support=Support(
            points=[
                SupportLine(kind=kind, kind_text=text, body=body, observed_on=date(2026, 10, 12), author="Kim")
                for kind, text, body in (
                    ("helps", "Helpt", "een voorbeeld vooraf; naast Yara zitten"),
                    ("hinders", "Hindert", "veel opdrachten tegelijk op één blad"),
                    ("in_class", "In de klas", "dyslexie: tijdsverlenging, voorlezen"),
                )
            ],
            agreements=[
                AgreementLine(
                    body="Werkwoordkaart maken met Noor", agreed_on=date(2026, 11, 12), owner="Kim",
                    due_on=date(2026, 11, 24), state="open", state_text="vóór 24 nov",
                ),
                AgreementLine(
                    body="Ouders bellen over thuis lezen", agreed_on=date(2026, 11, 5), owner="Kim",
                    due_on=date(2026, 11, 19), state="overdue", state_text="had af gemoeten op 19 nov",
                ),
                AgreementLine(
                    body="Plek bij het raam", agreed_on=date(2026, 11, 2), done_on=date(2026, 11, 6),
                    state="done", state_text="gedaan 6 nov",
                ),
            ],
        ),
        goals=[quote],
        talents=[
            TalentLine(on=date(2026, 11, 11), body="diploma C; helpt zondags bij de kleine groep"),
            TalentLine(on=date(2026, 10, 20), body="“de haven van Scheveningen”, gekozen door Noor"),
        ],
        timeline=_timeline(),
        sources=[
            SourceLine(
                label="ESIS", received_at=datetime(2026, 11, 22, 5, 10, tzinfo=UTC), age="vanmorgen 06:10",
                is_stale=False,
            ),
            SourceLine(
                label="SCOL", received_at=datetime(2026, 9, 27, 9, 0, tzinfo=UTC), age="8 weken oud", is_stale=True,
                deviation="SCOL: 6A",
            ),
        ],
    )  # fmt: skip


def kleuter() -> Sheet:
    """A child of group 2: observations in age phases, no tests and no practice."""
    return _sheet(
        name="Sem de Wit", given_name="Sem", group="1/2A", age="5 jaar en 4 maanden", grade="groep 2",
        teachers=[PersonLabel(name="juf Ineke")], ground="groep 1/2A",
        sentences=[_sentence("up", "Taal", "Taal: zit in de fase van 5 tot 5½ jaar.", "KIJK!")],
        learning=Learning(lines=[], remark="In groep 1 en 2 kijken we; er zijn geen toetsen."),
        wellbeing=Wellbeing(
            lists=[
                WellbeingList(
                    instrument="KIJK!", respondent="leerkracht", latest_label="oktober", source="KIJK!",
                    age="6 weken oud",
                    rows=[
                        WellbeingRow(name=name, low=0, high=7, latest=5, latest_text="5;0–5;6")
                        for name in ("Zelfbeeld", "Relatie met anderen", "Spelontwikkeling", "Taal")
                    ],
                )
            ]
        ),
        timeline=_timeline()[:3],
    )  # fmt: skip


def empty() -> Sheet:
    """A child that came yesterday: known, and nothing is known."""
    return _sheet(
        name="Amina Idrissi", given_name="Amina", group=None, group_id=None, age=None, grade=None, ground="directie"
    )


def hostile() -> Sheet:
    """A sheet whose every free text tries to become markup, under a very long name."""
    line = growth_line(HOSTILE, (181, 190, 201, 210, 221), HOSTILE, "steady", HOSTILE)
    points = [point.model_copy(update={"label": HOSTILE, "value_raw": HOSTILE}) for point in line.points]
    bands = [band.model_copy(update={"code": HOSTILE}) for band in line.bands]
    line = line.model_copy(update={"points": points, "bands": bands, "scale": HOSTILE, "source": HOSTILE})
    rows = wellbeing_list(HOSTILE, (1,) * 8, (5,) * 8)
    named = [row.model_copy(update={"name": HOSTILE}) for row in rows.rows]
    return _sheet(
        name=f"{LONG} {HOSTILE}", given_name=HOSTILE, group=HOSTILE, grade=HOSTILE, age=HOSTILE, ground=HOSTILE,
        teachers=[PersonLabel(name=LONG, note=HOSTILE)] * 3,
        quote=GoalLine(body=HOSTILE, stated_on=TODAY, answer_text=HOSTILE, answer_body=HOSTILE, answered_on=TODAY),
        sentences=[_sentence("attention", HOSTILE, f"{HOSTILE} {LONG}", HOSTILE)],
        learning=Learning(lines=[line], remark=HOSTILE),
        practice=practice().model_copy(update={"source": HOSTILE, "remark": HOSTILE}),
        wellbeing=Wellbeing(lists=[rows.model_copy(update={"rows": named, "instrument": HOSTILE})], remark=HOSTILE),
        support=Support(
            points=[SupportLine(kind="helps", kind_text="Helpt", body=HOSTILE, observed_on=TODAY, author=HOSTILE)],
            agreements=[
                AgreementLine(body=HOSTILE, agreed_on=TODAY, owner=HOSTILE, state="open", state_text=HOSTILE)
            ],
            remark=HOSTILE,
        ),
        goals=[GoalLine(body=HOSTILE, stated_on=TODAY)],
        talents=[TalentLine(on=TODAY, body=HOSTILE)],
        timeline=[TimelineEntry(on=TODAY, kind=HOSTILE, tone="worry", author=LONG, body=HOSTILE, readers=HOSTILE)],
        sources=[SourceLine(label=HOSTILE, received_at=None, age=HOSTILE, is_stale=True, deviation=HOSTILE)],
    )  # fmt: skip
