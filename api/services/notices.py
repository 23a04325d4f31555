"""What waits for someone where they begin: questions of parents, what was opened for a reason, the journal."""

from api.clock import day_of
from api.schemas.emergency import Notice
from api.security import emergency_journal
from api.security.access import SOURCES, Visit
from api.services import log_review
from api.services.reason import REVIEW_WITHIN
from api.services.requests import month_later
from api.services.retention.overview import overdue
from api.services.sources.overview import schools_kept
from frontend.formatting import clock, long_day, plural
from models.copy_request import CopyRequest
from models.custody import InformationRequest
from models.queries import colleagues, corrections, emergency, provenance, standing_in
from models.queries.asked import count_open, schools_led
from models.queries.scope import group_name
from models.vocabulary import Role


def notices(visit: Visit) -> list[Notice]:
    """List what waits for this reader, the most urgent first; nothing is read for who cannot do anything about it."""
    roles = visit.scope.roles
    found: list[Notice] = []
    if Role.HEAD in roles:
        found += _journal(visit) + _requests(visit) + _copies(visit) + _keeping(visit) + log_review.notices(visit)
    if roles & colleagues.MANAGERS:
        found += _left(visit)
    if roles & SOURCES.roles:
        found += _who_is_who(visit)
    if roles & {Role.HEAD, Role.IB}:
        found += _uses(visit)
    if roles & {Role.HEAD, Role.IB}:
        found += _disputed(visit)
    if Role.SUBSTITUTE in roles:
        found += _standing_in(visit)
    if roles & {Role.TEACHER, Role.SUBSTITUTE, Role.HEAD, Role.IB}:
        found += [
            Notice(text=f"U hebt iets open met reden, tot {clock(row.ends_at)}.", link="/reden")
            for row in emergency.open_now(visit.connection, visit.scope)
        ]
    return sorted(found, key=lambda notice: not notice.is_urgent)


def _standing_in(visit: Visit) -> list[Notice]:
    given = standing_in.given_today(visit.connection, visit.scope)
    return [
        Notice(
            text=f"U staat vandaag voor groep {group_name(row.name)}: open de invalkaart.",
            link=f"/groep/{row.uid}/invalkaart",
        )
        for row in given
    ]


def _journal(visit: Visit) -> list[Notice]:
    waiting = emergency_journal.lines(visit.kit.settings.data_dir, schools_led(visit.scope))
    if not waiting:
        return []
    text = f"Noodjournaal: {plural(len(waiting), 'inzage staat', 'inzages staan')} nog niet in het logboek."
    return [Notice(text=text, link="/nood/journaal", is_urgent=True)]


def _requests(visit: Visit) -> list[Notice]:
    count, due = count_open(visit.connection, visit.scope, InformationRequest)
    if not count:
        return []
    text = plural(count, "verzoek van een ouder zonder gezag wacht", "verzoeken van ouders zonder gezag wachten")
    text += f" op uw besluit; antwoord vóór {long_day(due)}."
    return [Notice(text=text, link="/verzoeken", is_urgent=due < visit.today)]


def _copies(visit: Visit) -> list[Notice]:
    count, due = count_open(visit.connection, visit.scope, CopyRequest)
    if not count:
        return []
    text = plural(count, "ouder vraagt een kopie van alles", "ouders vragen een kopie van alles")
    return [Notice(text=f"{text}; antwoord vóór {long_day(due)}.", link="/verzoeken", is_urgent=due < visit.today)]


def _disputed(visit: Visit) -> list[Notice]:
    count, since = corrections.count_open(visit.connection, visit.scope)
    if not count or since is None:
        return []
    due = month_later(day_of(since))
    text = plural(count, "keer zegt een ouder dat iets niet klopt", "keer zegt een ouder dat iets niet klopt")
    return [Notice(text=f"{text}; antwoord vóór {long_day(due)}.", link="/betwist", is_urgent=due < visit.today)]


def _keeping(visit: Visit) -> list[Notice]:
    behind = [text for school_id in schools_led(visit.scope) if (text := overdue(visit, school_id))]
    return [Notice(text=text, link="/bewaren", is_urgent=True) for text in behind]


def _left(visit: Visit) -> list[Notice]:
    count = colleagues.count_not_listed(visit.connection, visit.scope)
    if not count:
        return []
    text = plural(count, "medewerker met een account staat", "medewerkers met een account staan")
    return [Notice(text=f"{text} niet meer in de personeelslijst.", link="/beheer/accounts", is_urgent=True)]


def _who_is_who(visit: Visit) -> list[Notice]:
    _, count = provenance.count_waiting(visit.connection, schools_kept(visit))
    if not count:
        return []
    text = f"{count} keer is niet zeker of een bron hetzelfde kind bedoelt; tot dan staat dat op geen blad."
    return [Notice(text=text, link="/bronnen/wie-is-wie")]


def _uses(visit: Visit) -> list[Notice]:
    count, oldest = emergency.count_unreviewed(visit.connection, visit.scope)
    if not count or oldest is None:
        return []
    text = f"{count} keer is iets geopend met reden, en nog niet nagekeken door de directie."
    return [Notice(text=text, link="/reden/gebruikt", is_urgent=visit.now - oldest > REVIEW_WITHIN)]
