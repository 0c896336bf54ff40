"""Tonight's people: seen at once, changed by a digit, and the calls go by it."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.desk.adoption import adopt_people
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.domain.record import watch_events as ev
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.words.terms import Absence
from dispatcher_tui.site.lists.roster import parse_roster
from dispatcher_tui.site.shipped import data_dir
from dispatcher_tui.site.toml_text import read_text
from dispatcher_tui.tui.heartbeat.chores import Chores
from dispatcher_tui.tui.screens.watch.tonight import TonightScreen
from tests.tui.crew import WANG_PIN, staff
from tests.tui.story import assert_whole, message
from tests.tui.support import Language, Size, burst, desk, picture, press, settle


def _take_over(desk: Desk) -> None:
    text = read_text(data_dir() / "demo" / "roster.csv")
    adopt_people(desk, parse_roster(text), text)


def _last(desk: Desk, kind: str) -> Entry:
    found = desk.store.last_of(kind)
    assert found is not None
    return found


@pytest.mark.parametrize(("size", "lang"), [((80, 24), "zh"), ((120, 36), "en")])
async def test_a_night_s_changes_by_digits(tmp_path: Path, size: Size, lang: Language) -> None:
    async with desk(tmp_path) as night:
        await staff(night)
        await night.run_on_desk(_take_over)
        async with night.running(size, lang) as pilot:
            await press(pilot, "f12")
            assert "高磊" in picture(pilot), "who is on duty stands on F12's first page"
            await press(pilot, "8")
            assert_whole(pilot, "高磊", "监控室", "11-22 07:00", screen=TonightScreen)
            first = picture(pilot)
            await press(pilot, "2")
            ill = await night.run_on_desk(lambda it: _last(it, "absence_noted").event)
            assert isinstance(ill, ev.AbsenceNoted)
            assert ill.absence is Absence.ILL
            assert ill.name in message(pilot)
            await press(pilot, "7")
            assert picture(pilot).splitlines()[:12] == first.splitlines()[:12], "as it was"
            await press(pilot, "4", *"赵六", "enter", *"13900000999", "f10")
            assert "赵六" in picture(pilot)
            named = await night.run_on_desk(lambda it: _last(it, "stand_in_named").event)
            assert isinstance(named, ev.StandInNamed)
            assert named.name == ill.name


async def test_a_swap_asks_who_and_who_agreed(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await staff(night)
        await night.run_on_desk(_take_over)
        async with night.running() as pilot:
            await press(pilot, "f12", "8", "1", *"徐涛", "enter", *"马国栋", "enter", "f10")
            event = await night.run_on_desk(lambda it: _last(it, "duty_swapped").event)
            assert isinstance(event, ev.DutySwapped)
            assert (event.takes_name, event.agreed) == ("徐涛", "马国栋")
            assert "徐涛" in picture(pilot)
            await press(pilot, "3", *"陈志强", "enter", "f10")
            came = await night.run_on_desk(lambda it: _last(it, "person_came_in").event)
            assert isinstance(came, ev.PersonCameIn)
            assert came.name == "陈志强"


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_a_swap_goes_by_digits_typed_at_once_and_asks_who_agreed(
    tmp_path: Path, lang: Language
) -> None:
    async with desk(tmp_path) as night:
        await staff(night)
        await night.run_on_desk(_take_over)

        def written(it: Desk) -> Entry | None:
            return it.store.last_of("duty_swapped")

        async with night.running((80, 24), lang) as pilot:
            await press(pilot, "f12", "8", "1", "3", "f10")
            said = message(pilot)
            assert said == (
                "请写明谁同意换班：选人，或写姓名。"
                if lang == "zh"
                else "Say who agreed to the swap: pick them, or write the name."
            )
            # Two letters are initials of several; a figure alone is nobody.
            for typed in ("c", "0"):
                await press(pilot, typed, "f10")
                assert message(pilot) == said
                await press(pilot, "backspace")
            assert await night.run_on_desk(written) is None
            await press(pilot, *"cz", "f10")
            entry = await night.run_on_desk(written)
            assert entry is not None
            assert isinstance(entry.event, ev.DutySwapped)
            assert entry.event.agreed == "陈志强", "the initials fit one person alone"
            await press(pilot, "7", "up", "up", "up", "up", "up", "up", "up")
            await burst(pilot, "1", "3", "2", "f10")
            entry = await night.run_on_desk(written)
            assert entry is not None
            assert isinstance(entry.event, ev.DutySwapped)
            assert (entry.event.takes_name, entry.event.agreed) == ("马国栋", "孙明远"), picture(
                pilot
            )


@pytest.mark.parametrize(("size", "lang"), [((80, 24), "zh"), ((120, 36), "en")])
async def test_leave_of_several_days(tmp_path: Path, size: Size, lang: Language) -> None:
    async with desk(tmp_path) as night:
        await staff(night)
        await night.run_on_desk(_take_over)
        async with night.running(size, lang) as pilot:
            await press(pilot, "f12", "8", "8", *"11-23", "enter", *"11-22", "enter")
            assert message(pilot).startswith("结束早于开始" if lang == "zh" else "It ends before")
            await press(pilot, *["backspace"] * 5, *"11-24")
            assert "11-23 07:00" in picture(pilot), "what is understood"
            assert "11-25 07:00" in picture(pilot)
            await press(pilot, "enter")
            event = (await night.run_on_desk(lambda it: _last(it, "absence_noted"))).event
            assert isinstance(event, ev.AbsenceNoted)
            assert (event.name, event.absence, event.days) == ("高磊", Absence.LEAVE, True)
            assert "高磊" in message(pilot)
            assert "11-25 07:00" in message(pilot)
            await press(pilot, "8", "shift+tab", "2", *"11-24", "enter", *"3", "enter")
            assert message(pilot).startswith("请写日期" if lang == "zh" else "Write a day")
            assert "11-24" in picture(pilot), "nothing typed is lost"


async def test_who_cannot_be_rung_is_said_at_the_sign_in(tmp_path: Path) -> None:
    def mute(desk: Desk) -> None:
        text = read_text(data_dir() / "demo" / "roster.csv").replace("13900000115", "")
        adopt_people(desk, parse_roster(text), text)

    async with desk(tmp_path) as night:
        await staff(night, on_watch=False)
        await night.run_on_desk(mute)
        chores = Chores(night.session, None, "")
        async with night.running(begin=chores.begin) as pilot:
            await settle(pilot)
            assert "On duty tonight without a number that answers: 高磊" in picture(pilot)
            await press(pilot, "f12", "1", "2", *WANG_PIN, "enter")
            assert message(pilot).splitlines() == [
                "王芳 is on watch.",
                "On duty tonight without a number that answers: 高磊",
            ]
            await press(pilot, "8")
            assert picture(pilot).count("UNREACHABLE") == 1


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_who_took_over_and_falls_ill_is_away_now_and_seven_takes_that_back(
    tmp_path: Path, lang: Language
) -> None:
    async with desk(tmp_path) as night:
        await staff(night)
        await night.run_on_desk(_take_over)
        async with night.running((80, 24), lang) as pilot:

            async def choose(name: str) -> None:
                app = pilot.app.screen
                assert isinstance(app, TonightScreen)
                await press(pilot, *["up"] * 12)
                for _line in range(20):
                    if app._chosen is not None and app._chosen.person.name == name:
                        return
                    await press(pilot, "down")
                raise AssertionError(name)

            await press(pilot, "f12", "8")
            await choose("高磊")
            await press(pilot, "1")
            assert ("至 11-22 07:00" if lang == "zh" else "to 11-22 07:00") in picture(pilot)
            await press(pilot, *"徐涛", "enter", "1", "f10")
            await choose("高磊")
            await press(pilot, "1")
            assert isinstance(pilot.app.screen, TonightScreen), "nothing can be typed in vain"
            assert message(pilot) == (
                "高磊 的班已由 徐涛 顶替：请先撤回那次变动，或改选 徐涛。"
                if lang == "zh"
                else "徐涛 has the duty of 高磊 already: take that back first, or choose 徐涛."
            )
            await choose("徐涛")
            await press(pilot, "2")
            ill = await night.run_on_desk(lambda it: _last(it, "absence_noted"))
            assert isinstance(ill.event, ev.AbsenceNoted)
            assert ill.event.since == ill.recorded_at, "tonight, at once"
            assert "07:00" in message(pilot)
            await choose("徐涛")
            await press(pilot, "7")
            back = await night.run_on_desk(lambda it: _last(it, "duty_change_withdrawn").event)
            assert isinstance(back, ev.DutyChangeWithdrawn)
            assert back.of == ill.seq
            assert ("之前的变动仍有效" if lang == "zh" else "the one before it") in message(pilot)
            await choose("徐涛")
            await press(pilot, "7")
            assert ("恢复原排班" if lang == "zh" else "as planned") in message(pilot)
