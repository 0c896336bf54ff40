"""In which order those of an emergency stand on the screen: as they are to be rung (E-02, E-03)."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from dispatcher_tui.domain.emergency.call_tree import NOTICE, Target, is_to
from dispatcher_tui.domain.emergency.next_call import NextCall, Tree, WhyNext, next_call
from dispatcher_tui.domain.record.case import Call
from dispatcher_tui.domain.words.terms import CallOutcome

Key = tuple[str, str]
"""Who it is: ``Target.key``."""


def _answered(tree: Tree, following: NextCall) -> Call:
    """The call by which somebody is told and repeats it."""
    target = following.target
    purpose = (tree.purpose or NOTICE) if target.rung >= 0 else NOTICE
    return Call(
        target.person,
        target.name,
        target.role,
        following.phone,
        CallOutcome.REACHED,
        purpose,
        tree.now,
        read_back_at=tree.now,
    )


def _to_come(tree: Tree) -> list[Key]:
    """Who is rung after the calls made so far, if everybody answers; whoever is rung only if more
    are needed stands there where nobody else is left."""
    found: list[Key] = []
    for _call in range(2 * len(tree.targets)):  # more than there can be: nobody is rung for ever
        following = next_call(tree)
        if following is None or (found and following.why is WhyNext.AT_HOME):
            break
        found.append(following.target.key)
        tree = replace(tree, calls=(*tree.calls, _answered(tree, following)))
    return found


def _rung(tree: Tree) -> list[Key]:
    """Who was rung, in the order of their first calls."""
    made = (each.key for call in tree.calls for each in tree.targets if is_to(call, each))
    return list(dict.fromkeys(made))


def call_rows(tree: Tree, before: Sequence[Key] = ()) -> tuple[Target, ...]:
    """Everybody who may be rung, as they stand on the screen.

    Whoever was rung keeps the row that he had ``before``; with none, those stand first. Below or
    between them are those who are still to be rung, in their order if everybody answers, and then
    whoever is rung if somebody does not.
    """
    there = {each.key: each for each in tree.targets}
    rung = _rung(tree)
    kept = {row: key for row, key in enumerate(before) if key in rung}
    # Whoever came in by themselves meanwhile had no row: they push nobody down.
    order = [*([] if before else rung), *_to_come(tree), *there]
    free = iter(dict.fromkeys(key for key in order if key not in kept.values()))
    found: list[Key] = []
    for row in range(len(there)):
        key = kept[row] if row in kept else next(free, None)
        if key is not None:
            found.append(key)
    missing = (key for key in there if key not in found)  # a row was kept beyond the last one
    return tuple(there[key] for key in (*found, *missing))
