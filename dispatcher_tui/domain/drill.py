"""What a drill comes to: how long each step took, and which numbers did not answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from dispatcher_tui.domain import events as ev
from dispatcher_tui.domain.call_progress import progress
from dispatcher_tui.domain.call_tree import FIRST, GROUP
from dispatcher_tui.domain.case import Call, Case, Entry
from dispatcher_tui.domain.next_call import Tree

KIND, FIRST_CALL, LEADER = "kind", "first_call", "leader"
GROUP_FIRST, ALL_TOLD, ON_SCENE, STOOD_DOWN = "group_first", "all_told", "on_scene", "stood_down"

STEPS = (KIND, FIRST_CALL, LEADER, GROUP_FIRST, ALL_TOLD, ON_SCENE, STOOD_DOWN)
"""The steps of an emergency that a drill measures, in the order of the procedure (E-02 … E-05)."""


def _named_at(entries: Iterable[Entry]) -> datetime | None:
    return next((e.occurred_at for e in entries if isinstance(e.event, ev.EmergencyNamed)), None)


def _told(tree: Tree, *, ladder: bool) -> Iterator[datetime]:
    """When those of the ladder, or of the group, were first spoken to."""
    for target in tree.targets:
        at = tree.reach(target).told_at
        if at is not None and (target.rung >= 0 if ladder else target.rung == GROUP):
            yield at


def _all_told(tree: Tree) -> datetime | None:
    """When the last of those who must be told was; None where somebody was not."""
    if not progress(tree).complete:
        return None
    must = (t for t in tree.targets if t.rung in (FIRST, GROUP) and not t.spare)
    told = (*_told(tree, ladder=True), *(tree.reach(target).told_at for target in must))
    return max((at for at in told if at is not None), default=None)


def measured(case: Case, entries: Iterable[Entry], tree: Tree) -> dict[str, int]:
    """Seconds from the opening to each step; a step that was not come to is left out."""
    moments = {
        KIND: _named_at(entries),
        FIRST_CALL: case.calls[0].at if case.calls else None,
        LEADER: min(_told(tree, ladder=True), default=None),
        GROUP_FIRST: min(_told(tree, ladder=False), default=None),
        ALL_TOLD: _all_told(tree),
        ON_SCENE: min((c.on_scene_at for c in case.called if c.on_scene_at), default=None),
        STOOD_DOWN: case.stood_down_at,
    }
    return {
        step: max(0, round((at - case.opened_at).total_seconds()))
        for step, at in moments.items()
        if at is not None
    }


def silent(calls: Sequence[Call]) -> tuple[str, ...]:
    """The numbers that were rung and never answered, each with its owner, in the order rung."""
    owner = {call.phone: f"{call.name} {call.phone}".strip() for call in calls if call.phone}
    answered = {call.phone for call in calls if not call.outcome.missed}
    return tuple(who for phone, who in owner.items() if phone not in answered)
