"""The work on an emergency: the calls by digits, the place, the log; each key stamps its second."""

from __future__ import annotations

from textual import events

from dispatcher_tui.desk.emergency import confirm_read_back, record_call
from dispatcher_tui.domain import commands as cmd
from dispatcher_tui.domain.place import normalise_place
from dispatcher_tui.domain.terms import CallOutcome
from dispatcher_tui.domain.text import clean_text, fold_key
from dispatcher_tui.present.emergency_lines import target_name, through_words
from dispatcher_tui.present.over_lines import call_back_line
from dispatcher_tui.present.terms import call_outcome_name
from dispatcher_tui.present.words import _
from dispatcher_tui.tui.screens.emergency_card import EmergencyCard
from dispatcher_tui.tui.screens.emergency_course import ORDER, OVER, STAGES
from dispatcher_tui.tui.screens.leaving import leave_ended
from dispatcher_tui.tui.widgets.call_tree import CALLS, CARD
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.question import Question

OUTCOMES = tuple(CallOutcome)
READ_BACK, PLACE, LOG = 7, 8, 9


class EmergencyWork(EmergencyCard):
    """One telephone, worked by digits: the result of each call, then whoever is next."""

    AUTO_FOCUS = ""  # nothing takes the digits before a field is asked for
    hints = ("new_case", "find", "notify", "emergency", "close", "help")

    async def take_up(self) -> None:
        """Go on where the record stands: the next call is on the screen."""
        if not self._stands:
            await self.reload()
        found = self._emergency
        if found is None or self._naming:
            return
        self._tree.advance()
        if not found.case.place and found.holds:
            self.query_one("#place").focus()
        await self.restore_lines()

    async def on_key(self, event: events.Key) -> None:
        """0 and the letters of the menu, Enter, the arrows; digits come by ``digit``."""
        if self._naming:
            return
        used = await self._from_field(event) if self.focused is not None else self._key(event)
        if used:
            event.stop()
            event.prevent_default()

    async def _from_field(self, event: events.Key) -> bool:
        """Tab takes the place down as Enter does; it never leads from one field to the next."""
        if event.key != "tab" or not isinstance(self.focused, Field) or self.focused.id != "place":
            return False
        await self.accept_field()
        return True

    def _key(self, event: events.Key) -> bool:
        key = fold_key(event.character or "").lower()
        if self.query_one(Question).asked:
            return False
        if key == "0":
            self._put_menu()
        elif key in STAGES:
            self._start(self._came(STAGES[key]))
        elif key == ORDER:
            self._give_order()
        elif key == OVER:
            self._stand_down()
        elif event.key in ("enter", "space"):
            self._enter()
        else:
            return self._tree.turn(event.key)
        return True

    def _enter(self) -> None:
        """On the card: tick the chosen step; on the calls: whoever is next by the order.

        From an emergency that is over it leads on.
        """
        if self._tree.pane == CARD:
            self._start(self._tick(self._tree.checklist.cursor))
        elif not self._holds:
            self.run_worker(leave_ended(self, on=True), exit_on_error=False)
        elif self._tree.pane == CALLS:
            self._start(self._to_next())

    async def _to_next(self) -> None:
        """Whoever is next stands there; once the order is through it is said who was not told."""
        said, found = self._next_one(spare=True), self._emergency
        self.say(said if found is not None and found.next_call is None else "")

    def digit(self, number: int) -> bool:
        """What came of the call, the read-back, the place, the log line; on the card its lines."""
        if self.query_one(Question).asked:
            self.query_one(Question).focus()
        elif self._tree.pane == CARD:
            self._tick_line(number)
        elif number <= READ_BACK and not self._holds:
            self.say(_("It is over: no call is logged here. F4 tells somebody."))
        elif 1 <= number <= len(OUTCOMES):
            self._start(self._called(OUTCOMES[number - 1]))
        elif number == READ_BACK:
            self._start(self._read_back())
        elif number == PLACE:
            self.query_one("#place").focus()
        elif number == LOG:
            self.query_one("#log").focus()
        return True

    @property
    def _holds(self) -> bool:
        """Whether it is still going on."""
        return self._emergency is not None and self._emergency.holds

    def _tick_line(self, number: int) -> None:
        """A digit on the card does the line it stands before, and nothing else.

        What cannot be seen is not ticked: the line comes into view first.
        """
        card = self._tree.checklist
        if card.line(number - 1) is None:
            self.say(_("The card has no line {n}. Tab turns the page.").format(n=number))
        elif not card.bring(number - 1):
            self.say(_("Line {n} was out of view: once more to tick it.").format(n=number))
        else:
            self._start(self._tick(number - 1))

    async def _called(self, outcome: CallOutcome) -> None:
        """Stamp the try; somebody else is next at once where nobody was found."""
        target, phone, case_id = self._tree.target, self._tree.phone, self.case_id
        if target is None or not phone:
            self.say(_("There is no number to ring."))
            return
        name = target_name(target)
        done = await self.ask(lambda desk: record_call(desk, case_id, target, name, phone, outcome))
        if done is None:
            return
        await self._written()
        said = _("{name}: {outcome}.").format(name=name, outcome=call_outcome_name(outcome))
        if outcome.missed or not target.person:
            said += " " + self._next_one()
        else:
            said += " " + _("Did they repeat it? 7 = read back.")
        self.say(said)

    def _next_one(self, *, spare: bool = False) -> str:
        """Whoever is next stands there; ``spare``: somebody at home too where all were told."""
        found = self._emergency
        if found is not None and found.enough and not spare:
            return through_words(found.progress, None)
        following = self._tree.advance()
        if found is not None and (following is None or found.next_call is None):
            return through_words(found.progress, found.again)
        return _("Next: {name}").format(name=target_name(following)) if following else ""

    async def _read_back(self) -> None:
        target, case_id = self._tree.target, self.case_id
        if target is None:
            return
        done = await self.ask(lambda desk: confirm_read_back(desk, case_id, target))
        if done is None:
            return
        await self._written()
        self.say(self._next_one())

    async def accept_field(self) -> None:
        """Enter: the place is taken down, a line of the log is written, both with their second."""
        field = self.focused
        if isinstance(field, Field) and field.id == "place":
            await self._write_place(normalise_place(field.value))
        elif isinstance(field, Field) and field.id == "log":
            await self._write_log(field)

    async def _write_place(self, place: str) -> None:
        assert self._emergency is not None
        case, kind = self._emergency.case, self._emergency.case.emergency_kind
        field = self.query_one("#place", Field)
        self.set_focus(None)  # what is pressed from now on is the result of a call
        if place and place != case.place:
            command = cmd.NameEmergency(kind=kind, place=place)
            if await self.ask(lambda desk: desk.perform(case.id, command)) is None:
                field.focus()
                return
            field.value = place
            await self._written()
            await self.save_draft()
        back = call_back_line(dict.fromkeys(duty.name for duty in self._to_ring))
        if back:
            self.say(_("The place has changed. {names} (F4)").format(names=back))
        elif self._holds:
            self.say(_("Ring the number below; the result by its digit."))

    async def _write_log(self, field: Field) -> None:
        text, case_id = clean_text(field.value, multiline=False).text, self.case_id
        if not text.strip():
            self.set_focus(None)
            return
        field.value = ""  # the next line may be typed while this one is on its way
        if await self.ask(lambda desk: desk.perform(case_id, cmd.AddNote(text=text))) is None:
            field.value = text + field.value
            return
        await self.save_draft()
        await self._written()

    async def act_commit(self) -> None:
        """F10: there is no form here."""
        self.say(_("Results by digit; place and log lines with Enter."))

    def help_lines(self) -> list[str]:
        """The screen's own keys."""
        return [
            _("1-6: what came of the call; 7: they read it back; 8: place; 9: log line"),
            _("up, down: whom to ring; left, right: another number; Enter: the next by order"),
            _("Tab, PageDown: calls, card, log; on the card its digits tick, and log no call"),
            _("Enter, once all were rung: who was not reached, again; F3 finds other numbers"),
            _("0, then 1-3 (or w, o, b): on the way, arrived, reported back"),
            _("0, then 4: somebody else; 5 (i): a leader's order; 6 (z): stand down"),
            _("0, then 9: whoever stands there was told that he need not come"),
            _("Esc before the first call: was F9 a mistake? F9 once more: a second emergency"),
        ]
