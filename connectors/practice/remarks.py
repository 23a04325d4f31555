"""What the school reads about a file of answers: records that were refused, contradictions, a file that breaks off."""

from collections.abc import Sequence

from connectors.contract import Issue
from connectors.errors import FileRefused
from connectors.practice.form import Form
from connectors.practice.intake import BAD_KEPT, Intake
from connectors.practice.reading import Rejected
from models.vocabulary import Severity

STREAM = "answer"
REMEDY = "Verbeter dit in de bron of in het bestand en bied het opnieuw aan; wat al geteld is telt niet dubbel."
EXPECTED = {
    "SubmittedAnswerId": "hier hoort een geheel getal",
    "SubmitDateTime": "hier hoort een tijdstip in UTC, zoals 2015-03-24T11:30:00.000, na 1999 en niet in de toekomst",
    "Correct": "hier hoort 1 of 0 (of true of false)",
    "Progress": "hier hoort een geheel getal",
    "UserId": "hier hoort het kenmerk van de leerling bij het platform, zonder # ervoor",
    "ExerciseId": "hier hoort een geheel getal",
    "Difficulty": "hier hoort een getal, NULL of -200",
    "LearningObjective": "vak, domein of leerdoel is langer dan past",
}
NO_RECORD = {
    "MISSING COLUMNS": "de regel heeft te weinig kolommen",
    "TOO MANY COLUMNS": "de regel heeft te veel kolommen",
    "UNQUOTED VALUE": "een aanhalingsteken wordt niet gesloten",
    "INVALID ENCODING": "de tekst is niet als UTF-8 te lezen",
}


def refuse_unsound(form: Form, intake: Intake, rejected: Sequence[Rejected]) -> None:
    """Raise `FileRefused` when the file breaks off, or when more than half of it cannot be read."""
    broken = [line.line for line in rejected] + [_line(record, rejected) for record, _ in intake.bad]
    lines = intake.records + len(rejected) + 1
    if form.ends_open and lines in broken:
        raise FileRefused(
            f"{form.name}, regel {lines}: het bestand breekt midden in een regel af. Maak de export opnieuw.",
            locator=f"regel {lines}",
        )
    bad, all_records = intake.bad_count + len(rejected), intake.records + len(rejected)
    if bad * 2 > all_records:
        first = min(of_bad_records(form, intake, rejected), key=lambda issue: issue.locator)
        raise FileRefused(
            f"{form.name}: {bad} van de {all_records} antwoorden zijn niet te lezen, dus er is niets overgenomen."
            f" Bijvoorbeeld {first.locator}: {first.message}",
            locator=first.locator,
        )


def of_bad_records(form: Form, intake: Intake, rejected: Sequence[Rejected]) -> list[Issue]:
    """Name the refused records one by one, up to a limit, and count the rest."""
    issues = [
        _error("regel_onleesbaar", f"regel {line.line}", NO_RECORD.get(line.reason, "de regel is niet te lezen"))
        for line in rejected[:BAD_KEPT]
    ]
    for record, column in intake.bad:
        place = f"regel {_line(record, rejected)}" if form.kind == "csv" else f"antwoord {record + 1} in de lijst"
        issues.append(_error("veld_onleesbaar", f"{place}, kolom {column}", EXPECTED[column]))
    more = intake.bad_count + len(rejected) - len(issues)
    if more:
        issues.append(_error("meer_onleesbaar", form.name, f"nog {more} antwoorden zijn niet overgenomen"))
    return issues


def of_contradictions(ids: Sequence[int]) -> list[Issue]:
    """Name the answers that came twice with different content, up to a limit."""
    message = (
        "Dit antwoord staat meer dan eens in het bestand, met verschillende inhoud; het vroegste telt."
        " Vraag de leverancier welk antwoord juist is."
    )
    return [
        Issue("antwoord_tegenstrijdig", message, f"SubmittedAnswerId {id_}", Severity.WARNING, STREAM, str(id_))
        for id_ in ids[:BAD_KEPT]
    ]


def _error(code: str, locator: str, what: str) -> Issue:
    return Issue(code, f"{what[0].upper()}{what[1:]}. {REMEDY}", locator, Severity.ERROR, STREAM)


def _line(record: int, rejected: Sequence[Rejected]) -> int:
    """Give the line of a record in a CSV file (header is line 1), counting the lines that were no record."""
    line = record + 2
    for each in rejected:
        if each.line > line:
            break
        line += 1
    return line
