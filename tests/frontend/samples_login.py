"""Pages of logging in as the routes give them: letter, choice, second step, app, codes, accounts."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from api.schemas.account import AppToConnect, PasskeyLine, SecondFactor
from api.schemas.accounts import AccountLine, AccountList, StaffChoice
from api.security import totp
from api.services.letters import Letter

Word = Callable[[str], str]
Pages = dict[str, tuple[str, dict[str, Any]]]
NOW = datetime(2026, 11, 22, 8, 25, tzinfo=UTC)
AT = "https://kindblad.devliet.example"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def contexts(word: Word = str) -> Pages:
    """All pages of logging in but the first, by a name of their own."""
    me = word("Kim de Bruijn")
    keys = [
        PasskeyLine(handle=f"p{at}", name=word("laptop op school"), made_at=NOW, used_at=NOW if at else None)
        for at in range(2)
    ]
    nothing = SecondFactor(
        is_required=True, must_begin=True, has_app=False, passkeys=[], recovery_codes_left=0, passkeys_at=word(AT)
    )
    all_of_it = nothing.model_copy(
        update={"must_begin": False, "has_app": True, "passkeys": keys, "recovery_codes_left": 7}
    )
    app = AppToConnect(secret=SECRET, qr_code=totp.qr_code(SECRET, word("kim@devliet.example")))
    step = {"me": None, "back": word("/kind/1"), "passkeys_at": AT, "problem": word("Die code klopt niet.")}
    letter = {"me": None, "login": word("kim"), "problem": word("De code is verlopen.")}
    choice = {"me": None, "name": me, "login": word("kim"), "shortest": 12, "problem": word("Te kort.")}
    colleague = AccountLine(
        id=UUID(int=1), name=me, login=word("kim@devliet.example"), roles=[word("leraar · groep 6B")],
        means=["wachtwoord", "app"], seen_at=NOW, invited_until=NOW, is_off=False, not_listed_since=NOW,
        is_family=False, is_self=False, may_write_letters=True, staff=None,
        proposed=StaffChoice(id=UUID(int=9), name=me, why=word("zelfde naam")),
    )  # fmt: skip
    off = colleague.model_copy(update={"id": UUID(int=2), "is_off": True, "means": [], "staff": me, "proposed": None})
    self = colleague.model_copy(update={"id": UUID(int=3), "is_self": True, "not_listed_since": None})
    accounts = AccountList(
        staff=[colleague, off, self],
        family=[off.model_copy(update={"id": UUID(int=4)})],
        roles={"teacher": "leraar", "ib": "IB'er"},
        on_the_roll=[StaffChoice(id=UUID(int=at), name=word(f"Collega {at}")) for at in range(3)],
    )
    paper = Letter(name=me, login=word("kim@devliet.example"), code="K7QF-9MTA-2BCD", expires_at=NOW, address=AT)
    return {
        "typed": ("errors/typed.html", {"typed": [word("Noor hielp vandaag een ander kind met breuken.")] * 2}),
        "accounts": ("pages/accounts.html", {"me": me, "accounts": accounts, "problem": word("Uw eigen account.")}),
        "letter": ("pages/letter.html", {"me": me, "letter": paper}),
        "letter-without-address": ("pages/letter.html", {"me": me, "letter": replace(paper, address="")}),
        "second-step": ("pages/second_step.html", step | {"has": all_of_it}),
        "second-factor": ("pages/second_factor.html", {"me": me, "has": all_of_it}),
        "second-factor-first": ("pages/second_factor.html", {"me": me, "has": nothing}),
        "connect-app": ("pages/connect_app.html", {"me": me, "app": app, "problem": word("Die code klopt niet.")}),
        "recovery-codes": ("pages/recovery_codes.html", {"me": me, "codes": [word("K7QF-9MTA-2BCD")] * 10}),
        "invitation": ("pages/invitation.html", letter),
        "choose": ("pages/choose.html", choice | {"passkeys_at": AT}),
        "choose-password": ("pages/choose.html", choice | {"passkeys_at": None}),
    }
