"""Who has custody, along the cases that the ministry wrote out for the law (BW 1, book of the civil register)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from models.rules.custody import Recorded, adult_since, custody_at, in_force, is_proven
from models.vocabulary import Custody, CustodyEvidence

TODAY = date(2025, 3, 1)
NOW = datetime(2025, 3, 1, 11, 0, tzinfo=UTC)
BORN = date(2015, 3, 15)
YES, NO, UNKNOWN = Custody
COURT, DEED, STATEMENT = CustodyEvidence.COURT, CustodyEvidence.DEED, CustodyEvidence.STATEMENT


def since(custody: Custody, start: datetime, version: int = 1, evidence: CustodyEvidence = COURT) -> Recorded:
    return Recorded(version, custody, start, evidence)


BEFORE, LATER = NOW - timedelta(days=600), NOW + timedelta(days=30)


@pytest.mark.parametrize(
    ("case", "claim", "records", "expected"),
    [
        ("a parent with custody", YES, [], YES),
        ("joint custody: each parent has a line of their own", YES, [since(YES, BEFORE, evidence=DEED)], YES),
        ("someone without any custody relation", None, [], UNKNOWN),
        ("a guardian by court order (voogdij)", None, [since(YES, BEFORE)], YES),
        ("ended by the court", YES, [since(NO, BEFORE)], NO),
        ("suspended (inactive) and given back", NO, [since(NO, BEFORE), since(YES, NOW - timedelta(days=9), 2)], YES),
        ("ends only next month", YES, [since(NO, LATER)], YES),
        ("begins only next month", NO, [since(YES, LATER)], NO),
        ("recognised before 1 January 2023: the mother alone", NO, [], NO),
        ("recognised since 1 January 2023: both", UNKNOWN, [since(YES, BEFORE, evidence=DEED)], YES),
        ("the file never said", UNKNOWN, [], UNKNOWN),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value else "",
)
def test_custody_as_the_law_has_it(
    case: str, claim: Custody | None, records: list[Recorded], expected: Custody
) -> None:
    assert custody_at(claim, records, BORN, TODAY, NOW) == expected, case


def test_over_a_child_of_eighteen_nobody_has_custody() -> None:
    piet, mark, eva = date(2006, 1, 1), date(2003, 2, 28), date(2012, 7, 14)

    assert [custody_at(YES, [], born, TODAY, NOW) for born in (piet, mark, eva)] == [NO, NO, YES]
    assert [adult_since(day) for day in (date(2026, 3, 1), date(2024, 2, 29))] == [date(2008, 3, 1), date(2006, 2, 28)]
    assert custody_at(YES, [since(YES, BEFORE)], date(2008, 2, 29), date(2026, 2, 28), NOW) == YES
    assert custody_at(YES, [since(YES, BEFORE)], date(2008, 2, 29), date(2026, 3, 1), NOW) == NO


def test_it_changes_at_the_minute_and_stays_changed() -> None:
    noon = NOW
    records = [since(YES, BEFORE), since(NO, noon, 2)]

    moments = (noon - timedelta(seconds=1), noon, noon + timedelta(days=1))
    assert [custody_at(YES, records, BORN, TODAY, moment) for moment in moments] == [YES, NO, NO]


def test_a_correction_of_the_same_day_is_the_one_that_counts_and_a_plan_survives_it() -> None:
    wrong, corrected, planned = since(YES, BEFORE, 1), since(NO, BEFORE, 3), since(YES, LATER, 2)

    assert in_force([wrong, planned, corrected], NOW) == corrected
    assert in_force([wrong, planned, corrected], LATER) == planned


def test_what_was_only_told_proves_nothing() -> None:
    assert [is_proven(evidence) for evidence in (COURT, DEED, STATEMENT, None)] == [True, True, False, False]
