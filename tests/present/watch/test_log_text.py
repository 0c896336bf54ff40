"""The Work Log's lines: parts, both times of late entries, and files no spreadsheet runs."""

from __future__ import annotations

from datetime import time, timedelta, timezone

import pytest

from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record import watch_events as watch
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.record.kinds import KINDS
from dispatcher_tui.domain.time.calendar import Shift
from dispatcher_tui.domain.time.when import WhenError
from dispatcher_tui.domain.words.terms import Label
from dispatcher_tui.present.i18n import use
from dispatcher_tui.present.watch.log_text import (
    KINDS_OF,
    LogEntry,
    LogFilter,
    belongs,
    bound_problem,
    log_line,
    log_plain,
    log_row,
    part_name,
    watch_title,
)
from tests.present.watch_samples import AT

ZONE = timezone(timedelta(hours=8))
NIGHT = Shift(Label("夜班", "Night"), time(19), time(7))


def entry(text: str = "巡查", *, late: float = 0, seq: int = 7) -> Entry:
    """A note of that many seconds' delay."""
    return Entry(seq, AT, AT + timedelta(seconds=late), "李建国", "", ev.LogNoted(text=text))


def test_the_parts_hold_known_kinds_and_leave_few_out() -> None:
    held = set[str]().union(*KINDS_OF.values())
    assert held <= set(KINDS)
    assert set(KINDS) - held == {"duty_fell_due", "corrected", "taken_back"}
    assert len({part_name(part) for part in LogFilter}) == len(LogFilter)


@pytest.mark.parametrize(
    ("late", "parts"),
    [
        (0, {LogFilter.ALL, LogFilter.NOTES}),
        (60, {LogFilter.ALL, LogFilter.NOTES}),
        (61, {LogFilter.ALL, LogFilter.NOTES, LogFilter.LATE}),
    ],
)
def test_a_note_is_late_after_a_minute(late: float, parts: set[LogFilter]) -> None:
    assert {part for part in LogFilter if belongs(entry(late=late), part)} == parts


def test_a_notice_is_of_the_calls_and_of_the_watch() -> None:
    posted = Entry(7, AT, AT, "李建国", "", watch.NoticePosted(text="停水", until=AT))
    assert {p for p in LogFilter if belongs(posted, p)} == {
        LogFilter.ALL,
        LogFilter.CALLS,
        LogFilter.WATCH,
    }


def test_a_row_bears_both_times_of_a_late_entry_in_front() -> None:
    assert log_row(entry(), "261121-03", ZONE) == "22:47 261121-03  Noted  巡查 (李建国)"
    late = log_row(entry(late=7200), "", ZONE)
    assert late.startswith("22:47            [late, written 11-22 00:47] Noted")
    use("zh")
    assert "[补记，记于 11-22 00:47]" in log_row(entry(late=7200), "", ZONE)


def test_a_row_marks_what_was_taken_back_and_says_the_day_where_asked() -> None:
    assert log_row(entry(), "", ZONE, void={7}, day=True).startswith(
        "11-21 22:47            [taken"
    )
    assert "[taken" not in log_row(entry(), "", ZONE, void={8})


def test_the_title_says_which_watch_and_whose() -> None:
    end = AT + timedelta(hours=8)
    assert watch_title("王芳", NIGHT, AT, end, ZONE, over=False) == (
        "Night 11-21 22:47 to 06:47, on now  王芳"
    )
    long = watch_title("", NIGHT, AT, AT + timedelta(hours=24), ZONE, over=True)
    assert long == "Night 11-21 22:47 to 11-22 22:47, over  nobody signed in"


def test_plain_lines_are_those_of_the_command_line() -> None:
    line = LogEntry(entry("a\x1b[2J"), "261121-03", void=True)
    shown = "2026-11-21 22:47:00 261121-03  [taken back] Noted  a[2J (李建国)"
    assert log_line(line, ZONE) == shown
    assert list(log_plain([line], ZONE)) == [shown + "\n"]


def test_a_refused_time_says_which_and_what_to_type() -> None:
    said = bound_problem("--from", "neulich", WhenError("nonsense"))
    assert said.startswith('--from: "neulich" is not a time. Type 20:00, yesterday, ')
    assert bound_problem("--to", " ", WhenError("empty")).startswith("--to: no time was given.")
