"""The school roll: EDEXML 1.03, 2.0 and 2.1, and the same tree as a UWLR answer (`leerlinggegevens_antwoord`) in a file.

A file is a complete snapshot of one school in one school year, so references can be checked: the roll is read in one
pass, held (it is limited), checked across records and handed out as groups, staff, pupils. Numbers of the state,
origin, weights, photos and supplier extensions are thrown away while reading; only what stands in a list here is kept.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from connectors.canonical import GroupRecord, PupilRecord, Record, StaffRecord
from connectors.contract import Header, Issue, RawRecord, SourceFile
from connectors.kit import xml
from connectors.kit.dates import optional_date
from connectors.kit.files import refused
from connectors.kit.keys import KEY_OBJECTIONS, is_eck_id, key_objection
from connectors.kit.objections import Objection, limited, rejected, remark
from connectors.kit.school import person_names, school_header
from models.vocabulary import Grade, GroupKind, Sex, SourceKind, StaffRole

ROOTS = {"EDEX", "leerlinggegevens_antwoord", "Envelope"}
WANTED = "een EDEXML-bestand"
NOTHING = ("geengegevens", "geenwijzigingen")
MOST_ENTRIES = 25_000
"""No Dutch primary school comes near; it bounds what is held in memory."""

NAMES = frozenset({"achternaam", "voorvoegsel", "voornamen", "voorletters-1", "roepnaam"})
KEPT = NAMES | {"geboortedatum", "geslacht", "start_ondw_jgr3", "jaargroep", "instroomdatum", "uitstroomdatum"}
KEPT_OF_STAFF = NAMES | {"emailadres"}
NUMBERS = frozenset({"sofinummer", "bsn", "onderwijsnummer", "bsn_ondwnr-4", "rijksregisternummer"})
"""Thrown away and counted; the rest that is not kept is thrown away without a word."""

KINDS = {"groep": GroupKind.HOME, "samengestelde_groep": GroupKind.INSTRUCTION}
SEXES = {"0": Sex.UNKNOWN, "1": Sex.MALE, "2": Sex.FEMALE, "9": Sex.NOT_SPECIFIED}
GRADES = {grade.value: grade for grade in Grade}
ROLES = frozenset(StaffRole)

OBJECTIONS = KEY_OBJECTIONS | {
    "sleutel_dubbel": "Deze sleutel komt in het bestand vaker voor (ook spaties eromheen maken geen verschil); "
    "geef ieder een eigen sleutel in de leerlingadministratie.",
    "eckid_dubbel": "Dit ECK iD komt in het bestand bij meer dan één persoon voor; herstel het in de leerlingadministratie.",
    "sleutel_twee_soorten": "Een stamgroep en een samengestelde groep hebben dezelfde sleutel; geef ze elk een eigen sleutel.",
    "groep_onbekend": "Er wordt verwezen naar een groep die niet (goed) in dit bestand staat; herstel de groepsindeling.",
}

_N = xml.LocalNames()


class Settings(BaseModel):
    """What a school may set for this source."""

    model_config = ConfigDict(extra="forbid")

    nine_digit_keys_are_safe: bool = Field(
        default=False,
        title="Sleutels van negen cijfers zijn geen BSN",
        description="Zet dit alleen aan als de leverancier bevestigt dat een sleutel van negen cijfers nooit een BSN is.",
    )


class Edexml:
    """The leading source of the roll."""

    id = "edexml"
    label = "Leerlingadministratie (EDEXML of UWLR-bestand)"
    version = "1"
    standard = "EDEXML 1.03-2.1, UWLR 2.2 leerlinggegevens"
    kind = SourceKind.LAS
    leads_roll = True
    settings_model = Settings

    def check(self, file: SourceFile, settings: Settings) -> Header:  # noqa: ARG002 - the contract
        """Read the school block and see that there are pupils; refuses every other kind of file."""
        start = _open(file)
        for element in xml.elements(file, start.encoding, "school", *NOTHING):
            if _N[element.tag] in NOTHING:
                what = "de leerlingadministratie antwoordde dat er geen (nieuwe) gegevens zijn; er is niets veranderd."
                raise refused(file, what, code="geen_gegevens")
            header = school_header(file, xml.child_text(element, _N))
            break
        else:
            raise xml.unexpected_root(file, start.root, WANTED)
        if not xml.mentions(file, start.encoding, b"leerling"):
            what = "er staat geen enkele leerling in; maak de uitvoer opnieuw, met leerlingen."
            raise refused(file, what, code="geen_leerlingen")
        has_staff = xml.mentions(file, start.encoding, b"leerkracht")
        header.is_full_snapshot = True
        header.snapshot_streams = ("group", "staff", "pupil") if has_staff else ("group", "pupil")
        header.issues.extend(start.encoding.issues)
        return header

    def read(self, file: SourceFile, settings: Settings) -> Iterator[RawRecord]:
        """Yield groups, staff and pupils, each with what is wrong with it in the light of the others."""
        start = _open(file)
        roll = Roll()
        for element in xml.elements(file, start.encoding, "groepen", "leerling", "leerkracht"):
            name = _N[element.tag]
            if name == "leerling":
                roll.pupil.append(_entry(element, len(roll.pupil), *_pupil(element)))
            elif name == "leerkracht":
                roll.staff.append(_entry(element, len(roll.staff), *_staff(element)))
            else:
                roll.group += [_entry(child, place, _group(child), 0) for place, child in enumerate(element)]
            if len(roll.pupil) + len(roll.staff) + len(roll.group) > MOST_ENTRIES:
                raise refused(file, f"er staat meer dan {MOST_ENTRIES} keer iets in; kies één school.", code="te_groot")
        for entries in (roll.group, roll.staff, roll.pupil):
            _check_keys(entries, is_nine_safe=settings.nine_digit_keys_are_safe)
        _check_groups(roll)
        for stream, entries in (("group", roll.group), ("staff", roll.staff), ("pupil", roll.pupil)):
            for entry in entries:
                yield RawRecord(stream, entry.locator, entry.payload, entry.dropped)

    def map(self, raw: RawRecord, header: Header, settings: Settings) -> Iterator[Record | Issue]:  # noqa: ARG002
        """Turn one group, member of staff or pupil into its record, with remarks."""
        key = str(raw.payload.get("key") or "")
        for code in raw.payload.get("bezwaren", ()):
            yield rejected(raw, Objection(code, OBJECTIONS.get(code, code)), key)
            return
        try:
            yield from MAPPERS[raw.stream](raw, key)
        except Objection as objection:
            yield rejected(raw, objection, key)


def _open(file: SourceFile) -> xml.Opening:
    start = xml.opening(file)
    if start.root not in ROOTS:
        raise xml.unexpected_root(file, start.root, WANTED)
    return start


# -- reading: one element, only what is kept -------------------------------------------------------------------------


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


def _entry(element: xml.Element, place: int, payload: dict[str, Any], dropped: int) -> Entry:
    return Entry(xml.locator(element, _N, place + 1), payload, dropped)


def _identity(element: xml.Element) -> dict[str, Any]:
    payload: dict[str, Any] = {"key": (element.get("key") or "").strip()}
    if eckid := (element.get("eckid") or "").strip():
        payload["eckid"] = eckid
    return payload


def _group(element: xml.Element) -> dict[str, Any]:
    payload = _identity(element)
    payload["soort"] = _N[element.tag]
    for child in element:
        name = _N[child.tag]
        if name in {"naam", "jaargroep"} and child.text:
            payload[name] = child.text.strip()
    return payload


def _pupil(element: xml.Element) -> tuple[dict[str, Any], int]:
    payload = _identity(element)
    dropped = 0
    for child in element:
        name = _N[child.tag]
        if name in KEPT:
            if value := (child.text or "").strip():
                payload[name] = value
        elif name == "groep":
            payload["groep"] = (child.get("key") or "").strip()
        elif name == "samengestelde_groepen":
            payload["groepen"] = [(group.get("key") or "").strip() for group in child]
        elif name in NUMBERS and (child.text or "").strip():
            dropped += 1
    return payload, dropped


def _staff(element: xml.Element) -> tuple[dict[str, Any], int]:
    payload = _identity(element)
    dropped = 0
    for child in element:
        name = _N[child.tag]
        if name in KEPT_OF_STAFF:
            if value := (child.text or "").strip():
                payload[name] = value
        elif name == "groepen":
            payload["groepen"] = [
                [_N[group.tag], (group.get("key") or "").strip(), _roles(group)]
                for group in child
                if _N[group.tag] in KINDS
            ]
        elif name in NUMBERS and (child.text or "").strip():
            dropped += 1
    if roles := _roles(element):
        payload["rollen"] = roles
    return payload, dropped


def _roles(element: xml.Element) -> list[str]:
    return [
        role
        for child in element
        if _N[child.tag] in {"rol", "rolomschrijving"} and (role := (child.text or "").strip())
    ]


# -- checks across records: what is wrong is attached to the record, `map` turns it into an issue ------------------------


def _object(entry: Entry, code: str) -> None:
    entry.payload.setdefault("bezwaren", []).append(code)


def _check_keys(entries: list[Entry], *, is_nine_safe: bool) -> None:
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


def _check_groups(roll: Roll) -> None:
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


# -- mapping: pure, one record ---------------------------------------------------------------------------------------


def _grade(value: str | None) -> Grade | None:
    if not value:
        return None
    grade = GRADES.get(value)
    if grade is None:
        raise Objection(
            "jaargroep_onbekend", "De jaargroep staat niet in de lijst van EDEXML; herstel hem bij de bron."
        )
    return grade


def _eckid(raw: RawRecord, key: str) -> tuple[str | None, Issue | None]:
    value = raw.payload.get("eckid")
    if not value or is_eck_id(value):
        return value or None, None
    message = "Het ECK iD is geen geldig adres (https://…) en is weggelaten; laat het bronsysteem het opnieuw ophalen."
    return None, remark(raw, "eckid_vorm", message, key)


def _map_group(raw: RawRecord, key: str) -> Iterator[Record | Issue]:
    name = limited(raw.payload.get("naam"), 64, "naam")
    kind = KINDS.get(raw.payload.get("soort", ""))
    if not name or not kind or not key:
        raise Objection(
            "groep_zonder_naam", "De groep heeft geen naam of sleutel; geef haar die in de leerlingadministratie."
        )
    yield GroupRecord(key, kind, name, _grade(raw.payload.get("jaargroep")))


def _map_pupil(raw: RawRecord, key: str) -> Iterator[Record | Issue]:
    get = raw.payload.get
    names = person_names(raw.payload)
    if not key:
        raise Objection("sleutel_ontbreekt", KEY_OBJECTIONS["sleutel_ontbreekt"])
    if not names.given_name and not names.family_name:
        raise Objection("zonder_naam", "Het kind heeft geen roepnaam en geen achternaam; vul er een in.")
    grade = _grade(get("jaargroep"))
    if grade is Grade.COMBINATION:
        what = (
            "Jaargroep C (combinatiegroep) hoort bij een groep, niet bij een kind; geef het kind zijn eigen jaargroep."
        )
        raise Objection("jaargroep_c", what)
    eckid, objection = _eckid(raw, key)
    if objection:
        yield objection
    sex = SEXES.get(get("geslacht", "0"))
    if sex is None:
        yield remark(raw, "geslacht_onbekend", "Het geslacht is geen 0, 1, 2 of 9 en is als onbekend overgenomen.", key)
    yield PupilRecord(
        key,
        names,
        eckid,
        optional_date(get("geboortedatum"), "geboortedatum"),
        sex or Sex.UNKNOWN,
        grade,
        get("groep"),
        tuple(dict.fromkeys(get("groepen", ()))),
        optional_date(get("instroomdatum"), "instroomdatum"),
        optional_date(get("uitstroomdatum"), "uitstroomdatum"),
        optional_date(get("start_ondw_jgr3"), "start_ondw_jgr3"),
    )


def _map_staff(raw: RawRecord, key: str) -> Iterator[Record | Issue]:
    names = person_names(raw.payload)
    if not key:
        raise Objection("sleutel_ontbreekt", KEY_OBJECTIONS["sleutel_ontbreekt"])
    if not names.given_name and not names.family_name:
        raise Objection("zonder_naam", "De medewerker heeft geen roepnaam en geen achternaam; vul er een in.")
    eckid, objection = _eckid(raw, key)
    if objection:
        yield objection
    assignments = tuple(
        (KINDS[kind], group, role) for kind, group, roles in raw.payload.get("groepen", ()) for role in roles or [""]
    )
    roles = tuple(dict.fromkeys(raw.payload.get("rollen", ())))
    email = limited(raw.payload.get("emailadres"), 254, "emailadres")
    yield StaffRecord(key, names, eckid, email, tuple(dict.fromkeys(assignments)), roles)


MAPPERS: dict[str, Callable[[RawRecord, str], Iterator[Record | Issue]]] = {
    "group": _map_group,
    "staff": _map_staff,
    "pupil": _map_pupil,
}

connector = Edexml()
