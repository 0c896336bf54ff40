"""Whom to ring next with one handset, and why; how far the calls have come (E-02, E-03).

The order is that of computer-aided dispatch with a single line: the card's number first, then
the ladder, and after every try of a rung in vain one call to the group, so that nobody who can
help waits behind three managers.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from dispatcher_tui.domain.call_tree import (
    FIRST,
    GROUP,
    OUTSIDE,
    Reach,
    Target,
    is_to,
    ladder_done,
    phone_for,
    reach,
)
from dispatcher_tui.domain.case import Call, Called

FIRST_TRIES = 3
"""How often the card's number is rung before it counts as not reached."""

TALK_SECONDS = 20
"""How long it takes to say the two lines and hear them repeated; for the expected finish."""

ALERTS = 2
"""How often somebody who was told and has not set off is rung once more."""


class Why(StrEnum):
    """Why somebody is next."""

    CARD = "card"
    LADDER = "ladder"
    NOT_READ_BACK = "not_read_back"
    BETWEEN = "between"
    GROUP = "group"
    AGAIN = "again"
    NOT_REACHED = "not_reached"
    NOT_ON_THE_WAY = "not_on_the_way"


class Part(StrEnum):
    """A part of the tree in which somebody must be told: one who decides, those who go there."""

    LADDER = "ladder"
    GROUP = "group"


class NextCall(msgspec.Struct, frozen=True):
    """Whom to ring now, by which number, and why."""

    target: Target
    phone: str
    why: Why


class Tree(msgspec.Struct, frozen=True):
    """The calls of one emergency as they stand at ``now``.

    ``called`` is how far those called out have come; who was told and is not on the way after
    ``act_within`` is rung once more. ``asked``: the parts the procedure wants told, whether or
    not the roster has anybody for them; ``met``: those in which somebody of no list was.
    """

    targets: tuple[Target, ...]
    calls: tuple[Call, ...]
    called: tuple[Called, ...]
    now: datetime
    act_within: timedelta = timedelta(minutes=3)
    asked: frozenset[Part] = frozenset()
    met: frozenset[Part] = frozenset()

    def reach(self, target: Target) -> Reach:
        """How far the calls to a target have come."""
        return reach(target, self.calls)

    def called_out(self, target: Target) -> Called | None:
        """How far a target has come itself, if it was ever heard of."""
        mine = (c for c in self.called if (c.person or c.name) == (target.person or target.name))
        return next(mine, None)


class Progress(msgspec.Struct, frozen=True):
    """How many of those who must be told were, who could not be, and what is left.

    ``unread`` were told and have not read it back. ``nobody``: the parts for which the roster has
    nobody with a number. ``seconds`` is how long the remaining calls take if every rung rings out
    and everybody else answers; 0 where nothing is left.
    """

    told: int
    of: int
    unreached: tuple[Target, ...]
    seconds: int
    unread: tuple[Target, ...] = ()
    nobody: tuple[Part, ...] = ()

    @property
    def complete(self) -> bool:
        """Somebody had to be told, and everybody was: a step that reached nobody is not done."""
        return 0 < self.of == self.told


def _last_was_to(tree: Tree, *rungs: int) -> bool:
    """Whether the call made last was to somebody who stands there."""
    if not tree.calls:
        return False
    last = tree.calls[-1]
    return any(t.rung in rungs and is_to(last, t) for t in tree.targets)


def _spent(tree: Tree, target: Target) -> bool:
    """Whether somebody was rung as often as is set without being told."""
    limit = FIRST_TRIES if target.rung == FIRST else target.tries
    return tree.reach(target).made >= limit


def _card(tree: Tree) -> NextCall | None:
    """The number a card puts first; between two tries of it one other call is made."""
    for target in tree.targets:
        if target.rung != FIRST or tree.reach(target).told or _spent(tree, target):
            continue
        if not _last_was_to(tree, FIRST):
            return NextCall(target, phone_for(target, tree.calls), Why.CARD)
    return None


def _rung(tree: Tree) -> NextCall | None:
    """The ladder: who is not reached within the set tries is skipped, upwards."""
    if ladder_done(tree.targets, tree.calls):
        return None
    for target in tree.targets:
        if target.rung < 0 or not target.phones:
            continue
        far = tree.reach(target)
        # Reached and not read back is not done; one more call asks for it.
        if far.told and far.made <= target.tries:
            return NextCall(target, phone_for(target, tree.calls), Why.NOT_READ_BACK)
        if not far.told and far.made < target.tries:
            return NextCall(target, phone_for(target, tree.calls), Why.LADDER)
    return None


def _waiting(tree: Tree) -> list[Target]:
    """Those of the group who are not told and not given up."""
    return [
        t
        for t in tree.targets
        if t.rung == GROUP and t.phones and not tree.reach(t).told and not _spent(tree, t)
    ]


def _group(tree: Tree) -> NextCall | None:
    """Of the group the least tried one; busy ones come again by themselves."""
    target = min(_waiting(tree), key=lambda each: tree.reach(each).made, default=None)
    if target is None:
        return None
    why = Why.AGAIN if tree.reach(target).made else Why.GROUP
    return NextCall(target, phone_for(target, tree.calls), why)


def _late(tree: Tree, target: Target) -> bool:
    """Whether somebody was told to come and has not set off in time (E-03)."""
    far, came = tree.reach(target), tree.called_out(target)
    if target.rung != GROUP or not far.told or far.last_at is None:
        return False
    if came is not None and (came.on_the_way_at or came.reported_back_at):
        return False
    since_told = [c for c in tree.calls if is_to(c, target) and far.told_at and c.at > far.told_at]
    return len(since_told) < ALERTS and tree.now - far.last_at >= tree.act_within


def _alert(tree: Tree) -> NextCall | None:
    """Reached but not acted: rung once more, the longest silent first."""
    late = [target for target in tree.targets if _late(tree, target)]
    target = min(late, key=lambda each: tree.reach(each).last_at or tree.now, default=None)
    if target is None:
        return None
    return NextCall(target, phone_for(target, tree.calls), Why.NOT_ON_THE_WAY)


def next_call(tree: Tree) -> NextCall | None:
    """Whom to ring now; None where everybody was told or was tried as often as is set.

    None does not mean that all were told: ``progress`` says who was not, ``ring_again`` who of
    them is rung once more.
    """
    card = _card(tree)
    if card is not None:
        return card
    rung, group = _rung(tree), _group(tree)
    in_vain = bool(tree.calls) and tree.calls[-1].outcome.missed
    on_ladder = _last_was_to(tree, *(t.rung for t in tree.targets if t.rung >= 0))
    if rung is not None and group is not None and in_vain and on_ladder:
        return msgspec.structs.replace(group, why=Why.BETWEEN)
    return rung or group or _alert(tree)


def _ladder_seconds(tree: Tree) -> int:
    if ladder_done(tree.targets, tree.calls):
        return 0
    left = (
        (max(0, t.tries - tree.reach(t).made), t.seconds)
        for t in tree.targets
        if t.rung >= 0 and t.phones
    )
    return sum(tries * seconds for tries, seconds in left)


def ring_again(tree: Tree) -> NextCall | None:
    """Of those who must be told and were not, the least tried one, whatever number of tries is
    set; None where nobody of them has a number."""
    decided = ladder_done(tree.targets, tree.calls)
    open_ = [
        t
        for t in tree.targets
        if t.phones
        and t.rung != OUTSIDE
        and not (tree.reach(t).told and (t.rung < 0 or tree.reach(t).read_back))
        and not (t.rung >= 0 and decided)
    ]
    target = min(open_, key=lambda each: tree.reach(each).made, default=None)
    return NextCall(target, phone_for(target, tree.calls), Why.NOT_REACHED) if target else None


def _given_up(tree: Tree, target: Target) -> bool:
    """Whether somebody who is not on the ladder was tried in vain as often as is set."""
    return not tree.reach(target).told and (_spent(tree, target) or not target.phones)


def _unread(tree: Tree, target: Target) -> bool:
    """Whether somebody was told, has not repeated it, and is not known to have set off."""
    far, came = tree.reach(target), tree.called_out(target)
    if not far.told or far.read_back or not target.person:
        return False
    return came is None or not (came.on_the_way_at or came.reported_back_at)


def progress(tree: Tree) -> Progress:
    """How far the calls have come: the ladder counts as one to be told, all others one by one.

    A part the procedure asks for counts as one more where the roster has nobody for it (E-02).
    """
    single = [t for t in tree.targets if t.rung in (FIRST, GROUP)]
    ladder = [t for t in tree.targets if t.rung >= 0]
    there = {
        Part.LADDER: any(t.phones for t in ladder),
        Part.GROUP: any(t.phones for t in single if t.rung == GROUP),
    }
    lacking = [part for part in Part if part in tree.asked and not there[part]]
    nobody = tuple(part for part in lacking if part not in tree.met)
    done = ladder_done(tree.targets, tree.calls)
    told = sum(tree.reach(t).told for t in single) + (1 if ladder and done else 0)
    missed = [t for t in single if _given_up(tree, t)]
    if ladder and not done and _rung(tree) is None:
        missed = [*(t for t in ladder if not tree.reach(t).told), *missed]
    unread = (t for t in (*single, *(() if done else ladder)) if _unread(tree, t))
    seconds = _ladder_seconds(tree) + len(_waiting(tree)) * TALK_SECONDS
    empty = [
        part
        for part in lacking
        if not (ladder if part is Part.LADDER else any(t.rung == GROUP for t in single))
    ]
    of = len(single) + bool(ladder) + len(empty)
    told += sum(part in tree.met for part in empty)
    return Progress(told, of, tuple(missed), seconds, tuple(unread), nobody)
