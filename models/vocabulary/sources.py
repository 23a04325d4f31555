"""Where data comes from and how a delivery went."""

from models.vocabulary.coded import Coded


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
