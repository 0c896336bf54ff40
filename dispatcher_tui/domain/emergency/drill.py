"""What a drill comes to: how long each step took, and which numbers did not answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from math import ceil

import msgspec

from dispatcher_tui.domain.emergency.call_progress import progress
from dispatcher_tui.domain.emergency.call_tree import FIRST, GROUP, Target
from dispatcher_tui.domain.emergency.next_call import Tree
from dispatcher_tui.domain.record import emergency_events as em
from dispatcher_tui.domain.record.case import Call, Case, Entry
from dispatcher_tui.domain.record.watch_events import DrillHeld

KIND, FIRST_CALL, FIRST_TOLD, GOES_TOLD = "kind", "first_call", "first_told", "goes_told"
OURS_TOLD, GROUP_FIRST, LEADER, HEAD = "ours_told", "group_first", "leader", "head"
ALL_TOLD, ON_THE_WAY, ON_SCENE, STOOD_DOWN = "all_told", "on_the_way", "on_scene", "stood_down"

STEPS = (
    *(KIND, FIRST_CALL, FIRST_TOLD, GOES_TOLD, OURS_TOLD, GROUP_FIRST, LEADER, HEAD),
    *(ALL_TOLD, ON_THE_WAY, ON_SCENE, STOOD_DOWN),
)
"""The steps of an emergency that a drill measures (E-02 to E-05).

``KIND``: the kind was named, and with it the first number stood on the screen. ``GOES_TOLD``:
the first was told who goes to the scene, of the estate or an outside service; ``OURS_TOLD`` the
first of the estate; ``LEADER`` the first on the ladder; ``HEAD`` whoever stands on its first rung.
"""

MARK_SECONDS = 60
"""By then, from F9 on, somebody who goes to the scene is to have been told."""


class DrillMark(msgspec.Struct, frozen=True):
    """A drill against the mark of ``MARK_SECONDS``.

    ``seconds``: when the first was told who goes there, None where nobody was. ``met`` is None
    where a real call broke the drill off before anybody was told, and where the clock was not the
    operator's own (``judged``): then nothing can be said.
    """

    seconds: int | None
    met: bool | None
    judged: bool = True


def mark_of(held: DrillHeld) -> DrillMark:
    """Whether somebody who goes there was told in time."""
    seconds = held.steps.get(GOES_TOLD)
    if held.speed != 1:
        # Neither a ring nor the operator's hand is faster because the clock is.
        return DrillMark(seconds, None, judged=False)
    if seconds is None:
        return DrillMark(None, None if held.broken_off else False)
    return DrillMark(seconds, seconds <= MARK_SECONDS)


def difference(held: DrillHeld, last: DrillHeld | None, step: str) -> int | None:
    """How many seconds later than in the last drill a step was come to; None where one has none."""
    now, before = held.steps.get(step), last.steps.get(step) if last is not None else None
    return None if now is None or before is None else now - before


def _named_at(entries: Iterable[Entry]) -> datetime | None:
    return next((e.occurred_at for e in entries if isinstance(e.event, em.EmergencyNamed)), None)


def _goes_there(target: Target) -> bool:
    """Whether a target goes to the scene: whoever is rung for anything but to be a leader told."""
    return target.rung < 0


def _told(tree: Tree, wanted: Callable[[Target], bool]) -> Iterator[datetime]:
    """When the targets that are wanted were first spoken to."""
    for target in filter(wanted, tree.targets):
        at = tree.reach(target).told_at
        if at is not None:
            yield at


def _first_told(tree: Tree, wanted: Callable[[Target], bool]) -> datetime | None:
    return min(_told(tree, wanted), default=None)


def _all_told(tree: Tree) -> datetime | None:
    """When the last of those who must be told was; None where somebody was not."""
    if not progress(tree).complete:
        return None
    must = (FIRST, GROUP)
    told = _told(tree, lambda t: t.rung >= 0 or (t.rung in must and not t.spare))
    return max(told, default=None)


def measured(case: Case, entries: Iterable[Entry], tree: Tree) -> dict[str, int]:
    """Seconds from F9 to each step; a step that was not come to is left out.

    A second begun counts whole, so that what came after a mark never counts as within it.
    """
    moments = {
        KIND: _named_at(entries),
        FIRST_CALL: case.calls[0].at if case.calls else None,
        FIRST_TOLD: _first_told(tree, lambda _target: True),
        GOES_TOLD: _first_told(tree, _goes_there),
        OURS_TOLD: _first_told(tree, lambda target: bool(target.person)),
        GROUP_FIRST: _first_told(tree, lambda target: target.rung == GROUP),
        LEADER: _first_told(tree, lambda target: target.rung >= 0),
        HEAD: _first_told(tree, lambda target: target.rung == 0),
        ALL_TOLD: _all_told(tree),
        ON_THE_WAY: min((c.on_the_way_at for c in case.called if c.on_the_way_at), default=None),
        ON_SCENE: min((c.on_scene_at for c in case.called if c.on_scene_at), default=None),
        STOOD_DOWN: case.stood_down_at,
    }
    pressed = min(case.received_at, case.opened_at)
    return {
        step: max(0, ceil((at - pressed) / timedelta(seconds=1)))
        for step, at in moments.items()
        if at is not None
    }


def silent(calls: Sequence[Call]) -> tuple[str, ...]:
    """The numbers that were rung and never answered, each with its owner, in the order rung."""
    owner = {call.phone: f"{call.name} {call.phone}".strip() for call in calls if call.phone}
    answered = {call.phone for call in calls if not call.outcome.missed}
    return tuple(who for phone, who in owner.items() if phone not in answered)
