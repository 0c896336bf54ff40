"""What tests of the emergency's screen read off it."""

from __future__ import annotations

from typing import Any

from textual.pilot import Pilot

from dispatcher_tui.tui.screens.emergency.emergency import EmergencyScreen
from dispatcher_tui.tui.widgets.call_tree import CallTree
from dispatcher_tui.tui.widgets.handset import Handset
from dispatcher_tui.tui.widgets.lines import Lines

LIFT = ("f9", "5", "8", *"5-1", "enter")
"""Trapped in a lift, at 5-1; the lift rescue stands there to be rung."""


def top(pilot: Pilot[Any]) -> EmergencyScreen:
    """The emergency's screen."""
    screen = pilot.app.screen
    assert isinstance(screen, EmergencyScreen)
    return screen


def rung(pilot: Pilot[Any]) -> str:
    """The name of the one who stands there to be rung."""
    target = top(pilot).query_one(CallTree).target
    return target.name if target else ""


def line(pilot: Pilot[Any], name: str) -> str:
    """One of the screen's lines; ``order`` is how long it rings and who is next."""
    if name == "order":
        return f" {top(pilot).query_one(Handset).order}"
    return top(pilot).query_one(f"#{name}", Lines).text
