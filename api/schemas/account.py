"""What someone sees about their own account."""

from datetime import datetime

from api.schemas.sheet import View


class SessionLine(View):
    """An open log-in; `handle` names it in a form and says nothing about its token."""

    handle: str
    started_at: datetime
    seen_at: datetime
    is_current: bool


class AccountPage(View):
    name: str
    login: str
    roles: list[str]
    """For instance "leraar · groep 6B"."""
    sessions: list[SessionLine]
