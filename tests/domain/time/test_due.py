"""Due specifications: every unit is read as what it is, and nothing else is read at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatcher_tui.domain.time.due import (
    WEEKDAYS,
    BeforePromise,
    DayOfMonth,
    Days,
    DueSpec,
    DueSpecError,
    Elapsed,
    Months,
    NotBefore,
    ShiftEnd,
    Weekday,
    WorkingDays,
    parse_due,
)


@pytest.mark.parametrize(
    ("text", "spec"),
    [
        ("0s", Elapsed(0)),
        ("90s", Elapsed(90)),
        ("10min", Elapsed(600)),
        ("10 min", Elapsed(600)),
        ("2h", Elapsed(7200)),
        ("24h", Elapsed(86_400)),
        ("1 day", Days(1)),
        ("2 days", Days(2)),
        ("1 working day", WorkingDays(1)),
        ("3 working days", WorkingDays(3)),
        ("1 month", Months(1)),
        ("3 months", Months(3)),
        ("shift end", ShiftEnd()),
        ("monday", Weekday(0)),
        ("sunday", Weekday(6)),
        ("day 1", DayOfMonth(1)),
        ("day 25", DayOfMonth(25)),
        ("day 31", DayOfMonth(31)),
        ("not before 24h", NotBefore(86_400)),
        ("not before 30min", NotBefore(1800)),
        ("24h before promise", BeforePromise(86_400)),
        ("0s before promise", BeforePromise(0)),
        ("100000s", Elapsed(100_000)),
    ],
)
def test_reads_every_unit(text: str, spec: DueSpec) -> None:
    assert parse_due(text) == spec


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "2",
        "h",
        "2 hours",
        "2H",
        "2h ",
        " 2h",
        "-2h",
        "2.5h",
        "1h30min",
        "0 days",
        "0 working days",
        "0 months",
        "-1 day",
        "two days",
        "2  days",
        "2 workdays",
        "Monday",
        "mondays",
        "shift  end",
        "end of shift",
        "day 0",
        "day 32",
        "day -1",
        "day",
        "day  5",
        "not before",
        "not before 2 days",
        "not before not before 2h",
        "2 days before promise",
        "24h before  promise",
        "before promise",
        "not before 2h before promise",
        "二小时",
        "100001s",
        "9" * 41,
        "1 day" + " " * 40,
    ],
)
def test_refuses_what_is_no_specification(text: str) -> None:
    with pytest.raises(DueSpecError) as caught:
        parse_due(text)
    assert caught.value.text == text


def test_elapsed_hours_days_and_working_days_are_never_the_same() -> None:
    specs = [parse_due(text) for text in ("24h", "1 day", "1 working day", "not before 24h")]
    assert len({type(spec) for spec in specs}) == 4


@given(st.integers(1, 100_000))
def test_a_count_is_kept(count: int) -> None:
    assert parse_due(f"{count} days") == Days(count)
    assert parse_due(f"{count} working days") == WorkingDays(count)
    assert parse_due(f"{count}min") == Elapsed(count * 60)


@given(st.sampled_from(WEEKDAYS))
def test_weekdays_count_from_monday(name: str) -> None:
    assert parse_due(name) == Weekday(WEEKDAYS.index(name))


def read_or_refused(text: str) -> bool:
    try:
        parse_due(text)
    except DueSpecError as error:
        return error.text == text
    return True


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    assert read_or_refused(text)
