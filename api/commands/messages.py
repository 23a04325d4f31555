"""`kindblad messages`: what waits for the mail server, and sending it; names nobody."""

import typer

from api.commands.output import mention, say
from api.commands.ready import open_database

app = typer.Typer(
    help="Berichten: wat klaarstaat voor ouders, en het versturen daarvan.", no_args_is_help=True, rich_markup_mode=None
)

WORDS = {
    "sent": "verstuurd",
    "unknown": "misschien verstuurd (de verbinding brak af; het gaat niet nog eens)",
    "later": "later nog eens",
    "given_up": "niet te bezorgen",
    "no_address": "niet verstuurd: geen gezag meer, geen adres of een adres dat niet kan",
    "taken_by_another": "intussen door een ander opgepakt",
}


@app.command(name="list")
def list_messages() -> None:
    """Toon de nieuwste berichten met hoeveel er wachten, weg zijn en niet konden; zonder namen of adressen."""
    from api.db import reading
    from frontend.formatting import clock
    from models.queries import messages as read

    with open_database() as engine, reading(engine) as connection:
        rows = read.overview(connection)
    for row in rows:
        counted = f"{row.copies} ouders: {row.waiting} wachten, {row.sent} verstuurd, {row.failed} niet te bezorgen"
        say(f"{clock(row.made_at)}  {row.school}, {row.kind.label}: {row.subject} ({counted})")
    if not rows:
        mention("Er staan geen berichten klaar. Een weekbericht komt klaar te staan als een leraar een week deelt.")


@app.command()
def send(
    most: int = typer.Option(500, "--most", min=1, max=100_000, help="Hoeveel er in één keer hooguit uitgaan."),
) -> None:
    """Verstuur wat klaarstaat; elk bericht gaat hooguit één keer naar een ouder. Zet dit in cron, elke vijf minuten.

    Versturen staat uit tot KINDBLAD_SMTP_HOST is ingevuld. Gaat er iets mis, dan volgt later een nieuwe poging.
    """
    from api.services.messages.sending import send_due
    from api.settings import load_settings

    with open_database() as engine:
        outcome = send_due(engine, load_settings(), most)
    for name, words in WORDS.items():
        if outcome.counts[name]:
            say(f"{outcome.counts[name]} {words}")
    if not outcome.counts:
        mention("Er wachtte niets.")
