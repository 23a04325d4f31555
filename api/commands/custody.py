"""`kindblad custody`: who has custody, what is not proven yet, and a change from a day or at once. Shows no names."""

import json
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import typer

from api.commands.noted import note
from api.commands.output import say
from api.commands.ready import open_database, schools
from api.problem import ForPeopleError

app = typer.Typer(
    help="Gezag: wie het heeft, wat nog niet is vastgesteld, en een wijziging vastleggen.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

AtSchool = Annotated[str | None, typer.Option("--school", help="BRIN of sleutel van één school; zonder opgave alle.")]


@app.command(name="list")
def list_custody(
    *,
    school: AtSchool = None,
    unproven: Annotated[bool, typer.Option("--unproven", help="Alleen wat nog niet is vastgesteld.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Als JSON, voor een programma.")] = False,
) -> None:
    """Toon per kind en ouder (als nummers) wie nu gezag heeft en waarop dat berust."""
    from api import clock
    from api.db import reading
    from models.queries import custody as read
    from models.rules.custody import is_proven

    now = clock.now()
    with open_database() as engine:
        with reading(engine) as connection:
            rows = [
                row
                for school_id in schools(connection, school)
                for row in read.guardianships(connection, school_id, clock.day_of(now), now)
                if not (unproven and is_proven(row.evidence))
            ]
        note(engine, ((row.school_id, row.pupil_id) for row in rows), "custody")
    lines = [
        {
            "pupil": str(row.pupil),
            "guardian": str(row.guardian),
            "relation": row.relation.label,
            "custody": bool(row.has_custody),
            "evidence": row.evidence.label if row.evidence else "volgens het bestand",
        }
        for row in rows
    ]
    if as_json:
        say(json.dumps(lines, ensure_ascii=False, indent=2))
        return
    for line in lines:
        held = "gezag" if line["custody"] else "geen gezag"
        say(f"{line['pupil']}  {line['guardian']}  {line['relation']:10} {held:10} {line['evidence']}")
    proven = sum(is_proven(row.evidence) for row in rows)
    say(f"{len(rows)} regels, waarvan {proven} vastgesteld.")


@app.command(name="set")
def set_custody(
    pupil: Annotated[UUID, typer.Argument(help="Nummer van het kind, uit `custody list`.")],
    guardian: Annotated[UUID, typer.Argument(help="Nummer van de ouder, uit `custody list`.")],
    custody: Annotated[str, typer.Argument(help="Wat gaat gelden: yes, no of unknown.")],
    *,
    evidence: Annotated[str, typer.Option(help="Wat is gezien: register, court, deed, civil of statement.")],
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Vanaf deze dag; zonder opgave nu meteen.")
    ] = None,
    remark: Annotated[str, typer.Option(help="Bijvoorbeeld het nummer van de beschikking.")] = "",
) -> None:
    """Leg gezag vast; wat eerder is vastgelegd blijft staan. Werkt bij het volgende verzoek van deze ouder."""
    from api import clock
    from api.db import reading
    from api.services import custody_records
    from models.queries import custody as read
    from models.vocabulary import Custody, CustodyEvidence

    new, seen_as, now = _coded(Custody, custody), _coded(CustodyEvidence, evidence), clock.now()
    with open_database() as engine:
        with reading(engine) as connection:
            bond = read.bond(connection, pupil, guardian)
            if bond is None:
                raise ForPeopleError("Deze ouder is geen ouder van dit kind; `kindblad custody list` toont de nummers.")
            records = read.all_records(connection, bond.pupil_id)
        theirs = [row for row in records if row.guardian_id == bond.guardian_id]
        starts_at = custody_records.start_of(since.date() if since else None, theirs, now)
        note(engine, [(bond.school_id, bond.pupil_id)], "custody", "wrote")
        custody_records.append(
            engine,
            school_id=bond.school_id,
            pupil_id=bond.pupil_id,
            guardian_id=bond.guardian_id,
            seen=max((row.version for row in records), default=0),
            custody=new,
            evidence=seen_as,
            starts_at=starts_at,
            remark=remark[:200],
            now=now,
            by="opdrachtregel",
        )
    say(f"Vastgelegd: {new.label}.")


def _coded(vocabulary: Any, value: str) -> Any:
    try:
        return vocabulary(value)
    except ValueError:
        known = ", ".join(f"{member.value} ({member.label})" for member in vocabulary)
        raise ForPeopleError(f"{value} is er niet bij; kies uit: {known}.") from None
