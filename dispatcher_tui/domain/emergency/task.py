"""For which task somebody is told: the one that is still open, not their post alone (E-03).

Whoever stands at the gate is a guard where nobody of the guards was told yet; then they go to the
scene with the guards' words, and the gate stays open behind them. Whoever is told after that hears
the words of their own place.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from dispatcher_tui.domain.emergency.call_tree import GROUP, REST, Target, is_to
from dispatcher_tui.domain.record.case import Call

Told = Mapping[tuple[str, str], int]
"""By whom they are, the slot of the task for which people were told."""


def was_rung(target: Target, calls: Sequence[Call]) -> bool:
    """Whether a call to somebody was made, whatever came of it."""
    return any(is_to(call, target) for call in calls)


def place_of(target: Target, calls: Sequence[Call]) -> int:
    """Somebody's own slot; of one who is called once before all others another after that call."""
    early = target.then == REST or not was_rung(target, calls)
    return target.slot if early else target.then


def _own_waits(place: int, targets: Sequence[Target], calls: Sequence[Call]) -> bool:
    """Whether a task has somebody of its own on the estate whom nobody has rung yet."""
    return any(
        each.on_estate and each.phones and each.slot == place and not was_rung(each, calls)
        for each in targets
        if each.rung == GROUP
    )


def _task_of(
    target: Target, targets: Sequence[Target], calls: Sequence[Call], filled: Collection[int]
) -> int:
    """The slot of the task for which somebody is told now; ``filled`` have somebody already."""
    own = place_of(target, calls)
    for place in sorted(task.place for task in target.could):
        if place in filled:
            continue
        if place < own:
            return place
        if (own == REST or own in filled) and not _own_waits(place, targets, calls):
            return place
    return own


def told_for(targets: Sequence[Target], calls: Sequence[Call]) -> dict[tuple[str, str], int]:
    """Those who go there and were told, and for which task, in the order of the calls."""
    found: dict[tuple[str, str], int] = {}
    ours = [target for target in targets if target.rung == GROUP]
    for n, call in enumerate(calls):
        if not (call.outcome.reached or call.read_back_at is not None):
            continue
        for target in ours:
            if target.key not in found and is_to(call, target):
                filled = set(found.values())
                found[target.key] = _task_of(target, ours, calls[: n + 1], filled)
    return found


def as_sent(target: Target, targets: Sequence[Target], calls: Sequence[Call]) -> Target:
    """Somebody with the scene of the task for which they were told, or are told if rung now."""
    if target.rung != GROUP or not target.could:
        return target
    told = told_for(targets, calls)
    place = told.get(target.key)
    if place is None:
        place = _task_of(target, targets, calls, set(told.values()))
    task = next((task for task in target.could if task.place == place), None)
    if task is None:
        return target
    return replace(target, scene=task.scene, scene_id=task.id, leaving=task.leaving)


class OpenTask(msgspec.Struct, frozen=True):
    """A slot of those who go there: its own people, and ``helpers`` of other slots who can take
    its task; ``told`` people were told for it, of whom it ``wants`` some."""

    place: int
    wants: int
    members: tuple[Target, ...]
    helpers: tuple[Target, ...]
    told: int

    @property
    def need(self) -> int:
        """How many must be told: as many as it wants and has on the estate; where it has nobody
        there, one who helps, or as many as can be reached; one of those at home."""
        ready = [each for each in self.members if each.phones and each.ready]
        there = [each for each in ready if each.on_estate]
        if not there and self.helpers:
            return 1
        if ready:
            return min(self.wants, len(there or ready))
        return int(any(each.phones for each in self.members))


def open_task(
    targets: Sequence[Target], place: int, members: Sequence[Target], told: Told
) -> OpenTask:
    """A slot of those who go there, or one for which only helpers are left, as it stands."""
    tasks = [t for each in targets for t in each.could if t.place == place]
    # Whoever was sent for another task is not of this one any more.
    mine = tuple(each for each in members if told.get(each.key, place) == place)
    able = (t for t in targets if any(task.place == place for task in t.could))
    helpers = (t for t in able if t.phones and told.get(t.key, place) == place)
    wants = members[0].want if members else tasks[0].want
    count = sum(each == place for each in told.values())
    return OpenTask(place, wants, mine, tuple(helpers), count)
