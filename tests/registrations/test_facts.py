"""The list of facts follows the rest of Kindblad: every page that is logged, every signal, every kind of source."""

import re
from pathlib import Path

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from models.rules.access import Kind
from models.rules.registrations.facts import ALONE, FACTS, PAGES, may_have_read
from models.rules.signals.registry import RULES
from models.vocabulary import Role
from tests.conftest import ROOT
from tests.site import Site

OF_NO_FACT = {
    "": "the route is about no child",
    "access_log": "who looked, which is no registration",
    "name": "finding the emergency card",
    "readers": "who may see a child",
    "parents": "accounts of guardians and their letters",
    "class_door": "who can log in with pictures",
    "pictures": "choosing the pictures of one child",
    "consent": "what a parent allows",
    "copy": "a copy that a parent asked for",
    "correction": "what a parent says is not right",
    "reason": "opening for a reason; what is then read has a line of its own",
    "request": "a question of a parent without custody",
    "retention": "keeping and erasing",
    "search": "finding a child by name",
    "studyguide": "the week of a group, which names no child",
    "signal": "answering a sentence of the sheet or of Vandaag",
}
"""What the access log also calls a page, and why it tells nothing of the use of a fact."""
ON_SEVERAL_FACTS = {"quiet"}
WRITTEN = re.compile(
    r"""(?:visit\.log\(|child=|group=|PAGE\s*=\s*|CARD\s*=\s*|HANDOVER\s*=\s*|KIND\s*=\s*)["']([a-z_]+)["']"""
)


def known(page: str) -> bool:
    return page in PAGES or page in ALONE or page in OF_NO_FACT or page in set(Kind)


def test_every_page_of_the_access_log_says_which_facts_it_shows(one_site: Site) -> None:
    """A new page is missing here: add it to PAGES of models/rules/registrations/facts.py, or to OF_NO_FACT above."""
    app = one_site.client.app
    assert isinstance(app, FastAPI)
    rules = [getattr(route.endpoint, "access", None) for route in iter_route_contexts(app.routes)]
    pages = {name for rule in rules if rule for name in (rule.child, rule.group, getattr(rule, "talk", ""))}
    pages |= {name for file in Path(ROOT / "api").rglob("*.py") for name in WRITTEN.findall(file.read_text())}

    assert len(pages) > 12
    assert sorted(page for page in pages if not known(page)) == []


def test_every_signal_rests_on_a_fact() -> None:
    begins = {begin for fact in FACTS.values() for begin in fact.signals}

    assert [begin for begin in begins if not any(rule.startswith(begin) for rule in RULES)] == []
    assert [rule for rule in RULES if not rule.startswith(tuple(begins)) and rule not in ON_SEVERAL_FACTS] == []


def test_whoever_may_not_read_a_fact_did_not_read_it_on_a_page_with_more() -> None:
    wellbeing = FACTS["assessment:wellbeing"]

    assert may_have_read("sheet", Role.TEACHER, wellbeing)
    assert not may_have_read("sheet", Role.HEAD, wellbeing), "directie opens it with a reason, which is a line apart"
    assert may_have_read("wellbeing", Role.HEAD, wellbeing)
    assert not may_have_read("contact", Role.TEACHER, wellbeing)
    assert may_have_read("contact", Role.OFFICE, FACTS["guardian"])
    assert not may_have_read("sheet", None, wellbeing)
