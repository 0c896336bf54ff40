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
    """The same where they may be more than there is room for.

    In another size the field that is typed in stays in view: nobody types where nothing is seen.
    """

    BLANK = True

    def on_resize(self) -> None:
        """Rows came or went."""
        self.call_after_refresh(self._show_focused)

    def _show_focused(self) -> None:
        """Whichever field has the focus by now."""
        field = self.screen.focused if self.is_attached else None
        if field is not None and self in field.ancestors:
            field.scroll_visible(animate=False)
