"""派工通知: tell the person responsible, one call at a time, until one was reached."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.widget import Widget

from dispatcher_tui.desk.case.case_file import CaseFile
from dispatcher_tui.desk.case.suggest import SuggestedPerson, whom_to_tell
from dispatcher_tui.desk.emergency.differing import perform_call
from dispatcher_tui.domain.emergency.likely import likely
from dispatcher_tui.domain.emergency.post_held import holds_post
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.words.terms import CallOutcome
from dispatcher_tui.present.case.calling import (
    not_found_line,
    notify_rule,
    prompt_help,
    prompt_line,
    script_lines,
)
from dispatcher_tui.present.case.closing import role_name
from dispatcher_tui.present.case.passing_on_lines import script_correction
from dispatcher_tui.present.cells import wrap
from dispatcher_tui.present.emergency.emergency_lines import differing_line
from dispatcher_tui.present.emergency.over_lines import to_call_back
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.line_texts import short_time
from dispatcher_tui.present.spans import Span, SpanLine
from dispatcher_tui.present.terms import call_outcome_name, call_result
from dispatcher_tui.tui.keys import Hint, ScreenKey
from dispatcher_tui.tui.screens.case.handing_out import PAPER, READ_BACK, HandingOut
from dispatcher_tui.tui.screens.emergency.who_is_meant import BACK, STRANGER, ask_whom
from dispatcher_tui.tui.widgets.call_panel import Callee, CallPanel
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.hint_bar import HintBar
from dispatcher_tui.tui.widgets.lines import SpanLines
from dispatcher_tui.tui.widgets.notify_panel import NotifyPanel
from dispatcher_tui.tui.widgets.question import AnswerKey, Question
from dispatcher_tui.tui.widgets.row import Row
from dispatcher_tui.tui.work_routes import to_work

LOW = 20
"""Rows of a terminal below which a large number has no room."""


def callee(file: CaseFile, found: SuggestedPerson) -> Callee:
    """A suggestion as the call panel shows it."""
    person = found.person
    about = [person.title or role_name(file.procedure, person.role)]
    if not found.on_duty:
        about.append(_("away") if found.away else _("off duty"))
    if found.elsewhere:
        about.append(_("on the way to {number}").format(number=found.elsewhere))
    if found.tried:
        about.append(_("tried {n}x").format(n=found.tried))
    keys = (person.name, *file.initials.get(person.id, ()))
    doubt = differing_line(file.differing, person.id)
    told = script_correction(file.case, person.id)
    role, phones = person.role, person.phones
    return Callee(person.id, person.name, role, phones, " ".join(about), keys, doubt, told)


class NotifyScreen(HandingOut):
    """Whom to tell, by which number, in which words, and what came of it.

    Where people are under way who have to be told, that comes first, unless ``anybody``.
    """

    hints = ("help",)
    once = "123456"
    two_lines = True

    DEFAULT_CSS = """
    NotifyScreen #body { background: $desk-bg0; }
    NotifyScreen.low #matter, NotifyScreen.low #dial { display: none; }
    NotifyScreen #paper-row { display: none; }
    """

    def __init__(self, case_id: str, *, anybody: bool = False) -> None:
        super().__init__(case_id)
        self._anybody = anybody
        self._tried: CallPanel.Tried | None = None
        self._missed = ""
        """What the rule says where somebody was not found, until somebody was."""

    async def put_up(self) -> None:
        """Whoever is under way comes first, until each of them was told (E-03)."""
        assert self.file is not None
        owed = to_call_back(self.file.duties)
        if owed and not self._anybody and self.is_current:
            self._left = True
            self.shell.replace(to_work(owed[0].do, self.case_id))
        else:
            await super().put_up()

    def body(self) -> ComposeResult:
        """Where rows are few the number stands in the title alone."""
        self.set_class(self.app.size.height < LOW, "low")
        yield from super().body()

    def on_resize(self) -> None:
        """In another size other rows have room."""
        super().on_resize()
        self.set_class(self.app.size.height < LOW, "low")

    def form_name(self) -> str:
        """What the form is called."""
        return _("Notify")

    def _callees(self, file: CaseFile) -> list[Callee]:
        found = whom_to_tell(
            file.procedure,
            file.rules.calendar,
            file.case,
            file.category,
            list(file.people),
            self.session.now(),
            file.elsewhere,
            self.session.desk.post.holder,
        )
        return [callee(file, suggestion) for suggestion in found]

    def fields(self, file: CaseFile) -> Iterable[Widget]:
        """The call panel, what to do where nobody is found, the question, the slip."""
        yield NotifyPanel(
            self._callees(file),
            script_lines(file.procedure, file.case, file.category),
            rule=notify_rule(file.procedure, file.case),
            hint=prompt_line(file.procedure, file.case, "notify"),
            before=self._before,
            keys=[key for key in self._call_keys(file) if key.key in ("7", "9")],
        )
        yield Question(id="question", held=True, quick=True)
        yield SpanLines(self._foot(file), id="foot")
        yield Row(_("Number on the paper"), Field(id=PAPER, limit=40), id="paper-row")

    def _before(self, callee: Callee) -> str:
        """The last call to somebody about this case."""
        assert self.file is not None
        calls = [call for call in self.file.case.calls if call.name == callee.name]
        if not calls:
            return ""
        zone = self.file.rules.calendar.tz
        time = short_time(calls[-1].at, self.session.now(), zone)
        words = _("last {time}: {outcome}")
        result = call_result(calls[-1].outcome, calls[-1].taken_by)
        return words.format(time=time, outcome=result)

    def _foot(self, file: CaseFile) -> list[SpanLine]:
        """What comes after the call: read back, the slip; and who is next if it fails."""
        keys = [Span(each.shown, "fg1") for each in self._call_keys(file) if each.key == "8"]
        rows: list[SpanLine] = []
        if self._missed:
            rows += [[Span(f" {row}", "warnt")] for row in wrap(self._missed, self.cells - 2)]
        rows.append([Span(f" {_('Reached: read back?   1 yes   0 no')}", "fg2")])
        rows.append([Span(f" {self.slip_line(file)}   ", "fg2"), *keys])
        told = file.case.assignee is not None and file.case.assignee.notified_at is not None
        following = [callee.name for callee in self._callees(file)[1:3]]
        if following and not told:
            words = _("If it fails: {names}").format(names=_(", then ").join(following))
            rows += [[], [Span(f" {words}", "fg2")]]
        return rows

    def _show_foot(self) -> None:
        """The same as it is now, and the keys at the bottom."""
        assert self.file is not None
        self.query_one("#foot", SpanLines).put(self._foot(self.file))
        self.query_one(HintBar).put(self.hint_keys())

    def begin(self) -> None:
        """The best number stands there: the first key is the result of the call."""
        self.pass_time(self.session.now())
        self._show_foot()
        self.query_one(CallPanel).ready()
        if self.file is not None and self.file.differing:
            self.say(differing_line(self.file.differing))

    async def case_changed(self) -> None:
        """Only the slip's line follows at once; nobody is swapped under the operator's hands.

        A call that was taken back (Ctrl+Z) asks for no read-back any more.
        """
        assert self.file is not None
        self._show_foot()
        question = self.query_one(Question)
        calls = [call for call in self.file.case.calls if call.purpose == "notified"]
        told = calls and not calls[-1].outcome.missed and calls[-1].read_back_at is None
        if question.asked == READ_BACK and not told:
            question.withdraw()
            self.query_one(CallPanel).ready()

    def pass_time(self, now: datetime) -> None:
        """The countdown, and how long the number stands there."""
        super().pass_time(now)
        for panel in self.query(NotifyPanel):
            panel.pass_time(now)

    def own_hints(self) -> Sequence[Hint]:
        """The result is what is to be pressed next, unless digits are typed or an answer."""
        file = self.file
        if self.typing or any(each.asked for each in self.query(Question)):
            return ()
        keys = self._call_keys(file) if file is not None else ()
        told = [Hint(key.key, key.label) for key in keys if key.key in ("7", "8")]
        return [Hint("1-6", _("result"), "tint", kept=True), *told]

    def more_help(self) -> list[str]:
        """The rule behind what to mind while the message is passed on."""
        file = self.file
        return prompt_help(file.procedure, file.case, "notify") if file is not None else []

    def own_keys(self) -> Sequence[ScreenKey]:
        """The result by its digit, and the three keys beside it; F4 looks for somebody else."""
        file = self.file
        own = self._call_keys(file) if file is not None else ()
        return (*own, ScreenKey("notify", "", self._somebody_else), *super().own_keys())

    def _call_keys(self, file: CaseFile) -> Sequence[ScreenKey]:
        out, issue = bool(file.case.slip.number), file.procedure.closing_paper.issue
        result = _("the result of the call, recorded at once; Ctrl+Z takes it back")
        slip = _("print it") if out else (localized(issue) if issue else _("Hand out the paper"))
        slips = _("hand out a slip with its number; once it is out, print it")
        other, following = _("somebody else (F4 too)"), _("the person's next number")
        paper = ScreenKey("8", slip, self.print_slip if out else self.hand_out, slips)
        return (
            ScreenKey("1-6", "", self._choose, result),
            ScreenKey("7", _("somebody else"), self._somebody_else, other),
            *(() if file.procedure.closing_paper.outside else (paper,)),
            ScreenKey("9", _("next number"), self._next_number, following),
        )

    def _choose(self, number: int) -> None:
        question = self.query_one(Question)
        if not question.asked:
            self.result(self.query_one(CallPanel), number)
        elif question.asked == READ_BACK:
            self.still_asked()
        else:
            question.focus()

    def _next_number(self) -> None:
        self.query_one(CallPanel).next_number()

    def _somebody_else(self) -> None:
        if self.file is None:
            return
        self.query_one(Question).withdraw()
        self.query_one(CallPanel).choose_other()

    async def commit(self) -> None:
        """F10: the result is what is missing, or an open question takes its harmless answer."""
        if self.file is None:
            return
        if self.query_one(Question).asked:
            self.leave()
        else:
            self.query_one(CallPanel).ready()
            self.ask(_("Choose the result of the call: 1 to 6."))

    async def on_call_panel_tried(self, event: CallPanel.Tried) -> None:
        """A call was made: into the record at once, whatever came of it.

        In an emergency a name of no list may be one of those nobody has reached: that is asked.
        """
        event.stop()
        if self.query_one(Question).asked == READ_BACK and self.still_asked():
            return
        told, file = event.callee, self.file
        if file is not None and not told.id and holds_post(file.case, file.procedure):
            meant = likely(told.name, file.people, file.initials, file.case)
            if meant:
                self._tried = event
                ask_whom(self.query_one(Question), told.name, meant)
                return
        await self._record(told, event)

    async def _meant(self, person: str) -> None:
        """Whom the name meant: one of the unreached after all, a stranger, or nobody yet."""
        tried, self._tried = self._tried, None
        if tried is None or self.file is None:
            return
        told = tried.callee
        if person == BACK:
            self.query_one(CallPanel).ready()
            words = _("NOT written down: the call to {name}. 1 to 6 once more; 7: somebody else.")
            self.say(words.format(name=told.name))
            return
        found = next((each for each in self.file.people if each.id == person), None)
        if found is not None:
            told = replace(told, id=found.id, name=found.name, role=found.role)
        await self._record(told, tried)

    async def _record(self, told: Callee, tried: CallPanel.Tried) -> None:
        outcome = tried.outcome
        command = cmd.TryCall(
            person=told.id,
            name=told.name,
            role=told.role,
            phone=tried.phone,
            outcome=outcome,
            taken_by=tried.taken_by,
        )
        done = await self.run_on_desk(lambda desk: perform_call(desk, self.case_id, command))
        if done is None:
            return
        self.query_one(CallPanel).written_down()
        await self.save_draft()
        await self.catch_up()
        if outcome.missed:
            await self._next(told, outcome)
        else:
            self._ask_read_back(told, outcome)

    async def _next(self, missed: Callee, outcome: CallOutcome) -> None:
        """Nobody there: the next one comes up at once, with what the rule says (P0-03)."""
        assert self.file is not None
        callees = self._callees(self.file)
        self.query_one(CallPanel).suggest(callees)
        self._missed = not_found_line(self.file.procedure, self.file.case)
        self._show_foot()
        following = callees[0].name if callees else ""
        self.say(
            _("{name}: {outcome}, recorded. Next: {following}").format(
                name=missed.name, outcome=call_outcome_name(outcome), following=following
            )
        )

    def _ask_read_back(self, told: Callee, outcome: CallOutcome) -> None:
        """The second fact, asked by itself; a relayed word counts only with it (P0-02)."""
        assert self.file is not None
        if outcome is CallOutcome.RELAYED:
            self.say(
                _("Relayed counts as told only once {name} read it back").format(name=told.name)
            )
        else:
            self.say(_("{name} is told; recorded.").format(name=told.name))
        self._missed = ""
        self._show_foot()
        self.query_one(Question).put(
            READ_BACK,
            _("Did {name} read it back?").format(name=told.name),
            AnswerKey("yes", _("yes"), "1"),
            AnswerKey("no", _("no"), ""),
        )

    async def on_question_answered(self, event: Question.Answered) -> None:
        """Read back or not; then the slip, or back to the board."""
        event.stop()
        if event.name == STRANGER:
            await self._meant(event.value)
            return
        if event.name == "slip":
            if event.value == "yes":
                await self.hand_out()
            elif event.value == "print":
                await self.print_slip()
                self.ask_back()
            else:
                self.leave()
            return
        if event.value == "yes":
            command = cmd.ConfirmReadBack()
            if await self.run_on_desk(lambda desk: desk.perform(self.case_id, command)) is None:
                return
            await self.catch_up()
        self._after_call()

    def _after_call(self) -> None:
        """Told: the slip, then the board. Relayed without a read-back: the telephone again."""
        assert self.file is not None
        told = self.file.case.assignee
        if told is None or told.notified_at is None:
            self.query_one(CallPanel).ready()
            return
        if self.file.case.slip.number or self.file.procedure.closing_paper.outside:
            self.leave()
            return
        issue = self.file.procedure.closing_paper.issue
        question = localized(issue) if issue else _("Hand out the paper")
        self.query_one(Question).put(
            "slip",
            f"{question}?",
            AnswerKey("yes", _("yes"), "18"),
            AnswerKey("no", _("back to the board"), ""),
        )
