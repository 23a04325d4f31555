"""The school roll: EDEXML 1.03, 2.0 and 2.1, and the same tree as a UWLR answer (`leerlinggegevens_antwoord`).

A file is a complete snapshot of one school in one school year, so references can be checked: the roll is read in one
pass, held (it is limited), checked across records and handed out as groups, staff, pupils. Numbers of the state,
origin, weights, photos and supplier extensions are thrown away while reading; only what stands in a list here is kept.
"""

from collections.abc import Callable, Iterator

from pydantic import BaseModel, ConfigDict, Field

from connectors.canonical import GroupRecord, PupilRecord, Record, StaffRecord
from connectors.contract import Header, Issue, RawRecord, SourceFile
from connectors.kit import xml
from connectors.kit.dates import optional_date
from connectors.kit.files import refused
from connectors.kit.keys import KEY_OBJECTIONS, is_eck_id
from connectors.kit.objections import Objection, limited, rejected, remark
from connectors.kit.school import person_names, school_header
from connectors.roll import KINDS, OBJECTIONS, Entry, N, Roll, check_groups, check_keys, group, pupil, staff
from models.vocabulary import Grade, Sex, SourceKind

ROOTS = {"EDEX", "leerlinggegevens_antwoord", "Envelope"}
WANTED = "een EDEXML-bestand"
NOTHING = ("geengegevens", "geenwijzigingen")
MOST_ENTRIES = 25_000
"""No Dutch primary school comes near; it bounds what is held in memory."""

SEXES = {"0": Sex.UNKNOWN, "1": Sex.MALE, "2": Sex.FEMALE, "9": Sex.NOT_SPECIFIED}
GRADES = {grade.value: grade for grade in Grade}


class Settings(BaseModel):
    """What a school may set for this source."""

    model_config = ConfigDict(extra="forbid")

    nine_digit_keys_are_safe: bool = Field(
        default=False,
        title="Sleutels van negen cijfers zijn geen BSN",
        description="Alleen aanzetten als de leverancier bevestigt dat zo'n sleutel nooit een BSN is.",
    )


class Edexml:
    """The leading source of the roll."""

    id = "edexml"
    label = "Leerlingadministratie (EDEXML of UWLR-bestand)"
    version = "1"
    standard = "EDEXML 1.03-2.1, UWLR 2.2 leerlinggegevens"
    kind = SourceKind.LAS
    leads_roll = True
    settings_model: type[BaseModel] = Settings

    def check(self, file: SourceFile, settings: Settings) -> Header:  # noqa: ARG002 - the contract
        """Read the school block and see that there are pupils; refuses every other kind of file."""
        start = _open(file)
        for element in xml.elements(file, start.encoding, "school", *NOTHING):
            if N[element.tag] in NOTHING:
                what = "de leerlingadministratie antwoordde dat er geen (nieuwe) gegevens zijn; er is niets veranderd."
                raise refused(file, what, code="geen_gegevens")
            header = school_header(file, xml.child_text(element, N))
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
        roll, places = Roll(), xml.Places(N)
        for element in xml.elements(file, start.encoding, "groepen", "leerling", "leerkracht"):
            name = N[element.tag]
            if name == "leerling":
                roll.pupil.append(Entry(places.locator(element, len(roll.pupil) + 1), *pupil(element)))
            elif name == "leerkracht":
                roll.staff.append(Entry(places.locator(element, len(roll.staff) + 1), *staff(element)))
            else:
                roll.group += [
                    Entry(places.locator(child, place), group(child), 0) for place, child in enumerate(element, 1)
                ]
            if len(roll.pupil) + len(roll.staff) + len(roll.group) > MOST_ENTRIES:
                raise refused(file, f"er staat meer dan {MOST_ENTRIES} keer iets in; kies één school.", code="te_groot")
        for entries in (roll.group, roll.staff, roll.pupil):
            check_keys(entries, is_nine_safe=settings.nine_digit_keys_are_safe)
        check_groups(roll)
        for stream, entries in (("group", roll.group), ("staff", roll.staff), ("pupil", roll.pupil)):
            for found in entries:
                yield RawRecord(stream, found.locator, found.payload, found.dropped)

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
    assignments = [
        (KINDS[kind], place, limited(role, 64, "rol") or "")
        for kind, place, roles in raw.payload.get("groepen", ())
        if kind in KINDS
        for role in roles or [""]
    ]
    roles = tuple(dict.fromkeys(limited(role, 64, "rol") or "" for role in raw.payload.get("rollen", ())))
    email = limited(raw.payload.get("emailadres"), 254, "emailadres")
    yield StaffRecord(key, names, eckid, email, tuple(dict.fromkeys(assignments)), roles)


MAPPERS: dict[str, Callable[[RawRecord, str], Iterator[Record | Issue]]] = {
    "group": _map_group,
    "staff": _map_staff,
    "pupil": _map_pupil,
}

connector = Edexml()
