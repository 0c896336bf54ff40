"""What asks for a sound: every duty once, when it falls due; heard again only where it must be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dispatcher_tui.desk.case.alarms import Alarms, calls_for_help
from dispatcher_tui.domain.duties.alarm import Tone, Wanted
from dispatcher_tui.domain.record.case_line import CaseLine
from dispatcher_tui.domain.words.terms import Stage
from tests.domain.support import case_line

NOW = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)


def line(name: str = "a", **changed: Any) -> CaseLine:
    """An open case somebody was told of, its next duty due in ten minutes."""
    due = changed.pop("next_due", NOW + 10 * MINUTE)
    return case_line(name, **{"opened_at": NOW, "next_due": due, "fire_at": due, **changed})


def begun(*lines: CaseLine, reached: tuple[str, ...] = ()) -> Alarms:
    alarms = Alarms()
    alarms.begin(lines, reached, NOW)
    return alarms


@pytest.mark.parametrize(("seconds", "waits"), [(-1, False), (0, True), (1, True)])
def test_a_duty_asks_when_it_falls_due(seconds: int, waits: bool) -> None:
    at = NOW + 10 * MINUTE + seconds * SECOND
    assert begun(line()).wanted(at) == Wanted(ordinary=at if waits else None)


def test_it_asks_once_and_waits_until_it_is_heard() -> None:
    alarms = begun(line(), line("b", next_due=NOW + 12 * MINUTE))
    first = alarms.wanted(NOW + 10 * MINUTE).ordinary
    assert alarms.wanted(NOW + 13 * MINUTE).ordinary == first
    alarms.heard(Tone.ORDINARY)
    assert alarms.wanted(NOW + 14 * MINUTE) == Wanted()


def test_a_firing_written_down_before_a_heartbeat_saw_it_is_not_lost() -> None:
    alarms, late = begun(line()), NOW + 10 * MINUTE + SECOND
    alarms.take([line(fire_at=None)], (), late)
    assert alarms.wanted(late).ordinary == late


def test_a_firing_written_down_after_it_was_heard_does_not_ask_again() -> None:
    alarms, at = begun(line()), NOW + 10 * MINUTE
    assert alarms.wanted(at).ordinary
    alarms.heard(Tone.ORDINARY)
    alarms.take([line()], (), at)  # a note on it, and the file could not be written
    alarms.take([line(fire_at=None)], (), at + SECOND)
    assert alarms.wanted(at + MINUTE) == Wanted()


def test_what_is_done_in_time_never_asks() -> None:
    alarms = begun(line())
    later = NOW + 60 * MINUTE
    alarms.take([line(next_due=later)], (), NOW + 9 * MINUTE)
    assert alarms.wanted(NOW + 30 * MINUTE) == Wanted()
    assert alarms.wanted(later).ordinary == later


def test_what_is_ended_asks_no_more() -> None:
    alarms = begun(line(), line("b", shout=True), line("c", emergency=True, shout=True))
    ended = [line(name, open=False) for name in "abc"]
    alarms.take(ended, (), NOW)
    assert alarms.wanted(NOW + 60 * MINUTE) == Wanted()


def test_the_second_duty_of_a_case_that_is_late_already_asks_too() -> None:
    alarms = begun(line(next_due=NOW - MINUTE, fire_at=NOW + MINUTE))
    assert alarms.wanted(NOW) == Wanted()
    assert alarms.wanted(NOW + MINUTE).ordinary


def test_what_was_written_down_before_the_start_does_not_ask_and_the_rest_does() -> None:
    assert begun(line(next_due=NOW - MINUTE, fire_at=None)).wanted(NOW) == Wanted()
    assert begun(line(next_due=NOW - MINUTE)).wanted(NOW).ordinary == NOW


def test_a_late_entry_whose_duty_is_over_already_asks() -> None:
    alarms = begun(line())
    alarms.take([line("b", next_due=NOW - MINUTE, fire_at=None)], (), NOW)
    assert alarms.wanted(NOW).ordinary == NOW


@pytest.mark.parametrize(("seconds", "asks"), [(-1, False), (0, True), (1, True)])
def test_a_case_nobody_was_told_of_asks_for_as_long_as_it_is_late(seconds: int, asks: bool) -> None:
    alarms = begun(line(shout=True), line("b", shout=True, next_due=NOW + 40 * MINUTE))
    at = NOW + 10 * MINUTE + seconds * SECOND
    assert alarms.wanted(at) == Wanted(untold=asks)
    alarms.heard(Tone.UNTOLD)
    assert alarms.wanted(at) == Wanted(untold=asks)
    alarms.take([line(next_due=NOW + 60 * MINUTE)], (), at)
    assert not alarms.wanted(at).untold


def test_an_emergency_asks_until_somebody_is_reached() -> None:
    emergency = line(emergency=True, shout=True)
    alarms = begun(emergency)
    assert calls_for_help(emergency)
    assert alarms.wanted(NOW) == Wanted(unreached=True)
    alarms.heard(Tone.EMERGENCY)
    assert alarms.wanted(NOW) == Wanted(unreached=True)
    alarms.take([emergency], ("a",), NOW)
    assert alarms.wanted(NOW) == Wanted()
    assert not calls_for_help(line(emergency=True))


def test_a_duty_of_an_emergency_asks_at_once_and_once() -> None:
    alarms, at = begun(line(emergency=True)), NOW + 10 * MINUTE
    assert alarms.wanted(at) == Wanted(at_once=True)
    alarms.heard(Tone.EMERGENCY)
    assert alarms.wanted(at) == Wanted()


def test_the_paper_of_an_emergency_that_is_over_can_wait() -> None:
    alarms = begun(line(emergency=True, stage=Stage.WRITTEN_OFF))
    assert alarms.wanted(NOW + 10 * MINUTE).ordinary


def test_reading_the_board_anew_asks_for_nothing_again_and_forgets_nothing() -> None:
    alarms, at = begun(line(), line("b", next_due=NOW + 20 * MINUTE), line("c")), NOW + 10 * MINUTE
    assert alarms.wanted(at).ordinary
    alarms.heard(Tone.ORDINARY)
    alarms.begin([line(fire_at=None), line("b", next_due=NOW + 20 * MINUTE)], (), at)
    assert alarms.wanted(at) == Wanted()
    assert alarms.wanted(NOW + 20 * MINUTE).ordinary


def test_a_duty_of_the_desk_itself_asks_too() -> None:
    alarms = begun()
    alarms.fell_due(NOW)
    assert alarms.wanted(NOW).ordinary == NOW


def test_a_changed_line_is_queued_once() -> None:
    alarms = begun(line())
    for _ in range(1000):
        alarms.take([line()], (), NOW)
    assert len(alarms._queue) == 1


def test_what_a_tone_is_about_is_told_once_it_sounds() -> None:
    later = NOW + 12 * MINUTE
    untold = line("u", shout=True, next_due=later)
    alarms = begun(line(), line("b", next_due=later), untold, line("c"))
    alarms.wanted(later - SECOND)
    assert alarms.asking(Tone.ORDINARY, later - SECOND) == ("a", "c")
    assert alarms.asking(Tone.UNTOLD, later - SECOND) == ()
    alarms.wanted(later)
    assert alarms.asking(Tone.ORDINARY, later) == ("a", "c", "b")
    assert alarms.asking(Tone.UNTOLD, later) == ("u",)
    assert alarms.asking(Tone.EMERGENCY, later) == ()
    alarms.heard(Tone.ORDINARY)
    assert alarms.asking(Tone.ORDINARY, later) == ()
    assert alarms.asking(Tone.UNTOLD, later) == ("u",), "nobody was told yet"
    fire = line("f", emergency=True, shout=True)
    alarms.take([fire], (), later)
    assert alarms.asking(Tone.EMERGENCY, later) == ("f",)
    alarms.take([fire], ("f",), later)
    assert alarms.asking(Tone.EMERGENCY, later) == ("f",), "its duty fell due all the same"
    alarms.heard(Tone.EMERGENCY)
    assert alarms.asking(Tone.EMERGENCY, later) == ()
