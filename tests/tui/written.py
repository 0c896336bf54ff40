"""What the program writes to the terminal, counted in the bytes that it would send."""

from __future__ import annotations

from typing import Any

import pytest
from textual._compositor import CompositorUpdate
from textual.screen import Screen

from dispatcher_tui.tui.app import DispatcherApp


class Written:
    """Counts the bytes of every picture and change of one; made before the program runs."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.bytes = 0
        display = DispatcherApp._display

        def count(app: DispatcherApp, screen: Screen[Any], change: Any) -> None:
            if isinstance(change, CompositorUpdate):
                self.bytes += len(change.render_segments(app.console).encode())
            display(app, screen, change)

        monkeypatch.setattr(DispatcherApp, "_display", count)

    def take(self) -> int:
        """The bytes since it was last asked."""
        found, self.bytes = self.bytes, 0
        return found
