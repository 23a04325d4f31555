"""What the reader agreed to do: beside the talks, for who has no group to find it with on Vandaag."""

from api.schemas.talks import Promise
from api.security.access import READ, Visit
from models.queries.promised import promised_by
from models.queries.scope import AnyRow, NotFoundError, grant_for, group_name
from models.rules.access import Kind
from models.rules.names import display_name
from models.rules.wording import short_day


def promises(visit: Visit) -> list[Promise]:
    """List the reader's own open agreements about children whom they may still see, the first due first; logged."""
    rows: dict[object, tuple[AnyRow, dict[int | None, str | None]]] = {}
    for row in promised_by(visit.connection, visit.scope):
        rows.setdefault(row.agreement_uid, (row, {}))[1][row.group_id] = row.group_name
    found = []
    for row, groups in rows.values():
        try:
            grant = grant_for(visit.scope, row.id, row.school_id, groups)
            ground = grant.ground_for(Kind.SUPPORT_PLAN)
        except NotFoundError:
            continue
        visit.lines.append(visit.line(Kind.SUPPORT_PLAN, row.id, grant, READ, ground))
        is_overdue = row.due_on is not None and row.due_on < visit.today
        before = f"vóór {short_day(row.due_on)}" if row.due_on else ""
        found.append(
            Promise(
                id=row.agreement_uid,
                child=row.uid,
                name=display_name(row),
                group=f"groep {group_name(row.group_name)}" if row.group_name else None,
                body=row.body,
                when=f"over tijd, {before}" if is_overdue else before,
                is_overdue=is_overdue,
            )
        )
    return found
