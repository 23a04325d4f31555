"""Guessing is slowed down: after a few failures each next try waits twice as long, and everybody hears the same.

Failures are lines of the access log, so that all processes count together and a restart forgets nothing; they hold
digests, not who or where. Counted are failures for what is guessed (a login, a code) over all addresses, and all
failures from one address. Logins that do not exist count just the same.

A browser that logged in before as this person is counted by itself, and so is who is signed in already: a stranger who
hammers on a login, or from the network of the school, delays other strangers and not its people. A passkey is never
counted, because there is nothing to guess.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv6Address, ip_address

from starlette.requests import Request
from starlette.responses import Response

from api.security import keys, sessions
from api.security.access import Visit
from api.settings import Settings
from models.queries import audit

WINDOW = timedelta(minutes=10)
FIRST_WAIT = timedelta(seconds=10)
PER_ADDRESS = 50
"""Not five, as the usual advice is: a whole school shares one address at 8.25 on a Monday."""
CODE_TRIES = 5
"""Wrong second steps before it is waiting: six digits, typed from a telephone."""
KNOWN_FOR = timedelta(days=180)


class TooManyAttemptsError(Exception):
    """Too many failures lately; `seconds` is how long to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"nog {seconds} seconden")
        self.seconds = seconds

    @property
    def sentence(self) -> str:
        """Say how long to wait, rounded up, as anyone hears it who guessed at anything."""
        minutes = -(-self.seconds // 60)
        wait = (
            f"{self.seconds} seconden" if self.seconds < 60 else "een minuut" if minutes == 1 else f"{minutes} minuten"
        )
        return f"Er is te vaak geprobeerd. Wacht {wait} en probeer het opnieuw."


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try that is allowed to be made; `ground` is what the log keeps of it."""

    ground: str


def attempt(visit: Visit, guessed: str, most: int, *, is_own: bool = False) -> Attempt:
    """Allow one more try at what is guessed, or raise `TooManyAttemptsError`; `most` failures are free of waiting.

    `is_own` when someone who was let in before can only guess at their own: failures at their address do not count.
    """
    settings = visit.kit.settings
    here, what = (_digest(settings, text) for text in (address_of(visit.request, settings), guessed))
    failed = audit.failed_logins(visit.connection, visit.now - WINDOW, here, what)
    if failed.here >= PER_ADDRESS and not is_own:
        raise TooManyAttemptsError(int(WINDOW.total_seconds()))
    if failed.same >= most:
        wait = min(FIRST_WAIT * 2 ** min(failed.same - most, 10), WINDOW)
        left = (failed.latest + wait - visit.now).total_seconds()
        if left > 0:
            raise TooManyAttemptsError(int(left) + 1)
    return Attempt(f"{here} {what}")


def note(visit: Visit, tried: Attempt, account_id: int | None, *, right: bool) -> None:
    """Write down how a try went; raises when the log cannot be written, and then nobody is logged in."""
    action = audit.OK if right else audit.REFUSED
    line = {"at": visit.now, "account_id": account_id, "kind": audit.LOGIN, "action": action, "ground": tried.ground}
    visit.kit.log.write([line])


def address_of(request: Request, settings: Settings) -> str:
    """The address that tries to log in; behind our own proxy the one that the proxy saw, which nobody can invent.

    A proxy adds it behind what was sent, or as a line below that. Of an IPv6 address only the network counts: who has
    one has all 2^64 of it.
    """
    forwarded = ",".join(request.headers.getlist("x-forwarded-for")) if settings.behind_proxy else ""
    seen = forwarded.rpartition(",")[2].strip() or (request.client.host if request.client else "")
    try:
        address = ip_address(seen)
    except ValueError:
        return seen
    is_wide = isinstance(address, IPv6Address) and address.ipv4_mapped is None
    return str(int(address) >> 64) if is_wide else seen


def known_browser(visit: Visit, login: str) -> str:
    """The number of a browser that once was let in as this person; empty when it was not."""
    number, _, signature = visit.request.cookies.get(_known_cookie(visit.kit.settings), "").partition(".")
    return number if secrets.compare_digest(signature.encode(), _signature(visit, number, login).encode()) else ""


def remember(response: Response, visit: Visit, login: str) -> None:
    """Let this browser be known as one that was let in as this person; it opens nothing by itself."""
    number = secrets.token_urlsafe(16)
    settings = visit.kit.settings
    response.set_cookie(
        _known_cookie(settings),
        f"{number}.{_signature(visit, number, login)}",
        max_age=int(KNOWN_FOR.total_seconds()),
        secure=settings.cookie_secure,
        httponly=True,
        samesite="lax",
        path="/",
    )


def _known_cookie(settings: Settings) -> str:
    return f"{sessions.cookie_name(settings)}-known"


def _signature(visit: Visit, number: str, login: str) -> str:
    plain = login.strip().lower()  # a telephone types the first letter as a capital
    return keys.mac(visit.kit.settings, "known browser", f"{number}\n{plain}".encode()).hex()


def _digest(settings: Settings, text: str) -> str:
    """Enough to count by, nothing to read who tried from where."""
    return keys.mac(settings, "attempt", text.encode()).hex()[:24]
