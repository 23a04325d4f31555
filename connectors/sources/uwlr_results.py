"""Test results: the UWLR 2.2 message `leerresultaten_verzoek` as a file, bare or in a SOAP 1.1 envelope.

One result becomes one assessment with a row per scale: raw score with its norm bands, skill score with interval, and
each reference score (level, percentile, DLE, ...) under its own code. Nothing is converted. Definitions of
tests stand at the end, after hundreds of thousands of lines; they are read first, with the middle skipped.
"""

import mmap
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from connectors.canonical import Record
from connectors.contract import Header, Issue, RawRecord, SourceFile
from connectors.kit import xml
from connectors.kit.keys import KEY_OBJECTIONS, is_eck_id, key_objection
from connectors.kit.objections import Objection, rejected, remark
from connectors.kit.school import school_header
from connectors.results import assessment, remarks_on_norms
from connectors.scales import COUNTS
from models.vocabulary import SourceKind

ROOT = "leerresultaten_verzoek"
ROOTS = {ROOT, "Envelope"}
WANTED = "UWLR-toetsresultaten (leerresultaten_verzoek)"
FLAT = frozenset({"afnamedatum", "toetscode", "versie", "toetsonderdeelcode", "score", "vaardigheidsscore",
                  "codevaardigheidsschaal", "bivlaag", "bivhoog", *COUNTS})  # fmt: skip
REFERENCE = {"codereferentiescore": 0, "codevergelijkingsgroep": 1, "waarde": 2, "kwalificatie": 3}
"""Where each part of a reference score goes in the list that is kept of it."""

SAME_SHARE, SAME_AT_LEAST = 0.9, 20
"""From which share of equal scores, over at least so many, a person should look (an exporter filled in 6.0 once)."""

OBJECTIONS = KEY_OBJECTIONS | {
    "resultaat_dubbel": "Deze resultaatsleutel kwam in het bestand al voor, alleen het eerste is overgenomen; "
    "laat de leverancier elk resultaat een eigen sleutel geven.",
    "toets_onbekend": "De toets van dit resultaat is in het bestand niet beschreven; vraag een volledige uitvoer.",
    "ander_resultaat": "Dit resultaat heeft een eigen vorm van de leverancier (anderresultaat), niet te lezen; vraag "
    "om een score of een OSO-resultaat.",
}

Tests = dict[tuple[str, str], dict[str, Any]]
"""Definitions by (toetscode, versie); every test also without version."""

_N = xml.LocalNames()
_FIRST = re.compile(rb"<(?:[\w.-]{1,40}:)?toetsafnames[\s>]")
_LAST = re.compile(rb"</(?:[\w.-]{1,40}:)?toetsafnames\s*>")


class Settings(BaseModel):
    """What a school may set for this source."""

    model_config = ConfigDict(extra="forbid")

    provider: str = Field(
        default="",
        max_length=64,
        title="Aanbieder van de toetsen",
        description="De naam zoals hij ook in de normtabel staat, bijvoorbeeld Cito. Leeg: wat het bestand zegt.",
    )
    nine_digit_keys_are_safe: bool = Field(default=False, title="Sleutels van negen cijfers zijn geen BSN")


class UwlrResults:
    """Results that a test system hands to the school."""

    id = "uwlr-results"
    label = "Toetsresultaten (UWLR-bestand)"
    version = "1"
    standard = "UWLR 2.2 leerresultaten"
    kind = SourceKind.TEST
    leads_roll = False
    settings_model: type[BaseModel] = Settings

    def check(self, file: SourceFile, settings: Settings) -> Header:  # noqa: ARG002 - the contract
        """Read the school block; refuses every other kind of file."""
        start = _open(file)
        header = school_header(file, _school(file, start))
        header.issues.extend(start.encoding.issues)
        return header

    def read(self, file: SourceFile, settings: Settings) -> Iterator[RawRecord]:
        """Yield the tests, then the results as they stand, and at the end what is remarkable about all together."""
        start = _open(file)
        school = _school(file, start)
        author, year = school.get("auteur", ""), school.get("schooljaar", "")
        tests: Tests = {}
        places = xml.Places(_N)
        for element in xml.parsed(file, start.encoding, _without_results(file), "toets"):
            test = _test(element)
            test["aanbieder"] = settings.provider or _provider(author, test["naam"])
            tests[test["code"], test["versie"]] = tests[test["code"], ""] = test
            yield RawRecord("test", places.locator(element, len(tests)), {"toets": test})
        seen: set[str] = set()
        scores: Counter[str] = Counter()
        other_years: list[str] = []
        for number, sitting in enumerate(xml.elements(file, start.encoding, "toetsafname"), 1):
            place = f"{xml.path(sitting, _N)}[{number}]"
            pupil, dropped = _pupil(sitting, is_nine_safe=settings.nine_digit_keys_are_safe)
            for count, element in enumerate(sitting.iter("{*}resultaat"), 1):
                payload = pupil | _result(element, tests, seen)
                scores[payload.get("score") or payload.get("vaardigheidsscore") or ""] += 1
                where = f"{place}/resultaten/resultaat[{count}] (regel {element.sourceline})"
                if year and _is_outside(payload.get("afnamedatum", ""), year):
                    other_years.append(where)
                yield RawRecord("assessment", where, payload, dropped)
        if share := _share_of_equals(scores):
            yield RawRecord("file", "toetsafnames", {"gelijk": share})
        if other_years:
            yield RawRecord("file", other_years[0], {"buiten_jaar": len(other_years)})

    def map(self, raw: RawRecord, header: Header, settings: Settings) -> Iterator[Record | Issue]:  # noqa: ARG002
        """Turn one result into an assessment; a test or a remark about the file gives issues only."""
        if raw.stream == "test":
            yield from remarks_on_norms(raw)
            return
        if raw.stream == "file":
            yield _of_all_together(raw)
            return
        key = str(raw.payload.get("key", ""))
        for code in raw.payload.get("bezwaren", ()):
            yield rejected(raw, Objection(code, OBJECTIONS.get(code, code)), key)
            return
        try:
            yield from assessment(raw, header, key)
        except Objection as objection:
            yield rejected(raw, objection, key)


def _open(file: SourceFile) -> xml.Opening:
    start = xml.opening(file)
    if start.root not in ROOTS:
        raise xml.unexpected_root(file, start.root, WANTED)
    return start


# -- reading ---------------------------------------------------------------------------------------------------------


def _school(file: SourceFile, start: xml.Opening) -> dict[str, str]:
    for element in xml.elements(file, start.encoding, "school"):
        parent = element.getparent()
        if parent is not None and _N[parent.tag] == ROOT:
            return xml.child_text(element, _N)
        break
    raise xml.unexpected_root(file, start.root, WANTED)


def _without_results(file: SourceFile) -> Iterator[bytes]:
    """The bytes of the file without what stands between the toetsafnames tags; all of it where these are not found."""
    with file.path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
        first = _FIRST.search(content)
        close = max(content.rfind(b"toetsafnames>"), 0)
        last = _LAST.search(content, max(close - 60, 0))
        pieces = [(0, len(content))]
        if first and last and first.end() < last.start():
            pieces = [(0, first.start()), (last.end(), len(content))]
        for begin, end in pieces:
            for place in range(begin, end, 65_536):
                yield content[place : min(place + 65_536, end)]


def _provider(author: str, test_name: str) -> str:
    if "cito" in f"{author} {test_name}".lower():
        return "Cito"
    return author[:64] or "onbekend"


def _test(element: xml.Element) -> dict[str, Any]:
    texts = xml.child_text(element, _N)
    test: dict[str, Any] = {
        "code": texts.get("toetscode", ""),
        "versie": texts.get("versie", ""),
        "naam": texts.get("toetsnaam", ""),
        "vakgebied": texts.get("vakgebied", ""),
        "normen": [],
        "onderdelen": {},
    }
    for node in element.iter("{*}toetsnormering"):
        test["normen"] = _norms(node)
    for node in element.iter("{*}toetsonderdeel"):
        part = xml.child_text(node, _N)
        test["onderdelen"][part.get("toetsonderdeelcode", "")] = {
            "naam": part.get("toetsonderdeelnaam", ""),
            "normen": [norm for norms in node.iter("{*}toetsonderdeelnormering") for norm in _norms(norms)],
        }
    return test


def _norms(element: xml.Element) -> list[list[str]]:
    texts = (xml.child_text(norm, _N) for norm in element.iter("{*}norm"))
    return [[norm.get("term", ""), norm.get("beginnormwaarde", ""), norm.get("eindnormwaarde", "")] for norm in texts]


def _pupil(sitting: xml.Element, *, is_nine_safe: bool) -> tuple[dict[str, Any], int]:
    texts = xml.child_text(sitting, _N)
    pupil: dict[str, Any] = {"leerlingid": texts.get("leerlingid", "")}
    if eckid := texts.get("eckid"):
        pupil["eckid"] = eckid
    code = key_objection(pupil["leerlingid"], may_be_nine_digits=is_nine_safe)
    if code is None or (code != "sleutel_lijkt_bsn" and eckid and is_eck_id(eckid)):
        return pupil, 0
    pupil["bezwaren"] = [code]
    if code != "sleutel_lijkt_bsn":
        return pupil, 0
    pupil["leerlingid"] = ""
    return pupil, 1


def _result(element: xml.Element, tests: Tests, seen: set[str]) -> dict[str, Any]:
    payload: dict[str, Any] = {"key": (element.get("key") or "").strip()}
    references: list[list[str]] = []
    for node in element.iter():
        name = _N[node.tag]
        if name in FLAT:
            payload[name] = (node.text or "").strip()
        elif name in REFERENCE and references:
            references[-1][REFERENCE[name]] = (node.text or "").strip()
        elif name == "referentiescore":
            references.append(["", "", "", ""])
        elif name == "anderresultaat":
            payload["bezwaren"] = ["ander_resultaat"]
    if references:
        payload["referenties"] = references
    code = payload.get("toetscode", "")
    _describe(payload, tests.get((code, payload.get("versie", ""))) or tests.get((code, "")))
    if payload["key"] and payload["key"] in seen:
        payload["bezwaren"] = ["resultaat_dubbel"]
    seen.add(payload["key"])
    return payload


def _describe(payload: dict[str, Any], test: dict[str, Any] | None) -> None:
    """Add to a result what the file says about its test, and the norms when it has a raw score."""
    if test is None:
        payload["bezwaren"] = ["toets_onbekend"]
        return
    payload["toets"] = [test["aanbieder"], test["naam"], test["vakgebied"]]
    owner = test
    if part := payload.get("toetsonderdeelcode"):
        owner = test["onderdelen"].get(part, {})
        if owner:
            payload["onderdeel"] = owner["naam"]
    if "score" in payload:
        payload["normen"] = owner.get("normen", [])


def _of_all_together(raw: RawRecord) -> Issue:
    if count := raw.payload.get("buiten_jaar"):
        message = (
            f"{count} resultaten zijn van buiten het schooljaar van het bestand; hier staat het eerste. "
            "Hoort het bestand alleen dit schooljaar te leveren, kijk dan de datums na."
        )
        return remark(raw, "datum_buiten_jaar", message)
    message = f"{raw.payload.get('gelijk')}% van de scores is gelijk; kijk na of de toetsen wel zijn ingevuld."
    return remark(raw, "scores_gelijk", message)


def _is_outside(day: str, school_year: str) -> bool:
    """Compare a date as written with "2026-2027", from 1 August up to and including 31 July."""
    return day[:1].isdigit() and not f"{school_year[:4]}-08-01" <= day[:10] <= f"{school_year[5:]}-07-31"


def _share_of_equals(scores: Counter[str]) -> int | None:
    """The share (per cent) of the most common score when that is suspicious."""
    scores.pop("", None)
    total = scores.total()
    most = max(scores.values(), default=0)
    return round(100 * most / total) if total >= SAME_AT_LEAST and most > SAME_SHARE * total else None


connector = UwlrResults()
