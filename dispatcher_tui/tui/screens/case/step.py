"""One act of the procedure: ring whom it goes to, or write down that it was done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.widget import Widget

from dispatcher_tui.desk.case.case_file import CaseFile
from dispatcher_tui.desk.case.suggest import whom_to_ask
from dispatcher_tui.desk.together import perform_signed
from dispatcher_tui.domain.law import before_step
from dispatcher_tui.domain.procedure import Step
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record.sign_off import ways_of
from dispatcher_tui.domain.words.terms import CallOutcome
from dispatcher_tui.present.case.act_words import law_lines
from dispatcher_tui.present.case.calling import message_line
from dispatcher_tui.present.case.closing import role_name
from dispatcher_tui.present.case.duty_lines import duty_line
from dispatcher_tui.present.i18n import _, labelled, localized
from dispatcher_tui.present.line_texts import short_time
from dispatcher_tui.present.terms import call_outcome_name
from dispatcher_tui.tui.keys import ScreenKey, key_line
from dispatcher_tui.tui.screens.case.notify import callee
from dispatcher_tui.tui.screens.case.on_case import OnCase
from dispatcher_tui.tui.widgets.act_fields import ActFields, TimeSense
from dispatcher_tui.tui.widgets.call_panel import Callee, CallPanel
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.question import AnswerKey, Question
from dispatcher_tui.tui.widgets.row import Row
from dispatcher_tui.tui.widgets.signing_form import SignatureAsked, SigningForm, who_signs

NOTE_LIMIT = 2_000


class StepScreen(OnCase):
    """Record one step. ``then`` is what it leads on to: further steps, notify or close.

    A step that goes to a role is a call: it counts when somebody was reached. Where words or a
    signature are required the reached call waits for them, and all is written together. One that
    is not done by a call is a note of who was there.
    """

    DEFAULT_CSS = "StepScreen #law { color: $desk-warnt; }"
    hints = ("commit", "help")
    once = "123456"

    def __init__(self, case_id: str, step: str, *, then: Sequence[str] = ()) -> None:
        super().__init__(case_id)
        self.step_id = step
        self.then = tuple(then)
        self._reached: CallPanel.Tried | None = None

    @property
    def form_key(self) -> str:
        """Each step keeps its own words."""
        return f"step-{self.step_id}"

    def form_name(self) -> str:
        """The step's own name and its rule."""
        step = self._step()
        return localized(step.label) if step else self.step_id

    def _step(self) -> Step | None:
        return self.file.procedure.step(self.step_id) if self.file else None

    def fields(self, file: CaseFile) -> Iterable[Widget]:
        """Rule and clock, the call where the step goes to a role, the words, the signature."""
        step = self._step()
        if step is None:
            yield Lines(_("The procedure has no step {step}.").format(step=self.step_id))
            return
        yield Lines(self._rule_lines(file, step), id="rule")
        laws = law_lines(before_step(file.procedure.laws, step.id))
        if laws:
            yield Lines("\n".join(laws), id="law", classes="warn")
        if step.to and not step.call:
            there = Field(self._likely(file, step), of_name=True, id="person")
            yield Row(_("Who it was"), there, rule=step.rule)
        elif step.to:
            say = _("Say: {line}").format(line=message_line(file.case, file.category))
            label = role_name(file.procedure, step.to)
            yield CallPanel(self._callees(file, step), [say], label=label, columns=3)
            yield Lines(key_line(self._call_keys()), classes="label")
        if step.fields:
            zone = file.rules.calendar.tz
            sense = TimeSense(self.session.now, zone, self.session.sayings)
            yield ActFields(step.fields, step.rule, sense)
        label = _("Words (required)") if step.note else _("Note")
        yield Row(label, Field(limit=NOTE_LIMIT, id="note"), rule=step.rule)
        if step.signed or step.signer:
            yield self._signature(file, step)
        yield Question(id="question", held=True, quick=True)

    def _signature(self, file: CaseFile, step: Step) -> SigningForm:
        """That of the one who records it, or of somebody in the role that has to sign."""
        actor, role = self.session.desk.actor, step.signer
        return SigningForm(
            SignatureAsked(
                *(_("Signed by"), role, role_name(file.procedure, role), step.rule),
                ways_of(seal=step.seal),
            ),
            who_signs(file.signatories, role, actor),
            "step-sign",
            name="" if role else actor,
        )

    def _rule_lines(self, file: CaseFile, step: Step) -> str:
        """The rule with the clause that counts here, and the clocks that run for the step."""
        rule = file.procedure.rule(step.rule)
        zone, now = file.rules.calendar.tz, self.session.now()
        waiting = [d for d in file.duties if d.pending and d.due and d.do == f"step:{step.id}"]
        keys = {duty.clock for duty in waiting}
        own = (c.quote for c in file.procedure.clocks if c.key in keys and c.rule == step.rule)
        words = next(filter(None, own), rule.quote if rule else "")
        lines = [labelled(localized(rule.title), words)] if rule else []
        return "\n".join(lines + [duty_line(duty, now, zone) for duty in waiting])

    def _likely(self, file: CaseFile, step: Step) -> str:
        """Who it was, most likely: the responsible person in that role, else its only holder."""
        named = file.case.assignee
        if named is not None and named.role == step.to:
            return named.name
        found = self._callees(file, step)
        holders = [each for each in found if each.role == step.to]
        return next((each.name for each in (holders if len(holders) == 1 else found)), "")

    def _callees(self, file: CaseFile, step: Step) -> list[Callee]:
        calendar, now = file.rules.calendar, self.session.now()
        found = whom_to_ask(file.procedure, calendar, file.case, step, file.people, now)
        return [callee(file, suggestion) for suggestion in found]

    @property
    def _panel(self) -> CallPanel | None:
        return next(iter(self.query(CallPanel)), None)

    @property
    def _note(self) -> str:
        return self.query_one("#note", Field).value.strip()

    def begin(self) -> None:
        """A call first where the step is one, else the words."""
        if self._panel is not None:
            self._panel.ready()
        else:
            super().begin()

    def own_keys(self) -> Sequence[ScreenKey]:
        """The call's where the step is one; F4 is the same as 7."""
        call = self._call_keys() if self._panel is not None else ()
        return (*call, ScreenKey("notify", "", self._somebody_else), *super().own_keys())

    def _call_keys(self) -> Sequence[ScreenKey]:
        other, following = _("somebody else (F4 too)"), _("the person's next number")
        return (
            ScreenKey("1-6", "", self._choose, _("the result of the call")),
            ScreenKey("7", _("somebody else"), self._somebody_else, other),
            ScreenKey("9", _("next number"), self._next_number, following),
        )

    def _choose(self, number: int) -> None:
        if self._panel is not None and not self.still_asked():
            self.result(self._panel, number)

    def _somebody_else(self) -> None:
        if self._panel is not None and not self.still_asked():
            self._reached = None
            self._panel.choose_other()

    def _next_number(self) -> None:
        if self._panel is not None and not self.still_asked():
            self._panel.next_number()

    async def accept_field(self) -> None:
        """Enter in the words commits, like the note of a follow-up; a signature comes first."""
        if self.focused is not None and self.focused.id == "note" and not self.query(SigningForm):
            await self.commit()
        else:
            await super().accept_field()

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [
            _("A step that goes to somebody counts when they were reached"),
        ]

    async def on_call_panel_tried(self, event: CallPanel.Tried) -> None:
        """Missed and relayed calls are written at once; a reached one when all is there."""
        event.stop()
        step = self._step()
        assert step is not None
        if self.still_asked():
            return
        if self._reached is not None and not self.left_fields and self._lacks(step):
            return  # a PIN or words that missed their field are no result of a call
        if event.outcome.reached:
            self._reached = event
            if self._lacks(step):
                return
            await self._record(step)
            return
        self._reached = None
        command = self._call(step, event)
        if await self.run_on_desk(lambda desk: desk.perform(self.case_id, command)) is None:
            return
        if self._panel is not None:
            self._panel.written_down()
        await self.save_draft()
        await self.catch_up()
        if event.outcome is CallOutcome.RELAYED and (step.note or not step.by_call):
            self.say(_("Relayed is not enough here: their own words are asked for"))
        elif event.outcome is CallOutcome.RELAYED:
            self._ask_read_back(step, event.callee.name)
        else:
            self._next(step, event)

    def _call(self, step: Step, event: CallPanel.Tried) -> cmd.TryCall:
        told = event.callee
        return cmd.TryCall(
            person=told.id,
            name=told.name,
            role=told.role,
            phone=event.phone,
            outcome=event.outcome,
            purpose=step.id,
            taken_by=event.taken_by,
        )

    def _next(self, step: Step, event: CallPanel.Tried) -> None:
        """Nobody there: the one whom the ladder puts next comes up at once."""
        assert self.file is not None
        callees = self._callees(self.file, step)
        if self._panel is not None:
            self._panel.suggest(callees)
        self.say(
            _("{name}: {outcome}, recorded. Next: {following}").format(
                name=event.callee.name,
                outcome=call_outcome_name(event.outcome),
                following=callees[0].name if callees else "",
            )
        )

    def _lacks(self, step: Step, *, quietly: bool = False) -> bool:
        """Whether words or the signature are still missing; goes there and says so."""
        text = ""
        if any(not field.value.strip() for field in self.query("#person").results(Field)):
            self.query_one("#person").focus()
            self.ask(_("Write who it was, then F10"))
            return True
        for fields in self.query(ActFields):
            if (empty := fields.lacking()) is not None:
                empty.focus()
                text = _("Fill in what is marked *, then F10")
        if not text and step.note and not self._note:
            self.query_one("#note").focus()
            text = _("Write what was said or done, then F10")
        for signature in self.query(SigningForm):
            if not text and signature.lacks:
                text = signature.lacking(_("Sign with your PIN, then F10"))
        if text and not quietly:
            self.ask(text)
        return bool(text)

    def _too_early(self, step: Step) -> bool:
        """Whether the step's clock has not opened yet ("not before"); says when it does."""
        assert self.file is not None
        now, zone = self.session.now(), self.file.rules.calendar.tz
        waiting = [d for d in self.file.duties if d.pending and d.do == f"step:{step.id}"]
        opens = [d.opens for d in waiting if d.opens is not None and now < d.opens]
        if not opens or len(opens) < len(waiting):
            return False
        at = short_time(min(opens), now, zone)
        self.say(_("Not yet: this opens at {opens}.").format(opens=at))
        return True

    async def commit(self) -> None:
        """F10: write the step down; a step that goes to somebody needs the call's result."""
        step = self._step()
        if step is None:
            return
        self.left_fields = False
        if self.still_asked():
            return
        if self._panel is not None and self._reached is None:
            self._panel.ready()
            self.say(_("Who was not reached does not know: give the result of the call, 1 to 6."))
        elif not self._lacks(step):
            await self._record(step)

    def _commands(self, step: Step) -> list[cmd.Command]:
        """The call, and the step itself where words, signature or the checklist ask for it.

        A step with required words or fields is one entry with whom it was got from: a bare call is
        none. None at all where a field cannot stand.
        """
        assert self.file is not None
        reached, note = self._reached, self._note
        there = "".join(field.value.strip() for field in self.query("#person").results(Field))
        person = reached.callee.name if reached else there
        values = next((each.values() for each in self.query(ActFields)), {})
        if values is None:
            return []
        done = cmd.RecordStep(
            step=step.id, person=person, note=note, values=values, role=step.signer
        )
        if reached is None or not step.by_call or step.note:
            return [done]
        commands: list[cmd.Command] = [self._call(step, reached)]
        asked = any(item.step == step.id for item in self.file.procedure.write_off)
        if step.signed or asked:
            commands.append(done)
        elif note:
            commands.append(cmd.AddNote(text=note))
        return commands

    async def _record(self, step: Step) -> None:
        if self._too_early(step):
            return
        commands = self._commands(step)
        if not commands:
            return
        signing = next((found.signing for found in self.query(SigningForm)), None)
        done = await self.record(lambda desk: perform_signed(desk, self.case_id, commands, signing))
        for signature in self.query(SigningForm):
            signature.forget()
        if done is None:
            self._lacks(step, quietly=True)
            return
        self.query_one("#note", Field).value = ""
        for fields in self.query(ActFields):
            fields.clear()
        await self.catch_up()
        if self._reached is not None and step.by_call and not step.note:
            self._ask_read_back(step, self._reached.callee.name)
        else:
            self._go_on(step)

    def _ask_read_back(self, step: Step, name: str) -> None:
        """The second fact, asked by itself."""
        if self._reached is None:
            words = _("Relayed counts as told only once {name} read it back")
            self.say(words.format(name=name))
        self.query_one(Question).put(
            "read_back",
            _("Did {name} read it back?").format(name=name),
            AnswerKey("yes", _("yes"), "1"),
            AnswerKey("no", _("no"), ""),
        )

    async def on_question_answered(self, event: Question.Answered) -> None:
        """Read back or not, then on to what comes next."""
        event.stop()
        step = self._step()
        assert step is not None
        if event.value == "yes":
            command = cmd.ConfirmReadBack(purpose=step.id)
            if await self.run_on_desk(lambda desk: desk.perform(self.case_id, command)) is None:
                return
            await self.catch_up()
        elif self._reached is None:
            assert self._panel is not None
            self._panel.ready()
            return
        self._go_on(step)

    def _go_on(self, step: Step) -> None:
        if not self.lead_on(self.then):
            self.leave(_("{label}: recorded.").format(label=localized(step.label)))
