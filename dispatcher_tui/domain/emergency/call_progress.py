"""How far the calls of an emergency have come: who was told, who was not, what is left (E-03)."""

from __future__ import annotations

import msgspec

from dispatcher_tui.domain.emergency.call_tree import FIRST, GROUP, OUTSIDE, Target
from dispatcher_tui.domain.emergency.next_call import (
    TALK_SECONDS,
    CallStage,
    Members,
    NextCall,
    Tree,
    WhyNext,
    call_to,
    rung_next,
    slots_in,
    spent,
    waits,
)


class Progress(msgspec.Struct, frozen=True):
    """How many of those who must be told were, who could not be, and what is left.

    ``unread`` were told and have not read it back. ``nobody``: the parts for which the roster has
    nobody with a number; ``numberless`` the outside services whose number the site does not know.
    ``seconds`` is how long the remaining calls take if every rung rings out and everybody else
    answers; 0 where nothing is left.
    """

    told: int
    of: int
    unreached: tuple[Target, ...]
    seconds: int
    unread: tuple[Target, ...] = ()
    nobody: tuple[CallStage, ...] = ()
    numberless: tuple[Target, ...] = ()

    @property
    def complete(self) -> bool:
        """Somebody had to be told, and everybody was: a step that reached nobody is not done."""
        return 0 < self.of == self.told


def ring_again(tree: Tree) -> NextCall | None:
    """Of those who must be told and were not, the least tried one, whatever number of tries is
    set; None where nobody of them has a number."""
    open_ = [
        target
        for target in _must(tree)
        if target.phones
        and not (tree.reach(target).told and (target.rung < 0 or tree.reach(target).read_back))
        and not (target.rung >= 0 and tree.decided)
    ]
    target = min(open_, key=lambda each: tree.reach(each).made, default=None)
    return call_to(tree, target, WhyNext.NOT_REACHED) if target else None


def _unheard(tree: Tree) -> list[Members]:
    """Of each scene that has nobody at hand those with a number, where none of them is told."""
    return [scene for scene in _lonely(tree) if not any(tree.reach(t).told for t in scene)]


def _lonely(tree: Tree) -> list[Members]:
    """Of each scene that has nobody at hand those with a number: one of them must be told, where
    nobody else on the estate can take its task."""
    taken = {task.place for target in tree.targets for task in target.could if not target.spare}
    slots = [(place, members) for place, members in slots_in(tree).items() if place not in taken]
    scenes = ([t for t in members if t.phones] for _place, members in slots if members[0].rung < 0)
    return [scene for scene in scenes if scene and all(target.spare for target in scene)]


def _must(tree: Tree) -> list[Target]:
    """Those who must be told: not who is spare, unless nobody else of their scene is at hand."""
    needed = {target.key for scene in _unheard(tree) for target in scene}
    return [t for t in tree.targets if t.rung != OUTSIDE and (not t.spare or t.key in needed)]


def _given_up(tree: Tree, target: Target) -> bool:
    """Whether somebody who is not on the ladder was tried in vain as often as is set."""
    return not tree.reach(target).told and (spent(tree, target) or not target.phones)


def _unread(tree: Tree, target: Target) -> bool:
    """Whether somebody was told, has not repeated it, and is not known to have set off."""
    far, came = tree.reach(target), tree.called_out(target)
    if not far.told or far.read_back or not target.person:
        return False
    return came is None or not (came.on_the_way_at or came.reported_back_at)


def _ladder_seconds(tree: Tree, ladder: Members) -> int:
    left = ((max(0, t.tries - tree.reach(t).made), t.seconds) for t in ladder if t.phones)
    return 0 if tree.decided else sum(tries * seconds for tries, seconds in left)


def progress(tree: Tree) -> Progress:
    """How far the calls have come: the ladder counts as one to be told, all others one by one.

    Of a scene with nobody at hand one at home must be told. A part the procedure asks for counts
    as one more where the roster has nobody for it (E-02).
    """
    single = [t for t in tree.targets if t.rung in (FIRST, GROUP) and not t.spare]
    ladder = [t for t in tree.targets if t.rung >= 0]
    group = [t for t in tree.targets if t.rung == GROUP]
    there = {
        CallStage.LADDER: any(t.phones for t in ladder),
        CallStage.GROUP: any(t.phones for t in group),
    }
    lacking = [part for part in CallStage if part in tree.asked and not there[part]]
    nobody = tuple(part for part in lacking if part not in tree.met)
    done, lonely, unheard = tree.decided, _lonely(tree), _unheard(tree)
    told = sum(tree.reach(t).told for t in single) + (1 if ladder and done else 0)
    told += len(lonely) - len(unheard)
    missed = [t for t in single if _given_up(tree, t)]
    missed += [t for scene in unheard if all(_given_up(tree, t) for t in scene) for t in scene]
    if ladder and not done and rung_next(tree, ladder) is None:
        missed = [*(t for t in ladder if not tree.reach(t).told), *missed]
    unread = (t for t in (*single, *(() if done else ladder)) if _unread(tree, t))
    calls = sum(waits(tree, t) for t in single)
    calls += sum(any(waits(tree, t) for t in scene) for scene in unheard)
    empty = [p for p in lacking if not (ladder if p is CallStage.LADDER else group)]
    told += sum(part in tree.met for part in empty)
    of = len(single) + len(lonely) + bool(ladder) + len(empty)
    seconds = _ladder_seconds(tree, ladder) + calls * TALK_SECONDS
    lost = tuple(t for t in tree.targets if t.rung == FIRST and not t.phones)
    return Progress(told, of, tuple(missed), seconds, tuple(unread), nobody, lost)
