"""Reports at their fullest: the form, the list of a group, and one report for school and for parents."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from api.schemas import reports as r
from models.rules.report_blocks import Block

Word = Callable[[str], str]
Pages = dict[str, tuple[str, dict[str, Any]]]
TODAY = date(2026, 11, 23)
NAME = "Mohammed-Amin el Khattabi-van den Heuvel"
LINES = {
    Block.EFFORT: ["Je begint zelf, vraagt hulp als je vastloopt en maakt af wat je begon. Dat is gegroeid dit jaar."],
    Block.CHILD_WORDS: ["Ik durf nu hardop te lezen en ik wil leren hoe je een brug bouwt."],
    Block.GOALS: ["Ik wil een brug bouwen die niet omvalt (bijna)", "Ik wil hardop lezen (gelukt)"],
    Block.PIECE: ["Mijn vulkaan", "Ik heb hem gebouwd van klei en azijn."],
    Block.WELLBEING: ["Vragenlijst: Je gaat met plezier naar school."],
    Block.RESULTS: ["Rekenen: Je groeide dit half jaar meer dan het half jaar ervoor.", "Lezen: Je leest vlotter."],
    Block.WORDS: ["Wat een half jaar! Je hielp anderen zonder dat iemand het vroeg. " * 5],
    Block.ATTENDANCE: ["Je was er 3 dagen door ziekte niet en kwam 1 keer te laat."],
}


def contexts(word: Word = str) -> Pages:
    """These pages by a name of their own."""
    me = {"me": word("Juf Kim")}
    form = r.FormPage(
        lines=[r.BlockLine(block=block, label=block.label, place=at) for at, block in enumerate(Block)], may_write=True
    )
    report = r.Report(
        id=UUID(int=5), child=UUID(int=9), name=word(NAME), group=word("6B"), title=word("Rapport winter 2026-2027"),
        parents_from=TODAY, ground=word("groep 6B"),
        blocks=[
            r.ReportBlock(block=block, label=block.label, lines=[word(line) for line in lines])
            for block, lines in LINES.items()
        ],
    )  # fmt: skip
    group = r.GroupReports(
        id=UUID(int=70), name=word("6B"), ground=word("groep 6B"), title=word("Rapport winter 2026-2027"),
        titles=[word("Rapport winter 2026-2027"), word("Rapport zomer 2025-2026")], may_write=True, today=TODAY,
        lines=[_line(word, at) for at in range(4)],
    )  # fmt: skip
    own = r.OwnReportLine(id=UUID(int=5), title=word("Rapport winter 2026-2027"), on=TODAY)
    draft = report.model_copy(update={"parents_from": None})
    return {
        "report-form": ("pages/report_form.html", me | {"page": form, "problem": word("Kies er een.")}),
        "reports": ("pages/reports.html", me | {"page": group, "problem": word("Te lang."), "done": word("Bewaard.")}),
        "report-card": ("pages/report_card.html", me | {"report": report}),
        "report-card-draft": ("pages/report_card.html", me | {"report": draft}),
        "my-reports": ("pages/my_reports.html", me | {"child": UUID(int=9), "reports": [own] * 2}),
        "report-card-own": ("pages/report_card_own.html", me | {"report": report}),
    }


def _line(word: Word, at: int) -> r.CardLine:
    return r.CardLine(
        id=UUID(int=100 + at), name=word(NAME), report=UUID(int=200 + at) if at else None,
        effort=word(LINES[Block.EFFORT][0]), words=word(LINES[Block.WORDS][0]), child_words=word("Ik durf meer."),
        piece=UUID(int=3), pieces=[r.Choice(id=UUID(int=3), name=word("Mijn vulkaan"))],
        parents_from=TODAY if at == 1 else None,
    )  # fmt: skip
