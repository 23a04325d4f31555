"""`kindblad account parents`: accounts for all parents with custody, with the letters in a file to print."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.noted import note
from api.commands.output import say
from api.commands.ready import open_database
from api.problem import ForPeopleError

if TYPE_CHECKING:
    import sqlalchemy as sa

    from api.schemas.parents import ParentLetter

BY = "opdrachtregel"
OWN_EYES_ONLY = 0o600


def register(app: typer.Typer) -> None:
    """Add the command of this file to `kindblad account`."""
    app.command(name="parents")(parents)


def parents(
    letters: Annotated[Path, typer.Argument(metavar="BESTAND", help="Waar de brieven in komen, bijvoorbeeld 6b.html.")],
    *,
    school: Annotated[
        str | None, typer.Option("--school", help="BRIN of sleutel van de school, bij meer dan één.")
    ] = None,
    group: Annotated[list[str] | None, typer.Option("--group", help="Naam van een groep; mag vaker.")] = None,
    again: Annotated[bool, typer.Option("--again", help="Ook een nieuwe brief voor wie nog niet begon.")] = False,
) -> None:
    """Maak accounts voor alle ouders met gezag van een groep, met een brief met code per ouder om te printen.

    Twee keer draaien maakt niets dubbel. Het bestand bevat codes: print het en gooi het weg.
    """
    from api import clock
    from api.db import reading, writing
    from api.services import parents as service
    from api.services.granting import school_id_of
    from api.settings import load_settings
    from models.queries import parents as read

    now = clock.now()
    if letters.exists():
        raise ForPeopleError(f"{letters} is er al; noem een bestand dat er nog niet is.")
    with open_database() as engine:
        with reading(engine) as connection:
            school_id = school_id_of(connection, school)
            pupils = read.pupils_in(connection, school_id, _groups(connection, school_id, group), clock.day_of(now))
        note(engine, ((school_id, pupil) for pupil in pupils), service.PAGE, "wrote")
        with writing(engine) as connection:
            read.take_turns(connection, school_id)
            due = service.due(connection, school_id, pupils, now, again=again)
            made = service.make(connection, load_settings(), school_id, due, by=BY, now=now)
            if made:
                _print(letters, made)
    say(f"{len(made)} brieven in {letters}." if made else "Er is niemand die een brief nodig heeft.")


def _groups(connection: "sa.Connection", school_id: int, names: list[str] | None) -> list[int]:
    from api import clock
    from models.queries import school as schools

    today = clock.day_of(clock.now())
    if not names:
        raise ForPeopleError("Noem een of meer groepen met --group, bijvoorbeeld --group 6B.")
    found = {name: schools.groups_called(connection, school_id, name, today) for name in names}
    if missing := [name for name, rows in found.items() if len(rows) != 1]:
        raise ForPeopleError(f"Groep {missing[0]} is er dit schooljaar niet, of meer dan één keer.")
    return [rows[0].id for rows in found.values()]


def _print(path: Path, made: "list[ParentLetter]") -> None:
    """Write the letters to a file that only its owner reads, before the codes count: no code without a letter."""
    import os

    from frontend.render import as_file

    text = as_file("files/parent_letters.html", "letters.css", title="Brieven voor ouders", letters=made)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWN_EYES_ONLY), "w", encoding="utf-8") as file:
        file.write(text)
