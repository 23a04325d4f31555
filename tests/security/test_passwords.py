"""Which passwords are refused, and that the good ones are long rather than strange."""

from pathlib import Path

import pytest

from api.security import passwords
from api.security.passwords import BESIDE_SECOND_FACTOR, generate, make_hash, refusal, verify

COMMON = Path(passwords.__file__).with_name("common-passwords.txt")
ABOUT = ["kim@devliet.nl", "Kim de Bruijn", "Kindcentrum De Vliet"]


@pytest.mark.parametrize(
    "password",
    [
        "kort",
        "veertien teken",
        "Welkom123!!!",
        "W3lk0m2026!!",
        "wachtwoord1234",
        "123456789012",
        "aaaaaaaaaaaaaaaa",
        "qwertyuiop12",
        "Juf Kim 2026!",
        "kimdebruijn2014",
        "DeVliet-2026!",
        "kindcentrum 1",
        "Zomer2026Zomer2026",
        "x" * 1025,
        "12-03-2014 12-03-2014",
        "3 maart 2014!!!",
        "De Vliet 2026 De Vliet",
        "dragonmonkey2026",
        "Superman_Superman_1",
        "1qaz2wsx3edc4rfv",
        "P@ssw0rdP@ssw0rd",
        "sunshineprincess!!",
    ],
)
def test_b43_what_is_easily_guessed_is_refused_with_a_sentence(password: str) -> None:
    assert refusal(password, ABOUT)


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery staple",
        "mijn fiets staat bij oma",
        "x7#Kq9!2mZ4p-R_y",
        "🐴🔋📎🚂🌳🏠🚲🧀🌷⚓🦆🐄🎈🍎🎺",
        "y" * 60 + "abcd efg",
        "zon boom kaas tafel lamp " * 40,
        "  spaties  vooraan  en achteraan  ",
        "dragon kaasboer monkey fietsbel",
    ],
)
def test_b44_what_is_long_is_accepted_whatever_it_holds(password: str) -> None:
    assert refusal(password, ABOUT) is None


def test_beside_a_second_factor_twelve_characters_are_enough() -> None:
    assert refusal("fietsbel-hoi", ABOUT) is not None
    assert refusal("fietsbel-hoi", ABOUT, BESIDE_SECOND_FACTOR) is None
    assert refusal("fietsbel-ho", ABOUT, BESIDE_SECOND_FACTOR) is not None


def test_b43_none_of_the_three_thousand_most_common_is_accepted_at_any_length() -> None:
    """Nor doubled, with a year behind it, or beside another one."""
    known = [line for line in COMMON.read_text().splitlines() if not line.startswith("#")]

    assert len(known) >= 10_000
    tried = [text for word in known[:3000] for text in (word, f"{word}2026!", word * 2, f"{word}{known[0]}")]
    assert [text for text in tried if refusal(text, shortest=1) is None] == []


def test_a_generated_password_is_accepted_and_never_the_same() -> None:
    made = {generate() for _ in range(20)}

    assert len(made) == 20
    assert [refusal(password, ABOUT) for password in made] == [None] * 20


@pytest.mark.usefixtures("real_hashes")
def test_hashes_are_argon2id_with_our_parameters_and_older_ones_are_renewed() -> None:
    from pwdlib import PasswordHash
    from pwdlib.hashers.argon2 import Argon2Hasher

    older = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=1024, parallelism=1),)).hash("geheim genoeg zo")

    right, renewed = verify("geheim genoeg zo", older)

    assert make_hash("x").startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert right
    assert renewed is not None
    assert renewed.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert verify("iets anders", older) == (False, None)
    assert verify("wat dan ook", None)[0] is False
