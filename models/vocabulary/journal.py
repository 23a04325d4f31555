"""What people write of a child, agree on, and say in talks."""

from models.vocabulary.coded import Coded


class NoteKind(Coded):
    OBSERVATION = "observation", "observatie"
    PUPIL_TALK = "pupil_talk", "kindgesprek"
    PARENT_TALK = "parent_talk", "oudergesprek"
    DISCUSSION = "discussion", "bespreking"
    NOTE = "note", "notitie"
    TALENT = "talent", "talent"


class Tone(Coded):
    GOOD = "good", "goed"
    NEUTRAL = "neutral", "neutraal"
    WORRY = "worry", "zorg"


class Readers(Coded):
    TEAM = "team", "leraren van de groep en IB"
    IB = "ib", "alleen IB en directie"


class AbsencePart(Coded):
    MORNING = "morning", "ochtend"
    AFTERNOON = "afternoon", "middag"
    DAY = "day", "dag"


class AbsenceReason(Coded):
    ILL = "ill", "ziek"
    DOCTOR = "doctor", "dokter"
    LEAVE = "leave", "verlof"
    LATE = "late", "te laat"
    UNAUTHORISED = "unauthorised", "ongeoorloofd"


class GoalAnswer(Coded):
    """What the school did with a child's own goal; no row means: not answered yet."""

    YES = "yes", "doen we"
    PARTLY = "partly", "deels"
    NOT_NOW = "not_now", "nu niet"


class GoalJudgement(Coded):
    """What the child itself says of its goal."""

    REACHED = "reached", "gelukt"
    ALMOST = "almost", "bijna"
    NOT_YET = "not_yet", "nog niet"


class PieceKind(Coded):
    """What a piece of the portfolio is."""

    PHOTO = "photo", "foto"
    DRAWING = "drawing", "tekening"
    TEXT = "text", "tekst"
    FILM = "film", "filmpje"


class SupportKind(Coded):
    HELPS = "helps", "helpt"
    HINDERS = "hinders", "hindert"
    IN_CLASS = "in_class", "in de klas"


class AgreementOutcome(Coded):
    """How an agreement ended; without a row for it, it is still open."""

    DONE = "done", "gedaan"
    NOT_DONE = "not_done", "niet gedaan"
    OTHERWISE = "otherwise", "anders gegaan"


class SignalReply(Coded):
    """What someone did with a signal on Vandaag."""

    NOTE = "note", "opgeschreven"
    TALK = "talk", "gesprek gepland"
    AGREEMENT = "agreement", "afgesproken"
    INSTRUCTION = "instruction", "instructie gepland"
    SEEN = "seen", "gezien"


class TalkKind(Coded):
    """Who sit at the table; the first is among colleagues only."""

    DISCUSSION = "discussion", "leerlingbespreking"
    PARENTS = "parents", "oudervertelgesprek"
    REPORT = "report", "rapportgesprek"
    CHILD = "child", "kindgesprek"


class Speaker(Coded):
    """A voice in a talk with the child or its parents; the three are of equal weight."""

    CHILD = "child", "kind"
    PARENT = "parent", "ouder"
    TEACHER = "teacher", "leraar"


class MessageKind(Coded):
    """What a message to parents is about."""

    DIGEST = "digest", "weekbericht"
    ANNOUNCEMENT = "announcement", "mededeling"
    RELEASE = "release", "er staat iets klaar"
