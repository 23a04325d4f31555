"""`kindblad voor-wie`: the access matrix on paper or for another program, as it stands in this version."""

import json
from typing import Annotated

import typer

from api.commands.output import say


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command(name="voor-wie")(show)


def show(*, as_json: Annotated[bool, typer.Option("--json", help="Als JSON.")] = False) -> None:
    """Toon wie wat van een kind mag zien, en waarom; dezelfde tabel als op /voor-wie."""
    from api.services.voor_wie import compose_matrix

    matrix = compose_matrix()
    if as_json:
        say(json.dumps(matrix.model_dump(mode="json"), ensure_ascii=False, indent=2))
        return
    for theme in matrix.themes:
        say(f"\n{theme.title}")
        for row in theme.rows:
            may = [
                f"{column.label}: {cell.text}"
                for column, cell in zip(matrix.columns, row.cells, strict=True)
                if cell.cell != "none"
            ]
            say(f"  {row.label}\n    {row.ground}\n    {'; '.join(may) or 'niemand'}")
