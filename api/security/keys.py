"""The one secret of this server, made at the first start when none is given, and what is derived from it.

Whoever has the database but not this key cannot forge a form, read the seed of an authenticator app or try out codes.
Each purpose has a key of its own, so that what is made for one never passes for another.
"""

import hashlib
import hmac
import os
import secrets
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from api.settings import Settings

FILE = "secret.key"
NONCE = 12


class SealError(Exception):
    """What was sealed cannot be opened: another key, another owner, or bytes that were changed."""


def mac(settings: Settings, purpose: str, message: bytes) -> bytes:
    """Sign a message for one purpose: 32 bytes that nobody makes without the key."""
    return hmac.digest(_derived(settings, purpose), message, "sha256")


def seal(settings: Settings, purpose: str, content: bytes, owner: bytes) -> bytes:
    """Encrypt something to keep; it opens only with the same key, for the same purpose and owner."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(_derived(settings, purpose)).encrypt(nonce, content, owner)


def unseal(settings: Settings, purpose: str, sealed: bytes, owner: bytes) -> bytes:
    """Decrypt what `seal` made; raises `SealError`."""
    try:
        return AESGCM(_derived(settings, purpose)).decrypt(sealed[:NONCE], sealed[NONCE:], owner)
    except InvalidTag as error:
        raise SealError from error


@cache
def _derived(settings: Settings, purpose: str) -> bytes:
    return hmac.digest(_master(settings), purpose.encode(), "sha256")


def _master(settings: Settings) -> bytes:
    if settings.secret_key:
        return hashlib.sha256(settings.secret_key.encode()).digest()
    file = settings.data_dir / FILE
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not file.exists():
        # Written apart and linked into place: another process sees no file or the whole key, and only one wins.
        part = file.with_name(f"{FILE}.{secrets.token_hex(8)}")
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as target:
            target.write(secrets.token_urlsafe(32))
        try:
            os.link(part, file)
        except FileExistsError:
            pass
        finally:
            part.unlink()
    return hashlib.sha256(file.read_bytes()).digest()
