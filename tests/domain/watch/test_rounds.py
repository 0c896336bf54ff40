"""The rounds of the watch: when each begins, is due, late and missed, to the second."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

import pytest
from msgspec.structs import replace

from dispatcher_tui.domain.case.decide_rounds import RoundAsked, record_of
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.duties.duties import state
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.record.events import Event
from dispatcher_tui.domain.record.month import RoundTally
from dispatcher_tui.domain.record.watch_events import DeskDutyFellDue, RoundRecorded
from dispatcher_tui.domain.time.calendar import Shift
from dispatcher_tui.domain.watch.post import VACANT, evolve_post
from dispatcher_tui.domain.watch.round_sheet import for_the_sheet, sheet_rows, tallies
from dispatcher_tui.domain.watch.rounds import (
    KEPT,
    RoundMark,
    RoundPart,
    RoundPlan,
    RoundSlot,
    begin_in,
    is_round,
    left_out,
    next_begin,
    round_duties,
    round_key,
    slot_at,
    standing,
)
from dispatcher_tui.domain.words.terms import DutyState, Label
from tests.domain.support import SECOND, calendar, local

OK, NOT = Label("正常", "in order"), Label("故障", "fault")
PARTS = (RoundPart("pumps", Label("水泵", "Pumps"), (OK, NOT)),)
PANEL = RoundPlan("panel", Label("主机", "Panel"), "2h", PARTS, due="30min", persons=2)
SHIFT = RoundPlan("patrol", Label("巡逻", "Patrol"), "shift", PARTS, due="2h")
LAST = RoundPlan("last", Label("收尾", "Last"), "shift", PARTS)
DAILY = RoundPlan("daily", Label("每日", "Daily"), "day", PARTS, due="10h")
SINCE = local("2026-11-01 00:00")


def slot(plan: RoundPlan, at: datetime) -> tuple[datetime, datetime, datetime]:
    found = slot_at(plan, calendar(), at)
    return found.begin, found.due, found.end


def made(plan: RoundPlan, begin: str, at: str) -> dict[str, RoundMark]:
    return {round_key(plan.id, local(begin)): RoundMark(local(at), "李建国")}


def states(plan: RoundPlan, now: datetime, marks: dict[str, RoundMark] | None = None) -> list[str]:
    """How the rounds of the last hours stand, the last one last."""
    found = round_duties([plan], {plan.id: SINCE}, calendar(), marks or {}, now)
    return [state(duty, now).value for duty in found][-2:]


def test_every_two_hours_goes_by_the_local_day() -> None:
    begin, end = local("2026-11-18 02:00"), local("2026-11-18 04:00")
    late = local("2026-11-18 02:30")
    before = (local("2026-11-18 00:00"), local("2026-11-18 00:30"), begin)
    assert slot(PANEL, begin - SECOND) == before
    assert slot(PANEL, begin) == (begin, late, end) == slot(PANEL, end - SECOND)
    assert slot(PANEL, end)[0] == end


def test_a_shift_s_round_begins_with_the_shift_and_is_late_at_its_end_where_nothing_is_said() -> (
    None
):
    begin, end = local("2026-11-18 19:00"), local("2026-11-19 07:00")
    assert slot(SHIFT, begin - SECOND)[0] == local("2026-11-18 07:00")
    assert slot(SHIFT, begin) == (begin, local("2026-11-18 21:00"), end)
    assert slot(LAST, begin) == (begin, end, end)


def test_a_day_a_week_and_a_month_are_the_calendar_s() -> None:
    assert slot(DAILY, local("2026-11-18 23:59"))[:2] == (
        local("2026-11-18 00:00"),
        local("2026-11-18 10:00"),
    )
    week = replace(DAILY, every="week", due="")
    assert slot(week, local("2026-11-18 12:00"))[::2] == (
        local("2026-11-16 00:00"),
        local("2026-11-23 00:00"),
    )
    month = replace(DAILY, every="month", due="")
    assert slot(month, local("2026-11-30 23:59"))[2] == local("2026-12-01 00:00")


def test_a_round_is_late_after_its_time_and_missed_when_the_next_begins() -> None:
    due, end = local("2026-11-18 02:30"), local("2026-11-18 04:00")
    assert states(PANEL, due - SECOND)[-1] == "running"
    assert states(PANEL, due)[-1] == "running"
    assert states(PANEL, due + SECOND)[-1] == "overdue"
    assert states(PANEL, end - SECOND)[-1] == "overdue"
    assert states(PANEL, end) == [DutyState.MISSED.value, "running"]


def test_a_recorded_one_is_done_in_time_or_late_and_is_never_missed_again() -> None:
    end = local("2026-11-18 04:00")
    in_time = made(PANEL, "2026-11-18 02:00", "2026-11-18 02:30")
    assert states(PANEL, end - SECOND, in_time)[-1] == "done"
    assert states(PANEL, end, in_time) == ["done", "running"]
    late = made(PANEL, "2026-11-18 02:00", "2026-11-18 02:31")
    assert states(PANEL, end, late) == ["done_late", "running"]


def test_nothing_is_owed_before_the_round_is_in_force_and_nothing_old_is_looked_at() -> None:
    begin, now = local("2026-11-18 02:00"), local("2026-11-18 05:00")

    def owed(since: datetime) -> list[datetime | None]:
        duties = round_duties([PANEL], {"panel": since}, calendar(), {}, now)
        return [duty.start for duty in duties]

    assert owed(begin) == [begin, local("2026-11-18 04:00")]
    assert owed(begin + SECOND) == [local("2026-11-18 04:00")]
    assert owed(now) == []
    assert min(each for each in owed(SINCE) if each) >= now - KEPT
    assert round_duties([PANEL], {}, calendar(), {}, now) == ()
    assert not standing(PANEL, now, calendar(), {}, now).owed


def test_the_next_round_of_any_begins_when_the_first_of_them_does() -> None:
    now = local("2026-11-18 18:59")
    assert next_begin([PANEL, SHIFT], calendar(), now) == local("2026-11-18 19:00")
    assert next_begin([], calendar(), now) is None


def test_a_changed_clock_loses_no_stretch_and_doubles_none() -> None:
    """Local hours that summer time leaves out or has twice: the stretches still join."""
    site = replace(calendar(), zone="Europe/Berlin", shifts=(_shift(0, 8), _shift(8, 0)))
    for first in (datetime(2026, 3, 28, tzinfo=UTC), datetime(2026, 10, 24, tzinfo=UTC)):
        at, seen = first, list[RoundSlot]()
        while at < first + timedelta(days=2):
            seen.append(slot_at(PANEL, site, at))
            at = seen[-1].end
        assert all(a.end == b.begin and a.begin < a.end for a, b in pairwise(seen))


def _shift(start: int, end: int) -> Shift:
    return Shift(Label("", ""), time(start), time(end))


def test_a_key_says_whose_and_when() -> None:
    begin = local("2026-11-18 02:00")
    key = round_key("panel", begin)
    assert (is_round(key), begin_in(key)) == (True, begin)
    assert not is_round("review:2026-W47")


# ---- recording one


def given(**changed: object) -> RoundAsked:
    return replace(RoundAsked("panel", {"pumps": 1}, second="王芳"), **changed)


def record(
    asked: RoundAsked,
    at: str = "2026-11-18 02:10",
    plan: RoundPlan = PANEL,
    marks: dict[str, RoundMark] | None = None,
    actor: str = "李建国",
) -> RoundRecorded:
    now = local(at)
    stand = standing(plan, SINCE, calendar(), marks or {}, now)
    return record_of(stand, asked, actor, calendar(), now)


def refused(asked: RoundAsked, at: str = "2026-11-18 02:10", **more: object) -> str:
    with pytest.raises(Refusal) as caught:
        record(asked, at, **more)  # type: ignore[arg-type]
    return caught.value.code


def test_what_is_recorded_bears_its_words() -> None:
    event = record(given(found={"pumps": 2}, word="  已停 2 号泵  "))
    assert (event.begin, event.due) == (local("2026-11-18 02:00"), local("2026-11-18 02:30"))
    assert [(f.digit, f.choice) for f in event.findings] == [(2, NOT)]
    assert (event.word, event.second, event.reason, event.by) == ("已停 2 号泵", "王芳", "", "")


def test_each_thing_that_is_missing_is_named() -> None:
    assert refused(given(found={})) == "round_part_missing"
    assert refused(given(found={"pumps": 3})) == "round_part_missing"
    assert refused(given(found={"pumps": 1, "lifts": 1})) == "round_part_unknown"
    assert refused(given(found={"pumps": 2})) == "round_word_missing"
    assert refused(given(second="")) == "round_second_missing"
    assert refused(given(second="李建国")) == "round_second_same"
    assert refused(given(second="12")) == "figure_no_name"
    assert refused(given(), actor="cli:root") == "name_missing"
    assert record(given(by="张伟"), actor="cli:root").by == "张伟"
    assert record(replace(given(), second=""), plan=replace(PANEL, persons=1)).second == ""


def test_a_late_one_has_its_reason_one_in_time_needs_none() -> None:
    assert record(given(), "2026-11-18 02:30").reason == ""
    with pytest.raises(Refusal):
        record_of(
            standing(PANEL, SINCE, calendar(), {}, local("2026-11-18 02:30") + SECOND),
            given(),
            "李建国",
            calendar(),
            local("2026-11-18 02:30") + SECOND,
        )
    assert refused(given(), "2026-11-18 02:31") == "round_reason_missing"
    assert record(given(reason="处理火警"), "2026-11-18 02:31").reason == "处理火警"
    assert record(given(reason="不迟"), "2026-11-18 02:30").reason == ""


def test_one_recorded_twice_asks_and_the_first_time_counts() -> None:
    marks = made(PANEL, "2026-11-18 02:00", "2026-11-18 02:10")
    assert refused(given(), "2026-11-18 02:40", marks=marks) == "round_twice"
    event = record(given(again=True), "2026-11-18 02:40", marks=marks)
    assert (event.again, event.reason) == (True, "")
    assert not record(given(again=True)).again


def test_one_made_in_a_stretch_that_is_over_is_never_filed_under_the_next_one_unasked() -> None:
    begin, last = local("2026-11-18 02:00"), local("2026-11-18 04:00") - SECOND
    stand = standing(PANEL, SINCE, calendar(), {}, last)
    late = given(begin=begin, reason="处理火警")
    assert record_of(stand, late, "李建国", calendar(), last).begin == begin
    with pytest.raises(Refusal) as caught:
        record(late, "2026-11-18 04:00")
    assert caught.value.code == "round_over"
    assert caught.value.detail == {"begin": "11-18 04:00", "until": "11-18 06:00"}
    assert record(given(), "2026-11-18 04:00").begin == local("2026-11-18 04:00")


# ---- the post, the sheet, the month


def entry(seq: int, at: str, event: Event, actor: str = "李建国") -> Entry:
    when = local(at)
    return Entry(seq=seq, occurred_at=when, recorded_at=when, actor=actor, cosigner="", event=event)


def recorded(begin: str, **more: Any) -> RoundRecorded:
    at = local(begin)
    return RoundRecorded(
        round="panel", label=PANEL.label, begin=at, due=at + timedelta(minutes=30), **more
    )


def fell(begin: str) -> DeskDutyFellDue:
    at = local(begin)
    return DeskDutyFellDue(
        duty=round_key("panel", at), rule="", due=at + timedelta(minutes=30), label=PANEL.label
    )


NIGHT = [
    entry(1, "2026-11-18 02:10", recorded("2026-11-18 02:00")),
    entry(2, "2026-11-18 04:30", fell("2026-11-18 04:00")),
    entry(3, "2026-11-18 04:41", recorded("2026-11-18 04:00", reason="处理火警")),
    entry(4, "2026-11-18 06:30", fell("2026-11-18 06:00")),
    entry(5, "2026-11-18 08:05", recorded("2026-11-18 08:00", word="2 号泵停")),
    entry(6, "2026-11-18 08:20", recorded("2026-11-18 08:00", word="已修好", again=True)),
]


def test_the_post_remembers_the_first_time_and_forgets_old_ones() -> None:
    post = VACANT
    for each in NIGHT:
        post = evolve_post(post, each)
    assert post.rounds[round_key("panel", local("2026-11-18 08:00"))].at == local(
        "2026-11-18 08:05"
    )
    assert len(post.rounds) == 3
    assert len(post.fired) == 2
    kept = replace(post, fired=post.fired | {"review:2026-W01"})
    later = evolve_post(kept, entry(7, "2026-11-28 02:30", fell("2026-11-28 02:00")))
    assert later.fired == {"review:2026-W01", round_key("panel", local("2026-11-28 02:00"))}
    assert (
        len(evolve_post(later, entry(8, "2026-11-28 04:01", recorded("2026-11-28 04:00"))).rounds)
        == 1
    )


def test_the_next_watch_is_told_of_what_was_late_missed_or_not_in_order() -> None:
    (sheet,) = for_the_sheet(NIGHT)
    assert (sheet.made, sheet.missed, sheet.late) == (3, 1, 1)
    assert [(each.at, each.reason) for each in sheet.told] == [
        (local("2026-11-18 04:41"), "处理火警"),
        (None, ""),
    ]
    event = record(given(found={"pumps": 2}, word="已停 2 号泵"))
    (found,) = for_the_sheet([entry(1, "2026-11-18 02:10", event)])
    assert [(each.found, each.word) for each in found.told] == [((NOT,), "已停 2 号泵")]
    assert for_the_sheet([]) == ()


def test_the_month_counts_each_stretch_once() -> None:
    begin, end = local("2026-11-01 00:00"), local("2026-12-01 00:00")
    assert tallies(NIGHT, begin, end) == (RoundTally(PANEL.label, 4, 2, 1, 1),)
    due = local("2026-11-18 08:30")
    assert tallies(NIGHT, begin, due) == (RoundTally(PANEL.label, 3, 1, 1, 1),)
    assert tallies(NIGHT, due, end) == (RoundTally(PANEL.label, 1, 1, 0, 0),)
    assert tallies(NIGHT, due + SECOND, end) == ()


def test_a_day_s_record_has_a_line_for_what_was_not_made_once_it_is_due() -> None:
    day = local("2026-11-18 00:00"), local("2026-11-19 00:00")

    def lines(now: datetime, since: datetime = SINCE) -> list[tuple[str, bool]]:
        rows = sheet_rows(PANEL, calendar(), day, NIGHT, now, since)
        zone = calendar().tz
        return [(f"{row.begin.astimezone(zone):%H}", row.at is not None) for row in rows]

    whole = [("00", False), ("02", True), ("04", True), ("06", False), ("08", True)]
    assert lines(local("2026-11-18 09:00")) == whole
    assert lines(local("2026-11-18 10:30") - SECOND) == whole
    begin = local("2026-11-18 00:00")
    assert lines(local("2026-11-18 09:00"), begin) == whole
    assert lines(local("2026-11-18 09:00"), begin + SECOND) == whole[1:]
    assert lines(local("2026-11-18 10:30")) == [*whole, ("10", False)]
    assert date(2026, 11, 18) == day[0].astimezone(calendar().tz).date()


def test_a_long_standstill_is_one_entry_of_what_lies_too_far_back() -> None:
    plan, at = PANEL, local("2026-11-18 08:00")
    since, known = {plan.id: at - timedelta(days=9)}, [round_key(plan.id, at)]

    def left(now: datetime, keys: list[str]) -> list[int] | None:
        found = left_out([plan], since, calendar(), keys, now)
        return None if found is None else [each.times for each in found.left]

    end = at + KEPT + timedelta(hours=2)
    assert left(end, known) is None, "the next one is still told by itself"
    assert left(end + SECOND, known) == [1]
    assert left(end + timedelta(days=2) + SECOND, known) == [25]
    assert left(end + timedelta(days=2), []) is None, "nothing is known from before"
