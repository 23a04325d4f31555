"""`kindblad migrate` and `kindblad serve`."""

import multiprocessing
from typing import Annotated

import typer

from api.commands import ready, sound
from api.commands.output import mention, say

STOPS_WITHIN = 10
"""Seconds for the pages under way; a process that is still starting does not hear that it must stop (Granian 2.8)."""


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(migrate)
    app.command()(serve)


def migrate(
    revision: Annotated[str, typer.Option(help="Tot en met welke stap, bijvoorbeeld 0001; gewoonlijk alle.")] = "head",
) -> None:
    """Maak de database aan of breng hem bij; doet niets als hij al bij is."""
    from api.settings import load_settings

    settings = load_settings()
    before = ready.revision(settings.owner)
    ready.migrate(settings, revision)
    after = ready.revision(settings.owner)
    say(
        f"De database staat op {after}."
        if before == after
        else f"De database ging van {before or 'leeg'} naar {after}."
    )
    if ready.passes_the_wall(settings.database):
        mention(
            "Let op: de rol in KINDBLAD_DATABASE_URL gaat langs de muur tussen scholen (superuser of BYPASSRLS); "
            "docs/postgresql.md zegt hoe het hoort."
        )


def serve(
    host: Annotated[str | None, typer.Option(help="Adres om op te luisteren [KINDBLAD_HOST].")] = None,
    port: Annotated[int | None, typer.Option(help="Poort [KINDBLAD_PORT].")] = None,
    workers: Annotated[int | None, typer.Option(help="Aantal processen [KINDBLAD_WORKERS].")] = None,
) -> None:
    """Start de website. Stop met Ctrl-C.

    Zet er voor gebruik buiten deze machine een reverse proxy met https voor; inloggen kan alleen over https
    (KINDBLAD_COOKIE_SECURE=false heft dat op, voor uw eigen machine).
    """
    run(host, port, workers)


def run(host: str | None, port: int | None, workers: int | None) -> None:
    """Serve the database of the settings until stopped; the processes read the settings from the environment."""
    from api.security import emergency_journal
    from api.services.retention import receipts
    from api.settings import load_settings

    settings = load_settings(host=host, port=port, workers=workers)
    sound.require_present(settings.database)
    with ready.open_database() as engine:
        sound.require_sound(engine)
        receipts.require_replayed(engine, settings)
        for name in sound.unsafe_settings(engine):
            mention(
                f"Let op: {name} staat uit in PostgreSQL; bij stroomuitval kunnen regels van het inzagelog verdwijnen."
            )
    emergency_journal.prepare(settings.data_dir)
    if multiprocessing.get_start_method() == "fork":
        from api.app import preload

        preload()
    from granian import Granian
    from granian.constants import Interfaces

    Granian(
        "api.app:served",
        factory=True,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGI,
        workers=settings.workers,
        websockets=False,
        log_enabled=False,
        respawn_failed_workers=True,
        workers_kill_timeout=STOPS_WITHIN,
    ).serve()
