"""`kindblad retention`: the dry list, the second person, the run and its proof."""

import json
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.commands.noted import note
from api.commands.output import mention, say
from api.commands.ready import open_database, schools
from api.problem import ForPeopleError

if TYPE_CHECKING:
    import sqlalchemy as sa

    from api.services.retention.deciding import Decider

app = typer.Typer(
    help="Bewaren en wissen: wat er weg moet, akkoord van een tweede persoon, uitvoeren, bewijs.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

AtSchool = Annotated[
    str | None, typer.Option("--school", help="BRIN of sleutel van de school; mag weg als er maar één is.")
]
EverySchool = Annotated[str | None, typer.Option("--school", help="BRIN of sleutel van één school; anders alle.")]
AsWho = Annotated[str, typer.Option("--login", help="Wie dit doet: de inlognaam van uw eigen account.")]
FromStdin = Annotated[bool, typer.Option("--password-stdin", help="Lees het wachtwoord van de invoer.")]
AsJson = Annotated[bool, typer.Option("--json", help="Als JSON, voor een programma.")]


@app.command()
def plan(*, login: AsWho, school: AtSchool = None, password_stdin: FromStdin = False, as_json: AsJson = False) -> None:
    """Maak de lijst van wat weg moet. Er wordt nog niets gewist; een tweede persoon geeft akkoord."""
    from api import clock
    from api.db import writing
    from api.services.retention import deciding
    from api.services.retention import plan as plans
    from models.queries import retention as read
    from models.rules.names import initials

    now = clock.now()
    with open_database() as engine:
        who, school_id = decider(engine, login, school, deciding.MAY_PLAN, from_stdin=password_stdin)
        with writing(engine) as connection:
            made = plans.make(connection, school_id, who.account_id, now)
            people = read.names(connection, school_id)
        named = [line["child"] for line in made.content["children"]] if made is not None else []
        note(engine, ((school_id, people[uid].id) for uid in named), "retention", account_id=who.account_id)
    if made is None:
        say("Er is niets dat vandaag weg moet.")
        return
    if as_json:
        say(json.dumps({"plan": str(made.uid), "digest": made.digest, **made.content}, ensure_ascii=False))
        return
    for line in made.content["children"]:
        say(f"{line['child'][-12:]}  {initials(people[line['child']]):8} weg sinds {line['left']}")
        for kind, what in line["classes"].items():
            say(f"    {_label(kind):28} {_rows(what['rows'])}, sinds {what['since']}")
    if practice := made.content["practice"]:
        say(f"oefenen van voor {practice['before']}: {_rows(practice['rows'])}")
    say(
        f"Plan {made.digest[:12]}: laat directie het nakijken en draai `kindblad retention approve {made.digest[:12]}`."
    )


@app.command()
def approve(
    digest: Annotated[str, typer.Argument(metavar="PLAN", help="Het nummer dat bij het plan stond.")],
    *,
    login: AsWho,
    school: AtSchool = None,
    password_stdin: FromStdin = False,
) -> None:
    """Geef akkoord op een plan dat iemand anders maakte."""
    from api import clock
    from api.db import writing
    from api.services.retention import deciding
    from api.services.retention import plan as plans
    from models.queries import retention as read
    from models.vocabulary import PlanStatus

    with open_database() as engine:
        who, school_id = decider(engine, login, school, deciding.MAY_APPROVE, from_stdin=password_stdin)
        with writing(engine) as connection:
            waiting = read.plan(connection, school_id, PlanStatus.OPEN)
            is_meant = waiting is not None and len(digest) >= 12 and waiting.digest.startswith(digest)
            seen = waiting.digest if waiting is not None and is_meant else digest
            plans.approve(connection, school_id, seen, who.account_id, clock.now())
    say("Akkoord. `kindblad retention run` voert het uit.")


@app.command()
def run(*, school: EverySchool = None) -> None:
    """Voer uit wat is goedgekeurd, en ruim op wat vanzelf verloopt. Afgebroken? Draai het opnieuw: het gaat verder."""
    from api import clock
    from api.services.retention.run import run as carry_out
    from api.settings import load_settings

    with open_database(as_owner=True) as engine:
        reports = carry_out(engine, load_settings(), clock.now(), _schools(engine, school), mention)
    for report in reports:
        done = f"{report.children} kinderen, {_rows(report.rows)}" if report.rows else "geen plan om uit te voeren"
        waiting = "; er wacht een plan op akkoord" if report.waiting else ""
        say(f"{report.school}: {done}; vanzelf verlopen: {_rows(report.swept) or 'niets'}{waiting}.")
        if report.swept["access_log_denied"]:
            mention("Het inzagelog is niet ingekort: dat mag op PostgreSQL alleen de eigenaar (KINDBLAD_OWNER_URL).")


@app.command()
def verify(*, school: EverySchool = None) -> None:
    """Ga na of aan het bewijs van wissen niets is veranderd."""
    from api.db import reading
    from api.services.retention import receipts
    from api.settings import load_settings
    from models.queries import retention as read

    settings, broken = load_settings(), False
    with open_database() as engine:
        chosen = _schools(engine, school)
        with reading(engine) as connection:
            for school_id in chosen:
                number = receipts.first_broken(connection, settings, school_id)
                count = len(read.receipts(connection, school_id))
                say(f"{count} regels kloppen." if number is None else f"Regel {number} klopt niet.")
                broken |= number is not None
    raise typer.Exit(int(broken))


@app.command()
def receipt(*, school: AtSchool = None) -> None:
    """Toon het bewijs van wissen als JSON: nummers, soorten, aantallen, tijdstippen; geen inhoud."""
    from api.db import reading
    from models.queries import retention as read

    with open_database() as engine:
        school_id = _one_school(engine, school)
        with reading(engine) as connection:
            rows = [row._asdict() for row in read.receipts(connection, school_id)]
    say(json.dumps(rows, ensure_ascii=False, default=str, indent=2))


@app.command()
def replay() -> None:
    """Wis opnieuw wat al gewist was, na het terugzetten van een oudere kopie."""
    from api import clock
    from api.services.retention.run import replay as again
    from api.settings import load_settings

    with open_database(as_owner=True) as engine:
        children = again(engine, load_settings(), clock.now())
    say(f"Van {children} kinderen is opnieuw gewist." if children else "Er was niets dat opnieuw weg moest.")


@app.command(name="set")
def choose(
    kind: Annotated[str, typer.Argument(metavar="SOORT", help="dossier, support of practice.")],
    months: Annotated[int, typer.Argument(metavar="MAANDEN", help="Hoe lang de school dit bewaart.")],
    *,
    reason: Annotated[str, typer.Option("--reason", help="Waarom; verplicht als het langer is dan de norm.")] = "",
    login: AsWho,
    school: AtSchool = None,
    password_stdin: FromStdin = False,
) -> None:
    """Kies een andere termijn voor deze school, binnen wat mag."""
    from api import clock
    from api.db import writing
    from api.services.retention import deciding, leaving
    from models.vocabulary import Retention

    if kind not in set(Retention):
        raise ForPeopleError(f"De soort {kind} is er niet; /bewaartermijnen noemt ze alle.")
    with open_database() as engine:
        who, school_id = decider(engine, login, school, deciding.MAY_APPROVE, from_stdin=password_stdin)
        with writing(engine) as connection:
            leaving.choose(connection, school_id, Retention(kind), months, reason, who.name, clock.now())
    say(f"{Retention(kind).label}: {months} maanden.")


@app.command()
def readmit(
    key: Annotated[str, typer.Argument(metavar="SLEUTEL", help="De sleutel van het kind in de bron.")],
    *,
    source: Annotated[str, typer.Option("--source", help="Code van de bron; `kindblad sources` noemt ze.")],
    login: AsWho,
    school: AtSchool = None,
    password_stdin: FromStdin = False,
) -> None:
    """Laat een sleutel weer toe die van een gewist kind was: van een ander kind, of bij een nieuwe inschrijving."""
    import sqlalchemy as sa

    from api.db import writing
    from api.services.retention import deciding, leaving
    from models.provenance import Source

    with open_database() as engine:
        _, school_id = decider(engine, login, school, deciding.MAY_ENROL, from_stdin=password_stdin)
        with writing(engine) as connection:
            mine = (Source.school_id == school_id, Source.code == source)
            source_id = connection.scalar(sa.select(Source.id).where(*mine))
            if source_id is None:
                raise ForPeopleError(f"De bron {source} is er niet; `kindblad sources` noemt ze.")
            leaving.readmit(connection, school_id, source_id, key)
    say("Toegelaten. Lees het bestand opnieuw in.")


def decider(
    engine: "sa.Engine", login: str, school: str | None, roles: Any, *, from_stdin: bool
) -> "tuple[Decider, int]":
    """Ask for the password of who decides; gives that person and the school."""
    from api import clock
    from api.db import reading
    from api.services.retention import deciding

    school_id = _one_school(engine, school)
    password = sys.stdin.readline().rstrip("\r\n") if from_stdin else typer.prompt("Wachtwoord", hide_input=True)
    with reading(engine) as connection:
        today = clock.day_of(clock.now())
        return deciding.at_terminal(connection, login, password, school_id, roles, today), school_id


def _one_school(engine: "sa.Engine", key: str | None) -> int:
    found = _schools(engine, key)
    if len(found) != 1:
        raise ForPeopleError(f"Er zijn {len(found)} scholen; noem er een met --school BRIN.")
    return found[0]


def _schools(engine: "sa.Engine", key: str | None) -> list[int]:
    from api.db import reading

    with reading(engine) as connection:
        return list(schools(connection, key))


def _label(kind: str) -> str:
    from models.vocabulary import Retention

    return Retention(kind).label


def _rows(rows: Any) -> str:
    return ", ".join(f"{number} {table}" for table, number in sorted(rows.items()) if number)
