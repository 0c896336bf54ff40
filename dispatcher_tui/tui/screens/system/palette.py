"""Ctrl+P: every action by its name, fewer the more is typed."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.widgets import Input

from dispatcher_tui.domain.words.text import fold
from dispatcher_tui.present.cells import fit
from dispatcher_tui.present.i18n import _
from dispatcher_tui.tui.actions import ACTIONS, Action, label, tip
from dispatcher_tui.tui.screens.base import DeskScreen
from dispatcher_tui.tui.screens.system.help import keys_of
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.pick_lines import PickLines


class PaletteScreen(DeskScreen):
    """The field keeps the focus; arrows choose, Enter carries out."""

    hints = ("help",)

    DEFAULT_CSS = "PaletteScreen #text { height: 1; }"

    def __init__(self) -> None:
        super().__init__()
        self._matching: list[Action] = []

    def heading(self) -> str:
        """What can be typed."""
        return " " + _("Every command: type part of its name, Enter carries it out")

    def body(self) -> ComposeResult:
        """The field and the commands that match."""
        yield Field(id="text", placeholder=_("type here"))
        yield PickLines(id="choices", empty=_("No command of that name."))

    def on_mount(self) -> None:
        """All commands stand there before anything is typed."""
        self.query_one("#text", Field).focus()
        self._narrow("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Fewer commands match, or more."""
        event.stop()
        self._narrow(event.value)

    def _narrow(self, typed: str) -> None:
        wanted = fold(typed).strip()
        self._matching = [a for a in ACTIONS if a.id != "palette" and wanted in self._words(a)]
        lines = [
            f"{fit(label(a), 14)} {fit(tip(a), 42)} {keys_of(a)}".rstrip() for a in self._matching
        ]
        self.query_one("#choices", PickLines).show(lines, 0)

    def _words(self, found: Action) -> str:
        """All that finds an action: its name and tip in both languages, its initials, its keys."""
        names = (label(found), tip(found), found.label, found.tip, found.id, found.key)
        initials = self.session.desk.initials(label(found))
        return fold("\n".join([*names, *sorted(initials)]))

    async def on_key(self, event: events.Key) -> None:
        """The arrows move in the list, also while a text is typed."""
        choices = self.query_one("#choices", PickLines)
        moved = event.key in ("up", "down", "pageup", "pagedown") and choices.move(event.key)
        if not moved and event.key != "enter":
            return
        if not moved:
            self._run()
        event.stop()
        event.prevent_default()

    def on_pick_lines_taken(self, event: PickLines.Taken) -> None:
        """The chosen line was clicked once more."""
        event.stop()
        self._run()

    def _run(self) -> None:
        """Go back to the screen below, which then answers the action."""
        cursor = self.query_one("#choices", PickLines).cursor
        if not 0 <= cursor < len(self._matching):
            return
        name = self._matching[cursor].id
        shell = self.shell
        self.dismiss()
        self.app.call_later(shell.perform, name)
