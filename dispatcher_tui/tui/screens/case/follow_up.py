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
from dispatcher_tui.domain.duties.duties import Duty
from dispatcher_tui.domain.duties.pending import next_duty
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.time.when import WhenError, parse_promise
from dispatcher_tui.domain.words.terms import FollowUpOutcome
from dispatcher_tui.present.case.calling import prompt_help, prompt_line
from dispatcher_tui.present.case.following import follows, last_row, owed_words
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.promises import promise_hint, understood, when_problem
from dispatcher_tui.present.spans import Span, SpanLine
from dispatcher_tui.present.terms import follow_up_name
from dispatcher_tui.tui.keys import Hint, ScreenKey, key_rows
from dispatcher_tui.tui.routes import ToStep
from dispatcher_tui.tui.screens.case.on_case import OnCase
from dispatcher_tui.tui.widgets.choice_rows import ChoiceRows
from dispatcher_tui.tui.widgets.form import Choice, Field, Option
from dispatcher_tui.tui.widgets.lines import SpanLines, TitleStrip
from dispatcher_tui.tui.widgets.pin import enter_on
from dispatcher_tui.tui.widgets.row import Derived, Row, aligned, row_of

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

    DEFAULT_CSS = """
    FollowUpScreen #body { background: $desk-bg0; }
    FollowUpScreen Row > #promise, FollowUpScreen Row > #caller { width: 20; }
    FollowUpScreen #said { background: $desk-bg1; margin-bottom: 1; }
    FollowUpScreen #promise-row { margin-top: 1; }
    FollowUpScreen #owed { margin-top: 1; }
    """
    hints = ("commit", "notify", "help")
    two_lines = True

    def form_name(self) -> str:
        """What the form is called."""
        return _("Follow up")

    def fields(self, file: CaseFile) -> Iterable[Widget]:
        """Whom to ring, what was promised, the result, the times promised, the note."""
        rule = file.procedure.promise.rule
        outcomes = [Option(o.value, follow_up_name(o)) for o in FollowUpOutcome]
        result = ChoiceRows(outcomes, [follows(o) for o in FollowUpOutcome], id="outcome")
        when, told = Derived("", id="promise-hint"), Derived("", id="caller-hint")
        promise = Field(id="promise")
        note = Field(limit=NOTE_LIMIT, id="note", placeholder=_("may stay empty"))
        caller = Field(id="caller", placeholder=_("only if you promised"))
        yield TitleStrip(*self._whom(file), id="whom")
        yield SpanLines(self._said_before(file), id="said")
        yield from aligned(
            Row(_("Result"), result, required=True),
            Row(_("Promised time"), promise, when, rule=rule, required=True, id="promise-row"),
            Row(_("Note"), note),
            Row(_("Told the caller"), caller, told, rule=rule),
        )
        yield SpanLines(self._owed(file), id="owed")

    def _whom(self, file: CaseFile) -> tuple[str, str]:
        """Who is responsible with the number; at the right the key that rings."""
        told = file.case.assignee
        if told is None:
            return _("Nobody is told yet: F4 first."), ""
        person = next((p for p in file.people if p.id == told.person), None)
        rang = [c.phone for c in file.case.calls if c.name == told.name and c.phone]
        phone = rang[-1] if rang else (person.phones[0] if person and person.phones else "")
        title = person.title if person is not None else ""
        words = "  ".join(filter(None, (_("Ring"), told.name, title, phone)))
        return words, _("F4 the number large")

    def _said_before(self, file: CaseFile) -> list[SpanLine]:
        """What to ask, and what was said and promised the last time."""
        ask = prompt_line(file.procedure, file.case, "follow_up")
        rows: list[SpanLine] = [[Span(f" {ask}", "fg0")]] if ask else []
        zone = file.rules.calendar.tz
        last = last_row(file.entries, self.session.now(), zone, self.cells)
        return [*rows, last] if last else rows

    def _owed(self, file: CaseFile) -> list[SpanLine]:
        """The nearest follow-up that is owed, how times are typed, the acts by their digits."""
        duty = self._nearest()
        rows: list[SpanLine] = []
        if duty is not None:
            words = owed_words(duty, self.session.now(), file.rules.calendar.tz)
            rows.append([Span(f" {words}", "fg2")])
        rows.append([Span(f" {_('40 is minutes; 23:30, 2h, 11-22 9:00 are times')}", "fg2")])
        commits = _("Enter in the note commits; Tab goes on to a time told to the caller.")
        rows.append([Span(f" {commits}", "fg2")])
        return [
            *rows,
            *([Span(f" {row}")] for row in key_rows(self._step_keys(file), self.cells - 2)),
        ]

    def begin(self) -> None:
        """The first key is the result."""
        self._show_promise()
        self.pass_time(self.session.now())
        self.query_one("#outcome").focus()

    async def case_changed(self) -> None:
        """What is owed may have changed; what is typed stays."""
        assert self.file is not None
        self.query_one("#whom", TitleStrip).title(*self._whom(self.file))
        self.pass_time(self.session.now())

    def _nearest(self) -> Duty | None:
        """The nearest follow-up that is owed; where none is, whatever comes first."""
        owed = self.file.duties if self.file else ()
        return next_duty(tuple(d for d in owed if d.do == "follow_up")) or next_duty(owed)

    def pass_time(self, now: datetime) -> None:
        """What is over by how much."""
        super().pass_time(now)
        file = self.file
        for line in self.query("#said, #owed").results(SpanLines):
            if file is not None:
                rows = self._owed(file) if line.id == "owed" else self._said_before(file)
                line.put(rows)

    def own_hints(self) -> Sequence[Hint]:
        """The result is what is to be pressed next, unless digits are typed."""
        if self.typing:
            return ()
        return [Hint("1-5", _("result"), "tint", kept=True)]

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
                localized(step.label),
                partial(self.shell.go, ToStep(self.case_id, step.id)),
            )
            for n, step in enumerate(file.steps_open[: LAST_STEP - FIRST_STEP + 1])
        ]

    def _choose(self, number: int) -> None:
        self.query_one("#outcome", Choice).choose(number - 1)

    def more_help(self) -> list[str]:
        """What else there is to know."""
        rules = (
            [f"{localized(s.label)} [{s.rule}]" for s in self.file.steps_open] if self.file else []
        )
        asks = prompt_help(self.file.procedure, self.file.case, "follow_up") if self.file else []
        return [
            *asks,
            _("40 is minutes; 23:30, 2h, 11-22 9:00 are times"),
            _("6-9: the procedure's acts that are owed now"),
            *rules,
        ]

    def _show_promise(self) -> None:
        row = self.query_one("#promise").parent
        assert isinstance(row, Widget)
        row.display = self._outcome in _PROMISING
        if isinstance(row, Row) and not row.display:
            row.say_wrong("")

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
        self.query_one(f"#{event.input.id}-hint", Derived).show(hint)

    async def accept_field(self) -> None:
        """Enter goes on; in the note and after it, it commits."""
        if self.focused is not None and self.focused.id in ("note", "caller"):
            await self.commit()
        else:
            enter_on(self)

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
            if (row := row_of(field)) is not None:
                row.say_wrong(when_problem(error.code))
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
