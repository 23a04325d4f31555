"""A large roll and a large message of results, made on the spot: 2,000 pupils, and 700 pupils over 8 years."""

from pathlib import Path

PUPILS = 2000
TESTED, YEARS = 700, 8
SUBJECTS = (("RW", "Rekenen-Wiskunde"), ("SP", "Spelling"), ("BL", "Begrijpend lezen"), ("TL", "Technisch lezen"))
SCHOOL = "<schooljaar>2024-2025</schooljaar><brincode>99ZZ</brincode><dependancecode>00</dependancecode>"


def roll(path: Path) -> Path:
    """Write EDEXML 2.1 with 80 groups of 25."""
    groups = "".join(
        f'<groep key="g{n}"><naam>{n % 8 + 1}-{n}</naam><jaargroep>{n % 8 + 1}</jaargroep></groep>' for n in range(80)
    )
    pupils = "".join(
        f'<leerling key="ll-{n:05}" eckid="https://ketenid.nl/201703/{n:0128x}"><achternaam>A{n % 311}</achternaam>'
        f"<voorvoegsel>van</voorvoegsel><voorletters-1>A</voorletters-1><roepnaam>Naam{n % 97}</roepnaam>"
        f"<geboortedatum>{2012 + n % 8}-{n % 12 + 1:02}-{n % 28 + 1:02}</geboortedatum><geslacht>{n % 2 + 1}</geslacht>"
        f'<jaargroep>{n % 80 % 8 + 1}</jaargroep><groep key="g{n % 80}"/><instroomdatum>2020-08-01</instroomdatum>'
        f"<mutatiedatum>2024-09-12T10:00:00</mutatiedatum></leerling>"
        for n in range(PUPILS)
    )
    path.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?><EDEX><school>{SCHOOL}<aanmaakdatum>2024-10-01T07:00:00</aanmaakdatum>'
        f"<xsdversie>2.1</xsdversie></school><groepen>{groups}</groepen><leerlingen>{pupils}</leerlingen></EDEX>"
    )
    return path


def results(path: Path) -> Path:
    """Write a UWLR 2.2 message: per pupil two moments a year in four subjects, each on four scales."""
    with path.open("w") as file:
        file.write(
            '<?xml version="1.0" encoding="UTF-8"?><leerresultaten_verzoek '
            'xmlns="http://www.edustandaard.nl/leerresultaten/2/leerresultaten" '
            'xmlns:o="http://www.edustandaard.nl/oso_gegevensset/1.2/dossier">'
            f"<school>{SCHOOL}<aanmaakdatum>2025-07-01T07:00:00</aanmaakdatum><auteur>Cito</auteur>"
            "<xsdversie>2.2</xsdversie></school><toetsafnames>"
        )
        for n in range(TESTED):
            file.write(f"<toetsafname><leerlingid>ll-{n:05}</leerlingid><resultaten>")
            file.writelines(
                _result(n, year, moment, place)
                for year in range(YEARS)
                for moment in "ME"
                for place in range(len(SUBJECTS))
            )
            file.write("</resultaten></toetsafname>")
        file.write("</toetsafnames><toetsen>")
        file.writelines(
            f"<toets><toetscode>{code}-{moment}{year + 1}</toetscode>"
            f"<toetsnaam>{name} {moment}{year + 1}</toetsnaam></toets>"
            for code, name in SUBJECTS
            for year in range(YEARS)
            for moment in "ME"
        )
        file.write("</toetsen></leerresultaten_verzoek>")
    return path


def _result(pupil: int, year: int, moment: str, place: int) -> str:
    on = f"{2017 + year}-{'01' if moment == 'M' else '06'}-{10 + place}"
    derived = (("IV", "III"), ("AE", "B"), ("Percentiel", str((pupil * 7 + year) % 100)))
    scores = "".join(
        f"<o:referentiescore><o:codereferentiescore>{code}</o:codereferentiescore>"
        f"<o:codevergelijkingsgroep>Landelijk</o:codevergelijkingsgroep><o:waarde>{value}</o:waarde></o:referentiescore>"
        for code, value in derived
    )
    return (
        f'<resultaat key="r-{pupil}-{year}{moment}-{place}"><afnamedatum>{on}</afnamedatum>'
        f"<toetscode>{SUBJECTS[place][0]}-{moment}{year + 1}</toetscode><osoresultaat><o:toetsscore>"
        f"<o:vaardigheidsscore>{100 + year * 20 + pupil % 37}</o:vaardigheidsscore></o:toetsscore>{scores}"
        "</osoresultaat></resultaat>"
    )
