"""What the chosen case needs next, and the key that does it; a click on the key presses it."""

from __future__ import annotations

from textual import events

from dispatcher_tui.present.case.case_panel import next_line
from dispatcher_tui.present.case.next_step import OPEN, NextStep
from dispatcher_tui.present.cells import width
from dispatcher_tui.present.i18n import _
from dispatcher_tui.tui.keys import Hint, hint_for
from dispatcher_tui.tui.widgets.lines import SpanLines


def step_hint(step: NextStep | None, swallowed: frozenset[str] = frozenset()) -> Hint | None:
    """The key that does it, one that arrives at this terminal; None where there is none."""
    if step is None or not step.action:
        return None
    return (
        Hint("Enter", _("Open"))
        if step.action == OPEN
        else hint_for(step.action, swallowed=swallowed)
    )


class NextLine(SpanLines):
    """One sentence and a key."""

    DEFAULT_CSS = """
    NextLine {
        height: 1; background: $desk-bg2; color: $desk-fg1; text-style: $desk-well-form;
    }
    """

    def __init__(self) -> None:
        super().__init__(id="next")
        self._hint = Hint("")

    def tell(self, step: NextStep | None, hint: Hint | None, cells: int) -> None:
        """Show another sentence; nothing where no case is chosen."""
        self._hint = hint or Hint("")
        if step is None:
            self.put([])
        else:
            self.put([next_line(step, self._hint.key, self._hint.text, cells)])

    def on_click(self, event: events.Click) -> None:
        """A click on the key presses it."""
        offset = event.get_content_offset(self)
        cap = width(f" {self._hint.key} ")
        if offset is None or not self._hint.press or offset.x < self.content_size.width - cap:
            return
        event.stop()
        self.app.simulate_key(self._hint.press)
