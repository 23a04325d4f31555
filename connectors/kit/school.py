"""The school block that EDEXML and UWLR share, and the names of a person as both write them."""

import re
from collections.abc import Mapping
from typing import Any

from connectors.canonical import Names
from connectors.contract import Header, Issue, SourceFile
from connectors.kit.dates import read_date
from connectors.kit.files import refused
from connectors.kit.objections import limited
from models.vocabulary import Severity

LAST_LISTED_YEAR = 2024
"""The official enumeration of school years ends at 2024-2025; later years are right all the same."""

_YEAR = re.compile(r"(\d{4})-(\d{4})", re.ASCII)
_BRIN = re.compile(r"(\d{2}[A-Z]{2})(\d{0,2})", re.ASCII)


def school_header(file: SourceFile, texts: Mapping[str, str]) -> Header:
    """Make the header from the texts of a `school` element; refuses a school year or BRIN that is none."""
    year = texts.get("schooljaar", "")
    found = _YEAR.fullmatch(year)
    if not found or int(found[2]) != int(found[1]) + 1:
        raise refused(
            file, "het schooljaar ontbreekt of is geen jjjj-jjjj; maak de uitvoer opnieuw.", code="schooljaar"
        )
    brin = _BRIN.fullmatch(texts.get("brincode", "").upper())
    if not brin and texts.get("brincode"):
        raise refused(
            file, "de BRIN-code is geen BRIN (twee cijfers, twee letters); vraag het de leverancier.", code="brin"
        )
    stated = (texts[name] for name in ("peildatum", "aanmaakdatum") if name in texts)
    header = Header(
        format_version=texts.get("xsdversie", "")[:32] or None,
        brin=brin[1] if brin else None,
        dependance=(texts.get("dependancecode") or (brin[2] if brin else "") or "00").zfill(2)[:2],
        school_key=texts.get("schoolkey"),
        school_year=year,
        as_of=next((day for text in stated if (day := read_date(text))), None),
    )
    if int(found[1]) > LAST_LISTED_YEAR:
        message = f"Schooljaar {year} staat nog niet in de officiële lijst (die eindigt bij 2024-2025); gewoon gelezen."
        header.issues.append(Issue("schooljaar_na_lijst", message, "schooljaar", Severity.WARNING))
    return header


def person_names(texts: Mapping[str, Any]) -> Names:
    """The names of a person as delivered; objects when one is longer than any standard allows."""
    get = texts.get
    return Names(
        limited(get("roepnaam"), 64, "roepnaam"),
        limited(get("voornamen"), 256, "voornamen"),
        limited(get("voorletters-1"), 16, "voorletters"),
        limited(get("voorvoegsel"), 16, "voorvoegsel"),
        limited(get("achternaam"), 200, "achternaam"),
    )
