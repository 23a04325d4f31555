"""`kindblad pupil`: who left, who came back, and who may not be erased yet."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from api.commands.noted import note
from api.commands.output import say
from api.commands.ready import open_database
from api.commands.retention import AsWho, AtSchool, FromStdin, decider
from api.problem import ForPeopleError

if TYPE_CHECKING:
    import sqlalchemy as sa

app = typer.Typer(
    help="Uitschrijven, terugkomen en een blokkade op wissen.", no_args_is_help=True, rich_markup_mode=None
)

Number = Annotated[str, typer.Argument(metavar="NUMMER", help="Nummer van het kind: de laatste 12 tekens van het uid.")]
To = Literal["primary", "special", "secondary", "unknown"]
Why = Literal["complaint", "court", "restriction", "inspection"]
Day = Annotated[datetime, typer.Option("--on", formats=["%Y-%m-%d"], help="Dag (jjjj-mm-dd).")]


@app.command()
def gone(*, login: AsWho, school: AtSchool = None, password_stdin: FromStdin = False) -> None:
    """Toon wie niet meer in de leerlingadministratie staat terwijl niemand heeft beslist."""
    from api import clock
    from api.db import reading
    from api.services.retention.deciding import MAY_ENROL
    from api.services.retention.overview import last_day_of
    from models.queries import retention as read
    from models.rules.names import initials

    with open_database() as engine:
        who, school_id = decider(engine, login, school, MAY_ENROL, from_stdin=password_stdin)
        with reading(engine) as connection:
            rows = read.may_have_left(connection, school_id, clock.day_of(clock.now()))
        note(engine, ((school_id, row.id) for row in rows), "retention", account_id=who.account_id)
    for row in rows:
        last = last_day_of(row)
        probably = f" waarschijnlijk weg na {last:%d-%m-%Y}" if last else ""
        say(f"{str(row.uid)[-read.SHORT :]}  {initials(row):8}{probably}")
    if not rows:
        say("Van iedereen is duidelijk of zij op school zitten.")


@app.command()
def leave(
    number: Number,
    *,
    on: Day,
    to: Annotated[To, typer.Option("--to", help="Soort school waar het kind heen ging.")] = "unknown",
    login: AsWho,
    school: AtSchool = None,
    password_stdin: FromStdin = False,
) -> None:
    """Schrijf een kind uit: `--on` is de laatste dag op school. De bewaartermijnen gaan daarna lopen."""
    from api import clock
    from api.services.retention import leaving
    from models.vocabulary import Destination

    def act(connection: "sa.Connection", pupil: Any, who: str) -> None:
        destination, now = Destination(to), clock.now()
        leaving.leave(connection, pupil.id, pupil.school_id, on.date(), destination, who, now)

    _decide(number, login, school, act, from_stdin=password_stdin)
    say(f"Uitgeschreven na {on:%d-%m-%Y}.")


@app.command(name="return")
def come_back(
    number: Number, *, on: Day, login: AsWho, school: AtSchool = None, password_stdin: FromStdin = False
) -> None:
    """Schrijf een kind weer in: `--on` is de eerste dag. Alle bewaartermijnen stoppen."""
    from api.services.retention import leaving

    def act(connection: "sa.Connection", pupil: Any, who: str) -> None:
        leaving.come_back(connection, pupil.id, on.date(), who)

    _decide(number, login, school, act, from_stdin=password_stdin)
    say(f"Weer ingeschreven vanaf {on:%d-%m-%Y}.")


@app.command()
def hold(
    number: Number,
    *,
    reason: Annotated[Why, typer.Option("--reason", help="complaint, court, restriction of inspection.")],
    until: Annotated[datetime, typer.Option("--until", formats=["%Y-%m-%d"], help="Laatste dag; verplicht.")],
    login: AsWho,
    school: AtSchool = None,
    password_stdin: FromStdin = False,
) -> None:
    """Zorg dat er van een kind niets wordt gewist, tot en met een dag."""
    from api import clock
    from api.services.retention import leaving
    from models.vocabulary import HoldReason

    def act(connection: "sa.Connection", pupil: Any, who: str) -> None:
        now = clock.now()
        leaving.hold(connection, pupil.id, pupil.school_id, HoldReason(reason), until.date(), who, now)

    _decide(number, login, school, act, from_stdin=password_stdin)
    say(f"Er wordt niets gewist tot en met {until:%d-%m-%Y}.")


def _decide(number: str, login: str, school: str | None, act: Any, *, from_stdin: bool) -> None:
    from api.db import reading, writing
    from api.services.retention.deciding import MAY_ENROL
    from models.queries import retention as read

    with open_database() as engine:
        who, school_id = decider(engine, login, school, MAY_ENROL, from_stdin=from_stdin)
        with reading(engine) as connection:
            found = read.pupil_by_uid(connection, [school_id], number)
        if len(found) != 1:
            raise ForPeopleError(f"Er is geen kind met nummer {number} op deze school.")
        note(engine, [(school_id, found[0].id)], "retention", "wrote", who.account_id)
        with writing(engine) as connection:
            act(connection, found[0], who.name)
