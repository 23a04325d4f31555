"""What a school set to its own hand: showing it, and changing it within the bounds of `models.rules.settings`.

A change holds from the next page on, in every process (`models.queries.memory`). It is about no child, so it is no line
in the access log; who changed what and when stands in the row and on the page.
"""

from collections.abc import Mapping

import sqlalchemy as sa

from api.db import writing
from api.problem import ForPeopleError
from api.schemas.settings import RuleLine, SettingLine, SettingsPage, SettingsPart
from api.security.access import SETTINGS, Visit
from models.queries.colleagues import schools_managed
from models.queries.memory import forget
from models.queries.school import name_of
from models.queries.scope import NotFoundError
from models.queries.settings import chosen_of
from models.rules.settings import REGISTRY, settings_from
from models.rules.signals.registry import RULES
from models.school import School, SchoolSetting

LONGEST_NAME = 200


class SettingsError(ForPeopleError):
    """What was filled in cannot be; `fields` says it for each setting that is wrong."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__(" ".join(fields.values()))
        self.fields = fields


def compose_settings(visit: Visit) -> SettingsPage:
    """Compose the settings of the school where the reader is directie."""
    school_id = _school(visit)
    rows = {row.name: row for row in chosen_of(visit.connection, school_id)}
    now = settings_from({name: row.value for name, row in rows.items()})
    parts: dict[str, list[SettingLine]] = {}
    for name, setting in REGISTRY.items():
        row, value = rows.get(name), getattr(now, name)
        parts.setdefault(setting.part, []).append(
            SettingLine(
                name=name,
                label=setting.label,
                unit=setting.unit,
                words=setting.words,
                value=value,
                proposal=setting.default,
                low=setting.low,
                high=setting.high,
                is_own=value != setting.default,
                changed_at=row.changed_at if row else None,
                changed_by=row.person if row else None,
            )
        )
    return SettingsPage(
        school_name=name_of(visit.connection, school_id),
        parts=[SettingsPart(name=name, settings=lines) for name, lines in parts.items()],
        rules=[
            RuleLine(title=rule.title, looks_at=rule.looks_at, is_on_today=not rule.sheet_only)
            for rule in RULES.values()
        ],
    )


def change_settings(visit: Visit, chosen: Mapping[str, str | None], school_name: str | None = None) -> None:
    """Keep what was chosen, all or nothing; None, empty, or what we propose takes the school's own choice away.

    `school_name` is what the school is called from now on; None leaves that. Raises `SettingsError` when something lies
    outside its bounds or has a name that does not exist.
    """
    school_id = _school(visit)
    wrong, wanted = {}, {}
    try:
        called = None if school_name is None else read_name(school_name)
    except ForPeopleError as error:
        wrong["school_name"] = str(error)
    for name, text in chosen.items():
        if name not in REGISTRY:
            wrong[name] = "Er is een instelling bij die niet bestaat."
            continue
        try:
            wanted[name] = None if text is None or not text.strip() else REGISTRY[name].read(text)
        except ValueError as error:
            wrong[name] = str(error)
    if wrong:
        raise SettingsError(wrong)
    with writing(visit.kit.engine) as connection:
        if called:
            rename(connection, school_id, called)
        before = {row.name: row.value for row in chosen_of(connection, school_id)}
        mine = SchoolSetting.school_id == school_id
        for name, value in wanted.items():
            own = None if value in (None, REGISTRY[name].default) else str(value)
            if own == before.get(name):
                continue
            connection.execute(sa.delete(SchoolSetting).where(mine, SchoolSetting.name == name))
            if own is not None:
                who = {"account_id": visit.scope.account_id, "changed_at": visit.now}
                whose = {"school_id": school_id, "name": name, "value": own}
                connection.execute(sa.insert(SchoolSetting).values(whose | who))
        forget(connection, school_id)


def read_name(text: str) -> str:
    """Read what a school is to be called; raises `ForPeopleError` when that is no name."""
    name = " ".join(text.split())
    if not 2 <= len(name) <= LONGEST_NAME or not name.isprintable():
        raise ForPeopleError(f"Schrijf een naam van 2 tot en met {LONGEST_NAME} tekens voor de school.")
    return name


def rename(connection: sa.Connection, school_id: int, name: str) -> None:
    """Call a school so from now on; no file that comes in says how a school is called."""
    connection.execute(sa.update(School).where(School.id == school_id).values(name=name))


def _school(visit: Visit) -> int:
    """The school where the reader is directie; of several the first."""
    schools = sorted(schools_managed(visit.scope, SETTINGS.roles))
    if not schools:
        raise NotFoundError
    return schools[0]
