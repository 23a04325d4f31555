"""What a process remembers between two sheets (norms, days a group practised) follows every change, not only files."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from pydantic_core import to_jsonable_python

from api.db import writing
from api.services.retention.erase import Child, erase
from connectors import match_decide
from connectors.canonical import (
    AssessmentRecord,
    InstrumentRef,
    NormBandRecord,
    PupilRef,
    ScaleRef,
    ScoreRecord,
)
from connectors.load.retry import retry
from connectors.match_decide import Decision
from models.practice import LearningObjective, PracticeCell
from models.provenance import Issue
from models.vocabulary import InstrumentKind, Measure, Retention, Severity
from tests.site import Site
from tests.world import TODAY, World

SKILL = ScaleRef("rw", "Cito", Measure.SKILL, is_ordinal=False, comparable_group="rw")
DAY = TODAY - timedelta(days=3)


def practised(world: World) -> None:
    """Three children practised on one day; who the third is, the platform does not say."""
    world.pupil("vliet", "sara", "Dam", "6B")
    world.source("vliet", "snappet", leads_roll=False)
    school_id, source_id = world.schools["vliet"], world.sources["snappet"]
    objective = world.insert(
        LearningObjective, school_id=school_id, source_id=source_id, subject="rekenen", name="tellen"
    )
    for name in ("noor", "zoë", "sara"):
        link = {} if name == "sara" else {"pupil_id": world.pupils[name]}
        world.persons[f"snappet {name}"] = world.person("vliet", "snappet", name, **link)
        numbers = {column.name: 0 for column in PracticeCell.__table__.columns if column.type.python_type is int}
        mine = {"school_id": school_id, "source_person_id": world.persons[f"snappet {name}"], "day": DAY}
        more = {"objective_id": objective, "answers": 10, "delivery_id": world.deliveries[source_id]}
        world.connection.execute(sa.insert(PracticeCell).values(**numbers | mine | more))


def school_days(site: Site) -> int:
    return int(site.client.get(f"/api/v1/pupils/{site.world.uids['noor']}/sheet").json()["practice"]["school_days"])


def test_a_link_by_hand_counts_at_once_and_so_does_what_is_erased(site: Site) -> None:
    site.change(practised)
    site.log_in("kim")
    assert school_days(site) == 0

    with writing(site.engine) as connection:
        third, sara = site.world.persons["snappet sara"], site.world.pupils["sara"]
        match_decide.link(connection, third, sara, Decision("Juf directie", datetime.now(UTC)))
    assert school_days(site) == 1

    with writing(site.engine) as connection:
        child = Child(sara, site.world.uids["sara"], site.world.schools["vliet"])
        erase(connection, child, frozenset({Retention.PRACTICE}), TODAY)
    assert school_days(site) == 0


def test_an_objective_that_came_with_another_delivery_of_the_same_moment_is_named_too(site: Site) -> None:
    """Two deliveries at once may become visible one after the other, without a newer number in between."""
    site.change(practised)
    site.log_in("kim")
    sheet = f"/api/v1/pupils/{site.world.uids['noor']}/sheet"
    assert [each["name"] for each in site.client.get(sheet).json()["practice"]["objectives"]] == ["tellen"]

    def another(world: World) -> None:
        whose = {"school_id": world.schools["vliet"], "source_id": world.sources["snappet"]}
        cell = sa.select(PracticeCell).where(PracticeCell.source_person_id == world.persons["snappet noor"])
        same = dict(world.connection.execute(sa.select(cell.subquery())).mappings().one())
        new = world.insert(LearningObjective, **whose, subject="rekenen", name="klokkijken")
        world.connection.execute(sa.insert(PracticeCell).values(**same | {"objective_id": new}))

    site.change(another)
    named = {each["name"] for each in site.client.get(sheet).json()["practice"]["objectives"]}
    assert named == {"tellen", "klokkijken"}


def tried_again(site: Site, *records: AssessmentRecord | NormBandRecord) -> None:
    """Take records over from quarantine, as `kindblad quarantine retry` does."""
    school_id, source_id = site.world.schools["vliet"], site.world.sources["vliet las"]
    whose = {"school_id": school_id, "source_id": source_id, "delivery_id": site.world.deliveries[source_id]}
    with writing(site.engine) as connection:
        site.world.connection = connection
        issues = [
            site.world.insert(
                Issue,
                **whose,
                severity=Severity.ERROR,
                code="test",
                stream=record.stream,
                source_key=record.key,
                locator="regel 1",
                message="Kon niet worden overgenomen.",
                payload={"record": to_jsonable_python(record)},
            )
            for record in records
        ]
        assert retry(connection, issues, "99KB", datetime.now(UTC)) == len(records)


def test_norms_that_come_out_of_quarantine_are_drawn_at_once(site: Site) -> None:
    test = InstrumentRef("Cito", "rw", "Rekenen-Wiskunde", InstrumentKind.TEST, "rekenen")
    moments = {"M5": TODAY - timedelta(days=200), "E5": TODAY - timedelta(days=20)}
    tried_again(
        site,
        *(
            AssessmentRecord(moment, PupilRef("noor"), test, day, (ScoreRecord(SKILL, "200", 200.0),), moment)
            for moment, day in moments.items()
        ),
    )
    site.log_in("kim")
    sheet = f"/api/v1/pupils/{site.world.uids['noor']}/sheet"
    assert [line["bands"] for line in site.client.get(sheet).json()["learning"]["lines"]] == [[]]

    levels = (("V", None, 150.0), ("I", 150.0, None))
    tried_again(
        site,
        *(
            NormBandRecord(f"{moment}{code}", SKILL, moment, code, low, high)
            for moment in moments
            for code, low, high in levels
        ),
    )

    (line,) = site.client.get(sheet).json()["learning"]["lines"]
    assert len(line["bands"]) == len(levels)
