"""The page of a school's settings: as it is, and filled in wrongly."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from api.schemas import settings as s

Word = Callable[[str], str]
Pages = dict[str, tuple[str, dict[str, Any]]]
AT = datetime(2026, 11, 12, 9, 0, tzinfo=UTC)


def contexts(word: Word = str) -> Pages:
    """All these pages by a name of their own."""
    name = s.SettingLine(
        name="level_basic", label="Naam voor wie de gewone uitleg volgt", unit="", value=word("middengroep"),
        proposal="basis", low=2, high=24, is_own=True, changed_at=AT, changed_by=word("Kim de Bruijn"),
    )  # fmt: skip
    weeks = s.SettingLine(
        name="quiet_weeks", label="Niets opgeschreven over een kind, na", unit="weken", value=8, proposal=6, low=2,
        high=16, is_own=True,
    )  # fmt: skip
    days = weeks.model_copy(update={"name": "stuck_days", "unit": "dagen", "value": 2, "is_own": False})
    parts = [s.SettingsPart(name="Namen", settings=[name]), s.SettingsPart(name="Notities", settings=[weeks, days])]
    rules = [
        s.RuleLine(title="Oefent weinig", looks_at="de dagen waarop het kind oefende", is_on_today=True),
        s.RuleLine(title="Groei langs de eigen lijn", looks_at="de metingen van één vak", is_on_today=False),
    ]
    shown = s.SettingsPage(school_name=word("Kindcentrum De Vliet"), parts=parts, rules=rules)
    page = {"me": word("Kim de Bruijn"), "page": shown}
    calm: dict[str, Any] = {"wrong": {}, "typed": {}, "is_kept": True}
    wrong = {"quiet_weeks": word("“Niets opgeschreven”: kies een heel getal van 2 tot en met 16.")}
    return {
        "settings": ("pages/settings.html", page | calm),
        "settings-wrong": (
            "pages/settings.html",
            page | {"wrong": wrong, "typed": {"quiet_weeks": word("heel lang")}, "is_kept": False},
        ),
    }
