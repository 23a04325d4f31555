"""`kindblad demo`: a pretend school, taken in through the same connectors as a real one, and served."""

import json
import os
import time
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.output import mention, say
from api.problem import ForPeopleError

if TYPE_CHECKING:
    import sqlalchemy as sa

    from api.settings import Settings
    from demo import DemoFile

BROWSER_WAITS = 60
"""Seconds until the website answers; a browser that comes too early shows its own page of errors."""
PASSWORD = "samen op een blad"  # noqa: S105 - printed on purpose; these children do not exist


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command()(demo)


def demo(
    *,
    fresh: Annotated[bool, typer.Option("--fresh", help="Begin opnieuw, ook als de school er al is.")] = False,
    port: Annotated[int | None, typer.Option(help="Poort [KINDBLAD_PORT].")] = None,
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Zet de school klaar en start de website niet.")] = False,
    pupils: Annotated[int, typer.Option(min=60, help="Aantal kinderen.")] = 700,
) -> None:
    """Laat een school zien die niet bestaat: 700 kinderen, met alles erop en eraan.

    De school wordt elke dag opnieuw gemaakt, zodat vandaag ook daar vandaag is; de eerste keer duurt dat ongeveer
    anderhalve minuut. Heeft KINDBLAD_DATABASE_URL een waarde, dan komt de school daarin, mits daar geen echte in zit.
    """
    from api import clock, observability
    from api.settings import load_settings

    given = load_settings(port=port)
    url = given.database_url or f"sqlite:///{given.data_dir.resolve() / 'demo' / 'kindblad.sqlite'}"
    # The server's processes read their settings from the environment; on one's own machine without https.
    os.environ["KINDBLAD_DATABASE_URL"] = url
    os.environ.setdefault("KINDBLAD_COOKIE_SECURE", "false")
    os.environ.setdefault("KINDBLAD_SECOND_FACTOR", "demo")
    os.environ.setdefault("KINDBLAD_PUBLIC_URL", f"http://localhost:{given.port}")
    os.environ.setdefault("KINDBLAD_LOG_LEVEL", "warning")
    settings = load_settings(port=port)
    observability.configure(settings)
    today = clock.day_of(clock.now())
    folder = given.data_dir.resolve() / "demo"
    if fresh or not _is_ready(folder, url, today, pupils):
        _make(settings, folder, today, pupils)
        _mark_ready(folder, url, today, pupils)
    _tell(today, pupils, settings)
    if not no_serve:
        from api.commands.serve import run

        _open_browser(f"http://{settings.host}:{settings.port}")
        run(None, port, None)


def _open_browser(address: str) -> None:
    """Open the school in the browser of whoever sits before this screen; without a screen the address is enough."""
    import sys
    import threading

    has_screen = sys.platform in {"darwin", "win32"} or "DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ
    if has_screen and sys.stdout.isatty():
        threading.Thread(target=_show_when_up, args=(address,), daemon=True).start()


def _show_when_up(address: str) -> None:
    import urllib.request
    import webbrowser

    for _ in range(BROWSER_WAITS):
        time.sleep(1)
        with suppress(OSError):
            urllib.request.urlopen(address).close()  # noqa: S310 - our own server on this machine
            webbrowser.open(address)
            return


def _stamp(url: str, today: date, pupils: int) -> dict[str, object]:
    import hashlib

    return {"day": today.isoformat(), "pupils": pupils, "database": hashlib.sha256(url.encode()).hexdigest()}


def _is_ready(folder: Path, url: str, today: date, pupils: int) -> bool:
    from api.commands.ready import head, revision

    stamp = folder / "ready.json"
    same = stamp.is_file() and json.loads(stamp.read_text()) == _stamp(url, today, pupils)
    return same and revision(url) == head()


def _mark_ready(folder: Path, url: str, today: date, pupils: int) -> None:
    (folder / "ready.json").write_text(json.dumps(_stamp(url, today, pupils)))


def _make(settings: "Settings", folder: Path, today: date, pupils: int) -> None:
    import migrations
    from api.commands import (
        demo_child,
        demo_day,
        demo_groups,
        demo_registrations,
        demo_release,
        demo_rights,
        demo_signals,
        demo_studyguide,
        demo_voices,
    )
    from api.commands.ready import migrate, revision
    from api.db import for_every_school, make_engine
    from demo import BRIN, write

    (folder / "ready.json").unlink(missing_ok=True)
    present = revision(settings.owner)
    engine = make_engine(settings.database)
    _refuse_real_schools(engine)
    started = time.monotonic()
    mention(f"Een demoschool van {pupils} kinderen wordt gemaakt; dat duurt even.")
    if present:
        migrations.downgrade(settings.owner, "base")
        settings.log_heads.unlink(missing_ok=True)
    migrate(settings)
    _take_in(engine, write(folder / "bronnen", today, pupils=pupils))
    with for_every_school(engine):
        _name(engine)
        _open_accounts(engine, today, pupils)
        _write_down(engine, today, pupils)
        demo_day.plant(engine, BRIN, today)
        demo_signals.plant(engine, BRIN, today)
        demo_groups.plant(engine, today)
        demo_registrations.plant(engine, settings, BRIN, today)
        demo_studyguide.plant(engine, today)
        demo_release.plant(engine, today)
        demo_voices.plant(engine, today)
        demo_rights.plant(engine, today)
        demo_child.plant(engine, settings, today)
    engine.dispose()
    mention(f"Klaar in {time.monotonic() - started:.0f} seconden.")


def _refuse_real_schools(engine: "sa.Engine") -> None:
    """The demo empties its database first, so it must not be one with children in it."""
    import sqlalchemy as sa

    from api.db import reading
    from demo import BRIN
    from models.queries import school

    if "school" not in sa.inspect(engine).get_table_names():
        return
    with reading(engine) as connection:
        real = [row.name for row in school.all_schools(connection) if row.brin != BRIN]
    if real:
        raise ForPeopleError(f"In deze database staat {real[0]}; de demo komt niet bij een echte school.")


def _take_in(engine: "sa.Engine", files: "list[DemoFile]") -> None:
    from connectors.registry import find
    from connectors.runner import run
    from demo import BRIN

    for number, file in enumerate(files, 1):
        connector = find(file.connector)
        if connector is None:
            raise ForPeopleError(f"Er is geen connector {file.connector} voor {file.path.name}.")
        started = time.monotonic()
        given = connector.settings_model(**({"profile": file.profile} if file.profile else {}))
        outcome = run(
            engine,
            connector,
            file.path,
            school=BRIN,
            settings=given,
            label=file.label,
            requested_by="demo",
            confirm=True,
        )
        taken = f"{outcome.created} nieuw, {outcome.rejected} niet" if outcome.rejected else f"{outcome.created} nieuw"
        mention(f"  {number:2}/{len(files)} {file.path.name:32} {taken:24} {time.monotonic() - started:5.1f} s")


def _name(engine: "sa.Engine") -> None:
    from api.commands.ready import schools
    from api.db import writing
    from api.services.settings import rename
    from demo import BRIN, NAME

    with writing(engine) as connection:
        rename(connection, schools(connection, BRIN)[0], NAME)


def _open_accounts(engine: "sa.Engine", today: date, pupils: int) -> None:
    from api import clock
    from api.services import administration as service
    from api.services.granting import find_subject
    from demo import BRIN, accounts

    for one in accounts(today, pupils=pupils):
        service.add(engine, one.username, one.name, PASSWORD, clock.now())
        what = find_subject(
            engine,
            one.role,
            BRIN,
            group=one.group,
            guardian=one.guardian,
            pupil=one.pupil,
            staff=one.staff_key,
            until=one.until,
        )
        service.grant(engine, one.username, **what)


def _write_down(engine: "sa.Engine", today: date, pupils: int) -> None:
    """What people at school keep themselves: emergency cards, secret numbers, a question of a parent."""
    import sqlalchemy as sa

    from api import clock
    from api.db import reading, writing
    from api.services.requests import month_later
    from demo import BRIN, households
    from models.custody import EmergencyCard, InformationRequest
    from models.person import Guardian
    from models.queries import school as schools
    from models.vocabulary import PersonRole

    kept, now = households(today, pupils=pupils), clock.now()
    with reading(engine) as connection:
        school = schools.by_key(connection, BRIN)
        school_id = school.id if school else 0

        def child(key: str) -> int | None:
            return schools.linked_person(connection, school_id, PersonRole.PUPIL, key)

        def guardian(key: str) -> int | None:
            return schools.linked_person(connection, school_id, PersonRole.GUARDIAN, key)

        cards = [{"pupil_id": child(key), "body": body} for key, body in kept.cards]
        secret = [guardian(key) for key in kept.secret]
        asked = {"pupil_id": child(kept.question[0]), "guardian_id": guardian(kept.question[1])}
    by, at = {"school_id": school_id, "written_by": "demo", "version": 1}, {"written_at": now}
    question = {"question": kept.question[2], "asked_on": today, "due_on": month_later(today)}
    with writing(engine) as connection:
        connection.execute(sa.insert(EmergencyCard), [by | at | card for card in cards])
        connection.execute(sa.update(Guardian).where(Guardian.id.in_(secret)).values(secret_contact=True))
        recorded = {"school_id": school_id, "recorded_at": now, "recorded_by": "demo"}
        connection.execute(sa.insert(InformationRequest).values(recorded | asked | question))


def _tell(today: date, pupils: int, settings: "Settings") -> None:
    from demo import NAME, accounts

    say(f"\n{NAME}: {pupils} kinderen die niet bestaan, op {today:%d-%m-%Y}.")
    say(f"Open http://{settings.host}:{settings.port} en log in; het wachtwoord is steeds: {PASSWORD}\n")
    for one in accounts(today, pupils=pupils):
        say(f"  {one.username:14} {one.name:26} {one.remark}")
    say("")
