"""What the pages are tried with: the fullest sheet, a toddler's, a new child's, and one whose every word is hostile.

All are made through the schemas of the API, so that a page cannot be tested on an object that no service can compose.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any, Literal
from uuid import UUID

from api.schemas import sheet as s
from api.schemas.account import AccountPage, SessionLine
from api.schemas.people import PupilLink
from tests.frontend import (
    samples_absence,
    samples_agreements,
    samples_cards,
    samples_child,
    samples_copy,
    samples_custody,
    samples_evidence,
    samples_group,
    samples_keeping,
    samples_login,
    samples_looks,
    samples_meetings,
    samples_my_child,
    samples_notes,
    samples_registrations,
    samples_release,
    samples_reports,
    samples_settings,
    samples_sources,
    samples_studyguide,
    samples_talks,
    samples_today,
)

Word = Callable[[str], str]
"""What to write in the place of a text: the text itself, or an attack."""

TODAY = date(2026, 11, 22)
CHILD, GROUP = UUID("0190a000-0000-7000-8000-000000000001"), UUID("0190a000-0000-7000-8000-000000000002")
NOW = datetime(2026, 11, 22, 5, 10, tzinfo=UTC)
MOMENTS = ("E3", "M4", "E4", "M5", "E5", "B6")
HOSTILE = (
    "<img src=x onerror=alert(1)>",
    '"><script>alert(1)</script>',
    "{{7*7}}",
    "' autofocus onfocus=alert(1) x='",
    "</title></svg><svg onload=alert(1)>",
    "Langewoordzonderspatie" * 8,
)
LONG = (
    "Werkte met de werkkaart vijf van de zes zinnen zelf uit en legde daarna aan een ander kind uit waarom het zo is; "
    "zonder kaart gokte ze nog, dus dat oefenen we volgende week nog een keer met de hele groep."
)


def _ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def _sentences(word: Word) -> list[s.Sentence]:
    said: list[tuple[s.Sign, str, str]] = [
        ("down", "Spelling", "Spelling ligt twee metingen onder haar eigen lijn (IV, was II)."),
        ("down", "Een taak uitvoeren", "Een taak uitvoeren scoort lager dan in het voorjaar, en ze zegt dat zelf ook."),
        ("attention", "loopt vast", "Ze loopt vast bij “Werkwoorden in de tegenwoordige tijd (ik vind, jij vindt)”."),
        ("attention", "Afspraak", "Afspraak “werkkaart maken en doorlopen voor het dictee” is twaalf dagen over tijd."),
        ("up", "Technisch lezen", "Technisch lezen ligt boven haar eigen lijn (I, was II)."),
        ("up", "oefent trouw", "Ze oefent trouw: 17 van de 19 schooldagen, drie keer ook thuis, twee dagen ziek."),
        ("steady", "Rekenen en begrijpend lezen", "Rekenen en begrijpend lezen groeien mee met haar eigen lijn."),
    ]
    return [
        s.Sentence(
            rule=f"rule_{index}", sign=sign, subject=word(subject), text=word(text), source=word("Cito LVS"),
            basis=word("5 metingen van Cito, laatste 12 juni 2026"),
            doubt="Anders als ze ziek was bij de toets, of als een meting ontbreekt.",
            key=word("growth_below|2026-06-12 below 2|Spelling") if index == 0 else None,
            answer=word("gezien 12 nov, Kim: omdat we het al bespraken") if index == 1 else None,
        )
        for index, (sign, subject, text) in enumerate(said)
    ]  # fmt: skip


def growth_line(subject: str, state: s.Sign, word: Word = str, points: int = 6) -> s.GrowthLine:
    """One subject with five bands at every moment; the last point has its range of doubt."""
    labels = MOMENTS[-points:]
    states: dict[s.Sign, str] = {"up": "boven eigen lijn", "down": "onder eigen lijn"}
    values = [120 + 14 * at for at in range(points)]
    return s.GrowthLine(
        subject=word(subject), scale="Cito vaardigheidsscore", state=state,
        state_text=states.get(state, "in eigen lijn"),
        points=[
            s.GrowthPoint(
                taken_on=_ago(150 * (points - at)), label=word(label), value=value, value_raw=f"{value}", level="III",
                ci_low=value - 8, ci_high=value + 10,
            )
            for at, (label, value) in enumerate(zip(labels, values, strict=True))
        ],
        bands=[
            s.NormBandLine(
                code=code,
                points=[(label, 80 + 15 * at + 18 * band, 98 + 15 * at + 18 * band) for at, label in enumerate(labels)],
            )
            for band, code in enumerate(("V", "IV", "III", "II", "I"))
        ],
        other_scales=[("DLE", "34"), ("niveau A–E", word("B"))],
        source=word("Cito LVS-resultatenlijst"), age="8 weken oud",
    )  # fmt: skip


def practice(word: Word = str) -> s.Practice:
    """Four weeks of bars and five objectives with the long names of a real platform."""
    names: tuple[tuple[str, Literal["can", "busy", "stuck"]], ...] = (
        ("Vermenigvuldigen 8 × 32 en 25 × 48 met splitsen", "can"),
        ("Breuken vergelijken op de getallenlijn", "can"),
        ("Stam van het werkwoord", "busy"),
        ("Hoofdgedachte van een informatieve tekst benoemen", "busy"),
        ("Werkwoorden in de tegenwoordige tijd (ik vind, jij vindt)", "stuck"),
    )
    texts = {"can": "kan ze", "busy": "bezig", "stuck": "loopt vast"}
    return s.Practice(
        bars=[
            s.PracticeBar(
                day=on, answers=0 if on.weekday() > 4 or at == 9 else 12 + (at * 7) % 40,
                home_answers=8 if at % 6 == 0 and on.weekday() < 5 else 0, is_school_day=on.weekday() < 5,
            )
            for at, on in enumerate(_ago(27 - at) for at in range(28))
        ],
        objectives=[
            s.ObjectiveState(
                name=word(name), subject="taal", state=state, first_answers=24, first_correct=13,
                state_text=texts[state],
            )
            for name, state in names
        ],
        days_practised=17, school_days=19, home_days=3, source=word("Snappet"), age="gisteren 15:20",
        remark="Oefentijd is geen inzet: werk op papier en hulp aan anderen ziet het platform niet.",
    )  # fmt: skip


def _wellbeing(word: Word) -> s.Wellbeing:
    names = (
        "Ervaringen delen", "Aardig doen", "Samen spelen en werken", "Een taak uitvoeren",
        "Jezelf presenteren", "Een keuze maken", "Opkomen voor jezelf", "Omgaan met ruzie",
    )  # fmt: skip
    return s.Wellbeing(
        lists=[
            s.WellbeingList(
                instrument=word("SCOL"), respondent=respondent, earlier_label="voorjaar", latest_label="najaar",
                rows=[
                    s.WellbeingRow(
                        name=word(name), low=1, high=5, earlier=3.5, latest=2.4 if at == 3 else 3.8,
                        direction="down" if at == 3 else "up",
                    )
                    for at, name in enumerate(names)
                ],
                source=word("SCOL"), age="3 weken oud",
            )
            for respondent in ("leerkracht", "kind")
        ]
    )  # fmt: skip


def _support(word: Word) -> s.Support:
    points: tuple[tuple[Literal["helps", "hinders", "in_class"], str, str], ...] = (
        ("helps", "helpt", "een voorbeeld vooraf, en naast Yara zitten"),
        ("helps", "helpt", "even bewegen tussen twee taken"),
        ("hinders", "hindert", "veel opdrachten tegelijk op één blad"),
        ("in_class", "in de klas", "werkkaart op tafel, dictee in twee delen"),
    )
    agreements: tuple[tuple[Literal["open", "overdue", "done"], str, str], ...] = (
        ("overdue", "over tijd, vóór 10 nov", "Werkkaart maken en samen doorlopen voor het dictee"),
        ("open", "vóór 24 nov", "Ouders bellen over thuis lezen en wat daarbij helpt"),
        ("open", "vóór 28 nov", "Dictee in twee delen afnemen en vergelijken"),
        ("open", "open", "Met Noor kiezen wanneer ze voorleest bij de kleuters"),
        ("done", "gedaan 6 nov", "Plek bij het raam"),
    )
    return s.Support(
        points=[
            s.SupportLine(kind=kind, kind_text=text, body=word(body), observed_on=_ago(40), author=word("Kim"))
            for kind, text, body in points
        ],
        agreements=[
            s.AgreementLine(body=word(body), agreed_on=_ago(30), owner=word("juf Kim"), state=state, state_text=text)
            for state, text, body in agreements
        ],
    )


def _goals(word: Word) -> list[s.GoalLine]:
    said = (
        ("Ik wil dit jaar voorlezen aan de kleuters.", "doen we", "elke woensdag, met een maatje"),
        ("Ik wil een boek van meer dan tweehonderd bladzijden uitlezen.", "doen we", None),
        ("Ik wil leren hoe je een zaag en een boormachine gebruikt.", "later", None),
        ("Ik wil met rekenen niet meer op mijn vingers tellen.", None, None),
    )
    return [
        s.GoalLine(body=word(body), stated_on=_ago(50 + 90 * at), answer_text=text, answer_body=more)
        for at, (body, text, more) in enumerate(said)
    ]


def _timeline(word: Word) -> list[s.TimelineEntry]:
    kinds = ("observatie", "verzuim", "oudergesprek", "toetsen", "kindgesprek", "bespreking")
    tones: tuple[Literal["good", "neutral", "worry"] | None, ...] = ("good", None, "neutral", "worry")
    return [
        s.TimelineEntry(
            on=_ago(3 + 9 * at), kind=kinds[at % 6], tone=tones[at % 4], author=word("Kim"), body=word(LONG),
            readers="IB" if at % 5 == 4 else None,
        )
        for at in range(30)
    ]  # fmt: skip


def _sources(word: Word) -> list[s.SourceLine]:
    labels = ("ESIS", "Cito LVS", "Cito-resultatenlijst", "Snappet", "SCOL", "Verzuim", "Ouders", "Dossier")
    stale, late = 4, "8 weken oud"
    return [
        s.SourceLine(
            label=word(label), received_at=NOW, age=late if at == stale else "vanmorgen 06:10",
            is_stale=at == stale, deviation=word("Snappet: 6A") if label == "Snappet" else None,
        )
        for at, label in enumerate(labels)
    ]  # fmt: skip


def _full(word: Word) -> s.Sheet:
    goals = _goals(word)
    states: tuple[tuple[str, s.Sign], ...] = (
        ("Rekenen", "steady"), ("Spelling", "down"), ("Begrijpend lezen", "steady"), ("Technisch lezen", "up"),
    )  # fmt: skip
    lines = [growth_line(name, state, word) for name, state in states]
    proud = "Zwemdiploma C gehaald; helpt zondags bij de kleine groep."
    return s.Sheet(
        id=CHILD, name=word("Noor van der Ven"), given_name=word("Noor"), group=word("groep 6B"), group_id=GROUP,
        age="9 jaar en 7 maanden", grade="groep 6", ground=word("groep 6B"), today=TODAY,
        teachers=[s.PersonLabel(name=word("Kim de Bruijn")), s.PersonLabel(name="Sam Bouazza", note=word("do, vr"))],
        quote=goals[0], sentences=_sentences(word),
        learning=s.Learning(
            lines=[*lines, growth_line("Woordenschat", "unknown", word, 1)],
            source=word("Cito, laatste meting 5 juni; Cito LVS-resultatenlijst, laatste meting 20 mei"),
        ),
        practice=practice(word), wellbeing=_wellbeing(word), support=_support(word), goals=goals,
        talents=[s.TalentLine(on=_ago(11 + 14 * at), body=word(proud)) for at in range(4)],
        timeline=_timeline(word), sources=_sources(word),
    )  # fmt: skip


def fullest() -> s.Sheet:
    """Everything a sheet can hold, at its longest; it must still be one A4 and one screen."""
    return _full(str)


def wordy() -> s.Sheet:
    """The fullest sheet of a school where all that people write themselves is long."""
    full = fullest()
    support = _support(lambda text: f"{text}. {LONG}")
    goals = _goals(lambda text: f"{text} {LONG}")
    talents = [talent.model_copy(update={"body": LONG}) for talent in full.talents]
    return full.model_copy(update={"support": support, "goals": goals, "quote": goals[0], "talents": talents})


def hostile() -> s.Sheet:
    """The same sheet, but all that a source or a person may write is an attack or one endless word."""
    turn = iter(range(10_000))
    return _full(lambda _: HOSTILE[next(turn) % len(HOSTILE)])


def kleuter() -> s.Sheet:
    """A child of five: observations with age phases in words, no tests, no platform."""
    full = fullest()
    phases = (("Mondelinge taal", "4;6–5;0"), ("Spelontwikkeling", "5;0–5;6"))
    looked = s.WellbeingList(
        instrument="KIJK!", respondent="leerkracht", earlier_label="voorjaar", latest_label="najaar",
        rows=[s.WellbeingRow(name=name, low=0, high=1, latest_text=text) for name, text in phases],
        source="KIJK!", age="3 weken oud",
    )  # fmt: skip
    return full.model_copy(
        update={
            "name": "Sem Özdemir", "given_name": "Sem", "group": "groep 1/2A", "grade": "groep 2", "quote": None,
            "age": "5 jaar", "sentences": full.sentences[5:6], "goals": [], "timeline": full.timeline[:3],
            "learning": s.Learning(lines=[], remark="In groep 1 en 2 kijken we; er zijn geen toetsen."),
            "practice": s.Practice(
                bars=[], objectives=[], days_practised=0, school_days=19, home_days=0,
                remark="De laatste vier weken is er niets ontvangen van een oefenplatform.",
            ),
            "wellbeing": s.Wellbeing(lists=[looked]),
            "support": s.Support(points=[], agreements=[], remark="Niets bijzonders afgesproken."),
        }
    )  # fmt: skip


def empty() -> s.Sheet:
    """A child that came in today, to a reader who may see nothing yet."""
    return s.Sheet(
        id=CHILD, name="Lio", given_name="Lio", group=None, group_id=None, age=None, grade=None, teachers=[],
        ground="directie", today=TODAY, quote=None, sentences=[], learning=None, practice=None, wellbeing=None,
        support=None, goals=[], talents=[], timeline=[], sources=[],
    )  # fmt: skip


def contexts(word: Word = str, sheet: s.Sheet | None = None) -> dict[str, tuple[str, dict[str, Any]]]:
    """All pages by a name of their own: template and what it is given, as the routes give it."""
    me = word("Kim de Bruijn")
    links = [s.GroupLink(id=GROUP, name=word("6B"), members=28), s.GroupLink(id=CHILD, name="7A", members=1)]
    found = [PupilLink(id=CHILD, name=word("Noor van der Ven"), sort_name="", group=word("6B"))]
    account = AccountPage(
        name=me, login=word("kim@school.example"), roles=[word("leraar · groep 6B")],
        sessions=[
            SessionLine(
                handle=f"h{at}", started_at=NOW, seen_at=NOW, is_current=at == 0, device=word("Chrome op Windows"),
                how="wachtwoord en tweede stap",
            )
            for at in range(3)
        ],
        has_password=True, shortest_password=12, manages_accounts=True,
    )  # fmt: skip
    mine = {"me": me, "account": account}
    waiting = {"notices": samples_custody.notices(word), "without_custody": [], "has_task": False}
    calm: dict[str, Any] = {"notices": [], "without_custody": [], "has_task": False}
    login = {"me": None, "back": word("/kind/1"), "login": word("kim"), "passkeys_at": samples_login.AT}
    wrong = word("De inlognaam of het wachtwoord klopt niet.")
    ways = [SimpleNamespace(uid=f"uid-{at}", label=word("Devliet"), school=word(f"De Vliet {at}")) for at in range(4)]
    school = {"me": None, "provider": ways[0], "problem": "", "code": "", "offers_logout": False}
    fault = {"title": word("Er ging iets mis"), "message": word("Dat ligt aan ons."), "reference": word("a1b2")}
    custody = samples_custody.contexts(sheet or fullest(), word)
    return (
        samples_login.contexts(word)
        | samples_looks.contexts(word)
        | samples_meetings.contexts(word)
        | samples_my_child.contexts(word)
        | samples_notes.contexts(word)
        | samples_settings.contexts(word)
        | samples_child.contexts(word)
        | samples_studyguide.contexts(word)
        | samples_keeping.contexts(word)
        | samples_sources.contexts(word)
        | samples_group.contexts(word)
        | samples_absence.contexts(word)
        | samples_agreements.contexts(word)
        | samples_cards.contexts(word)
        | samples_copy.contexts(word)
        | samples_registrations.contexts(word)
        | samples_release.contexts(word)
        | samples_reports.contexts(word)
        | samples_evidence.contexts(word)
        | samples_today.contexts(word)
        | samples_talks.contexts(sheet or fullest(), word)
        | custody
        | {
            "sheet": ("pages/sheet.html", {"me": me, "sheet": sheet or fullest()}),
            "start": ("pages/start.html", {"me": me, "groups": links, "children": found} | waiting),
            "parent": ("pages/start.html", {"me": me, "groups": [], "children": found} | calm),
            "nobody": ("pages/start.html", {"me": me, "groups": [], "children": []} | calm),
            "search": ("pages/search.html", {"me": me, "sought": word("Noor"), "found": found}),
            "not-found": ("pages/search.html", {"me": me, "sought": word("Noor"), "found": []}),
            "account": ("pages/account.html", mine | {"problem": None, "changed": True}),
            "refused": ("pages/account.html", mine | {"problem": word("Te kort."), "changed": False}),
            "login": ("pages/login.html", login | {"problem": None, "login": ""}),
            "wrong-login": ("pages/login.html", login | {"problem": wrong}),
            "login-one-school": ("pages/login.html", login | {"problem": None, "providers": ways[:1]}),
            "login-many-schools": ("pages/login.html", login | {"problem": None, "providers": ways}),
            "sso-unknown": ("pages/school_account.html", school | {"code": word("K7QF-92MD")}),
            "sso-refused": ("pages/school_account.html", school | {"problem": word("Begin opnieuw.")}),
            "sso-left": ("pages/school_account.html", school | {"offers_logout": True}),
            "error": ("errors/error.html", {"status": 500} | fault),
        }
    )
