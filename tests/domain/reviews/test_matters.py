"""Which cases a leader reads by name, and whose figures are whose, at their exact bounds."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.record.month import Concern
from dispatcher_tui.domain.reviews.matters import (
    MOST_MATTERS,
    Attributed,
    Watches,
    Weighed,
    concerns,
    dispatchers_of,
    matters_of,
)
from dispatcher_tui.domain.words.terms import Fact, Satisfaction, Stage
from tests.domain.support import P0, Story, local

OPENED = "2026-11-20 09:00"
DAY, SECOND = 86_400, timedelta(seconds=1)


def plain() -> Case:
    """A case that ended, and of which nothing is to be said."""
    return replace(Story(P0, OPENED).open().case, stage=Stage.FINAL, rings=0, facts=())


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({}, None),
        ({"stage": Stage.OPEN}, Concern.OPEN),
        ({"stage": Stage.WRITTEN_OFF}, None),
        ({"facts": (Fact.MEDIA,)}, Concern.FACTS),
        ({"facts": (Fact.NOW,)}, None),
        ({"satisfaction": Satisfaction.DISSATISFIED}, Concern.DISSATISFIED),
        ({"satisfaction": Satisfaction.FAIR}, None),
        ({"round": 2}, Concern.REOPENED),
        ({"rings": 2}, None),
        ({"rings": 3}, Concern.RANG_AGAIN),
    ],
)
def test_a_case_matters_for_what_is_so_and_for_nothing_else(
    more: dict[str, object], why: Concern | None
) -> None:
    case = replace(plain(), **more)
    assert concerns(Weighed(case, False, False)) == ((why,) if why else ())


def test_a_day_late_in_all_is_said_and_a_second_less_is_not() -> None:
    assert concerns(Weighed(plain(), False, False, DAY - 1)) == ()
    assert concerns(Weighed(plain(), False, False, DAY)) == (Concern.LATE,)


def test_the_heaviest_is_first_and_ten_are_named() -> None:
    grave = [Weighed(replace(plain(), number=f"g{n:02d}"), False, True) for n in range(12)]
    worst = Weighed(replace(plain(), number="z"), True, True)
    open_ = Weighed(replace(plain(), number="a", stage=Stage.OPEN), False, False)
    found = matters_of([open_, *grave, worst])
    assert [each.number for each in found] == ["z", *(f"g{n:02d}" for n in range(9))]
    assert len(found) == MOST_MATTERS
    assert found[0].why == (Concern.EMERGENCY,)
    assert matters_of([open_]) == ()  # that it is only open makes no case one of the ten


@pytest.mark.rule("P0-12", "recorded")
def test_a_duty_is_of_whoever_was_on_watch_the_second_it_fell_due() -> None:
    change = local("2026-11-20 19:00")
    watches = Watches([(change, "李建国"), (local("2026-11-20 07:00"), "王芳")])
    said = Attributed({}, ("王芳",), watches)
    due = [(change - SECOND, True), (change, False), (local("2026-11-20 06:59"), True)]
    first, second = dispatchers_of(said, (), due)
    assert (first.name, first.due, first.in_time, first.handed_over) == ("李建国", 1, 0, 0)
    assert (second.name, second.due, second.in_time, second.handed_over) == ("王芳", 1, 1, 1)


@pytest.mark.rule("P0-12", "recorded")
def test_a_case_is_of_whoever_opened_it_and_its_first_call_within_a_minute_counts() -> None:
    case = Story(P0, OPENED).open().call().case
    calls = []
    for seconds in (60, 61):
        at = case.received_at + timedelta(seconds=seconds)
        call = replace(case.calls[0], at=at)
        calls.append(replace(case, id=f"c{seconds}", calls=(call,)))
    said = Attributed({case.id: "王芳" for case in calls})
    (found,) = dispatchers_of(said, calls, ())
    assert (found.opened, found.first_call.n, found.within) == (2, 2, 1)
    assert dispatchers_of(Attributed({"c60": ""}), calls[:1], ()) == ()  # an alarm panel's
