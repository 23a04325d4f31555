"""From the cells of one row to one canonical record, by the profile of the list."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from connectors.canonical import (
    AbsenceRecord,
    AccountLinkRecord,
    AgreementRecord,
    AnnouncementRecord,
    AssessmentRecord,
    ContactRecord,
    GoalRecord,
    GuardianRecord,
    InstrumentRef,
    Names,
    NormBandRecord,
    NoteRecord,
    PupilRef,
    Record,
    ScoreRecord,
    SupportPointRecord,
)
from connectors.fields import FIELDS, read_field
from connectors.kit.dates import optional_date
from connectors.kit.keys import is_eck_id, require_key
from connectors.kit.names import split_name
from connectors.kit.numbers import is_empty, require_number
from connectors.kit.objections import Objection, limited
from connectors.profile import Profile, Scores
from connectors.scales import age_phase_scale, dimension_scale, is_known_value, skill_scale, subject_of
from connectors.scores import reference_score
from models.vocabulary import Respondent

Cells = Mapping[str, str]
Remarks = list[tuple[str, str]]

_EMAIL = re.compile(r"[^\s@,;<>()\"]+@[^\s@,;<>()\"]+\.[^\s@,;<>()\".]+")
_PHONE = re.compile(r"\+?[0-9][0-9 ()./-]{5,}", re.ASCII)
_PHASE = re.compile(r"(\d{1,2});(\d{1,2})(?:\s*[-–]\s*(\d{1,2});(\d{1,2}))?", re.ASCII)


def record_of(profile: Profile, key: str, cells: Cells, remarks: Remarks) -> Record | None:
    """Make the record of a row; None when there is nothing to record (said in `remarks`); objects when it is wrong."""
    known = FIELDS[profile.record]
    values: dict[str, Any] = {}
    for name, spec in known.items():
        column = profile.fields.get(name, name)
        text = cells.get(column, "") if name in profile.fields else ""
        text = text or profile.constants.get(name, "")
        value = read_field(spec, text, column, profile.values.get(name, {}), profile.dates, profile.decimal)
        if value is not None:
            values[name] = value
    if not key.strip("|"):
        raise Objection("sleutel_ontbreekt", "De kolommen die de rij een naam geven zijn leeg; vul ze in.")
    if profile.record == "assessment":
        return _assessment(profile, key, cells, values, remarks)
    if profile.record == "norm_band":
        return _norm_band(key, values)
    if profile.record == "announcement":
        return _announcement(key, values)
    pupil = _pupil(profile, cells, remarks)
    if profile.record == "guardian":
        return GuardianRecord(key=key, pupil=pupil, names=_person(profile, cells), **values)
    if profile.record == "contact":
        return _contact(key, pupil, _person(profile, cells), values)
    return BUILDERS[profile.record](key=key, pupil=pupil, **values)


BUILDERS: dict[str, Callable[..., Record]] = {
    "account_link": AccountLinkRecord,
    "note": NoteRecord,
    "absence": AbsenceRecord,
    "goal": GoalRecord,
    "agreement": AgreementRecord,
    "support_point": SupportPointRecord,
}


def _pupil(profile: Profile, cells: Cells, remarks: Remarks) -> PupilRef:
    columns = profile.pupil
    if columns is None:
        raise Objection("profiel", "Het profiel zegt niet welk kind het is; vul [pupil] aan.")

    def cell(column: str | None) -> str:
        return cells.get(column, "") if column else ""

    eckid = cell(columns.eckid)
    if eckid and not is_eck_id(eckid):
        remarks.append(("eckid_vorm", "Het ECK iD is geen geldig adres (https://…) en is weggelaten."))
        eckid = ""
    key = "|".join(" ".join(cells.get(column, "").split()) for column in columns.key)
    names = split_name(cell(columns.name)) if columns.name else _names(cell, columns)
    return PupilRef(
        key=require_key(key.strip("|")),
        is_las_key=columns.is_las_key,
        eckid=eckid or None,
        names=names,
        birth_date=optional_date(cell(columns.birth_date), columns.birth_date or "", profile.dates),
        group_label=limited(cell(columns.group) or None, 64, columns.group or ""),
    )


def _person(profile: Profile, cells: Cells) -> Names:
    columns = profile.person
    return _names(lambda column: cells.get(column, "") if column else "", columns) if columns else Names()


def _names(cell: Callable[[str | None], str], columns: Any) -> Names:
    return Names(
        given_name=limited(cell(columns.given_name) or None, 64, columns.given_name or ""),
        prefix=limited(cell(columns.prefix) or None, 16, columns.prefix or ""),
        family_name=limited(cell(columns.family_name) or None, 200, columns.family_name or ""),
    )


def _contact(key: str, pupil: PupilRef, names: Names, values: dict[str, Any]) -> Record:
    email, phone = values.get("email"), values.get("phone")
    if not email and not phone:
        raise Objection(
            "contact_leeg", "Er staat geen e-mailadres en geen telefoonnummer in deze regel; vul er een in."
        )
    if email and not _EMAIL.fullmatch(email):
        raise Objection("email_vorm", "Het e-mailadres kan zo niet; schrijf één adres als naam@voorbeeld.nl.")
    if phone and not _PHONE.fullmatch(phone):
        raise Objection("telefoon_vorm", "Het telefoonnummer kan zo niet; schrijf het met cijfers, zoals 06-12345678.")
    if not names.family_name and "guardian_key" not in values:
        raise Objection("ouder_naamloos", "De achternaam van de ouder ontbreekt; vul die in.")
    return ContactRecord(key=key, pupil=pupil, names=names, **values)


def _announcement(key: str, values: dict[str, Any]) -> Record:
    if "shown_until" in values and values["shown_until"] < values["shown_from"]:
        raise Objection("dagen_omgekeerd", "De laatste dag ligt voor de eerste; herstel de dagen.")
    return AnnouncementRecord(key=key, **values)


def _norm_band(key: str, values: dict[str, Any]) -> Record:
    low, high = values.get("low"), values.get("high")
    if low is not None and high is not None and low > high:
        raise Objection("norm_onbruikbaar", "De ondergrens ligt boven de bovengrens; herstel de normtabel.")
    test = f"{values['test']} {values.get('generation', '')}".strip()
    scale = skill_scale(values["provider"], subject_of(test), test)
    return NormBandRecord(key, scale, values["moment"], values["code"], low, high)


def _assessment(profile: Profile, key: str, cells: Cells, values: dict[str, Any], remarks: Remarks) -> Record | None:
    respondent = values.get("respondent", Respondent.TEST)
    instrument = _instrument(profile, cells, respondent)
    norm_group = values.pop("norm_group", "")
    scores = [
        score
        for group in profile.scores
        if group.respondent in {None, respondent}
        for column in group.columns
        if not is_empty(cells.get(column))
        for score in [_score(profile, group, column, cells, instrument, norm_group, remarks)]
    ]
    if not scores:
        remarks.append(("geen_score", "Er staat geen score in deze rij; er is niets vastgelegd (leeg is geen nul)."))
        return None
    pupil = _pupil(profile, cells, remarks)
    return AssessmentRecord(key=key, pupil=pupil, instrument=instrument, scores=tuple(scores), **values)


def _instrument(profile: Profile, cells: Cells, respondent: Respondent) -> InstrumentRef:
    names = profile.instrument
    if names is None:
        raise Objection("profiel", "Het profiel noemt geen toets of lijst; vul [instrument] aan.")
    name = names.by_respondent.get(respondent) or names.name or cells.get(names.name_column or "", "")
    if not name:
        raise Objection("toets_ontbreekt", f"‘{names.name_column}’ is leeg; vul in welke toets het is.")
    return InstrumentRef(
        provider=names.provider,
        code=limited(name, 128, "toets") or "",
        name=name,
        kind=names.kind,
        subject=names.subject or (subject_of(name) if names.name_column else None),
    )


def _score(
    profile: Profile,
    group: Scores,
    column: str,
    cells: Cells,
    instrument: InstrumentRef,
    norm_group: str,
    remarks: Remarks,
) -> ScoreRecord:
    text = limited(cells[column], 200, column) or ""
    if group.scale == "age_phase":
        return _age_phase(instrument.provider, group.name or "ontwikkelingsfase", column, text)
    if group.scale == "dimension":
        number = require_number(text, column, profile.decimal)
        low, high = group.low or 0, group.high or 0
        if not low <= number <= high:
            raise Objection(
                "buiten_schaal", f"‘{column}’ ligt buiten de schaal van {low:g} tot {high:g}; kijk de lijst na."
            )
        return ScoreRecord(
            dimension_scale(instrument.provider, group.name or "", low, high), text, number, part=column[:128]
        )
    if group.scale == "skill":
        number = require_number(text, column, profile.decimal)
        bounds = [
            require_number(cells[name], name, profile.decimal)
            for name in (group.low_column, group.high_column)
            if name and not is_empty(cells.get(name))
        ]
        low_bound, high_bound = bounds if len(bounds) == 2 and bounds[0] <= bounds[1] else (None, None)
        scale = skill_scale(instrument.provider, instrument.subject, instrument.name)
        return ScoreRecord(scale, text, number, ci_low=low_bound, ci_high=high_bound)
    if not is_known_value(group.scale, text):
        remarks.append(("niveau_onbekend", f"‘{column}’ staat niet in de lijst van zijn schaal; bewaard als tekst."))
    return reference_score(
        instrument.provider,
        group.scale,
        text,
        subject=instrument.subject,
        test=instrument.code,
        compared_with=norm_group,
    )


def _age_phase(owner: str, name: str, column: str, text: str) -> ScoreRecord:
    """A phase such as 5;0-5;6: kept as written, with begin, end and middle in months."""
    found = _PHASE.fullmatch(text)
    if not found:
        raise Objection(
            "ontwikkelingsfase", f"‘{column}’ is geen leeftijdsfase; schrijf haar als 5;0-5;6 (jaren;maanden)."
        )
    years, months, until_years, until_months = found.groups()
    begin = 12 * int(years) + int(months)
    end = 12 * int(until_years) + int(until_months) if until_years else begin
    return ScoreRecord(
        age_phase_scale(owner, name), text, (begin + end) / 2, part=column[:128], ci_low=begin, ci_high=end
    )
