"""The terminal's cursor stands where the keys go: on the chosen row, or in the field."""

from __future__ import annotations

from pathlib import Path

from textual.geometry import Offset
from textual.widgets import Input

from tests.look.screens import all_screens, demo_running, opened
from tests.tui.support import desk, picture, press


def cell_row(shown: str, row: int) -> str:
    return shown.splitlines()[row]


async def test_on_every_screen_it_stands_in_the_field_or_on_the_chosen_row(tmp_path: Path) -> None:
    async with demo_running(tmp_path / "demo") as demo:
        for name, screen in all_screens().items():
            await opened(demo, screen)
            top, spot = demo.app.screen, demo.app.cursor_position
            shown = picture(demo.pilot).splitlines()
            assert spot.y > 0, f"{name}: on the head line"
            if top.focused is not None:
                assert top.focused.region.contains_point(spot), f"{name}: {spot}"
            chosen = [row for row, line in enumerate(shown) if line.lstrip("演练").startswith(">")]
            if top.focused is None and chosen:
                assert spot.y in chosen, f"{name}: {spot}, chosen {chosen}"
            while len(demo.app.screen_stack) > 2:
                demo.app.pop_screen()
                await demo.pilot.pause()


async def test_it_follows_the_arrows_the_field_and_the_way_back(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        for place in ("3-2-1502", "3-2-1404"):
            await night.open_case(said="漏水", place=place, category="leak")
        async with night.running() as pilot:
            first = pilot.app.cursor_position
            assert cell_row(picture(pilot), first.y).startswith(">")
            await press(pilot, "down")
            assert pilot.app.cursor_position == first + Offset(0, 1)
            assert cell_row(picture(pilot), first.y + 1).startswith(">")
            await press(pilot, "/")
            field = pilot.app.focused
            assert isinstance(field, Input)
            assert pilot.app.cursor_position == field.content_region.offset
            await press(pilot, "水", "a")
            assert pilot.app.cursor_position == field.content_region.offset + Offset(3, 0)
            await press(pilot, "left")
            assert pilot.app.cursor_position == field.content_region.offset + Offset(2, 0)
            await press(pilot, "escape", "escape")
            assert pilot.app.cursor_position == first + Offset(0, 1)


async def test_a_text_longer_than_its_field_keeps_it_inside(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "/", *"a" * 120)
        field = pilot.app.focused
        assert isinstance(field, Input)
        spot, region = pilot.app.cursor_position, field.content_region
        assert region.contains_point(spot)
        assert spot.x == region.right - 1
        pilot.app.cursor_position = Offset(0, 0)
        assert pilot.app.cursor_position == spot
