"""Who may see which kind of data of a child, and why: the access matrix ("voor wie?") of this school, as data.

A row is a kind of data, a column is how someone stands to this one child (`Position`), which `models.queries.scope`
finds out. The same table drives the authorizer, the tests and the page `/voor-wie`; the words beside it, with why the
cells of a row are as they are, stand in `models.rules.grounds`.
"""

from collections.abc import Iterable

from models.vocabulary import Coded


class Position(Coded):
    """How someone stands to one child: a column of the matrix."""

    TEACHER = "teacher", "leraar van de groep"
    ELSEWHERE = "elsewhere", "leraar of invaller van een andere groep"
    SUBSTITUTE = "substitute", "duo of invaller"
    IB = "ib", "IB'er"
    HEAD = "head", "directie"
    OFFICE = "office", "administratie"
    BOARD = "board", "bestuur"
    PARENT = "parent", "ouder met gezag"
    WITHOUT_CUSTODY = "without_custody", "ouder zonder gezag"
    PUPIL = "pupil", "leerling zelf"
    ADMIN = "admin", "beheer van het systeem"


class Cell(Coded):
    """What someone in a position may do with a kind of data; only READ and WRITE open it without more ado."""

    NONE = "none", "niet"
    READ = "read", "lezen"
    WRITE = "write", "lezen en schrijven"
    OWN = "own", "alleen eigen inbreng"
    RELEASED = "released", "alleen wat is vrijgegeven"
    REQUEST = "request", "op verzoek"
    REASON = "reason", "met reden"
    AGGREGATE = "aggregate", "alleen telling"


class Kind(Coded):
    """A kind of data of a child: a row of the matrix."""

    NAME = "name", "naam en groep"
    IDENTITY = "identity", "geboortedatum en contactgegevens"
    EMERGENCY_NUMBERS = "emergency_numbers", "noodnummers"
    SECRET_CONTACT = "secret_contact", "geheim adres of nummer"
    NATIONAL_NUMBER = "national_number", "BSN of onderwijsnummer"
    PLACEMENT = "placement", "inschrijving en groepen"
    ATTENDANCE = "attendance", "verzuim"
    CLASS_TESTS = "class_tests", "methodetoetsen"
    RESULTS = "results", "toetsen van het leerlingvolgsysteem"
    PRACTICE = "practice", "oefengegevens"
    WELLBEING = "wellbeing", "welbevinden"
    OBSERVATIONS = "observations", "observaties"
    NOTES = "notes", "notities en besprekingen"
    NAMED_NOTES = "named_notes", "afgeschermde notities"
    INCIDENTS = "incidents", "incidenten"
    CHILD_PROTECTION = "child_protection", "dossier meldcode"
    MEDICAL = "medical", "medisch dossier"
    EMERGENCY_CARD = "emergency_card", "noodkaart"
    REPORTS = "reports", "verklaringen en onderzoeken"
    IN_CLASS = "in_class", "wat het in de klas betekent"
    SUPPORT_PLAN = "support_plan", "wat helpt en wat is afgesproken"
    GOALS = "goals", "eigen doelen"
    PORTFOLIO = "portfolio", "talent en trots"
    TALKS = "talks", "oudergesprekken"
    ADVICE = "advice", "doorstroomadvies"
    ACCESS_LOG = "access_log", "wie dit kind bekeek"
    SOURCES = "sources", "herkomst van de gegevens"


NO, READ, WRITE, OWN, FREE, ASK, WHY, SUM = Cell

# fmt: off
MATRIX: dict[Kind, tuple[Cell, ...]] = {
    #                       TEACH  ELSEW  SUBST  IB     HEAD   OFFICE BOARD PARENT W/O-C  PUPIL  ADMIN
    Kind.NAME:              (READ,  READ,  READ,  READ,  WRITE, WRITE, NO,   READ,  NO,    READ,  NO),
    Kind.IDENTITY:          (READ,  NO,    READ,  READ,  WRITE, WRITE, NO,   READ,  NO,    NO,    NO),
    Kind.EMERGENCY_NUMBERS: (READ,  WHY,   READ,  READ,  WRITE, NO,    NO,   OWN,   NO,    NO,    NO),
    Kind.SECRET_CONTACT:    (NO,    NO,    NO,    WHY,   READ,  WRITE, NO,   OWN,   NO,    NO,    NO),
    Kind.NATIONAL_NUMBER:   (NO,    NO,    NO,    NO,    READ,  WRITE, NO,   READ,  NO,    NO,    NO),
    Kind.PLACEMENT:         (READ,  NO,    READ,  READ,  WRITE, WRITE, SUM,  READ,  ASK,   READ,  NO),
    Kind.ATTENDANCE:        (WRITE, NO,    WRITE, READ,  WRITE, WRITE, SUM,  WRITE, ASK,   NO,    NO),
    Kind.CLASS_TESTS:       (WRITE, NO,    WRITE, WRITE, READ,  NO,    SUM,  FREE,  ASK,   FREE,  NO),
    Kind.RESULTS:           (WRITE, NO,    READ,  WRITE, READ,  NO,    SUM,  FREE,  ASK,   FREE,  NO),
    Kind.PRACTICE:          (READ,  NO,    READ,  READ,  SUM,   NO,    NO,   FREE,  ASK,   READ,  NO),
    Kind.WELLBEING:         (WRITE, NO,    WHY,   WRITE, WHY,   NO,    SUM,  FREE,  ASK,   OWN,   NO),
    Kind.OBSERVATIONS:      (WRITE, OWN,   WRITE, WRITE, WHY,   NO,    NO,   ASK,   ASK,   NO,    NO),
    Kind.NOTES:             (WRITE, NO,    READ,  WRITE, WHY,   NO,    NO,   ASK,   ASK,   NO,    NO),
    Kind.NAMED_NOTES:       (NO,    NO,    NO,    WRITE, WHY,   NO,    NO,   ASK,   NO,    NO,    NO),
    Kind.INCIDENTS:         (WRITE, OWN,   OWN,   WRITE, WRITE, NO,    SUM,  FREE,  ASK,   NO,    NO),
    Kind.CHILD_PROTECTION:  (OWN,   OWN,   OWN,   WRITE, READ,  NO,    NO,   NO,    NO,    NO,    NO),
    Kind.MEDICAL:           (NO,    NO,    NO,    WRITE, WRITE, NO,    NO,   READ,  ASK,   NO,    NO),
    Kind.EMERGENCY_CARD:    (READ,  WHY,   READ,  WRITE, WRITE, NO,    NO,   READ,  ASK,   NO,    NO),
    Kind.REPORTS:           (NO,    NO,    NO,    WRITE, WHY,   NO,    NO,   READ,  ASK,   NO,    NO),
    Kind.IN_CLASS:          (READ,  NO,    READ,  WRITE, READ,  NO,    NO,   READ,  NO,    READ,  NO),
    Kind.SUPPORT_PLAN:      (WRITE, NO,    READ,  WRITE, WRITE, NO,    SUM,  READ,  ASK,   OWN,   NO),
    Kind.GOALS:             (WRITE, NO,    WRITE, WRITE, READ,  NO,    NO,   WRITE, NO,    WRITE, NO),
    Kind.PORTFOLIO:         (WRITE, NO,    READ,  READ,  NO,    NO,    NO,   READ,  NO,    WRITE, NO),
    Kind.TALKS:             (WRITE, NO,    WHY,   WRITE, READ,  NO,    NO,   OWN,   NO,    NO,    NO),
    Kind.ADVICE:            (WRITE, NO,    READ,  WRITE, WRITE, NO,    SUM,  FREE,  ASK,   FREE,  NO),
    Kind.ACCESS_LOG:        (NO,    NO,    NO,    READ,  READ,  NO,    NO,   ASK,   NO,    NO,    SUM),
    Kind.SOURCES:           (READ,  NO,    READ,  READ,  READ,  NO,    NO,   NO,    NO,    NO,    NO),
}
# fmt: on

OPEN = {Cell.READ, Cell.WRITE}
FILLED = {Cell.WRITE, Cell.OWN}

COLUMN = {position: number for number, position in enumerate(Position)}


def _kinds(position: Position, cells: set[Cell]) -> frozenset[Kind]:
    return frozenset(kind for kind, row in MATRIX.items() if row[COLUMN[position]] in cells)


READS = {position: _kinds(position, OPEN) for position in Position}
"""What someone in this position reads without more ado."""
WRITES = {position: _kinds(position, FILLED) for position in Position}
"""What someone in this position may add to; where it cannot be read as well, only the own entries come back."""
OPENS = {position: _kinds(position, {Cell.REASON}) for position in Position}
"""What someone in this position may open for a stated reason, for a while."""
COUNTS = {position: READS[position] | _kinds(position, {Cell.AGGREGATE}) for position in Position}
"""Of what someone in this position may see figures about all children of the school together."""


def cell(position: Position, kind: Kind) -> Cell:
    """Look up what someone in this position may do with this kind of data; an unknown one is a `ValueError`."""
    return MATRIX[Kind(kind)][COLUMN[Position(position)]]


def may(position: Position, kind: Kind) -> bool:
    """Tell whether someone in this position reads this kind of data without more ado."""
    return cell(position, kind) in OPEN


def kinds_for(positions: Iterable[Position]) -> frozenset[Kind]:
    """Return all that someone reads who stands in these positions to one and the same child."""
    return frozenset().union(*(READS[Position(position)] for position in positions))
