"""The accounts of a school as directie and beheer see them; no child in sight."""

from datetime import datetime
from uuid import UUID

from api.schemas.sheet import View


class StaffChoice(View):
    """A member of staff on the roll; `why` it is proposed, in words."""

    id: UUID
    name: str
    why: str = ""


class AccountLine(View):
    """One account: who, as what, and with what they log in."""

    id: UUID
    name: str
    login: str
    roles: list[str]
    """For instance "leraar · groep 6B · tot en met 01-02-2027"."""
    means: list[str]
    """Of "wachtwoord", "app" and "passkey"."""
    seen_at: datetime | None
    invited_until: datetime | None
    is_off: bool
    not_listed_since: datetime | None
    """Since when the roll of the school no longer names this member of staff."""
    is_family: bool
    is_self: bool
    may_write_letters: bool
    staff: str | None
    """Who this is on the roll, as someone said."""
    proposed: StaffChoice | None
    """Who this may be on the roll, for someone to confirm."""


class AccountList(View):
    staff: list[AccountLine]
    family: list[AccountLine]
    roles: dict[str, str]
    """With which roles an account can be made here: value and word."""
    on_the_roll: list[StaffChoice]
