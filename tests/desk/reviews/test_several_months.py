"""A month of a desk with several procedures: each its own figures, report and signature."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.desk.case.intake import Intake
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.record import Record
from dispatcher_tui.desk.reviews.months import (
    agree_month,
    comment_month,
    month_meant,
    month_report,
    months,
    owed_signature,
    read_month,
    report_month,
    sign_month,
    signers,
)
from dispatcher_tui.desk.reviews.routines import owed_by_desk
from dispatcher_tui.desk.together import Signing
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.record import commands as cmd
from tests.desk.heads import add_head
from tests.desk.on_watch import open_desk, put
from tests.desk.several import SECOND, add_second, set_in_force
from tests.domain.support import FEE, P0, local

HEAD = Signing("陈志强", "864257")
FIRST, OTHER = f"2026-11/{P0}", f"2026-11/{SECOND}"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Two leaks and a noise in November, the noise of the second; it is the 1st of December."""
    desk = open_desk(tmp_path, local("2026-11-09 08:00"))
    add_head(desk, HEAD.name, "head", HEAD.pin)
    add_second(desk)
    set_in_force(desk, P0, SECOND)
    for at, category in (("18", "leak"), ("19", "noise"), ("20", "leak")):
        put(desk, f"2026-11-{at} 10:00").open_case(Intake(said="x", category=category))
    return put(desk, "2026-12-01 09:00")


def opened(desk: Desk, name: str) -> int:
    return read_month(desk, name).figures.flow.opened


def done(desk: Desk) -> set[str]:
    return {duty.key for duty in owed_by_desk(desk) if duty.done_at}


def test_each_counts_its_own_and_nothing_is_added_together(desk: Desk) -> None:
    assert (opened(desk, FIRST), opened(desk, OTHER)) == (2, 1)
    file = read_month(desk, "2026-11")
    assert (file.name, file.beside) == (FIRST, (FIRST, OTHER))
    assert file.figures == read_month(desk, FIRST).figures
    for name, procedure in ((FIRST, P0), (OTHER, SECOND)):
        trend = read_month(desk, name).figures.trend
        assert {series.procedure for series in trend} == {procedure}
    assert [len(list(months(desk).valid_cases(name))) for name in (FIRST, OTHER)] == [2, 1]
    # Another reader, which only reads, sees the same months.
    assert (
        Record(desk.store, desk.clock).months().file(OTHER).figures
        == read_month(desk, OTHER).figures
    )


@pytest.mark.parametrize("name", [f"2026-11/{FEE}", "2026-11/", "2026-13/x", "x/y"])
def test_one_that_was_not_in_force_has_none(desk: Desk, name: str) -> None:
    if name == "2026-11/":
        assert read_month(desk, name).name == FIRST
        return
    code = "procedure_not_in_force" if FEE in name else "no_month"
    with pytest.raises(Refusal, match=code) as caught:
        read_month(desk, name)
    if FEE in name:  # whoever named it is told which there are
        assert caught.value.detail["known"] == f"{P0}, {SECOND}"


def test_each_is_drawn_and_signed_by_itself(desk: Desk) -> None:
    assert month_meant(desk) == FIRST
    assert month_meant(desk, SECOND) == OTHER
    set_in_force(desk, P0, SECOND, FEE)
    assert month_meant(desk, FEE) == f"2026-12/{FEE}"  # in November it was not in force
    set_in_force(desk, P0, SECOND)
    report_month(desk, FIRST, "平稳")
    assert month_meant(desk, P0) == FIRST
    assert done(desk) == {f"{P0}/month:2026-11"}
    assert month_meant(desk) == OTHER
    with pytest.raises(Refusal, match="month_not_drawn"):
        comment_month(desk, OTHER, "好", HEAD)
    report_month(desk, OTHER, "一件")
    comment_month(desk, OTHER, "好", HEAD)
    assert read_month(desk, OTHER).settled
    assert not read_month(desk, FIRST).settled
    assert f"{SECOND}/comment:2026-11" in done(desk)
    assert f"{P0}/comment:2026-11" not in done(desk)
    agree_month(desk, FIRST, "尚可", HEAD.name)
    assert owed_signature(desk, FIRST) is not None
    assert owed_signature(desk, OTHER) is None
    assert f"{P0}/comment:2026-11" not in done(desk)
    sign_month(desk, FIRST, HEAD)
    assert f"{P0}/comment:2026-11" in done(desk)
    stems = [month_report(desk, name).stem for name in (FIRST, OTHER)]
    assert stems == [f"month-2026-11-{P0}", f"month-2026-11-{SECOND}"]


def test_what_is_written_later_makes_its_own_stale_alone(desk: Desk) -> None:
    (noise,) = months(desk).valid_cases(OTHER)
    for name in (FIRST, OTHER):
        report_month(desk, name, "平稳")
    desk.perform(noise.id, cmd.AddNote(text="补记"), occurred=local("2026-11-19 12:00"))
    assert [read_month(desk, name).stale for name in (FIRST, OTHER)] == [False, True]


def test_the_month_before_there_were_several_stays_one(desk: Desk, tmp_path: Path) -> None:
    other = open_desk(tmp_path / "other", local("2026-11-09 08:00"))
    add_head(other, HEAD.name, "head", HEAD.pin)
    put(other, "2026-11-18 10:00").open_case(Intake(said="x", category="noise"))
    put(other, "2026-12-01 09:00")
    report_month(other, "2026-11", "平稳")
    add_second(other)
    set_in_force(other, P0, SECOND)
    file = read_month(other, "2026-11")
    assert (file.name, file.beside, file.figures.flow.opened) == ("2026-11", (), 1)
    comment_month(other, "2026-11", "好", HEAD)
    assert read_month(other, "2026-11").settled
    assert {f"{P0}/month:2026-11", f"{P0}/comment:2026-11"} <= done(other)
    assert not {key for key in done(other) if key.startswith(SECOND)}


def test_one_that_left_the_list_keeps_its_month(desk: Desk) -> None:
    report_month(desk, OTHER, "一件")
    set_in_force(desk, P0)
    assert opened(desk, OTHER) == 1
    comment_month(desk, OTHER, "好", HEAD)
    assert read_month(desk, OTHER).settled
    assert "comment:2026-11" not in done(desk)
    assert opened(desk, "2026-12") == 0


@pytest.mark.parametrize(
    ("left", "known"),
    [("2026-11-30 23:59:59", False), ("2026-12-01 00:00:00", False), ("2026-12-01 00:00:01", True)],
)
def test_one_that_left_has_its_month_as_long_as_it_was_in_force_in_it(
    tmp_path: Path, left: str, known: bool
) -> None:
    desk = open_desk(tmp_path, local("2026-11-09 08:00"))
    add_head(desk, HEAD.name, "head", HEAD.pin)
    add_second(desk)
    set_in_force(desk, P0, SECOND)
    for day, category in (("18", "noise"), ("19", "leak")):
        put(desk, f"2026-11-{day} 10:00").open_case(Intake(said="x", category=category))
    set_in_force(put(desk, left), P0)
    put(desk, "2027-01-02 09:00")
    # In its course, or at its end: its month is its own, and nobody else's counts its cases.
    assert (opened(desk, FIRST), opened(desk, OTHER)) == (1, 1)
    file = read_month(desk, "2026-11")
    assert (file.name, file.beside) == (FIRST, (FIRST, OTHER))
    assert read_month(desk, OTHER).rules.procedure.id == SECOND
    report_month(desk, OTHER, "一件")
    comment_month(desk, OTHER, "好", HEAD)
    assert read_month(desk, OTHER).settled
    assert not read_month(desk, FIRST).settled
    # In a month that began without it, its open cases are the default's.
    december = f"2026-12/{SECOND}"
    if known:
        assert read_month(desk, december).figures.flow.carried_in == 1
    else:
        with pytest.raises(Refusal, match="procedure_not_in_force"):
            read_month(desk, december)
        assert read_month(desk, "2026-12").figures.flow.carried_in == 2


def test_a_month_that_was_drawn_for_all_of_them_stays_so(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, local("2026-11-09 08:00"))
    put(desk, "2026-11-18 10:00").open_case(Intake(said="x", category="noise"))
    put(desk, "2026-12-01 09:00")
    report_month(desk, "2026-11", "平稳")
    assert read_month(desk, "2026-11").name == "2026-11"
    assert read_month(desk, "2026-11").drawn is not None


def test_who_signs_is_asked_by_its_own_procedure(desk: Desk) -> None:
    assert signers(desk, SECOND).routine.role == "head"
    set_in_force(desk, P0, FEE)
    with pytest.raises(Refusal, match="not_signed_for"):
        signers(desk, FEE)
