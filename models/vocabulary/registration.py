"""What a school registers, and what it decides about it."""

from models.vocabulary.coded import Coded


class Ruling(Coded):
    """What a school does with something it registers; the school's own three words, and not known yet."""

    MUST = "must", "moet"
    WISH = "wish", "wens"
    GO = "go", "weg"
    UNCLEAR = "unclear", "uitzoeken"


class Standing(Coded):
    """How a registration stands in the law."""

    REQUIRED = "required", "wettelijk verplicht"
    FREE_FORM = "free_form", "verplicht, vorm vrij"
    OPTIONAL = "optional", "niet verplicht"
    BARRED = "barred", "verboden of hoge drempel"


class Certainty(Coded):
    """How sure a claim of the catalogue is."""

    READ = "read", "gelezen bij een officiële bron"
    READ_OLD = "read_old", "gelezen in een oudere wettekst"
    SECOND_HAND = "second_hand", "uit de tweede hand"
    UNVERIFIED = "unverified", "niet nagegaan"


class Doer(Coded):
    """Who fills in a registration."""

    TEACHER = "teacher", "leraar"
    IB = "ib", "IB'er"
    HEAD = "head", "directie"
    OFFICE = "office", "administratie"
    OTHER = "other", "iemand anders"


class Cadence(Coded):
    """Per what a registration is done so many times."""

    DAY = "day", "per schooldag"
    WEEK = "week", "per schoolweek"
    MONTH = "month", "per maand"
    YEAR = "year", "per schooljaar"


class Counted(Coded):
    """What is filled in for each of."""

    PUPIL = "pupil", "kinderen"
    GROUP = "group", "groepen"
    COLLEAGUE = "colleague", "collega's"
    WHOLE = "whole", "keer voor de hele school"


class Stakeholder(Coded):
    """Those for whom a school says what it is for."""

    PUPILS = "pupils", "leerlingen"
    PARENTS = "parents", "ouders"
    TEACHERS = "teachers", "leraren"
    LEADERS = "leaders", "directie en IB"
    BOARD = "board", "bestuur"


class Voice(Coded):
    """Those before whom the list of registrations is laid."""

    TEACHER = "teacher", "leraren"
    IB = "ib", "IB"
    HEAD = "head", "directie"
    COUNCIL = "council", "MR en ouders"
    BOARD = "board", "bestuur"


class Leftover(Coded):
    """What to do with what was registered before it stopped."""

    KEEP = "keep", "laten staan tot de bewaartermijn om is"
    ERASE = "erase", "wissen"
    ARCHIVE = "archive", "bewaren omdat de wet dat vraagt"
