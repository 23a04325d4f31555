"""`kindblad import`, `sources` and `stats`; `quarantine` and `match` stand in review.py."""

import json
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.commands import review
from api.commands.output import mention, say
from api.commands.ready import open_database, schools, start_log
from api.problem import ForPeopleError
from api.services.sources.words import COUNTED

if TYPE_CHECKING:
    import sqlalchemy as sa

    from connectors.contract import Issue, Progress
    from connectors.registry import AnyConnector
    from connectors.runner import Options, Outcome

ISSUES_SHOWN = 20
CONFIRM = "bevestiging_nodig"
"""The code of connectors.errors.NeedsConfirmation, which is imported only when a file is read."""

AtSchool = Annotated[str | None, typer.Option("--school", help="BRIN of sleutel van één school; zonder opgave alle.")]
AsJson = Annotated[bool, typer.Option("--json", help="Als JSON, voor een programma.")]


def register(app: typer.Typer) -> None:
    """Add the commands about data to the program."""
    app.command(name="import")(import_files)
    app.command()(sources)
    app.add_typer(review.quarantine, name="quarantine")
    app.add_typer(review.match, name="match")
    app.command()(stats)


def import_files(  # noqa: PLR0913 - one argument per option
    connector: Annotated[str, typer.Argument(metavar="SOORT", help="edexml, uwlr-results, practice of table.")],
    files: Annotated[list[Path], typer.Argument(metavar="BESTAND…", help="Een of meer bestanden van deze soort.")],
    *,
    school: Annotated[str, typer.Option("--school", help="Van welke school: BRIN (99ZZ, 99ZZ-01) of eigen sleutel.")],
    profile: Annotated[str | None, typer.Option(help="Bij table: hoe de kolommen heten, bijvoorbeeld scol.")] = None,
    source: Annotated[str | None, typer.Option(help="Eigen code van de bron, als er twee van één soort zijn.")] = None,
    label: Annotated[str | None, typer.Option(help="Naam van die bron zoals mensen hem kennen.")] = None,
    settings: Annotated[list[str] | None, typer.Option("--set", help="Instelling van de bron: NAAM=WAARDE.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Zeg alleen wat er zou veranderen.")] = False,
    confirm: Annotated[bool, typer.Option("--confirm", help="Ja, ook als er iets ongewoons aan is.")] = False,
    as_json: AsJson = False,
) -> None:
    """Lees bestanden van een school in.

    Elk bestand gaat in zijn geheel mee of helemaal niet. Hetzelfde bestand nog eens inlezen verandert niets.

    Einde 0: alles is binnen; 1: een deel staat in quarantaine; 2: een bestand is geweigerd.
    """
    options: Options = {"source": source, "label": label, "dry_run": dry_run, "confirm": confirm}
    options["requested_by"] = _who()
    reports, code, given = [], 0, _given(profile, settings or [])
    with open_database(with_log=False, as_owner=True) as engine:
        for file in files:
            progress = nullcontext() if as_json else _progress(file)
            outcome = _import_one(engine, (connector, given), file, school, options, progress)
            if as_json:
                reports.append(_as_json(outcome))
            else:
                _tell(file, outcome, is_dry_run=dry_run)
            code = max(code, 2 if isinstance(outcome, Exception) else int(outcome.rejected > 0))
    if as_json:
        say(json.dumps(reports[0] if len(reports) == 1 else reports, ensure_ascii=False))
    raise typer.Exit(code)


def sources(*, school: AtSchool = None, as_json: AsJson = False) -> None:
    """Toon de bronnen, wanneer ze voor het laatst leverden en wat er openstaat."""
    from api.db import reading
    from models.queries import provenance

    with open_database() as engine, reading(engine) as connection:
        rows = [row._asdict() for row in provenance.sources(connection, schools(connection, school))]
    if as_json:
        say(json.dumps(rows, ensure_ascii=False, default=str))
        return
    for row in rows:
        last = row["last_delivery"]
        received = f"laatst ontvangen {last:%d-%m-%Y}" if last else "nog niets ontvangen"
        waiting = f", {row['open_issues']} in quarantaine" if row["open_issues"] else ""
        unlinked = f", {row['unlinked']} van {row['pupils']} kinderen nog niet gekoppeld" if row["unlinked"] else ""
        say(f"{row['school']}  {row['code']:24} {row['label']:40} {received}{waiting}{unlinked}")
    if not rows:
        say("Er zijn nog geen bronnen; begin met `kindblad import edexml BESTAND --school BRIN`.")


def stats(*, school: AtSchool = None, as_json: AsJson = False) -> None:
    """Zeg wat er in de database zit, in aantallen."""
    from api.db import reading
    from models.queries import stats as queries

    with open_database() as engine, reading(engine) as connection:
        found = queries.stats(connection, schools(connection, school))
    if as_json:
        say(json.dumps(found))
        return
    for name, word in WORDS.items():
        number = found["practice"][name] if name in found["practice"] and name != "pupils" else found[name]
        say(f"{word:32} {number:>12,}".replace(",", "."))


WORDS = {
    "schools": "scholen",
    "pupils": "kinderen",
    "groups": "groepen",
    "memberships": "plaatsingen in groepen",
    "assessments": "toetsen en lijsten",
    "scores": "uitslagen",
    "answers": "antwoorden bij het oefenen",
    "correct": "  waarvan goed",
    "first_answers": "  eerste pogingen",
    "first_correct": "  eerste pogingen goed",
    "days": "  dagen waarop is geoefend",
    "notes": "notities",
    "deliveries": "verwerkte bestanden",
}


def _import_one(
    engine: "sa.Engine",
    source: tuple[str, dict[str, str]],
    file: Path,
    school: str,
    options: "Options",
    progress: AbstractContextManager["Progress | None"],
) -> "Outcome | Exception":
    from connectors.errors import ConnectorError
    from connectors.runner import run

    try:
        connector = _connector(source[0])
        settings = _settings(connector, source[1])
        with progress as report:
            return run(engine, connector, file, school=school, **{**options, "settings": settings, "progress": report})
    except (ConnectorError, ForPeopleError) as refusal:
        return refusal
    except Exception as error:  # noqa: BLE001 - the last one who can say that nothing has changed
        import structlog

        from api.settings import load_settings

        start_log(load_settings())
        structlog.get_logger().error("import", error=error)
        kind = type(error).__name__
        return ForPeopleError(
            f"{file.name}: er ging iets mis in Kindblad zelf ({kind}); er is niets veranderd. Meld dit aan de maker, "
            "met de regel hierboven."
        )


def _connector(connector_id: str) -> "AnyConnector":
    from connectors.registry import MODULES, find

    if (connector := find(connector_id)) is None:
        raise ForPeopleError(f"De soort {connector_id} is er niet; kies uit {', '.join(MODULES)}.")
    return connector


def _settings(connector: "AnyConnector", given: dict[str, str]) -> Any:
    from pydantic import ValidationError

    try:
        return connector.settings_model(**given)
    except ValidationError as error:
        problem = error.errors(include_url=False)[0]
        name = str(problem["loc"][0]) if problem["loc"] else "de instellingen"
        known = ", ".join(connector.settings_model.model_fields) or "geen"
        reason = {
            "missing": "moet worden opgegeven",
            "extra_forbidden": "hoort niet bij deze soort",
        }.get(problem["type"], "heeft een waarde die niet kan")
        option = "--profile" if name == "profile" else f"--set {name}"
        raise ForPeopleError(f"{option} {reason}. Instellingen van {connector.id}: {known}.") from None


def _given(profile: str | None, settings: list[str]) -> dict[str, str]:
    given = {}
    for setting in settings:
        name, sign, value = setting.partition("=")
        if not sign:
            raise ForPeopleError(f"--set {setting} klopt niet: schrijf NAAM=WAARDE.")
        given[name.strip()] = value.strip()
    return given | ({"profile": profile} if profile else {})


def _progress(file: Path) -> AbstractContextManager["Progress | None"]:
    """Show a progress bar on a terminal, on stderr so that the result can be piped."""
    return _bar(file) if sys.stderr.isatty() else nullcontext()


@contextmanager
def _bar(file: Path) -> Iterator["Progress"]:
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(file.name, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _as_json(outcome: "Outcome | Exception") -> dict[str, Any]:
    if isinstance(outcome, Exception):
        issue = {
            "code": getattr(outcome, "code", "geweigerd"),
            "locator": getattr(outcome, "locator", ""),
            "message": str(outcome),
        }
        return {"delivery": None, **dict.fromkeys(COUNTED, 0), "issues": [issue]}
    issues = [{"code": i.code, "locator": i.locator, "message": i.message} for i in outcome.issues]
    delivery = str(outcome.delivery) if outcome.delivery else None
    return {"delivery": delivery, **{name: getattr(outcome, name) for name in COUNTED}, "issues": issues}


def _tell(file: Path, outcome: "Outcome | Exception", *, is_dry_run: bool) -> None:
    if isinstance(outcome, Exception):
        mention(str(outcome))
        if getattr(outcome, "code", "") == CONFIRM:
            mention("  Bevestigen doet u met --confirm.")
        return
    if outcome.applied_before:
        day = outcome.applied_before.astimezone()
        say(f"{file.name}: al verwerkt op {day:%d-%m-%Y om %H.%M}; er is niets veranderd.")
        return
    would = " (proef: er is niets veranderd)" if is_dry_run else ""
    counted = ", ".join(f"{getattr(outcome, name)} {words}" for name, words in COUNTED.items())
    say(f"{file.name}{would}: {counted}.")
    for issue in outcome.issues[:ISSUES_SHOWN]:
        mention(_line(issue))
    if (more := len(outcome.issues) - ISSUES_SHOWN) > 0:
        mention(f"  … en nog {more}; `kindblad quarantine list` toont alles.")
    if outcome.dropped_sensitive:
        mention(f"  {outcome.dropped_sensitive} keer een BSN of ander nummer dat Kindblad niet bewaart: weggegooid.")


def _line(issue: "Issue") -> str:
    place = f"{issue.locator}: " if issue.locator else ""
    return f"  {issue.severity.label}: {place}{issue.message}"


def _who() -> str:
    import getpass

    try:
        return f"opdrachtregel ({getpass.getuser()})"
    except (OSError, KeyError):  # a container without a user name
        return "opdrachtregel"
