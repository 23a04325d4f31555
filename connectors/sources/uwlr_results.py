"""Test results: the UWLR 2.2 message `leerresultaten_verzoek` as a file, bare or in a SOAP 1.1 envelope.

One result becomes one assessment with a row per scale: raw score with its norm bands, skill score with interval, and
each reference score (level, percentile, DLE, ...) under its own code. Nothing is converted or recomputed. Definitions of
tests stand at the end of the file, after hundreds of thousands of lines; they are read first, the middle skipped.
"""

import mmap
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from connectors.canonical import AssessmentRecord, InstrumentRef, PupilRef, Record, ScoreRecord
from connectors.contract import Header, Issue, RawRecord, SourceFile
from connectors.kit import xml
from connectors.kit.dates import require_date
from connectors.kit.keys import KEY_OBJECTIONS, is_eck_id, key_objection, require_key
from connectors.kit.numbers import read_number
from connectors.kit.objections import Objection, limited, rejected, remark
from connectors.kit.school import school_header
from connectors.scales import COUNTS, booklet_of, is_known_value, raw_scale, skill_scale, subject_of
from connectors.scores import band_of, do_overlap, read_norms, reference_score
from models.vocabulary import InstrumentKind, SourceKind

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
    "resultaat_dubbel": "Deze resultaatsleutel kwam in dit bestand al voor, alleen het eerste resultaat is overgenomen; "
    "laat de leverancier elk resultaat een eigen sleutel geven.",
    "toets_onbekend": "De toets van dit resultaat staat niet bij de toetsen in het bestand; vraag een volledige uitvoer.",
    "ander_resultaat": "Dit resultaat heeft een eigen vorm van de leverancier (anderresultaat) die niet te lezen is; vraag "
    "om een score of een OSO-resultaat.",
}

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
    settings_model = Settings

    def check(self, file: SourceFile, settings: Settings) -> Header:  # noqa: ARG002 - the contract
        """Read the school block; refuses every other kind of file."""
        start = _open(file)
        header = school_header(file, _school(file, start))
        header.issues.extend(start.encoding.issues)
        return header

    def read(self, file: SourceFile, settings: Settings) -> Iterator[RawRecord]:
        """Yield the tests, then the results as they stand, and at the end a remark when nearly all scores are equal."""
        start = _open(file)
        author = _school(file, start).get("auteur", "")
        tests = {}
        for element in xml.parsed(file, start.encoding, _without_results(file), "toets"):
            test = _test(element)
            test["aanbieder"] = settings.provider or _provider(author, test["naam"])
            tests[test["code"], test["versie"]] = tests[test["code"], ""] = test
            yield RawRecord("test", xml.locator(element, _N, len(tests)), {"toets": test})
        seen: set[str] = set()
        scores: Counter[str] = Counter()
        for number, sitting in enumerate(xml.elements(file, start.encoding, "toetsafname"), 1):
            place = f"{xml.path(sitting, _N)}[{number}]"
            pupil, dropped = _pupil(sitting, is_nine_safe=settings.nine_digit_keys_are_safe)
            for count, element in enumerate(sitting.iter("{*}resultaat"), 1):
                payload = pupil | _result(element, tests, seen)
                scores[payload.get("score") or payload.get("vaardigheidsscore") or ""] += 1
                where = f"{place}/resultaten/resultaat[{count}] (regel {element.sourceline})"
                yield RawRecord("assessment", where, payload, dropped)
        if share := _share_of_equals(scores):
            yield RawRecord("file", "toetsafnames", {"gelijk": share})

    def map(self, raw: RawRecord, header: Header, settings: Settings) -> Iterator[Record | Issue]:  # noqa: ARG002
        """Turn one result into an assessment; a test or a remark about the file gives issues only."""
        if raw.stream == "test":
            yield from _remarks_on_norms(raw)
            return
        if raw.stream == "file":
            message = f"{raw.payload.get('gelijk')}% van de scores is gelijk; kijk na of de toetsen wel zijn ingevuld."
            yield remark(raw, "scores_gelijk", message)
            return
        key = str(raw.payload.get("key", ""))
        for code in raw.payload.get("bezwaren", ()):
            yield rejected(raw, Objection(code, OBJECTIONS.get(code, code)), key)
            return
        try:
            yield from _assessment(raw, header, key)
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
    test = {
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


def _result(element: xml.Element, tests: dict[tuple[str, str], dict[str, Any]], seen: set[str]) -> dict[str, Any]:
    key = (element.get("key") or "").strip()
    payload: dict[str, Any] = {"key": key}
    references: list[list[str]] = []
    for node in element.iter():
        name = _N[node.tag]
        if name in REFERENCE:
            references[-1][REFERENCE[name]] = (node.text or "").strip()
        elif name in FLAT:
            payload[name] = (node.text or "").strip()
        elif name == "referentiescore":
            references.append(["", "", "", ""])
        elif name == "anderresultaat":
            payload["bezwaren"] = ["ander_resultaat"]
    if references:
        payload["referenties"] = references
    code, part = payload.get("toetscode", ""), payload.get("toetsonderdeelcode", "")
    test = tests.get((code, payload.get("versie", ""))) or tests.get((code, ""))
    if test is None:
        payload["bezwaren"] = ["toets_onbekend"]
    else:
        payload["toets"] = [test["aanbieder"], test["naam"], test["vakgebied"]]
        if part in test["onderdelen"]:
            payload["onderdeel"] = test["onderdelen"][part]["naam"]
        if "score" in payload:
            payload["normen"] = test["onderdelen"].get(part, test)["normen"] if part else test["normen"]
    if key and key in seen:
        payload["bezwaren"] = ["resultaat_dubbel"]
    seen.add(key)
    return payload


def _share_of_equals(scores: Counter[str]) -> int | None:
    """The share (per cent) of the most common score when that is suspicious."""
    scores.pop("", None)
    total = scores.total()
    most = max(scores.values(), default=0)
    return round(100 * most / total) if total >= SAME_AT_LEAST and most > SAME_SHARE * total else None


# -- mapping ---------------------------------------------------------------------------------------------------------


def _assessment(raw: RawRecord, header: Header, key: str) -> Iterator[Record | Issue]:
    payload = raw.payload
    get = payload.get
    key = require_key(key)
    taken_on = require_date(get("afnamedatum"), "afnamedatum")
    if header.as_of and taken_on > header.as_of:
        raise Objection(
            "datum_toekomst", "De afnamedatum ligt na de dag waarop het bestand is gemaakt; herstel de datum."
        )
    code = limited(get("toetscode"), 128, "toetscode") or ""
    provider, name, area = payload["toets"] if len(get("toets", ())) == 3 else ("onbekend", "", "")
    instrument = _instrument(provider, code, name, area, get("versie", ""))
    part, unknown_part = _part(payload)
    remarks = [unknown_part] if unknown_part else []
    scores = [*_scores(payload, instrument, part, name or code, remarks)]
    if not scores:
        raise Objection(
            "resultaat_leeg", "Er staat geen enkele score in dit resultaat; kijk na of de toets is ingevuld."
        )
    eckid = get("eckid")
    if eckid and not is_eck_id(eckid):
        eckid = None
        remarks.append(("eckid_vorm", "Het ECK iD is geen geldig adres (https://…) en is weggelaten."))
    if header.school_year and not _is_in_year(taken_on, header.school_year):
        remarks.append(
            ("datum_buiten_jaar", "De afnamedatum valt buiten het schooljaar van het bestand; kijk de datum na.")
        )
    for remark_code, message in remarks:
        yield remark(raw, remark_code, message, key)
    yield AssessmentRecord(
        key=key,
        pupil=_pupil_ref(get("leerlingid", ""), eckid),
        instrument=instrument,
        taken_on=taken_on,
        scores=tuple(scores),
        moment=booklet_of(code, name),
        test_level=booklet_of(code, name),
    )


def _pupil_ref(key: str, eckid: str | None) -> PupilRef:
    if key and not key.startswith("#"):
        return PupilRef(require_key(key), is_las_key=True, eckid=eckid)
    return PupilRef(require_key(eckid), eckid=eckid)


@lru_cache(maxsize=1024)
def _instrument(provider: str, code: str, name: str, area: str, version: str) -> InstrumentRef:
    name = limited(name or code, 200, "toetsnaam") or ""
    subject = subject_of(area, name)
    return InstrumentRef(
        provider=limited(provider, 64, "aanbieder") or "onbekend",
        code=code,
        name=name,
        kind=InstrumentKind.TEST,
        subject=limited(subject, 64, "vakgebied"),
        version=limited(version, 64, "versie") or "",
    )


def _part(payload: Any) -> tuple[str, tuple[str, str] | None]:
    code = payload.get("toetsonderdeelcode", "")
    name = limited(payload.get("onderdeel") or code, 128, "toetsonderdeel") or ""
    if code and "onderdeel" not in payload:
        return name, (
            "onderdeel_onbekend",
            "Dit toetsonderdeel staat niet bij de toets in het bestand; de code is bewaard.",
        )
    return name, None


def _scores(
    payload: Any, instrument: InstrumentRef, part: str, test: str, remarks: list[tuple[str, str]]
) -> Iterator[ScoreRecord]:
    provider, booklet = instrument.provider, f"{instrument.code} {instrument.version}".strip()
    get = payload.get
    if score := get("score"):
        number = _number(score, "score")
        norms = read_norms(tuple(tuple(norm) for norm in get("normen", ())))
        scale = raw_scale(provider, "ruwe score", f"{booklet} {part}".strip())
        yield ScoreRecord(scale, score, number, band_of(number, norms), part, norms=norms)
    if score := get("vaardigheidsscore"):
        low, high = get("bivlaag"), get("bivhoog")
        bounds = (_number(low, "bivlaag"), _number(high, "bivhoog")) if low and high else (None, None)
        if bounds[0] is not None and bounds[1] is not None and bounds[0] > bounds[1]:
            bounds = (None, None)
            remarks.append(("interval", "De ondergrens van het interval ligt boven de bovengrens; het is weggelaten."))
        scale = skill_scale(provider, instrument.subject, test, get("codevaardigheidsschaal", ""))
        yield ScoreRecord(scale, score, _number(score, "vaardigheidsscore"), None, part, None, *bounds)
    for name, label in COUNTS.items():
        if score := get(name):
            scale = raw_scale(provider, label, f"{booklet} {part}".strip())
            yield ScoreRecord(scale, score, _number(score, name), None, part)
    for code, compared_with, value, qualifier in get("referenties", ()):
        if not value:
            remarks.append(("waarde_leeg", "Een referentiescore zonder waarde is weggelaten."))
            continue
        if not is_known_value(code, value):
            remarks.append(
                ("niveau_onbekend", "Een niveau staat niet in de lijst van zijn schaal; het is bewaard als tekst.")
            )
        yield reference_score(
            provider,
            code,
            value,
            subject=instrument.subject,
            test=booklet,
            compared_with=compared_with,
            qualifier=qualifier,
            part=part,
        )


def _number(text: str, field: str) -> float:
    number = read_number(text)
    if number is None:
        raise Objection("getal", f"‘{field}’ is geen getal; laat de leverancier de uitvoer nakijken.")
    return number


def _remarks_on_norms(raw: RawRecord) -> Iterator[Issue]:
    test = raw.payload.get("toets") or {}
    parts = list((test.get("onderdelen") or {}).values())
    for owner in (test, *parts):
        delivered = [tuple(norm) for norm in owner.get("normen") or ()]
        norms = read_norms(tuple(delivered))
        if len(norms) < len(delivered):
            message = "Een normband is onbruikbaar (geen term, geen getal of begin boven eind) en telt niet mee."
            yield remark(raw, "norm_onbruikbaar", message)
        if do_overlap(norms):
            message = "De normbanden van deze toets overlappen; een score in twee banden krijgt er geen."
            yield remark(raw, "norm_overlap", message)


@lru_cache(maxsize=1024)
def _is_in_year(day: date, school_year: str) -> bool:
    first = int(school_year[:4])
    return date(first, 8, 1) <= day <= date(first + 1, 7, 31)


connector = UwlrResults()
