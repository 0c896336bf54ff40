"""A screen that was left is gone: nothing of it stays in memory, however often it is opened."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Any
from weakref import WeakSet

import pytest
from textual.color import Color
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget

from dispatcher_tui.tui import textual_parts
from dispatcher_tui.tui.screens.case.board import BoardScreen
from tests.tui.leak import on_leak
from tests.tui.support import press

KEYS = ("f2", "f3", "f4", "f5", "f6", "f7", "f8", "slash", "enter", "f1", "ctrl+p", "0")
ROUNDS = 3
AT_MOST_MORE = 2_000
"""Objects that a round may leave behind; one screen kept is some 3,000, a round's 13 are 20,000."""


CALL_OFF = ("f9", "1", "escape", "1", *"tried", "enter", "f10")
"""An emergency is opened and called off; what it was is written down."""


async def open_and_leave(pilot: Pilot[int], key: str) -> None:
    """Open a screen over the board by its key and go back to the board."""
    await press(pilot, key)
    assert not isinstance(pilot.app.screen, BoardScreen), key
    for _step in range(4):
        if not isinstance(pilot.app.screen, BoardScreen):
            await press(pilot, "escape")
    assert isinstance(pilot.app.screen, BoardScreen), key


class Witness:
    """Every widget that was made while it looks, held by nothing."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._seen: WeakSet[Widget] = WeakSet()
        self.screens_made = 0
        made = Widget.__init__

        def make(widget: Widget, *args: Any, **named: Any) -> None:
            made(widget, *args, **named)
            self._seen.add(widget)
            self.screens_made += isinstance(widget, Screen)

        monkeypatch.setattr(Widget, "__init__", make)

    @property
    def living(self) -> set[Widget]:
        """Those that something still holds."""
        gc.collect()
        return set(self._seen)

    @property
    def screens(self) -> set[Widget]:
        """The screens among them."""
        return {each for each in self.living if isinstance(each, Screen)}


async def test_nothing_of_a_screen_that_was_left_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    witness = Witness(monkeypatch)
    async with on_leak(tmp_path) as desk:
        pilot = desk.pilot
        found = []
        for _round in range(ROUNDS):
            for key in KEYS:
                await open_and_leave(pilot, key)
            await pilot.pause(0.5)  # as below
            found.append((len(witness.living), len(gc.get_objects())))
            assert witness.screens == set(pilot.app.screen_stack)
        await press(pilot, *CALL_OFF)
        assert isinstance(pilot.app.screen, BoardScreen)
        await pilot.pause(0.5)  # a timer that was ended is known to the loop until its time
        # The field of the last key may still be known to the task that handled it.
        assert len(witness.living) <= found[0][0] + 1
        assert witness.screens == set(pilot.app.screen_stack)
        assert witness.screens_made >= ROUNDS * len(KEYS)
        widgets, objects = zip(*found, strict=True)
        assert max(widgets) - min(widgets) <= 1, widgets
        # The first round imports modules and fills the caches of what is drawn.
        assert objects[2] - objects[1] < AT_MOST_MORE, objects


def _remember(cache: Any) -> WeakSet[Any]:
    owner = cache()
    owner.get_inner_outer(Color(0, 0, 0), Color(1, 1, 1))
    return WeakSet([owner])


def test_textual_still_keeps_drawn_lines_and_lets_them_go() -> None:
    """Where this fails, Textual keeps them no more: ``forget_drawn_lines`` is to be deleted."""
    from textual._styles_cache import StylesCache

    left = _remember(StylesCache)
    gc.collect()
    assert len(left) == 1
    textual_parts.forget_drawn_lines()
    gc.collect()
    assert not left


def test_a_textual_without_that_cache_is_none_to_fear(monkeypatch: pytest.MonkeyPatch) -> None:
    from textual import _styles_cache

    monkeypatch.delattr(_styles_cache.StylesCache, "get_inner_outer")
    assert textual_parts._cache_of_drawn_lines() is None
    monkeypatch.setattr(textual_parts, "_clear_drawn_lines", None)
    textual_parts.forget_drawn_lines()
    monkeypatch.setattr(_styles_cache, "StylesCache", None)
    assert textual_parts._cache_of_drawn_lines() is None
