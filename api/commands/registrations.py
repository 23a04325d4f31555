"""`kindblad registrations`: the catalogue, the list of a school, and that list as a file."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.output import mention, say
from api.commands.ready import open_database
from api.problem import ForPeopleError

if TYPE_CHECKING:
    from api.schemas.registrations import AuditPage

app = typer.Typer(
    help="Registraties: wat de school bijhoudt, en wat de wet ervan zegt.", no_args_is_help=True, rich_markup_mode=None
)
School = Annotated[str, typer.Option("--school", help="BRIN of eigen sleutel van de school.")]


@app.command()
def catalogue() -> None:
    """Toon wat basisscholen bijhouden en wat de wet daarvan zegt, met hoe zeker dat is."""
    from models.catalogue import catalogue as read

    for item in read().items.values():
        say(f"{item.number:>3}  {item.name}: {item.standing.label} ({item.certainty.label})")


@app.command(name="list")
def list_items(school: School, *, as_json: Annotated[bool, typer.Option("--json", help="Als JSON.")] = False) -> None:
    """Toon de lijst van een school: voorstel, besluit en uren per jaar volgens de school zelf."""
    page = _page(school)
    if as_json:
        say(page.model_dump_json(indent=2))
        return
    for item in page.items:
        say(f"{item.name}: {item.standing_text}; voorstel {item.advice.ruling_text}; {item.ruling_text}; {item.hours}")
    if page.total:
        say(f"Samen {page.total} per jaar, {page.total_week} per schoolweek.")
    if page.unknown:
        mention(f"Van {page.unknown} onderdelen zei nog niemand hoe lang het duurt.")


@app.command()
def export(file: Annotated[Path, typer.Argument(help="Bestand dat eindigt op .csv of .xlsx.")], school: School) -> None:
    """Schrijf de lijst van een school naar een bestand; geen cel daarin kan als formule gaan werken."""
    from api.services.registrations.export import as_csv, as_workbook

    writers = {".csv": as_csv, ".xlsx": as_workbook}
    write = writers.get(file.suffix.lower())
    if write is None:
        raise ForPeopleError(f"{file}: kies een naam die eindigt op .csv of .xlsx.")
    file.write_bytes(write(_page(school)))
    mention(f"{file} is geschreven.")


def _page(key: str) -> "AuditPage":
    from api import clock
    from api.db import reading
    from api.services.registrations.page import audit_of
    from models.queries import registrations as read
    from models.queries.school import by_key

    now = clock.now()
    with open_database() as engine, reading(engine) as connection:
        found = by_key(connection, key)
        if found is None:
            raise ForPeopleError(f"Er is geen school met de sleutel {key}; kijk de BRIN na.")
        return audit_of(connection, read.schools(connection, [found.id])[0], clock.day_of(now), now)
