"""A week of 6B as its teacher makes it, practice of its children, and parents with an address."""

from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from models.person import Guardian
from models.practice import LearningObjective, PracticeCell
from models.rules.studyguide import monday_of, week_code
from models.vocabulary import Custody
from tests.site import Site
from tests.world import TODAY, World

MONDAY = monday_of(TODAY)
WEEK = week_code(MONDAY)
LINE = {"subject": "rekenen", "goal": "Breuken vergelijken", "at_home": "Snijd een appel."}


def path(site: Site, group: str = "6B") -> str:
    return f"/studiewijzer/{site.world.group_uids[group]}"


def editor(site: Site, group: str = "6B") -> str:
    return f"/groep/{site.world.group_uids[group]}/studiewijzer"


def api(site: Site, more: str = "", group: str = "6B") -> str:
    return f"/api/v1/groups/{site.world.group_uids[group]}/study-guide{more}"


def share(site: Site, *lines: dict[str, str], login: str = "kim", group: str = "6B", **more: Any) -> Any:
    """Publish a week, or with publish=False keep a draft."""
    site.log_in(login)
    seen = ""
    if "seen" not in more:
        kept = site.client.get(api(site, "/draft", group), params={"week": more.get("week", WEEK)})
        seen = kept.json().get("seen", "") if kept.status_code == 200 else ""
    body = {"week": WEEK, "publish": True, "seen": seen, "lines": list(lines or (LINE,))} | more
    return site.client.post(api(site, "", group), json=body)


def with_address(login: str, child: str = "noor", custody: Custody = Custody.YES, email: str = "") -> Any:
    """Make a parent who can be mailed."""

    def act(world: World) -> None:
        world.parent(login, child, custody)
        change = sa.update(Guardian).where(Guardian.given_name == login)
        world.connection.execute(change.values(email=email or f"{login}@example.org"))

    return act


def practised(child: str, name: str, *, day: date = MONDAY, answers: int = 20, right: int = 9, home: int = 0) -> Any:
    """Let a child work at an objective of arithmetic on a day."""

    def act(world: World) -> None:
        source = next(key for key in world.sources if key == "vliet las")
        place = {"school_id": world.schools["vliet"], "source_id": world.sources[source]}
        chosen = sa.select(LearningObjective.id).where(LearningObjective.name == name)
        objective = world.connection.scalar(chosen)
        if objective is None:
            objective = world.insert(LearningObjective, subject="Rekenen", domain="Getallen", name=name, **place)
        world.connection.execute(
            sa.insert(PracticeCell).values(
                school_id=place["school_id"],
                source_person_id=world.persons[child],
                day=day,
                objective_id=objective,
                answers=answers,
                correct=right,
                first_answers=answers,
                first_correct=right,
                progress_sum=0,
                progress_n=0,
                no_difficulty=0,
                uncalibrated=0,
                home_answers=home,
                first_second=30_000,
                last_second=31_000,
                delivery_id=world.deliveries[place["source_id"]],
            )
        )

    return act


def more_children(*names: str) -> Any:
    """Put more children in 6B."""

    def act(world: World) -> None:
        for name in names:
            world.pupil("vliet", name, name.capitalize(), "6B")

    return act


YESTERDAY = TODAY - timedelta(days=1)
