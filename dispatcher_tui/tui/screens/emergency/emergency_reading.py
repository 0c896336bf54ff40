"""F9 where another desk owns the file: who owns it, and whom to ring; nothing is recorded here."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult

from dispatcher_tui.desk.emergency.emergency import (
    Emergency,
    Holding,
    Kind,
    holding,
    kinds,
    unrecorded_emergency,
)
from dispatcher_tui.domain.emergency.call_rows import call_rows
from dispatcher_tui.domain.words.text import fold_key
from dispatcher_tui.present.emergency.emergency_lines import call_list, numbers_line
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.spans import Span
from dispatcher_tui.tui.keys import ScreenKey
from dispatcher_tui.tui.only_read import nothing_written
from dispatcher_tui.tui.routes import ToEmergency
from dispatcher_tui.tui.screens.base import DeskScreen
from dispatcher_tui.tui.widgets.emergency_head import EmergencyHead
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.pick_lines import PickLines

KIND, RUNNING = "kind", "running"
"""What a row leads to: the calls of a kind, an emergency on record to look at."""


class EmergencyReadingScreen(DeskScreen):
    """The outside numbers, then by the kind's digit the list of calls as a paper would have it."""

    hints = ("find", "help")
    veiled = False

    DEFAULT_CSS = """
    EmergencyReadingScreen #body { overflow: hidden; }
    EmergencyReadingScreen #owner { text-style: bold; }
    EmergencyReadingScreen #numbers {
        background: $desk-bg2; color: $desk-fg0; text-style: $desk-strip-form;
    }
    EmergencyReadingScreen #title { text-style: bold; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[tuple[str, str]] = []
        self._held: tuple[Holding, ...] = ()
        self._shown: Emergency | None = None
        self._more = False

    @property
    def _kinds(self) -> tuple[Kind, ...]:
        return kinds(self.session.desk)

    def head(self) -> EmergencyHead:
        """That it is no record."""
        head = EmergencyHead()
        badges = [Span(f" {_('EMERGENCY')} ", "over"), Span(" ")]
        head.tell([*badges, Span(f" {_('READ ONLY')} ", "warn")], (), held=True)
        return head

    def body(self) -> ComposeResult:
        """Who owns the file, the numbers, the kinds or the calls."""
        yield Lines(nothing_written(self.session), id="owner")
        yield Lines(_("Ring from here now; each call with its time on paper."), id="paper")
        outside = tuple(self.session.desk.site.site.outside.items())
        yield Lines(numbers_line(outside), id="numbers")
        yield Lines("", id="title")
        yield PickLines(id="rows")

    async def on_mount(self) -> None:
        """What runs already can be looked at."""
        self._held = await self.run_on_desk(lambda desk: holding(desk), writes=False) or ()
        self._show_kinds()

    def _show_kinds(self) -> None:
        self._shown = None
        shown = []
        for each in self._held:
            named = (each.number, self.called(each.kind), each.place)
            case = " ".join(part for part in named if part)
            shown.append((_("look at {case}").format(case=case), RUNNING, each.case_id))
        shown += [(f"{kind.key:<3} {localized(kind.title)}", KIND, kind.id) for kind in self._kinds]
        self._rows = [(what, name) for _text, what, name in shown]
        self.query_one("#title", Lines).show(_("A digit (0 and a digit), or Enter: whom to ring."))
        self.query_one("#rows", PickLines).show([text for text, _what, _name in shown], 0)

    async def _show_calls(self, kind: str) -> None:
        """Whom to ring, in the order of calls as it would be now."""
        self._more = False
        found = await self.run_on_desk(lambda desk: unrecorded_emergency(desk, kind), writes=False)
        if found is None:
            return
        self._shown = found
        title = _("{kind}: ring in this order. Esc: the kinds.")
        self.query_one("#title", Lines).show(title.format(kind=self.called(kind)))
        lines = call_list(call_rows(found.standing), found.rules.procedure)
        self.query_one("#rows", PickLines).show(lines, 0)

    async def on_key(self, event: events.Key) -> None:
        """The kinds by their digits, the arrows, Enter."""
        key, rows = fold_key(event.character or ""), self.query_one("#rows", PickLines)
        if key.isdigit():
            await self._digit(key)
        elif event.key == "enter":
            await self._take_row(rows.cursor)
        elif not rows.move(event.key):
            return
        event.stop()
        event.prevent_default()

    async def _digit(self, key: str) -> None:
        if key == "0" and not self._more:
            self._more = True
            self.say(_("0, then one more digit."))
            return
        wanted, self._more = f"0{key}" if self._more else key, False
        kind = next((each for each in self._kinds if each.key == wanted), None)
        if kind is None:
            self.say(_("A digit names the kind; 0 shows more."))
        else:
            self.say("")
            await self._show_calls(kind.id)

    async def _take_row(self, row: int) -> None:
        if self._shown is not None or not 0 <= row < len(self._rows):
            return
        what, name = self._rows[row]
        if what == KIND:
            await self._show_calls(name)
            return
        self.shell.go(ToEmergency(name))

    async def on_pick_lines_taken(self, event: PickLines.Taken) -> None:
        """A row was clicked that was chosen already."""
        event.stop()
        await self._take_row(event.lines.cursor)

    def own_keys(self) -> Sequence[ScreenKey]:
        """F9 once more, and F10."""
        return (
            ScreenKey("emergency", "", self.another_emergency),
            ScreenKey("commit", "", self.commit),
        )

    async def another_emergency(self) -> None:
        """F9 once more: the kinds again."""
        self._show_kinds()

    async def commit(self) -> None:
        """F10: there is nothing to commit."""
        self.say(_("Another desk owns this file; here it can only be read."))

    async def go_back(self) -> None:
        """Esc: from the calls to the kinds, from there to where F9 was pressed."""
        if self._shown is None:
            self.dismiss()
        else:
            self._show_kinds()

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [_("A digit (0 and a digit), or Enter: whom to ring.")]
