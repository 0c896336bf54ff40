"""A number in big digits on a screen: its room, and what is left of it without any colour."""

from __future__ import annotations

import pytest
from textual.app import ComposeResult
from textual.widgets import Label

from dispatcher_tui.present.big_digits import big, shape
from dispatcher_tui.tui.look import LookApp
from dispatcher_tui.tui.widgets.big_number import LEAST_ROWS, BigNumber
from tests.tui.support import big_on_screen, picture

HEAD = "13900000101"


class OneNumber(LookApp[None]):
    """A number and a line beneath it."""

    def compose(self) -> ComposeResult:
        """Both."""
        yield BigNumber(HEAD)
        yield Label("below")


@pytest.mark.parametrize("theme", ["night", "day", "high", "mono", "ansi"])
async def test_a_number_stands_in_filled_cells_in_every_look(theme: str) -> None:
    app = OneNumber(theme)
    async with app.run_test(size=(80, 24)) as pilot:
        assert big_on_screen(pilot, HEAD)
        assert not big_on_screen(pilot, "13900000102")
        assert picture(pilot).splitlines()[5].startswith("below")


@pytest.mark.parametrize(("columns", "rows"), [(80, LEAST_ROWS), (120, 36), (300, 100)])
async def test_a_number_takes_the_widest_form_there_is_room_for(columns: int, rows: int) -> None:
    app = OneNumber()
    async with app.run_test(size=(columns, rows)) as pilot:
        number = pilot.app.query_one(BigNumber)
        assert number.shape == shape(big(HEAD, columns - 2))
        assert big_on_screen(pilot, HEAD)


@pytest.mark.parametrize(("columns", "rows"), [(80, LEAST_ROWS - 1), (60, 15), (40, 24)])
async def test_where_there_is_no_room_it_takes_no_row(columns: int, rows: int) -> None:
    app = OneNumber()
    async with app.run_test(size=(columns, rows)) as pilot:
        assert pilot.app.query_one(BigNumber).shape == ""
        assert picture(pilot).splitlines()[0].startswith("below")


async def test_another_number_and_none() -> None:
    app = OneNumber()
    async with app.run_test(size=(80, 24)) as pilot:
        number = pilot.app.query_one(BigNumber)
        number.show("119")
        await pilot.pause()
        assert big_on_screen(pilot, "119")
        assert not big_on_screen(pilot, HEAD)
        number.show("")
        await pilot.pause()
        assert picture(pilot).splitlines()[0].startswith("below")
        number.show("119")
        await pilot.pause()
        assert picture(pilot).splitlines()[5].startswith("below")


async def test_without_any_colour_each_filled_cell_shows_its_own_digit() -> None:
    app = OneNumber()
    app.console._color_system = None
    async with app.run_test(size=(80, 24)) as pilot:
        lines = [line[2:].rstrip() for line in picture(pilot).splitlines()[:5]]
        assert lines == shape(big(HEAD, 78)).splitlines()
        assert lines[0].split() == ["1", "333", "999", *["000"] * 5, "1", "000", "1"]
        row = pilot.app.screen._compositor.render_strips()[0]
        assert all(s.style and s.style.reverse for s in row if s.text.strip())
