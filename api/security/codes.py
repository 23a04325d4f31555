"""Codes that people type over from paper: no letters that look alike, grouped, and kept only as a keyed hash."""

import secrets

from api.security import keys
from api.settings import Settings

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without 0 and O, 1 and I."""
GROUP = 4


def make(groups: int) -> str:
    """Make a code like "K7QF-9MTA"; each group of four is worth 20 bits."""
    parts = ("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(groups))
    return "-".join(parts)


def digest(settings: Settings, purpose: str, code: str) -> bytes:
    """What the database keeps of a code, however it was typed; without the key of the server nothing to try out."""
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    return keys.mac(settings, purpose, plain.encode())
