"""The month's figures against another count; drawing, commenting, signing, and what comes later."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from dispatcher_tui.desk.case.intake import Intake
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.operators import enter_operator
from dispatcher_tui.desk.reviews.months import (
    agree_month,
    comment_month,
    month_meant,
    months,
    owed_signature,
    read_month,
    report_month,
    sign_month,
)
from dispatcher_tui.desk.reviews.routines import owed_by_desk
from dispatcher_tui.desk.together import Signing
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record.trend import OpenedCount
from dispatcher_tui.domain.reviews.summary import DrawnSummary, Summary
from dispatcher_tui.domain.time.periods import period_named
from dispatcher_tui.store.record_types import Operator
from dispatcher_tui.store.stored_times import iso
from tests.desk.counting import Counted, Journal
from tests.desk.hands import Hands, close, write_off
from tests.desk.on_watch import clock_of, open_desk, put
from tests.domain.support import local
from tests.lived_demo import lived_demo

HEAD = Signing("陈志强", "864257", "head")


def desk_of(folder: Path, at: str) -> Desk:
    """A desk with a head who can sign."""
    desk = open_desk(folder, local(at), "李建国")
    light = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(HEAD.pin)
    desk.store.transact(lambda tx: enter_operator(desk, tx, Operator(HEAD.name, "head", light)))
    return desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk on the first of October."""
    found = desk_of(tmp_path, "2026-10-01 08:00:13")
    yield found
    found.store.close()


def opened(desk: Desk, at: str, **fields: str) -> str:
    """A case opened then, by its id."""
    put(desk, at)
    form = Intake(place="3-2-1502", said="漏水", category=fields.pop("category", "leak"))
    return desk.open_case(form).case.id


def flow(file: Summary) -> Counted:
    """The program's own figures in the shape of the other count."""
    found = file.figures.flow
    return Counted(
        found.opened,
        found.carried_in,
        found.reopened,
        found.written_off,
        found.final,
        found.invalid,
        found.carried_over,
    )


def span(desk: Desk, month: str) -> tuple[datetime, datetime]:
    """From when to when a month lasts; the running one to now."""
    begin, end = period_named(month).span(desk.rules.calendar)
    return begin, min(end, desk.clock.now() + timedelta(microseconds=1))


@pytest.mark.rule("P0-10")
@pytest.mark.parametrize(("seed", "late"), [(3, False), (4, True)])
def test_right_to_the_last_case_in_any_history(desk: Desk, seed: int, late: bool) -> None:
    hands = Hands(desk, seed, late=late)
    hands.act(220)
    journal, over = Journal(desk.store.path), -1
    running = months(desk).running()
    period, seen = period_named("2026-10"), list[Counted]()
    while period.first <= running.first:
        file = read_month(desk, period.name)
        begin, end = span(desk, period.name)
        counted = journal.counted(begin, end)
        assert flow(file) == counted
        assert file.figures.flow.balanced
        assert over in (-1, counted.carried_in - counted.reopened)
        over = counted.carried_over
        channels = {each.key: each.n for each in file.figures.channels}
        by_channel = journal.opened_by("channel", begin, end)
        phone = by_channel.pop("", 0) + by_channel.pop("phone", 0)  # the default is left out
        assert channels == by_channel | ({"phone": phone} if phone else {})
        if not late:
            assert slow_ones(desk, file) == journal.fired(begin, end)
        seen.append(counted)
        period = period.after()
    assert len(seen) >= 4
    assert sum(each.reopened for each in seen) > 0
    assert sum(each.invalid for each in seen) > 0


def slow_ones(desk: Desk, file: Summary) -> set[tuple[str, str, str]]:
    """The late duties of cases: case, rule, due time."""
    late = (each for each in file.figures.timeliness.late if each.case)
    return {(desk.record(x.case).case.id, x.rule, iso(x.due)) for x in late}


def done_at_its_time(desk: Desk, case: str, rule: str, due: str) -> bool:
    """Whether it fell due and was done in the same second."""
    owed = desk.record(case).duties
    return any(d.rule == rule and d.due and iso(d.due) == due and d.done_at == d.due for d in owed)


def own_names(desk: Desk, month: str) -> list[str]:
    """What the month of each procedure in force is called."""
    return [f"{month}/{each.id}" for each in desk.in_force.procedures]


@pytest.mark.rule("P0-14")
def test_the_demos_months_counted_the_other_way(tmp_path: Path) -> None:
    desk = lived_demo(tmp_path / "site")
    try:
        journal = Journal(desk.store.path)
        for month, least in (("2026-10", 20), ("2026-11", 60)):
            file, (begin, end) = read_month(desk, month), span(desk, month)
            names = [month] if month == "2026-10" else own_names(desk, month)
            each_of = [read_month(desk, name) for name in names]
            every = zip(*(flow(of) for of in each_of), strict=True)
            assert Counted(*map(sum, every)) == journal.counted(begin, end)
            assert file.figures.flow.opened > least
            fired = journal.fired(begin, end)
            late = set[tuple[str, str, str]]().union(*(slow_ones(desk, of) for of in each_of))
            assert late
            assert late <= fired
            assert all(done_at_its_time(desk, *each) for each in fired - late)
            listed = [case.number for case in months(desk).valid_cases(month)]
            assert len(listed) == len(set(listed)) == file.figures.flow.valid
    finally:
        desk.store.close()


@pytest.mark.rule("P0-10")
@pytest.mark.parametrize(("second", "month"), [(-1, "2026-10"), (0, "2026-11"), (1, "2026-11")])
def test_a_case_belongs_to_the_month_it_was_opened_in_to_the_second(
    desk: Desk, second: int, month: str
) -> None:
    clock_of(desk).at = local("2026-11-01 00:00") + timedelta(seconds=second)
    desk.open_case(Intake(said="漏水", category="leak"))
    put(desk, "2026-12-02 09:00")
    for each in ("2026-10", "2026-11"):
        assert read_month(desk, each).figures.flow.opened == (each == month)


def test_what_moved_on_later_does_not_change_a_month(desk: Desk) -> None:
    case = opened(desk, "2026-10-20 09:00")
    put(desk, "2026-11-01 00:00")
    then = read_month(desk, "2026-10").figures
    assert (then.flow.carried_over, then.flow.final) == (1, 0)
    desk.perform(case, cmd.Regrade(level="grave", reason="两户"))
    put(desk, "2026-11-03 09:00")
    write_off(desk, case)
    close(desk, case)
    assert read_month(desk, "2026-10").figures == then
    november = read_month(desk, "2026-11").figures
    assert (november.flow.carried_in, november.flow.final) == (1, 1)
    assert [each.key for each in then.levels] == ["ordinary"]
    (_total, *levels) = read_month(desk, "2026-10").figures.trend
    counts = {series.level: series.months for series in levels}
    assert counts["ordinary"] == (OpenedCount("2026-10", 1),)


def test_a_late_entry_that_rests_on_a_later_one_waits_for_it(desk: Desk) -> None:
    case = opened(desk, "2026-10-31 20:00")
    write_off(desk, case)
    put(desk, "2026-11-02 09:00")
    desk.perform(case, cmd.ReceivePaper(number="FW-1"))
    yesterday = local("2026-10-31 23:00")
    desk.perform(case, cmd.SignPaper(signer="李建国", role="dispatcher"), occurred=yesterday)
    desk.perform(case, cmd.FilePaper(binder="B", page="1"), occurred=yesterday)
    desk.perform(case, cmd.CloseFinal())
    assert read_month(desk, "2026-10").figures.flow.papers_owed == 1
    assert read_month(desk, "2026-11").figures.flow.final == 1


def drawn(file: Summary) -> DrawnSummary:
    """The report, which is there."""
    assert file.drawn is not None
    return file.drawn


@pytest.mark.rule("P0-10", "recorded")
def test_drawn_anew_until_it_is_signed_and_the_routine_is_done_once(desk: Desk) -> None:
    opened(desk, "2026-10-20 09:00")
    put(desk, "2026-10-31 23:59:59")
    with pytest.raises(Refusal, match="month_running"):
        report_month(desk, "2026-10", "平稳")
    put(desk, "2026-11-01 00:00")
    assert month_meant(desk) == "2026-10"
    with pytest.raises(Refusal, match="report_missing"):
        report_month(desk, "2026-10", "  \n")
    report_month(desk, "2026-10", "平稳")
    assert desk.post.done["month:2026-10"] == local("2026-11-01 00:00")
    put(desk, "2026-11-02 09:00")
    report_month(desk, "2026-10", "平稳, 一件待办")
    assert desk.post.done["month:2026-10"] == local("2026-11-01 00:00")
    assert drawn(read_month(desk, "2026-10")).report.text == "平稳, 一件待办"


def refusal_of(desk: Desk, remark: str = "跟进及时", signing: Signing = HEAD) -> str:
    """Why October cannot be signed."""
    with pytest.raises(Refusal) as refused:
        comment_month(desk, "2026-10", remark, signing)
    return refused.value.code


@pytest.mark.rule("P0-12", "who", "signed")
def test_the_head_alone_signs_what_is_drawn_and_up_to_date(desk: Desk) -> None:
    opened(desk, "2026-10-20 09:00")
    put(desk, "2026-11-02 09:00")
    assert refusal_of(desk) == "month_not_drawn"
    report_month(desk, "2026-10", "平稳")
    assert refusal_of(desk, remark=" ") == "comment_missing"
    assert refusal_of(desk, signing=Signing("李建国", "246813")) == "wrong_signer"
    assert refusal_of(desk, signing=Signing(HEAD.name, "1111")) == "pin_wrong"
    desk.open_case(Intake(said="昨天的", category="noise"), occurred=local("2026-10-31 23:00"))
    assert refusal_of(desk) == "month_stale"
    report_month(desk, "2026-10", "平稳")
    assert "comment:2026-10" not in desk.post.done
    entry = comment_month(desk, "2026-10", "跟进及时", HEAD)
    assert entry.cosigner == HEAD.name
    assert desk.post.done["comment:2026-10"] == local("2026-11-02 09:00")
    assert refusal_of(desk) == "month_signed"
    with pytest.raises(Refusal, match="month_signed"):
        report_month(desk, "2026-10", "改一改")


@pytest.mark.rule("P0-12")
def test_agreed_by_phone_it_stands_and_the_signature_is_owed(desk: Desk) -> None:
    put(desk, "2026-11-02 09:00")
    report_month(desk, "2026-10", "平稳")
    with pytest.raises(Refusal, match="not_in_role"):
        agree_month(desk, "2026-10", "可以", "路人")
    agree_month(desk, "2026-10", "可以", HEAD.name)
    file = read_month(desk, "2026-10")
    assert file.settled
    assert "comment:2026-10" not in desk.post.done
    owed = owed_signature(desk, "2026-10")
    assert owed is not None
    assert [duty.key for duty in owed_by_desk(desk) if duty.key == owed.key and duty.pending]
    with pytest.raises(Refusal, match="month_signed"):
        report_month(desk, "2026-10", "改一改")
    with pytest.raises(Refusal, match="wrong_signer"):
        sign_month(desk, "2026-10", Signing("李建国", "246813"))
    put(desk, "2026-11-03 09:00")
    sign_month(desk, "2026-10", HEAD)
    assert desk.post.done["comment:2026-10"] == local("2026-11-03 09:00")
    signed = read_month(desk, "2026-10").sign_off
    assert signed is not None
    assert (signed.owed, signed.remark) == (False, "可以")
    with pytest.raises(Refusal, match="nothing_owed"):
        sign_month(desk, "2026-10", HEAD)


@pytest.mark.rule("P0-10")
def test_signed_figures_stand_and_what_is_written_later_is_listed(desk: Desk) -> None:
    case = opened(desk, "2026-10-20 09:00")
    write_off(desk, case)
    close(desk, case)
    put(desk, "2026-11-02 09:00")
    report_month(desk, "2026-10", "平稳")
    comment_month(desk, "2026-10", "跟进及时", HEAD)
    frozen = read_month(desk, "2026-10").figures
    put(desk, "2026-11-05 09:00")
    opened(desk, "2026-11-05 09:01")  # no matter of October's
    assert read_month(desk, "2026-10").after == ()
    desk.open_case(Intake(said="漏记", category="noise"), occurred=local("2026-10-31 23:00"))
    desk.perform(case, cmd.Correct(field="category", value="drain", reason="记错了"))
    desk.perform(case, cmd.Reopen(reason="又漏了"))
    file = read_month(desk, "2026-10")
    assert file.figures == frozen
    kinds = [type(line.entry.event).__name__ for line in file.after]
    assert kinds == ["CaseOpened", "Corrected", "Reopened"]
    assert file.now is not None
    assert (frozen.flow.opened, file.now.flow.opened) == (1, 2)
    assert [each.key for each in frozen.categories] == ["leak"]
    assert {each.key for each in file.now.categories} == {"drain", "noise"}
    assert file.now.flow.final == 1  # reopened in November: October stands


def test_the_trend_is_counted_from_the_journal_and_has_no_running_month(desk: Desk) -> None:
    for day in ("2026-10-02", "2026-11-02", "2026-11-03", "2026-12-02", "2026-12-03", "2026-12-04"):
        opened(desk, f"{day} 09:00")
    put(desk, "2026-12-31 23:59:59")
    assert [x.n for x in read_month(desk, "2026-12").figures.trend[0].months] == [1, 2]
    put(desk, "2027-01-01 00:00")
    assert [x.n for x in read_month(desk, "2026-12").figures.trend[0].months] == [1, 2, 3]
    assert [x.n for x in read_month(desk, "2027-01").figures.trend[0].months] == [1, 2, 3]


@pytest.mark.parametrize("name", ["2026-13", "2026", "2026-W47", "2026-Q4", "november", ""])
def test_no_month(desk: Desk, name: str) -> None:
    with pytest.raises(Refusal, match="no_month"):
        read_month(desk, name)


def test_a_month_ahead(desk: Desk) -> None:
    with pytest.raises(Refusal, match="month_ahead"):
        read_month(desk, "2026-11")
