"""`kindblad sso`: logging in with the account of the school (Entra ID, Google, Entree). docs/sso.md goes through it."""

import sys
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from api.commands.output import mention, say
from api.commands.ready import open_database, schools
from api.problem import ForPeopleError

if TYPE_CHECKING:
    from sqlalchemy import Engine

app = typer.Typer(help="Inloggen met een schoolaccount.", no_args_is_help=True, rich_markup_mode=None)

AtSchool = Annotated[
    str | None, typer.Option("--school", help="BRIN of sleutel van de school; mag weg als er maar één is.")
]
Id = Annotated[UUID, typer.Argument(metavar="ID", help="Kenmerk van de dienst; `kindblad sso list` toont het.")]


@app.command()
def add(  # noqa: PLR0913 - one argument per option
    label: Annotated[str, typer.Argument(metavar="NAAM", help="Wat er op de knop staat na 'Inloggen met'.")],
    *,
    issuer: Annotated[str, typer.Option(help="Adres van de dienst, precies zoals die zichzelf noemt.")],
    client_id: Annotated[str, typer.Option(help="Kenmerk van Kindblad bij die dienst (client id).")],
    secret_stdin: Annotated[bool, typer.Option("--secret-stdin", help="Lees het geheim van de invoer.")] = False,
    second_factor: Annotated[
        list[str], typer.Option(help="Wat in het antwoord als tweede factor telt, zoals amr=mfa; mag vaker.")
    ] = [],  # noqa: B006 - what typer wants
    require: Annotated[
        list[str], typer.Option(help="Wat het antwoord moet bevatten, zoals hd=devliet.nl; mag vaker.")
    ] = [],  # noqa: B006
    email: Annotated[
        bool, typer.Option("--email", help="Vraag het e-mailadres, om bij het koppelen te zien wie er staat.")
    ] = False,
    school: AtSchool = None,
) -> None:
    """Voeg een dienst toe waarmee mensen van een school kunnen inloggen."""
    from api import clock
    from api.services import sso_setup
    from api.settings import load_settings

    settings = load_settings()
    required = dict(_pair(text) for text in require)
    with open_database() as engine:
        uid = sso_setup.add(
            engine,
            settings,
            _school(engine, school),
            label=label,
            issuer=issuer,
            client_id=client_id,
            client_secret=_secret(from_stdin=secret_stdin),
            second_factor=second_factor,
            required=required,
            asks_email=email,
            now=clock.now(),
        )
    say(f"Toegevoegd als {uid}. Geef de dienst dit adres om naar terug te keren (redirect URI):")
    say(sso_setup.redirect_uri(settings, uid))
    say(f"en dit adres voor na het uitloggen: {settings.public_url}/login")


@app.command(name="list")
def show(*, school: AtSchool = None) -> None:
    """Toon de diensten van een school en hoeveel mensen ermee gekoppeld zijn."""
    from api.db import reading
    from models.queries import sso

    with open_database() as engine:
        school_id = _school(engine, school)
        with reading(engine) as connection:
            rows = sso.of_school(connection, school_id)
    for row in rows:
        say(f"{row.id:4}  {row.uid}  {row.label:20} {row.issuer}  {row.linked} gekoppeld")
    if not rows:
        mention("Deze school heeft geen dienst om mee in te loggen; zie `kindblad sso add --help`.")


@app.command()
def test(provider: Id) -> None:
    """Kijk of een dienst te bereiken is en of de beschrijving deugt. Er wordt niet ingelogd."""
    from api.services import sso_setup
    from api.settings import load_settings

    settings = load_settings()
    with open_database() as engine:
        said = sso_setup.try_out(engine, settings, provider)
    say("De dienst antwoordt, en het geheim is te lezen.")
    say(f"Adres om naar terug te keren (redirect URI): {sso_setup.redirect_uri(settings, provider)}")
    say(f"Daar ook uitloggen: {'ja' if said.logout_url else 'dat biedt de dienst niet aan'}")


@app.command()
def remove(
    provider: Id, *, yes: Annotated[bool, typer.Option("--yes", help="Vraag niet om bevestiging.")] = False
) -> None:
    """Haal een dienst weg, met alle koppelingen; open sessies die ermee begonnen eindigen."""
    from api import clock
    from api.services import sso_setup

    if not yes and not typer.confirm("Iedereen die zo inlogt moet daarna opnieuw gekoppeld worden. Doorgaan?"):
        raise ForPeopleError("Er is niets weggehaald.")
    with open_database() as engine:
        gone = sso_setup.remove(engine, provider, clock.now())
    say(f"De dienst is weg; {gone} koppelingen zijn vervallen.")


@app.command()
def link(
    login: Annotated[str, typer.Argument(metavar="INLOGNAAM", help="Het account hier.")],
    code: Annotated[str, typer.Argument(metavar="CODE", help="De code op het scherm van wie wil inloggen.")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Vraag niet om bevestiging.")] = False,
) -> None:
    """Koppel wie met een code op het scherm staat aan een account. Vergewis u eerst dat diegene het zelf is."""
    from api import clock
    from api.services import sso_setup

    now = clock.now()
    with open_database() as engine:
        found = sso_setup.waiting(engine, code, now)
        who = found.email or "(de dienst noemt geen e-mailadres)"
        if not yes and not typer.confirm(f"Hoort {who} bij {login.lower()}, en hebt u diegene zelf gesproken?"):
            raise ForPeopleError("Er is niets gekoppeld.")
        sso_setup.link_waiting(engine, code, login, "opdrachtregel", now)
    say(f"{login.lower()} kan nu met het schoolaccount inloggen.")


@app.command()
def unlink(login: Annotated[str, typer.Argument(metavar="INLOGNAAM", help="Het account hier.")]) -> None:
    """Maak een account los van alle schoolaccounts; sessies die ermee begonnen eindigen."""
    from api import clock
    from api.services import sso_setup

    with open_database() as engine:
        gone = sso_setup.unlink(engine, login, clock.now())
    say(f"{gone} koppelingen van {login.lower()} zijn vervallen.")


def _school(engine: "Engine", key: str | None) -> int:
    from api.db import reading

    with reading(engine) as connection:
        ids = schools(connection, key)
    if len(ids) != 1:
        raise ForPeopleError(f"Er zijn {len(ids)} scholen; noem er een met --school BRIN.")
    return ids[0]


def _secret(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return str(typer.prompt("Geheim (client secret)", hide_input=True))


def _pair(text: str) -> tuple[str, str]:
    name, _, value = text.partition("=")
    if not name or not value:
        raise ForPeopleError(f"{text} is geen naam=waarde; schrijf bijvoorbeeld hd=devliet.nl.")
    return name, value
