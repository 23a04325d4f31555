"""`kindblad quarantine` and `kindblad match`: what waits for a person."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from api.commands.noted import note
from api.commands.output import mention, say
from api.commands.ready import open_database, schools
from api.problem import ForPeopleError
from api.services.sources.words import CONTRADICTIONS, FOUND, TRAITS, said_name

if TYPE_CHECKING:
    from connectors.match_decide import Decision

quarantine = typer.Typer(
    help="Regels die niet zijn overgenomen: bekijken, opnieuw proberen, terzijde leggen.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
match = typer.Typer(
    help="Wie is wie: voorstellen bekijken en beslissen. Kindblad koppelt uit zichzelf alleen op gelijke sleutels.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

AtSchool = Annotated[str | None, typer.Option("--school", help="BRIN of sleutel van één school; zonder opgave alle.")]
AsJson = Annotated[bool, typer.Option("--json", help="Als JSON, voor een programma.")]
Ids = Annotated[list[str] | None, typer.Argument(metavar="[NUMMER…]", help="Nummers uit de lijst.")]
Yes = Annotated[bool, typer.Option("--yes", help="Vraag niet of het mag.")]

SHORT = 12


@quarantine.command(name="list")
def list_issues(
    *,
    school: AtSchool = None,
    remarks: Annotated[bool, typer.Option("--all", help="Ook wat wel is overgenomen, maar met een opmerking.")] = False,
    as_json: AsJson = False,
) -> None:
    """Toon wat er openstaat, met de plaats in het bestand en wat u eraan doet."""
    rows = [row for row in _issues(school) if remarks or row["severity"] == "error"]
    if as_json:
        say(json.dumps(rows, ensure_ascii=False, default=str))
        return
    for row in rows:
        say(f"{_number(row)}  {row['school']}  {row['source']}, {row['file_name']}, {row['locator']}")
        say(f"    {row['severity'].label}: {row['message']}")
    if not rows:
        say("Er staat niets in quarantaine.")


@quarantine.command(name="retry")
def retry_issues(ids: Ids = None, school: AtSchool = None) -> None:
    """Probeer regels opnieuw, bijvoorbeeld nadat de leerlingadministratie is ingelezen; zonder nummers alle."""
    from api.db import writing
    from connectors.load.retry import retry

    chosen = _chosen(_issues(school), ids)
    taken = 0
    with open_database() as engine, writing(engine) as connection:
        for code in {row["school"] for row in chosen}:
            of_school = [row["id"] for row in chosen if row["school"] == code]
            taken += retry(connection, of_school, code, datetime.now(UTC))
    say(f"{taken} van de {len(chosen)} regels zijn alsnog overgenomen.")


@quarantine.command(name="dismiss")
def dismiss_issues(ids: Ids = None, *, school: AtSchool = None, yes: Yes = False) -> None:
    """Leg regels terzijde: ze komen er niet in, en niemand hoeft er meer naar te kijken."""
    from api.db import writing
    from connectors.quarantine import dismiss

    chosen = _chosen(_issues(school), ids)
    if not yes and chosen and not typer.confirm(f"{len(chosen)} regels terzijde leggen?"):
        raise typer.Exit(1)
    decision = _decision()
    with open_database() as engine, writing(engine) as connection:
        done = dismiss(connection, [row["id"] for row in chosen], decision.who, decision.when)
    say(f"{done} regels zijn terzijde gelegd.")


@match.command(name="list")
def list_proposals(*, school: AtSchool = None, as_json: AsJson = False) -> None:
    """Toon de voorstellen: wat de bron zegt, welk kind het kan zijn en wat daarvoor en daartegen spreekt."""
    rows = _proposals(school)
    if as_json:
        say(json.dumps(rows, ensure_ascii=False, default=str))
        return
    for row in rows:
        _show(row)
    if not rows:
        say("Er zijn geen voorstellen: van ieder kind is duidelijk wie het is.")


@match.command()
def accept(
    ids: Ids = None,
    *,
    school: AtSchool = None,
    complete: Annotated[
        bool,
        typer.Option("--complete", help="Alle met gelijke geboortedatum, gelijke volledige naam en één kandidaat."),
    ] = False,
    yes: Yes = False,
) -> None:
    """Ja, dit is hetzelfde kind: koppel, en neem over wat daarop wachtte."""
    from connectors.match_decide import accept as decide

    rows = _proposals(school)
    if complete:
        chosen = [row for row in rows if row["evidence"].get("complete") and row["candidates"] == 1]
        chosen = [row for row in chosen if not row["contradiction"]]
        for row in chosen:
            _show(row)
        if chosen and not yes and not typer.confirm(f"Deze {len(chosen)} koppelen?"):
            raise typer.Exit(1)
    else:
        chosen = _chosen(rows, ids or [])
    say(f"{len(chosen)} gekoppeld, {_decide(decide, chosen)} wachtende regels overgenomen.")


@match.command()
def reject(ids: Ids = None, school: AtSchool = None) -> None:
    """Nee, dit is een ander kind: dit voorstel komt niet terug."""
    from connectors.match_decide import reject as decide

    chosen = _chosen(_proposals(school), ids or [])
    say(f"{len(chosen)} afgewezen, {_decide(decide, chosen)} wachtende regels overgenomen.")


@match.command()
def link(
    source: Annotated[str, typer.Argument(metavar="BRON", help="Code van de bron; `kindblad sources` toont ze.")],
    key: Annotated[str, typer.Argument(metavar="SLEUTEL", help="Hoe die bron het kind noemt.")],
    pupil: Annotated[str, typer.Argument(metavar="LEERLINGNUMMER", help="Sleutel in de leerlingadministratie.")],
    school: Annotated[str, typer.Option("--school", help="BRIN of sleutel van de school.")],
) -> None:
    """Koppel met de hand wat een bron van een kind weet aan een kind van de school."""
    from api.db import writing
    from connectors.match_decide import link as decide
    from models.queries import identity

    with open_database() as engine, writing(engine) as connection:
        ids = schools(connection, school)
        person_id = identity.person_of_source(connection, ids, source, key)
        pupil_id = identity.pupil_by_las_key(connection, ids, pupil)
        if person_id is None:
            raise ForPeopleError(
                f"Bron {source} kent geen kind onder die sleutel; `kindblad sources` toont de bronnen."
            )
        if pupil_id is None:
            raise ForPeopleError("Dat leerlingnummer staat niet in de leerlingadministratie van deze school.")
        taken = decide(connection, person_id, pupil_id, _decision())
    say(f"Gekoppeld; {taken} wachtende regels overgenomen.")


def _issues(school: str | None) -> list[Any]:
    from api.db import reading
    from models.queries import provenance

    with open_database() as engine, reading(engine) as connection:
        return [row._asdict() for row in provenance.open_issues(connection, schools(connection, school))]


def _proposals(school: str | None) -> list[Any]:
    """Read what waits; each child that may be meant is named with its birth date, and is a line in the log."""
    from api.db import reading
    from models.queries import identity
    from models.rules.access import Kind

    with open_database() as engine:
        with reading(engine) as connection:
            rows = [row._asdict() for row in identity.open_proposals(connection, schools(connection, school))]
        ids = [(row.pop("school_id"), row.pop("candidate_id")) for row in rows]
        for row in rows:
            del row["source_person_id"]
        note(engine, (child for child in ids if child[1] is not None), Kind.IDENTITY)
    return rows


def _chosen(rows: Sequence[Any], ids: list[str] | None) -> list[Any]:
    """Find the rows that were pointed at by the number in the list; None stands for all of them."""
    if ids is None:
        return list(rows)
    if not ids:
        raise ForPeopleError("Noem de nummers uit `kindblad match list`.")
    chosen = []
    for given in ids:
        found = [row for row in rows if given.lower() in {_number(row), str(row["uid"])}]
        if len(found) != 1:
            raise ForPeopleError(f"Nummer {given} staat niet in de lijst.")
        chosen += found
    return chosen


def _decide(decide: Any, chosen: Sequence[Any]) -> int:
    from api.db import writing
    from connectors.match_decide import NoSuchProposal

    taken = 0
    with open_database() as engine, writing(engine) as connection:
        for row in chosen:
            try:
                taken += decide(connection, UUID(str(row["uid"])), _decision())
            except NoSuchProposal:
                raise ForPeopleError(
                    f"{_number(row)} heeft geen kandidaat of is al beslist; koppel met `kindblad match link`."
                ) from None
    return taken


def _number(row: dict[str, Any]) -> str:
    """Give the part of an id that differs from row to row (the first part is the time)."""
    return str(row["uid"])[-SHORT:]


def _decision() -> "Decision":
    import getpass

    from connectors.match_decide import Decision

    return Decision(f"opdrachtregel ({getpass.getuser()})", datetime.now(UTC))


def _show(row: Any) -> None:
    said, evidence = row["evidence"].get("delivered", {}), row["evidence"]
    name = said_name(said)
    say(f"{_number(row)}  {row['school']}  {row['source']} noemt {row['source_key']}: "
        f"{name or 'zonder naam'} {said.get('birth_date') or ''} {said.get('group') or ''}".rstrip())  # fmt: skip
    if row["family_name"] is None and row["given_name"] is None:
        say("    nog geen kandidaat; koppel met `kindblad match link`, of lees eerst de leerlingadministratie in")
        return
    known = " ".join(filter(None, (row["given_name"], row["prefix"], row["family_name"])))
    lines = [f"{words} {FOUND[evidence[trait]]}" for trait, words in TRAITS.items() if evidence.get(trait) in FOUND]
    say(f"    is dat {known} {row['birth_date'] or ''}? {', '.join(lines)}")
    if row["contradiction"]:
        mention(f"    let op: {CONTRADICTIONS.get(row['contradiction'], row['contradiction'])}")
