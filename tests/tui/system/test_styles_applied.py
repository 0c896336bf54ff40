"""A screen that opens gives each of its widgets its styles once, not once more for each class."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.screen import Screen

from tests.tui.leak import on_leak
from tests.tui.support import NARROW, WIDE, Size, press

AGAIN = 14
"""Times that a widget may be styled once more: it takes the focus, has something to say, or its
script has no room beside the number."""

KEYS = ("f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "f12", "enter")


@pytest.mark.sweep
@pytest.mark.parametrize("size", [NARROW, WIDE])
@pytest.mark.parametrize("key", KEYS)
async def test_each_widget_is_styled_once(key: str, size: Size, tmp_path: Path) -> None:
    real, styled = Stylesheet.apply, Counter[DOMNode]()

    def count(sheet: Stylesheet, node: DOMNode, *args: Any, **named: Any) -> None:
        styled[node] += 1
        real(sheet, node, *args, **named)

    async with on_leak(tmp_path, size=size) as desk:
        with patch.object(Stylesheet, "apply", count):
            await press(desk.pilot, key)
        screen = desk.top()
        widgets = [screen, *screen.walk_children()]
        times = sum(styled[widget] for widget in widgets)
        print(key, size, len(widgets), times, styled.total())
        assert len(widgets) <= times <= len(widgets) + AGAIN


@pytest.mark.sweep
@pytest.mark.parametrize("size", [NARROW, WIDE])
@pytest.mark.parametrize("key", KEYS)
async def test_styling_it_anew_changes_nothing(key: str, size: Size, tmp_path: Path) -> None:
    async with on_leak(tmp_path, size=size) as desk:
        await press(desk.pilot, key)
        opened = looks(desk.top())
        desk.top().update_node_styles()
        await desk.pilot.pause()
        assert looks(desk.top()) == opened


def looks(screen: Screen[Any]) -> list[str]:
    """How every widget of a screen is styled."""
    return [f"{widget}: {widget.styles.css}" for widget in (screen, *screen.walk_children())]
