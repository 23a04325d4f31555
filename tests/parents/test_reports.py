"""Reports: written one child after another, released with a date, and from then on as they were; nothing unreleased."""

from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from api.db import reading
from models.person import Guardian
from models.portfolio import Consent, PortfolioPiece
from models.release import Release
from models.report_card import ReportCard
from models.result import Assessment, Instrument
from models.support import Goal
from models.vocabulary import ConsentPurpose, InstrumentKind, PieceKind, Role
from tests.households import move_in
from tests.site import Site
from tests.world import FIRST_DAY, NOW, TODAY, World

TITLE = "Rapport winter"
SAID = {"effort": "Begint vaak zelf.", "words": "Ik ben trots op je.", "child_words": "Ik durf meer."}
RELEASED, LATER, NEVER = "Je groeide met rekenen.", "Pas in de lente.", "Niet vrijgegeven."
GOAL, PIECE = "Ik wil een brug bouwen.", "Mijn vulkaan"


def plant(world: World) -> None:
    """A result that parents may read, one that comes later, one that was taken back, a goal, and a piece."""
    school, noor = world.schools["vliet"], world.pupils["noor"]
    about = {"school_id": school, "pupil_id": noor}
    delivery = world.deliveries[world.sources["vliet las"]]
    test = world.insert(Instrument, provider="t", code="r", name="Rekenen", kind=InstrumentKind.TEST)
    for at, (text, start, gone) in enumerate(
        ((RELEASED, TODAY, None), (LATER, TODAY + timedelta(days=90), None), (NEVER, TODAY, NOW))
    ):
        taken = world.insert(
            Assessment,
            school_id=school,
            source_person_id=world.persons["noor"],
            instrument_id=test,
            source_key=f"toets {at}",
            taken_on=max(FIRST_DAY, TODAY - timedelta(days=3)),
            delivery_id=delivery,
            locator="regel 1",
        )
        by = {"account_id": world.accounts["kim"], "released_at": NOW, "withdrawn_at": gone}
        world.insert(
            Release, **about, assessment_id=taken, child_from=start, parents_from=start, explanation=text, **by
        )
    world.insert(Goal, **about, body=GOAL, stated_on=TODAY)
    made = {"kind": PieceKind.TEXT, "title": PIECE, "made_on": TODAY, "account_id": world.accounts["kim"]}
    world.insert(PortfolioPiece, **about, **made, added_at=NOW)


def consent(site: Site, login: str, *, given: bool) -> None:
    def act(world: World) -> None:
        guardian = world.connection.scalar(sa.select(Guardian.id).where(Guardian.given_name == login))
        world.insert(
            Consent,
            school_id=world.schools["vliet"],
            pupil_id=world.pupils["noor"],
            guardian_id=guardian,
            purpose=ConsentPurpose.REPORT,
            is_given=given,
            said_at=NOW,
            account_id=world.accounts[login],
        )

    site.change(act)


def group(site: Site) -> str:
    return f"/groep/{site.world.group_uids['6B']}/rapporten"


def write(site: Site, login: str = "kim", **more: Any) -> Any:
    site.log_in(login)
    body = {"title": TITLE, "child": [str(site.world.uids["noor"])]} | {name: [text] for name, text in SAID.items()}
    return site.client.post(group(site), data=body | more)


def release(site: Site, on: date = TODAY) -> Any:
    return site.client.post(f"{group(site)}/vrijgeven", data={"title": TITLE, "on": on})


def card(site: Site) -> Any:
    with reading(site.engine) as connection:
        return connection.execute(sa.select(*ReportCard.__table__.c)).one()


def own(site: Site, login: str) -> tuple[int, str]:
    site.log_in(login)
    path = f"/my-children/{site.world.uids['noor']}/reports"
    page = site.client.get(f"/mijn-kind/{site.world.uids['noor']}/rapport/{card(site).uid}")
    texts = [page.text, site.client.get(f"/api/v1{path}/{card(site).uid}").text, site.client.get(f"/api/v1{path}").text]
    return page.status_code, "\n".join(texts)


def test_parents_read_it_from_the_day_and_as_it_was(site: Site) -> None:
    move_in(site)
    site.change(plant)
    assert write(site).status_code == 200
    preview = site.client.get(f"/kind/{site.world.uids['noor']}/rapport/{card(site).uid}").text
    for text in (*SAID.values(), RELEASED, GOAL):
        assert text in preview
    assert preview.index(SAID["effort"]) < preview.index(RELEASED), "effort before level"
    assert own(site, "moeder")[0] == 404, "not before it is released"

    site.log_in("kim")
    assert "1 rapport vrijgegeven. Nog niet: Zoë" in release(site, TODAY).text
    for login in ("moeder", "vader"):
        status, seen = own(site, login)
        assert status == 200
        for text in (*SAID.values(), RELEASED, GOAL):
            assert text in seen
        assert LATER not in seen
        assert NEVER not in seen
        assert PIECE not in seen, "without consent there is no piece"
    for login, status in (("ander", 404), ("piet", 403), ("kim", 403)):
        assert own(site, login)[0] == status

    write(site, effort=["Heel iets anders."])
    site.change(lambda world: world.connection.execute(sa.update(Goal).values(body="Een ander doel")))
    assert "Heel iets anders." not in own(site, "moeder")[1]
    assert "Een ander doel" not in own(site, "moeder")[1]
    assert GOAL in own(site, "moeder")[1]


def test_before_the_day_nobody_at_home_reads_it(one_site: Site) -> None:
    write(one_site)
    release(one_site, TODAY + timedelta(days=3))
    status, seen = own(one_site, "moeder")
    assert status == 404
    assert not any(text in seen for text in SAID.values())


@pytest.mark.parametrize(("said", "may"), [((True, True), True), ((True, False), False), ((False, False), False)])
def test_one_no_of_a_parent_keeps_a_piece_out(one_site: Site, said: tuple[bool, bool], may: bool) -> None:  # noqa: FBT001
    move_in(one_site)
    one_site.change(plant)
    consent(one_site, "moeder", given=True)
    consent(one_site, "vader", given=not said[1])
    for login, given in zip(("moeder", "vader"), said, strict=True):
        consent(one_site, login, given=given)
    with reading(one_site.engine) as connection:
        piece = connection.scalar(sa.select(PortfolioPiece.uid))
    answer = write(one_site, piece=[f"{one_site.world.uids['noor']}:{piece}"])
    assert answer.status_code == (200 if may else 422)
    if may:
        release(one_site)
        assert PIECE in own(one_site, "moeder")[1]


def test_silence_is_no_and_what_a_parent_takes_back_is_gone_from_a_report_that_was_released(site: Site) -> None:
    site.change(plant)
    site.change(lambda world: world.account("kind.noor", Role.PUPIL, pupil_id=world.pupils["noor"]))
    with reading(site.engine) as connection:
        piece = connection.scalar(sa.select(PortfolioPiece.uid))
    chosen = [f"{site.world.uids['noor']}:{piece}"]
    assert write(site, piece=chosen).status_code == 422, "nobody said anything"
    for purpose in ("portfolio", "group"):
        say(site, purpose, given=True)
        assert write(site, piece=chosen).status_code == 422, "another purpose is another question"

    say(site, "report", given=True)
    assert write(site, piece=chosen).status_code == 200
    release(site)
    school = f"/kind/{site.world.uids['noor']}/rapport/{card(site).uid}"
    assert PIECE in site.client.get(school).text
    assert all(PIECE in own(site, login)[1] for login in ("moeder", "kind.noor"))

    say(site, "report", given=False)
    assert not any(PIECE in own(site, login)[1] for login in ("moeder", "kind.noor"))
    site.log_in("kim")
    assert PIECE not in site.client.get(school).text
    assert SAID["words"] in own(site, "moeder")[1]


def say(site: Site, purpose: str, *, given: bool) -> None:
    site.log_in("moeder")
    body = {"purpose": purpose, "given": str(given).lower()}
    assert site.client.post(f"/mijn-kind/{site.world.uids['noor']}/toestemming", data=body).status_code == 303


@pytest.mark.parametrize("after", ["withdrawn", "corrected"])
def test_a_result_that_is_taken_back_or_corrected_is_gone_from_the_report_too(site: Site, after: str) -> None:
    """Also between the day a report was released and the day from which parents read it."""
    site.change(plant)
    write(site)
    release(site)
    assert RELEASED in own(site, "moeder")[1]

    def take_back(world: World) -> None:
        shown = sa.select(Release.assessment_id).where(Release.explanation == RELEASED)
        if after == "withdrawn":
            change = sa.update(Release).where(Release.explanation == RELEASED)
            world.connection.execute(change.values(withdrawn_at=NOW, withdrawn_by=world.accounts["kim"]))
        else:
            newer = world.connection.scalar(sa.select(sa.func.max(Assessment.id)))
            old = world.connection.scalar(shown)
            world.connection.execute(sa.update(Assessment).where(Assessment.id == old).values(superseded_by_id=newer))

    site.change(take_back)
    status, seen = own(site, "moeder")
    assert status == 200
    assert RELEASED not in seen
    assert SAID["words"] in seen


@pytest.mark.parametrize(("login", "status"), [("piet", 404), ("directie", 404), ("moeder", 403), ("beheer", 403)])
def test_only_teacher_and_ib_write(one_site: Site, login: str, status: int) -> None:
    assert write(one_site, login).status_code == status
    assert release(one_site).status_code == status
    with reading(one_site.engine) as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(ReportCard)) == 0


def test_the_form_is_the_schools(one_site: Site) -> None:
    one_site.change(plant)
    one_site.log_in("directie")
    form = {"block": ["words", "effort", "results"], "place": [2, 1, 0]}
    assert one_site.client.post("/beheer/rapport", data=form).status_code == 303
    assert one_site.client.post("/beheer/rapport", data={"block": ["words"], "place": [0]}).status_code == 422
    write(one_site)
    release(one_site)
    api = f"/api/v1/my-children/{one_site.world.uids['noor']}/reports/{card(one_site).uid}"
    one_site.log_in("moeder")
    assert [block["block"] for block in one_site.client.get(api).json()["blocks"]] == ["effort", "words"]


def test_the_child_reads_its_own_report_without_absence(one_site: Site) -> None:
    one_site.change(lambda world: world.account("noor", Role.PUPIL, pupil_id=world.pupils["noor"]))
    write(one_site)
    release(one_site)
    status, seen = own(one_site, "noor")
    assert status == 200
    assert SAID["words"] in seen
    assert "elke dag" not in seen
    assert "elke dag" in own(one_site, "moeder")[1]
