"""Passwords: argon2id with explicit parameters, and which ones are refused.

Twelve characters instead of eight with a breach list: a school server asks nobody outside, and four plain words are
easier to remember. No rules about capitals and digits, no expiry; up to 128 characters, pasted ones too (NIST 800-63B).
"""

import re
import secrets
import string
import unicodedata
from collections.abc import Iterable
from functools import cache

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

SHORTEST, LONGEST = 12, 128
OWN_CHARACTERS = 5
"""So many different characters must remain when digits and words that anyone would guess are taken out."""

GUESSED = (
    "wachtwoord", "welkom", "password", "kindblad", "qwertyuiop", "qwerty", "azerty", "asdfghjkl", "zxcvbnm",
    "abcdefghijklmnopqrstuvwxyz", "abcdefghijkl", "letmein", "iloveyou", "administrator", "admin", "geheim", "inloggen",
    "basisschool", "school", "groep", "juf", "juffrouw", "meester", "directeur", "leerling", "kinderen", "nederland",
    "amsterdam", "rotterdam", "denhaag", "utrecht", "feyenoord", "ajax", "lente", "zomer", "herfst", "winter",
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
    "december", "maandag", "vrijdag", "test", "demo",
)  # fmt: skip
LOOKALIKES = str.maketrans("013457@$", "oieastas")

_hashing = PasswordHash((Argon2Hasher(time_cost=3, memory_cost=64 * 1024, parallelism=4),))


def make_hash(password: str) -> str:
    """Hash a password; about a tenth of a second and 64 MiB on purpose."""
    return _hashing.hash(password)


def verify(password: str, stored: str | None) -> tuple[bool, str | None]:
    """Tell whether the password is right, and the hash to store instead when its parameters are out of date.

    Without a stored hash it takes just as long and the answer is no.
    """
    right, renewed = _hashing.verify_and_update(password[:LONGEST], stored or _nobodys_hash())
    return right and stored is not None, renewed


def prepare() -> None:
    """Make the hash that unknown logins are compared with, so that the first of them takes no longer than the rest."""
    _nobodys_hash()


@cache
def _nobodys_hash() -> str:
    return make_hash(secrets.token_urlsafe())


def generate() -> str:
    """Make a password that can be read aloud: four times four letters."""
    return "-".join("".join(secrets.choice(string.ascii_lowercase) for _ in range(4)) for _ in range(4))


def refusal(password: str, about: Iterable[str] = ()) -> str | None:
    """Say in Dutch why this password is not accepted; `about` are the names of the person, the login and the school."""
    if len(password) < SHORTEST:
        return f"Een wachtwoord heeft minstens {SHORTEST} tekens; vier gewone woorden achter elkaar is een goed begin."
    if len(password) > LONGEST:
        return f"Een wachtwoord heeft hooguit {LONGEST} tekens."
    plain = _plain(password)
    words = sorted({*GUESSED, *_words(about)}, key=len, reverse=True)
    if min(_own_characters(text, words) for text in (plain, plain.translate(LOOKALIKES))) < OWN_CHARACTERS:
        return "Dit wachtwoord is te makkelijk te raden: het lijkt op een bekend woord, uw naam of de school."
    return None


def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


def _words(about: Iterable[str]) -> set[str]:
    return {word for text in about for word in re.split(r"[^\w]+", _plain(text)) if len(word) > 2}


def _own_characters(text: str, words: Iterable[str]) -> int:
    for word in words:
        text = text.replace(word, "")
    return len(set(re.sub(r"[\d\s]", "", text)))
