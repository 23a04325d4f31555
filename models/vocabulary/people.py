"""Who there are: roles, sexes, keys, custody, and reasons to look."""

from models.vocabulary.coded import Coded


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
    PICTURES = "pictures", "plaatjes"


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


class ConsentPurpose(Coded):
    """For what a school asks parents first."""

    PORTFOLIO = "portfolio", "foto's en tekeningen in het portfolio van uw kind"
    REPORT = "report", "een stuk uit het portfolio in het rapport"
    GROUP = "group", "een stuk uit het portfolio laten zien in de groep"


class CorrectionAnswer(Coded):
    """What the school did with what a parent said is not right."""

    CORRECTED = "corrected", "verbeterd"
    PARTLY = "partly", "deels verbeterd"
    KEPT = "kept", "niet gewijzigd"


class CopyGround(Coded):
    """Why something of a child does not go along in the copy for a parent (AVG art. 15 lid 4, UAVG art. 41)."""

    OTHERS = "others", "er staat iets in over iemand anders"
    CHILD = "child", "de veiligheid of het belang van uw kind"
    DRAFT = "draft", "het is nog niet af"
