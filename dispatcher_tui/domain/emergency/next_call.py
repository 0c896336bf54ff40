"""Whom to ring next with one handset, and why; how far the calls have come (E-02, E-03).

The order is that of computer-aided dispatch with a single line: slot by slot as the card has them,
and where nobody answers in one, a call to the next, so that nobody who can help waits behind
somebody who does not answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from dispatcher_tui.domain.emergency.call_tree import (
    FIRST,
    GROUP,
    REST,
    Reach,
    Target,
    is_to,
    ladder_done,
    phone_for,
    reach,
)
from dispatcher_tui.domain.emergency.task import (
    OpenTask,
    as_sent,
    open_task,
    place_of,
    told_for,
)
from dispatcher_tui.domain.record.case import Call, Called

FIRST_TRIES = 3
"""How often an outside number of the card is rung before it counts as not reached."""

TALK_SECONDS = 23
"""How long it takes until somebody answers, hears the two lines and repeats them; for the
expected finish."""

ALERTS = 2
"""How often somebody who is silent is rung once more, at each stage of the way."""


class WhyNext(StrEnum):
    """Why somebody is next."""

    CARD = "card"
    SCENE = "scene"
    LADDER = "ladder"
    NOT_READ_BACK = "not_read_back"
    BETWEEN = "between"
    GROUP = "group"
    AGAIN = "again"
    AT_HOME = "at_home"
    NOT_REACHED = "not_reached"
    NOT_ON_THE_WAY = "not_on_the_way"
    NOT_ON_SCENE = "not_on_scene"
    NOT_REPORTED = "not_reported"


class CallStage(StrEnum):
    """A part of the tree in which somebody must be told: one who decides, those who go there."""

    LADDER = "ladder"
    GROUP = "group"


class NextCall(msgspec.Struct, frozen=True):
    """Whom to ring now, by which number, and why."""

    target: Target
    phone: str
    why: WhyNext


class Tree(msgspec.Struct, frozen=True):
    """The calls of one emergency as they stand at ``now``.

    ``called`` is how far those called out have come. Who was told and is not on the way after
    ``act_within`` is rung once more, and who set off and is not on the scene after
    ``scene_within``, and who is there and has not reported back after ``report_within``.
    ``asked``: the parts the procedure wants told, whether or not the roster has anybody for them;
    ``met``: those in which somebody of no list was. ``purpose``: what a call to the ladder is for.
    """

    targets: tuple[Target, ...]
    calls: tuple[Call, ...]
    called: tuple[Called, ...]
    now: datetime
    act_within: timedelta = timedelta(minutes=3)
    asked: frozenset[CallStage] = frozenset()
    met: frozenset[CallStage] = frozenset()
    scene_within: timedelta = timedelta(minutes=10)
    report_within: timedelta = timedelta(minutes=15)
    purpose: str = ""

    @property
    def decided(self) -> bool:
        """Whether the ladder has somebody who was told and has read it back."""
        return ladder_done(self.targets, self.calls, self.purpose)

    def reach(self, target: Target) -> Reach:
        """How far the calls to a target have come."""
        return reach(target, self.calls)

    def sent(self, target: Target) -> Target:
        """A target with the scene of the task for which it was told, or is told if rung now."""
        return as_sent(target, self.targets, self.calls)

    def called_out(self, target: Target) -> Called | None:
        """How far a target has come itself, if it was ever heard of."""
        mine = (c for c in self.called if (c.person or c.name) == (target.person or target.name))
        return next(mine, None)


Members = Sequence[Target]


def spent(tree: Tree, target: Target) -> bool:
    """Whether somebody was rung as often as is set without being told."""
    limit = FIRST_TRIES if target.rung == FIRST else target.tries
    return tree.reach(target).made >= limit


def waits(tree: Tree, target: Target) -> bool:
    """Whether somebody has a number, is not told and not given up."""
    return bool(target.phones) and not tree.reach(target).told and not spent(tree, target)


def call_to(tree: Tree, target: Target, why: WhyNext) -> NextCall:
    return NextCall(target, phone_for(target, tree.calls), why)


def _least_tried(tree: Tree, members: Members, why: WhyNext) -> NextCall | None:
    """The least tried one, of several the nearest; busy ones come again by themselves."""
    waiting = [target for target in members if waits(tree, target)]
    target = min(waiting, key=lambda each: (tree.reach(each).made, each.far), default=None)
    if target is None:
        return None
    return call_to(tree, target, WhyNext.AGAIN if tree.reach(target).made else why)


def rung_next(tree: Tree, members: Members) -> NextCall | None:
    """The ladder: who is not reached within the set tries is skipped, upwards."""
    if tree.decided:
        return None
    for target in members:
        far = tree.reach(target)
        # Reached and not read back is not done; one more call asks for it.
        if target.phones and far.told and far.made <= target.tries:
            return call_to(tree, target, WhyNext.NOT_READ_BACK)
        if waits(tree, target):
            return call_to(tree, target, WhyNext.LADDER)
    return None


def _to_scene(tree: Tree, scene: OpenTask) -> NextCall | None:
    """For a task somebody at hand, where it has nobody yet whoever else is on the estate; only
    then one at home, and last of all somebody under way to another emergency."""
    if scene.told >= scene.need:
        return None
    ready = [target for target in scene.members if target.ready]
    helpers = [target for target in scene.helpers if not scene.told]
    at_hand = _least_tried(tree, [*ready, *helpers], WhyNext.SCENE)
    if at_hand is not None or scene.told:
        return at_hand
    home = [t for t in scene.members if t.off_duty and not t.elsewhere]
    away = [t for t in scene.members if t.elsewhere]
    return _least_tried(tree, home, WhyNext.SCENE) or _least_tried(tree, away, WhyNext.SCENE)


def slots_in(tree: Tree) -> dict[int, list[Target]]:
    """Who stands in each slot, by its place in the order; what has none is in no slot."""
    found: dict[int, list[Target]] = {}
    for target in tree.targets:
        place = place_of(target, tree.calls)
        if place != REST:
            found.setdefault(place, []).append(target)
    return found


def _is_of(call: Call, members: Members) -> bool:
    return any(is_to(call, target) for target in members)


class _Turn(msgspec.Struct, frozen=True):
    """A slot in which somebody is to be rung, and whom; ``helpers`` can take its task."""

    members: Members
    call: NextCall
    helpers: Members = ()
    wants: int = 1

    @property
    def ours(self) -> bool:
        """Whether those of this slot go to the scene."""
        return self.call.target.rung == GROUP

    def counts(self, call: Call) -> bool:
        """Whether a call was one of this slot: to its people, or in vain to who helps them."""
        return _is_of(call, self.members) or (call.outcome.missed and _is_of(call, self.helpers))


def _turns(tree: Tree) -> list[_Turn]:
    """Every slot in which somebody is to be rung, in the order of the calls; the ladder comes
    after them where it has no slot."""
    told, slots = told_for(tree.targets, tree.calls), slots_in(tree)
    places = {task.place for target in tree.targets for task in target.could}
    found: list[_Turn] = []
    for place in sorted({*slots, *places}):
        members = slots.get(place, [])
        if members and members[0].rung != GROUP:
            ladder = members[0].rung >= 0
            call = rung_next(tree, members) if ladder else _least_tried(tree, members, WhyNext.CARD)
            found += [_Turn(members, call)] if call else []
            continue
        scene = open_task(tree.targets, place, members, told)
        call = _to_scene(tree, scene)
        found += [_Turn(scene.members, call, scene.helpers, scene.wants)] if call else []
    ladder_last = [t for t in tree.targets if t.rung >= 0 and t.slot == REST]
    call = rung_next(tree, ladder_last)
    return [*found, *([_Turn(ladder_last, call)] if call else [])]


def _fresh(tree: Tree, turns: Sequence[_Turn]) -> list[_Turn]:
    """The slots in which somebody of ours waits who was not rung yet."""
    return [turn for turn in turns if turn.ours and not tree.reach(turn.call.target).made]


def _ours_rung(tree: Tree, calls: Sequence[Call]) -> bool:
    """Whether one of the calls was to somebody who goes to the scene."""
    return any(_is_of(call, [t for t in tree.targets if t.rung == GROUP]) for call in calls)


def _gives_way(tree: Tree, turn: _Turn, behind: Sequence[_Turn], calls: Sequence[Call]) -> bool:
    """Whether a slot behind has a call before this one goes on.

    As many misses in a row as it wants told make room for one call elsewhere. Where all of it were
    rung in vain, it waits until somebody of ours was rung elsewhere, and ours for two calls.
    """
    mine = [turn.counts(call) for call in calls]
    since = mine[::-1].index(True) if any(mine) else len(mine)
    before = len(calls) - since
    missed = 0
    for call, own in zip(reversed(calls[:before]), reversed(mine[:before]), strict=True):
        if not (own and call.outcome.missed):
            break
        missed += 1
    if not missed:
        return False
    if not tree.reach(turn.call.target).made:
        return not since and missed >= turn.wants
    waited = _ours_rung(tree, calls[before:]) or not _fresh(tree, behind)
    return not waited or since < (2 if turn.ours else 1)


def _too_far(tree: Tree, other: _Turn, turn: _Turn) -> bool:
    """Whether somebody of ours is farther off than one who was not rung yet and comes before."""
    if not (turn.ours and other.ours) or tree.reach(turn.call.target).made:
        return False
    return other.call.target.far > turn.call.target.far


def _by_slots(tree: Tree, turns: Sequence[_Turn], calls: Sequence[Call]) -> NextCall:
    """The first open slot's call, or that of one behind it whose turn it is in between.

    Behind the first of ours who does not answer comes the next of ours, before outside numbers; but
    where it takes a certificate, whoever stands next on the card.
    """
    turn = turns[0]
    behind = [each for each in turns[1:] if not _too_far(tree, each, turn)]
    if not behind or not _gives_way(tree, turn, behind, calls):
        return turn.call
    others = [call for call in calls if not _is_of(call, turn.members)]
    fresh = _fresh(tree, behind)
    certified = turn.call.target.certified
    if turn.ours and not certified and fresh and not _ours_rung(tree, others):
        between = fresh[0].call
    else:
        between = _by_slots(tree, behind, others)
    return msgspec.structs.replace(between, why=WhyNext.BETWEEN)


def _rest(tree: Tree, *, spare: bool) -> list[Target]:
    """Those who go to the scene and are told after the slots; ``spare``: who is at home."""
    return [t for t in tree.targets if t.rung == GROUP and t.spare == spare]


def _last_of_all(tree: Tree, rest: NextCall | None, turns: Sequence[_Turn]) -> NextCall | None:
    """Once the slots are through: who is silent on the way, the rest, those at home and away."""
    if rest is None and turns:
        return alert(tree) or _by_slots(tree, turns, tree.calls)
    spare = _rest(tree, spare=True)
    here, away = ([t for t in spare if bool(t.elsewhere) is gone] for gone in (False, True))
    more = _least_tried(tree, here, WhyNext.AT_HOME) or _least_tried(tree, away, WhyNext.AT_HOME)
    return alert(tree) or rest or more


def _in_order(tree: Tree) -> NextCall | None:
    """Whom to ring by slots; after them whoever else is told, those at home, those elsewhere."""
    turns = _turns(tree)
    in_slots = {target.key for turn in turns for target in turn.members}
    others = [target for target in _rest(tree, spare=False) if target.key not in in_slots]
    here = [target for target in others if not target.waits_at_home]
    rest = _least_tried(tree, here, WhyNext.GROUP)
    # Whoever is under way to another emergency comes between no two tries of those who are free.
    free = [turn for turn in turns if not (turn.ours and turn.call.target.elsewhere)]
    there = [turn for turn in free if not turn.call.target.waits_at_home]
    there += [_Turn(here, rest)] if rest else []
    home = [turn for turn in free if turn.call.target.waits_at_home]
    at_home = _least_tried(tree, [t for t in others if t.waits_at_home], WhyNext.GROUP)
    # Nobody at home before one of ours on duty who was not rung yet, by no gap that a miss leaves.
    ours = (turn.call.target for turn in there if turn.call.target.person)
    if not any(target.ready and not tree.reach(target).made for target in ours):
        there += [*home, *([_Turn(others, at_home)] if at_home else [])]
    if there:
        return _by_slots(tree, there, tree.calls)
    return _last_of_all(tree, rest, turns)


def _nearer(tree: Tree, following: NextCall) -> NextCall:
    """In place of one of ours who is at home or away, who of the estate can take the same task."""
    target = following.target
    if target.rung != GROUP or (target.ready or tree.reach(target).made):
        return following
    place = place_of(target, tree.calls)
    there = [
        each
        for each in tree.targets
        if each.rung == GROUP and each.on_estate and waits(tree, each)
        if place != REST and not tree.reach(each).made
        if place in (place_of(each, tree.calls), *(task.place for task in each.could))
    ]
    return _least_tried(tree, there, WhyNext.SCENE) or following


def next_call(tree: Tree) -> NextCall | None:
    """Whom to ring now; None where everybody was told or was tried as often as is set.

    None does not mean that all were told: ``progress`` says who was not, ``ring_again`` who of
    them is rung once more.
    """
    following = _in_order(tree)
    if following is None:
        return None
    following = _nearer(tree, following)
    return msgspec.structs.replace(following, target=tree.sent(following.target))


def _silent(tree: Tree, target: Target) -> tuple[WhyNext, datetime, timedelta] | None:
    """At which stage somebody stands (E-03), since when, and how long they may be silent there."""
    far, came = tree.reach(target), tree.called_out(target)
    if came is None or not (came.on_the_way_at or came.reported_back_at):
        told = far.told_at if target.rung == GROUP else None
        return None if told is None else (WhyNext.NOT_ON_THE_WAY, told, tree.act_within)
    if came.reported_back_at is not None:
        return None
    if came.on_scene_at is not None:
        return WhyNext.NOT_REPORTED, came.on_scene_at, tree.report_within
    assert came.on_the_way_at is not None
    return WhyNext.NOT_ON_SCENE, came.on_the_way_at, tree.scene_within


def _late(tree: Tree, target: Target) -> tuple[datetime, NextCall] | None:
    """Since when somebody has been silent for too long, and the call that asks why."""
    stage = _silent(tree, target)
    if stage is None or not target.phones:
        return None
    why, since, within = stage
    asked = [call for call in tree.calls if is_to(call, target) and call.at > since]
    heard = max([since, *(call.at for call in asked)])
    if len(asked) >= ALERTS or tree.now - heard < within:
        return None
    return heard, call_to(tree, target, why)


def alert(tree: Tree) -> NextCall | None:
    """Told and not on the way, on the way and not there, there and not heard of: each person by
    himself is rung once more, the longest silent first."""
    late = [found for target in tree.targets if (found := _late(tree, target)) is not None]
    return min(late, key=lambda each: each[0])[1] if late else None
