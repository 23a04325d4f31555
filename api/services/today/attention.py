"""Who needs attention today: at most seven sentences, each about another child, good news among them."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from api.schemas.today import Act, Attention, InstructionRequest
from api.services.signals import PupilSignal
from api.services.today.names import Names
from api.services.today.work import Together
from models.queries.answers import READERS
from models.queries.scope import GroupGrant
from models.rules.signals import Signal
from models.rules.signals.objectives import BEHIND
from models.rules.signals.promises import OVERDUE, UNANSWERED
from models.rules.signals.quiet import QUIET
from models.rules.wording import with_name

AT_MOST = 7
GOOD = 2
"""Of the seven sentences so many are good news, when there is any."""
ELSEWHERE = {OVERDUE.name, UNANSWERED.name, QUIET.name}
"""What stands on the page already: under what is due, and in the quiet middle."""


def sort_out(found: Iterable[Attention]) -> tuple[list[Attention], list[Attention]]:
    """Choose the seven and the smaller ones from sentences that come weightiest first.

    A child has one sentence among the seven, so that none is the subject of half the page.
    """
    first: dict[object, Attention] = {}
    others = []
    for one in found:
        if one.child.id in first:
            others.append(one)
        else:
            first[one.child.id] = one
    ranked = list(first.values())
    good = [one for one in ranked if one.sign == "up"][:GOOD]
    chosen = _without(good, ranked)[: AT_MOST - len(good)] + good
    chosen += _without(chosen, ranked)[: AT_MOST - len(chosen)]
    return chosen, _without(chosen, ranked) + others


def _without(left_out: Iterable[Attention], ranked: Iterable[Attention]) -> list[Attention]:
    """The sentences about other children than these; there is one for each child."""
    children = {one.child.id for one in left_out}
    return [one for one in ranked if one.child.id not in children]


def weighed(
    found: Iterable[PupilSignal], names: Names, grant: GroupGrant, group_id: UUID, together: Mapping[str, Together]
) -> list[tuple[int, Attention]]:
    """Put signals in the words of this page, each with its weight: the name of the child first.

    `together` says of an objective who else of the group is stuck at it.
    """
    return [
        (one.signal.weight, _attention(one, names, grant, group_id, together))
        for one in found
        if one.signal.rule not in ELSEWHERE
    ]


def _attention(
    one: PupilSignal, names: Names, grant: GroupGrant, group_id: UUID, together: Mapping[str, Together]
) -> Attention:
    child, signal = names[one.pupil_id], one.signal
    acts = _acts(signal, grant)
    stuck = together.get(signal.topic) if signal.rule == BEHIND.name and acts else None
    return Attention(
        child=child,
        rule=signal.rule,
        key=signal.key.text,
        sign=signal.sign,
        subject=signal.subject,
        text=with_name(child.name, signal.text),
        basis=signal.basis,
        doubt=signal.doubt,
        source=one.source,
        acts=acts,
        group_id=group_id,
        instruction=InstructionRequest(
            subject=stuck.subject, objective=signal.topic, children=[link.id for link in names.of(stuck.pupil_ids)]
        )
        if stuck
        else None,
    )


def _acts(signal: Signal, grant: GroupGrant) -> list[Act]:
    """What this reader can do about it; good news is told or written down, never answered away."""
    if not grant.writes & grant.kinds & READERS:
        return []
    return ["note"] if signal.sign == "up" else ["note", "talk", "seen"]
