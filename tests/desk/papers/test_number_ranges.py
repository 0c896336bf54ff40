"""Closing papers under several procedures: each numbers its own, counted with no other's."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.desk.case.intake import Intake
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.papers.custody_book import Custody, custody
from dispatcher_tui.desk.papers.forms_out import range_names
from dispatcher_tui.desk.papers.number_ranges import by_procedure, paper_names
from dispatcher_tui.desk.papers.slips import (
    give_out,
    meant,
    owed,
    record_asked,
    squads,
    void_number,
)
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.papers.custody import Oddity
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.words.terms import CallOutcome, FeedbackBy, Satisfaction
from tests.desk.on_watch import open_desk
from tests.desk.several import SECOND, add_second, set_in_force
from tests.domain.support import P0, local

PLANT = "estate-plant"
ZHANG = cmd.TryCall(person="zhangwei", name="张伟", outcome=CallOutcome.REACHED)
DONE = cmd.WriteOff(by=FeedbackBy.PHONE, source="张伟", satisfaction=Satisfaction.SATISFIED)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk under the slips' own procedure and the plant's."""
    return set_in_force(open_desk(tmp_path, local("2026-11-20 09:00")), P0, PLANT)


def case(desk: Desk, category: str) -> str:
    number = desk.open_case(Intake(place="3-2-1502", said="x", category=category)).case.number
    desk.perform(number, ZHANG)
    return number


def issued(desk: Desk, category: str, typed: str = "") -> str:
    return desk.issue_slip(case(desk, category), typed).case.slip.number


def counted(desk: Desk) -> Custody:
    return custody(desk.store.path, range_names(desk), tuple(paper_names(desk)))


def test_each_draws_from_its_own_range_and_neither_moves_the_other(desk: Desk) -> None:
    assert [issued(desk, each) for each in ("leak", "heating", "leak", "heating")] == [
        "FW-000001",
        "JD-000001",
        "FW-000002",
        "JD-000002",
    ]


def test_a_pad_is_for_the_cases_of_its_own_procedure(desk: Desk) -> None:
    give_out(desk, "jd-000101", "110")
    give_out(desk, "A-0501", "0510")  # printed before there were ranges: the default's
    assert [issued(desk, each) for each in ("leak", "heating")] == ["A-0501", "JD-000101"]
    with pytest.raises(Refusal, match="slip_outside"):
        issued(desk, "leak", "JD-000105")
    assert issued(desk, "heating", "105") == "JD-000105"
    assert issued(desk, "leak", "A-0507") == "A-0507"


def test_digits_alone_are_of_the_default_s_range_first(desk: Desk) -> None:
    for each in ("leak", "heating", "heating"):
        issued(desk, each)
    assert [meant(desk, typed) for typed in ("1", "jd-000002", "2")] == [
        "FW-000001",
        "JD-000002",
        "JD-000002",
    ]


def test_gaps_and_what_is_odd_are_told_range_by_range(desk: Desk) -> None:
    give_out(desk, "JD-000101", "110")
    issued(desk, "heating", "103")
    assert counted(desk).apart == ("FW-", "JD-")
    (name, plant), *others = counted(desk).by_range().items()
    assert (name, [(run.first, run.last) for run in plant.gaps]) == (
        "JD-",
        [("JD-000101", "JD-000102")],
    )
    assert others == []
    given = case(desk, "leak")
    for command in (DONE, cmd.ReceivePaper(number="X-9")):
        desk.perform(given, command)
    void_number(desk, "JD-000101", "污损")
    parts = counted(desk).by_range()
    assert {name: [run.first for run in part.gaps] for name, part in parts.items()} == {
        "FW-": [],
        "JD-": ["JD-000102"],
    }
    assert [each.odd for each in parts["FW-"].odd] == [(Oddity.OUTSIDE,)]


def test_copies_are_owed_and_asked_for_by_procedure(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, local("2026-11-20 09:00"))
    add_second(desk, "EB-")
    set_in_force(desk, P0, SECOND)
    for category in ("noise", "leak", "noise"):
        number = case(desk, category)
        desk.issue_slip(number)
        desk.perform(number, DONE)
    assert [(of.procedure.id, len(of.papers)) for of in by_procedure(desk, owed(desk))] == [
        (P0, 1),
        (SECOND, 2),
    ]
    first, second = squads(desk)
    assert (first.name, first.short, len(first.papers)) == (second.name, None, 1)
    assert second.short is not None
    assert len(second.papers) == 2
    assert record_asked(desk, second, [each.paper.case_id for each in second.papers]) == 2
    asked = [each.at is not None for squad in squads(desk) for each in squad.papers]
    assert asked == [False, True, True]
    # It left the list: its copies are still owed by themselves, and it is named.
    set_in_force(desk, P0)
    assert [squad.short == second.short for squad in squads(desk)] == [False, True]


def test_one_procedure_alone_is_counted_as_ever(desk: Desk) -> None:
    set_in_force(desk, P0)
    issued(desk, "leak")
    found = counted(desk)
    assert (found.apart, paper_names(desk)) == ((), {})
    assert "FW-" not in found.names
