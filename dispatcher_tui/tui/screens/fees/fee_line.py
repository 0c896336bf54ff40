"""One household of a list: what came of it, or what is done about it singly."""

from __future__ import annotations

from textual.app import ComposeResult

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.fees.acting_singly import case_of
from dispatcher_tui.desk.fees.fee_lists import note_outcomes
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.record.fee_events import LineOutcome, LineResult
from dispatcher_tui.domain.words.money import MoneyError, format_fen, parse_fen
from dispatcher_tui.present.fees.fee_words import result_name
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.tui.fee_routes import ToFeeLine
from dispatcher_tui.tui.routes import ToCase, ToStep
from dispatcher_tui.tui.screens.system.autosave_form import AutosaveForm
from dispatcher_tui.tui.widgets.form import Choice, Field, Option
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.pin import enter_on
from dispatcher_tui.tui.widgets.row import Row, aligned

_AMOUNT_LIMIT = 20


class FeeLineScreen(AutosaveForm):
    """A digit says what came of it; telephone, visit and letter make it a case and lead there."""

    hints = ("commit", "help")

    def __init__(self, of: ToFeeLine) -> None:
        super().__init__()
        self._of = of
        self._stand = of.stand

    @property
    def about(self) -> str:
        """The list and the place."""
        return f"{self._of.plan.id} {self._of.month} {self._stand.line.place}"

    def heading(self) -> str:
        """Which household."""
        return " " + _("{place}: what came of it").format(place=self._stand.line.place)

    def _options(self) -> list[Option]:
        desk = self.session.desk
        plan = self._of.plan
        steps = {step.id: step for each in desk.in_force.procedures for step in each.steps}
        found = [(result, result_name(LineResult(result))) for result in plan.results]
        found += [(act, localized(steps[act].label)) for act in plan.acts if act in steps]
        number = self._stand.number
        words = _("its case {number}").format(number=number) if number else _("make it a case")
        found += [("case", words)]
        return [Option(value, f"{label}") for value, label in found]

    def body(self) -> ComposeResult:
        """What is owed, the choice, the amount paid."""
        line, left = self._stand.line, format_fen(self._stand.left)
        owed = _("Owed: {yuan} yuan, {n} months").format(yuan=left, n=line.months)
        since = _("unpaid since {day}").format(day=line.since) if line.since else ""
        keeper = _("in hand: {name}").format(name=self._stand.keeper) if self._stand.keeper else ""
        yield Lines("  ".join(filter(None, (owed, since, keeper))), id="owed")
        yield from aligned(
            Row(_("What came of it"), Choice(self._options(), id="result"), required=True),
            Row(_("Amount paid"), Field(id="paid", limit=_AMOUNT_LIMIT)),
        )
        yield Lines(_("Empty: all that is owed. The desk writes no receipt."), id="hint")

    def on_choice_changed(self, event: Choice.Changed) -> None:
        """A digit chooses and goes on."""
        event.stop()
        if event.by_hand and event.choice.has_focus:
            enter_on(self)

    async def accept_field(self) -> None:
        """Enter goes on; F10 alone writes it down."""
        enter_on(self)

    async def commit(self) -> None:
        """F10: ticked off, or on to the case."""
        chosen = self.query_one("#result", Choice).value
        if not chosen:
            self.query_one("#result").focus()
            self.say(_("Choose by its digit what came of it."))
            return
        if chosen in tuple(LineResult):
            await self._note(LineResult(chosen))
        else:
            await self._act(chosen)

    async def _note(self, result: LineResult) -> None:
        typed = self.query_one("#paid", Field).value.strip()
        try:
            fen = parse_fen(typed) if typed else 0
        except MoneyError:
            self.query_one("#paid").focus()
            self.say_fault(_("{text} is no amount; write it as 1280.50.").format(text=typed))
            return
        if typed and result is not LineResult.PAID:
            self.query_one("#paid").focus()
            self.say_fault(_("An amount goes with paid alone: empty it, or choose paid."))
            return
        of, outcome = self._of, LineOutcome(self._stand.line.place, result, fen)

        def job(desk: Desk) -> Entry:
            return note_outcomes(desk, of.plan.id, of.month, [outcome])

        words = _("Recorded: {name}").format(name=f"{outcome.place} {result_name(result)}")
        await self.submit(job, words)

    async def _act(self, act: str) -> None:
        """Telephone, visit or letter: the line is a case from here on."""
        of, place = self._of, self._stand.line.place

        def job(desk: Desk) -> str:
            return case_of(desk, of.plan.id, of.month, place)

        case_id = await self.run_on_desk(job)
        if case_id is None:
            return
        await self.forget_draft()
        await self.shell.take_news()
        self.leave()
        self.shell.go(ToCase(case_id) if act == "case" else ToStep(case_id, act))

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [_("telephone, visit and letter are three acts: each makes the household a case")]
