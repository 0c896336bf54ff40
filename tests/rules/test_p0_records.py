"""P0-09 and P0-11, the desk's own duties of the week, to the second; and nothing else fires."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from dispatcher_tui.domain.duties.duties import Duty, state
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.record.watch_events import DeskDutyFellDue, RoutineDone, WatchEvent
from dispatcher_tui.domain.reviews.routine import desk_duties, fallen, open_duty
from dispatcher_tui.domain.watch.post import VACANT, Post, evolve_post
from tests.domain.support import P0, SECOND, calendar, local, rules

ADOPTED = local("2026-11-10 09:00")  # a Tuesday: the first whole week begins on the 16th
REVIEW, CHECK = "review:2026-W47", "check:2026-W48"
MONDAY, TUESDAY, NEXT = (local(f"2026-11-{day} 00:00") for day in (23, 24, 30))


class DeskStory:
    """The desk's own duties and the clock; only what belongs to the week is looked at."""

    def __init__(self, adopted: datetime = ADOPTED) -> None:
        self.post: Post = VACANT
        self.since = {each.id: adopted for each in rules(P0).procedure.routines}
        self._seq = 0

    def owed(self, now: datetime) -> dict[str, Duty]:
        found = desk_duties(rules(P0).procedure, calendar(), self.post, self.since, now)
        return {duty.key: duty for duty in found if duty.do in ("review", "check")}

    def write(self, event: WatchEvent, at: datetime) -> None:
        self._seq += 1
        self.post = evolve_post(self.post, Entry(self._seq, at, at, "李建国", "", event))

    def done(self, key: str, at: datetime) -> None:
        routine, _, period = key.partition(":")
        self.write(RoutineDone(routine=routine, rule="P0-09", period=period), at)

    def fire(self, now: datetime) -> list[str]:
        """The heartbeat: what fell due, each once."""
        due = fallen(tuple(self.owed(now).values()), self.post.fired, now)
        for duty in due:
            assert duty.due is not None
            self.write(DeskDutyFellDue(duty=duty.key, rule=duty.rule, due=duty.due), now)
        return [duty.key for duty in due]

    def state(self, key: str, now: datetime) -> str:
        return state(self.owed(now)[key], now).value


def in_the_week() -> DeskStory:
    """Everything before the week from the 23rd on is done or written down as missed."""
    story = DeskStory()
    story.done("review:2026-W46", local("2026-11-16 09:00"))
    story.done("check:2026-W47", local("2026-11-20 09:00"))
    assert story.fire(MONDAY - SECOND) == []
    return story


@pytest.mark.rule("P0-09")
@pytest.mark.parametrize(("second", "how"), [(-1, "waiting"), (0, "running"), (1, "running")])
def test_the_review_opens_on_monday_at_midnight(second: int, how: str) -> None:
    story, now = in_the_week(), MONDAY + second * SECOND
    assert story.state(REVIEW, now) == how
    ready = open_duty(tuple(story.owed(now).values()), "review", now)
    assert (ready.key if ready else "") == (REVIEW if second >= 0 else "")
    assert story.fire(now) == []


@pytest.mark.rule("P0-09", "when")
def test_the_review_is_due_at_24_00_of_that_monday_and_nothing_else_is() -> None:
    story = in_the_week()
    assert story.owed(MONDAY)[REVIEW].rule == "P0-09"
    assert story.owed(MONDAY)[REVIEW].due == TUESDAY
    assert story.fire(TUESDAY - SECOND) == []
    assert story.state(REVIEW, TUESDAY - SECOND) == "running"
    assert story.fire(TUESDAY) == [REVIEW]
    assert story.state(REVIEW, TUESDAY) == "running"
    assert story.fire(TUESDAY + SECOND) == []
    assert story.state(REVIEW, TUESDAY + SECOND) == "overdue"


@pytest.mark.rule("P0-09")
@pytest.mark.parametrize(("second", "how"), [(-1, "done"), (0, "done"), (1, "done_late")])
def test_done_after_24_00_it_is_late(second: int, how: str) -> None:
    story, now = in_the_week(), TUESDAY + second * SECOND
    story.done(REVIEW, now)
    assert story.state(REVIEW, now) == how
    assert story.fire(now + timedelta(hours=1)) == []


@pytest.mark.rule("P0-09")
@pytest.mark.parametrize(("second", "how"), [(-1, "overdue"), (0, "missed"), (1, "missed")])
def test_it_lapses_when_the_next_monday_begins(second: int, how: str) -> None:
    story, now = in_the_week(), NEXT + second * SECOND
    assert story.fire(TUESDAY) == [REVIEW]
    assert story.state(REVIEW, now) == how
    ready = open_duty(tuple(story.owed(now).values()), "review", now)
    assert ready is not None
    assert ready.key == ("review:2026-W48" if second >= 0 else REVIEW)


@pytest.mark.rule("P0-09")
def test_done_again_the_first_time_counts() -> None:
    story = in_the_week()
    story.done(REVIEW, MONDAY + timedelta(hours=9))
    story.done(REVIEW, TUESDAY + timedelta(hours=9))
    assert story.state(REVIEW, TUESDAY + timedelta(hours=9)) == "done"


@pytest.mark.rule("P0-11")
@pytest.mark.parametrize(("second", "how"), [(-1, "waiting"), (0, "running"), (1, "running")])
def test_the_check_opens_with_its_week(second: int, how: str) -> None:
    story, now = in_the_week(), MONDAY + second * SECOND
    assert story.state(CHECK, now) == how
    assert story.owed(now)[CHECK].rule == "P0-11"


@pytest.mark.rule("P0-11", "when")
def test_the_check_is_due_when_its_week_ends_and_is_missed_then() -> None:
    """Due at Sunday's 24:00 it lapses with the week, and its one firing is not lost by that."""
    story = in_the_week()
    story.done(REVIEW, MONDAY)
    assert story.owed(MONDAY)[CHECK].due == NEXT
    assert story.fire(NEXT - SECOND) == []
    assert story.state(CHECK, NEXT - SECOND) == "running"
    assert story.fire(NEXT) == [CHECK]
    assert story.state(CHECK, NEXT) == "missed"
    assert story.fire(NEXT + SECOND) == []


@pytest.mark.rule("P0-11")
def test_the_firing_of_a_missed_check_is_not_lost_when_nobody_was_there() -> None:
    story = in_the_week()
    story.done(REVIEW, MONDAY)
    later = NEXT + timedelta(hours=8)
    assert story.fire(later) == [CHECK]
    assert story.fire(later + SECOND) == []


@pytest.mark.rule("P0-11")
def test_marked_in_the_last_second_of_its_week_it_is_done() -> None:
    story = in_the_week()
    story.done(REVIEW, MONDAY)
    story.done(CHECK, NEXT - SECOND)
    assert story.state(CHECK, NEXT) == "done"
    assert story.fire(NEXT) == []


@pytest.mark.rule("P0-11")
def test_a_desk_of_many_years_owes_nothing_of_what_it_has_forgotten() -> None:
    """How long it is remembered that a week was done has an end; so has what is owed."""
    story = DeskStory(local("2020-01-06 00:00"))
    now = MONDAY
    oldest = min(duty.start for duty in story.owed(now).values() if duty.start)
    assert now - timedelta(days=801) < oldest < now - timedelta(days=780)
