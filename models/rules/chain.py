"""The chain of the access log: each line is hashed together with the hash of the line before it.

Whoever changes, removes or slips in a line, breaks the hash of that line and with it all that come after.
"""

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime

START = bytes(32)
"""What stands before the first line."""

_form = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
Field = str | int | None


def link(previous: bytes, number: int, fields: Sequence[Field]) -> bytes:
    """Return the SHA-256 (32 bytes) of a line that follows `previous`.

    The line is hashed as a JSON array of its number and its fields, without spaces, in UTF-8: a form that anyone can
    make again from an extract, and in which no two lines look alike.
    """
    return hashlib.sha256(previous + _form((number, *fields)).encode()).digest()


def moment(at: datetime) -> str:
    """Return a moment as it is hashed: UTC, microseconds, "2026-11-22 17:00:00.000000"."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
