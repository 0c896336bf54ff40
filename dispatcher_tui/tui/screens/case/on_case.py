"""What the forms about one case share: they read it, keep what is typed, and lead on."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget

from dispatcher_tui.desk.case.case_file import CaseFile, read_case
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.duties.pending import next_duty
from dispatcher_tui.present.case.calling import case_head, case_title, matter_row
from dispatcher_tui.present.case.closing import missing_line
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.refusals import explain
from dispatcher_tui.tui.screens.system.autosave_form import AutosaveForm
from dispatcher_tui.tui.widgets.call_panel import CallPanel
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.lines import Lines, SpanLines
from dispatcher_tui.tui.widgets.pin import PinField, enter_on
from dispatcher_tui.tui.widgets.question import Question
from dispatcher_tui.tui.widgets.signing_form import SigningForm
from dispatcher_tui.tui.work_routes import to_work


class OnCase(AutosaveForm):
    """A form about one case.

    A subclass gives its fields from ``fields`` once the case is read, and its ``form_name``.
    """

    DEFAULT_CSS = """
    OnCase #form { height: auto; }
    OnCase #matter { background: $desk-bg0; margin-bottom: 1; }
    """

    AUTO_FOCUS = ""  # ``begin`` says where it begins; whoever left the fields has left them

    def __init__(self, case_id: str) -> None:
        super().__init__()
        self.case_id = case_id
        self.file: CaseFile | None = None
        self._left = False
        self._refreshing = asyncio.Lock()
        self.left_fields = False
        """Whether Esc took the focus out of the fields: only then digits are the screen's."""

    @property
    def about(self) -> str:
        """The case."""
        return self.case_id

    def refused(self, refusal: Refusal) -> str:
        """The desk's refusal, what is missing named as the case's procedure does."""
        listed = missing_line(self.file.procedure, refusal.missing) if self.file else ""
        return explain(refusal, listed)

    two_lines: ClassVar[bool] = False
    """Whether what it is about stands in a line of its own, and its next duty in the head line."""

    def heading(self) -> str:
        """Which form this is, and of which case."""
        if self.file is None:
            return f" {self.form_name()}"
        file = self.file
        if self.two_lines:
            duty, now = next_duty(file.duties), self.session.now()
            form = self.form_name()
            return case_head(form, file.procedure, file.case, duty, now, self.cells)
        return f" {self.form_name()}  {case_title(file.procedure, file.case, file.category)}"

    def form_name(self) -> str:
        """What the form is called."""
        return ""

    def body(self) -> ComposeResult:
        """Room for the fields; they stand once the case is read."""
        if self.two_lines:
            yield SpanLines(id="matter")
        yield Vertical(id="form")

    def fields(self, file: CaseFile) -> Iterable[Widget]:
        """The form's own widgets."""
        return ()

    async def build(self) -> bool:
        """Read the case, then put up its form, which begins by itself."""
        if await self.reload():
            await self.put_up()
        return False

    async def reload(self) -> bool:
        """Read the case again; False where that was refused, and it is said why."""
        file = await self.run_on_desk(lambda desk: read_case(desk, self.case_id), writes=False)
        if file is None:
            return False
        self.file = file
        self._show_head()
        return True

    def _show_head(self) -> None:
        self.query_one("#heading", Lines).show(self.heading())
        if self.two_lines and self.file is not None:
            row = matter_row(self.file.case, self.file.category, self.cells)
            self.query_one("#matter", SpanLines).put([row])

    def on_resize(self) -> None:
        """In another width the head lines take other room."""
        if self.is_mounted:
            self._show_head()

    def pass_time(self, now: datetime) -> None:
        """The countdown to the case's next duty."""
        if self.two_lines and self.is_mounted:
            self.query_one("#heading", Lines).show(self.heading())

    async def put_up(self) -> None:
        """Build the fields anew from the case as it stands; what they held is gone."""
        assert self.file is not None
        self._on_disk = None  # while there are no fields, nothing typed is missing either
        form = self.query_one("#form")
        await form.remove_children()
        await form.mount(*self.fields(self.file))
        await self.restore()
        self.hold_pins(held=any(key.key[:1].isdigit() and not key.off for key in self.own_keys()))
        if not self._left:  # Esc may come before the fields stand
            self.begin()

    def hold_pins(self, *, held: bool) -> None:
        """Where digits are keys here, a PIN that comes first is not begun by one of them: somebody
        has to go to it."""
        for pin in self.query(PinField):
            pin.waits = held

    async def refresh_case(self, changed: set[str]) -> None:
        """The case may have changed under the form; what is typed stays."""
        if self.case_id not in changed or self.file is None or self._left:
            return
        # The heartbeat and the operator's own action may both have news of the same change.
        async with self._refreshing:
            if await self.reload():
                await self.case_changed()

    async def catch_up(self) -> None:
        """After an action of one's own: board and form stand as the record does."""
        await self.shell.take_news()
        await self.refresh_case({self.case_id})

    def still_asked(self) -> bool:
        """Whether it is open if the message was read back: then that is to be answered first."""
        question = next(iter(self.query(Question)), None)
        if question is None or not question.asked:
            return False
        question.focus()
        self.ask(_("Answer first: read back or not?"))
        return True

    async def case_changed(self) -> None:
        """The case was read again after a change."""

    def leave(self, text: str = "") -> None:
        """Back to the screen below; fields that come to stand meanwhile take no focus."""
        self._left = self._left or self.is_current
        super().leave(text)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """In a field again: digits are the field's. From there on a PIN is gone to by hand."""
        self.left_fields = False
        if not isinstance(event.widget, PinField):
            self.hold_pins(held=False)

    def on_pin_field_held_back(self, event: PinField.HeldBack) -> None:
        """A digit typed where only the PIN is missing: it may have been meant for an act."""
        event.stop()
        words = _("{key} is not taken: Enter first, then the PIN; or Esc, then a digit of an act.")
        self.say(words.format(key=event.key))

    def on_call_panel_not_made(self, event: CallPanel.NotMade) -> None:
        """Esc at who took the message: it is said that nothing was written down."""
        event.stop()
        words = _("No call is written down. If {name} was rung, give the result again.")
        self.say(words.format(name=event.callee.name))

    def result(self, panel: CallPanel, number: int) -> None:
        """The result of a call by its digit; one that cannot be about the number is said."""
        refused = panel.choose(number, self.pressed_at)
        if refused:
            self.shell.presses.once_more()
            self.say(refused)

    async def accept_field(self) -> None:
        """Enter in a field: on to the next one, straight to the PIN where the signer is known."""
        pin = self.focused
        if isinstance(pin, Field) and pin.password and not pin.value:
            beside = next((x for x in pin.ancestors if isinstance(x, SigningForm)), None)
            if beside is None or not beside.offer_ways():
                self.say(_("The PIN first; Tab goes on to another way to sign."))
            return
        enter_on(self)

    async def step_back(self) -> None:
        """Esc: out of the field first, and the screen's digits are its own again."""
        typing = self.typing
        await super().step_back()
        self.left_fields = typing

    def lead_on(self, do: Sequence[str]) -> bool:
        """Put the screen for the first of these in place of this one; False where none is left."""
        if not do or not self.is_current:
            return False
        self._left = True
        self.shell.replace(to_work(do[0], self.case_id, do[1:]))
        return True
