"""From a file that someone hands over to facts: kept aside, recognised, tried, and taken in when a person says so.

The trial is the import itself, rolled back (connectors/runner.py); both run as the owner of the tables, as on the
command line, and the file is thrown away as soon as it is in.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import PurePath
from typing import BinaryIO
from uuid import UUID

import sqlalchemy as sa

from api.clock import HERE
from api.db import make_engine
from api.problem import ForPeopleError
from api.schemas.sources import KindOption, Remark, Tried
from api.security.access import Visit
from api.services.sources import staging
from api.services.sources.overview import counted, schools_kept
from connectors.contract import Issue, SourceFile
from connectors.errors import ConnectorError, NeedsConfirmation
from connectors.recognise import FileKind, kinds, recognise
from connectors.runner import Outcome, run
from models.queries import provenance as read
from models.queries.scope import AnyRow, NotFoundError
from models.vocabulary import Role, Severity

NO_FILE = "Kies eerst een bestand."
UNKNOWN = (
    "Dit bestand herkennen we niet. Kijk of het de volledige uitvoer is, met de kop erbij, of zeg hieronder zelf wat "
    "het is: dan leest u waarom het niet kan."
)
NAMELESS = "bestand"
LONGEST_NAME, LONGEST_WHO = 120, 100
PLACES, REMARKS = 5, 100


def options() -> list[KindOption]:
    """List the kinds of files that can be handed over."""
    return [_option(kind) for kind in kinds().values()]


def hand_over(visit: Visit, school: UUID, content: BinaryIO | None, name: str, code: str = "") -> UUID:
    """Keep a file aside, see what it is and try it; returns the id under which it waits.

    `code` is the kind that a person chose; without one the file is looked at. Raises `ForPeopleError` without a file.
    """
    chosen = next((row for row in _schools(visit) if row.uid == school), None)
    if chosen is None:
        raise NotFoundError
    if content is None or not name:
        raise ForPeopleError(NO_FILE)
    data_dir = visit.kit.settings.data_dir
    uid = staging.put(data_dir, content)
    path = staging.path_of(data_dir, uid)
    tried = Tried(
        id=uid,
        school_id=chosen.id,
        school=chosen.code,
        file_name=PurePath(name.replace("\\", "/")).name[-LONGEST_NAME:] or NAMELESS,
        by=visit.signed_in.name,
        at=visit.now,
    )
    file = SourceFile(path, tried.file_name, path.stat().st_size)
    found = [kinds()[code]] if code in kinds() else recognise(file)
    staging.report(data_dir, _try_out(visit, tried, found))
    return uid


def choose(visit: Visit, uid: UUID, code: str) -> None:
    """Try a file again as the kind that a person says it is."""
    tried = find(visit, uid)
    if code in kinds():
        staging.report(visit.kit.settings.data_dir, _try_out(visit, tried, [kinds()[code]]))


def find(visit: Visit, uid: UUID) -> Tried:
    """Give a file that waits at a school this reader keeps; `NotFoundError` for any other."""
    tried = staging.find(visit.kit.settings.data_dir, uid, visit.now)
    if tried is None or tried.school_id not in schools_kept(visit):
        raise NotFoundError
    return tried


def may_confirm(visit: Visit, tried: Tried) -> bool:
    """Tell whether this reader may say that something unusual is right: directie of that school."""
    return tried.school_id in schools_kept(visit, {Role.HEAD})


def take_in(visit: Visit, uid: UUID, *, confirmed: bool) -> UUID | None:
    """Take a file in and throw it away; returns the delivery, or None when it could not go in after all.

    Only directie's `confirmed` counts.
    """
    tried = find(visit, uid)
    kind = kinds().get(tried.kind.code) if tried.kind else None
    if kind is None:
        raise NotFoundError
    try:
        outcome = _run(visit, tried, kind, dry_run=False, confirm=confirmed and may_confirm(visit, tried))
    except ConnectorError:
        staging.report(visit.kit.settings.data_dir, _try_out(visit, tried, [kind]))
        return None
    staging.drop(visit.kit.settings.data_dir, uid)
    return outcome.delivery


def throw_away(visit: Visit, uid: UUID) -> None:
    """Throw a file away that was not taken in."""
    staging.drop(visit.kit.settings.data_dir, find(visit, uid).id)


def _try_out(visit: Visit, tried: Tried, found: Sequence[FileKind]) -> Tried:
    bare = {name: getattr(tried, name) for name in ("id", "school_id", "school", "file_name", "by", "at")}
    if len(found) != 1:
        return Tried(**bare, choices=[_option(kind) for kind in found], refused="" if found else UNKNOWN)
    (kind,) = found
    try:
        outcome = _run(visit, tried, kind, dry_run=True, confirm=False)
    except ConnectorError as refusal:
        needs = isinstance(refusal, NeedsConfirmation)
        return Tried(**bare, kind=_option(kind), refused=refusal.message, needs_confirmation=needs)
    if outcome.applied_before:
        day = outcome.applied_before.astimezone(HERE)
        text = f"Precies dit bestand is al ingelezen, op {day:%d-%m-%Y} om {day:%H.%M}."
        return Tried(**bare, kind=_option(kind), text=text)
    return Tried(
        **bare,
        kind=_option(kind),
        text=counted(outcome),
        changes=bool(outcome.created or outcome.updated or outcome.vanished or outcome.rejected),
        rejected=outcome.rejected,
        dropped_sensitive=outcome.dropped_sensitive,
        remarks=list(_remarks(outcome.issues)),
    )


def _run(visit: Visit, tried: Tried, kind: FileKind, *, dry_run: bool, confirm: bool) -> Outcome:
    path = staging.path_of(visit.kit.settings.data_dir, tried.id)
    with _owner(visit) as engine:
        return run(
            *(engine, kind.connector, path),
            school=tried.school,
            settings=kind.settings,
            name=tried.file_name,
            requested_by=visit.signed_in.name[:LONGEST_WHO],
            now=visit.now,
            dry_run=dry_run,
            confirm=confirm,
        )


@contextmanager
def _owner(visit: Visit) -> Iterator[sa.Engine]:
    """An engine of its own: a file may take longer than a page may."""
    engine = make_engine(visit.kit.settings.owner)
    try:
        yield engine
    finally:
        engine.dispose()


def _remarks(issues: Sequence[Issue]) -> Iterator[Remark]:
    """Bring equal remarks together, what was not taken over first."""
    found: dict[tuple[Severity, str], list[str]] = defaultdict(list)
    for issue in issues:
        found[issue.severity, issue.message].append(issue.locator)
    ranked = sorted(found.items(), key=lambda each: (each[0][0] is not Severity.ERROR, -len(each[1])))
    for (severity, message), places in ranked[:REMARKS]:
        first = [place for place in places if place][:PLACES]
        yield Remark(message=message, is_error=severity is Severity.ERROR, count=len(places), places=first)


def _schools(visit: Visit) -> Sequence[AnyRow]:
    return read.schools_of(visit.connection, schools_kept(visit))


def _option(kind: FileKind) -> KindOption:
    return KindOption(code=kind.code, label=kind.label)
