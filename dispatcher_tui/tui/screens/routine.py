"""A duty of the desk that has no work of its own here: it is done elsewhere and noted here."""

from __future__ import annotations

from datetime import datetime

from textual.app import ComposeResult
from textual.widgets import Input

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.kept_forms import keep_form, kept_form
from dispatcher_tui.desk.routines import do_routine
from dispatcher_tui.domain.duties import Duty
from dispatcher_tui.domain.text import clean_text
from dispatcher_tui.present.countdown import remaining
from dispatcher_tui.present.desk_lines import duty_name
from dispatcher_tui.present.lines import short_time
from dispatcher_tui.present.words import _
from dispatcher_tui.tui.screens.base import DeskScreen
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.row import Row

FORM = "routine"


class RoutineScreen(DeskScreen):
    """What the rule asks for, by when, and a line for what was done; F10 writes it down."""

    hints = ("commit", "help")

    def __init__(self, duty: Duty) -> None:
        super().__init__()
        self._duty = duty

    def heading(self) -> str:
        """The duty, its period, its rule."""
        return f" {duty_name(self._duty)}  [{self._duty.rule}]"

    def body(self) -> ComposeResult:
        """The clause, the time, what was done."""
        yield Lines(self._clause(), id="clause")
        yield Lines("", id="left", wrap=False)
        yield Row(_("What was done"), Field(id="note"))

    def _clause(self) -> str:
        routines = self.session.desk.rules.procedure.routines
        quote = next((each.quote for each in routines if each.id == self._duty.clock), "")
        return _("The rule: {quote}").format(quote=quote) if quote else ""

    async def on_mount(self) -> None:
        """What was typed before is there again."""
        self.tick(self.session.now())
        kept = await self.ask(lambda desk: kept_form(desk, FORM, self._duty.key), writes=False)
        field = self.query_one("#note", Field)
        field.value = (kept or {}).get("note", "")
        field.focus()

    def tick(self, now: datetime) -> None:
        """What is left of its time."""
        at, zone = now, self.session.desk.rules.calendar.tz
        assert self._duty.due is not None  # a routine always has its time
        words = _("Due {time}, remaining {left}")
        self.query_one("#left", Lines).show(
            words.format(
                time=short_time(self._duty.due, at, zone), left=remaining(self._duty.due, at)
            )
        )

    def on_input_changed(self, event: Input.Changed) -> None:
        """What is typed is kept before long."""
        self.set_timer(0.4, self._keep_soon)

    def _keep_soon(self) -> None:
        self.run_worker(self.save_draft(), exclusive=True, exit_on_error=False, group="draft")

    async def save_draft(self) -> None:
        """Keep what is typed on disk."""
        if not self.is_mounted or self.session.read_only:
            return
        note = self.query_one("#note", Field).value
        values = {"note": note} if note else {}
        await self.ask(lambda desk: keep_form(desk, FORM, self._duty.key, values))

    async def go_back(self) -> None:
        """Esc: what was typed is kept."""
        await self.save_draft()
        self.dismiss()

    async def act_commit(self) -> None:
        """F10: it is done."""
        note = clean_text(self.query_one("#note", Field).value, multiline=False).text.strip()
        if not note:
            self.say(_("Write a few words first."))
            return

        def job(desk: Desk) -> bool:
            do_routine(desk, self._duty.key, note)
            keep_form(desk, FORM, self._duty.key, {})
            return True

        if await self.ask(job):
            self.query_one("#note", Field).value = ""
            await self.desk_app.take_news()
            self.dismiss()

    def help_lines(self) -> list[str]:
        """The screen's own keys."""
        return [_("F10: write down that it was done; Esc: back, what was typed is kept")]
