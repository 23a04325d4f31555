"""`kindblad custody` at a real database: numbers without names, and a change that works at the next request."""

import json
from functools import partial

import pytest

from tests.households import move_in
from tests.site import Site
from tests.terminal import TypeIn


@pytest.fixture
def custody(one_site: Site, type_in: TypeIn) -> TypeIn:
    return partial(type_in, "custody", DATABASE_URL=str(one_site.engine.url))


def test_the_administrator_sees_numbers_and_ends_custody(one_site: Site, custody: TypeIn) -> None:
    people = move_in(one_site)
    noor, mother = str(one_site.world.uids["noor"]), str(people["moeder"])
    one_site.log_in("moeder")
    assert one_site.client.get(f"/mijn-kind/{noor}").status_code == 200

    listed = custody("list", "--json")
    assert (one_site.world.pupils["noor"], "custody", "read") in [line[:3] for line in one_site.lines()]
    assert {line["guardian"] for line in json.loads(listed.stdout)} == {str(uid) for uid in people.values()}
    assert not [name for name in ("Noor", "Ven", 'moeder"') if name in custody("list").stdout]
    done = custody("set", noor, mother, "no", "--evidence", "court", "--remark", "C/09/1")
    assert (done.returncode, done.stdout) == (0, "Vastgelegd: geen gezag.\n"), done.stderr

    assert one_site.client.get(f"/mijn-kind/{noor}").status_code == 404
    wrote = next(line for line in one_site.lines() if line[2] == "wrote")
    assert wrote[:2] == (one_site.world.pupils["noor"], "custody")
    assert wrote[3].startswith("opdrachtregel (")
    unproven = {line["guardian"] for line in json.loads(custody("list", "--unproven", "--json").stdout)}
    assert mother not in unproven
    assert len(unproven) == 2


def test_what_cannot_be_is_one_sentence(one_site: Site, custody: TypeIn) -> None:
    people = move_in(one_site)
    noor, mother = str(one_site.world.uids["noor"]), str(people["moeder"])

    for command, said in (
        (("set", noor, noor, "no", "--evidence", "court"), "geen ouder van dit kind"),
        (("set", noor, mother, "nee", "--evidence", "court"), "kies uit: yes (gezag)"),
        (("set", noor, mother, "no", "--evidence", "gevoel"), "kies uit: register"),
    ):
        answer = custody(*command)
        assert (answer.returncode, said in answer.stderr) == (2, True), answer.stderr
