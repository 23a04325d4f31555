"""`kindblad log`: is the access log still whole, where is its head, and what did an account see."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.output import mention, say
from api.commands.ready import open_database
from api.problem import ForPeopleError

if TYPE_CHECKING:
    from models.queries.log import Verified

app = typer.Typer(help="Het inzagelog: wie keek naar welk kind.", no_args_is_help=True, rich_markup_mode=None)

DAY = ["%Y-%m-%d"]
Copy = Annotated[
    Path | None, typer.Option("--head-file", help="Bestand met kopieën van het hoofd [KINDBLAD_LOG_HEAD_FILE].")
]


@app.command()
def verify(head_file: Copy = None) -> None:
    """Kijk na of er niets is gewijzigd, weggehaald of tussengevoegd. Einde 1: er klopt iets niet."""
    from api import clock
    from api.db import reading
    from api.security.log_head import witnesses
    from api.settings import load_settings
    from models.queries import log

    copy = head_file or load_settings().log_heads
    try:
        kept = witnesses(copy)
    except ValueError:
        raise ForPeopleError(f"{copy}: een regel is geen hoofd van het inzagelog; kijk het bestand na.") from None
    with open_database() as engine, reading(engine) as connection:
        found = log.verify(connection, kept, clock.day_of(clock.now()))
    _tell(found, copy, len(kept))
    if found.broken:
        raise typer.Exit(1)


@app.command()
def head(head_file: Copy = None) -> None:
    """Toon het hoofd: nummer en controlegetal van de nieuwste regel. Met --head-file komt het er ook in te staan."""
    from api.db import reading
    from api.security.log_head import append
    from models.queries import log

    with open_database() as engine, reading(engine) as connection:
        newest = log.head(connection)
    say(f"{newest.number} {newest.hash.hex()}")
    if head_file:
        append(head_file, newest, datetime.now(UTC))


@app.command()
def touched(
    account: Annotated[str, typer.Option("--account", help="Inlognaam van het account.")],
    since: Annotated[datetime, typer.Option("--from", formats=DAY, help="Eerste dag (jjjj-mm-dd).")],
    until: Annotated[datetime, typer.Option("--to", formats=DAY, help="Laatste dag (jjjj-mm-dd).")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Als JSON, voor een programma.")] = False,
) -> None:
    """Zeg van welke kinderen een account wat zag, bijvoorbeeld om een datalek te melden (AVG 33: binnen 72 uur)."""
    import getpass
    import json

    from api import clock
    from api.db import reading
    from api.security.access_log import AccessLogWriter
    from api.services.looks import by_child
    from models.queries import accounts, looks

    with open_database() as engine:
        with reading(engine) as connection:
            if accounts.by_login(connection, account) is None:
                raise ForPeopleError(f"Er is geen account {account}; `kindblad account list` toont welke er zijn.")
            rows = looks.touched(connection, account, *clock.days(since.date(), until.date()))
        ground = f"opdrachtregel ({getpass.getuser()})"[:100]
        line = {"at": clock.now(), "kind": "access_log", "action": "exported", "ground": ground}
        AccessLogWriter(engine).write([line])
    children = by_child(rows)
    if as_json:
        say(json.dumps(children, ensure_ascii=False, default=str))
        return
    for child in children:
        say(f"{child['name']:32} {', '.join(child['kinds'])}")
        first, last = child["first"], child["last"]
        say(f"{'':32} {child['times']} keer, van {first:%d-%m-%Y %H:%M} tot {last:%d-%m-%Y %H:%M} UTC")
    say(f"{account.lower()} zag iets van {len(children)} kinderen.")


def _tell(found: "Verified", copy: Path, copies: int) -> None:
    if found.anchor.number:
        say(f"Regels tot en met {found.anchor.number} zijn na hun bewaartermijn verwijderd.")
    if found.broken:
        of = f" ({found.broken.at:%d-%m-%Y %H:%M} UTC)" if found.broken.at else ""
        mention(f"Het inzagelog klopt niet: regel {found.broken.number}{of} {found.broken.why}.")
        mention("Verander niets, bewaar een kopie van de database en meld dit bij de directie.")
        return
    say(f"Het inzagelog klopt: {found.lines} regels, de laatste is nummer {found.head.number}.")
    say(f"Vergeleken met {copies} kopieën in {copy}." if copies else f"Er is nog geen kopie van het hoofd in {copy}.")
