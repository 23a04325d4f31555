"""What a column holds and how long it is kept."""

from models.vocabulary.coded import Coded


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
