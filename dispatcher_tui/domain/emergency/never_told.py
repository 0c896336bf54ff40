"""Who had to be told of an emergency and never was: what a stand-down has to answer for."""

from __future__ import annotations

from dispatcher_tui.domain.emergency.call_tree import FIRST, GROUP, Target
from dispatcher_tui.domain.emergency.next_call import CallStage, Tree


def _stood_in_for(tree: Tree, target: Target) -> bool:
    """Whether somebody was told in whose place this one stands, or who stands in for this one."""
    names = {target.name, target.stands_for} - {""}
    return any(
        tree.reach(other).told and not names.isdisjoint({other.name, other.stands_for})
        for other in tree.targets
    )


def never_told(tree: Tree) -> tuple[Target, ...]:
    """The card's number, the leaders where not one of them was told, those who go there."""
    ladder = [t for t in tree.targets if t.rung >= 0]
    led = CallStage.LADDER in tree.met or any(tree.reach(t).told for t in ladder)
    return tuple(
        target
        for target in tree.targets
        if (target.rung in (FIRST, GROUP) or (target.rung >= 0 and not led))
        and not tree.reach(target).told
        and not _stood_in_for(tree, target)
    )


def lacking_parts(tree: Tree) -> tuple[CallStage, ...]:
    """The parts the procedure wants told in which nobody was, and nobody is listed either."""
    there = {
        CallStage.LADDER: any(t.rung >= 0 for t in tree.targets),
        CallStage.GROUP: any(t.rung == GROUP for t in tree.targets),
    }
    return tuple(p for p in CallStage if p in tree.asked and not there[p] and p not in tree.met)
