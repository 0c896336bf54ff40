"""Who is out alone by keys: sent from the case, asked by one digit, sent after, back."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.domain.duties.alarm import Tone
from dispatcher_tui.domain.watch.out_alone import OutAlone
from dispatcher_tui.tui.screens.watch.out_alone import OutAloneScreen
from tests.tui.story import EVERYWHERE, assert_whole, on_top
from tests.tui.support import Language, Size, desk, picture, press


def out(it: Desk) -> tuple[OutAlone, ...]:
    return it.post.alone


@pytest.mark.parametrize(("size", "lang"), EVERYWHERE)
async def test_sent_from_the_case_asked_by_one_digit_and_back(
    tmp_path: Path, size: Size, lang: Language
) -> None:
    async with desk(tmp_path) as night:
        await night.open_case(place="3-2-1502", category="leak", said="漏水")
        async with night.running(size, lang) as pilot:
            await press(pilot, "q", "5")
            assert on_top(pilot) == "SendAloneScreen"
            await press(pilot, "1", "enter", "enter")
            assert on_top(pilot) == "OutAloneScreen"
            (sent,) = await night.run_on_desk(out)
            assert (sent.place, sent.minutes, sent.about) == ("3-2-1502", 15, "261121-01")
            assert_whole(pilot, sent.name, screen=OutAloneScreen)
            night.clock.forward(minutes=15)
            await press(pilot, "1")
            assert {"zh": "平安，已记", "en": "safe. Recorded."}[lang] in picture(pilot)
            await press(pilot, "2", "4")
            assert on_top(pilot) == "SecondOutScreen"
            await press(pilot, "2", "f10")
            (sent,) = await night.run_on_desk(out)
            assert sent.second
            await press(pilot, "3")
            assert await night.run_on_desk(out) == ()
            assert {"zh": "没有人单独外出", "en": "Nobody is out alone"}[lang] in picture(pilot)


async def test_it_rings_until_it_is_asked_and_a_stranger_is_taken_as_typed(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "q", "1")
        assert "Nobody is out alone." in picture(pilot), "a digit about nobody says so"
        await press(pilot, "5", *"Lao Wu", "enter", *"garage", "enter", "backspace", "backspace")
        await press(pilot, "x", "f10")
        assert on_top(pilot) == "SendAloneScreen"
        assert "Minutes are a number" in picture(pilot)
        await press(pilot, "backspace", *"20", "f10")
        (sent,) = await night.run_on_desk(out)
        assert (sent.name, sent.person, sent.place, sent.minutes) == ("Lao Wu", "", "garage", 20)
        alarm = pilot.app.alarm  # type: ignore[attr-defined]
        for minutes, rings in ((19, False), (1, True)):
            night.clock.forward(minutes=minutes)
            assert alarm._wanted(night.clock.now(), False).untold is rings
        await press(pilot, "1")
        assert not alarm._wanted(night.clock.now(), False).untold
        assert Tone.UNTOLD.weight > Tone.ORDINARY.weight
