"""The menu: everything by one digit, for when letters and F-keys are swallowed."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult

from dispatcher_tui.domain.record.case_line import CaseLine
from dispatcher_tui.domain.words.text import fold_key
from dispatcher_tui.present.cells import fit, wrap
from dispatcher_tui.present.countdown import remaining
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.spans import Span
from dispatcher_tui.tui.actions import MENU, MORE_MENU, Action, action, label, tip
from dispatcher_tui.tui.keys import APART, ScreenKey
from dispatcher_tui.tui.routes import ToMenu
from dispatcher_tui.tui.screens.base import DeskScreen
from dispatcher_tui.tui.screens.system.help import keys_of
from dispatcher_tui.tui.widgets.key_lines import KeyLines
from dispatcher_tui.tui.widgets.lines import SpanLines, TitleStrip
from dispatcher_tui.tui.widgets.pick_lines import PickLines
from dispatcher_tui.tui.widgets.pick_rows import PickRow, PickRows

CASE_LETTERS = ("note", "ring_again", "regrade", "correct", "record_step", "corrective", "typical")
"""What is told of below the menu: the letters of the chosen case."""

MORE = ""
"""Stands for the page behind: the rest of the menu, or the whole one behind a screen's own."""


class MenuScreen(DeskScreen):
    """The actions of ``ids`` by the digits 1 to 9, 0; where they are not ten, 0 is another page."""

    hints = ("help",)
    passing = True

    DEFAULT_CSS = """
    MenuScreen #choices { height: auto; margin: 1 0; }
    MenuScreen #keys { padding: 0 0 0 1; }
    """

    def __init__(self, ids: Sequence[str]) -> None:
        super().__init__()
        here = ids if len(ids) <= 10 else ids[:9]
        self._ids = [*here] if len(here) == 10 else [*here, MORE]
        self._behind = tuple(ids[len(here) :]) or (MORE_MENU if tuple(ids) == MENU else MENU)

    def heading(self) -> str:
        """How it is worked."""
        return " " + _("Menu: press a digit; Esc goes back")

    def body(self) -> ComposeResult:
        """One row an action; below them what the chosen case needs, and its letters."""
        yield PickRows(id="choices")
        if self._ids[-1] == MORE and self._behind is not MENU:
            yield TitleStrip("", id="about")
            yield SpanLines(id="needs")
            yield KeyLines("", id="keys")

    def on_mount(self) -> None:
        """Put the rows up."""
        self.query_one("#choices", PickRows).put(
            [self._row(place, name) for place, name in enumerate(self._ids)], 0
        )
        line = self.shell.board.line(self.shell.current_case())
        for strip in self.query("#about").results(TitleStrip):
            strip.display = self.query_one("#keys").display = line is not None
            self.query_one("#needs").display = line is not None
            if line is not None:
                self._tell(strip, line)

    def _tell(self, strip: TitleStrip, line: CaseLine) -> None:
        """The case that letters are about, how it stands, and the letters."""
        now = self.session.now()
        words = f"{line.number}  {line.place} {self.called(line.content or line.category)}"
        strip.title(f"{_('For the chosen case')}  {words}")
        left = remaining(line.next_due, now) if line.next_due is not None else ""
        role = "overt" if line.next_due is not None and line.next_due <= now else "fg2"
        duty = localized(line.next_label)
        self.query_one("#needs", SpanLines).put(
            [[Span("  "), Span(duty, "fg0"), Span(f"   {left}", role)]] if duty else []
        )
        letters = [action(name) for name in CASE_LETTERS]
        keys = APART.join(f"{found.also} {label(found)}" for found in letters)
        self.query_one("#keys", KeyLines).show("\n".join(wrap(keys, self.cells - 2)))

    def _digit(self, place: int) -> int:
        last = place == len(self._ids) - 1
        return 0 if place == 9 or (last and self._ids[place] == MORE) else place + 1

    def _row(self, place: int, name: str) -> PickRow:
        """The digit, what it does, and the keys that do the same."""
        digit = f" {self._digit(place)} "
        if name == MORE:
            words = _("The whole menu") if self._behind is MENU else _("More commands")
            return PickRow([Span(" "), Span(digit, "cap"), Span(f" {words}", "fg0")])
        found: Action = action(name)
        cap = Span(digit, "emgh" if name == "emergency" else "cap")
        title, more = fit(label(found), 14), tip(found)
        keys = keys_of(found, self.swallowed)
        return PickRow(
            [Span(" "), cap, Span(f" {title} ", "fg0"), Span(more, "fg1")], [Span(keys, "fg2")]
        )

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
