"""Keys of people: what may serve as identity and what may not.

A key that begins with `#` is valid inside one file only (EDEXML manual); a nine-digit key that passes the eleven-proof
may be a BSN, which is dropped before anything is stored.
"""

import re

from connectors.kit.objections import Objection

MAX_KEY = 256
_ECK_ID = re.compile(r"https://\S{12,248}")
_NINE_DIGITS = re.compile(r"\d{9}", re.ASCII)
_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)

KEY_OBJECTIONS = {
    "sleutel_ontbreekt": "De sleutel ontbreekt; vul in het bronsysteem een leerlingnummer of code in.",
    "sleutel_dummy": "De sleutel begint met # en geldt alleen in dit bestand, zo is iemand later niet terug te vinden; "
    "laat het bronsysteem een vast nummer meegeven.",
    "sleutel_lijkt_bsn": "De sleutel is weggelaten, want hij kan een BSN zijn (negen cijfers, klopt met de elfproef); "
    "voer uit met het leerlingnummer, of laat de beheerder bij de bron vastleggen dat het geen BSN's zijn.",
    "sleutel_te_lang": f"De sleutel is langer dan {MAX_KEY} tekens; kies een andere uitvoer.",
}


def may_be_bsn(key: str) -> bool:
    """Whether a key is nine digits that pass the eleven-proof of the BSN."""
    return (
        _NINE_DIGITS.fullmatch(key) is not None
        and not sum(int(digit) * weight for digit, weight in zip(key, _WEIGHTS, strict=True)) % 11
    )


def key_objection(key: str, *, may_be_nine_digits: bool = False) -> str | None:
    """Return the code in `KEY_OBJECTIONS` why this (trimmed) key is no identity, or None when it is one."""
    if not key:
        return "sleutel_ontbreekt"
    if key[0] == "#":
        return "sleutel_dummy"
    if len(key) > MAX_KEY:
        return "sleutel_te_lang"
    if len(key) == 9 and not may_be_nine_digits and may_be_bsn(key):
        return "sleutel_lijkt_bsn"
    return None


def require_key(key: str | None) -> str:
    """Return the trimmed key or object."""
    key = (key or "").strip()
    if code := key_objection(key, may_be_nine_digits=True):
        raise Objection(code, KEY_OBJECTIONS[code])
    return key


def is_eck_id(value: str) -> bool:
    """Whether a value has the form of an ECK iD: an https address of at least twenty characters, kept as delivered."""
    return _ECK_ID.fullmatch(value) is not None
