"""A home in the place of an emergency: by a room, a number, a name, initials; taken by an arrow."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from dispatcher_tui.desk.adoption import adopt_units
from dispatcher_tui.desk.watch.watchkeeping import lock
from dispatcher_tui.site.lists.units import parse_units
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.question import Question
from tests.tui.crew import staff
from tests.tui.emergency.on_screen import line, top
from tests.tui.rings import desk
from tests.tui.story import case_of
from tests.tui.support import NARROW, Language, Night, paste, picture, press

LIST = """place,resident,phone,resident2,phone2
3-2-1502,阎雅倩,13900003534,,
5-1-1502,萧华,13900005142,贾萍文,
"""
DEAD = {"zh": "数字键现在不记结果", "en": "Digits log no call now"}
GAP = {"zh": "", "en": " "}
"""Between two sentences: a wide full stop has its blank in its own cell."""


async def two_homes(night: Night) -> None:
    """One room number on two stairs."""
    await night.run_on_desk(lambda it: adopt_units(it, parse_units(LIST, "units.csv"), LIST))


def typed(pilot: Pilot[Any]) -> str:
    """What stands in the field of the place."""
    return top(pilot).query_one("#place", Field).value


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_the_arrows_take_a_home_and_enter_writes_it_down(
    tmp_path: Path, lang: Language
) -> None:
    async with desk(tmp_path) as night:
        await two_homes(night)
        async with night.running(NARROW, lang) as pilot:
            await press(pilot, "f9", "1", "8", *"1502")
            shown = line(pilot, "outcomes")
            assert DEAD[lang] in shown
            assert "3-2-1502  阎雅倩" in shown
            assert "5-1-1502  萧华" in shown
            rows = [row.strip() for row in picture(pilot).splitlines()]
            at = next(n for n, row in enumerate(rows) if DEAD[lang] in row)
            assert shown.split() == f"{rows[at]}{GAP[lang]}{rows[at + 1]}".split()
            assert typed(pilot) == "1502"
            case_id = top(pilot).case_id
            places = []
            for key in ("down", "down", "down", "up"):
                await press(pilot, key)
                places.append(typed(pilot))
                assert (await case_of(night, case_id)).place == ""
            assert places == ["3-2-1502", "5-1-1502", "1502", "5-1-1502"]
            assert ("2 of 2" if lang == "en" else "第 2 户，共 2 户") in line(pilot, "outcomes")
            await press(pilot, "enter")
            case = await case_of(night, case_id)
            assert (case.place, case.registered, case.calls) == ("5-1-1502", True, ())
            assert not top(pilot).query_one(Question).asked
            await press(pilot, "2")
            case = await case_of(night, case_id)
            assert (case.place, len(case.calls)) == ("5-1-1502", 1)


@pytest.mark.parametrize("text", ["3534", "13900003534", "阎雅", "yyq"])
async def test_a_number_a_name_or_initials_lead_to_the_home(tmp_path: Path, text: str) -> None:
    async with desk(tmp_path) as night:
        await two_homes(night)
        async with night.running(NARROW, "zh") as pilot:
            await press(pilot, "f9", "1", "8")
            await paste(pilot, text)
            await press(pilot, "down")
            assert typed(pilot) == "3-2-1502"
            await press(pilot, "enter")
            case = await case_of(night, top(pilot).case_id)
            assert case.place == "3-2-1502"
            entries = await night.run_on_desk(lambda it: it.store.entries(case.id))
            assert any("13900003534" in str(each.event) for each in entries) == (
                text == "13900003534"
            ), "a telephone number that was said is kept"


async def test_every_digit_is_a_figure_of_the_place_whatever_homes_are_offered(
    tmp_path: Path,
) -> None:
    """No digit takes a home, before an arrow or behind it; Esc leaves all as it was typed."""
    async with desk(tmp_path) as night:
        await two_homes(night)
        async with night.running(NARROW, "zh") as pilot:
            await press(pilot, "f9", "1", "8", *"1502")
            for digit in "1234567890":
                before = typed(pilot)
                await press(pilot, digit)
                assert typed(pilot) == before + digit
                await press(pilot, "backspace")
            await press(pilot, "down", "1")
            assert typed(pilot) == "3-2-15021"
            await press(pilot, "down")
            assert typed(pilot) == "3-2-15021", "nothing is offered for what no home is"
            await press(pilot, "escape")
            case = await case_of(night, top(pilot).case_id)
            assert (case.place, case.calls) == ("", ())
            assert typed(pilot) == "3-2-15021", "what is typed is kept"


async def test_a_registered_place_is_offered_no_other_and_the_arrows_still_choose_calls(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as night:
        await two_homes(night)
        async with night.running(NARROW, "zh") as pilot:
            await press(pilot, "f9", "1", "8", *"3-2-1502")
            shown = line(pilot, "outcomes")
            await press(pilot, "down")
            assert (typed(pilot), line(pilot, "outcomes")) == ("3-2-1502", shown)
            assert "下键选住户" not in shown
            await press(pilot, "enter")
            rung = top(pilot)._tree.target
            await press(pilot, "down")
            assert top(pilot)._tree.target != rung


@pytest.mark.parametrize("typed_in", ["1502", "13900003534", "yyq", "阎", "3534"])
async def test_while_locked_nobody_is_found_by_name_and_the_place_written_down_is_whole(
    tmp_path: Path, typed_in: str
) -> None:
    async with desk(tmp_path) as night:
        await two_homes(night)
        await staff(night)
        await night.run_on_desk(lock)
        async with night.running(NARROW, "en") as pilot:
            await press(pilot, "f9", "1", "8")
            await paste(pilot, typed_in)
            shown = picture(pilot)
            assert "阎雅倩" not in shown
            assert "萧华" not in shown
            assert ("3-2-1502" in shown) is (typed_in in ("1502", "13900003534"))
            assert ("13900003534" in shown) is (typed_in == "13900003534"), "as it was typed"
            await press(pilot, *["backspace"] * len(typed_in), *"3-2-1502", "enter")
            assert "阎雅倩" in line(pilot, "at_place"), "120 asks for the number of who is there"
            assert "13900003534" in line(pilot, "at_place")
            assert (await case_of(night, top(pilot).case_id)).place == "3-2-1502"
