"""The command line as someone types it: what it makes, what it refuses, and the demo school that it serves."""

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import httpx2
import pytest

from api.commands.account import RoleName
from models.vocabulary import Role
from tests.conftest import Database
from tests.served import KINDBLAD
from tests.site import SECRET_KEY, Site, make_site
from tests.terminal import Finished, Terminal, TypeIn
from tests.world import PASSWORD

COMMANDS = [
    "",
    "migrate",
    "serve",
    "demo",
    "account",
    "account add",
    "account list",
    "account grant",
    "account end",
    "account invite",
    "voor-wie",
    "school",
]


def test_the_program_and_its_help_are_there_at_once() -> None:
    subprocess.run([KINDBLAD, "--help"], capture_output=True, check=True)  # noqa: S603 - our own program
    started = time.perf_counter()
    answer = subprocess.run([KINDBLAD, "--help"], capture_output=True, check=False)  # noqa: S603

    assert answer.returncode == 0
    assert time.perf_counter() - started < 1.0
    probe = "import api.cli, sys; print({'sqlalchemy', 'fastapi', 'pydantic', 'duckdb'} & set(sys.modules))"
    heavy = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)  # noqa: S603
    assert heavy.stdout.strip() == "set()"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_in_dutch(type_in: TypeIn, command: str) -> None:
    answer = type_in(f"{command} --help")

    assert answer.returncode == 0
    assert re.search(r"\b(de|een|het|wie|van|als|met)\b", answer.stdout)


def test_the_roles_written_out_are_the_roles() -> None:
    assert set(get_args(RoleName)) == {role.value for role in Role}


def test_migrate_makes_the_database_and_does_it_once(type_in: TypeIn, tmp_path: Path) -> None:
    assert "van leeg naar" in type_in("migrate").stdout
    assert (tmp_path / "var" / "kindblad.sqlite").exists()
    assert "De database staat op" in type_in("migrate").stdout


@pytest.mark.parametrize(
    ("command", "settings", "sentence"),
    [
        ("serve", {"PROT": "1"}, "KINDBLAD_PROT is geen instelling"),
        ("serve --port 0", {}, "KINDBLAD_PORT klopt niet"),
        ("migrate", {"DATABASE_URL": "postgresql://localhost:1/x"}, "is niet te openen"),
        ("migrate", {"DATABASE_URL": "sqlite:////proc/nee/x.sqlite"}, "is niet te openen"),
        ("account grant wie --role ib", {}, "Er zijn 0 scholen"),
        ("account off wie", {}, "Er is geen account wie"),
    ],
)
def test_what_a_person_can_repair_is_one_sentence(
    type_in: TypeIn, command: str, settings: dict[str, str], sentence: str
) -> None:
    answer = type_in(command, **settings)

    assert answer.returncode == 2
    assert sentence in answer.stderr
    assert len(answer.stderr.strip().splitlines()) == 1
    assert "Traceback" not in answer.stderr


@pytest.fixture
def by_password(sqlite: Database) -> Iterator[Site]:
    yield from make_site(sqlite, second_factor="demo")


def test_an_account_is_made_granted_shown_and_switched_off(by_password: Site, type_in: TypeIn) -> None:
    site = by_password

    def kindblad(command: str, stdin: str = "") -> Finished:
        return type_in(command, stdin=stdin, DATABASE_URL=str(site.engine.url))

    def log_in(password: str) -> int:
        return site.client.post("/login", data={"login": "juf.els", "password": password}).status_code

    add = "account add Juf.Els --name Els --school 99KB --role teacher --group 6A --password-stdin"
    assert kindblad(add, f"{PASSWORD}\n").returncode == 0
    assert "Er is al een account juf.els" in kindblad(add, PASSWORD).stderr
    assert log_in(PASSWORD) == 303
    assert site.client.get(f"/kind/{site.world.uids['daan']}").status_code == 200
    assert site.client.get(f"/kind/{site.world.uids['noor']}").status_code == 404

    kindblad("account grant juf.els --school 99KB --role teacher --group 6B --until 2099-01-01")
    assert site.client.get(f"/kind/{site.world.uids['noor']}").status_code == 200

    shown = [row for row in json.loads(kindblad("account list --json").stdout) if row["login"] == "juf.els"]
    assert [(row["role"], row["group"], row["until"]) for row in shown] == [
        ("teacher", "6A", None),
        ("teacher", "6B", "2099-01-01"),
    ]

    generated = kindblad("account password juf.els --generate").stderr.strip().rpartition(" ")[2]
    assert [log_in(PASSWORD), log_in(generated)] == [401, 303]

    kindblad("account end juf.els")
    assert site.client.get("/api/v1/me").status_code == 401
    assert log_in(generated) == 401, "wie geen rol meer heeft komt er niet meer in"

    kindblad("account grant juf.els --school 99KB --role teacher --group 6B")
    assert log_in(generated) == 303

    kindblad("account off juf.els")
    assert site.client.get("/api/v1/me").status_code == 401
    assert log_in(generated) == 401


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ("--role teacher", "noem die met --group"),
        ("--role teacher --group 9Q", "Er is dit schooljaar geen groep 9Q"),
        ("--role parent", "noem het oudernummer"),
        ("--role parent --guardian 77", "Geen ouder of verzorger met sleutel 77"),
        ("--role substitute --until 2030-01-01", "noem die met --group"),
        ("--role substitute --group 6B", "tot en met een dag: noem die met --until"),
        ("--role pupil", "noem het leerlingnummer met --pupil"),
        ("--role pupil --pupil 77", "Geen leerling met sleutel 77"),
        ("--role ib --staff 77", "Geen medewerker met sleutel 77"),
        ("--role ib --school 00AA", "School 00AA is er niet"),
    ],
)
def test_a_role_about_nothing_is_refused(one_site: Site, type_in: TypeIn, options: str, sentence: str) -> None:
    school = "" if "--school" in options else "--school 99KB"

    answer = type_in(f"account grant kim {school} {options}", DATABASE_URL=str(one_site.engine.url))

    assert (answer.returncode, sentence in answer.stderr) == (2, True), answer.stderr


@pytest.mark.parametrize(
    ("options", "children"),
    [
        ("--role substitute --group 6B --until 2099-01-01", {"noor", "zoë"}),
        ("--role substitute --group 6B --from 2098-01-01 --until 2099-01-01", set()),
        ("--role pupil --pupil zoë", {"zoë"}),
        ("--role office", {"noor", "zoë", "daan"}),
        ("--role board", set()),
    ],
)
def test_each_role_opens_its_own_children(one_site: Site, type_in: TypeIn, options: str, children: set[str]) -> None:
    answer = type_in(f"account grant niemand --school 99KB {options}", DATABASE_URL=str(one_site.engine.url))

    assert answer.returncode == 0, answer.stderr
    one_site.log_in("niemand")
    uids = one_site.world.uids
    sheets = {name: one_site.client.get(f"/api/v1/pupils/{uids[name]}/sheet") for name in uids}
    assert {name for name, sheet in sheets.items() if sheet.status_code == 200} == children


def test_a_weak_password_makes_no_account(type_in: TypeIn) -> None:
    answer = type_in("account add els --name Els --password-stdin", stdin="Welkom2026Welkom2026\n")

    assert answer.returncode == 2
    assert "te makkelijk te raden" in answer.stderr
    assert type_in("account list").stdout.strip() == "Er zijn geen accounts."


@pytest.fixture(scope="module")
def demo(terminal: Terminal, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A small demo school, made once, and the settings to find it."""
    folder = tmp_path_factory.mktemp("demo")
    made = terminal(folder, "demo --no-serve --pupils 60", DATA_DIR=str(folder))
    assert made.returncode == 0, made.stderr
    return folder, made.stdout


def test_the_demo_says_who_can_log_in_and_comes_up_at_once_the_second_time(
    demo: tuple[Path, str], type_in: TypeIn
) -> None:
    folder, told = demo
    assert all(word in told for word in ("kim", "ib", "ouder", "wachtwoord"))

    started = time.perf_counter()
    again = type_in("demo --no-serve --pupils 60", DATA_DIR=str(folder))

    assert again.returncode == 0
    assert "wordt gemaakt" not in again.stderr
    assert time.perf_counter() - started < 10


def test_the_demo_does_not_touch_a_real_school(one_site: Site, type_in: TypeIn) -> None:
    answer = type_in("demo --no-serve --pupils 60", DATABASE_URL=str(one_site.engine.url))

    assert answer.returncode == 2
    assert "de demo komt niet bij een echte school" in answer.stderr
    one_site.log_in("kim")
    assert one_site.client.get(f"/kind/{one_site.world.uids['noor']}").status_code == 200


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_teacher_logs_in_to_the_served_demo_and_reads_a_sheet(demo: tuple[Path, str], workers: str) -> None:
    folder, _ = demo
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(  # noqa: S603 - our own program
        [KINDBLAD, "demo", "--pupils", "60", "--port", str(port)],
        env=os.environ | {"KINDBLAD_DATA_DIR": str(folder), "KINDBLAD_WORKERS": workers},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        with httpx2.Client(base_url=f"http://127.0.0.1:{port}", headers={"Sec-Fetch-Site": "same-origin"}) as browser:
            _wait_for(browser)
            token = re.findall(r'name="form_token" value="([^"]+)"', browser.get("/login").text)[0]
            typed = {"login": "kim", "password": "samen op een blad", "form_token": token}
            found = browser.post("/login", data=typed)
            group = browser.get(found.headers["location"]).headers["location"]
            child = re.findall(r"/kind/[0-9a-f-]{36}", browser.get(group).text)[0]
            sheet = browser.get(child)
    finally:
        server.terminate()
        server.wait(60)

    assert sheet.status_code == 200
    assert sheet.headers["cache-control"] == "no-store"
    assert sheet.headers["content-encoding"] == "gzip"
    assert sheet.headers.get_list("server") == ["kindblad"]


def _wait_for(browser: httpx2.Client) -> None:
    for _ in range(600):
        try:
            if browser.get("/login").status_code == 200:
                return
        except httpx2.TransportError:
            time.sleep(0.1)
    pytest.fail("de server kwam niet op")


def test_someone_new_gets_a_letter_and_who_lost_the_phone_another(by_password: Site, type_in: TypeIn) -> None:
    site = by_password

    def kindblad(command: str) -> Finished:
        keys = {"DATABASE_URL": str(site.engine.url), "SECRET_KEY": SECRET_KEY}
        return type_in(command, **keys, PUBLIC_URL="https://kindblad.devliet.example")

    def enter(letter: str) -> int:
        code = re.findall(r"Code +([A-Z2-9-]{14})\n", letter)[0]
        return site.client.post("/uitnodiging", data={"login": "juf.els", "code": code}).status_code

    assert "Er is geen account juf.els" in kindblad("account invite juf.els").stderr
    letter = kindblad("account invite juf.els --name Els").stdout
    assert "https://kindblad.devliet.example/uitnodiging" in letter
    assert enter(letter) == 303
    assert "1 open sessies" in kindblad("account sessions juf.els").stdout
    assert "uitnodiging" in kindblad("account sessions juf.els --end").stdout
    assert site.client.get("/uitnodiging/kiezen").status_code == 303

    anew = kindblad("account reset-second-factor juf.els").stdout
    assert [enter(letter), enter(anew)] == [401, 303]
    kindblad("account off juf.els")
    assert enter(anew) == 401
    kindblad("account on juf.els")
    assert enter(anew) == 303
