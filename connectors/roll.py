"""The roll of a school as EDEXML and UWLR write it: what is kept of each element, and checks across all of them.

Numbers of the state, origin, weights, photos and supplier extensions are not in the lists here, so they are never kept.
What is wrong with an entry in the light of the others goes with it, as codes of `OBJECTIONS`.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from connectors.kit import xml
from connectors.kit.keys import KEY_OBJECTIONS, key_objection
from models.vocabulary import Grade, GroupKind

NAMES = frozenset({"achternaam", "voorvoegsel", "voornamen", "voorletters-1", "roepnaam"})
KEPT = NAMES | {"geboortedatum", "geslacht", "start_ondw_jgr3", "jaargroep", "instroomdatum", "uitstroomdatum"}
KEPT_OF_STAFF = NAMES | {"emailadres"}
NUMBERS = frozenset({"sofinummer", "bsn", "onderwijsnummer", "bsn_ondwnr-4", "rijksregisternummer"})
"""Thrown away and counted; the rest that is not kept is thrown away without a word."""

KINDS = {"groep": GroupKind.HOME, "samengestelde_groep": GroupKind.INSTRUCTION}
OBJECTIONS = KEY_OBJECTIONS | {
    "sleutel_dubbel": "Deze sleutel komt in het bestand vaker voor (ook spaties eromheen maken geen verschil); "
    "geef ieder een eigen sleutel in de leerlingadministratie.",
    "eckid_dubbel": "Dit ECK iD staat in het bestand bij meer dan één persoon; herstel het in de administratie.",
    "sleutel_twee_soorten": "Een stamgroep en een samengestelde groep hebben dezelfde sleutel; geef elk een eigen.",
    "groep_onbekend": "Er wordt verwezen naar een groep die niet (goed) in het bestand staat; herstel de indeling.",
}

N = xml.LocalNames()


@dataclass(slots=True)
class Entry:
    """One element as read: where it stood, what is kept of it, how many numbers of the state were thrown away."""

    locator: str
    payload: dict[str, Any]
    dropped: int


@dataclass(slots=True)
class Roll:
    """All entries of one file."""

    group: list[Entry] = field(default_factory=list)
    staff: list[Entry] = field(default_factory=list)
    pupil: list[Entry] = field(default_factory=list)


def _identity(element: xml.Element) -> dict[str, Any]:
    payload: dict[str, Any] = {"key": (element.get("key") or "").strip()}
    if eckid := (element.get("eckid") or "").strip():
        payload["eckid"] = eckid
    return payload


def group(element: xml.Element) -> dict[str, Any]:
    payload = _identity(element)
    payload["soort"] = N[element.tag]
    for child in element:
        name = N[child.tag]
        if name in {"naam", "jaargroep"} and child.text:
            payload[name] = child.text.strip()
    return payload


def pupil(element: xml.Element) -> tuple[dict[str, Any], int]:
    payload = _identity(element)
    dropped = 0
    for child in element:
        name = N[child.tag]
        if name in KEPT:
            text = child.text
            if text and (text := text.strip()):
                payload[name] = text
        elif name == "groep":
            payload["groep"] = (child.get("key") or "").strip()
        elif name == "samengestelde_groepen":
            payload["groepen"] = [(group.get("key") or "").strip() for group in child]
        elif name in NUMBERS and (child.text or "").strip():
            dropped += 1
    return payload, dropped


def staff(element: xml.Element) -> tuple[dict[str, Any], int]:
    payload = _identity(element)
    dropped = 0
    for child in element:
        name = N[child.tag]
        if name in KEPT_OF_STAFF:
            if value := (child.text or "").strip():
                payload[name] = value
        elif name == "groepen":
            payload["groepen"] = [
                [N[group.tag], (group.get("key") or "").strip(), _roles(group)]
                for group in child
                if N[group.tag] in KINDS
            ]
        elif name in NUMBERS and (child.text or "").strip():
            dropped += 1
    if roles := _roles(element):
        payload["rollen"] = roles
    return payload, dropped


def _roles(element: xml.Element) -> list[str]:
    return [
        role for child in element if N[child.tag] in {"rol", "rolomschrijving"} and (role := (child.text or "").strip())
    ]


def _object(entry: Entry, code: str) -> None:
    entry.payload.setdefault("bezwaren", []).append(code)


def check_keys(entries: list[Entry], *, is_nine_safe: bool) -> None:
    """Object to keys that are no identity or occur twice; a key that may be a BSN is thrown away here."""
    keys = Counter(entry.payload["key"] for entry in entries)
    eckids = Counter(entry.payload["eckid"].casefold() for entry in entries if "eckid" in entry.payload)
    kinds: dict[str, set[str]] = {}
    for entry in entries:
        if keys[entry.payload["key"]] > 1:
            kinds.setdefault(entry.payload["key"], set()).add(entry.payload.get("soort", ""))
    for entry in entries:
        payload = entry.payload
        key = payload["key"]
        if code := key_objection(key, may_be_nine_digits=is_nine_safe):
            _object(entry, code)
            if code == "sleutel_lijkt_bsn":
                payload["key"] = ""
                entry.dropped += 1
        elif keys[key] > 1:
            _object(entry, "sleutel_twee_soorten" if len(kinds[key]) > 1 else "sleutel_dubbel")
        if "eckid" in payload and eckids[payload["eckid"].casefold()] > 1:
            _object(entry, "eckid_dubbel")


def check_groups(roll: Roll) -> None:
    """Object to references to groups that are not there, and lend a pupil without grade that of its home group."""
    grades = {
        (entry.payload["soort"], entry.payload["key"]): entry.payload.get("jaargroep")
        for entry in roll.group
        if "bezwaren" not in entry.payload
    }
    for entry in roll.pupil:
        payload = entry.payload
        home = ("groep", payload["groep"]) if "groep" in payload else None
        if "jaargroep" not in payload and home and grades.get(home) not in {None, Grade.COMBINATION.value}:
            payload["jaargroep"] = grades[home]
        is_known = (home is None or home in grades) and all(
            ("samengestelde_groep", key) in grades for key in payload.get("groepen", ())
        )
        if not is_known:
            _object(entry, "groep_onbekend")
    for entry in roll.staff:
        if any((kind, key) not in grades for kind, key, _ in entry.payload.get("groepen", ())):
            _object(entry, "groep_onbekend")
