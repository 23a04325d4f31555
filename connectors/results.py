"""From one delivered result, as UWLR describes it, to an assessment with a score per scale. Pure, cached by value.

Nothing is converted: every scale keeps its own row, a score of zero is a score, and bands that overlap give no band.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from connectors.canonical import AssessmentRecord, InstrumentRef, PupilRef, Record, ScoreRecord
from connectors.contract import Header, Issue, RawRecord
from connectors.kit.dates import require_date
from connectors.kit.keys import is_eck_id, require_key
from connectors.kit.numbers import read_number
from connectors.kit.objections import Objection, limited, remark
from connectors.scales import COUNTS, booklet_of, is_known_value, raw_scale, skill_scale, subject_of
from connectors.scores import band_of, do_overlap, read_norms, reference_score
from models.vocabulary import InstrumentKind

Remarks = list[tuple[str, str]]
MAY_BE_NEGATIVE = {"vaardigheidsscore", "bivlaag", "bivhoog"}


def assessment(raw: RawRecord, header: Header, key: str) -> Iterator[Record | Issue]:
    """Yield remarks on one result and then its assessment; objects when it cannot be taken over.

    A message knows only the booklet, so `moment` and `test_level` are both what stands in the code or name of the test.
    """
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


def _part(payload: Mapping[str, Any]) -> tuple[str, tuple[str, str] | None]:
    code = payload.get("toetsonderdeelcode", "")
    name = limited(payload.get("onderdeel") or code, 128, "toetsonderdeel") or ""
    if code and "onderdeel" not in payload:
        return name, (
            "onderdeel_onbekend",
            "Dit toetsonderdeel staat niet bij de toets in het bestand; de code is bewaard.",
        )
    return name, None


def _scores(
    payload: Mapping[str, Any], instrument: InstrumentRef, part: str, test: str, remarks: Remarks
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
        bounds: list[float] = [_number(low, "bivlaag"), _number(high, "bivhoog")] if low and high else []
        if bounds != sorted(bounds):
            bounds = []
            remarks.append(("interval", "De ondergrens van het interval ligt boven de bovengrens; het is weggelaten."))
        scale = skill_scale(provider, instrument.subject, test, get("codevaardigheidsschaal", ""))
        ci_low, ci_high = bounds or (None, None)
        number = _number(score, "vaardigheidsscore")
        yield ScoreRecord(scale, score, number, part=part, ci_low=ci_low, ci_high=ci_high)
    for name in () if COUNTS.keys().isdisjoint(payload) else COUNTS:
        if score := get(name):
            label = COUNTS[name]
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
    if number is None or (number < 0 and field not in MAY_BE_NEGATIVE):
        raise Objection("getal", f"‘{field}’ is geen (positief) getal; laat de leverancier de uitvoer nakijken.")
    return number


def remarks_on_norms(raw: RawRecord) -> Iterator[Issue]:
    """Yield what is wrong with the norm bands of a test, once per test."""
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
