"""`kindblad account`: who can log in, and as what. Rights are given here by a person, never by a file."""

import sys
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from api.commands import account_means, account_parents
from api.commands.output import mention, say
from api.commands.ready import open_database

if TYPE_CHECKING:
    from models.vocabulary import Role

app = typer.Typer(help="Accounts: wie kan inloggen, en als wat.", no_args_is_help=True, rich_markup_mode=None)

RoleName = Literal["teacher", "substitute", "ib", "head", "office", "board", "admin", "parent", "pupil"]
"""The values of `models.vocabulary.Role`, written out because importing the models takes half a second."""

Login = Annotated[str, typer.Argument(metavar="INLOGNAAM", help="Waarmee iemand inlogt, bijvoorbeeld een e-mailadres.")]
AsRole = Annotated[
    RoleName,
    typer.Option(
        "--role",
        help="teacher (leraar), substitute (duo of invaller), ib, head (directie), office (administratie), board "
        "(bestuur), admin (beheer), parent (ouder) of pupil (leerling).",
    ),
]
AtSchool = Annotated[
    str | None, typer.Option("--school", help="BRIN of sleutel van de school; mag weg als er maar één is.")
]
OfGroup = Annotated[
    str | None, typer.Option("--group", help="Naam of sleutel van de groep, voor een leraar of invaller; één per keer.")
]
ForGuardian = Annotated[str | None, typer.Option("--guardian", help="Oudernummer in de bestanden, voor een ouder.")]
ForPupil = Annotated[str | None, typer.Option("--pupil", help="Leerlingnummer in de bestanden, voor een leerling.")]
AsStaff = Annotated[str | None, typer.Option("--staff", help="Sleutel van de medewerker in de leerlingadministratie.")]
Since = Annotated[
    datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="Eerste dag (jjjj-mm-dd); anders vandaag.")
]
Until = Annotated[
    datetime | None,
    typer.Option("--until", formats=["%Y-%m-%d"], help="Laatste dag (jjjj-mm-dd), bijvoorbeeld van een invaller."),
]
FromStdin = Annotated[bool, typer.Option("--password-stdin", help="Lees het wachtwoord van de invoer.")]
Generate = Annotated[bool, typer.Option("--generate", help="Bedenk een wachtwoord en toon het één keer.")]


@app.command()
def add(  # noqa: PLR0913 - one argument per option
    login: Login,
    *,
    name: Annotated[str, typer.Option(help="Naam zoals anderen die zien.")],
    role: Annotated[
        RoleName | None, typer.Option("--role", help="Rol om meteen te geven; zie `account grant`.")
    ] = None,
    school: AtSchool = None,
    group: OfGroup = None,
    guardian: ForGuardian = None,
    pupil: ForPupil = None,
    staff: AsStaff = None,
    since: Since = None,
    until: Until = None,
    password_stdin: FromStdin = False,
    generate: Generate = False,
) -> None:
    """Maak een account, en geef het desgewenst meteen een rol. Zonder rol ziet het niets."""
    from api import clock
    from api.services import administration, granting

    with open_database() as engine:
        what = (
            granting.find_subject(
                engine,
                role,
                school,
                group=group,
                guardian=guardian,
                pupil=pupil,
                staff=staff,
                since=_day(since),
                until=_day(until),
            )
            if role
            else {}
        )
        chosen = _password(from_stdin=password_stdin, generated=generate)
        administration.add(engine, login, name, chosen, clock.now())
        if what:
            administration.grant(engine, login, **what)
    as_what = f" als {what['role'].label}." if what else "; geef het een rol met `account grant`."
    say(f"Account {login.lower()} is gemaakt{as_what}")


@app.command(name="list")
def show(*, as_json: Annotated[bool, typer.Option("--json", help="Als JSON.")] = False) -> None:
    """Toon alle accounts met hun rollen."""
    import json

    from api.db import reading
    from models.queries import accounts

    with open_database() as engine, reading(engine) as connection:
        rows = [
            {
                "login": row.login,
                "name": row.display_name,
                "disabled": row.disabled_at is not None,
                "role": row.role,
                "school": row.school,
                "group": row.group,
                "from": row.starts_on.isoformat() if row.starts_on else None,
                "until": row.ends_on.isoformat() if row.ends_on else None,
            }
            for row in accounts.everyone(connection)
        ]
    text = json.dumps(rows, ensure_ascii=False, indent=2) if as_json else "\n".join(map(_line, rows))
    say(text or "Er zijn geen accounts.")


@app.command()
def grant(  # noqa: PLR0913 - one argument per option
    login: Login,
    *,
    role: AsRole,
    school: AtSchool = None,
    group: OfGroup = None,
    guardian: ForGuardian = None,
    pupil: ForPupil = None,
    staff: AsStaff = None,
    since: Since = None,
    until: Until = None,
) -> None:
    """Geef een account een rol erbij, vanaf vandaag of een latere dag."""
    from api.services import administration, granting

    with open_database() as engine:
        what = granting.find_subject(
            engine,
            role,
            school,
            group=group,
            guardian=guardian,
            pupil=pupil,
            staff=staff,
            since=_day(since),
            until=_day(until),
        )
        administration.grant(engine, login, **what)
    say(f"{login.lower()} is nu ook {what['role'].label}.")


@app.command()
def end(
    login: Login,
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Laatste dag; zonder opgave gisteren.")
    ] = None,
) -> None:
    """Beëindig alle rollen van een account; wie geen rol meer heeft komt er niet meer in."""
    from datetime import timedelta

    from api import clock
    from api.services import administration

    last = on.date() if on else clock.day_of(clock.now()) - timedelta(days=1)
    with open_database() as engine:
        ended = administration.end_grants(engine, login, last)
    say(f"{ended} rollen van {login.lower()} eindigen op {last:%d-%m-%Y}.")


@app.command()
def password(login: Login, *, password_stdin: FromStdin = False, generate: Generate = False) -> None:
    """Geef een account een nieuw wachtwoord; open sessies eindigen."""
    from api import clock
    from api.services import administration

    with open_database() as engine:
        administration.set_password(
            engine, login, _password(from_stdin=password_stdin, generated=generate), clock.now()
        )
    say(f"{login.lower()} heeft een nieuw wachtwoord.")


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _password(*, from_stdin: bool, generated: bool) -> str:
    from api.security import passwords

    if generated:
        made = passwords.generate()
        mention(f"Wachtwoord (wordt niet nog eens getoond): {made}")
        return made
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return str(typer.prompt("Wachtwoord", hide_input=True, confirmation_prompt="Nog een keer"))


def _line(row: dict[str, Any]) -> str:
    role: Role | None = row["role"]
    parts = [
        role.label if role else "geen rol",
        row["group"],
        row["school"],
        row["until"] and f"tot en met {row['until']}",
    ]
    off = " (staat uit)" if row["disabled"] else ""
    return f"{row['login']:28} {row['name']:28} {' · '.join(part for part in parts if part)}{off}"


account_means.register(app)
account_parents.register(app)
