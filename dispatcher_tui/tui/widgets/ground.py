"""What other widgets stand on: containers that draw nothing of their own but their ground.

Textual asks every widget for all its lines whenever a cell of the screen changed, also for those
that nobody sees; for these it need not make them.
"""

from __future__ import annotations

from textual.containers import Horizontal, Vertical, VerticalScroll


class Across(Horizontal):
    """Widgets side by side."""

    BLANK = True


class Down(Vertical):
    """Widgets one below the other."""

    BLANK = True


class DownScroll(VerticalScroll):
    """The same where they may be more than there is room for."""

    BLANK = True
