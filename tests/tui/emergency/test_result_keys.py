"""The row of an emergency's digits: as far apart as there is room, and dead while text is typed."""

from __future__ import annotations

import pytest
from textual.app import ComposeResult
from textual.events import Key

from dispatcher_tui.present.cells import width
from dispatcher_tui.present.emergency.emergency_lines import dead_keys, outcome_keys
from dispatcher_tui.present.i18n import use
from dispatcher_tui.present.spans import Span
from dispatcher_tui.tui.look import PALETTES, LookApp
from dispatcher_tui.tui.widgets.result_keys import ResultKeys
from tests.tui.support import Language, picture


class OneRow(LookApp[None]):
    """The keys alone; what is pressed is kept."""

    def __init__(self) -> None:
        super().__init__()
        self.pressed: list[str] = []

    def compose(self) -> ComposeResult:
        """The keys."""
        yield ResultKeys()

    def on_mount(self) -> None:
        """All of them."""
        self.query_one(ResultKeys).put(outcome_keys())

    def on_key(self, event: Key) -> None:
        """What a click means."""
        self.pressed.append(event.key)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("cells", "rows"), [(60, 2), (80, 1), (120, 1), (300, 1)])
async def test_every_digit_stands_there_whole(cells: int, rows: int, lang: Language) -> None:
    use(lang)
    app = OneRow()
    async with app.run_test(size=(cells, 5)) as pilot:
        await pilot.pause()
        lines = [line for line in picture(pilot).splitlines() if line.strip()]
        assert len(lines) == rows
        assert all(width(line) <= cells for line in lines)
        shown = "".join("".join(lines).split())
        assert shown == "".join(f"{key}{text}".replace(" ", "") for key, text in outcome_keys())
        assert app.query_one(ResultKeys).size.height == rows


@pytest.mark.parametrize("field", ["place", "log", "taken"])
async def test_dead_keys_are_not_drawn_and_a_click_presses_none(field: str) -> None:
    use("zh")
    app = OneRow()
    async with app.run_test(size=(80, 5)) as pilot:
        loud, quiet = dead_keys(field)
        keys = app.query_one(ResultKeys)
        keys.say(Span(loud, "warnt"), Span(quiet, "fg2"))
        await pilot.pause()
        assert loud in picture(pilot)
        assert quiet in picture(pilot)
        cap = PALETTES["night"]["bg3"]
        for strip in app.screen._compositor.render_strips():
            assert not any(
                s.style and s.style.bgcolor and s.style.bgcolor.name == cap for s in strip
            )
        await pilot.click(ResultKeys, offset=(3, 0))
        assert app.pressed == []


@pytest.mark.parametrize(("at", "key"), [(0, "1"), (4, "1"), (7, "2"), (70, "0")])
async def test_a_click_on_a_key_or_its_word_presses_it(at: int, key: str) -> None:
    use("zh")
    app = OneRow()
    async with app.run_test(size=(80, 5)) as pilot:
        await pilot.pause()
        await pilot.click(ResultKeys, offset=(at, 0))
        await pilot.pause()
        assert app.pressed == [key]
