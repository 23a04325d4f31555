"""What a school may set to its own hand: thresholds of the signals and names of instruction groups, with bounds.

The fields of `Settings` are the registry: their name is the key in the database, their default is ours. What a school
never chose, or chose outside bounds that were made narrower since, is the default.
"""

from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from typing import Any

from models.vocabulary import InstructionLevel

NAME_LENGTH = 24


@dataclass(frozen=True, slots=True)
class Setting:
    """How one setting is named, explained and bounded.

    `unit` stands behind its field; `words` are what the numbers from `low` on are called, where they count nothing.
    """

    name: str
    part: str
    label: str
    default: int | str
    low: int
    high: int
    unit: str = ""
    words: tuple[str, ...] = ()

    def read(self, text: str) -> int | str:
        """Return the value of what someone typed; a `ValueError` in Dutch for what cannot be."""
        text = " ".join(text.split())
        if isinstance(self.default, str):
            if not self.low <= len(text) <= self.high:
                raise ValueError(f"“{self.label}”: schrijf een naam van {self.low} tot en met {self.high} tekens.")
            return text
        if not (text.isascii() and text.isdigit()) or not self.low <= int(text) <= self.high:
            raise ValueError(f"“{self.label}”: kies een heel getal van {self.low} tot en met {self.high}.")
        return int(text)


def _number(part: str, label: str, default: int, low: int, high: int, unit: str) -> Any:
    return field(default=default, metadata={"of": (part, label, low, high, unit)})


def _yes_or_no(part: str, label: str) -> Any:
    return field(default=0, metadata={"of": (part, label, 0, 1, "", ("nee", "ja"))})


def _name(label: str, default: str) -> Any:
    return field(default=default, metadata={"of": (NAMES, label, 2, NAME_LENGTH, "")})


NAMES = "Instructiegroepen"
GROWTH = "Groei"
PRACTICE = "Oefenen"
WELLBEING = "Welbevinden"
ATTENDANCE = "Verzuim"
WORDS = "Afspraken en notities"
CHILDREN = "Kinderen loggen zelf in"
PARENTS = "Wat ouders lezen"


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one school; without rows it is what we propose."""

    level_intensive: str = _name("Naam voor wie extra uitleg krijgt", InstructionLevel.INTENSIVE.label)
    level_basic: str = _name("Naam voor wie de gewone uitleg volgt", InstructionLevel.BASIC.label)
    level_enriched: str = _name("Naam voor wie meer aankan", InstructionLevel.ENRICHED.label)

    growth_times: int = _number(GROWTH, "Onder de eigen lijn, vanaf", 2, 1, 4, "metingen op rij")
    level_jump: int = _number(GROWTH, "Een sprong, vanaf", 2, 2, 4, "niveaus tussen twee metingen")
    test_silence: int = _number(GROWTH, "Een vak zonder meting, na", 34, 20, 60, "weken")

    practice_seldom: int = _number(PRACTICE, "Oefent weinig, onder", 4, 1, 6, "van de tien schooldagen")
    practice_faithful: int = _number(PRACTICE, "Oefent trouw, vanaf", 8, 7, 10, "van de tien schooldagen")
    practice_fall: int = _number(PRACTICE, "Oefent opeens minder, vanaf", 4, 2, 8, "van de tien schooldagen minder")
    stuck_days: int = _number(PRACTICE, "Loopt vast, na", 2, 2, 6, "dagen aan hetzelfde doel")
    class_can: int = _number(PRACTICE, "De groep is verder, als", 5, 4, 9, "van de tien kinderen het doel kunnen")
    effort_days: int = _number(PRACTICE, "Zette door, na", 4, 3, 10, "dagen aan hetzelfde doel")

    wellbeing_change: int = _number(WELLBEING, "Een verandering, vanaf", 15, 10, 40, "honderdsten van de schaal")
    views_apart: int = _number(WELLBEING, "Leraar en kind ver uiteen, vanaf", 35, 20, 60, "honderdsten van de schaal")

    absence_weeks: int = _number(ATTENDANCE, "Kijk terug over", 8, 3, 20, "weken")
    absence_days: int = _number(ATTENDANCE, "Vaak weg, vanaf", 4, 2, 20, "schooldagen")
    late_times: int = _number(ATTENDANCE, "Vaak te laat, vanaf", 4, 2, 20, "keer")
    same_weekday: int = _number(ATTENDANCE, "Steeds dezelfde weekdag, vanaf", 3, 3, 8, "keer")

    agreement_days: int = _number(WORDS, "Een afspraak is over tijd, na", 0, 0, 28, "dagen uitstel")
    goal_days: int = _number(WORDS, "Een eigen doel wacht op antwoord, na", 14, 7, 60, "dagen")
    quiet_weeks: int = _number(WORDS, "Niets opgeschreven over een kind, na", 6, 2, 16, "weken")
    talk_weeks: int = _number(WORDS, "Een kind is lang niet besproken, na", 26, 8, 52, "weken")
    rest_weeks: int = _number(WORDS, "Een beantwoord signaal blijft op zijn minst weg", 4, 2, 12, "weken")

    picture_login: int = _yes_or_no(CHILDREN, "Inloggen met plaatjes")
    school_day_ends: int = _number(CHILDREN, "De klasdeur gaat dicht om", 16, 12, 18, "uur")

    child_first_days: int = _number(PARENTS, "Het kind leest een uitslag eerder dan de ouders", 2, 0, 14, "dagen")
    parents_compare: int = _yes_or_no(PARENTS, "Vergelijken met anderen tonen")

    def level_name(self, level: InstructionLevel) -> str:
        """The school's own name of an instruction group."""
        return str(getattr(self, f"level_{level.value}"))


def _setting(each: Field[Any]) -> Setting:
    if each.default is MISSING:
        raise TypeError(f"{each.name} heeft geen voorstel")
    part, label, *bounds = each.metadata["of"]
    return Setting(each.name, part, label, each.default, *bounds)


REGISTRY: Mapping[str, Setting] = {each.name: _setting(each) for each in fields(Settings)}
DEFAULTS = Settings()


def settings_from(chosen: Mapping[str, str]) -> Settings:
    """Build the settings of a school from what it chose; what is unknown or out of bounds by now is our default."""
    values: dict[str, Any] = {}
    for name, text in chosen.items():
        setting = REGISTRY.get(name)
        if setting is None:
            continue
        try:
            values[name] = setting.read(text)
        except ValueError:
            continue
    return Settings(**values)
