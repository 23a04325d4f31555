"""What is kept how long, with a moved clock: E01-E06, E10, E17, E18, E22, E25."""

from datetime import date, timedelta

from models.rules.retention import Period
from models.vocabulary import Destination
from tests.retention.school import KEYS, LAST_DAY, School, moment

ONE_DAY = timedelta(days=1)
FIVE_YEARS = Period(months=60).after(LAST_DAY)
TWO_YEARS = Period(months=24).after(LAST_DAY)
EIGHT_WEEKS = LAST_DAY + timedelta(days=56)
ADMINISTRATION = {"pupil", "source_person", "enrolment", "group_membership", "absence", "departure"}


def test_e02_enrolment_and_absence_stay_five_years_and_not_longer(school: School) -> None:
    school.leave()

    school.erase_what_is_due(moment(FIVE_YEARS - ONE_DAY))
    assert school.held().keys() >= {"pupil", "enrolment", "group_membership", "absence"}

    school.erase_what_is_due(moment(FIVE_YEARS + timedelta(days=56)))
    assert not school.is_known()
    assert school.held(KEYS[1])["note"] == 1


def test_e03_all_else_is_gone_after_two_years(school: School) -> None:
    school.leave()
    before = school.held()

    school.erase_what_is_due(moment(TWO_YEARS))
    assert school.held()["note"] == before["note"]

    school.erase_what_is_due(moment(TWO_YEARS + ONE_DAY))
    assert school.held().keys() <= ADMINISTRATION | {"person_identifier"}
    assert school.held()["source_person"] == 1
    assert "note" in school.held(KEYS[1])
