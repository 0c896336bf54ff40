"""Notify: the best number at once, every try in the record, two facts, the paper's number."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from dispatcher_tui.bootstrap import printer
from dispatcher_tui.desk.papers.case_reports import case_report
from dispatcher_tui.desk.printing import FOLDER
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.words.terms import CallOutcome, FeedbackBy, Satisfaction, Stage
from dispatcher_tui.present.case.case_json import entry_object
from dispatcher_tui.present.case.timeline import said
from dispatcher_tui.present.places import said_place
from dispatcher_tui.reports.plain_text import text
from dispatcher_tui.reports.registry import document_of
from dispatcher_tui.tui.screens.case.board import BoardScreen
from dispatcher_tui.tui.screens.case.notify import NotifyScreen
from dispatcher_tui.tui.widgets.call_panel import CallPanel
from dispatcher_tui.tui.widgets.question import Question
from tests.reports.readback import pages_of
from tests.tui.leak import on_leak
from tests.tui.support import NARROW, WIDE, Language, Size, big_on_screen, press

WRITE_OFF = cmd.WriteOff(by=FeedbackBy.PHONE, source="张伟", satisfaction=Satisfaction.SATISFIED)


def name(pilot: Pilot[Any]) -> str:
    """The name that stands on the call panel."""
    callee = pilot.app.screen.query_one(CallPanel).callee
    return callee.name if callee else ""


async def test_reached_and_read_back_are_two_facts_in_four_keys(tmp_path: Path) -> None:
    async with on_leak(tmp_path) as at:
        await press(at.pilot, "f4")
        assert isinstance(at.top(), NotifyScreen)
        assert name(at.pilot) == "黄志明"
        assert big_on_screen(at.pilot, "13900000113")
        await press(at.pilot, "1")
        case = await at.case()
        assert (case.stage, case.calls[-1].read_back_at) == (Stage.NOTIFIED, None)
        await press(at.pilot, "1")
        assert (await at.case()).calls[-1].read_back_at is not None
        await press(at.pilot, "enter")
        assert isinstance(at.top(), BoardScreen)
        assert (await at.kinds())[1:] == ["assignee_named", "call_tried", "read_back"]


async def test_without_read_back_the_person_is_told_all_the_same(tmp_path: Path) -> None:
    async with on_leak(tmp_path) as at:
        await press(at.pilot, "f4", "6", "enter", "enter")
        case = await at.case()
        assert case.stage is Stage.NOTIFIED
        assert case.calls[-1].outcome is CallOutcome.IN_PERSON
        assert case.calls[-1].read_back_at is None


async def test_relayed_counts_only_once_it_is_read_back(tmp_path: Path) -> None:
    async with on_leak(tmp_path) as at:
        await press(at.pilot, "f4", "5")
        assert "Who takes the message to" in at.shown
        before = await at.night.run_on_desk(lambda d: len(d.store.entries(at.case_id)))
        await press(at.pilot, "escape")
        assert "No call is written down" in at.message
        assert isinstance(at.top(), NotifyScreen)
        assert await at.night.run_on_desk(lambda d: len(d.store.entries(at.case_id))) == before
        at.night.clock.forward(seconds=3)
        await press(at.pilot, "5")
        assert (await at.case()).calls == (), "it is not stamped before it is known who took it"
        await press(at.pilot, "enter")
        assert "read it back" in at.message
        await press(at.pilot, "0")
        assert isinstance(at.top(), NotifyScreen)
        assert (await at.case()).stage is Stage.OPEN
        at.night.clock.forward(seconds=3)
        await press(at.pilot, "f10", "5", *"Mrs Li", "enter", "1")
        case = await at.case()
        assert case.stage is Stage.NOTIFIED
        relayed = [call for call in case.calls if call.outcome is CallOutcome.RELAYED]
        assert [call.taken_by for call in relayed] == ["", "Mrs Li"]
        entries = await at.night.run_on_desk(lambda d: d.store.entries(at.case_id))
        zone = await at.night.run_on_desk(lambda d: d.rules.calendar.tz)
        assert sum("taken by Mrs Li" in said(entry, zone) for entry in entries) == 1
        assert sum("not known by whom" in said(entry, zone) for entry in entries) == 1
        paper = await at.night.run_on_desk(lambda d: text(document_of(case_report(d, at.case_id))))
        assert "taken by Mrs Li" in " ".join(paper.split())
        told = [str(entry_object(entry, zone)["text"]) for entry in entries]
        assert sum("taken by Mrs Li" in words for words in told) == 1


async def test_whoever_heard_the_old_place_is_told_what_it_is_not(tmp_path: Path) -> None:
    async with on_leak(tmp_path) as at:
        await press(at.pilot, "f4", "5", "enter", "0", "escape")
        old = (await at.case()).place
        wrong = cmd.Correct(field="place", value="3-2-1602", reason="misheard")
        at.night.clock.forward(seconds=3)
        await at.night.run_on_desk(lambda desk: desk.perform(at.case_id, wrong))
        await press(at.pilot, "f4")
        first = name(at.pilot)
        await press(at.pilot, "7", *"huang", "enter") if first != "黄志明" else None
        said = " ".join(at.shown.split())
        assert f"NOT {said_place(old)}" in said, said
        await press(at.pilot, "7", *"zw", "enter")
        assert name(at.pilot) == "张伟"
        assert "NOT" not in at.shown, "they heard nothing yet"


async def test_somebody_of_the_list_is_picked_and_a_digit_is_no_other_result(
    tmp_path: Path,
) -> None:
    async with on_leak(tmp_path) as at:
        await press(at.pilot, "f4", "5")
        at.pilot.app.screen.set_focus(None)
        await press(at.pilot, "1")
        assert (await at.case()).calls == (), "the question stays until it is answered"
        await press(at.pilot, "1")
        (call,) = (await at.case()).calls
        assert call.outcome is CallOutcome.RELAYED
        assert call.taken_by in {
            p.name for p in await at.night.run_on_desk(lambda d: d.store.people())
        }
        assert call.taken_by != call.name


async def test_nobody_there_brings_up_the_next_with_the_rule(tmp_path: Path) -> None:
    async with on_leak(tmp_path) as at:
        await press(at.pilot, "f4")
        seen = [name(at.pilot)]
        for digit, outcome in (("2", "no_answer"), ("3", "busy"), ("4", "off")):
            await press(at.pilot, digit)
            assert name(at.pilot) != seen[-1]
            seen.append(name(at.pilot))
            assert (await at.case()).calls[-1].outcome == outcome
            assert seen[-2] in at.message, "who was missed is named"
        assert len(set(seen)) == len(seen), "who was tried comes after those who were not"
        assert "Not found: " in at.shown
        assert (await at.case()).stage is Stage.OPEN


async def test_somebody_else_by_digit_by_initials_and_by_a_name_of_their_own(
    tmp_path: Path,
) -> None:
    async with on_leak(tmp_path) as at:
        await press(at.pilot, "f4", "7", "2")
        assert name(at.pilot) == "张伟"
        await press(at.pilot, "f4", *"xgp", "enter")
        assert name(at.pilot) == "谢广平"
        await press(at.pilot, "7", *"Lao Wu", "enter", *"13812345678", "enter", "1", "0", "0")
        case = await at.case()
        assert case.assignee is not None
        assert (case.assignee.person, case.assignee.name) == ("", "Lao Wu")
        assert case.calls[-1].phone == "13812345678"


async def test_who_has_left_is_not_suggested(tmp_path: Path) -> None:
    async with on_leak(tmp_path) as at:
        await press(at.pilot, "f4", "7", *"fq")
        assert "傅强" not in at.shown


async def test_the_next_number_of_the_same_person(tmp_path: Path) -> None:
    async with on_leak(tmp_path) as at:
        await press(at.pilot, "f4", "9", "1")
        assert (await at.case()).calls[-1].phone == "13800000113"


async def test_the_slip_gets_its_number_here(tmp_path: Path) -> None:
    async with on_leak(tmp_path) as at:
        await press(at.pilot, "f4", "1", "1", "8")
        number = (await at.case()).slip.number
        assert number
        assert big_on_screen(at.pilot, number)
        await press(at.pilot, "enter")
        assert isinstance(at.top(), BoardScreen)
        await press(at.pilot, "f4")
        assert f"{number}" in at.shown
        assert "8 print it" in at.shown, "there is no second number"
        at.night.clock.forward(seconds=3)
        await press(at.pilot, "1", "1")
        assert isinstance(at.top(), BoardScreen), "the slip is out: nothing to ask"


async def test_the_slip_is_printed_as_it_is_handed_out_and_once_more(tmp_path: Path) -> None:
    async with on_leak(tmp_path) as at:
        at.night.desk.printer = printer()
        folder = at.night.desk.site.folder / FOLDER
        await press(at.pilot, "f4", "1", "1", "8", "8")
        number = (await at.case()).slip.number
        assert "slip-261121-01.pdf" in at.message
        (page,) = pages_of((folder / "slip-261121-01.pdf").read_bytes())
        assert page.count(number) == 6, "above, below the title, twice on either half"
        await press(at.pilot, "enter")
        assert isinstance(at.top(), BoardScreen)
        await press(at.pilot, "f4", "8")
        assert "slip-261121-01-2.pdf" in at.message
        assert len(list(folder.iterdir())) == 4


async def test_a_call_that_is_taken_back_asks_nothing_more(tmp_path: Path) -> None:
    async with on_leak(tmp_path) as at:
        at.night.clock.forward(seconds=30)
        await press(at.pilot, "f4", "1", "ctrl+z", "1")
        assert (await at.case()).stage is Stage.OPEN
        assert "read it back?" not in at.shown
        await press(at.pilot, "1", "1", "0")
        assert (await at.case()).stage is Stage.NOTIFIED


async def test_f10_without_a_result_writes_nothing(tmp_path: Path) -> None:
    async with on_leak(tmp_path) as at:
        await press(at.pilot, "f4", "f10")
        assert isinstance(at.top(), NotifyScreen)
        assert await at.kinds() == ["case_opened"]


async def test_after_the_write_off_nobody_is_told_any_more(tmp_path: Path) -> None:
    async with on_leak(tmp_path, told=True, after=(WRITE_OFF,)) as at:
        await press(at.pilot, "f4", "1")
        assert "written off" in at.message
        assert (await at.case()).stage is Stage.WRITTEN_OFF


async def test_on_a_file_that_is_only_read_nothing_is_written(tmp_path: Path) -> None:
    async with on_leak(tmp_path) as at:
        at.night.session.read_only = "desk-2"
        await press(at.pilot, "f4", "1")
        assert "Another desk" in at.shown
        assert await at.kinds() == ["case_opened"]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_all_of_it_is_on_the_screen(tmp_path: Path, lang: Language, size: Size) -> None:
    async with on_leak(tmp_path, size=size, lang=lang) as at:
        await press(at.pilot, "f4", "2", "1")
        shown = at.shown
        for piece in ("张伟", "13911112222", "   1 ", "0/Enter", "7 ", "8 ", "9 "):
            assert piece in shown
        help_lines = " ".join(at.pilot.app.screen.help_lines())  # type: ignore[attr-defined]
        assert "P0-02" in help_lines
        assert at.pilot.app.screen.query_one("#body").max_scroll_y == 0


async def test_on_few_rows_the_number_still_stands_there(tmp_path: Path) -> None:
    async with on_leak(tmp_path, size=(60, 15)) as at:
        await press(at.pilot, "f4")
        assert "黄志明 维修班长  13900000113" in at.shown
        assert "Reached" in at.shown
        await at.pilot.resize_terminal(80, 24)
        await press(at.pilot)
        assert "13911112222" in at.shown, "who waits stands there again"


@pytest.mark.parametrize("between", [("8",), ("tab",), ("9",), ("8", "shift+tab"), ()])
async def test_the_open_read_back_question_takes_the_next_digit(
    tmp_path: Path, between: tuple[str, ...]
) -> None:
    async with on_leak(tmp_path) as at:
        await press(at.pilot, "f4", "1", *between)
        assert at.top().query_one(Question).asked == "read_back"
        await press(at.pilot, "1")
        (call,) = (await at.case()).calls
        assert call.read_back_at is not None


async def test_a_result_clicked_or_pressed_beside_the_open_question_is_no_second_call(
    tmp_path: Path,
) -> None:
    async with on_leak(tmp_path) as at:
        await press(at.pilot, "f4", "1")
        at.top().query_one("#result").focus()
        await press(at.pilot, "1")
        assert len((await at.case()).calls) == 1
        assert "Answer first" in at.message
        await press(at.pilot, "1")
        (call,) = (await at.case()).calls
        assert call.read_back_at is not None


async def test_another_person_chosen_ends_the_question_and_is_a_call_of_his_own(
    tmp_path: Path,
) -> None:
    async with on_leak(tmp_path) as at:
        await press(at.pilot, "f4", "1", "7")
        assert not at.top().query_one(Question).asked
        await press(at.pilot, "2", "2")
        first, second = (await at.case()).calls
        assert first.name != second.name
        assert first.read_back_at is None


async def test_a_paper_that_others_make_is_never_offered(tmp_path: Path) -> None:
    """The cashier writes the receipt once the money has come; the desk only takes it in."""
    async with on_leak(tmp_path, procedure="fee-collection", category="arrears") as at:
        await press(at.pilot, "f4")
        assert "Issue a receipt" not in at.shown
        assert "comes in from outside" in at.shown
        await press(at.pilot, "8")
        assert (await at.case()).slip.number == ""
        await press(at.pilot, "1")
        assert (await at.case()).notified_at is not None
        assert "receipt?" not in at.shown
        with pytest.raises(Refusal, match="paper_from_outside"):
            await at.night.run_on_desk(lambda desk: desk.issue_slip(at.case_id))
        assert (await at.case()).slip.number == ""
