"""A place as it is typed at intake: it leads to the home, and nothing that was typed is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.desk.adoption import adopt_units
from dispatcher_tui.desk.case.called_again import call_again
from dispatcher_tui.desk.case.intake import Intake
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.emergency.orders import issue_order
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record.events import NoteAdded
from dispatcher_tui.domain.words.people import Household
from tests.desk.alarms import AT
from tests.desk.on_watch import open_desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk with a register of two homes."""
    desk = open_desk(tmp_path, AT)
    adopt_units(desk, [Household("3-2-1502"), Household("1-1-0101")], "place\n3-2-1502\n1-1-0101\n")
    return desk


@pytest.mark.parametrize(
    ("typed", "notes"),
    [
        ("3-2-1502（租户）", ["3-2-1502（租户）"]),
        ("三栋二单元1502", []),
        ("3-2-1502", []),
    ],
)
def test_who_is_there_is_kept_as_a_note(desk: Desk, typed: str, notes: list[str]) -> None:
    case = desk.open_case(Intake(said="漏水", place=typed)).case
    assert (case.place, case.registered) == ("3-2-1502", True)
    assert notes_of(desk, case.id) == notes


def notes_of(desk: Desk, case_id: str) -> list[str]:
    told = [entry.event for entry in desk.store.entries(case_id)]
    return [event.text for event in told if isinstance(event, NoteAdded)]


def test_wherever_a_place_is_typed_who_is_there_is_kept_once(desk: Desk) -> None:
    typed, place = "3-2-1502（租户）", "3-2-1502"
    fire = desk.open_emergency("fire", typed).case
    assert (fire.place, fire.registered, notes_of(desk, fire.id)) == (place, True, [typed])
    named = desk.perform(fire.id, cmd.NameEmergency(kind="fire", place="1-1-101[业主]"))
    assert (named.case.place, len(named.entries)) == ("1-1-101", 2)
    assert notes_of(desk, fire.id) == [typed, "1-1-101[业主]"]
    order = issue_order(desk, fire.id, "陈志强", "设岗", typed).case
    assert (order.place, notes_of(desk, order.id)) == (place, [typed])
    case = desk.open_case(Intake(said="漏水", place="1-1-101")).case
    desk.perform(case.id, cmd.Correct(field="place", value=typed, reason="听错"))
    assert (desk.record(case.id).case.place, notes_of(desk, case.id)) == (place, [typed])
    call_again(desk, case.id, Intake(said="还在漏", place="3-2-1502（业主）"))
    assert notes_of(desk, case.id) == [typed, "3-2-1502（业主）"]


def test_a_home_goes_by_the_register_s_own_spelling(desk: Desk) -> None:
    """Whoever opens, orders or corrects; what stands nowhere stays as it was said."""
    for typed, place in (("1-1-101", "1-1-0101"), ("03-2-1502", "3-2-1502"), ("1-1-102",) * 2):
        case = desk.open_case(Intake(said="漏水", place=typed)).case
        assert case.place == place
        desk.perform(case.id, cmd.Correct(field="place", value="3-2-01502", reason="听错"))
        assert desk.record(case.id).case.place == "3-2-1502"
    fire = desk.open_emergency("fire", "1-1-101").case
    assert (fire.place, fire.registered) == ("1-1-101", True), "in an emergency as it was said"
    assert issue_order(desk, fire.id, "陈志强", "设岗", "1-1-101").case.place == "1-1-0101"


def test_a_home_with_other_zeros_has_its_earlier_cases_beside_it(desk: Desk) -> None:
    first = desk.open_case(Intake(said="漏水", place="1-1-101")).case
    second = desk.open_case(Intake(said="又漏", place="1-1-0101")).case
    assert first.registered
    assert second.registered
    for place in ("1-1-101", "1-1-0101", "一栋一单元101"):
        assert [line.id for line in desk.store.at_place(place)] == [second.id, first.id]
    assert not desk.open_case(Intake(said="漏水", place="1-1-1010")).case.registered
