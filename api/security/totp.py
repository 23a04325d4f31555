"""Codes of an authenticator app (TOTP, RFC 6238): six digits, thirty seconds, one period early or late, each once."""

import hmac
import io
from datetime import datetime

import pyotp
import segno

ISSUER = "Kindblad"
PERIOD = 30
SECRET_CHARACTERS = 32
"""In base 32: 160 bits."""


def make_secret() -> str:
    """Make a new seed, in base 32."""
    return pyotp.random_base32(SECRET_CHARACTERS)


def fitting_period(secret: str, code: str, now: datetime, last_used: int | None) -> int | None:
    """Tell which period this code belongs to; None when it does not fit, or when it or a later one was used before."""
    app = pyotp.TOTP(secret, interval=PERIOD)
    present = int(now.timestamp()) // PERIOD
    fitting = [
        period
        for period in (present - 1, present, present + 1)
        if hmac.compare_digest(app.generate_otp(period).encode(), code.encode())
    ]
    return next((period for period in fitting if last_used is None or period > last_used), None)


def qr_code(secret: str, login: str) -> str:
    """Draw what an app scans, as SVG without styles, so that it may stand in a page under our content policy."""
    address = pyotp.TOTP(secret, interval=PERIOD).provisioning_uri(name=login, issuer_name=ISSUER)
    drawn = io.BytesIO()
    segno.make(address, error="m").save(
        drawn, kind="svg", xmldecl=False, svgclass="qr", lineclass=None, omitsize=True, border=4, title="QR-code"
    )
    return drawn.getvalue().decode()
