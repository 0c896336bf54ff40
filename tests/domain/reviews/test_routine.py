"""What the desk itself owes: opened and due by the calendar, one duty a period, none forgotten."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dispatcher_tui.domain.desk_routines import Routine
from dispatcher_tui.domain.duties.duties import Duty, state
from dispatcher_tui.domain.duties.pending import falling_due
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.record.watch_events import (
    DeskDutyFellDue,
    DeskSigned,
    RoutineDone,
    WatchEvent,
)
from dispatcher_tui.domain.reviews.routine import desk_duties, open_duty, subject_of
from dispatcher_tui.domain.watch.post import VACANT, Post, evolve_post
from dispatcher_tui.domain.words.terms import DutyState, Label, SignedBy
from tests.domain.support import P0, SECOND, calendar, local, rules

SINCE = local("2026-10-19 08:00")
_LABEL = Label("本台待办", "A routine")


def procedure(**given_: str | bool) -> Procedure:
    """The shipped procedure with one routine of that form alone."""
    form = {"id": "r", "rule": "P0-09", "label": _LABEL, "every": "week", "due": "monday"}
    routine = Routine(**{**form, **given_})  # type: ignore[arg-type]
    return replace(rules(P0).procedure, routines=(routine,))


def after(post: Post, at: datetime, *events: WatchEvent) -> Post:
    """The post once these were written at that moment."""
    for event in events:
        post = evolve_post(post, Entry(1, at, at, "李建国", "", event))
    return post


def owed(
    given_: Procedure, now: str, post: Post = VACANT, since: datetime = SINCE
) -> dict[str, Duty]:
    """The desk's duties at a moment, by their keys."""
    found = desk_duties(given_, calendar(), post, {"r": since}, local(now))
    return {duty.key: duty for duty in found}


@pytest.mark.parametrize(
    ("every", "about", "due", "now", "key", "opens", "by"),
    [
        ("week", "last", "monday", "2026-11-24", "r:2026-W47", "2026-11-23", "2026-11-24"),
        ("week", "this", "sunday", "2026-11-24", "r:2026-W48", "2026-11-23", "2026-11-30"),
        ("month", "last", "day 5", "2026-11-30", "r:2026-10", "2026-11-01", "2026-11-06"),
        ("month", "this", "day 25", "2026-11-24", "r:2026-11", "2026-11-01", "2026-11-26"),
        ("month", "this", "day 31", "2026-11-24", "r:2026-11", "2026-11-01", "2026-12-01"),
        ("month", "this", "day 1", "2026-11-24", "r:2026-11", "2026-11-01", "2026-11-02"),
        ("month", "this", "10 days", "2026-11-24", "r:2026-11", "2026-11-01", "2026-11-11"),
        ("quarter", "last", "day 10", "2027-01-02", "r:2026-Q4", "2027-01-01", "2027-01-11"),
        ("quarter", "this", "3 months", "2027-01-02", "r:2027-Q1", "2027-01-01", "2027-04-01"),
        ("year", "this", "12 months", "2027-01-02", "r:2027", "2027-01-01", "2028-01-01"),
        ("year", "this", "1 month", "2027-01-02", "r:2027", "2027-01-01", "2027-02-01"),
    ],
)
def test_opened_with_its_period_and_due_at_24_00(
    every: str, about: str, due: str, now: str, key: str, opens: str, by: str
) -> None:
    found = owed(procedure(every=every, about=about, due=due), f"{now} 12:00")
    duty = found[key]
    assert (duty.opens, duty.due) == (local(f"{opens} 00:00"), local(f"{by} 00:00"))
    assert duty.rule == "P0-09"
    period = subject_of(duty)
    assert period is not None
    assert period.name == key.removeprefix("r:")


def test_the_first_working_day_is_counted_from_the_periods_first() -> None:
    given_ = procedure(every="month", due="1 working day")
    assert owed(given_, "2026-11-24 12:00")["r:2026-11"].due == local("2026-11-02 17:30")


def test_late_is_one_second_after_24_00_and_opened_with_the_day() -> None:
    given_ = procedure(about="last")
    opens, due = local("2026-11-23 00:00"), local("2026-11-24 00:00")
    duty = owed(given_, "2026-11-23 12:00")["r:2026-W47"]
    assert state(duty, opens - SECOND) is DutyState.WAITING
    assert state(duty, opens) is DutyState.RUNNING
    assert state(duty, due) is DutyState.RUNNING
    assert state(duty, due + SECOND) is DutyState.OVERDUE


def test_it_falls_due_once_and_nothing_else_does() -> None:
    given_, fired = procedure(about="last"), frozenset({f"r:2026-W{n}" for n in range(43, 47)})
    due = local("2026-11-24 00:00")
    found = desk_duties(given_, calendar(), VACANT, {"r": SINCE}, due)
    assert falling_due(found, fired, due - SECOND) == []
    fallen = falling_due(found, fired, due)
    assert [duty.key for duty in fallen] == ["r:2026-W47"]
    post = after(VACANT, due, DeskDutyFellDue(duty=fallen[0].key, rule="P0-09", due=due))
    assert falling_due(found, fired | post.fired, due + SECOND) == []


@pytest.mark.parametrize(("late", "stands"), [(0, DutyState.DONE), (1, DutyState.DONE_LATE)])
def test_done_in_time_up_to_the_last_second(late: int, stands: DutyState) -> None:
    at = local("2026-11-24 00:00") + timedelta(seconds=late)
    done = RoutineDone(routine="r", rule="P0-09", period="2026-W47")
    again = RoutineDone(routine="r", rule="P0-09", period="2026-W47")
    post = after(after(VACANT, at, done), at + timedelta(days=1), again)
    duty = owed(procedure(about="last"), "2026-11-25 12:00", post)["r:2026-W47"]
    assert state(duty, local("2026-11-25 12:00")) is stands
    assert duty.done_at == at


def test_what_lapses_is_not_caught_up_on_and_what_does_not_stays_owed() -> None:
    monday = "2026-11-30 00:00"
    missed = owed(procedure(about="last", lapses=True), monday)
    assert missed["r:2026-W47"].cancelled_at == local(monday)
    assert [key for key, duty in missed.items() if duty.pending] == ["r:2026-W48"]
    before = owed(procedure(about="last", lapses=True), "2026-11-29 23:59:59")
    assert before["r:2026-W47"].pending
    kept = owed(procedure(about="last"), monday)
    assert kept["r:2026-W47"].pending


def test_nothing_is_owed_from_before_the_record_knew_of_it() -> None:
    given_ = procedure(about="last")
    assert owed(given_, "2026-11-24 12:00", since=local("2026-11-23 00:00:01")) == {}
    found = owed(given_, "2026-11-24 12:00", since=local("2026-11-23 00:00"))
    assert list(found) == ["r:2026-W47"]
    assert desk_duties(given_, calendar(), VACANT, {}, local("2026-11-24 12:00")) == ()


def test_the_next_one_is_known_a_day_ahead_and_not_open() -> None:
    given_, now = procedure(about="last"), "2026-11-22 00:00"
    assert "r:2026-W47" not in owed(given_, "2026-11-21 23:59:59")
    found = owed(given_, now)
    assert "r:2026-W47" in found
    tuple_ = tuple(found.values())
    oldest = open_duty(tuple_, "note", local(now))
    assert oldest is not None
    assert oldest.key == "r:2026-W43"
    assert open_duty(tuple_, "review", local(now)) is None


def test_a_signature_owed_for_no_case_is_a_duty_until_it_is_given() -> None:
    at, due = local("2026-11-24 10:00"), local("2026-11-25 17:30")
    phone = DeskSigned(
        subject="check:2026-W47",
        rule="P0-11",
        role="head",
        name="陈志强",
        how=SignedBy.PHONE,
        due=due,
    )
    post = after(VACANT, at, phone)
    (key,) = (sign_off.key for sign_off in post.sign_offs)
    duty = owed(procedure(), "2026-11-24 12:00", post)[key]
    assert (duty.do, duty.rule, duty.due, duty.pending) == ("sign", "P0-11", due, True)
    given_ = DeskSigned(subject="check:2026-W47", rule="P0-11", role="head", name="陈志强", of=key)
    signed = after(post, due, given_)
    assert owed(procedure(), "2026-11-26 12:00", signed)[key].done_at == due


@given(
    st.sampled_from(["week", "month", "quarter", "year"]),
    st.integers(1, 800),
)
def test_every_period_since_has_exactly_one_duty(every: str, days: int) -> None:
    text = f"{SINCE + timedelta(days=days):%Y-%m-%d %H:%M:%S}"
    found = list(owed(procedure(every=every, due="5 days"), text).values())
    starts = [duty.start for duty in found if duty.start is not None]
    assert len({duty.key for duty in found}) == len(found) == len(starts)
    assert starts == sorted(starts)
    assert all(start >= SINCE for start in starts)
