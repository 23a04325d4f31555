"""`kindblad custody` at a real database: numbers without names, and a change that works at the next request."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.households import move_in
from tests.site import Site

KINDBLAD = (sys.executable, "-c", "from api.cli import main; main()")
Type = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def type_in(one_site: Site, tmp_path: Path) -> Type:
    settings = {"KINDBLAD_DATABASE_URL": str(one_site.engine.url), "PYTHONPATH": str(Path.cwd()), "COLUMNS": "100"}

    def run(*command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603 - our own program
            [*KINDBLAD, "custody", *command],
            capture_output=True,
            text=True,
            check=False,
            cwd=tmp_path,
            env=os.environ | settings,
        )

    return run


def test_the_administrator_sees_numbers_and_ends_custody(one_site: Site, type_in: Type) -> None:
    people = move_in(one_site)
    noor, mother = str(one_site.world.uids["noor"]), str(people["moeder"])
    one_site.log_in("moeder")
    assert one_site.client.get(f"/mijn-kind/{noor}").status_code == 200

    listed = type_in("list", "--json")
    assert (one_site.world.pupils["noor"], "custody", "read") in [line[:3] for line in one_site.lines()]
    assert {line["guardian"] for line in json.loads(listed.stdout)} == {str(uid) for uid in people.values()}
    assert not [name for name in ("Noor", "Ven", 'moeder"') if name in type_in("list").stdout]
    done = type_in("set", noor, mother, "no", "--evidence", "court", "--remark", "C/09/1")
    assert (done.returncode, done.stdout) == (0, "Vastgelegd: geen gezag.\n"), done.stderr

    assert one_site.client.get(f"/mijn-kind/{noor}").status_code == 404
    wrote = next(line for line in one_site.lines() if line[2] == "wrote")
    assert wrote[:2] == (one_site.world.pupils["noor"], "custody")
    assert wrote[3].startswith("opdrachtregel (")
    unproven = {line["guardian"] for line in json.loads(type_in("list", "--unproven", "--json").stdout)}
    assert mother not in unproven
    assert len(unproven) == 2


def test_what_cannot_be_is_one_sentence(one_site: Site, type_in: Type) -> None:
    people = move_in(one_site)
    noor, mother = str(one_site.world.uids["noor"]), str(people["moeder"])

    for command, said in (
        (("set", noor, noor, "no", "--evidence", "court"), "geen ouder van dit kind"),
        (("set", noor, mother, "nee", "--evidence", "court"), "kies uit: yes (gezag)"),
        (("set", noor, mother, "no", "--evidence", "gevoel"), "kies uit: register"),
    ):
        answer = type_in(*command)
        assert (answer.returncode, said in answer.stderr) == (2, True), answer.stderr
