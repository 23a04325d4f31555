"""What a copy of all that is kept of a child holds (AVG art. 15), table by table, and what it leaves out and why.

Pure data. Every table that speaks of a child is in `PARTS` or in `LEFT_OUT`; a test names the one that is in neither.
What people wrote themselves (`review`) is looked at by directie before it goes along.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

WHO = "who"
"""The column that says who wrote or did it: from the account, the staff on the roll, or a name that is kept."""


@dataclass(frozen=True, slots=True)
class Part:
    """One table in the copy: under which subject and title, and which columns with the word above each."""

    table: str
    subject: str
    title: str
    columns: Mapping[str, str]
    order: str
    review: bool = False
    own: str = ""
    """The column that must name the guardian who asks: a household gets nothing of another."""


DISPUTED = {"disputed": "betwist"}
"""Whether a parent, whoever it was, said that it is not right and it was not corrected."""
TOLD = {"told": "met u gedeeld"}
"""Whether school released it to parents; the copy holds what it did not, see docs/decisions/0008."""
WROTE = {WHO: "geschreven door"}
_ABOUT, _SCHOOL, _LEARN, _FEEL, _TALK, _HELP, _PROUD, _ACCESS = (
    "Uw kind",
    "School en groepen",
    "Toetsen en oefenen",
    "Notities",
    "Gesprekken",
    "Wat helpt en is afgesproken",
    "Doelen, portfolio en rapport",
    "Toegang en verzoeken",
)
SUBJECTS = (_ABOUT, _SCHOOL, _LEARN, _FEEL, _TALK, _HELP, _PROUD, _ACCESS)

REMARKS = {
    _LEARN: "Hier staat alles, ook wat school u nog niet vertelde. De wet geeft u dat recht. Er staat geen uitleg bij, "
    "en één uitslag zegt niet hoe het met uw kind gaat. Praat erover met de leraar: die legt het graag uit."
}
"""What a parent reads above the rows of a subject."""

_NAMES = {"given_name": "roepnaam", "first_names": "voornamen", "initials": "voorletters", "prefix": "voorvoegsel"}
_NAMES |= {"family_name": "achternaam"}
_PERIOD = {"starts_on": "van", "ends_on": "tot en met"}

PARTS = (
    Part("pupil", _ABOUT, "Naam en geboortedatum", _NAMES | {"birth_date": "geboren", "sex": "geslacht"}, "id"),
    Part(
        *("source_person", _ABOUT, "Zo kennen systemen uw kind"),
        {"source": "bron", "source_key": "sleutel", "group_label": "groep volgens de bron", "email": "e-mail"}
        | _NAMES
        | {
            "birth_date": "geboren",
            "sex": "geslacht",
            "linked_at": "gekoppeld op",
            "vanished_at": "niet meer geleverd",
        },
        "id",
    ),
    Part(
        *("person_identifier", _ABOUT, "Nummers van uw kind"),
        {"kind": "soort", "value": "nummer"} | _PERIOD,
        "starts_on",
    ),
    Part(
        *("guardianship", _ABOUT, "U en uw kind, volgens het bestand"),
        {"relation": "relatie", "custody": "gezag"} | _PERIOD,
        "starts_on",
        own="guardian_id",
    ),
    Part(
        *("custody_record", _ABOUT, "Uw gezag, zoals de school het vastlegde"),
        {"custody": "gezag", "starts_at": "vanaf", "evidence": "gezien", "remark": "opmerking", WHO: "vastgelegd door"},
        "version",
        review=True,
        own="guardian_id",
    ),
    Part("emergency_card", _ABOUT, "Noodkaart", {"body": "tekst", "written_at": "op"} | WROTE, "version"),
    Part("enrolment", _SCHOOL, "Inschrijving", _PERIOD | {"start_grade3_on": "begon in groep 3"}, "starts_on"),
    Part(
        *("group_membership", _SCHOOL, "Groepen"),
        {"year": "schooljaar", "group": "groep", "grade": "jaargroep", "kind": "soort"} | _PERIOD,
        "starts_on",
    ),
    Part(
        *("absence", _SCHOOL, "Verzuim"),
        {"day": "dag", "part": "dagdeel", "reason": "reden", "recorded_at": "ingevoerd", WHO: "door", "source": "bron"},
        "day",
    ),
    Part(
        *("departure", _SCHOOL, "Vertrek van school"),
        {"last_day": "laatste dag", "destination": "naar", "decided_at": "vastgelegd", "returned_on": "teruggekomen"},
        "decided_at",
    ),
    Part("retention_hold", _SCHOOL, "Later wissen", {"reason": "reden", "ends_on": "tot", "placed_at": "op"}, "id"),
    Part(
        *("assessment", _LEARN, "Toetsen en vragenlijsten"),
        {"taken_on": "dag", "instrument": "toets of lijst", "moment": "moment", "test_level": "niveau van de toets"}
        | {
            "respondent": "ingevuld door",
            "source": "bron",
            "id": "nummer",
            "superseded_by_id": "vervangen door nummer",
        }
        | {"grade": "jaargroep", "source_key": "sleutel bij de bron"}
        | TOLD,
        "taken_on",
    ),
    Part(
        *("assessment_score", _LEARN, "Uitslagen"),
        {"taken_on": "dag", "instrument": "toets of lijst", "scale": "schaal", "part": "onderdeel"}
        | {
            "value_raw": "uitslag",
            "ci_low": "van",
            "ci_high": "tot",
            "qualifier": "opmerking",
            "assessment_id": "nummer",
        }
        | {"band": "niveau"},
        "taken_on",
    ),
    Part(
        *("release", _LEARN, "Wat is vrijgegeven"),
        {"taken_on": "toets van", "instrument": "toets of lijst", "child_from": "voor uw kind vanaf"}
        | {
            "parents_from": "voor u vanaf",
            "explanation": "uitleg",
            "withdrawn_at": "ingetrokken",
            WHO: "vrijgegeven door",
        }
        | DISPUTED,
        "released_at",
    ),
    Part(
        *("practice_cell", _LEARN, "Oefenen"),
        {"day": "dag", "subject": "vak", "objective": "leerdoel", "answers": "antwoorden", "correct": "goed"}
        | {
            "first_answers": "in één keer",
            "first_correct": "in één keer goed",
            "home_answers": "thuis",
            "source": "bron",
        }
        | {
            "progress_sum": "voortgang opgeteld",
            "progress_n": "keer voortgang",
            "no_difficulty": "zonder moeilijkheid",
            "uncalibrated": "niet geijkt",
            "first_second": "eerste antwoord, seconde van de dag",
            "last_second": "laatste antwoord, seconde van de dag",
        },
        "day",
    ),
    Part(
        *("instruction_placement", _LEARN, "Instructiegroep"),
        {"group": "groep", "subject": "vak", "level": "aanpak", "reason": "waarom", WHO: "gekozen door"}
        | _PERIOD
        | {"is_own_choice": "eigen keuze van de leraar"},
        "starts_on",
        review=True,
    ),
    Part(
        *("instruction_pupil", _LEARN, "Extra uitleg in een klein groepje"),
        {"planned_on": "dag", "title": "waarover", "held_on": "gegeven op"},
        "planned_on",
    ),
    Part(
        *("note", _FEEL, "Notities en observaties"),
        {"observed_on": "dag", "kind": "soort", "readers": "voor wie", "body": "tekst", "written_at": "geschreven op"}
        | WROTE
        | {"source": "bron"}
        | {"tone": "toon"},
        "observed_on",
        review=True,
    ),
    Part(
        *("signal_answer", _FEEL, "Wat de school met een signaal deed"),
        {"answered_at": "op", "topic": "waarover", "evidence": "gezien", "reply": "antwoord", "because": "omdat"}
        | WROTE,
        "answered_at",
        review=True,
    ),
    Part(
        *("talk", _TALK, "Gesprekken over of met uw kind"),
        {"planned_on": "dag", "kind": "soort", "question": "vraag", "sees": "wat is gezien"}
        | {
            "child_says": "wat uw kind zegt",
            "ended_at": "klaar",
            "cancelled_at": "ging niet door",
            WHO: "gepland door",
        }
        | {"planned_time": "tijd", "started_at": "begonnen"},
        "planned_on",
        review=True,
    ),
    Part(
        *("talk_voice", _TALK, "Wat ieder inbracht"),
        {
            "planned_on": "gesprek van",
            "speaker": "wie",
            "goes_well": "gaat goed",
            "is_hard": "is lastig",
            "wish": "wens",
        },
        "planned_on",
        review=True,
    ),
    Part(
        *("talk_view", _TALK, "Wat medewerkers vooraf vonden"),
        {"planned_on": "gesprek van", "strengths": "sterk", "concerns": "zorg", "wish": "wens"} | WROTE,
        "planned_on",
        review=True,
    ),
    Part(
        *("talk_wish", _TALK, "Gevraagde gesprekken"),
        {"wished_at": "op", "body": "waarover", "closed_at": "afgehandeld"} | {WHO: "gevraagd door"},
        "wished_at",
        review=True,
    ),
    Part(
        *("support_point", _HELP, "Wat helpt en wat hindert"),
        {"observed_on": "sinds", "kind": "soort", "body": "tekst", "ended_on": "tot"}
        | WROTE
        | {"source": "bron"}
        | DISPUTED,
        "observed_on",
        review=True,
    ),
    Part(
        *("agreement", _HELP, "Afspraken"),
        {"agreed_on": "op", "body": "afspraak", "owner": "wie", "due_on": "voor", "done_on": "klaar"}
        | {"outcome": "uitkomst", "outcome_body": "toelichting", "source": "bron"}
        | DISPUTED,
        "agreed_on",
        review=True,
    ),
    Part(
        *("goal", _PROUD, "Doelen van uw kind"),
        {"stated_on": "op", "body": "doel", "answer": "antwoord van school", "answer_body": "toelichting"}
        | {"judgement": "eigen oordeel", "judgement_body": "eigen woorden", WHO: "getypt door", "source": "bron"}
        | DISPUTED
        | {"answered_on": "beantwoord op", "judged_on": "geoordeeld op"},
        "stated_on",
        review=True,
    ),
    Part(
        *("portfolio_piece", _PROUD, "Portfolio"),
        {"made_on": "gemaakt op", "kind": "soort", "title": "titel", "body": "tekst", "link": "adres van een film"}
        | {"is_outside_school": "buiten school", WHO: "toegevoegd door"}
        | DISPUTED,
        "made_on",
        review=True,
    ),
    Part("piece_image", _PROUD, "Afbeeldingen", {"title": "bij", "file": "bestand"}, "id"),
    Part(
        *("report_card", _PROUD, "Rapporten"),
        {"title": "rapport", "group": "groep", "words": "woorden van de leraar", "child_words": "woorden van uw kind"}
        | {"content": "inhoud", "released_at": "vrijgegeven", WHO: "gemaakt door"}
        | {"effort": "inzet", "parents_from": "voor u vanaf"},
        "released_at",
        review=True,
    ),
    Part(
        *("consent", _ACCESS, "Uw toestemming"),
        {"said_at": "op", "purpose": "waarvoor", "is_given": "toestemming"},
        "said_at",
        own="guardian_id",
    ),
    Part(
        *("correction_request", _ACCESS, "Wat u betwistte"),
        {"asked_at": "op", "about": "waarover", "body": "uw woorden", "answer": "antwoord"}
        | {"answer_body": "toelichting", "answered_at": "beantwoord op"}
        | {"kind": "soort"},
        "asked_at",
        own="guardian_id",
    ),
    Part(
        *("copy_request", _ACCESS, "Kopieën die u vroeg"),
        {"asked_at": "gevraagd op", "decided_at": "besloten op", "reason": "toelichting van de directie"}
        | {"due_on": "antwoord vóór", "ends_at": "op te halen tot"},
        "asked_at",
        own="guardian_id",
    ),
    Part(
        *("emergency_access", _ACCESS, "Geopend met een reden"),
        {"opened_at": "op", "kind": "wat", "reason": "reden", "explanation": "toelichting", "ends_at": "tot"}
        | {"verdict": "nagekeken", WHO: "door"},
        "opened_at",
        review=True,
    ),
    Part("role_grant", _ACCESS, "Eigen account van uw kind", {"role": "als"} | _PERIOD, "starts_on"),
)
"""In the order of the copy."""

LEFT_OUT = {
    "information_request": "vragen van iemand anders over uw kind; die gaan over die ander",
    "match_proposal": "vergelijkingen met andere kinderen; welke sleutels bij uw kind horen staat bij ‘Uw kind’",
    "practice_first": "een geheugen van de computer om niets dubbel te tellen; wat het telde staat bij ‘Oefenen’",
    "staff_assignment": "gaat over medewerkers",
}
"""Tables that speak of a child and are not in its copy, with the reason as a parent reads it."""

AS_WORDS = frozenset(
    {
        *(
            "assessment.instrument_id",
            "practice_cell.objective_id",
            "instruction_pupil.pupil_id",
            "piece_image.content",
        ),
        *("agreement.owner_id", "agreement.owner_account_id", "assessment_score.value_num", "copy_request.left_out"),
        *("talk_voice.ready_at", "talk_view.ready_at"),
    }
)
"""Columns that are in the copy in another form: as a name, a file, or the text that was delivered."""

ALWAYS_OUT = (
    "Wat over een ander kind gaat.",
    "Adres, telefoon, gezag, woorden, gesprekken en verzoeken van een andere ouder.",
    "Wachtwoorden, codes en privégegevens van medewerkers.",
    "Wat nog niet af is: een rapport dat niet is vrijgegeven, en wat is opgeschreven voor een gesprek dat nog komt.",
    "Afbeeldingen in het klein; de grote afbeelding zit erbij.",
)
"""What never goes along, as a parent reads it."""


@dataclass(frozen=True, slots=True)
class Names:
    """The given names in a school that a text about one child should not hold: of other children and other parents."""

    children: frozenset[str] = frozenset()
    parents: frozenset[str] = frozenset()
    own: frozenset[str] = field(default_factory=frozenset)


SHORTEST_NAME = 3


def names_in(texts: Iterable[str], names: Names) -> str:
    """Say whom else these texts seem to speak of: "een ander kind", "een andere ouder", both, or nobody ("").

    A word with a capital that is someone's given name; it may be chance, so a person looks.
    """
    words = {word for text in texts for word in re.findall(r"\w+", text) if len(word) >= SHORTEST_NAME}
    words -= names.own
    found = [
        who
        for who, those in (("een ander kind", names.children), ("een andere ouder", names.parents))
        if words & (those - names.own)
    ]
    return " en ".join(found)
