"""A shift's end is the planned end of the watch that was held when a clock began."""

from __future__ import annotations

from msgspec.structs import replace

from dispatcher_tui.domain.duties.duties import Rules
from dispatcher_tui.domain.procedure import Deadline, When
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.words.terms import Label
from tests.domain.on_watch import WatchStory
from tests.domain.support import local

PLANNED, ACTING = local("2026-11-18 19:00"), local("2026-11-19 07:00")


def clock(*starts: str, levels: tuple[str, ...] = ()) -> Deadline:
    """Something that is owed by the end of the shift."""
    label = Label("班末", "By the shift's end")
    return Deadline(
        rule="P0-06",
        id="end",
        label=label,
        starts=starts,
        due="shift end",
        until=("followed_up",),
        when=When(levels=levels),
    )


def early(*clocks: Deadline) -> WatchStory:
    """The night's dispatcher has taken over at 18:40; the procedure has these clocks alone."""
    story = WatchStory("2026-11-18 07:00").sign_in().at("2026-11-18 18:40")
    story.rules = Rules(replace(story.rules.procedure, clocks=clocks), story.rules.calendar)
    story.hand_over()
    return story.at("2026-11-18 18:45")


def test_the_end_of_the_watch_on_and_not_of_the_shift_plan() -> None:
    story = early(clock("opened")).open()
    assert (story.due("end"), story.planned_end()) == (ACTING, PLANNED)


def test_a_call_that_came_in_before_the_hand_over_was_in_the_watch_before() -> None:
    story = early(clock("received"))
    story.open(received_at=local("2026-11-18 18:39"))
    assert story.due("end") == PLANNED


def test_what_no_live_case_is_without_counts_to_the_acting_end_from_the_opening_on() -> None:
    story = early().open()
    assert story.due("keep") == ACTING
    assert story.states() == {"keep": "running"}


def test_a_level_given_in_that_watch_starts_its_clock_there() -> None:
    story = early(clock("opened", levels=("grave",))).at("2026-11-18 18:45").open()
    assert story.states() == {"keep": "running"}
    story.at("2026-11-18 18:50").do(cmd.Regrade(level="grave", reason="三户"))
    assert story.due("end") == ACTING


def test_a_level_noted_late_keeps_the_order_and_the_watch_of_the_one_before() -> None:
    story = early(clock("opened", levels=("grave", "emergency"))).open()
    story.at("2026-11-18 18:50").do(cmd.Regrade(level="grave", reason="三户"))
    late = cmd.Regrade(level="emergency", reason="冒烟")
    story.at("2026-11-18 18:55").do(late, occurred="2026-11-18 18:39")
    assert [grade.shift_end for grade in story.case.grades] == [None, ACTING, ACTING]
    assert story.due("end") == ACTING
