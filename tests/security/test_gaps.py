"""Gaps that a sceptical reader of the code found; each of these was open once."""

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
import time_machine

from api.db import reading, writing
from api.security import log_head
from api.security.access_log import AccessLogWriter
from api.services.retention import plan as plans
from models.account import RoleGrant
from models.custody import EmergencyAccess, InformationRequest
from models.person import Guardian
from models.queries import log
from models.queries import retention as retention_queries
from models.retention import RetentionHold, RetentionPlan
from models.vocabulary import EmergencyReason, HoldReason, PlanStatus, RequestDecision, Role
from tests.api.test_access_chain import lines, tamper
from tests.conftest import Database
from tests.site import Site
from tests.world import NOW, TODAY, World

TWO_YEARS = timedelta(days=730)


def opened(world: World, login: str, child: str) -> None:
    world.insert(
        EmergencyAccess,
        school_id=world.schools["vliet"],
        account_id=world.accounts[login],
        pupil_id=world.pupils[child],
        kind="emergency_card",
        reason=EmergencyReason.EMERGENCY,
        opened_at=NOW - timedelta(minutes=1),
        ends_at=NOW + timedelta(minutes=59),
    )


def test_who_no_longer_works_at_a_school_is_not_told_whom_they_had_opened_there(site: Site) -> None:
    """Someone with a role at two schools opens a card at one, where the role then ends."""

    def happens(world: World) -> None:
        world.grant("piet", Role.TEACHER, "duin", group_id=world.groups["6Z"])
        opened(world, "piet", "noor")
        world.connection.execute(
            sa.update(RoleGrant)
            .where(RoleGrant.account_id == world.accounts["piet"], RoleGrant.school_id == world.schools["vliet"])
            .values(ends_on=TODAY - timedelta(days=1))
        )

    site.change(happens)
    site.log_in("piet")

    answer = site.client.get("/reden")

    assert answer.status_code == 200
    assert "Noor" not in answer.text
    assert "open met reden" not in site.client.get("/").text


def test_a_name_among_what_is_held_is_a_line_in_the_log(one_site: Site) -> None:
    """Directie may hold the data of a child that has not left at all."""
    one_site.change(
        lambda world: world.insert(
            RetentionHold,
            school_id=world.schools["vliet"],
            pupil_id=world.pupils["daan"],
            reason=HoldReason.COMPLAINT,
            ends_on=TODAY + timedelta(days=30),
            placed_by="Juf directie",
            placed_at=NOW,
        )
    )
    one_site.log_in("directie")

    assert "Daan" in one_site.client.get("/bewaren").text

    assert (one_site.world.pupils["daan"], "retention", "read", "directie") in one_site.lines()


def test_the_extract_for_a_parent_does_not_tell_of_the_other_household(one_site: Site) -> None:
    """That a number was made secret, or that the other parent asked something, is not for the one who reads this."""
    one_site.log_in("directie")
    school_id, pupil_id = one_site.world.schools["vliet"], one_site.world.pupils["noor"]
    about = {"school_id": school_id, "pupil_id": pupil_id, "account_id": one_site.world.accounts["directie"]}
    AccessLogWriter(one_site.engine).write(
        [
            about | {"at": NOW, "role": Role.HEAD, "kind": kind, "action": action, "ground": ground}
            for kind, action, ground in (
                ("secret_contact", "wrote", "directie"),
                ("custody", "wrote", "directie"),
                ("request", "wrote", "verzoek 7"),
                ("results", "opened", "verzoek 7"),
            )
        ]
    )
    page = f"/kind/{one_site.world.uids['noor']}/inzage"
    assert "geheim adres of nummer" in one_site.client.get(page).text

    extract = one_site.client.get(f"{page}/uittreksel").text.split("<article")[1].split("</article>")[0]

    assert "Juf directie" in extract
    assert "gegevens van ouders" in extract
    for told in ("geheim", "gezag", "verzoek"):
        assert told not in extract.lower(), told


def test_directie_of_one_school_makes_no_extract_as_ib_of_another(one_site: Site) -> None:
    one_site.change(lambda world: world.account("bovenschools", Role.HEAD, "duin"))
    one_site.change(lambda world: world.grant("bovenschools", Role.IB, "vliet"))
    one_site.log_in("bovenschools")
    page = f"/kind/{one_site.world.uids['noor']}/inzage"

    seen = one_site.client.get(page)

    assert seen.status_code == 200
    assert f"{page}/uittreksel" not in seen.text
    assert one_site.client.get(f"{page}/uittreksel").status_code == 404


def test_of_two_verdicts_at_once_the_second_is_refused_and_not_logged_as_given(one_site: Site) -> None:
    one_site.change(lambda world: opened(world, "piet", "noor"))
    one_site.change(lambda world: world.account("adjunct", Role.HEAD))
    with reading(one_site.engine) as connection:
        use = str(connection.scalars(sa.select(EmergencyAccess.uid)).one())
    one_site.log_in("directie")
    assert one_site.client.post("/reden/gebruikt", data={"use": use, "verdict": "wrong"}).status_code == 303
    given = one_site.lines()

    one_site.log_in("adjunct")
    answer = one_site.client.post("/reden/gebruikt", data={"use": use, "verdict": "right"})

    assert answer.status_code == 422
    assert "al een oordeel" in answer.text
    assert not [line for line in one_site.lines()[len(given) :] if line[2] == "wrote"]


def test_what_is_handed_over_bears_the_name_of_the_school_of_the_child(one_site: Site) -> None:
    """Directie of two schools opens what was granted at one of them."""

    def granted(world: World) -> None:
        duin = world.schools["duin"]
        world.account("tweeschools", Role.HEAD)
        world.grant("tweeschools", Role.HEAD, "duin")
        world.insert(
            InformationRequest,
            school_id=duin,
            pupil_id=world.pupils["sem"],
            guardian_id=world.insert(Guardian, school_id=duin, given_name="vader"),
            asked_on=TODAY,
            due_on=TODAY,
            question="Hoe gaat het?",
            recorded_at=NOW,
            recorded_by="test",
            decision=RequestDecision.GRANTED,
            decision_reason="Belangrijke feiten.",
            kinds="placement",
            decided_at=NOW,
            decided_by="test",
        )

    one_site.change(granted)
    with reading(one_site.engine) as connection:
        asked = connection.scalars(sa.select(InformationRequest.uid)).one()
    one_site.log_in("tweeschools")

    opened = one_site.client.post(f"/verzoeken/{asked}/uittreksel").text

    assert "Sem" in opened
    assert "duin" in opened
    assert "vliet" not in opened


def test_a_plan_that_was_replaced_meanwhile_is_not_agreed_to(site: Site) -> None:
    """Directie agrees while a colleague makes a new plan: what was dropped stays dropped."""
    school_id = site.world.schools["vliet"]
    content = {"as_of": TODAY.isoformat(), "children": [], "practice": {"before": "2020-08-01", "rows": {}}}

    def plan(world: World) -> None:
        world.account("adjunct", Role.HEAD)
        world.insert(
            RetentionPlan,
            school_id=school_id,
            as_of=TODAY,
            content=content,
            digest="a" * 64,
            status=PlanStatus.OPEN,
            made_by=world.accounts["directie"],
            made_at=NOW,
        )

    site.change(plan)
    with writing(site.engine) as connection:
        stale = retention_queries.plan(connection, school_id, PlanStatus.OPEN)
        assert stale is not None
        plans.make(connection, school_id, site.world.accounts["directie"], NOW)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(retention_queries, "plan", lambda *_: stale)  # as read before the other committed
            with pytest.raises(plans.PlanError):
                plans.approve(connection, school_id, "a" * 64, site.world.accounts["adjunct"], NOW)

        assert retention_queries.plan(connection, school_id, PlanStatus.APPROVED) is None


def test_a_later_copy_of_the_head_does_not_replace_an_earlier_one_of_the_same_line(
    sqlite: Database, tmp_path: Path
) -> None:
    """Who cuts the tail and lets it grow again to the same number is found, whatever is copied after that."""
    copy = tmp_path / "hoofd"
    writer = AccessLogWriter(sqlite.engine)
    writer.write(lines(10))
    with reading(sqlite.engine) as connection:
        log_head.append(copy, log.head(connection), NOW)
    tamper(sqlite, "DELETE FROM access_log WHERE id > 5")
    with writing(sqlite.engine) as connection:
        connection.exec_driver_sql(
            "UPDATE access_log_head SET number = 5, hash = (SELECT hash FROM access_log WHERE id = 5)"
        )
    writer.write(lines(5, start=NOW))
    with reading(sqlite.engine) as connection:
        log_head.append(copy, log.head(connection), NOW)

        broken = log.verify(connection, log_head.witnesses(copy), TODAY).broken

    assert broken is not None
    assert broken.number == 10


def test_lines_that_left_before_their_term_are_missed(sqlite: Database, tmp_path: Path) -> None:
    """An anchor says up to where lines left; a copy of the head says that such a line was still young."""
    copy = tmp_path / "hoofd"
    writer = AccessLogWriter(sqlite.engine)
    writer.write(lines(10, start=NOW - timedelta(days=40)))
    with reading(sqlite.engine) as connection:
        log_head.append(copy, log.head(connection), NOW - timedelta(days=40))
    writer.write(lines(5, start=NOW - timedelta(days=39)))
    writer.write(lines(5, start=NOW))
    with writing(sqlite.engine) as connection:
        assert log.drop_prefix(connection, NOW - timedelta(days=1), NOW) == 15

    with reading(sqlite.engine) as connection:
        broken = log.verify(connection, log_head.witnesses(copy), TODAY).broken

    assert broken is not None
    assert (broken.number, broken.why) == (11, "is weggehaald vóór de bewaartermijn om was")


def test_lines_that_left_after_their_term_are_not_missed(sqlite: Database, tmp_path: Path) -> None:
    copy = tmp_path / "hoofd"
    writer = AccessLogWriter(sqlite.engine)
    long_ago = NOW - TWO_YEARS - timedelta(days=5)
    writer.write(lines(10, start=long_ago))
    with reading(sqlite.engine) as connection:
        log_head.append(copy, log.head(connection), long_ago + timedelta(hours=1))
    writer.write(lines(5, start=long_ago + timedelta(days=1)))
    writer.write(lines(5, start=NOW))
    with writing(sqlite.engine) as connection:
        assert log.drop_prefix(connection, NOW - TWO_YEARS, NOW) == 15

    with reading(sqlite.engine) as connection:
        assert log.verify(connection, log_head.witnesses(copy), TODAY).broken is None


@time_machine.travel(NOW, tick=False)
def test_b07_on_the_playground_a_substitute_opens_the_card_of_a_child_of_another_group(site: Site) -> None:
    site.change(lambda world: world.account("inval", Role.SUBSTITUTE, group_id=world.groups["6B"], ends_on=TODAY))
    site.log_in("inval")
    daan = f"/kind/{site.world.uids['daan']}"

    assert daan in site.client.post("/nood", data={"name": "daan"}).text
    assert "Wat doe je als" not in site.client.get(f"{daan}/nood").text
    assert site.client.post(f"{daan}/nood").status_code == 303
    assert "Wat doe je als" in site.client.get(f"{daan}/nood").text

    opening = (site.world.pupils["daan"], "emergency_card", "opened")
    assert opening in [line[:3] for line in site.lines()]
    assert site.client.get(daan).status_code == 404
    assert site.client.get(f"{daan}/contact").status_code == 404
    assert site.client.get(f"/kind/{site.world.uids['sem']}/nood").status_code == 404
