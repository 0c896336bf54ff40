"""Somebody who goes there is told soon after F9: every kind, every hour of a week, two rosters."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from dispatcher_tui.domain.emergency.call_tree import FIRST, GROUP
from dispatcher_tui.domain.emergency.card import once
from dispatcher_tui.domain.words.people import Person
from tests.desk.first_told import (
    ANSWER,
    NUMBERS,
    RING_OUT,
    RINGS,
    SILENT,
    SPARSE,
    WORDS,
    called_first,
    demo,
    first_told,
    hours,
    order_of_calls,
    shipped_rings,
    tree_of,
)

ANYBODY, ANYBODY_LATER = 30, 60
"""Until somebody who goes there is told; where the first one called does not answer."""

OURS, OURS_LATER = 60, 90
"""Until the first of ours is told; behind two numbers outside, or where that one is silent."""

TALK = ANSWER + WORDS
BOTH_OUTSIDE = 2 * TALK
"""Until both numbers outside are told where a kind has two of them first."""
OURS_LAST = BOTH_OUTSIDE + RING_OUT + TALK
"""Two numbers outside, then the first of ours in vain: two talks, a ring in vain, a third talk.
94 s is the least that one handset allows in that order. To have the next of ours by 90 s the
second number outside would have to wait for both of ours, 94 s instead of 46."""


_BY_RING = {ring: kind for kind, ring in RINGS.items()}
_BY_RING |= {ring: f"card-{kind}" for kind, ring in shipped_rings().items()}
KINDS = [pytest.param(ring, id=kind) for ring, kind in _BY_RING.items()]
"""Each order of calls once, however many kinds have it."""


@pytest.mark.rule("E-03")
@pytest.mark.parametrize("silent", SILENT)
@pytest.mark.parametrize("ring", KINDS)
@pytest.mark.parametrize("people", [demo(), SPARSE], ids=["demo", "sparse"])
def test_somebody_who_goes_there_is_told_in_time_at_every_hour(
    people: Sequence[Person], ring: Sequence[str], silent: str
) -> None:
    for at in hours():
        tree = tree_of(ring, people, at)
        who = SILENT[silent](tree)
        found = first_told(tree, who.key if who else None)
        first = called_first(tree)
        assert first is not None
        vain = who is not None and who.key == first.key
        assert found.anybody <= (ANYBODY_LATER if vain else ANYBODY), at
        begun = [name for name in ring if not once(name)]
        if who is not None and who.certified:
            begun = begun[1:]  # the card's numbers for a silent lift officer come before the guards
        two_outside = [name in NUMBERS for name in begun[:2]] == [True, True]
        ours_silent = who is not None and who.rung != FIRST
        limits = {0: OURS, 1: OURS_LATER, 2: OURS_LAST}
        assert found.ours <= limits[two_outside + ours_silent], at


def test_at_three_in_the_night_the_guard_on_the_spot_is_rung_first() -> None:
    night = next(at for at in hours() if at.hour == 3)
    tree = tree_of(RINGS["fire"], demo(), night)
    assert [target.name for target in tree[:2]] == ["fire", "高磊"]
    day = next(at for at in hours() if at.hour == 15)
    assert tree_of(RINGS["fire"], demo(), day)[1].name == "徐涛"


@pytest.mark.rule("E-03")
@pytest.mark.parametrize(("ring", "guards"), [("guard:1", 1), ("guard:2", 2), ("guard", 2)])
def test_as_many_of_a_scene_as_the_card_counts_are_told_before_the_next(
    ring: str, guards: int
) -> None:
    at = next(hour for hour in hours() if hour.hour == 15)  # two guards are on the estate
    found = tree_of((ring, "ambulance", "gate", "head"), demo(), at)
    rung = order_of_calls(found, guards + 1)
    assert [target.rung for target in rung] == [*[GROUP] * guards, FIRST]
    assert {target.scene_id for target in rung[:guards]} == {"guard"}
    assert rung[-1].name == "ambulance"
