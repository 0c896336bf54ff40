"""Why F9 was a mistake, or why what was stood down holds the post again: asked for, then done."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult

from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.words.text import clean_text, fold_key
from dispatcher_tui.present.i18n import _
from dispatcher_tui.tui.screens.base import DeskScreen
from dispatcher_tui.tui.screens.emergency.emergency_work import EmergencyWork
from dispatcher_tui.tui.screens.emergency.f9_questions import AGAIN
from dispatcher_tui.tui.screens.emergency.just_started import JustStarted
from dispatcher_tui.tui.screens.emergency.leaving import leave_ended
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.row import Row


class EmergencyReason(EmergencyWork):
    """The work on an emergency with the field of a reason, which stands there when it is asked."""

    DEFAULT_CSS = """
    EmergencyReason #reason_row { display: none; }
    """

    def __init__(self, case_id: str = "") -> None:
        super().__init__(case_id)
        self._reason_for = ""
        self._started = JustStarted(started=False)

    def _of_a_pin(self, event: events.Key) -> bool:
        """Whether a digit right after the start may be of a PIN typed by habit: it is not shown,
        does nothing, and that is said."""
        digit = fold_key(event.character or "").isdigit()
        if not digit or not self._started.may_be_pin(event.time):
            return False
        event.stop()
        event.prevent_default()
        self.shell.presses.once_more()
        self.say(_("NOT counted: digits right after the start; no PIN is asked. Again in 3 s."))
        return True

    async def come_back(self) -> None:
        """What lay over it is gone."""
        self._started.comes_up()
        await super().come_back()

    def reason(self) -> ComposeResult:
        """The field of the reason."""
        yield Row(_("Why (F10)"), Field(id="reason"), id="reason_row")

    def _put_reason(self, name: str) -> None:
        self._reason_for = name
        row = self.query_one("#reason_row")
        row.display = bool(name)
        if name:
            self.query_one("#reason").focus()

    async def accept_field(self) -> None:
        """Enter after the reason: F10 it is; a flare-up does not wait for it."""
        if isinstance(self.focused, Field) and self.focused.id == "reason":
            if self._reason_for == AGAIN:
                await self.commit()
            else:
                self.say(_("F10 calls the emergency off."))
            return
        await super().accept_field()

    async def commit(self) -> None:
        """F10 with a reason: the mistake is called off, or it holds the post again."""
        if not self.query_one("#reason_row").display or self._emergency is None:
            await super().commit()
            return
        reason = clean_text(self.query_one("#reason", Field).value, multiline=False).text
        case_id, again = self.case_id, self._reason_for == AGAIN
        command = cmd.ResumeEmergency(reason=reason) if again else cmd.CallOff(reason=reason)
        if await self.run_on_desk(lambda desk: desk.perform(case_id, command)) is None:
            return
        await self.shell.take_news()
        self.query_one("#reason", Field).put("")  # it is in the record, and half typed no more
        if again:
            self._put_reason("")
            self.set_focus(None)
            await self.take_up()
            self.say(_("The post is held again."))
            return
        words = _("{number} was called off; the reason is on record.")
        await leave_ended(self, words.format(number=self._emergency.case.number), on=True)

    async def _leave_open(self) -> None:
        """Leave it going on: no result that is pressed too late is typed into a form below."""
        below = self.app.screen_stack[-2]
        await super().go_back()
        locks = isinstance(below, DeskScreen) and below.locks  # there a PIN comes next
        if self._holds and isinstance(below.focused, Field) and not locks:
            below.call_after_refresh(below.set_focus, None)  # once it has come up with its own
