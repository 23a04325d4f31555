"""`kindblad account invite|sessions|off|on|reset-second-factor`: letting in and keeping out, from the server itself."""

from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.output import say
from api.commands.ready import open_database

if TYPE_CHECKING:
    from api.services.letters import Letter

BY = "opdrachtregel"
Login = Annotated[str, typer.Argument(metavar="INLOGNAAM", help="Waarmee iemand inlogt, bijvoorbeeld een e-mailadres.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this file to `kindblad account`."""
    for command in (invite, sessions, off, on):
        app.command()(command)
    app.command(name="reset-second-factor")(reset_second_factor)


def invite(
    login: Login,
    *,
    name: Annotated[
        str | None, typer.Option(help="Naam zoals anderen die zien; dan wordt het account gemaakt als het er niet is.")
    ] = None,
) -> None:
    """Maak een brief met een code voor wie nieuw is of het wachtwoord vergat.

    Met de code kiest iemand op /uitnodiging zelf een wachtwoord of passkey. De code werkt één keer en geldt
    KINDBLAD_INVITATION_DAYS dagen; geef de brief in de hand, niet per mail. Wie een tweede stap heeft, houdt die.
    Een rol geeft u met `account grant`.
    """
    from api import clock
    from api.services import administration
    from api.settings import load_settings

    with open_database() as engine:
        _print(administration.invite(engine, load_settings(), login, name, BY, clock.now()))


def reset_second_factor(login: Login) -> None:
    """Laat iemand opnieuw toe die telefoon en herstelcodes kwijt is; doe dit alleen met die persoon voor u.

    Wachtwoord, app, passkeys en herstelcodes vervallen en open sessies eindigen. De brief komt ervoor in de plaats.
    """
    from api import clock
    from api.services import administration
    from api.settings import load_settings

    with open_database() as engine:
        _print(administration.reset_second_factor(engine, load_settings(), login, BY, clock.now()))


def sessions(
    login: Login,
    *,
    end: Annotated[bool, typer.Option("--end", help="Beëindig ze allemaal: overal uitgelogd.")] = False,
) -> None:
    """Toon waar iemand is ingelogd: sinds wanneer, hoe en op wat voor apparaat."""
    from api import clock
    from api.services import administration
    from frontend.formatting import clock as moment

    with open_database() as engine:
        found = administration.sessions_of(engine, login, clock.now(), end=end)
    for row in found:
        device = row.device or "onbekend apparaat"
        say(f"{moment(row.created_at)}  laatst gebruikt {moment(row.seen_at)}  {row.method.label:12}  {device}")
    say(f"{len(found)} sessies zijn beëindigd." if end else f"{len(found)} open sessies.")


def off(login: Login) -> None:
    """Zet een account uit: inloggen kan niet meer en open sessies eindigen meteen."""
    from api import clock
    from api.services import administration

    with open_database() as engine:
        administration.disable(engine, login, clock.now())
    say(f"{login.lower()} staat uit.")


def on(login: Login) -> None:
    """Zet een account weer aan, met het wachtwoord of de passkeys van toen."""
    from api import clock
    from api.services import administration

    with open_database() as engine:
        administration.enable(engine, login, clock.now())
    say(f"{login.lower()} staat weer aan.")


def _print(letter: "Letter") -> None:
    where = f"{letter.address}/uitnodiging" if letter.address else "de inlogpagina, “Brief van school met een code”"
    say(f"Voor {letter.name}\n\n  Ga naar    {where}\n  Inlognaam  {letter.login}\n  Code       {letter.code}\n")
    say(f"De code werkt één keer, tot en met {letter.expires_at:%d-%m-%Y}, en wordt niet nog eens getoond.")
