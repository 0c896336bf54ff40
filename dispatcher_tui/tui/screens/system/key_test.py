"""``doctor``: the twelve F-keys, pressed one after the other, to see which the terminal keeps."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType

from dispatcher_tui.domain.words.looks import NIGHT
from dispatcher_tui.present.i18n import _
from dispatcher_tui.tui.keys import Hint
from dispatcher_tui.tui.look import LookApp
from dispatcher_tui.tui.widgets.hint_bar import HintBar
from dispatcher_tui.tui.widgets.lines import Lines

KEYS = tuple(f"f{number}" for number in range(1, 13))


class KeyTestApp(LookApp[list[str]]):
    """Notes which F-keys arrive; gives the names of those that did not."""

    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, wish: str = NIGHT) -> None:
        super().__init__(wish)
        self._seen: set[str] = set()

    def compose(self) -> ComposeResult:
        """What to do, what has arrived, how to end."""
        yield Lines(_("Press F1 to F12, one after the other; Enter when a key does nothing."))
        yield Lines("", id="keys")
        yield HintBar([Hint("Enter", _("done")), Hint("Esc", _("leave without trying"), kept=True)])

    def on_mount(self) -> None:
        """Show that nothing has arrived yet."""
        self._show()

    def _show(self) -> None:
        marks = [f"[{'x' if key in self._seen else ' '}] {key.upper()}" for key in KEYS]
        self.query_one("#keys", Lines).show("\n".join(marks))

    async def on_event(self, event: events.Event) -> None:
        """Every key is looked at before anything is bound to it."""
        if isinstance(event, events.Key):
            self._arrived(event.key)
            return
        await super().on_event(event)

    def _arrived(self, key: str) -> None:
        if key in KEYS:
            self._seen.add(key)
            self._show()
        if key == "escape":
            self.exit(None)
        elif key == "enter" or len(self._seen) == len(KEYS):
            self.exit([each.upper() for each in KEYS if each not in self._seen])
