"""Which passwords are refused, and that the good ones are long rather than strange."""

import pytest

from api.security.passwords import generate, make_hash, refusal, verify

ABOUT = ["kim@devliet.nl", "Kim de Bruijn", "Kindcentrum De Vliet"]


@pytest.mark.parametrize(
    "password",
    [
        "kort",
        "elf tekens.",
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
        "x" * 129,
    ],
)
def test_refused_with_a_sentence(password: str) -> None:
    assert refusal(password, ABOUT)


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery staple",
        "mijn fiets staat bij oma",
        "x7#Kq9!2mZ4p",
        "🐴🔋📎🚂🌳🏠🚲🧀🌷⚓🦆🐄",
        "y" * 60 + "abcd efg",
    ],
)
def test_accepted(password: str) -> None:
    assert refusal(password, ABOUT) is None


def test_a_generated_password_is_accepted_and_never_the_same() -> None:
    made = {generate() for _ in range(20)}

    assert len(made) == 20
    assert [refusal(password, ABOUT) for password in made] == [None] * 20


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
