"""What someone sees about their own account."""

from datetime import datetime

from api.schemas.sheet import View


class SessionLine(View):
    """An open log-in; `handle` names it in a form and says nothing about its token."""

    handle: str
    started_at: datetime
    seen_at: datetime
    is_current: bool
    device: str
    """For instance "Chrome op Windows"; empty when the browser did not say."""
    how: str
    """For instance "wachtwoord en tweede stap"."""


class AccountPage(View):
    name: str
    login: str
    roles: list[str]
    """For instance "leraar · groep 6B"."""
    sessions: list[SessionLine]
    has_password: bool
    shortest_password: int
    manages_accounts: bool
    chooses_language: bool = False
    """Pages for parents are there in more languages than Dutch."""


class PasskeyLine(View):
    """A passkey; `handle` names it in a form."""

    handle: str
    name: str
    made_at: datetime
    used_at: datetime | None


class SecondFactor(View):
    """What someone has as a second step, and whether they must."""

    is_required: bool
    must_begin: bool
    """Nothing else opens until there is one."""
    has_app: bool
    passkeys: list[PasskeyLine]
    recovery_codes_left: int
    passkeys_at: str | None
    """The address at which passkeys work; None where there are none."""


class AppToConnect(View):
    """The seed of an authenticator app: to type over in groups of four, and as a drawing to scan."""

    secret: str
    qr_code: str
