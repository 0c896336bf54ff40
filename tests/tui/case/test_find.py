"""Find: cases, people, outside numbers while one types; the last text typed is what is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.desk.case.find import Found
from dispatcher_tui.desk.case.intake import Intake, IntakeKind
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.tui.screens.case import find as find_screen
from dispatcher_tui.tui.screens.case.find import FindScreen
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.pick_lines import PickLines
from tests.tui.story import EVERYWHERE, assert_whole, leak, message, on_top
from tests.tui.support import (
    NARROW,
    WIDE,
    Language,
    Size,
    big_on_screen,
    desk,
    paste,
    picture,
    press,
)


@pytest.mark.parametrize(("size", "lang"), EVERYWHERE)
async def test_a_person_stands_there_with_the_number_in_big_digits(
    tmp_path: Path, size: Size, lang: Language
) -> None:
    async with desk(tmp_path) as night:
        await leak(night)
        async with night.running(size, lang) as pilot:
            await press(pilot, "f3", *"hzm")
            assert_whole(pilot, "黄志明", "维修班长", "13900000113", screen=FindScreen)
            assert big_on_screen(pilot, "13900000113")


async def test_a_chinese_character_on_the_board_is_kept_and_searched_for(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await leak(night)
        async with night.running() as pilot:
            await press(pilot, "漏", "水")
            top = pilot.app.screen
            assert isinstance(top, FindScreen)
            assert top.focused is not None
            assert "261121-01" in picture(pilot)
            assert "cases 1, homes 0, people 0" in picture(pilot)


async def test_enter_opens_the_case_and_f4_is_about_it(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await night.open_case(place="5-1-0301", said="门禁失灵")
        await leak(night)
        async with night.running() as pilot:
            await press(pilot, "f3", *"5-1", "enter")
            assert on_top(pilot) == "CaseScreen"
            assert "5-1-0301" in picture(pilot)
            await press(pilot, "escape", "f4")
            assert on_top(pilot) == "NotifyScreen"
            assert "261121-01" in picture(pilot).splitlines()[0]


async def test_cases_come_newest_first_and_the_arrows_walk_on_to_people(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        for _ in range(3):
            await leak(night)
        async with night.running() as pilot:
            await press(pilot, "f3", *"wx")
            lines = pilot.app.screen.query_one(PickLines).lines
            assert [line[:9] for line in lines[:3]] == ["261121-03", "261121-02", "261121-01"]
            await press(pilot, "down", "down", "down")
            assert "吴晓梅" in picture(pilot)
            assert big_on_screen(pilot, "13900000104")
            assert pilot.app.screen.case_id == ""  # type: ignore[attr-defined]


@pytest.mark.parametrize(("lang", "typed"), [("zh", "火警"), ("en", "fire"), ("en", "119")])
async def test_outside_numbers_are_found_by_the_name_on_the_screen(
    tmp_path: Path, lang: Language, typed: str
) -> None:
    async with desk(tmp_path) as night, night.running(lang=lang) as pilot:
        await press(pilot, "f3")
        await paste(pilot, typed)
        assert big_on_screen(pilot, "119")


async def test_enter_shows_a_persons_other_number(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f3", *"hzm", "enter")
        assert big_on_screen(pilot, "13800000113")
        assert on_top(pilot) == "FindScreen"


@pytest.mark.parametrize("text", ["%", '"', "*", "NEAR(a b)", "' OR 1=1 --", "[b]x[/b]", "\\"])
async def test_any_text_is_harmless(tmp_path: Path, text: str) -> None:
    async with desk(tmp_path) as night:
        await leak(night)
        async with night.running() as pilot:
            await press(pilot, "f3")
            await paste(pilot, text)
            top = pilot.app.screen
            assert isinstance(top, FindScreen)
            assert top.case_id == ""
            assert text in picture(pilot)


async def test_what_is_shown_belongs_to_what_is_typed_however_slow_the_search_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    search = find_screen.look

    def slow(desk: Desk, text: str) -> Found:
        asked.append(text)
        return search(desk, text)

    monkeypatch.setattr(find_screen, "look", slow)
    async with desk(tmp_path) as night:
        await leak(night)
        async with night.running() as pilot:
            await press(pilot, "f3", *"3-2-1502xyz", *["backspace"] * 3)
            assert asked[-1] == "3-2-1502"
            assert len(asked) <= 15
            assert "261121-01" in picture(pilot)


async def test_a_case_that_changes_meanwhile_is_shown_as_it_is(tmp_path: Path) -> None:
    from tests.tui.story import REACHED

    async with desk(tmp_path) as night:
        case_id = await leak(night)
        async with night.running() as pilot:
            await press(pilot, "f3", *"3-2-1502")
            assert " open " in picture(pilot)
            await night.perform(case_id, REACHED)
            await pilot.app.take_news()  # type: ignore[attr-defined]
            await press(pilot)
            assert " notified " in picture(pilot)


async def test_esc_leaves_the_field_then_the_screen(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await leak(night)
        async with night.running() as pilot:
            await press(pilot, "f3", *"3-2", "escape", "enter")
            assert on_top(pilot) == "CaseScreen"
            await press(pilot, "escape", "escape", "escape")
            assert on_top(pilot) == "BoardScreen"


@pytest.mark.parametrize(("lang", "size"), [("zh", NARROW), ("en", WIDE)])
async def test_the_flat_below_is_rung_from_the_home(
    tmp_path: Path, lang: Language, size: Size
) -> None:
    async with desk(tmp_path) as night:
        await leak(night)
        await night.run_on_desk(
            lambda it: it.note("", Intake(kind=IntakeKind.ENQUIRY, said="电费", place="3-2-1502"))
        )
        async with night.running(size, lang) as pilot:
            await press(pilot, "f3", *"3-2-1502", "down", "down", "down")
            rows = pilot.app.screen.query_one("#list", PickLines).lines
            words = {
                "zh": ["住户", "楼上", "楼下", "咨询"],
                "en": ["resident", "above", "below", "enquiry"],
            }[lang]
            assert [row.split()[0] for row in rows[1:]] == words
            assert "3-2-1402" in rows[3]
            assert big_on_screen(pilot, "13700007595")


async def test_without_a_hit_no_key_is_about_a_case(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        case_id = await leak(night)
        async with night.running() as pilot:
            app = pilot.app
            before = await night.run_on_desk(lambda it: it.store.last_seq())
            await press(pilot, "f3", *"3-2-1502")
            assert app.current_case() == case_id  # type: ignore[attr-defined]
            await press(pilot, *"xyz")
            assert "Nothing found." in picture(pilot)
            assert app.current_case() == ""  # type: ignore[attr-defined]
            for key in ("f4", "f5", "f6"):
                await press(pilot, key)
                assert on_top(pilot) == "FindScreen", key
                assert message(pilot) == "No case is chosen here."
            assert await night.run_on_desk(lambda it: it.store.last_seq()) == before


async def test_f3_in_it_begins_anew(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await leak(night)
        async with night.running() as pilot:
            await press(pilot, "f3", *"3-2-1502", "escape", "f3")
            screen = pilot.app.screen
            assert on_top(pilot) == "FindScreen"
            assert screen.query_one("#text", Field).value == ""
            assert screen.case_id == ""  # type: ignore[attr-defined]
            await press(pilot, *"wet")
            assert screen.query_one("#text", Field).value == "wet"
            await press(pilot, "escape", "escape")
            assert on_top(pilot) == "BoardScreen", "one screen, however often"
