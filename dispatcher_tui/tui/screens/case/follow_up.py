"""跟进: how it stands, by when it will be done, and what follows from that."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial

from textual.widget import Widget
from textual.widgets import Input

from dispatcher_tui.desk.case.case_file import CaseFile
from dispatcher_tui.desk.desk import Desk, Done
from dispatcher_tui.desk.together import perform_all
from dispatcher_tui.domain.duties.duties import Duty, next_duty
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.time.when import WhenError, parse_promise
from dispatcher_tui.domain.words.terms import FollowUpOutcome
from dispatcher_tui.present.big_digits import big
from dispatcher_tui.present.case.calling import prompt_line
from dispatcher_tui.present.case.duty_lines import duty_line
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.promises import promise_hint, understood, when_problem
from dispatcher_tui.present.terms import follow_up_name
from dispatcher_tui.tui.keys import ScreenKey, key_line
from dispatcher_tui.tui.routes import ToStep
from dispatcher_tui.tui.screens.case.on_case import OnCase
from dispatcher_tui.tui.widgets.form import Choice, Field, Option
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.row import Derived, Row

NOTE_LIMIT = 2_000
FIRST_STEP, LAST_STEP = 6, 9
"""Digits beside the five results: the procedure's acts that are owed now."""

_PROMISING = (FollowUpOutcome.ARRANGED, FollowUpOutcome.IN_PROGRESS)
_LEADS_TO = {FollowUpOutcome.COMPLETED: "close", FollowUpOutcome.UNREACHABLE: "notify"}


def _follow(desk: Desk, key: str, commands: list[cmd.Command]) -> tuple[Done, set[str]]:
    """Write it down; with it come the signals that this very follow-up gave."""
    before = len(desk.record(key).case.signals)
    done = perform_all(desk, key, commands)
    return done, {signal.name for signal in done.case.signals[before:]}


def leads_to(
    procedure: Procedure, done: Done, raised: set[str], outcome: FollowUpOutcome
) -> list[str]:
    """What follows at once: the calls that this very follow-up asks for, then the next form.

    Nothing arranged at the second follow-up comes before anything else (P0-06).
    """
    owed = {duty.do for duty in done.duties if duty.pending}
    found: dict[str, None] = {}
    for signal in ("nothing_arranged", "stuck"):
        for clock in procedure.clocks:
            if signal in raised and signal in clock.starts and clock.do in owed:
                found[clock.do] = None
    if outcome in _LEADS_TO:
        found[_LEADS_TO[outcome]] = None
    return list(found)


class FollowUpScreen(OnCase):
    """One dialog: a digit, the promised time where one is owed, an optional note, Enter."""

    DEFAULT_CSS = "FollowUpScreen Row > #promise, FollowUpScreen Row > #caller { width: 16; }"
    hints = ("commit", "notify", "close", "help")

    def form_name(self) -> str:
        """What the form is called."""
        return _("Follow up")

    def fields(self, file: CaseFile) -> Iterable[Widget]:
        """Whom to ring, what is owed, the result, the times promised, the note."""
        rule = file.procedure.promise.rule
        outcomes = [Option(o.value, follow_up_name(o)) for o in FollowUpOutcome]
        yield Lines(self._whom(file), id="whom")
        yield Lines(prompt_line(file.procedure, file.case, "follow_up"), id="prompt")
        yield Lines("", id="duty", wrap=False)
        yield Row(_("Result"), Choice(outcomes, id="outcome"), required=True)
        when, told = Derived("", id="promise-hint"), Derived("", id="caller-hint")
        yield Row(_("Promised time"), Field(id="promise"), when, rule=rule, required=True)
        yield Row(_("Note"), Field(limit=NOTE_LIMIT, id="note"))
        yield Row(_("Told the caller"), Field(id="caller"), told, rule=rule)
        yield Lines(_("Enter in the note commits; Tab goes on to a time told to the caller."))
        yield Lines(key_line(self._step_keys(file)), id="steps")

    def _whom(self, file: CaseFile) -> str:
        """Who is responsible, with the number in big digits."""
        told = file.case.assignee
        if told is None:
            return _("Nobody is told yet: F4 first.")
        person = next((p for p in file.people if p.id == told.person), None)
        rang = [c.phone for c in file.case.calls if c.name == told.name and c.phone]
        phone = rang[-1] if rang else (person.phones[0] if person and person.phones else "")
        name = f"{told.name}  {phone}".rstrip()
        return "\n".join([name, *(f"  {line}" for line in big(phone))] if phone else [name])

    def begin(self) -> None:
        """The first key is the result."""
        self._show_promise()
        self.pass_time(self.session.now())
        self.query_one("#outcome").focus()

    async def case_changed(self) -> None:
        """What is owed may have changed; what is typed stays."""
        assert self.file is not None
        self.query_one("#whom", Lines).show(self._whom(self.file))
        self.query_one("#steps", Lines).show(key_line(self._step_keys(self.file)))

    def _nearest(self) -> Duty | None:
        """The nearest follow-up that is owed; where none is, whatever comes first."""
        owed = self.file.duties if self.file else ()
        return next_duty(tuple(d for d in owed if d.do == "follow_up")) or next_duty(owed)

    def pass_time(self, now: datetime) -> None:
        """The nearest duty's countdown."""
        for line in self.query("#duty"):
            duty = self._nearest()
            if duty is not None and self.file is not None and isinstance(line, Lines):
                line.show(duty_line(duty, now, self.file.rules.calendar.tz))

    @property
    def _outcome(self) -> FollowUpOutcome | None:
        value = self.query_one("#outcome", Choice).value
        return FollowUpOutcome(value) if value else None

    def own_keys(self) -> Sequence[ScreenKey]:
        """A result by its digit, which the choice names, or one of the acts that are owed."""
        file = self.file
        if file is None:
            return super().own_keys()
        result = _("how it stands; 1 and 2 ask for a promised time")
        return (
            ScreenKey("1-5", "", self._choose, result),
            *self._step_keys(file),
            *super().own_keys(),
        )

    def _step_keys(self, file: CaseFile) -> list[ScreenKey]:
        return [
            ScreenKey(
                str(FIRST_STEP + n),
                f"{localized(step.label)} [{step.rule}]",
                partial(self.shell.go, ToStep(self.case_id, step.id)),
            )
            for n, step in enumerate(file.steps_open[: LAST_STEP - FIRST_STEP + 1])
        ]

    def _choose(self, number: int) -> None:
        self.query_one("#outcome", Choice).choose(number - 1)

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [
            _("40 is minutes; 23:30, 2h, 11-22 9:00 are times"),
            _("6-9: the procedure's acts that are owed now"),
        ]

    def _show_promise(self) -> None:
        row = self.query_one("#promise").parent
        assert isinstance(row, Widget)
        row.display = self._outcome in _PROMISING

    def on_choice_changed(self, event: Choice.Changed) -> None:
        """Arranged and in progress owe a time; then the note."""
        event.stop()
        self._show_promise()
        if event.by_hand:
            self.query_one("#promise" if self._outcome in _PROMISING else "#note").focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say back while it is typed what time is understood."""
        if self.file is None or event.input.id not in ("promise", "caller"):
            return
        zone = self.file.rules.calendar.tz
        hint = promise_hint(event.value, self.session.now(), zone, self.session.sayings())
        self.query_one(f"#{event.input.id}-hint", Lines).show(hint)

    async def accept_field(self) -> None:
        """Enter goes on; in the note and after it, it commits."""
        if self.focused is not None and self.focused.id in ("note", "caller"):
            await self.commit()
        else:
            self.focus_next()

    def _time(self, name: str) -> datetime | None:
        """A typed time; what cannot stand is said, and the field has the focus.

        Raises:
            WhenError: it cannot stand.
        """
        assert self.file is not None
        field = self.query_one(f"#{name}", Field)
        try:
            zone, said = self.file.rules.calendar.tz, self.session.sayings()
            return parse_promise(field.value, self.session.now(), zone, said)
        except WhenError as error:
            field.focus()
            rule = self.file.procedure.promise.rule
            self.say_fault(f"{when_problem(error.code)} [{rule}]")
            raise

    def _commands(self, outcome: FollowUpOutcome) -> list[cmd.Command]:
        """The follow-up, and a promise to the caller where one was made.

        Raises:
            WhenError: a typed time cannot stand.
        """
        promise = self._time("promise") if outcome in _PROMISING else None
        note = self.query_one("#note", Field).value.strip()
        commands: list[cmd.Command] = [cmd.FollowUp(outcome=outcome, note=note, promise=promise)]
        if self.query_one("#caller", Field).value.strip():
            due = self._time("caller")
            assert due is not None
            commands.append(cmd.PromiseCaller(due=due, note=note))
        return commands

    async def commit(self) -> None:
        """Write it down, then open what follows from it."""
        if self.file is None:
            return
        outcome = self._outcome
        if outcome is None:
            self.query_one("#outcome").focus()
            self.ask(_("How does it stand? Choose 1 to 5."))
            return
        try:
            commands = self._commands(outcome)
        except WhenError:
            return
        procedure = self.file.procedure
        followed = await self.record(lambda desk: _follow(desk, self.case_id, commands))
        if followed is None:
            return
        await self.catch_up()
        if not self.lead_on(leads_to(procedure, *followed, outcome)):
            self.leave(self._said(outcome, commands))

    def _said(self, outcome: FollowUpOutcome, commands: list[cmd.Command]) -> str:
        """What came of it, for the screen below."""
        assert self.file is not None
        now, zone = self.session.now(), self.file.rules.calendar.tz
        text = _("Followed up: {outcome}").format(outcome=follow_up_name(outcome))
        first = commands[0]
        if isinstance(first, cmd.FollowUp) and first.promise is not None:
            text += "  " + understood(first.promise, now, zone)
        return text
