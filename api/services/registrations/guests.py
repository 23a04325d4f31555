"""Taking part in a round with a code and no account: MR, parents, whoever the school asks.

The browser holds a random token, the database its SHA-256; wrong codes are slowed down like wrong passwords. Whoever
comes in sees the questions of one round and nothing else of the school.
"""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from starlette.responses import Response

from api.db import for_schools, writing
from api.problem import ForPeopleError
from api.schemas.registrations import Ballot, NewOpinion
from api.security import codes, patience, sessions
from api.security.access import Visit
from api.services.registrations import rounds, voting
from api.services.registrations.page import is_open
from models import wall
from models.queries import registrations as read
from models.registration import RegistrationCode, RegistrationVoice
from models.vocabulary import Voice

STAYS = timedelta(days=60)


class NoSeatError(Exception):
    """Someone did not come in with a code in this browser, or not any more."""


class WrongCodeError(Exception):
    """The code is none, is used up, or its round is closed: all the same to who guesses."""


def enter(visit: Visit, code: str) -> str:
    """Take a seat with a code and give the token for the browser; or `WrongCodeError`, `TooManyAttemptsError`.

    Who types the code again in the same browser goes on in the same seat.
    """
    hashed = codes.digest(visit.kit.settings, rounds.CODE, code)
    tried = patience.attempt(visit, f"registrations {hashed.hex()}", patience.CODE_TRIES)
    wall.see_all(visit.connection)  # the code itself says of which school it is
    found = read.code_row(visit.connection, hashed)
    if found is not None and is_open(found, visit.today):
        token = _token(visit) if _has_seat(visit, found.id) else seat(visit, found)
        if token:
            patience.note(visit, tried, None, right=True)
            return token
    patience.note(visit, tried, None, right=False)
    raise WrongCodeError


def seat(visit: Visit, found: Any) -> str:
    """Take one of the seats, when there is one left at this very moment."""
    token = secrets.token_urlsafe(32)
    with for_schools([found.school_id]), writing(visit.kit.engine) as connection:
        connection.execute(sa.select(RegistrationCode.id).where(RegistrationCode.id == found.id).with_for_update())
        taken = sa.select(sa.func.count()).where(RegistrationVoice.code_id == found.id)
        if connection.execute(taken).scalar_one() >= found.seats:
            return ""
        connection.execute(
            sa.insert(RegistrationVoice).values(
                school_id=found.school_id,
                round_id=found.round_id,
                voice=found.voice,
                code_id=found.id,
                token_hash=_hash(token),
                begun_at=visit.now,
            )
        )
    return token


def under_way(visit: Visit) -> str:
    """The title of the open round in which this browser has a seat, or ""."""
    try:
        guest = _guest(visit)
    except NoSeatError:
        return ""
    return str(guest.title) if is_open(guest, visit.today) else ""


def compose(visit: Visit) -> Ballot:
    """The questions for who came in with a code; raises `NoSeatError` for anyone else."""
    guest = _guest(visit)
    return voting.ballot(visit, guest, guest.round_id, guest.school, Voice(guest.voice), guest.id)


def vote(visit: Visit, opinions: Iterable[NewOpinion]) -> None:
    """Keep what they think, until the round closes."""
    guest = _guest(visit)
    if not is_open(guest, visit.today):
        raise ForPeopleError(voting.CLOSED)
    with for_schools([guest.school_id]), writing(visit.kit.engine) as connection:
        voting.take_turns(connection, visit, guest.round_id)
        voting.keep(connection, visit, guest.school_id, guest.round_id, guest.id, opinions)


def remember(response: Response, visit: Visit, token: str) -> None:
    """Hand the browser its token, so that someone can go on later."""
    settings = visit.kit.settings
    response.set_cookie(
        cookie_name(visit),
        token,
        max_age=int(STAYS.total_seconds()),
        secure=settings.cookie_secure,
        httponly=True,
        samesite="lax",
        path="/",
    )


def _has_seat(visit: Visit, code_id: int) -> bool:
    found = read.guest(visit.connection, _hash(_token(visit)))
    return found is not None and found.code_id == code_id


def _token(visit: Visit) -> str:
    return visit.request.cookies.get(cookie_name(visit), "")


def _guest(visit: Visit) -> Any:
    if not _token(visit):
        raise NoSeatError
    wall.see_all(visit.connection)
    found = read.guest(visit.connection, _hash(_token(visit)))
    if found is None:
        raise NoSeatError
    wall.see(visit.connection, [found.school_id])
    return found


def cookie_name(visit: Visit) -> str:
    """Under which name the browser keeps its token."""
    return f"{sessions.cookie_name(visit.kit.settings)}-round"


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
