"""The menu: everything by one digit, for when letters and F-keys are swallowed."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult

from dispatcher_tui.domain.words.text import fold_key
from dispatcher_tui.present.cells import fit
from dispatcher_tui.present.i18n import _
from dispatcher_tui.tui.actions import MENU, MORE_MENU, Action, action, label, tip
from dispatcher_tui.tui.keys import ScreenKey
from dispatcher_tui.tui.routes import ToMenu
from dispatcher_tui.tui.screens.base import DeskScreen
from dispatcher_tui.tui.screens.system.help import keys_of
from dispatcher_tui.tui.widgets.pick_lines import PickLines

MORE = ""
"""Stands for the page behind: the rest of the menu, or the whole one behind a screen's own."""


class MenuScreen(DeskScreen):
    """The actions of ``ids`` by the digits 1 to 9, 0; where they are not ten, 0 is another page."""

    hints = ("help",)

    DEFAULT_CSS = "MenuScreen #choices { padding: 1 0 0 2; }"

    def __init__(self, ids: Sequence[str]) -> None:
        super().__init__()
        here = ids if len(ids) <= 10 else ids[:9]
        self._ids = [*here] if len(here) == 10 else [*here, MORE]
        self._behind = tuple(ids[len(here) :]) or (MORE_MENU if tuple(ids) == MENU else MENU)

    def heading(self) -> str:
        """How it is worked."""
        return " " + _("Menu: press a digit; Esc goes back")

    def body(self) -> ComposeResult:
        """One line an action."""
        yield PickLines(id="choices")

    def on_mount(self) -> None:
        """Put the lines up."""
        lines = [
            f"{self._digit(place)}  {self._text(name)}" for place, name in enumerate(self._ids)
        ]
        self.query_one("#choices", PickLines).show(lines, 0)

    def _digit(self, place: int) -> int:
        last = place == len(self._ids) - 1
        return 0 if place == 9 or (last and self._ids[place] == MORE) else place + 1

    def _text(self, name: str) -> str:
        if name == MORE:
            return _("The whole menu") if self._behind is MENU else _("More commands")
        found: Action = action(name)
        return f"{fit(label(found), 14)} {fit(tip(found), 42)} {keys_of(found)}"

    def own_keys(self) -> Sequence[ScreenKey]:
        """The digits that the lines begin with."""
        what = _("carries out the line it stands before; so does 0")
        return (ScreenKey("1-9", "", self._take, what),)

    def _take(self, number: int) -> bool:
        place = next((p for p in range(len(self._ids)) if self._digit(p) == number), None)
        if place is None:
            return False
        self._run(place)
        return True

    def _run(self, place: int) -> None:
        """Go back to the screen below, which then answers the action."""
        name = self._ids[place]
        shell = self.shell
        self.dismiss()
        if name == MORE:
            self.app.call_later(shell.go, ToMenu(self._behind))
        else:
            self.app.call_later(shell.perform, name)

    async def on_key(self, event: events.Key) -> None:
        """0 is a digit of the menu here; arrows and Enter work too."""
        choices = self.query_one("#choices", PickLines)
        if event.key == "enter":
            self._run(choices.cursor)
        elif fold_key(event.character or "") == "0":
            self._take(0)
        elif not choices.move(event.key):
            return
        event.stop()
        event.prevent_default()

    def on_pick_lines_taken(self, event: PickLines.Taken) -> None:
        """The chosen line was clicked once more."""
        event.stop()
        self._run(event.lines.cursor)
