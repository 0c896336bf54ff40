"""Notices at the desk: doors by the register, homes by their notes, the quarter ticked off."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.desk.adoption import adopt_units
from dispatcher_tui.desk.case.intake import Intake
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.papers.postings import (
    doors_named,
    hang,
    homes_to_ring,
    read_notices,
    ring_home,
    set_postings,
    take_down,
)
from dispatcher_tui.desk.reviews.routines import owed_by_desk
from dispatcher_tui.desk.site.noting import add_note, end_note
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.time.when import WhenError
from dispatcher_tui.domain.words.terms import CallOutcome, NoteKind
from dispatcher_tui.site.lists.units import parse_units
from dispatcher_tui.store.verify import verify
from tests.desk.on_watch import open_desk, put
from tests.domain.support import local
from tests.tui.support import small_site

UNITS = "place,resident,phone\n" + "".join(
    f"{place},某人,1390000{n:04}\n"
    for n, place in enumerate(("3-1-0101", "3-1-0102", "3-2-0101", "5-1-0101", "11-1-0101"))
)
TIMES = {
    "cut_begins": local("2026-11-20 14:00").isoformat(),
    "cut_ends": local("2026-11-20 17:00").isoformat(),
    "cut_what": "3栋停水",
}


def relations(folder: Path) -> Desk:
    """A desk under the owners' relations, with five homes in three buildings."""
    small_site(folder / "site", "owner-relations")
    desk = open_desk(folder, local("2026-11-18 09:00"))
    adopt_units(desk, parse_units(UNITS), UNITS)
    return desk


def test_buildings_and_doors_are_those_of_the_register(tmp_path: Path) -> None:
    desk = relations(tmp_path)
    assert doors_named(desk, "3") == ("3-1", "3-2")
    assert doors_named(desk, "3栋2单元、5号楼") == ("3-2", "5-1")
    assert doors_named(desk, "11") == ("11-1",)
    assert doors_named(desk, "全部") == ("3-1", "3-2", "5-1", "11-1")
    for typed, code in (("1", "notice_no_building"), ("3-9", "notice_no_building")):
        with pytest.raises(Refusal) as caught:
            doors_named(desk, typed)
        assert (caught.value.code, caught.value.detail["known"]) == (code, "3, 5, 11")
    with pytest.raises(Refusal, match="notice_no_door"):
        doors_named(desk, " , ")


def test_a_cut_names_the_homes_behind_its_doors_whose_notes_say_so_now(tmp_path: Path) -> None:
    desk = relations(tmp_path)
    add_note(desk, "3-1-101", NoteKind.LIFE_SUPPORT, "制氧机")
    add_note(desk, "5-1-0101", NoteKind.LIFE_SUPPORT, "呼吸机")
    add_note(desk, "3-2-0101", NoteKind.DOG, "狗")
    over = add_note(desk, "3-1-0102", NoteKind.LIFE_SUPPORT, "制氧机")
    end_note(desk, over.id, "搬走")
    case = desk.open_case(Intake(category="planned_cut", said="停水")).case.number
    with pytest.raises(Refusal, match="notice_facts_missing"):
        set_postings(desk, case, "cut_notice", "3")
    desk.perform(case, cmd.RecordStep(step="cut_planned", values=TIMES))
    set_postings(desk, case, "cut_notice", "3")
    assert [home.home for home in read_notices(desk, case).homes] == ["3-1-0101"]
    (owed,) = homes_to_ring(desk, desk.record(case).case)
    assert owed.household.phones == ("13900000000",)
    ring_home(desk, case, "3-1-101", CallOutcome.BUSY)
    ring_home(desk, case, "3-1-101", CallOutcome.REACHED)
    assert homes_to_ring(desk, desk.record(case).case) == ()
    with pytest.raises(WhenError, match="future"):
        hang(desk, case, "cut_notice", at="2026-11-18 09:01")
    hang(desk, case, "cut_notice", "3", "8:30", "王强")
    take_down(desk, case, "cut_notice", "3-2")
    posted = {
        p.door: (p.hung_at, p.hangs) for n in read_notices(desk, case).notices for p in n.postings
    }
    assert posted == {
        "3-1": (local("2026-11-18 08:30"), True),
        "3-2": (local("2026-11-18 08:30"), False),
    }
    assert verify(desk.store).sound


def test_accounts_that_hang_tick_off_the_quarters_duty(tmp_path: Path) -> None:
    desk = put(relations(tmp_path), "2027-01-05 09:00")

    def owed() -> list[bool]:
        return [d.pending for d in owed_by_desk(desk) if d.key.startswith("accounts:2026-Q4")]

    assert owed() == [True]
    case = desk.open_case(Intake(category="accounts", said="四季度账目")).case.number
    values = {"accounts_of": "四季度", "income": "3", "spent": "2", "balance": "1"}
    desk.perform(
        case, cmd.RecordStep(step="accounts_drawn", values={**values, "books_at": "管理处"})
    )
    set_postings(desk, case, "accounts_notice", "all")
    hang(desk, case, "accounts_notice", "3")
    assert owed() == [True]
    hang(desk, case, "accounts_notice")
    assert owed() == [False]
    assert verify(desk.store).sound
