"""`kindblad school`: what a school is called; no file that comes in says so."""

from typing import Annotated

import typer

from api.commands.output import say
from api.commands.ready import open_database, schools
from api.problem import ForPeopleError


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command(name="school")(call)


def call(
    called: Annotated[str, typer.Argument(metavar="NAAM", help="De naam, zoals ouders haar kennen.")],
    *,
    school: Annotated[str | None, typer.Option("--school", help="BRIN of sleutel, bij meer dan één school.")] = None,
) -> None:
    """Geef een school haar naam, voor brieven, berichten en rapporten; tot dan heet zij naar haar BRIN."""
    from api.db import writing
    from api.services.settings import read_name, rename

    name = read_name(called)
    with open_database() as engine, writing(engine) as connection:
        found = schools(connection, school)
        if len(found) != 1:
            raise ForPeopleError("Zeg met --school om welke school het gaat; `kindblad stats` toont welke er zijn.")
        rename(connection, found[0], name)
    say(f"De school heet nu {name}.")
