"""On the smallest terminal, what the keys go to is in view on every screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.screen import Screen
from textual.widget import Widget

from dispatcher_tui.tui.screens.base import DeskScreen
from dispatcher_tui.tui.widgets.pick_lines import PickLines
from tests.look.screens import all_screens, demo_running, opened
from tests.tui.support import Language, press, settle

LEAST = (60, 15)
LOOKS = 20
"""So often it is looked whether a field is in view by now."""
WAYS: tuple[tuple[str, ...], ...] = ((), ("end",), ("pagedown", "pagedown"), ("pageup",) * 3)
"""Keys that move in a list, as far as they do."""


def in_view(screen: Screen[object], widget: Widget, row: int = 0) -> bool:
    """Whether a row of a widget stands on the screen, and nothing clips it."""
    place = screen.find_widget(widget)
    y = place.region.y + row
    return row < place.region.height and place.clip.y <= y < place.clip.bottom


def lists(screen: Screen[object]) -> Iterator[PickLines]:
    """The lists that are shown and have a chosen line."""
    for each in screen.query(PickLines):
        shown = all(part.display for part in each.ancestors_with_self if isinstance(part, Widget))
        if shown and each.cursor >= 0 and each.lines:
            yield each


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_the_focus_and_the_chosen_line_are_in_view(tmp_path: Path, lang: Language) -> None:
    fields = chosen = 0
    async with demo_running(tmp_path / "demo", LEAST, lang) as demo:
        for name, kind in sorted(all_screens().items()):
            if not issubclass(kind, DeskScreen) or kind.locks:
                continue
            screen = await opened(demo, kind)
            for keys in WAYS:
                await press(demo.pilot, *keys)
                for each in lists(screen):
                    assert in_view(screen, each, each.cursor - each._top), (name, keys, each)
                    chosen += 1
            for field in list(screen.focus_chain):
                screen.set_focus(field)
                for _look in range(LOOKS):  # it is brought into view once the screen is drawn
                    await settle(demo.pilot)
                    if in_view(screen, field):
                        break
                assert in_view(screen, field), (name, field)
                fields += 1
            while len(demo.app.screen_stack) > 2:
                demo.app.pop_screen()
                await settle(demo.pilot)
    assert fields > 50
    assert chosen > 50
