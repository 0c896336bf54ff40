"""销项 and 完结: the checklist first, the closing paper after it; nothing is final without it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from functools import partial

from textual import events
from textual.widget import Widget

from dispatcher_tui.desk.case.case_file import CaseFile
from dispatcher_tui.domain.duties.closing import unjudged, write_off_items
from dispatcher_tui.domain.emergency.post_held import holds_post
from dispatcher_tui.domain.papers.offering import places_left
from dispatcher_tui.domain.procedure import Step
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.reviews.review import unsigned_methods
from dispatcher_tui.domain.words.terms import Stage
from dispatcher_tui.domain.words.text import fold_key
from dispatcher_tui.present.case.calling import prompt_line
from dispatcher_tui.present.case.closing import (
    filed_line,
    written_off_rows,
    written_off_words,
)
from dispatcher_tui.present.i18n import _, localized, ngettext
from dispatcher_tui.present.line_texts import stage_name
from dispatcher_tui.present.papers.form_words import places_line
from dispatcher_tui.tui.keys import ScreenKey, hint_for, key_line
from dispatcher_tui.tui.routes import ToDecide, ToStep
from dispatcher_tui.tui.screens.case.filing_paper import file_paper
from dispatcher_tui.tui.screens.case.on_case import OnCase
from dispatcher_tui.tui.screens.case.writing_off import commit, stand_down, still_goes_on
from dispatcher_tui.tui.widgets.form import Choice, Field, Option, yes_or_no
from dispatcher_tui.tui.widgets.lines import Lines, SpanLines, TitleStrip
from dispatcher_tui.tui.widgets.paper_form import PaperForm
from dispatcher_tui.tui.widgets.pin import digit_on
from dispatcher_tui.tui.widgets.row import NAMES_RULES, Row, lacking
from dispatcher_tui.tui.widgets.write_off import StepLine, WriteOffForm

REASON_LIMIT = 2_000
FIRST_STEP, LAST_STEP, SLIP, DECIDED = 4, 7, 8, 9
"""Digits outside of the fields: the acts that are owed, a number for the paper, and the signature
that is owed under what the head decided."""


class CloseStage(Enum):
    """Which part of the closing a case has come to."""

    VALIDITY = "validity"
    WRITE_OFF = "write_off"
    PAPER = "paper"
    ENDED = "ended"


def part_of(file: CaseFile) -> CloseStage:
    """The part that is next for the case as it stands."""
    case = file.case
    if case.stage.ended:
        return CloseStage.ENDED
    if case.stage is Stage.WRITTEN_OFF:
        return CloseStage.PAPER
    return CloseStage.VALIDITY if unjudged(file.procedure, case) else CloseStage.WRITE_OFF


def _places(file: CaseFile) -> str:
    """Whose signature the papers of the case lack, and by which key it is seen to."""
    key = f"Esc {hint_for('forms').key}"
    return places_line(places_left(file.case, file.procedure), key)


class CloseScreen(OnCase):
    """The closing checklist in its two stages, and the way back: reopening."""

    hints = ("commit", "explain", "help")
    two_lines = True

    DEFAULT_CSS = """
    CloseScreen #goes-on { color: $desk-warnt; text-style: bold; }
    CloseScreen #prompt { padding: 0 0 0 1; color: $desk-fg0; }
    CloseScreen #matter { margin: 0; } CloseScreen #second { margin-top: 1; }
    CloseScreen #digits, CloseScreen #places { padding: 0 0 0 1; color: $desk-fg2; }
    """

    def __init__(self, case_id: str) -> None:
        super().__init__(case_id)
        self.add_class(NAMES_RULES)
        self._part = CloseStage.ENDED
        self._stood: tuple[object, ...] = ()
        self._numbered: list[Step] = []
        """The acts by their digits, as long as one of them is owed."""

    def _stand(self, file: CaseFile) -> tuple[object, ...]:
        """What makes other fields necessary when it changes."""
        slip, signed = file.case.slip, file.case.sign_offs
        return (part_of(file), signed, slip.received_at, slip.signed_at, slip.filed_at)

    def form_name(self) -> str:
        """The part the case has come to."""
        if self.file is None:
            return _("Close")
        names = {
            CloseStage.VALIDITY: _("Does it stand?"),
            CloseStage.WRITE_OFF: _("Write off"),
            CloseStage.PAPER: _("Closing paper"),
            CloseStage.ENDED: stage_name(self.file.case.stage),
        }
        return names[part_of(self.file)]

    def fields(self, file: CaseFile) -> Iterable[Widget]:
        """The fields of the part the case has come to."""
        self._part = part_of(file)
        self._stood = self._stand(file)
        goes_on = Lines(still_goes_on(), id="goes-on")
        goes_on.display = holds_post(file.case, file.procedure)
        yield goes_on
        if self._part is CloseStage.VALIDITY:
            yield from self._validity(file)
        elif self._part is CloseStage.WRITE_OFF:
            form = WriteOffForm(file, self.session.desk.actor, self.session.now())
            yield TitleStrip(_("1  Write-off"), id="first")
            if prompt := prompt_line(file.procedure, file.case, "close"):
                yield Lines(prompt, id="prompt")
            yield form
            yield TitleStrip(_("2  Closing paper"), _("after the write-off"), id="second")
        elif self._part is CloseStage.PAPER:
            now, zone = self.session.now(), file.rules.calendar.tz
            since = written_off_words(file.case, now, zone)
            yield TitleStrip(_("1  Write-off"), since, id="first")
            yield SpanLines(written_off_rows(file.procedure, file.case, file.entries, self.cells))
            yield TitleStrip(_("2  Closing paper"), id="second")
            yield PaperForm(file, self.session.desk.actor, now)
        elif file.case.slip.complete:
            yield Lines(filed_line(file.procedure, file.case), id="filed")
        yield Lines(self._digits_line(file), id="digits")
        yield Lines(_places(file), id="places", wrap=False)
        if file.case.stage.handled:
            yield from self._reopening()

    def _count(self) -> None:
        """How much of the part is missing still, at the right of its title."""
        for name, form in (("first", WriteOffForm), ("second", PaperForm)):
            for each in self.query(form):
                n = lacking(each)
                left = ngettext("{n} missing", "{n} are missing", n).format(n=n) if n else ""
                self.query_one(f"#{name}", TitleStrip).put_right(left)

    def on_input_changed(self) -> None:
        """More or less of it is there."""
        self._count()

    def begin(self) -> None:
        """The first field that is still to be filled."""
        self._count()
        for form in self.query(WriteOffForm):
            if self.file is not None and form.focus_first_missing(self.file.case):
                return
        for paper in self.query(PaperForm):
            if paper.focus_first_missing():
                return
        super().begin()

    def _validity(self, file: CaseFile) -> Iterable[Widget]:
        validity = file.procedure.validity
        assert validity is not None
        options = [Option("yes", _("valid")), Option("no", _("not valid: ends the case"))]
        yield Row(localized(validity.question), Choice(options, id="valid"), rule=validity.rule)
        yield Row(localized(validity.explain), Field(limit=REASON_LIMIT, id="reason"))

    def _reopening(self) -> Iterable[Widget]:
        options = yes_or_no(_("yes, REOPEN the case"), _("no"))
        reopen = Choice(options, chosen=("no",), id="reopen")
        reopen.autosave = False  # what F10 is to do here is chosen anew each time
        yield Row(_("Reopen"), reopen)
        row = Row(_("Reason"), Field(limit=REASON_LIMIT, id="reason"), id="reason-row")
        row.display = False
        yield row

    def _steps(self, file: CaseFile) -> tuple[Step, ...]:
        """The acts that are owed, and those that go with an answer that leaves the case open."""
        items = (
            write_off_items(file.procedure, file.case) if self._part is CloseStage.WRITE_OFF else ()
        )
        named = [file.procedure.step(item.step) for item in items if item.refuses and item.step]
        others = [step for step in named if step is not None and step not in file.steps_open]
        room = LAST_STEP - FIRST_STEP + 1
        return (*file.steps_open[: room - len(others)], *others)

    def own_keys(self) -> Sequence[ScreenKey]:
        """The acts that are owed, a number for the paper where none was issued, a signature."""
        acts = self._acts_of(self.file) if self.file is not None else []
        return (*acts, *super().own_keys())

    def _acts_of(self, file: CaseFile) -> list[ScreenKey]:
        owed = self._steps(file)
        self._number(owed)
        found = [
            ScreenKey(
                str(n),
                localized(step.label) if step in owed else "",
                partial(self._open_step, step.id),
                off="" if step in owed else _("Done: {step}.").format(step=localized(step.label)),
            )
            for n, step in enumerate(self._numbered, FIRST_STEP)
        ]
        paper = file.procedure.closing_paper
        if self._part is CloseStage.PAPER and not file.case.slip.number and not paper.outside:
            issue = paper.issue
            label = localized(issue) if issue else _("Hand out the paper")
            found.append(ScreenKey(str(SLIP), label, self._issue))
        if unsigned_methods(file.case):
            found.append(ScreenKey(str(DECIDED), _("the owed signature"), self._sign_method))
        return found

    def _number(self, owed: Sequence[Step]) -> None:
        """Each act keeps its digit while others are done; those that are left over come after."""
        if not any(step in owed for step in self._numbered):
            self._numbered = []
        room = LAST_STEP - FIRST_STEP + 1
        new = [step for step in owed if step not in self._numbered]
        self._numbered += new[: room - len(self._numbered)]

    def _digits_line(self, file: CaseFile) -> str:
        keys = key_line(self._acts_of(file))
        return f"{_('Esc, then:')}   {keys}" if keys else ""

    def _sign_method(self) -> None:
        self.shell.go(ToDecide(self.case_id))

    async def on_key(self, event: events.Key) -> None:
        """A digit that a field has no use for is nobody's: a PIN may have missed its field."""
        digit = fold_key(event.character or "")
        if not digit.isdigit() or self.typing or self.left_fields:
            return
        event.stop()
        event.prevent_default()
        if self.focused is None:
            self.begin()
        self.say(_("A digit does nothing here. Esc leaves the fields; then digits are acts."))

    async def step_back(self) -> None:
        """Esc: out of any kind of field first, where digits are acts then."""
        if self.focused is None or self.typing or not self._acts:
            await super().step_back()
            return
        self.set_focus(None)
        self.left_fields = True
        self.say(_("Esc goes back, 0 opens the menu. What you typed is kept."))

    @property
    def _acts(self) -> bool:
        """Whether there are acts that a digit opens."""
        return self.file is not None and bool(self._digits_line(self.file))

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [
            _("F10 writes off; what is missing is named, its rule at the right"),
            _(
                "With the paper: in hand, signed with your PIN, binder and page; "
                "F10 keeps what is given"
            ),
            _("Esc, then 4-7: the procedure's acts that are owed; 8: a number for the paper"),
        ]

    async def on_paper_form_confirmed(self) -> None:
        """A number that is odd stands on the paper indeed: on with what F10 began."""
        await self.commit()

    def on_paper_form_denied(self) -> None:
        """The paper is in hand under a wrong number."""
        key = hint_for("correct").key
        self.say(_("Correct the number on the case: Esc {key}.").format(key=key))

    def _open_step(self, step: str) -> None:
        self.shell.go(ToStep(self.case_id, step))

    def on_step_line_step_taken(self, event: StepLine.StepTaken) -> None:
        """A step of the checklist is to be recorded first."""
        event.stop()
        self._open_step(event.step)

    def on_choice_changed(self, event: Choice.Changed) -> None:
        """One digit is an answer: on to the next field. Reopening asks for its reason."""
        event.stop()
        self._count()
        if event.choice.id == "reopen":
            wanted = event.choice.value == "yes"
            self.query_one("#reason-row").display = wanted
            if wanted:
                self.query_one("#reason").focus()
        elif event.by_hand and event.choice.has_focus and not event.choice.many:
            digit_on(self)

    async def _issue(self) -> None:
        done = await self.run_on_desk(lambda desk: desk.issue_slip(self.case_id))
        if done is not None:
            self.query_one(PaperForm).number_issued(number := done.case.slip.number)
            await self.catch_up()
            self.begin()
            self.say(_("Write this number on the paper: {number}").format(number=number))

    async def case_changed(self) -> None:
        """Another part of the closing has begun, or a step of the checklist was recorded."""
        assert self.file is not None
        if self._stand(self.file) != self._stood:
            await self.save_draft()
            await self.put_up()
            return
        goes_on = holds_post(self.file.case, self.file.procedure)
        self.query_one("#goes-on").display = goes_on
        for form in self.query(WriteOffForm):
            form.stand(self.file.case)
        for paper in self.query(PaperForm):
            paper.stand(self.file)
        self.query_one("#digits", Lines).show(self._digits_line(self.file))
        self.query_one("#places", Lines).show(_places(self.file))
        self._count()

    async def commit(self) -> None:
        """F10: whatever the part asks for; a chosen reopening goes before it."""
        if self.file is None:
            return
        self.left_fields = False
        if any(c.value == "yes" for c in self.query("#reopen") if isinstance(c, Choice)):
            await self._reopen()
        elif self._part is CloseStage.VALIDITY:
            await self._judge(self.file)
        elif self._part is CloseStage.WRITE_OFF:
            await commit(self, self.file)
        elif self._part is CloseStage.PAPER:
            if await file_paper(self, self.file) and self._acts:
                self.set_focus(None)  # nothing to fill: what is missing is an act
                self.left_fields = True
        else:
            self.say(_("The case is {stage}.").format(stage=stage_name(self.file.case.stage)))
        self.hold_pins(held=False)  # it is said that the PIN is missing, and where it goes

    @property
    def _reason(self) -> str:
        return self.query_one("#reason", Field).value.strip()

    async def _perform(self, command: cmd.Command) -> bool:
        """Carry out a command that uses up what was typed."""
        return await self.record(lambda desk: desk.perform(self.case_id, command)) is not None

    async def _reopen(self) -> None:
        if not self._reason:
            self.query_one("#reason").focus()
        if await self._perform(cmd.Reopen(reason=self._reason)):
            self.leave(_("Reopened; told, written off and papers start anew."))
            await self.catch_up()

    async def _judge(self, file: CaseFile) -> None:
        """Whether the complaint stands; one that does not ends the case, explained."""
        choice = self.query_one("#valid", Choice)
        if not choice.value:
            choice.focus()
            self.ask(_("Choose 1 or 2 first."))
        elif choice.value == "no" and holds_post(file.case, file.procedure):
            stand_down(self)
        elif choice.value == "yes":
            if await self._perform(cmd.JudgeValid(reason=self._reason)):
                self.say("")
                await self.catch_up()
        elif not self._reason:
            self.query_one("#reason").focus()
            self.ask(_("Write what was explained to the caller."))
        elif await self._perform(cmd.JudgeInvalid(reason=self._reason)):
            self.leave(_("Found invalid; the case is ended."))
            await self.catch_up()
