"""The menu: everything by one digit, for when letters and F-keys are swallowed."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult

from dispatcher_tui.desk.case.next_of_case import read_chosen
from dispatcher_tui.domain.record.case_line import CaseLine
from dispatcher_tui.domain.words.text import fold_key
from dispatcher_tui.present.case.next_step import OPEN, next_step
from dispatcher_tui.present.cells import fit
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.spans import Span
from dispatcher_tui.tui.actions import MENU, MORE_MENU, Action, action, label, tip
from dispatcher_tui.tui.keys import APART, ScreenKey
from dispatcher_tui.tui.routes import ToMenu
from dispatcher_tui.tui.screens.base import DeskScreen
from dispatcher_tui.tui.screens.system.help import keys_of
from dispatcher_tui.tui.widgets.key_lines import KeyLines
from dispatcher_tui.tui.widgets.lines import TitleStrip
from dispatcher_tui.tui.widgets.next_line import NextLine, step_hint
from dispatcher_tui.tui.widgets.pick_lines import PickLines
from dispatcher_tui.tui.widgets.pick_rows import PickRow, PickRows

CASE_LETTERS = ("note", "ring_again", "regrade", "correct", "record_step", "corrective", "typical")
"""What is told of below the menu: the letters of the chosen case."""

LOW = 20
"""Rows of a terminal below which no empty one stands between the parts."""

MORE = ""
"""Stands for the page behind: the rest of the menu, or the whole one behind a screen's own."""


class MenuScreen(DeskScreen):
    """The actions of ``ids`` by the digits 1 to 9, 0; where they are not ten, 0 is another page."""

    hints = ("help",)
    passing = True

    DEFAULT_CSS = """
    MenuScreen #choices { height: auto; margin: 1 0; } MenuScreen.low #choices { margin: 0; }
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
        """What the chosen case needs, one row an action, the letters of that case."""
        self.set_class(self.app.size.height < LOW, "low")
        tells = self._ids[-1] == MORE and self._behind is not MENU
        if tells:
            yield TitleStrip("", id="about")
            yield NextLine()
        yield PickRows(id="choices")
        if tells:
            yield KeyLines("", id="keys")

    async def on_mount(self) -> None:
        """Put the rows up, and say what the chosen case needs as soon as it is read."""
        self.query_one("#choices", PickRows).put(
            [self._row(place, name) for place, name in enumerate(self._ids)], 0
        )
        case_id = self.shell.current_case()
        line = self.shell.board.line(case_id)
        for strip in self.query("#about").results(TitleStrip):
            strip.display = self.query_one(NextLine).display = line is not None
            self.query_one("#keys").display = line is not None and not self.has_class("low")
            if line is not None:
                self._tell(strip, line)
                await self._tell_next(case_id)

    def _tell(self, strip: TitleStrip, line: CaseLine) -> None:
        """The case that letters are about, and the letters."""
        words = f"{line.number}  {line.place} {self.called(line.content or line.category)}"
        strip.title(f"{_('For the chosen case')}  {words}")
        letters = [action(name) for name in CASE_LETTERS]
        keys = APART.join(f"{found.also} {label(found)}" for found in letters)
        self.query_one("#keys", KeyLines).show(keys)

    async def _tell_next(self, case_id: str) -> None:
        """One plain sentence, and the key that does it."""
        found = await self.run_on_desk(lambda desk: read_chosen(desk, case_id), writes=False)
        if found is None or not self.is_attached:
            return
        now = self.session.now()
        step = next_step(found.case, found.duty, found.rules, now, found.person)
        # Enter carries out the chosen line here.
        hint = step_hint(step, self.swallowed) if step.action != OPEN else None
        self.query_one(NextLine).tell(step, hint, self.cells)

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
