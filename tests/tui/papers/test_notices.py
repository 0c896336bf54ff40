"""Notices and the paper fallback by their keys: doors, hung, a home rung, a sheet keyed in."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from dispatcher_tui.desk.case.intake import Intake
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.papers.spare_sheets import read_spares
from dispatcher_tui.desk.site.noting import add_note
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record.posting_events import HomeRung, PostingHung
from dispatcher_tui.domain.words.terms import NoteKind
from dispatcher_tui.tui.screens.papers.key_spare import KeySpareScreen
from dispatcher_tui.tui.screens.papers.posting import PostingScreen
from dispatcher_tui.tui.screens.papers.spare_sheets import SpareSheetsScreen
from dispatcher_tui.tui.screens.papers.warn_homes import WarnHomesScreen
from tests.tui.story import assert_whole, message
from tests.tui.support import NARROW, desk, press, type_text


def _cut(of: Desk) -> str:
    add_note(of, "3-2-1502", NoteKind.LIFE_SUPPORT, "制氧机")
    case = of.open_case(Intake(category="planned_cut", said="3栋停水")).case.id
    begins = of.clock.now() + timedelta(hours=30)
    times = {"cut_begins": begins, "cut_ends": begins + timedelta(hours=3)}
    values = {name: at.isoformat() for name, at in times.items()}
    of.perform(case, cmd.RecordStep(step="cut_planned", values={**values, "cut_what": "水"}))
    return case


async def test_a_notice_gets_its_doors_hangs_and_its_home_is_rung(tmp_path: Path) -> None:
    async with desk(tmp_path, procedure="owner-relations") as night:
        case = await night.run_on_desk(_cut)
        async with night.running(NARROW, "zh") as pilot:
            await press(pilot, "m", "4")
            assert_whole(pilot, "张贴处未定", screen=PostingScreen)
            await press(pilot, "1")
            await type_text(pilot, "9")
            await press(pilot, "f10")
            assert "房号册里没有" in message(pilot)
            await press(pilot, "backspace", "3", "f10")
            assert_whole(pilot, "3栋2单元", "还没贴", "还要告知 1 户", screen=PostingScreen)
            await press(pilot, "2", "f10")
            assert_whole(pilot, "贴着 1 处", screen=PostingScreen)
            await press(pilot, "7")
            assert_whole(pilot, "还有 1 户", screen=WarnHomesScreen)
            night.clock.forward(minutes=1)
            await press(pilot, "1")
            assert_whole(pilot, screen=PostingScreen)
        entries = await night.run_on_desk(lambda it: it.store.entries(case))
    kinds = [type(each.event) for each in entries]
    assert (kinds.count(PostingHung), kinds.count(HomeRung)) == (1, 1)


async def test_a_pad_is_printed_and_a_sheet_keyed_in_with_its_own_time(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        night.clock.forward(hours=1)
        async with night.running(NARROW, "en") as pilot:
            await press(pilot, "f8", "j", "p")
            assert_whole(pilot, "BJ-000001..BJ-000010", screen=SpareSheetsScreen)
            await press(pilot, "1")
            assert_whole(pilot, "BJ-000001", screen=KeySpareScreen)
            await press(pilot, "f10")
            assert "When did the call come in" in message(pilot)
            await type_text(pilot, "10m ago")
            await press(pilot, "enter", "1")
            await type_text(pilot, "3-2-1502")
            await press(pilot, "f10")
            assert "BJ-000001 keyed in" in message(pilot)
            assert_whole(pilot, "BJ-000002", screen=KeySpareScreen)
        book = await night.run_on_desk(lambda it: read_spares(it.store))
        done = await night.run_on_desk(lambda it: it.record(book.used[1].case))
    assert night.clock.now() - done.case.received_at >= timedelta(minutes=10)
    assert (book.gaps, len(book.open)) == ((), 9)
