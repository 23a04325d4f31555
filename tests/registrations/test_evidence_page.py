"""The figures that directie reads on the page of one item, against counts of our own straight from the tables."""

import re
from datetime import timedelta

import sqlalchemy as sa

from api.db import reading
from models import wall
from models.attendance import Absence
from models.vocabulary import AbsencePart, AbsenceReason
from tests.registrations.test_round import put_on
from tests.site import Site
from tests.world import TODAY


def counted(site: Site, statement: str) -> int:
    with reading(site.engine) as connection:
        wall.see_all(connection)
        since = sa.bindparam("since", TODAY - timedelta(days=365), sa.Date)
        until = sa.bindparam("until", TODAY, sa.Date)
        return int(connection.scalar(sa.text(statement).bindparams(since, until)) or 0)


def ill(site: Site, ago: int, delivery: int | None) -> None:
    """Noor was ill so many days ago; typed here when no delivery says so."""
    site.change(
        lambda world: world.insert(
            Absence,
            school_id=world.schools["vliet"],
            pupil_id=world.pupils["noor"],
            day=TODAY - timedelta(days=ago),
            part=AbsencePart.MORNING,
            reason=AbsenceReason.ILL,
            delivery_id=delivery,
        )
    )


def test_what_came_in_is_filled_and_was_read_is_what_stands_in_the_tables(site: Site) -> None:
    uid = put_on(site, "aanwezigheid")["aanwezigheid"]["id"]
    delivery = site.world.deliveries[site.world.sources["vliet las"]]
    for ago, by in ((0, delivery), (1, delivery), (30, delivery), (400, delivery), (2, None)):
        ill(site, ago, by)
    site.log_in("kim")
    child = site.world.uids["noor"]
    for _ in range(3):
        assert site.client.get(f"/kind/{child}").status_code == 200
    site.log_in("directie")
    page = re.sub(r"<[^>]+>|\s+", " ", site.client.get(f"/registraties/onderdeel/{uid}").text)

    here = "FROM absence WHERE day BETWEEN :since AND :until AND school_id = (SELECT min(school_id) FROM registration)"
    came = counted(site, f"SELECT count(*) {here}")
    typed = counted(site, f"SELECT count(*) {here} AND delivery_id IS NULL")
    assert came > typed > 0
    assert f"{came} in twaalf maanden, uit vliet las en Kindblad." in page
    assert f"Kindblad (getypt): {typed} " in page
    assert f"vliet las: {came - typed} " in page
    sheets = counted(
        site,
        "SELECT count(*) FROM access_log WHERE kind = 'sheet' AND action = 'read' AND role = 'teacher'"
        " AND :since < :until",
    )
    assert sheets == 3
    said = re.search(r"leraar: (\d+) keer op een pagina met meer", " ".join(page.split()))
    assert said
    assert int(said[1]) == sheets
