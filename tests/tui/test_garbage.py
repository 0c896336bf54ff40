"""What a screen leaves behind is let go in a pause between keys, and never before a desk runs."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from weakref import ref

import pytest

from dispatcher_tui.tui.garbage import STILL, Garbage


class Knot:
    """Something that holds itself, as the widgets of a screen do."""

    def __init__(self) -> None:
        self.own = self


class Hand:
    """Keys and timers of a test."""

    def __init__(self) -> None:
        self.still = STILL
        self.at_rest = True
        self.timers: list[tuple[float, Callable[[], None]]] = []
        self.garbage = Garbage(
            lambda after, then: self.timers.append((after, then)),
            lambda: self.still,
            lambda: self.at_rest,
        )

    def ring(self) -> None:
        """Let the oldest timer come to its end."""
        self.timers.pop(0)[1]()


@pytest.fixture(autouse=True)
def own_ways() -> Iterator[None]:
    """Python looks for garbage as it did before, whatever the test has set."""
    before = gc.get_threshold()
    gc.unfreeze()
    try:
        yield
    finally:
        gc.collect()
        gc.freeze()  # as it is after the tests were collected
        gc.set_threshold(*before)
        gc.enable()


def left() -> ref[Knot]:
    """A knot that nobody holds."""
    knot = Knot()
    return ref(knot)


def test_before_a_desk_runs_nothing_is_looked_for() -> None:
    hand = Hand()
    hand.garbage.screen_left()
    hand.garbage.settle()
    assert not hand.timers
    assert gc.get_freeze_count() == 0


def test_a_screen_that_was_left_goes_with_the_next_pause_and_not_before() -> None:
    hand = Hand()
    hand.garbage.begin()
    gc.disable()  # what goes, goes by the look alone
    knot = left()
    hand.garbage.screen_left()
    hand.garbage.screen_left()
    assert [after for after, _then in hand.timers] == [STILL]
    hand.still = STILL - 0.03
    hand.ring()
    assert knot() is not None
    assert [after for after, _then in hand.timers] == [pytest.approx(0.03)]
    hand.still = STILL
    hand.ring()
    assert knot() is None
    assert not hand.timers
    hand.garbage.screen_left()
    assert len(hand.timers) == 1


def test_what_was_made_by_the_time_it_settles_is_set_aside_but_for_what_nobody_holds() -> None:
    hand = Hand()
    hand.garbage.begin()
    gc.disable()
    knot, before = left(), gc.get_freeze_count()
    stays = [Knot() for _ in range(100)]
    hand.at_rest = False
    hand.garbage.settle()
    assert gc.get_freeze_count() <= before
    hand.at_rest = True
    hand.garbage.settle()
    assert knot() is None
    assert gc.get_freeze_count() >= before + len(stays)
