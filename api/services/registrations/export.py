"""The list as CSV and as a workbook; no cell can run as a formula when someone opens it."""

import csv
from io import BytesIO, StringIO

import xlsxwriter

from api.schemas.registrations import AuditPage, LawRef, WorkLine
from models.rules.registrations.cells import safe

COLUMNS = (
    *("nummer", "onderdeel", "thema", "in de wet", "artikel", "hoe zeker", "voorstel", "besluit", "reden"),
    *("wie", "systeem", "hoe vaak", "per keer", "uren per jaar van", "uren per jaar tot", "wat blijft nodig"),
)


def rows_of(page: AuditPage) -> list[list[str | float]]:
    """A line per item and person who does it."""
    found: list[list[str | float]] = []
    for item in page.items:
        law = "; ".join(_place(at) for at in item.law)
        made = item.decision
        start = [item.number or "", item.name, item.theme, item.standing_text, law, item.certainty_text]
        start += [item.advice.ruling_text, made.ruling_text if made else "", made.reason if made else ""]
        lines: list[WorkLine | None] = [*item.work] or [None]
        for line in lines:
            work: list[str | float] = [""] * 6
            if line is not None:
                low, high = line.hours_low, line.hours_high
                work = [line.who, line.system, line.often, line.each, *("" if h is None else h for h in (low, high))]
            found.append([*start, *work, item.stays])
    return found


def _place(at: LawRef) -> str:
    place = f"{at.law} art. {at.article} {at.paragraph}".strip()
    return f"{place} ({at.read})" if at.read else place


def as_csv(page: AuditPage) -> bytes:
    """Semicolons, commas in numbers and a mark of the alphabet: as a Dutch spreadsheet opens it with a double click."""
    made = StringIO()
    writer = csv.writer(made, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows_of(page):
        writer.writerow([_number(cell) if isinstance(cell, float) else safe(str(cell)) for cell in row])
    return ("\ufeff" + made.getvalue()).encode()


def as_workbook(page: AuditPage) -> bytes:
    """One sheet; texts are written as texts, so that none becomes a formula or a link."""
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("Registraties")
        bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        sheet.write_row(0, 0, COLUMNS, bold)
        rows = rows_of(page)
        for number, row in enumerate(rows, 1):
            for place, cell in enumerate(row):
                if isinstance(cell, float | int):
                    sheet.write_number(number, place, cell)
                else:
                    sheet.write_string(number, place, safe(cell), wrap)
        sheet.freeze_panes(1, 2)
        sheet.autofilter(0, 0, max(len(rows), 1), len(COLUMNS) - 1)
        sheet.set_column(0, 0, 8)
        sheet.set_column(1, len(COLUMNS) - 1, 26)
        sheet.set_landscape()
        sheet.set_paper(8)
    return made.getvalue()


def _number(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")
