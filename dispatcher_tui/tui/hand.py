"""What the hand finds alike on every screen: its keys, a choice that goes on, a click on a key."""

from __future__ import annotations

import re
from collections.abc import Coroutine, Sequence
from typing import TYPE_CHECKING, cast

from textual import events, on
from textual.widget import Widget

from dispatcher_tui.present.cells import width
from dispatcher_tui.present.i18n import _
from dispatcher_tui.tui.hinted import HintedScreen
from dispatcher_tui.tui.keys import KEY_WORK, ScreenKey, key_for
from dispatcher_tui.tui.widgets.form import Choice, Field
from dispatcher_tui.tui.widgets.lines import Lines, Manner, MessageLine
from dispatcher_tui.tui.widgets.pin import digit_on

if TYPE_CHECKING:
    from dispatcher_tui.desk.session import Session
    from dispatcher_tui.tui.shell import Shell

_KEY = re.compile(r"(?:^|(?<=[\s\[>*|]))([0-9])(?:/Enter)?[ *]?(?=[^\W\d_])")
"""A digit before the word that it stands for."""

_ENDS = re.compile(r"\]|\s{2,}")
"""What parts one key's words from the next."""

_TABS = re.compile(r"\[\d ")
"""The page that is open, among those that digits lead to."""


class Handed(HintedScreen):
    """A screen that keys and mouse work alike."""

    @property
    def shell(self) -> Shell:
        """The application it runs in, as far as a screen knows it."""
        return cast("Shell", self.app)

    @property
    def is_current(self) -> bool:
        """Whether it is on top: every screen of the desk hides the one below it.

        Textual says it of the screen below as well, and paints the one on top anew for whatever
        changes there.
        """
        stack = self.app.screen_stack
        return bool(stack) and stack[-1] is self

    @property
    def session(self) -> Session:
        """The way to the desk."""
        return self.shell.session

    @property
    def swallowed(self) -> frozenset[str]:
        """The F-keys that never arrive at this terminal."""
        return self.shell.swallowed

    def own_keys(self) -> Sequence[ScreenKey]:
        """The screen's own keys, and the actions it answers itself, as they stand now."""
        return ()

    def say(self, text: str, manner: Manner = Manner.TOLD) -> None:
        """Show a line to the operator; an empty one takes it away."""
        self.query_one("#message", MessageLine).say(text, manner)

    def told_before(self, at: float) -> None:
        """A key was pressed at that moment: what was told of the one before it is old. A refusal
        stands until something of the form is changed, a question until it is answered."""
        line = self.query_one_optional("#message", MessageLine)
        if line is not None and line.manner is Manner.TOLD and line.read_by(at):
            line.show("")

    def ask(self, text: str) -> None:
        """Say what has to be answered before it goes on."""
        self.say(text, Manner.ASKED)

    @property
    def number_here(self) -> str:
        """The number that stands here to be rung; empty where none does."""
        for widget in self.walk_children(Widget):
            phone = getattr(widget, "phone", "")
            if phone and isinstance(phone, str) and widget.display:
                return phone
        return ""

    def press(self, pressed: str) -> bool:
        """A digit or a letter outside of text; True where the screen made use of it."""
        key = key_for(self.own_keys(), pressed)
        if key is None:
            return False
        if key.off:
            self.say(key.off)
            return True
        if isinstance(done := key.press(pressed), Coroutine):
            self.run_worker(done, exit_on_error=False, group=KEY_WORK)
        return done is not False

    @on(Choice.Changed)
    def go_on_from(self, event: Choice.Changed) -> None:
        """One of a few was chosen by hand: the keys go on to what is to be filled next.

        A screen that leads elsewhere has done so by now; behind the last field there is nothing.
        """
        choice, fields = event.choice, self.focus_chain
        if event.by_hand and not choice.many and self.focused is choice is not fields[-1]:
            digit_on(self)

    def on_field_passed_on(self, event: Field.PassedOn) -> None:
        """A digit behind a digit: the text between them stands, the next field takes it."""
        event.stop()
        digit_on(self)
        if not (isinstance(self.focused, Choice) and self.focused.press(event.key)):
            words = _("{key} replaces no text that stands there already: Shift+Tab leads to it.")
            self.say(words.format(key=event.key))

    def on_click(self, event: events.Click) -> None:
        """A click on a key that is drawn with its words presses it."""
        from dispatcher_tui.tui.widgets.picker import PickList  # few screens have one
        from dispatcher_tui.tui.widgets.question import Question

        widget = event.widget
        offset = event.get_content_offset(widget) if isinstance(widget, Widget) else None
        if widget is None or offset is None:
            return
        row = widget.render_line(offset.y).text
        if isinstance(widget, Choice | Question | PickList):
            digit = digit_drawn(row, offset.x)
            if digit:
                event.stop()
                if isinstance(widget, PickList):
                    self.set_focus(widget.picker)
                self.app.simulate_key(digit)
        elif isinstance(widget, Lines) and (key := self._key_drawn(row, offset.x)):
            event.stop()
            self.press(key)

    def _key_drawn(self, row: str, cell: int) -> str:
        """The key of this screen whose words stand at a cell of a row; a page among the pages."""
        for key in self.own_keys():
            at = row.find(key.shown) if key.label and len(key.key) == 1 else -1
            if at >= 0 and width(row[:at]) <= cell < width(row[:at]) + width(key.shown):
                return key.key
        return digit_drawn(row, cell) if _TABS.search(row) else ""


def digit_drawn(row: str, cell: int) -> str:
    """The digit whose words stand at a cell of a row; empty where none do."""
    for match in _KEY.finditer(row):
        end = _ENDS.search(row, match.end())
        stop = end.start() if end else len(row)
        if width(row[: match.start()]) <= cell < width(row[:stop]):
            return match[1]
    return ""
