"""The command `kindblad`. Nothing heavy is imported before a command needs it, so that `--help` is there at once."""

import gc
import os
import sys

import typer

from api.commands import (
    account,
    backup,
    custody,
    data,
    demo,
    log,
    messages,
    pupil,
    registrations,
    retention,
    school,
    serve,
    sso,
    voor_wie,
)
from api.problem import ForPeopleError
from connectors.errors import ConnectorError

app = typer.Typer(
    name="kindblad",
    help="Kindblad: op één blad hoe het met een kind gaat.\n\nBegin met `kindblad demo`, of met `kindblad migrate`, "
    "`kindblad import edexml BESTAND --school BRIN` en `kindblad account add`. Instellingen staan in docs/settings.md.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
for part in (serve, demo, data, school, voor_wie, backup):
    part.register(app)
app.add_typer(account.app, name="account")
app.add_typer(custody.app, name="custody")
app.add_typer(log.app, name="log")
app.add_typer(messages.app, name="messages")
app.add_typer(sso.app, name="sso")
app.add_typer(pupil.app, name="pupil")
app.add_typer(registrations.app, name="registrations")
app.add_typer(retention.app, name="retention")


def main() -> None:
    """Be the program `kindblad`.

    A command is short and makes few cycles, so the collector hardly looks for them; and when it is done everything is
    committed and closed, so the process ends at once, for freeing every object one by one is work too. Together they
    were a third of the time.
    """
    gc.set_threshold(200_000, 50, 100)
    try:
        run()
    except SystemExit as end:
        if not isinstance(end.code, int):
            raise
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(end.code)


def run() -> None:
    """Run a command; what a person can repair is one sentence on stderr and exit code 2."""
    try:
        app()
    except (ForPeopleError, ConnectorError) as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)
