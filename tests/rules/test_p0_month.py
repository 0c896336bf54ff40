"""P0-10, P0-12, P0-14, P2-10: when the month's works are due, and what the figures count."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from dispatcher_tui.domain.duties.duties import Duty, state
from dispatcher_tui.domain.duties.pending import falling_due
from dispatcher_tui.domain.record.month import Month, Timeliness
from dispatcher_tui.domain.reviews.routine import desk_duties
from dispatcher_tui.domain.reviews.timeliness import DutyAtEnd, timeliness
from dispatcher_tui.domain.watch.post import VACANT, Post
from dispatcher_tui.domain.words.terms import Label
from dispatcher_tui.present.reviews.month_json import figures_object
from tests.domain.support import P0, P4, SECOND, SHANGHAI, calendar, local, rules

BEGAN = local("2026-06-15 00:00")
NOVEMBER = (local("2026-11-01 00:00"), local("2026-12-01 00:00"))


def owed(at: datetime, done: Post = VACANT, procedure: str = P0) -> tuple[Duty, ...]:
    """What the desk owes at a moment, of a record that began in June."""
    known = rules(procedure).procedure
    since = {routine.id: BEGAN for routine in known.routines}
    return desk_duties(known, calendar(), done, since, at)


def fallen(at: datetime, fired: frozenset[str], procedure: str = P0) -> list[str]:
    """What falls due at a moment and did not before."""
    return [duty.key for duty in falling_due(owed(at, procedure=procedure), fired, at)]


def of_month(at: datetime, key: str, procedure: str = P0) -> Duty:
    """The duty of that key."""
    return next(duty for duty in owed(at, procedure=procedure) if duty.key == key)


@pytest.mark.parametrize(
    ("procedure", "key", "rule", "due"),
    [
        pytest.param(
            P0,
            "month:2026-11",
            "P0-10",
            "2026-12-06 00:00",
            marks=pytest.mark.rule("P0-10", "when"),
        ),
        pytest.param(
            P0,
            "comment:2026-11",
            "P0-12",
            "2026-12-11 00:00",
            marks=pytest.mark.rule("P0-12", "when"),
        ),
        (P0, "month:2026-12", "P0-10", "2027-01-06 00:00"),
        (P0, "comment:2027-01", "P0-12", "2027-02-11 00:00"),
        (P4, "month:2026-11", "P4-17", "2026-12-06 00:00"),
    ],
)
def test_due_at_the_end_of_its_day_to_the_second_and_alone(
    procedure: str, key: str, rule: str, due: str
) -> None:
    at = local(due)
    duty = of_month(at, key, procedure)
    assert (duty.rule, duty.due) == (rule, at)
    before = frozenset(fallen(at - SECOND, frozenset(), procedure))
    assert key not in before
    assert state(of_month(at - SECOND, key, procedure), at - SECOND).value == "running"
    assert fallen(at, before, procedure) == [key]
    assert state(of_month(at, key, procedure), at).value == "running"
    assert fallen(at + SECOND, before | {key}, procedure) == []
    assert state(of_month(at + SECOND, key, procedure), at + SECOND).value == "overdue"


@pytest.mark.rule("P0-10", "when")
@pytest.mark.parametrize(("second", "waits"), [(-1, "waiting"), (0, "running"), (1, "running")])
def test_it_opens_when_the_month_is_over(second: int, waits: str) -> None:
    at = local("2026-12-01 00:00") + second * SECOND
    assert state(of_month(at, "month:2026-11"), at).value == waits


@pytest.mark.rule("P0-10")
def test_a_month_missed_is_still_owed_beside_the_next_one() -> None:
    at = local("2026-12-20 09:00")
    pending = [duty.key for duty in owed(at) if duty.rule == "P0-10" and duty.pending]
    assert pending[-2:] == ["month:2026-10", "month:2026-11"]


@pytest.mark.rule("P0-10")
def test_done_it_falls_due_no_more_and_the_comment_still_does() -> None:
    at = local("2026-12-11 00:00")
    done = Post(done={"month:2026-11": local("2026-12-03 10:00")})
    fell = [duty.key for duty in falling_due(owed(at, done), frozenset(), at)]
    assert "month:2026-11" not in fell
    assert "comment:2026-11" in fell


def duty(due: datetime | None, **of: datetime | None) -> Duty:
    """A duty due then."""
    label = Label("跟进", "Follow-up")
    start = due - timedelta(hours=2) if due else None
    return Duty("k", "P0-05", label, "follow_up", start=start, due=due, **of)  # type: ignore[arg-type]


def counted(one: Duty, *, fired: bool = False, until: datetime = NOVEMBER[1]) -> Timeliness:
    """What November makes of one duty."""
    return timeliness([DutyAtEnd("261118-01", one, fired)], NOVEMBER[0], until)


@pytest.mark.rule("P0-14")
@pytest.mark.parametrize(
    ("due", "counts"),
    [
        (NOVEMBER[0] - SECOND, 0),
        (NOVEMBER[0], 1),
        (NOVEMBER[1] - SECOND, 1),
        (NOVEMBER[1], 0),
    ],
)
def test_due_in_the_month_is_to_the_second(due: datetime, counts: int) -> None:
    assert counted(duty(due, done_at=due)).due == counts


@pytest.mark.rule("P0-14")
@pytest.mark.parametrize(("second", "in_time", "by"), [(-1, 1, 0), (0, 1, 0), (1, 0, 1)])
def test_done_at_its_time_is_in_time_and_a_second_later_is_not(
    second: int, in_time: int, by: int
) -> None:
    due = local("2026-11-18 11:00")
    found = counted(duty(due, done_at=due + second * SECOND))
    assert (found.due, found.in_time) == (1, in_time)
    assert [late.by for late in found.late] == ([by] if by else [])


@pytest.mark.rule("P0-14")
@pytest.mark.parametrize(("second", "due_then"), [(-1, 0), (0, 0), (1, 1)])
def test_what_was_cancelled_by_its_time_was_never_due(second: int, due_then: int) -> None:
    due = local("2026-11-18 11:00")
    found = counted(duty(due, cancelled_at=due + second * SECOND))
    assert (found.due, found.in_time) == (due_then, 0)


@pytest.mark.rule("P0-14")
def test_what_fell_due_while_it_was_owed_was_late_however_it_ended() -> None:
    due = local("2026-11-18 11:00")
    promise = duty(due, cancelled_at=due - timedelta(hours=1))
    assert counted(promise).due == 0
    found = counted(promise, fired=True)
    assert (found.due, found.in_time, found.late[0].ended_at) == (1, 0, due)


@pytest.mark.rule("P0-14")
def test_never_done_it_is_late_until_the_end_of_the_month() -> None:
    due = local("2026-11-30 23:00")
    (late,) = counted(duty(due)).late
    assert (late.by, late.done_at, late.ended_at) == (3600, None, None)


@pytest.mark.rule("P0-14")
def test_done_after_the_month_it_was_due_in_is_late_of_that_month() -> None:
    due = local("2026-11-30 23:59:59")
    assert counted(duty(due)).in_time == 0


@pytest.mark.rule("P0-14", "what")
def test_the_rate_is_what_was_in_time_of_what_was_due() -> None:
    due = local("2026-11-18 11:00")
    four = [duty(due, done_at=due), duty(due, done_at=due), duty(due), duty(None)]
    found = timeliness([DutyAtEnd("", each) for each in four], *NOVEMBER)
    assert (found.due, found.in_time, found.rate) == (3, 2, 2 / 3)
    assert [(each.rule, each.due, each.in_time) for each in found.rules] == [("P0-05", 3, 2)]
    assert timeliness([], *NOVEMBER).rate is None


def test_a_late_duty_reckoned_without_a_holiday_table_is_told_as_unconfirmed() -> None:
    late = duty(NOVEMBER[0])
    for one, known in ((late, True), (replace(late, confirmed=False), False)):
        figures = Month("2026-11", as_of=NOVEMBER[1], timeliness=counted(one))
        told = figures_object(figures, SHANGHAI)["timeliness"]["late"]
        assert [each["confirmed"] for each in told] == [known]
