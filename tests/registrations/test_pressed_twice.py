"""A hand presses twice: on both databases it is said once, in a list whose hours would else count double."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from models.registration import (
    Registration,
    RegistrationDecision,
    RegistrationPurpose,
    RegistrationRound,
    RegistrationRun,
    RegistrationServes,
    RegistrationStep,
    RegistrationWork,
)
from tests.registrations.test_guests import count
from tests.registrations.test_round import LATER, SOON, decide, listed, put_on
from tests.site import Site


def pressed(site: Site, path: str, data: dict[str, Any]) -> None:
    with ThreadPoolExecutor(3) as hands:
        answers = list(hands.map(lambda _: site.client.post(path, data=data).status_code, range(3)))
    assert answers == [303] * 3, path


def test_beginning_the_list_three_times_begins_it_once(site: Site) -> None:
    site.log_in("directie")
    pressed(site, "/registraties/begin", {})

    codes = listed(site)
    assert count(site, Registration) == len(codes)
    assert count(site, RegistrationPurpose) == 14
    pressed(site, "/registraties/bedoeling", {"stakeholder": "pupils", "body": "buiten spelen"})
    assert count(site, RegistrationPurpose) == 15


def test_work_and_a_measurement_count_once(site: Site) -> None:
    item = f"/registraties/onderdeel/{put_on(site, 'groepsplan')['groepsplan']['id']}"
    work = {"doer": "teacher", "cadence": "week", "counted": "whole", "low": "30", "high": "60"}
    pressed(site, f"{item}/werk", work)
    found = listed(site)["groepsplan"]
    assert (len(found["work"]), found["hours_low"], found["hours_high"]) == (1, 20, 40)

    pressed(site, f"{item}/meting", {"work": found["work"][0]["id"], "minutes": "3", "seconds": "20"})
    assert count(site, RegistrationRun) == 1, "two runs would be taken for a spread"
    site.client.post(f"{item}/werk", data=work | {"low": ""})
    assert count(site, RegistrationWork) == 2, "what is said otherwise is something else"


def test_an_own_item_a_purpose_it_serves_and_a_round_are_made_once(site: Site) -> None:
    put_on(site, "groepsplan")
    pressed(site, "/registraties/meer", {"name": "logboek van het leesplan"})
    assert count(site, Registration) == 2

    site.client.post("/registraties/bedoeling", data={"stakeholder": "pupils", "body": "buiten spelen"})
    groups = site.client.get("/api/v1/registrations/purposes").json()
    served = [line["id"] for group in groups for line in group["lines"]]
    item = f"/registraties/onderdeel/{listed(site)['groepsplan']['id']}"
    pressed(site, f"{item}/dient", {"purposes": served})
    assert count(site, RegistrationServes) == 1

    pressed(site, "/registraties/rondes", {"title": "Wat kan weg?", "closes_on": SOON})
    assert count(site, RegistrationRound) == 1
    one = {"title": "Wat kan weg?", "closes_on": SOON, "items": [listed(site)["groepsplan"]["id"]]}
    pressed(site, "/registraties/rondes", one)
    assert count(site, RegistrationRound) == 2, "another selection is another round"


def test_a_decision_stands_once_in_the_log_that_cannot_be_erased(site: Site) -> None:
    uid = put_on(site, "groepsplan")["groepsplan"]["id"]
    pressed(site, f"/registraties/onderdeel/{uid}/besluit", {"ruling": "go", "reason": "niet", "review_on": LATER})
    assert (count(site, RegistrationDecision), count(site, RegistrationStep)) == (1, 3)

    decide(site, uid, "wish", reason="toch wel")
    decide(site, uid, "go", reason="niet")
    assert count(site, RegistrationDecision) == 3, "who comes back to it decides again"
