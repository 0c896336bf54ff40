"""A site on which nobody may sign in: its first operator's name and PIN, before the desk opens."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Input

from dispatcher_tui.desk.session import Session
from dispatcher_tui.desk.site.setup import first_operator
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.words.failure import Failure
from dispatcher_tui.domain.words.looks import NIGHT
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.refusals import explain, explain_failure
from dispatcher_tui.tui.keys import Hint
from dispatcher_tui.tui.screens.system.first_run import wrong_pin
from dispatcher_tui.tui.typeahead import TypeAhead
from dispatcher_tui.tui.widgets.form import Cut, Field
from dispatcher_tui.tui.widgets.hint_bar import HintBar
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.pin import PIN_LIMIT, enter_on
from dispatcher_tui.tui.widgets.row import Row


class FirstOperatorScreen(Screen[bool]):
    """Three fields; Esc leaves the program. It gives whether there is an operator now."""

    DEFAULT_CSS = """
    FirstOperatorScreen { layout: vertical; }
    FirstOperatorScreen > #heading {
        height: 1; background: $desk-bar; color: $desk-bar0; text-style: bold;
    }
    FirstOperatorScreen > #form { height: 1fr; }
    FirstOperatorScreen > #message {
        height: auto; min-height: 1; max-height: 3;
        background: $desk-bg0; color: $desk-warnt;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10,ctrl+s", "commit", priority=True, show=False),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session

    def compose(self) -> ComposeResult:
        """Why it is asked, then the form."""
        site = self._session.desk.site.site.name
        yield Lines(f" {site}  {_('first operator')}", id="heading", wrap=False)
        with VerticalScroll(id="form", can_focus=False):
            yield Lines(_("Nobody may sign in here yet. A watch needs a name and a PIN."))
            yield Row(_("Your name"), Field(words_only=True, id="operator"))
            yield Row(_("Your PIN"), Field(secret=True, limit=PIN_LIMIT, id="pin"))
            yield Row(_("The same PIN again"), Field(secret=True, limit=PIN_LIMIT, id="again"))
        yield Lines("", id="message")
        yield HintBar(
            [
                Hint("Enter", _("next")),
                Hint("F10", _("on to the desk")),
                Hint("Esc", _("leave"), kept=True),
            ]
        )

    def on_mount(self) -> None:
        """The name comes first."""
        self.query_one("#operator").focus()

    def _complain(self, field: str, words: str) -> None:
        self.query_one("#message", Lines).show(words)
        self.query_one(f"#{field}").focus()

    def _value(self, field: str) -> str:
        return self.query_one(f"#{field}", Field).value.strip()

    def on_cut(self, event: Cut) -> None:
        """Say that a field is full."""
        event.stop()
        words = _("Too long: the first {n} characters were kept.")
        self.query_one("#message", Lines).show(words.format(n=event.limit))

    async def on_key(self, event: events.Key) -> None:
        """Enter goes on, and from the last field to the desk; Esc leaves the field, then all."""
        if event.key == "escape":
            event.stop()
            if isinstance(self.focused, Input):
                self.set_focus(None)
                words = _("Esc leaves; Tab goes back to the form.")
                self.query_one("#message", Lines).show(words)
            else:
                self.dismiss(False)
        elif event.key == "enter":
            event.stop()
            if self.focused is self.query_one("#again"):
                await self.action_commit()
            else:
                enter_on(self)

    async def action_commit(self) -> None:
        """F10: the operator, if the desk takes name and PIN."""
        name, pin = self._value("operator"), self._value("pin")
        if not name:
            self._complain("operator", _("Enter your name."))
            return
        desk = self._session.desk
        least, today = desk.site.site.pin_least, self._session.now().date()
        wrong = wrong_pin(pin, self._value("again"), today, least)
        if wrong is not None:
            self._complain(*wrong)
            return
        try:
            await self._session.run_on_desk(lambda desk: first_operator(desk, name, pin))
        except Refusal as refusal:
            self._complain("operator", explain(refusal))
        except Failure as failure:
            self._complain("operator", explain_failure(failure))
        else:
            self.dismiss(True)


class FirstOperatorApp(TypeAhead[bool]):
    """Nothing but the form; it gives whether there is an operator now."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, session: Session, wish: str = NIGHT) -> None:
        super().__init__(wish)
        self._session = session

    def on_mount(self) -> None:
        """Put the form up; its answer is the program's."""
        self.push_screen(FirstOperatorScreen(self._session), self.exit)
