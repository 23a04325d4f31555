"""What a school set to its own hand, as the page and a program see it."""

from datetime import datetime

from pydantic import Field

from api.schemas.sheet import View


class SettingLine(View):
    """One setting: what it is now, what we propose, and within which bounds it may be changed."""

    name: str
    label: str
    unit: str
    words: tuple[str, ...] = ()
    """What the numbers from `low` on are called, where they count nothing: nee, ja."""
    value: int | str
    proposal: int | str
    low: int
    high: int
    is_own: bool
    """Whether the school chose it; otherwise it is what we propose."""
    changed_at: datetime | None = None
    changed_by: str | None = None


class SettingsPart(View):
    name: str
    settings: list[SettingLine]


class RuleLine(View):
    """A rule for signals, for who wants to know what is looked at."""

    title: str
    looks_at: str
    is_on_today: bool
    """Whether Vandaag shows it; otherwise the sheet only."""


class SettingsPage(View):
    school_name: str
    parts: list[SettingsPart]
    rules: list[RuleLine]


class Choices(View):
    """The settings to change, by name; what is not named stays as it is, and null goes back to our proposal."""

    chosen: dict[str, int | str | None] = Field(default={}, max_length=100)
    school_name: str | None = Field(default=None, max_length=1000)
    """What the school is called from now on; null leaves it."""
