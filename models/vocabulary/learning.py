"""Groups, jaargroepen, tests and scales."""

from models.vocabulary.coded import Coded


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


class InstructionLevel(Coded):
    """The three instruction groups of a subject, by what the child needs; a school may give them other names."""

    INTENSIVE = "intensive", "intensief"
    BASIC = "basic", "basis"
    ENRICHED = "enriched", "verdiept"
