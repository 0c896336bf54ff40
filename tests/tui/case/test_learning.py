"""What is learnt from a case: its cause corrected, its lessons kept, its file's time over."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.bootstrap import printer
from dispatcher_tui.desk.case.corrective import open_corrective
from dispatcher_tui.desk.case.library import mark_typical
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.words.terms import FollowUpOutcome
from dispatcher_tui.tui.screens.case.case import CaseScreen
from dispatcher_tui.tui.screens.case.corrective import CorrectiveScreen, RiseScreen
from dispatcher_tui.tui.screens.case.intake import IntakeScreen
from dispatcher_tui.tui.screens.case.library import LibraryScreen
from dispatcher_tui.tui.screens.case.typical import TypicalScreen
from dispatcher_tui.tui.screens.papers.retention import RetentionScreen
from dispatcher_tui.tui.widgets.notes import NoteArea
from tests.tui.story import (
    DONE,
    EVERYWHERE,
    REACHED,
    assert_whole,
    case_of,
    kinds_of,
    leak,
    message,
    on_top,
)
from tests.tui.support import NARROW, WIDE, Language, Night, Size, desk, picture, press, type_text

FOUND = cmd.FollowUp(outcome=FollowUpOutcome.COMPLETED, note="接头没拧紧")
PAPER = (
    cmd.ReceivePaper(number="FW-000009"),
    cmd.SignPaper(signer="李建国", role=""),
    cmd.FilePaper(binder="2026-11", page="7"),
    cmd.CloseFinal(),
)


def printed(folder: Path, name: str) -> str:
    """The one text of that name that was printed."""
    (path,) = folder.rglob(name)
    return path.read_text("utf-8")


@pytest.mark.rule("P0-13")
@pytest.mark.parametrize(("size", "lang"), EVERYWHERE)
async def test_g_opens_what_is_to_be_corrected_with_words_from_the_record(
    tmp_path: Path, size: Size, lang: Language
) -> None:
    async with desk(tmp_path) as night:
        case_id = await leak(night, REACHED, FOUND)
        async with night.running(size, lang) as pilot:
            await press(pilot, "enter", "g")
            assert_whole(pilot, "261121-01", "接头没拧紧", screen=CorrectiveScreen)
            await press(pilot, "f10")
            number = "261121-02"
            assert_whole(pilot, number, screen=CaseScreen)
            assert number in message(pilot)
        assert (await case_of(night, case_id)).correctives == (number,)
        made = await case_of(night, number)
        assert made.tied_to == "261121-01"
        assert "漏水到楼下两户" in made.verbatim


@pytest.mark.rule("P0-13")
async def test_a_yes_at_the_write_off_leads_on_to_it_and_what_is_typed_is_kept(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as night:
        case_id = await leak(night, REACHED, FOUND)
        async with night.running() as pilot:
            await press(pilot, "f6")
            form = pilot.app.screen
            form.query_one("#item-1").focus()
            await press(pilot, "1", "tab")
            form.query_one("#item-3").focus()
            await press(pilot, "1", "f10")
            assert on_top(pilot) == "CorrectiveScreen"
            await type_text(pilot, "\n补: 查同批接头")
            await press(pilot, "escape", "escape")
            assert "step_recorded" in await kinds_of(night, case_id)
            await press(pilot, "g")
            assert "补: 查同批接头" in pilot.app.screen.query_one(NoteArea).text
            await press(pilot, "escape", "4")
            assert on_top(pilot) == "StepScreen"
        owed = await night.run_on_desk(lambda it: it.record(case_id).duties)
        assert [d.pending for d in owed if d.do == "corrective"] == [True]


@pytest.mark.rule("P0-13")
async def test_on_itself_g_prints_its_report(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        night.desk.printer = printer()
        case_id = await leak(night, REACHED, FOUND)
        await night.run_on_desk(lambda it: open_corrective(it, of_case=case_id, text="查同批接头"))
        async with night.running(NARROW, "zh") as pilot:
            await press(pilot, "end", "enter")
            assert_whole(pilot, "纠正", "来源", "261121-01", screen=CaseScreen)
            await press(pilot, "g", "f10")
            assert "corrective-261121-02.pdf" in message(pilot).replace("\n", "")
        assert "查同批接头" in printed(tmp_path, "corrective-261121-02.txt")


@pytest.mark.rule("P2-10")
async def test_numbers_that_rose_are_opened_from_their_own_form(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        about = "ordinary:2026-11"
        await pilot.app.push_screen(RiseScreen(about, "9月 11, 10月 14, 11月 20"))
        await press(pilot)
        assert_whole(pilot, "11月 20", screen=RiseScreen)
        assert about not in picture(pilot), "an id says nothing"
        await type_text(pilot, "查")
        await press(pilot, "escape", "escape")
        await pilot.app.push_screen(RiseScreen(about, "9月 11, 10月 14, 11月 20"))
        await press(pilot, "f10")
        assert on_top(pilot) == "BoardScreen"
        made = await case_of(night, "261121-01")
        assert (made.tied_to, "查" in made.verbatim) == (about, True)


@pytest.mark.rule("P4-17")
@pytest.mark.parametrize(("size", "lang"), EVERYWHERE)
async def test_b_keeps_a_case_and_the_library_finds_it(
    tmp_path: Path, size: Size, lang: Language
) -> None:
    async with desk(tmp_path) as night:
        case_id = await leak(night, REACHED, DONE)
        async with night.running(size, lang) as pilot:
            await press(pilot, "enter", "b")
            assert_whole(pilot, "261121-01", screen=TypicalScreen)
            await type_text(pilot, "先关楼层总阀")
            await press(pilot, "f10", "escape", "f8", "6")
            assert_whole(pilot, "261121-01", "先关楼层总阀", screen=LibraryScreen)
            await type_text(pilot, "没有的")
            assert "先关楼层总阀" not in picture(pilot)
            await press(pilot, *["backspace"] * 3)
            await type_text(pilot, "总阀")
            await press(pilot, "enter")
            assert on_top(pilot) == "CaseScreen"
        assert (await case_of(night, case_id)).lessons == "先关楼层总阀"


@pytest.mark.rule("P4-17")
async def test_it_is_taken_out_with_a_reason(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        case_id = await leak(night, REACHED, DONE)
        await night.run_on_desk(lambda it: mark_typical(it, case_id, "先关总阀"))
        async with night.running() as pilot:
            await press(pilot, "enter", "b", "tab", "1", "f10")
            assert "reason" in message(pilot)
            await type_text(pilot, "不典型")
            await press(pilot, "enter")
            assert on_top(pilot) == "CaseScreen"
        assert not (await case_of(night, case_id)).typical


@pytest.mark.rule("P4-17")
async def test_the_next_call_of_the_class_is_told_what_was_learnt(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        case_id = await leak(night, REACHED, DONE)
        await night.run_on_desk(lambda it: mark_typical(it, case_id, "先关楼层总阀"))
        async with night.running(WIDE, "zh") as pilot:
            await press(pilot, "f2", "1", *"3-2-1404", "enter")
            assert "典型案例" not in picture(pilot)
            pilot.app.screen.query_one("#category").focus()
            await press(pilot, *"ls", "enter")
            assert_whole(pilot, "典型案例 261121-01：先关楼层总阀", screen=IntakeScreen)


async def test_a_hint_that_is_cut_is_read_whole_in_the_help(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        case_id = await leak(night, REACHED, DONE)
        lesson = "先关楼层总阀" * 20 + "最后一句"
        await night.run_on_desk(lambda it: mark_typical(it, case_id, lesson))
        async with night.running(NARROW, "zh") as pilot:
            await press(pilot, "f2", "1", *"3-2-1404", "enter")
            pilot.app.screen.query_one("#category").focus()
            await press(pilot, *"ls", "enter")
            shown = picture(pilot)
            if "先关楼层总阀" in shown:  # A low terminal may have no room for it at all.
                assert "F1 看全文" in shown
                assert "最后一句" not in shown
            await press(pilot, "f1")
            whole = "".join(picture(pilot).split())
            for _page in range(4):
                await press(pilot, "pagedown")
                whole += "".join(picture(pilot).split())
            assert "最后一句" in whole


async def _long_ago(night: Night) -> None:
    """Two final cases of the evening, one of them typical, and three years and a day."""
    first = await leak(night, REACHED, DONE, *PAPER)
    await leak(night, REACHED, DONE, *PAPER)
    await night.run_on_desk(lambda it: mark_typical(it, first, "先关总阀"))
    night.clock.forward(days=365 * 3 + 2)


@pytest.mark.rule("P4-18")
@pytest.mark.parametrize(("size", "lang"), EVERYWHERE)
async def test_files_past_their_time_are_listed_in_two_parts_and_printed(
    tmp_path: Path, size: Size, lang: Language
) -> None:
    async with desk(tmp_path) as night:
        night.desk.printer = printer()
        await _long_ago(night)
        rows = await night.run_on_desk(lambda it: it.store.rows())
        async with night.running(size, lang) as pilot:
            await press(pilot, "f8", "7")
            assert_whole(pilot, "261121-02", "2026-11-21", "2026-11", screen=RetentionScreen)
            assert "261121-01" not in picture(pilot)
            await press(pilot, "2")
            assert_whole(pilot, "261121-01", screen=RetentionScreen)
            await press(pilot, "f10")
            assert ".pdf" in message(pilot).replace("\n", "")
            await press(pilot, "enter")
            assert on_top(pilot) == "CaseScreen"
        paper = printed(tmp_path, "retention-*.txt")
        assert ("261121-01" in paper, "261121-02" in paper) == (True, True)
        assert len(await night.run_on_desk(lambda it: list(it.store.all_cases()))) == 2
        assert await night.run_on_desk(lambda it: it.store.rows()) >= rows
