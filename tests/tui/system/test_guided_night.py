"""The guided first night, walked to its end by its own keys on the real application."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from dispatcher_tui.bootstrap import printer
from dispatcher_tui.desk.papers.print_book import read_prints
from dispatcher_tui.domain.record.guided_steps import GuidedNight
from dispatcher_tui.present.cells import width
from dispatcher_tui.site.guide_texts import read_guide
from dispatcher_tui.tui.actions import ACTIONS
from dispatcher_tui.tui.guided import GuidedApp
from dispatcher_tui.tui.widgets.guide_strip import GuideStrip
from tests.tui.story import on_top
from tests.tui.support import START, Language, Night, desk, picture, press, type_text

STEPS = read_guide().step
KEYS = {each.id: each.key for each in ACTIONS}


def at(pilot: Pilot[int]) -> int:
    """The step that is reached, from 1; it stands at the head of the screen, above all of it."""
    assert isinstance(pilot.app, GuidedApp)
    step, shown = pilot.app.step + 1, picture(pilot).splitlines()
    if step <= len(STEPS):
        assert f" {step}/{len(STEPS)} " in shown[0], shown[0]
    assert ".." not in "".join(shown[:2])
    assert all(width(row) <= 80 for row in shown)
    assert " F9 " in shown[-1]
    return step


async def take(pilot: Pilot[int], *before: str) -> int:
    """Press what leads to a step's key, then the keys that the step waits for."""
    waits = STEPS[at(pilot) - 1].keys
    await press(pilot, *before, *(KEYS.get(key, key) for key in waits))
    return at(pilot)


async def the_leak(pilot: Pilot[int], words: str) -> None:
    """The call comes in and somebody is told: steps 1 to 4."""
    assert await take(pilot) == 2
    await press(pilot, "2", *"5-2-0903", "enter", "enter")
    await type_text(pilot, words)
    assert await take(pilot, "enter", "1") == 3
    assert await take(pilot) == 4
    await take(pilot)
    assert await take(pilot) == 5


async def the_lift(pilot: Pilot[int]) -> None:
    """Somebody is stuck in a lift: steps 5 to 10."""
    assert await take(pilot) == 6
    assert await take(pilot) == 7
    await take(pilot)
    await press(pilot, *"5-2", "enter")
    assert at(pilot) == 8
    assert await take(pilot) == 9
    assert await take(pilot) == 10
    await take(pilot)
    await press(pilot, "enter", *"hwd", "enter", *"rang", "enter", "1", "1")
    assert at(pilot) == 11


async def back_to_the_leak(pilot: Pilot[int]) -> None:
    """It is mended: steps 11 and 12."""
    await press(pilot, "escape", "escape", "down")
    await take(pilot)
    await press(pilot, "f10")
    assert at(pilot) == 12
    await press(pilot, "1", "f10")


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_the_night_is_walked_to_its_end_and_the_card_printed(
    tmp_path: Path, lang: Language
) -> None:
    async with desk(tmp_path) as night:
        night.desk.printer = printer(store=night.store)
        async with night.running(lang=lang, guided=GuidedNight(STEPS, START)) as pilot:
            assert at(pilot) == 1
            await the_leak(pilot, "水管漏水" if lang == "zh" else "pipe leaks")
            await the_lift(pilot)
            await back_to_the_leak(pilot)
            assert at(pilot) == 13
            assert on_top(pilot) == "KeyCardScreen"
            assert await prints(night) == []
            await press(pilot, "p")
            assert [name[:5] for name in await prints(night)] == ["keys-"]
            await press(pilot, "escape", "ctrl+g")
            assert on_top(pilot) == "KeyCardScreen"


async def prints(night: Night) -> list[str]:
    """The files of what was printed."""
    return [each.event.file for each in await night.run_on_desk(read_prints)]


async def test_a_wrong_key_does_what_it_always_does_and_the_guide_can_be_put_aside(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as night:
        guided = GuidedNight(STEPS, START, {"": "2468"})
        async with night.running(guided=guided) as pilot:
            await press(pilot, "f4")
            assert "No harm: F4 works as ever. Here it is F2." in picture(pilot)
            await press(pilot, "f7")
            assert on_top(pilot) == "WorkLogScreen"
            assert "Esc back to the board, then F2." in picture(pilot)
            await press(pilot, "escape", "ctrl+g")
            assert "Ctrl+G takes it up again" in picture(pilot)
            assert not pilot.app.screen.query(GuideStrip)
            await press(pilot, "f2")
            assert not pilot.app.screen.query(GuideStrip)
            await press(pilot, "ctrl+g")
            assert at(pilot) == 2
            await press(pilot, "1", *"5-2-0903")
            assert "5-2-0903" in picture(pilot)
