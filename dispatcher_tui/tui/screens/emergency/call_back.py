"""E-03: whoever is under way is told, one call at a time, that it is over or where it is now; and
whoever was told what was corrected since hears that."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.widget import Widget

from dispatcher_tui.desk.case.case_file import CaseFile
from dispatcher_tui.desk.emergency.differing import perform_call
from dispatcher_tui.domain.duties.called_out import Contact, contacts
from dispatcher_tui.domain.duties.duties import CALL_BACK, CORRECTION, Duty
from dispatcher_tui.domain.emergency.post_held import holds_post, is_emergency
from dispatcher_tui.domain.emergency.send_back import to_send_back
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.words.terms import CallOutcome
from dispatcher_tui.present.case.closing import role_name
from dispatcher_tui.present.case.passing_on_lines import correction_words, owed_to
from dispatcher_tui.present.emergency.emergency_lines import differing_line
from dispatcher_tui.present.emergency.outside_script import CallingFrom
from dispatcher_tui.present.emergency.over_lines import End, call_back_words, to_call_back
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.terms import call_result, outside_name
from dispatcher_tui.tui.keys import ScreenKey, key_line
from dispatcher_tui.tui.routes import ToNotify
from dispatcher_tui.tui.screens.case.on_case import OnCase
from dispatcher_tui.tui.widgets.call_panel import Callee, CallPanel
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.question import AnswerKey, Question


class CallBackScreen(OnCase):
    """Who has to be told stands in the list; it is over once each of them was.

    ``over``: somebody says that it is, and it is not stood down yet: each who is under way hears
    that much. ``who``: it goes on, and that one alone need not come any more.
    """

    DEFAULT_CSS = "CallBackScreen #heading { background: $desk-emgh; color: $desk-emghf; }"
    hints = ("help",)
    once = "123456"

    def __init__(self, case_id: str, *, over: bool = False, who: str = "") -> None:
        super().__init__(case_id)
        self._over = over
        self._one = who

    def form_name(self) -> str:
        """What the form is called."""
        return _("Call back")

    @property
    def _owed(self) -> tuple[Duty, ...]:
        file = self.file
        if file is None:
            return ()
        if self._stops and holds_post(file.case, file.procedure):
            going = to_send_back(file.case, file.rules)
            return tuple(duty for duty in going if not self._one or duty.who == self._one)
        return to_call_back(file.duties)

    @property
    def _stops(self) -> bool:
        """Whether somebody is told not to come while it is not stood down."""
        return self._over or bool(self._one)

    def fields(self, file: CaseFile) -> Iterable[Widget]:
        """Whom to ring, what to say, the question."""
        owed = self._owed
        rule = owed[0].rule if owed else ""
        yield Lines(self._still(), id="still")
        yield CallPanel(self._callees(file), (), label=_("Tell"), rule=rule, columns=3)
        yield Question(id="question", held=True)
        yield Lines(key_line(self._call_keys()), classes="label")

    def _still(self) -> str:
        """What is to be told, and to how many."""
        first = next(iter(self._owed), None)
        if first is None:
            return self._all_told()
        if self._stops_one:
            return _("{name} need not come any more: ring, then the result").format(name=first.name)
        return _("{what}: {n} to be told").format(
            what=localized(first.general_label), n=len(self._owed)
        )

    @property
    def _stops_one(self) -> bool:
        """Whether it goes on, and one alone need not come any more."""
        file = self.file
        return bool(self._one) and file is not None and holds_post(file.case, file.procedure)

    def _all_told(self) -> str:
        """That nobody is left who has to be told: of a correction nobody need be under way."""
        if self._stops_one:
            return _("Knows not to come. A slip? Ring again: 1 sends anew.")
        if self.file is not None and is_emergency(self.file.case, self.file.procedure):
            return _("Everybody who was under way was told.")
        return _("Everybody was told.")

    def _say(self, file: CaseFile, contact: Contact) -> list[str]:
        """The lines to say to whoever stands there, and to nobody else: what was corrected; that it
        is over, or the place as it is now, to a service outside with the estate and its address."""
        owed = [duty for duty in self._owed if duty.who == contact.who]
        told = [owed_to(file.case, duty.who) for duty in owed if duty.clock == CORRECTION]
        lines = [
            _("Say: {line}").format(line=correction_words(file.case, each.was))
            for each in told
            if each is not None
        ]
        if all(duty.clock == CORRECTION for duty in owed):
            return lines
        ours, site = bool(contact.person), self.session.desk.site.site
        outside = () if ours else (outside_name(contact.name),)
        here = CallingFrom(site.name, site.address)
        ends = End.NOT_NEEDED if self._stops_one else End.OVER if self._over else None
        return lines + call_back_words(file.case, here, ours=ours, outside=outside, ends=ends)

    def _callees(self, file: CaseFile) -> list[Callee]:
        """Those who are owed the call, in the order of their time; the outside by its number."""
        known = {contact.who: contact for contact in contacts(file.case)}
        people = {person.id: person for person in file.people}
        found = []
        for duty in self._owed:
            contact = known[duty.who]
            person = people.get(contact.person)
            phones = person.phones if person else (contact.phone,) if contact.phone else ()
            about = person.title if person else ""
            about = about or (role_name(file.procedure, contact.role) if contact.role else "")
            keys = (contact.name, *file.initials.get(contact.person, ()))
            doubt = differing_line(file.differing, contact.person)
            say = "\n".join(self._say(file, contact))
            found.append(
                Callee(contact.who, contact.name, contact.role, phones, about, keys, doubt, say)
            )
        return list({callee.id: callee for callee in found}.values())

    def begin(self) -> None:
        """The first one's number stands there: the first key is the result of the call."""
        self.query_one(CallPanel).ready()
        if self.file is not None and self.file.differing:
            self.say(differing_line(self.file.differing))

    def press(self, pressed: str) -> bool:
        """No digit rings anybody while it is asked whether the word was read back."""
        if pressed.isdigit() and self.query(CallPanel) and self.still_asked():
            return True
        return super().press(pressed)

    def own_keys(self) -> Sequence[ScreenKey]:
        """The result by its digit; whoever else is to be told of the case; the next number."""
        call = self._call_keys() if self.query(CallPanel) else ()
        return (*call, ScreenKey("notify", "", self._somebody_else), *super().own_keys())

    def _call_keys(self) -> Sequence[ScreenKey]:
        result = _("the result of the call, recorded at once")
        other = _("tell somebody else of the case (F4 too)")
        following = _("the person's next number")
        return (
            ScreenKey("1-6", "", self._choose, result),
            ScreenKey("7", _("somebody else"), self._somebody_else, other),
            ScreenKey("9", _("next number"), self._next_number, following),
        )

    def _choose(self, number: int) -> None:
        self.result(self.query_one(CallPanel), number)

    def _next_number(self) -> None:
        self.query_one(CallPanel).next_number()

    def _somebody_else(self) -> None:
        """To the form that tells whoever handles the case."""
        self._left = True
        self.shell.replace(ToNotify(self.case_id, anybody=True))

    async def on_call_panel_tried(self, event: CallPanel.Tried) -> None:
        """A call was made: into the record at once, whatever came of it."""
        event.stop()
        if self.still_asked():
            return
        duty = next((d for d in self._owed if d.who == event.callee.id), None)
        if self.file is None or duty is None:
            self.say(_("Pick one of those who have to be told; 7 tells somebody else."))
            return
        known = {contact.who: contact for contact in contacts(self.file.case)}
        command = self._call(known[duty.who], duty, event)
        done = await self.run_on_desk(lambda desk: perform_call(desk, self.case_id, command))
        if done is None:
            return
        self.query_one(CallPanel).written_down()
        await self.save_draft()
        await self.catch_up()
        said = _("{name}: {outcome}.").format(
            name=event.callee.name, outcome=call_result(event.outcome, event.taken_by)
        )
        if event.outcome is CallOutcome.RELAYED:
            self._ask_read_back(command)
        else:
            self._go_on(said)

    def _call(self, contact: Contact, duty: Duty, event: CallPanel.Tried) -> cmd.TryCall:
        """The call as it is written down; an outside service is known by the number it has."""
        return cmd.TryCall(
            person=contact.person,
            name=contact.name,
            role=contact.role,
            phone=event.phone if contact.person else contact.phone,
            outcome=event.outcome,
            purpose=duty.do.removeprefix(CALL_BACK),
            taken_by=event.taken_by,
        )

    def _ask_read_back(self, command: cmd.TryCall) -> None:
        """A relayed word counts once it was read back."""
        self.query_one(Question).put(
            command.purpose,
            _("Did {name} read it back?").format(name=command.name),
            AnswerKey("yes", _("yes"), "1"),
            AnswerKey("no", _("no"), ""),
        )

    async def on_question_answered(self, event: Question.Answered) -> None:
        """Read back: they know. If not, they are rung again."""
        event.stop()
        if event.value == "yes":
            command = cmd.ConfirmReadBack(purpose=event.name)
            if await self.run_on_desk(lambda desk: desk.perform(self.case_id, command)) is None:
                return
            await self.catch_up()
        self._go_on("")

    def _go_on(self, said: str) -> None:
        """Whoever is next stands there; back to the screen below once all were told."""
        assert self.file is not None
        callees = self._callees(self.file)
        if not callees:
            self.leave(f"{said} {self._all_told()}".strip())
            return
        self.query_one("#still", Lines).show(self._still())
        self.query_one(CallPanel).suggest(callees)
        following = _("Next: {name}").format(name=callees[0].name)
        self.say(f"{said} {following}".strip())

    async def commit(self) -> None:
        """F10: the result of the call is what is missing."""
        self.say(_("Choose the result of the call: 1 to 6."))
