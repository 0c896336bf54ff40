"""The weekly check and the month's summary count alike: one count, over a week or a month."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.desk.case.intake import Intake
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.reviews.months import read_month
from dispatcher_tui.desk.reviews.weekly_check import read_check
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.words.terms import Fact, FeedbackBy, Satisfaction
from tests.desk.on_watch import clock_of, open_desk, put
from tests.domain.support import local

Figures = dict[str, int]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return open_desk(tmp_path, local("2026-10-26 08:00"))


def opened(desk: Desk, at: str, **told: object) -> str:
    return put(desk, at).open_case(Intake(place="3-2-1502", said="漏水", **told)).case.id  # type: ignore[arg-type]


def written_off(desk: Desk, case_id: str, satisfied: Satisfaction = Satisfaction.SATISFIED) -> None:
    command = cmd.WriteOff(by=FeedbackBy.PHONE, source="张伟", satisfaction=satisfied)
    desk.perform(case_id, command)


def final(desk: Desk, case_id: str) -> None:
    written_off(desk, case_id)
    for command in (
        cmd.ReceivePaper(number="FW-1"),
        cmd.SignPaper(signer="李建国", role="dispatcher"),
        cmd.FilePaper(binder="11", page="1"),
        cmd.CloseFinal(),
    ):
        desk.perform(case_id, command)


def of_week(desk: Desk) -> Figures:
    found = read_check(desk).week.figures
    return {
        "opened": found.opened,
        "written_off": found.written_off,
        "final": found.final,
        "invalid": found.invalid,
        "emergencies": found.emergencies,
        "dissatisfied": found.dissatisfied,
        "open": found.open,
        "papers": found.papers,
    }


def of_month(desk: Desk, month: str) -> Figures:
    found = read_month(desk, month).figures
    said = {count.key: count.n for count in found.satisfaction}
    return {
        "opened": found.flow.opened,
        "written_off": found.flow.written_off,
        "final": found.flow.final,
        "invalid": found.flow.invalid,
        "emergencies": found.emergencies,
        "dissatisfied": said.get("dissatisfied", 0),
        "open": found.flow.carried_over,
        "papers": found.flow.papers_owed,
    }


def test_a_week_with_everything_in_it_is_the_same_in_the_month(desk: Desk) -> None:
    """All there ever was happened in this week, which lies within its month."""
    withdrawn = opened(desk, "2026-11-09 00:00")
    desk.take_back(withdrawn)
    assert of_week(desk)["invalid"] == 1
    assert of_week(desk) == of_month(desk, "2026-11")
    final(desk, opened(desk, "2026-11-10 09:00"))
    written_off(desk, opened(desk, "2026-11-10 10:00"), Satisfaction.DISSATISFIED)
    twice = opened(desk, "2026-11-10 11:00")
    for _time in range(2):
        written_off(desk, twice)
        clock_of(desk).forward(minutes=1)
        desk.perform(twice, cmd.Reopen(reason="还在漏"))
        clock_of(desk).forward(minutes=1)
    opened(desk, "2026-11-11 09:00", facts=frozenset({Fact.FIRE}))
    opened(desk, "2026-11-12 09:00")
    week = of_week(desk)
    assert week == of_month(desk, "2026-11")
    assert week == {
        "opened": 6,
        "written_off": 3,
        "final": 1,
        "invalid": 1,
        "emergencies": 1,
        "dissatisfied": 1,
        "open": 4,
        "papers": 1,
    }
    assert read_check(desk).week.figures.reopened == 1  # one case, however often


@pytest.mark.parametrize(
    ("at", "this", "before"),
    [("2026-11-08 23:59:59", 0, 1), ("2026-11-09 00:00:00", 1, 0), ("2026-11-09 00:00:01", 1, 0)],
)
def test_a_week_begins_on_monday_to_the_second(desk: Desk, at: str, this: int, before: int) -> None:
    desk.take_back(opened(desk, at))
    check = read_check(put(desk, "2026-11-09 08:00"))
    assert (check.week.figures.opened, check.week.figures.invalid) == (this, this)
    assert (check.before.opened, check.before.invalid) == (before, before)


def test_what_was_withdrawn_after_the_week_was_still_open_in_it(desk: Desk) -> None:
    """The week before stands as of its own end, as a month does."""
    case_id = opened(desk, "2026-11-08 23:59:30")
    assert put(desk, "2026-11-09 00:00:10").take_back(case_id)
    check = read_check(desk)
    assert (check.before.opened, check.before.invalid, check.before.open) == (1, 0, 1)
    assert (check.week.figures.opened, check.week.figures.invalid) == (0, 1)


def test_an_old_case_that_ended_in_the_week_counts_in_it(desk: Desk) -> None:
    old = opened(desk, "2026-10-27 09:00")
    put(desk, "2026-11-09 00:00")
    final(desk, old)
    check = read_check(desk)
    assert (check.week.figures.opened, check.week.figures.final, check.week.figures.open) == (
        0,
        1,
        0,
    )
    assert (check.before.final, check.before.open) == (0, 1)
