"""What is known about a child, and the rules of the domain.

Importing this package imports every table module, so that `Base.metadata` is complete for Alembic and for the tests.
Imports nothing of ours outside this folder.
"""

from models import (
    account,
    attendance,
    attention,
    audit,
    copy_request,
    correction,
    custody,
    doubles,
    group,
    journal,
    message,
    person,
    portfolio,
    practice,
    provenance,
    registration,
    release,
    report_card,
    result,
    retention,
    school,
    sso,
    studyguide,
    support,
    talk,
)
from models.base import Base

__all__ = [
    "Base",
    "account",
    "attendance",
    "attention",
    "audit",
    "copy_request",
    "correction",
    "custody",
    "doubles",
    "group",
    "journal",
    "message",
    "person",
    "portfolio",
    "practice",
    "provenance",
    "registration",
    "release",
    "report_card",
    "result",
    "retention",
    "school",
    "sso",
    "studyguide",
    "support",
    "talk",
]
