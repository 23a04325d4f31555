"""Passwords: argon2id with explicit parameters, and which ones are refused.

Fifteen characters where the password is all there is, twelve beside a second factor; a shipped list of common ones,
because a school server asks nobody outside. No rules about capitals and digits, no expiry; long and pasted ones are
welcome and nothing is cut off (NIST 800-63B-4). What hashes takes turns: see api/security/turns.py.
"""

import re
import secrets
import string
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

ALONE, BESIDE_SECOND_FACTOR, LONGEST = 15, 12, 1024
OWN_CHARACTERS = 5
"""So many different characters must remain when digits and words that anyone would guess are taken out."""
COMMON_AT_MOST = 2
"""Two common passwords in a row are one try for who guesses; three or four plain words are not."""

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
    right, renewed = _hashing.verify_and_update(password, stored or _nobodys_hash())
    return right and stored is not None, renewed


def prepare() -> None:
    """Make the hash that unknown logins are compared with, so that the first of them takes no longer than the rest."""
    _nobodys_hash()
    _common()


@cache
def _nobodys_hash() -> str:
    return make_hash(secrets.token_urlsafe())


def generate() -> str:
    """Make a password that can be read aloud: four times four letters."""
    return "-".join("".join(secrets.choice(string.ascii_lowercase) for _ in range(4)) for _ in range(4))


def refusal(password: str, about: Iterable[str] = (), shortest: int = ALONE) -> str | None:
    """Say in Dutch why this password is not accepted; `about` are the names of the person, the login and the school."""
    if len(password) < shortest:
        return f"Een wachtwoord heeft minstens {shortest} tekens; vier gewone woorden achter elkaar is een goed begin."
    if len(password) > LONGEST:
        return f"Een wachtwoord heeft hooguit {LONGEST} tekens."
    plain = _plain(password)
    words = sorted({*GUESSED, *_words(about)}, key=len, reverse=True)
    readings = (plain, plain.translate(LOOKALIKES))
    left = (_own_characters(text, words, first) for text in readings for first in (_without_common, _unchanged))
    if min(left) < OWN_CHARACTERS:
        return "Dit wachtwoord is te makkelijk te raden: het lijkt op een bekend wachtwoord, uw naam of de school."
    return None


def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


def _words(about: Iterable[str]) -> set[str]:
    return {word for text in about for word in re.split(r"[^\w]+", _plain(text)) if len(word) > 2}


def _own_characters(text: str, words: Iterable[str], first: Callable[[str], str]) -> int:
    """Count the different characters left without digits, guessable words and the two longest common passwords."""
    text = first(re.sub(r"^(.+?)\1+$", r"\1", text))
    for word in words:
        text = text.replace(word, " ")
    if first is _unchanged:
        text = _without_common(text)
    return len(set(re.sub(r"[\d\s]", "", text)))


def _unchanged(text: str) -> str:
    return text


def _without_common(text: str) -> str:
    for _ in range(COMMON_AT_MOST):
        text = text.replace(_longest_common_in(text) or " ", " ")
    return text


def _longest_common_in(text: str) -> str:
    known = _common()
    parts = (text[at : at + size] for size in range(_LONGEST_COMMON, 3, -1) for at in range(len(text) - size + 1))
    return next((part for part in parts if part in known), "")


_LONGEST_COMMON = 20


@cache
def _common() -> frozenset[str]:
    lines = (Path(__file__).parent / "common-passwords.txt").read_text().splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))
