"""Ctrl+P: every action and every key of the screen below by its name, fewer the more is typed."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.widgets import Input

from dispatcher_tui.domain.words.text import fold
from dispatcher_tui.present.cells import fit
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.spans import Span
from dispatcher_tui.tui.actions import ACTIONS, Action, label, tip
from dispatcher_tui.tui.keys import ScreenKey
from dispatcher_tui.tui.screens.base import DeskScreen
from dispatcher_tui.tui.screens.system.help import keys_of
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.pick_lines import MOVING, PickLines
from dispatcher_tui.tui.widgets.pick_rows import PickRow, PickRows


class PaletteScreen(DeskScreen):
    """The field keeps the focus; arrows choose, Enter carries out."""

    hints = ("help",)
    passing = True

    DEFAULT_CSS = "PaletteScreen #text { height: 1; padding: 0 0 0 1; }"

    def __init__(self, below: DeskScreen) -> None:
        super().__init__()
        self._below = below
        self._matching: list[Action | ScreenKey] = []

    def heading(self) -> str:
        """What can be typed."""
        return " " + _("Every command: type part of its name, Enter carries it out")

    def body(self) -> ComposeResult:
        """The field and the commands that match."""
        yield Field(id="text", placeholder=_("type here"))
        yield PickRows(id="choices", empty=_("No command of that name."))

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
        actions = [a for a in ACTIONS if a.id != "palette" and wanted in self._words(a)]
        own = [key for key in self._below.own_keys() if key.single and key.label]
        self._matching = [*actions, *(key for key in own if wanted in fold(key.label + key.told))]
        rows = [_row(each, self.swallowed) for each in self._matching]
        self.query_one("#choices", PickRows).put(rows, 0)

    def _words(self, found: Action) -> str:
        """All that finds an action: its name and tip in both languages, its initials, its keys."""
        names = (label(found), tip(found), found.label, found.tip, found.id, found.key)
        initials = self.session.desk.initials(label(found))
        return fold("\n".join([*names, *sorted(initials)]))

    async def on_key(self, event: events.Key) -> None:
        """The arrows move in the list, also while a text is typed."""
        choices = self.query_one("#choices", PickLines)
        moved = event.key in MOVING and choices.move(event.key)
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
        chosen, shell = self._matching[cursor], self.shell
        self.dismiss()
        if isinstance(chosen, Action):
            self.app.call_later(shell.perform, chosen.id)
        else:
            self.app.call_later(self._below.press, chosen.key)


def _row(each: Action | ScreenKey, swallowed: frozenset[str]) -> PickRow:
    """What it is called, what it does, its key."""
    if isinstance(each, ScreenKey):
        name, told, keys = each.label, each.help, each.name
    else:
        name, told, keys = label(each), tip(each), keys_of(each, swallowed)
    return PickRow(
        [Span(f" {fit(name, 14)} ", "fg0"), Span(told, "fg1")], [Span(keys, "fg2")] if keys else []
    )
