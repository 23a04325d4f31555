"""`kindblad backup` and `kindblad restore`."""

from pathlib import Path
from typing import Annotated

import typer

from api.commands.output import say


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(backup)
    app.command()(restore)


def backup(
    target: Annotated[
        Path, typer.Argument(metavar="BESTAND|MAP", help="Waarheen; in een map (een naam zonder punt) met datum.")
    ],
) -> None:
    """Maak een kopie van de database, ook terwijl er mee wordt gewerkt.

    In een map krijgt de kopie de datum als naam, en gaan kopieën van ouder dan 35 dagen weg: daarin staat nog wat
    intussen is gewist.
    """
    from api import clock
    from api.services import backup as service
    from api.settings import load_settings

    file, removed = service.backup(load_settings(), target, clock.now())
    gone = f" {removed} oude kopieën zijn verwijderd." if removed else ""
    say(f"De kopie staat in {file} en is nagekeken.{gone}")


def restore(copy: Annotated[Path, typer.Argument(metavar="BESTAND", help="Een kopie van `kindblad backup`.")]) -> None:
    """Zet een kopie terug waar nog geen database is, en wis opnieuw wat na die kopie al gewist was."""
    from api import clock
    from api.services import backup as service
    from api.settings import load_settings

    children = service.restore(load_settings(), copy, clock.now())
    again = f" Van {children} kinderen is opnieuw gewist wat al gewist was." if children else ""
    say(f"De kopie is nagekeken en teruggezet.{again}")
