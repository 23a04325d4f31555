"""The same from the command line: two people with their own passwords, a run, its proof, a copy and back."""

import json
from pathlib import Path

import sqlalchemy as sa

from models.vocabulary import Role
from tests.retention.test_pages import LONG_AGO, noor_left_long_ago
from tests.site import Site, one_site
from tests.terminal import TypeIn
from tests.world import PASSWORD

__all__ = ["one_site"]


def test_from_leaving_to_proof(one_site: Site, type_in: TypeIn, tmp_path: Path) -> None:
    noor_left_long_ago(one_site)
    one_site.change(lambda world: world.account("wilma", Role.OFFICE))
    url, data = str(one_site.engine.url), str(tmp_path / "data")
    number = str(one_site.world.uids["noor"])[-12:]

    def kindblad(command: str, who: str = "", code: int = 0) -> str:
        login = f" --login {who} --password-stdin --school 99KB" if who else ""
        answer = type_in(f"{command}{login}", stdin=f"{PASSWORD}\n", DATABASE_URL=url, DATA_DIR=data)
        assert answer.returncode == code, answer.stderr
        return answer.stdout + answer.stderr

    assert f"{number}  N.v.d.V." in kindblad("pupil gone", "wilma")
    assert [line[:3] for line in one_site.lines()] == [(one_site.world.pupils["noor"], "retention", "read")]
    assert "De inlognaam of het wachtwoord klopt niet" in type_in(
        "pupil gone --login wilma --school 99KB --password-stdin", stdin="iets anders\n", DATABASE_URL=url
    ).stderr  # fmt: skip
    assert "Dit doet" in kindblad("pupil gone", "kim", code=2)
    kindblad(f"pupil leave {number} --on {LONG_AGO} --to secondary", "wilma")
    assert (one_site.world.pupils["noor"], "retention", "wrote") in [line[:3] for line in one_site.lines()]
    assert "eerste dag na terugkeer" in kindblad(f"pupil return {number} --on {LONG_AGO}", "wilma", code=2)

    before = len(one_site.lines())
    planned = kindblad("retention plan", "wilma")
    assert [line[:3] for line in one_site.lines()[before:]] == [(one_site.world.pupils["noor"], "retention", "read")]
    assert "N.v.d.V." in planned
    assert "Noor" not in planned
    digest = planned.rpartition("approve ")[2][:12]
    assert "Dit doet directie" in kindblad(f"retention approve {digest}", "wilma", code=2)
    assert "ander plan" in kindblad("retention approve 000000000000", "directie", code=2)
    kindblad(f"retention approve {digest}", "directie")

    copy = tmp_path / "kopie.sqlite"
    kindblad(f"backup {copy}")
    done = kindblad("retention run")
    assert "1 kinderen" in done
    proof = json.loads(kindblad("retention receipt --school 99KB"))
    assert [line["what"] for line in proof] == ["child", "run", "sweep"]
    assert "kloppen" in kindblad("retention verify")
    assert one_site.world.uids["noor"] not in _uids(one_site)

    new = f"sqlite:///{tmp_path / 'nieuw.sqlite'}"
    restored = type_in(f"restore {copy}", DATABASE_URL=new, DATA_DIR=data)
    assert "Van 1 kinderen is opnieuw gewist" in restored.stdout, restored.stderr
    again = type_in(f"restore {copy}", DATABASE_URL=new, DATA_DIR=data)
    assert (again.returncode, "Er is al een database" in again.stderr) == (2, True)


def test_the_commands_say_no_in_dutch(one_site: Site, type_in: TypeIn) -> None:
    url = str(one_site.engine.url)
    as_head = "--login directie --password-stdin --school 99KB"

    for command, said in (
        (f"retention set dossier 6 {as_head}", "tussen 12 en 60 maanden"),
        (f"retention readmit 12345 --source nergens {as_head}", "De bron nergens is er niet"),
        (f"pupil leave 000000000000 --on 2026-01-01 {as_head}", "Er is geen kind met nummer"),
        (f"retention approve 000000000000 {as_head}", "Er is geen plan"),
        (f"retention plan {as_head.replace('--school 99KB', '')}", "Er zijn 2 scholen"),
    ):
        answer = type_in(command, stdin=f"{PASSWORD}\n", DATABASE_URL=url)
        assert (answer.returncode, said in answer.stderr) == (2, True), (command, answer.stderr)


def _uids(site: Site) -> list[object]:
    with site.engine.connect() as connection:
        return list(connection.scalars(sa.text("SELECT uid FROM pupil")))
