"""派工通知: tell the person responsible, one call at a time, until one was reached."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace
from textual.widget import Widget

from dispatcher_tui.desk.case.case_file import CaseFile
from dispatcher_tui.desk.case.suggest import SuggestedPerson, whom_to_tell
from dispatcher_tui.desk.emergency.differing import perform_call
from dispatcher_tui.domain.emergency.likely import likely
from dispatcher_tui.domain.emergency.post_held import holds_post
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.words.terms import CallOutcome
from dispatcher_tui.present.case.calling import (
    message_line,
    not_found_line,
    notify_rule,
    prompt_line,
)
from dispatcher_tui.present.case.closing import role_name
from dispatcher_tui.present.case.passing_on_lines import outdated_words
from dispatcher_tui.present.emergency.emergency_lines import differing_line
from dispatcher_tui.present.emergency.over_lines import to_call_back
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.names import joined
from dispatcher_tui.present.papers.slip_lines import holder
from dispatcher_tui.present.terms import call_outcome_name
from dispatcher_tui.tui.keys import ScreenKey, key_line
from dispatcher_tui.tui.routes import to_work
from dispatcher_tui.tui.screens.case.on_case import OnCase
from dispatcher_tui.tui.screens.emergency.who_is_meant import STRANGER, ask_whom
from dispatcher_tui.tui.widgets.call_panel import Callee, CallPanel
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.question import AnswerKey, Question
from dispatcher_tui.tui.widgets.row import Row

PAPER, READ_BACK = "paper-number", "read_back"


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
    return Callee(person.id, person.name, person.role, person.phones, " ".join(about), keys, doubt)


class NotifyScreen(OnCase):
    """Whom to tell, by which number, in which words, and what came of it.

    Where people are under way who have to be told, that comes first, unless ``anybody``.
    """

    hints = ("notify", "help")
    once = "123456"

    DEFAULT_CSS = """
    NotifyScreen #ladder { color: $desk-warnt; }
    NotifyScreen #paper-row { display: none; }
    """

    def __init__(self, case_id: str, *, anybody: bool = False) -> None:
        super().__init__(case_id)
        self._anybody = anybody
        self._tried: CallPanel.Tried | None = None

    async def put_up(self) -> None:
        """Whoever is under way comes first, until each of them was told (E-03)."""
        assert self.file is not None
        owed = to_call_back(self.file.duties)
        if owed and not self._anybody and self.is_current:
            self._left = True
            self.shell.replace(to_work(owed[0].do, self.case_id))
        else:
            await super().put_up()

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
        )
        return [callee(file, suggestion) for suggestion in found]

    def fields(self, file: CaseFile) -> Iterable[Widget]:
        """The call panel, what to do where nobody is found, the question, the slip."""
        rule = notify_rule(file.procedure, file.case)
        say = [
            line
            for line in (
                prompt_line(file.procedure, file.case, "notify"),
                _("Say: {line}").format(line=message_line(file.case, file.category)),
            )
            if line
        ]
        yield CallPanel(self._callees(file), say, label=_("Tell"), rule=rule)
        yield Question(id="question", held=True, quick=True)
        yield Lines("", id="ladder")
        yield Lines(self._slip_line(file), id="slip")
        yield Row(_("Number on the paper"), Field(id=PAPER, limit=40), id="paper-row")
        yield Lines(key_line(self._call_keys(file)), id="digits", classes="label")

    def begin(self) -> None:
        """The best number stands there: the first key is the result of the call."""
        self.query_one(CallPanel).ready()
        if self.file is not None and self.file.differing:
            self.say(differing_line(self.file.differing))

    def _slip_line(self, file: CaseFile) -> str:
        paper = localized(file.procedure.closing_paper.name)
        if file.case.slip.number:
            told = _("{paper}: {number}").format(paper=paper, number=file.case.slip.number)
            return joined(told, outdated_words(file.case.slip))
        return _("{paper}: none handed out yet").format(paper=paper)

    async def case_changed(self) -> None:
        """Only the slip's line follows at once; nobody is swapped under the operator's hands.

        A call that was taken back (Ctrl+Z) asks for no read-back any more.
        """
        assert self.file is not None
        self.query_one("#slip", Lines).show(self._slip_line(self.file))
        self.query_one("#digits", Lines).show(key_line(self._call_keys(self.file)))
        question = self.query_one(Question)
        calls = [call for call in self.file.case.calls if call.purpose == "notified"]
        told = calls and not calls[-1].outcome.missed and calls[-1].read_back_at is None
        if question.asked == READ_BACK and not told:
            question.withdraw()
            self.query_one(CallPanel).ready()

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
        return (
            ScreenKey("1-6", "", self._choose, result),
            ScreenKey("7", _("somebody else"), self._somebody_else, other),
            ScreenKey("8", slip, self._print if out else self._issue, slips),
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
        """Whom the name meant: one of the unreached after all, or a stranger."""
        tried, self._tried = self._tried, None
        if tried is None or self.file is None:
            return
        told = tried.callee
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
        self.query_one("#ladder", Lines).show(not_found_line(self.file.procedure, self.file.case))
        following = callees[0].name if callees else ""
        self.say(
            _("{name}: {outcome}, recorded. Next: {following}").format(
                name=missed.name, outcome=call_outcome_name(outcome), following=following
            )
        )

    def _ask_read_back(self, told: Callee, outcome: CallOutcome) -> None:
        """The second fact, asked by itself; a relayed word counts only with it (P0-02)."""
        assert self.file is not None
        rule = notify_rule(self.file.procedure, self.file.case)
        if outcome is CallOutcome.RELAYED:
            self.say(
                _("Relayed counts as told only once {name} read it back [{rule}]").format(
                    name=told.name, rule=rule
                )
            )
        else:
            self.say(_("{name} is told; recorded.").format(name=told.name))
        self.query_one("#ladder", Lines).show("")
        self.query_one(Question).put(
            READ_BACK,
            _("Did {name} read it back?").format(name=told.name),
            AnswerKey("yes", _("yes"), "1y"),
            AnswerKey("no", _("no"), "n"),
        )

    async def on_question_answered(self, event: Question.Answered) -> None:
        """Read back or not; then the slip, or back to the board."""
        event.stop()
        if event.name == STRANGER:
            await self._meant(event.value)
            return
        if event.name == "slip":
            if event.value == "yes":
                await self._issue()
            elif event.value == "print":
                await self._print()
                self._ask_back()
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
        if self.file.case.slip.number:
            self.leave()
            return
        issue = self.file.procedure.closing_paper.issue
        question = localized(issue) if issue else _("Hand out the paper")
        self.query_one(Question).put(
            "slip",
            f"{question}?",
            AnswerKey("yes", _("yes"), "1y8"),
            AnswerKey("no", _("back to the board"), "n"),
        )

    async def _issue(self) -> None:
        """Of a pad the next number is offered, to be compared with the paper that is torn off;
        else the desk numbers it by itself."""
        found = await self.run_on_desk(lambda desk: (desk.offer_slip(self.case_id),), writes=False)
        if found is None:
            return
        (offer,) = found
        if offer is None:
            await self._hand_out("")
            return
        field = self.query_one(f"#{PAPER}", Field)
        if not field.value.strip():
            field.put(offer.number)
        self.query_one("#paper-row").display = True
        field.focus()
        field.select_all()
        whose = holder(offer.pad) if offer.pad else ""
        words = _("Pad of {whose}: Enter takes {number}; else type the number on the paper.")
        self.say(words.format(whose=whose, number=offer.number))

    async def accept_field(self) -> None:
        """Enter on the number of the paper hands it out."""
        if self.focused is not None and self.focused.id == PAPER:
            await self._hand_out(self.query_one(f"#{PAPER}", Field).value)
        else:
            await super().accept_field()

    async def _hand_out(self, typed: str) -> None:
        """Hand out the paper and show its number."""
        done = await self.run_on_desk(lambda desk: desk.issue_slip(self.case_id, typed))
        if done is None:
            return
        self.query_one(f"#{PAPER}", Field).put("")
        await self.save_draft()
        self.query_one("#paper-row").display = False
        question = self.query_one(Question)
        if question.asked:
            question.focus()  # it stays what the next digit answers
        else:
            self.query_one(CallPanel).ready()
        await self.catch_up()
        number = done.case.slip.number
        self.query_one(CallPanel).show_number(number)
        self.say(_("Write this number on the paper: {number}").format(number=number))
        self._ask_back()

    def _ask_back(self) -> None:
        """The paper is out: print it, or back to the board once somebody was told."""
        assert self.file is not None
        question, case = self.query_one(Question), self.file.case
        if question.asked != READ_BACK and case.notified_at is not None:
            question.put(
                "slip",
                _("{number} is out.").format(number=case.slip.number),
                AnswerKey("print", _("print it"), "8"),
                AnswerKey("no", _("back"), ""),
            )

    async def _print(self) -> None:
        """The paper with its copy, into the site's folder."""
        from dispatcher_tui.tui.sheet_print import print_of_case

        await print_of_case(self, self.case_id, slip_alone=True)
