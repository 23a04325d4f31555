"""Code lists: the value kept in the database, the Dutch word on the screen, and where the list comes from.

Values are English or the standard's own code and never change meaning; labels are for people. docs/glossary.md ties
each list to its standard.
"""

from enum import StrEnum
from typing import Self


class Coded(StrEnum):
    """A code with the Dutch word that people see."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label or value
        return member


class DataClass(Coded):
    """What kind of personal data a column holds (decides who may see it and what a scrubbed copy keeps)."""

    TECHNICAL = "technical", "sleutel of techniek"
    REFERENCE = "reference", "geen persoonsgegeven"
    IDENTITY = "identity", "personalia"
    CONTACT = "contact", "contactgegevens"
    IDENTIFIER = "identifier", "identificerende sleutel"
    CUSTODY = "custody", "gezag"
    PLACEMENT = "placement", "groep en inschrijving"
    RESULT = "result", "toetsresultaat"
    PRACTICE = "practice", "oefengegevens"
    WELLBEING = "wellbeing", "sociaal-emotioneel"
    JOURNAL = "journal", "notities en observaties"
    SUPPORT = "support", "ondersteuning, doelen en afspraken"
    ATTENDANCE = "attendance", "verzuim"
    HEALTH = "health", "gezondheid"
    ACCOUNT = "account", "account"
    SECRET = "secret", "geheim van een account"
    TRACE = "trace", "inzage- en invoerspoor"


class Retention(Coded):
    """What kind of keeping a table falls under; how long, from when and why stands in `models.rules.retention`."""

    REFERENCE = "reference", "lijsten en instellingen"
    ENROLMENT = "enrolment", "inschrijving en groepen"
    ATTENDANCE = "attendance", "verzuim"
    DOSSIER = "dossier", "leerlingdossier"
    SUPPORT = "support", "ondersteuning en verwijzing"
    CHAIN = "chain", "sleutels in de keten"
    PRACTICE = "practice", "oefengegevens"
    IMPORT = "import", "herkomst van gegevens"
    QUARANTINE = "quarantine", "niet overgenomen regels"
    ACCOUNT = "account", "accounts"
    SESSION = "session", "inlogsessies en uitnodigingen"
    STAFF = "staff", "medewerkers"
    LOG = "log", "inzagelog"
    PROOF = "proof", "bewijs van bewaren en wissen"


class Destination(Coded):
    """What kind of school a child went to; a referral to special education is kept longer."""

    PRIMARY = "primary", "andere basisschool"
    SPECIAL = "special", "speciaal (basis)onderwijs"
    SECONDARY = "secondary", "voortgezet onderwijs"
    UNKNOWN = "unknown", "elders of onbekend"


class HoldReason(Coded):
    """Why nothing of a child is erased for now."""

    COMPLAINT = "complaint", "klacht of geschil"
    COURT = "court", "rechtszaak of bezwaar"
    RESTRICTION = "restriction", "beperking op verzoek (AVG art. 18)"
    INSPECTION = "inspection", "onderzoek door de inspectie of de AP"


class PlanStatus(Coded):
    OPEN = "open", "wacht op akkoord"
    APPROVED = "approved", "akkoord, nog niet uitgevoerd"
    DONE = "done", "uitgevoerd"
    DROPPED = "dropped", "vervangen of vervallen"


class Role(Coded):
    """What someone is at a school; a substitute (duo or invaller) is one for a group and between two dates only."""

    TEACHER = "teacher", "leraar"
    SUBSTITUTE = "substitute", "duo of invaller"
    IB = "ib", "IB'er"
    HEAD = "head", "directie"
    OFFICE = "office", "administratie"
    BOARD = "board", "bestuur"
    ADMIN = "admin", "beheer"
    PARENT = "parent", "ouder"
    PUPIL = "pupil", "leerling"


class LoginMethod(Coded):
    """How someone proved who they are when a session began."""

    PASSWORD = "password", "wachtwoord"
    PASSKEY = "passkey", "passkey"
    SSO = "sso", "schoolaccount"
    INVITATION = "invitation", "uitnodiging"


class SourceKind(Coded):
    LAS = "las", "leerlingadministratie"
    TEST = "test", "toetsen"
    PRACTICE = "practice", "oefenplatform"
    WELLBEING = "wellbeing", "sociaal-emotioneel"
    JOURNAL = "journal", "dossier"


class DeliveryStatus(Coded):
    APPLIED = "applied", "verwerkt"
    REFUSED = "refused", "geweigerd"


class LedgerStatus(Coded):
    ACTIVE = "active", "aanwezig"
    VANISHED = "vanished", "niet meer geleverd"
    REJECTED = "rejected", "in quarantaine"


class IssueStatus(Coded):
    OPEN = "open", "open"
    RESOLVED = "resolved", "opgelost"
    DISMISSED = "dismissed", "terzijde gelegd"


class Severity(Coded):
    WARNING = "warning", "let op"
    ERROR = "error", "niet overgenomen"


class PersonRole(Coded):
    PUPIL = "pupil", "leerling"
    STAFF = "staff", "medewerker"
    GUARDIAN = "guardian", "ouder of verzorger"


class Sex(Coded):
    """NEN-ISO 5218 as EDEXML uses it (0, 1, 2, 9); OSO swaps 1 and 2."""

    UNKNOWN = "unknown", "onbekend"
    MALE = "male", "jongen"
    FEMALE = "female", "meisje"
    NOT_SPECIFIED = "not_specified", "niet opgegeven"


class IdentifierType(Coded):
    """Keys by which systems know a person. There is deliberately no BSN or onderwijsnummer in this list."""

    ECK_ID = "eck_id", "ECK iD"
    LAS_KEY = "las_key", "sleutel in de leerlingadministratie"
    PLATFORM = "platform", "sleutel op het platform"


class LinkMethod(Coded):
    """Why a source's person is ours. There is no fuzzy method: anything less than a key is decided by a person."""

    ROLL = "roll", "aangemaakt uit de leerlingadministratie"
    ECK_ID = "eck_id", "zelfde ECK iD"
    LAS_KEY = "las_key", "zelfde sleutel"
    MANUAL = "manual", "met de hand gekoppeld"


class ProposalStatus(Coded):
    OPEN = "open", "te beslissen"
    ACCEPTED = "accepted", "zelfde kind"
    REJECTED = "rejected", "ander kind"


class Custody(Coded):
    YES = "yes", "gezag"
    NO = "no", "geen gezag"
    UNKNOWN = "unknown", "gezag onbekend"


class CustodyEvidence(Coded):
    """What was seen of custody; one parent's word is written down, but proves nothing."""

    REGISTER = "register", "uittreksel uit het gezagsregister"
    COURT = "court", "uitspraak van de rechter"
    DEED = "deed", "akte van erkenning of huwelijk"
    CIVIL = "civil", "uittreksel uit de basisregistratie (BRP)"
    STATEMENT = "statement", "alleen verteld, nog niets gezien"


class RequestDecision(Coded):
    """What directie decided about the question of a parent without custody (BW 1:377c)."""

    GRANTED = "granted", "toegewezen"
    REFUSED = "refused", "afgewezen"


class RefusalGround(Coded):
    """The only two grounds on which BW 1:377c lets a school refuse."""

    NOT_TO_OTHERS = "not_to_others", "zo zou de school het ook niet aan een ouder met gezag vertellen"
    CHILDS_INTEREST = "childs_interest", "het belang van het kind verzet zich ertegen"


class Relation(Coded):
    FATHER = "father", "vader"
    MOTHER = "mother", "moeder"
    GUARDIAN = "guardian", "voogd"
    OTHER = "other", "anders"


class GroupKind(Coded):
    HOME = "home", "stamgroep"
    INSTRUCTION = "instruction", "instructiegroep"


class Grade(Coded):
    """Jaargroep, EDEXML 2.1 `JaargroepType`; C exists only on a group, never on a pupil."""

    BABY = "B", "baby"
    TODDLER = "D", "dreumes"
    PRESCHOOL = "0", "peuter"
    G1 = "1", "groep 1"
    G2 = "2", "groep 2"
    G3 = "3", "groep 3"
    G4 = "4", "groep 4"
    G5 = "5", "groep 5"
    G6 = "6", "groep 6"
    G7 = "7", "groep 7"
    G8 = "8", "groep 8"
    VO1 = "11", "leerjaar 1"
    VO2 = "12", "leerjaar 2"
    VO3 = "13", "leerjaar 3"
    VO4 = "14", "leerjaar 4"
    VO5 = "15", "leerjaar 5"
    VO6 = "16", "leerjaar 6"
    SPECIAL = "S", "speciaal onderwijs"
    SPECIAL_SECONDARY = "V", "voortgezet speciaal onderwijs"
    COMBINATION = "C", "combinatiegroep"
    NONE = "N", "geen onderwijs"
    HISTORICAL = "H", "niet meer op school"


class StaffRole(Coded):
    """EDEXML `RolType`; describes, never grants a right. KLA is a classroom assistant, LRK the group teacher."""

    ADJ = "ADJ", "adjunct-directeur"
    ADM = "ADM", "administratie"
    CON = "CON", "conciërge"
    DIR = "DIR", "directeur"
    ICT = "ICT", "ICT"
    IB = "IB", "intern begeleider"
    KLA = "KLA", "klassenassistent"
    LRK = "LRK", "leerkracht"
    LOS = "LOS", "onderwijsondersteuning"
    LOC = "LOC", "locatieleider"
    OWA = "OWA", "onderwijsassistent"
    OUD = "OUD", "ouder"
    RT = "RT", "remedial teacher"
    SMW = "SMW", "schoolmaatschappelijk werk"
    STA = "STA", "stagiair"
    VAK = "VAK", "vakleerkracht"
    TAL = "TAL", "toetsafnameleider"


class Measure(Coded):
    """What a scale measures."""

    RAW = "raw", "ruwe score"
    SKILL = "skill", "vaardigheidsscore"
    LEVEL = "level", "niveau"
    PERCENTILE = "percentile", "percentiel"
    FUNCTIONING = "functioning", "functioneringsniveau"
    DLE = "dle", "DLE"
    REFERENCE = "reference", "referentieniveau"
    READING = "reading", "AVI"
    DIMENSION = "dimension", "gemiddelde score"
    AGE_PHASE = "age_phase", "ontwikkelingsfase"
    STANDARD = "standard", "standaardscore"
    UNKNOWN = "unknown", "onbekende schaal"


class Respondent(Coded):
    TEST = "test", "toets"
    TEACHER = "teacher", "leerkracht"
    PUPIL = "pupil", "kind"
    PARENT = "parent", "ouder"


class InstrumentKind(Coded):
    TEST = "test", "toets"
    WELLBEING = "wellbeing", "sociaal-emotioneel"
    OBSERVATION = "observation", "observatie"


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


class InstructionLevel(Coded):
    """The three instruction groups of a subject, by what the child needs; a school may give them other names."""

    INTENSIVE = "intensive", "intensief"
    BASIC = "basic", "basis"
    ENRICHED = "enriched", "verdiept"


class EmergencyReason(Coded):
    """Why someone opens what is normally not theirs to see ("met reden")."""

    EMERGENCY = "emergency", "er is nu iets aan de hand met dit kind"
    REPLACING = "replacing", "ik vervang vandaag een collega"
    SAFETY = "safety", "zorg over de veiligheid van dit kind"
    PREPARING = "preparing", "voorbereiding van een gesprek of besluit"
    COMPLAINT = "complaint", "klacht, bezwaar of verzoek van een ouder"
    REPAIR = "repair", "een fout in de gegevens nakijken"


class Verdict(Coded):
    """What directie says afterwards about a use of the emergency access."""

    RIGHT = "right", "in orde"
    WRONG = "wrong", "niet in orde"


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


SUBJECTS = {
    "rekenen": "Rekenen",
    "spelling": "Spelling",
    "begrijpend-lezen": "Begrijpend lezen",
    "technisch-lezen": "Technisch lezen",
    "woordenschat": "Woordenschat",
    "taal": "Taal",
}
"""Subjects with their screen name, in the order in which a sheet shows them; other subjects follow alphabetically."""

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip

MONTHS_SHORT = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
