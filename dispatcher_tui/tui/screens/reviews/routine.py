"""A duty of the desk that has no work of its own here: it is done elsewhere and noted here."""

from __future__ import annotations

from datetime import datetime

from textual.app import ComposeResult

from dispatcher_tui.desk.names_in_force import names_in_force
from dispatcher_tui.desk.reviews.routines import do_routine, routine_fields
from dispatcher_tui.domain.duties.duties import Duty
from dispatcher_tui.domain.step_field import StepField
from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.present.countdown import remaining
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.line_texts import due_time
from dispatcher_tui.present.reviews.desk_lines import duty_name
from dispatcher_tui.tui.screens.system.autosave_form import AutosaveForm
from dispatcher_tui.tui.widgets.act_fields import ActFields, TimeSense
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.row import Row


class RoutineScreen(AutosaveForm):
    """What the rule asks for, by when, and a line for what was done; F10 writes it down."""

    hints = ("commit", "help")

    def __init__(self, duty: Duty) -> None:
        super().__init__()
        self._duty = duty

    @property
    def about(self) -> str:
        """The duty's key."""
        return self._duty.key

    def heading(self) -> str:
        """The duty, its period, its rule."""
        return f" {duty_name(self._duty)}"

    def body(self) -> ComposeResult:
        """The clause, the time, what was done."""
        yield Lines(self._clause(), id="clause")
        yield Lines("", id="left", wrap=False)
        if self._fields:
            yield ActFields(self._fields, self._duty.rule, self._sense())
        yield Row(_("Note") if self._fields else _("What was done"), Field(id="note"))

    @property
    def _fields(self) -> tuple[StepField, ...]:
        return routine_fields(self.session.desk, self._duty)

    def _sense(self) -> TimeSense:
        zone = self.session.desk.rules.calendar.tz
        return TimeSense(self.session.now, zone, self.session.sayings)

    def _clause(self) -> str:
        routines = names_in_force(self.session.desk).routines
        quote = next((each.quote for each in routines if each.id == self._duty.clock), "")
        return _("The rule: {quote}").format(quote=quote) if quote else ""

    async def build(self) -> bool:
        """How much time is left."""
        self.pass_time(self.session.now())
        return True

    def pass_time(self, now: datetime) -> None:
        """What is left of its time."""
        at, zone = now, self.session.desk.rules.calendar.tz
        assert self._duty.due is not None  # a routine always has its time
        words = _("Due {time}, remaining {left}")
        self.query_one("#left", Lines).show(
            words.format(
                time=due_time(self._duty.due, at, zone), left=remaining(self._duty.due, at)
            )
        )

    async def commit(self) -> None:
        """F10: it is done."""
        note = clean_text(self.query_one("#note", Field).value, multiline=False).text.strip()
        values: dict[str, str] | None = {}
        for fields in self.query(ActFields):
            if (lacking := fields.lacking()) is not None:
                lacking.focus()
                self.say(_("Fill in what is marked *, then F10"))
                return
            values = fields.values()
        if values is None:
            return
        if not note and not values:
            self.say(_("Write a few words first."))
            return
        await self.submit(lambda desk: do_routine(desk, self._duty.key, note, values))

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [_("F10: write down that it was done; Esc: back, what was typed is kept")]
