"""交接班: read, sound test, three questions, remarks, two signatures; then the sheet prints."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from dispatcher_tui.bootstrap import printer
from dispatcher_tui.desk.emergency.emergency import holding
from dispatcher_tui.desk.printing import NotPrinted
from dispatcher_tui.desk.watch.hand_over import FrozenSheet
from dispatcher_tui.desk.watch.notices import post_notice
from dispatcher_tui.desk.watch.watchkeeping import relieve
from dispatcher_tui.domain.duties.alarm import Tone
from dispatcher_tui.domain.papers.report import Report
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record import watch_events as watch
from dispatcher_tui.reports.printer import Reports
from dispatcher_tui.site.shipped import data_dir
from dispatcher_tui.tui.screens.watch.hand_over import HandOverScreen
from dispatcher_tui.tui.widgets.hand_over_steps import HandOverStep
from dispatcher_tui.tui.widgets.pager import Pager
from tests.tui.crew import LI, LI_PIN, WANG, WANG_PIN, last_event, post_of, staff
from tests.tui.story import DONE, EVERYWHERE, REACHED, assert_whole, leak, message, on_top
from tests.tui.support import NARROW, WIDE, Language, Night, Size, desk, picture, press


class Seat:
    """A desk with three cases, its hand-over screen up."""

    def __init__(self, night: Night, pilot: Pilot[int]) -> None:
        self.night = night
        self.pilot = pilot

    @property
    def screen(self) -> HandOverScreen:
        top = self.pilot.app.screen
        assert isinstance(top, HandOverScreen), type(top)
        return top

    @property
    def drawn(self) -> FrozenSheet:
        drawn = self.screen.drawn
        assert drawn is not None
        return drawn

    @property
    def shown(self) -> str:
        return picture(self.pilot).replace("\u00a0", " ")

    async def press(self, *keys: str) -> None:
        await press(self.pilot, *keys)

    async def answer(self, *, wrong: int = 0) -> None:
        """All three questions, the first of them wrongly so many times before."""
        for question in self.drawn.questions:
            digit = question.options.index(question.answer) + 1
            bad = digit % len(question.options) + 1
            await self.press(*[str(bad)] * wrong, str(digit))
            wrong = 0
        await self.press("4", "enter")  # a digit too many goes nowhere

    async def up_to(self, step: HandOverStep) -> None:
        """From the sheet to a step."""
        await self.read()
        if step > HandOverStep.SOUND:
            await self.press("1")
        if step > HandOverStep.QUESTIONS:
            await self.answer()
        if step > HandOverStep.REMARKS:
            await self.press("enter")
        assert self.screen.step is step

    async def read(self) -> None:
        """Every line of the sheet, and on."""
        while self.screen.step is HandOverStep.READ:
            await self.press("space")

    async def sign(self, first: str = LI_PIN, second: str = WANG_PIN) -> None:
        await self.press(*first, "enter", *second, "f10")


@asynccontextmanager
async def handing_over(
    folder: Path, size: Size = NARROW, lang: Language = "en"
) -> AsyncIterator[Seat]:
    """Li is on watch for eight hours; F12, 2."""
    async with desk(folder) as night:
        await staff(night)
        night.desk.printer = printer()
        await leak(night)
        await leak(night, REACHED)
        await leak(night, REACHED, DONE)
        night.clock.forward(hours=8, minutes=5)
        while await night.run_on_desk(lambda it: it.fire()):
            pass  # what one firing sets off may be due as well
        async with night.running(size, lang) as pilot:
            pilot.app.alarm.test = lambda tone=Tone.EMERGENCY: None  # type: ignore[attr-defined]
            await press(pilot, "f12", "2")
            yield Seat(night, pilot)


@pytest.mark.parametrize(("size", "lang"), EVERYWHERE)
async def test_every_step_stands_whole(tmp_path: Path, size: Size, lang: Language) -> None:
    async with handing_over(tmp_path, size, lang) as at:
        assert_whole(at.pilot, LI, "06:52", "261121-01", screen=HandOverScreen)
        await at.read()
        assert_whole(at.pilot, "2/5", "3 ", "06:52")
        await at.press("2")
        assert_whole(at.pilot, "2/5", "06:52")
        await at.press("escape", "1")
        assert_whole(at.pilot, "3/5", "1/3")
        await at.answer(wrong=1)
        assert_whole(at.pilot, "4/5")
        await at.press("enter")
        assert_whole(at.pilot, "5/5", LI, WANG, {"zh": "口令", "en": "PIN"}[lang])


async def test_a_hand_over_from_the_first_page_to_the_printed_sheet(tmp_path: Path) -> None:
    async with handing_over(tmp_path) as at:
        drawn = at.drawn
        await at.press("space", "space", "space")
        assert at.screen.step is HandOverStep.SOUND, "Space on the last page goes on"
        await at.press("1")
        await at.answer(wrong=2)
        await at.press(*"keys in the box", "enter", *LI_PIN, "enter")
        assert LI_PIN not in at.shown
        await at.press(*WANG_PIN, "f10")
        event = await last_event(at.night)
        assert isinstance(event, watch.HandedOver)
        assert (event.outgoing, event.incoming, event.heard) == (LI, WANG, True)
        assert event.sheet == drawn.sheet
        assert event.remarks == "keys in the box"
        assert [answer.tries for answer in event.answers] == [3, 1, 1]
        assert on_top(at.pilot) == "BoardScreen"
        assert "王芳 is on watch." in message(at.pilot)
        assert "On watch 王芳   19:00 hand-over" in at.shown
        assert at.night.desk.actor == WANG
        printed = sorted((at.night.desk.site.folder / "printouts").iterdir())
        assert [path.name for path in printed] == [
            "fallback-20261122-065212.pdf",
            "fallback-20261122-065212.txt",
            "handover-20261122-0652.pdf",
            "handover-20261122-0652.txt",
        ]


async def test_the_parts_of_the_sheet_are_reached_by_digit(tmp_path: Path) -> None:
    async with handing_over(tmp_path) as at:
        await at.night.run_on_desk(lambda it: post_notice(it, "停水到九点", "9:00"))
        await at.press("escape", "f12", "2")
        for _line in range(20):
            await at.night.open_case(said="灯坏了")
        await at.press("escape", "f12", "2")
        assert "停水到九点" not in at.shown
        await at.press("6")
        title, line = at.shown.partition("6 Notices")[2].splitlines()[:2]
        assert title == " that hold: 1"
        assert "停水到九点" in line
        await at.press("1")
        assert at.shown.splitlines()[3].startswith(" 1 Emergencies: 0")


@pytest.mark.parametrize("key", ["f10", "enter", "space"])
async def test_no_line_of_the_sheet_is_passed_unread(tmp_path: Path, key: str) -> None:
    """A part that a digit leads to leaves what stands above it unread."""
    async with handing_over(tmp_path) as at:
        for _line in range(20):
            await at.night.open_case(said="灯坏了")
        await at.press("escape", "f12", "2")
        pager = at.screen.query_one(Pager)
        shown = set(range(pager.size.height))
        await at.press("9")
        first, last, all_ = pager.place
        shown |= set(range(first - 1, last))
        assert pager.at_end
        assert pager.unseen == all_ - len(shown) > 0
        while pager.unseen:
            before = pager.unseen
            await at.press(key)
            assert at.screen.step is HandOverStep.READ
            assert pager.unseen < before
        said = "" if key == "space" else "That was the last of it: Enter goes on."
        assert message(at.pilot) == said
        await at.press("enter")
        assert at.screen.step is HandOverStep.SOUND


async def test_what_arrives_meanwhile_is_shown_and_carried(tmp_path: Path) -> None:
    async with handing_over(tmp_path) as at:
        assert "as of 06:52 - arrived since: nothing" in at.shown
        await at.up_to(HandOverStep.SIGN)
        number = (await at.night.open_case(said="停电")).case.number
        await at.pilot.app.take_news()  # type: ignore[attr-defined]
        await at.press()
        assert f"as of 06:52 - arrived since: {number}" in at.shown
        await at.sign()
        event = await last_event(at.night)
        assert isinstance(event, watch.HandedOver)
        assert event.carried == (number,)
        assert number not in {case.number for case in event.sheet.cases}


async def test_a_sound_that_was_not_heard_needs_a_word(tmp_path: Path) -> None:
    async with handing_over(tmp_path) as at:
        await at.read()
        await at.press("f10")
        assert message(at.pilot) == "Was it heard? 1 yes, 2 no."
        await at.press("2", "enter")
        assert message(at.pilot) == "Write what is wrong with the sound."
        await at.press(*"speaker dead", "enter")
        await at.answer()
        await at.press(*"all else well", "enter")
        await at.sign()
        event = await last_event(at.night)
        assert isinstance(event, watch.HandedOver)
        assert event.heard is False
        assert event.remarks == "Sound test NOT heard: speaker dead\nall else well"


async def test_a_wrong_answer_shows_what_the_sheet_says_and_asks_again(tmp_path: Path) -> None:
    async with handing_over(tmp_path) as at:
        await at.up_to(HandOverStep.QUESTIONS)
        for question in at.drawn.questions:
            asked = [line for line in at.shown.splitlines() if "/3  " in line]
            right = question.options.index(question.answer) + 1
            await at.press(str(right % len(question.options) + 1))
            assert "Not right. The sheet says:" in at.shown
            said = at.shown.partition("The sheet says:")[2]
            shown = question.answer or "nobody told"
            assert shown in said, (question, said)
            assert [line for line in at.shown.splitlines() if "/3  " in line] == asked
            await at.press("9", "f10")
            assert at.screen.step is HandOverStep.QUESTIONS
            await at.press(str(right))


async def test_wrong_pins_keep_everything_and_ask_for_the_wrong_one_only(tmp_path: Path) -> None:
    async with handing_over(tmp_path) as at:
        await at.up_to(HandOverStep.SIGN)
        await at.sign(second="9999")
        assert message(at.pilot) == "王芳: Wrong PIN; 4 tries before it locks."
        assert (await post_of(at.night)).holder == LI
        await at.press(*WANG_PIN, "f10")
        assert (await post_of(at.night)).holder == WANG


async def test_the_outgoing_ones_wrong_pin_is_named_too(tmp_path: Path) -> None:
    async with handing_over(tmp_path) as at:
        await at.up_to(HandOverStep.SIGN)
        await at.sign(first="0000")
        assert message(at.pilot) == "李建国: Wrong PIN; 4 tries before it locks."
        for _try in range(5):
            await at.press(*"0000", "f10")
        assert "李建国 can try again in" in message(at.pilot)
        assert at.screen.step is HandOverStep.SIGN
        at.night.clock.forward(minutes=3)
        await at.press(*LI_PIN, "f10")
        assert (await post_of(at.night)).holder == WANG


async def test_enter_never_signs(tmp_path: Path) -> None:
    async with handing_over(tmp_path) as at:
        await at.up_to(HandOverStep.SIGN)
        await at.press("f10")
        assert message(at.pilot) == "Name and PIN of both are needed."
        await at.press(*LI_PIN, "enter", *WANG_PIN, "enter", "enter")
        assert message(at.pilot) == "F10 signs."
        assert (await post_of(at.night)).holder == LI


async def test_esc_goes_back_step_by_step_and_leaves_nothing_in_the_record(tmp_path: Path) -> None:
    async with handing_over(tmp_path) as at:
        before = await at.night.run_on_desk(lambda it: it.store.last_seq())
        await at.up_to(HandOverStep.REMARKS)
        await at.press(*"half", "enter", *LI_PIN)
        await at.press("escape", "escape")
        assert at.screen.step is HandOverStep.REMARKS
        assert "half" in at.shown
        for step in (HandOverStep.QUESTIONS, HandOverStep.SOUND, HandOverStep.READ):
            await at.press("escape", *(["escape"] if step is HandOverStep.QUESTIONS else []))
            assert at.screen.step is step
        await at.press("escape")
        assert on_top(at.pilot) == "BoardScreen"
        assert await at.night.run_on_desk(lambda it: it.store.last_seq()) == before
        at.night.clock.forward(minutes=3)
        await at.press("f12", "2")
        assert "as of 06:55" in at.shown, "the sheet is drawn anew"
        await at.up_to(HandOverStep.REMARKS)
        assert "half" in at.shown, "what was written is still there"


async def test_an_emergency_and_a_call_go_over_it_and_it_comes_back(tmp_path: Path) -> None:
    async with handing_over(tmp_path) as at:
        await at.up_to(HandOverStep.SIGN)
        await at.press(*LI_PIN, "f2")
        assert on_top(at.pilot) == "IntakeScreen"
        await at.press("escape", "escape", "f9", "1")
        assert on_top(at.pilot) == "EmergencyScreen"
        await at.press("escape", "2")
        assert at.screen.step is HandOverStep.SIGN
        await at.press("f10")
        assert message(at.pilot) == "Name and PIN of both are needed."
        await at.press(*WANG_PIN, "f10")
        assert "The post is held by" in message(at.pilot), "E-05: no hand-over before it is over"
        held = (await at.night.run_on_desk(holding))[0]
        await at.night.perform(
            held.case_id, cmd.StandDown(note="Chen says it is over", why="put out at once")
        )
        await at.press("f10")
        event = await last_event(at.night)
        assert isinstance(event, watch.HandedOver)
        assert event.carried == (held.number,)


async def test_resizing_keeps_all(tmp_path: Path) -> None:
    async with handing_over(tmp_path) as at:
        await at.press("pagedown")
        await at.pilot.resize_terminal(*WIDE)
        await at.press()
        assert_whole(at.pilot, "8 Who was told in this watch", "漏水到楼下两户")
        await at.up_to(HandOverStep.SIGN)
        await at.press(*LI_PIN)
        await at.pilot.resize_terminal(*NARROW)
        await at.press("enter", *WANG_PIN, "f10")
        assert (await post_of(at.night)).holder == WANG


async def test_a_watch_that_passed_meanwhile_is_not_signed_over_by_the_old_sheet(
    tmp_path: Path,
) -> None:
    async with handing_over(tmp_path) as at:
        await at.up_to(HandOverStep.SIGN)
        await at.night.run_on_desk(lambda it: relieve(it, WANG, WANG_PIN))
        await at.pilot.app.take_news()  # type: ignore[attr-defined]
        await at.sign()
        assert at.screen.step is HandOverStep.READ
        assert message(at.pilot) == "王芳 is on watch."
        assert "Handing over: 王芳" in at.shown


class Jammed(Reports):
    """A printer that fails once."""

    def __init__(self) -> None:
        super().__init__(data_dir() / "fonts")
        self._jammed = True

    def report(self, report: Report, form: str) -> bytes:
        if self._jammed:
            self._jammed = False
            raise NotPrinted("no paper")
        return super().report(report, form)


async def test_a_sheet_that_does_not_print_leaves_the_hand_over_standing(tmp_path: Path) -> None:
    async with handing_over(tmp_path) as at:
        at.night.desk.printer = Jammed()
        await at.up_to(HandOverStep.SIGN)
        await at.sign()
        assert (await post_of(at.night)).holder == WANG
        assert at.screen.step is HandOverStep.PRINT
        assert "The hand-over stands. F10 prints again" in at.shown
        assert "no paper" in message(at.pilot)
        await at.press("f10")
        assert on_top(at.pilot) == "BoardScreen"
        assert "The sheet was saved" in message(at.pilot)
        await at.press("f12", "7")
        assert "handover-20261122-0652-2" in message(at.pilot), "printed once more"


async def test_only_one_desk_writes(tmp_path: Path) -> None:
    async with handing_over(tmp_path) as at:
        await at.press("escape")
        at.night.session.read_only = "somebody"
        await at.press("f12", "2")
        assert message(at.pilot) == "Another desk owns this file; here it can only be read."
        await at.press("f10", "1", "space", "escape")
        assert on_top(at.pilot) == "BoardScreen"


async def test_nobody_hands_over_to_themselves(tmp_path: Path) -> None:
    async with handing_over(tmp_path) as at:
        await at.up_to(HandOverStep.SIGN)
        await at.press(*LI_PIN, "shift+tab", *["backspace"] * 3, *WANG, "tab", "enter")
        await at.press(*WANG_PIN, "f10")
        assert (await post_of(at.night)).holder == LI
        assert message(at.pilot) == "王芳 cannot be both the one who goes and the one who comes."
