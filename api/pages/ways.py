"""The ways from a group to its own pages, for who may open them: a link that answers with a refusal helps nobody."""

from api.security.access import (
    ABSENCE,
    CLASS_DOOR,
    GROUP_LIST,
    GROUP_TODAY,
    HANDOVER_GROUP,
    MEETINGS_OF_GROUP,
    RELEASE,
    REPORTS_OF_GROUP,
    STANDING_IN,
    STUDY_WEEKS,
    SUBSTITUTE_CARD,
    TALK_ABOUT_GROUP,
    WITH_CHILDREN,
    Access,
    Visit,
)
from models.queries.scope import GroupGrant
from models.rules.access import Kind

OF_A_GROUP: tuple[tuple[str, str, Access, frozenset[Kind]], ...] = (
    ("vandaag", "Vandaag", GROUP_TODAY, frozenset()),
    ("verzuim", "Verzuim", ABSENCE, frozenset({Kind.ATTENDANCE})),
    ("instructiegroepen/rekenen", "Instructiegroepen", GROUP_LIST, frozenset({Kind.SUPPORT_PLAN})),
    ("studiewijzer", "Studiewijzer", STUDY_WEEKS, frozenset()),
    ("klas-open", "Klasdeur", CLASS_DOOR, frozenset({Kind.GOALS})),
    ("invalkaart", "Invalkaart", SUBSTITUTE_CARD, frozenset({Kind.IN_CLASS})),
    ("invaller", "Invaller vandaag", STANDING_IN, frozenset()),
    ("bespreken", "Bespreken", TALK_ABOUT_GROUP, frozenset({Kind.NOTES})),
    ("gesprekken", "Oudergesprekken", MEETINGS_OF_GROUP, frozenset({Kind.TALKS})),
    ("vrijgeven", "Vrijgeven", RELEASE, frozenset({Kind.RESULTS})),
    ("rapporten", "Rapporten", REPORTS_OF_GROUP, frozenset({Kind.RESULTS})),
    ("overdracht", "Overdracht", HANDOVER_GROUP, frozenset({Kind.SUPPORT_PLAN})),
)
"""The end of the path, the words, whose page it is, and without which kinds of data it shows nothing."""


def of_group(visit: Visit, group: GroupGrant) -> list[tuple[str, str]]:
    """List the pages about this group beside its list, as path and words."""
    roles, uid = visit.scope.roles, visit.request.path_params["uid"]
    found = [
        (f"/groep/{uid}/{path}", words)
        for path, words, access, kinds in OF_A_GROUP
        if group.role in access.roles and kinds <= group.kinds
    ]
    return [*found, ("/nood", "Noodkaart")] if WITH_CHILDREN & roles else found
