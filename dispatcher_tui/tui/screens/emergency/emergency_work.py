"""The work on an emergency: the calls by digits, the place, the log; each key stamps its second."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events

from dispatcher_tui.desk.emergency.emergency import confirm_read_back, record_call
from dispatcher_tui.domain.emergency.call_tree import Target
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.words.covered import may_be_pin
from dispatcher_tui.domain.words.people import bare_figure
from dispatcher_tui.domain.words.terms import CallOutcome
from dispatcher_tui.domain.words.text import clean_text, fold_key
from dispatcher_tui.present.emergency.emergency_lines import (
    NOT_OUTSIDE,
    differing_line,
    target_name,
    through_words,
)
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.terms import call_result
from dispatcher_tui.tui.keys import ScreenKey
from dispatcher_tui.tui.screens.emergency.emergency_again import EmergencyAgain
from dispatcher_tui.tui.screens.emergency.emergency_movers import ORDER, OVER, STAGES
from dispatcher_tui.tui.screens.emergency.given_results import READ_BACK, Taken
from dispatcher_tui.tui.screens.emergency.leaving import leave_ended
from dispatcher_tui.tui.screens.emergency.low_terminal import show_log
from dispatcher_tui.tui.widgets.call_tree import CALLS, CARD, CallTree
from dispatcher_tui.tui.widgets.form import Field, Option
from dispatcher_tui.tui.widgets.picker import Picker
from dispatcher_tui.tui.widgets.question import Question

OUTCOMES = tuple(CallOutcome)
RELAYED = 5


class EmergencyWork(EmergencyAgain):
    """One telephone, worked by digits: the result of each call, then whoever is next."""

    AUTO_FOCUS = ""  # nothing takes the digits before a field is asked for
    hints = ("new_case", "find", "notify", "emergency", "help")
    once = "1234567"

    async def take_up(self) -> None:
        """Go on where the record stands: the next call is on the screen."""
        if not self._stands:
            await self.reload()
        found = self._emergency
        if found is None or self._naming:
            return
        back = self._stand_again()
        if self._on_disk is None:
            await self.restore()
        self._tree.show_register()
        if back:
            self._say_again(back)
        if found.differing:
            self.say(differing_line(found.differing))

    async def on_key(self, event: events.Key) -> None:
        """0 and the letters of the menu, Enter, the arrows; digits come by ``digit``."""
        if self._naming:
            return
        if self._relayed is not None and self.focused is None:
            self.set_focus(self.query_one("#taken"))  # a click took it away: the question stays
            self.say(
                _("That did nothing: first who took the message; Enter: not known; Esc: no call.")
            )
            event.stop()
            event.prevent_default()
            return
        if self._begins_place(event) or self._over_menu(event):
            used = True
        elif self.focused is not None:
            used = await self._from_field(event)
        else:
            used = self._key(event)
        if used:
            event.stop()
            event.prevent_default()

    async def _from_field(self, event: events.Key) -> bool:
        """Tab leaves the place or the log as Esc does: it writes nothing and leads to no field."""
        field = self.focused
        if event.key not in ("tab", "shift+tab") or not isinstance(field, Field):
            return False
        if field.id == "taken":
            await self.accept_field()
            return True
        if field.id not in ("place", "log"):
            return False
        self.set_focus(None)
        self.say(_("The result of a call by its digit."))
        self._say_half(field)
        self._place_ended()
        return True

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """The line of the log is left: on a low terminal its row is the calls' again."""
        if event.widget.id == "log":
            show_log(self._tree)

    async def step_back(self) -> None:
        """Esc out of a field: what stands there half typed is not written down."""
        field = self.focused
        if self._relayed is not None and field is not None and field.id == "taken":
            name, self._relayed = target_name(self._relayed[0]), None
            self._tree.taken_was_asked()
            self.set_focus(None)
            self.say(
                _("{name}: NO call is written down. The result by its digit.").format(name=name)
            )
            return
        await super().step_back()
        if isinstance(field, Field) and self.focused is None:
            self._say_half(field)
            self._place_ended()

    def _key(self, event: events.Key) -> bool:
        key = fold_key(event.character or "").lower()
        if self.query_one(Question).asked:
            return False
        if self._waits(event, key):
            return True
        if key == "0" or key in STAGES:
            self._put_menu(self._given.menu_from)  # no letter of a word sends anybody anywhere
        elif key == ORDER:
            self._give_order()
        elif key == OVER:
            self._stand_down()
        elif event.key in ("enter", "space"):
            self._enter()
        else:
            return self._turn(event.key)
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

    def press(self, pressed: str) -> bool:
        """A question that is asked, or who took a message, comes before any digit."""
        if pressed.isdigit() and self.query_one(Question).asked:
            self._back_to_question()
        elif pressed.isdigit() and self._relayed is not None:
            self.set_focus(self.query_one("#taken"))
            self.say(
                _("That did nothing: first who took the message; Enter: not known; Esc: no call.")
            )
        else:
            return super().press(pressed)
        return True

    def _say_who_first(self) -> None:
        self.say(_("That did nothing: first who took the message; Enter: not known; Esc: no call."))

    def own_keys(self) -> Sequence[ScreenKey]:
        """What came of the call, the read-back, the place, the log line; on the card its lines."""
        if self.query_one_optional(CallTree) is None:
            return super().own_keys()
        if self._tree.pane == CARD:
            ticks = _("ticks its line of the card; no call is logged here")
            return (ScreenKey("1-9", "", self._tick_line, ticks), *super().own_keys())
        over = "" if self._holds else _("It is over: no call is logged here. F4 tells somebody.")
        return (
            ScreenKey("1-6", "", self._result, _("what came of the call"), over),
            ScreenKey("7", "", self._repeated, _("they read it back"), over),
            ScreenKey("8", "", self._to_place, _("place")),
            ScreenKey("9", "", self._to_log, _("log line")),
            *super().own_keys(),
        )

    def _tick_line(self, number: int) -> None:
        """A digit on the card does the line it stands before, and nothing else.

        What cannot be seen is not ticked: the line comes into view first.
        """
        card = self._tree.checklist
        if card.line(number - 1) is None:
            self.say(_("The card has no line {n}. Tab turns the page.").format(n=number))
        elif not card.bring(number - 1):
            self.shell.presses.once_more()
            self.say(_("Line {n} was out of view: once more to tick it.").format(n=number))
        else:
            self._start(self._tick(number - 1))

    def _result(self, number: int) -> None:
        """The result of the call to the number that stands there as the digit is pressed.

        While that one's result is being written down it is about whoever is next after it.
        """
        if self._too_soon(str(number)):
            return
        rung, outcome = self._rung(), OUTCOMES[number - 1]
        name = target_name(rung[0]) if rung is not None else ""
        if rung is not None and outcome in NOT_OUTSIDE and self._tree.service:
            words = _("{key} NOT counted: {name} is told by its own line alone. Ring it: 1 to 4.")
            self._given.refuse(str(number), self.pressed_at)
            self.say(words.format(key=number, name=name))
            return
        said = _("{name}: {outcome}.").format(name=name, outcome=call_result(outcome, ""))
        if outcome is CallOutcome.RELAYED:
            self._start(self._ask_taken(rung))
            return
        taken = Taken(str(number), said)
        self._given.count(taken, self.pressed_at)
        if rung is not None:
            self._in_flight.append(rung)
        self._start(self._called(outcome, rung, taken=taken))

    def _repeated(self) -> None:
        """They repeated it: the one who stands there as the digit is pressed."""
        at, given = self.pressed_at, self._given
        if (wait := given.free_in(READ_BACK, at)) > 0 or given.held_down(READ_BACK, at):
            self._refuse(READ_BACK, wait)
            return
        shown = self._rung()
        rung = shown[0] if shown is not None else None
        name = target_name(rung) if rung is not None else ""
        taken = Taken(READ_BACK, _("{name}: read back.").format(name=name))
        given.count(taken, at)
        self._start(self._read_back(rung, taken))

    async def _ask_taken(self, rung: tuple[Target, str] | None) -> None:
        """Relayed: who took the message? Not known is an answer too, and the call is stamped."""
        target, phone = rung or (self._tree.target, self._tree.phone)
        found = self._emergency
        if target is None or not phone or found is None:
            self.say(_("There is no number to ring."))
            return
        self._relayed = (target, phone)
        desk, people = self.session.desk, [t for t in found.targets if t.person and t != target]
        options = [Option(t.person, t.name, tuple(sorted(desk.initials(t.name)))) for t in people]
        self.set_focus(self._tree.ask_taken(options))
        self.say(_("Who takes the message to {name}?").format(name=target_name(target)))

    def on_picker_picked(self, event: Picker.Picked) -> None:
        """Somebody of the roster took it; the digit that said who may have been none."""
        event.stop()
        digit, at = self.shell.presses.last
        words = _("who took the message: {name}").format(name=event.option.text)
        taken = Taken(f"{RELAYED} {digit}", words) if digit.isdigit() else None
        if taken is not None:
            self._given.count(taken, at)
        self._taken(event.option.text, taken)

    def _taken(self, name: str, taken: Taken | None = None) -> None:
        """Stamp the relayed word with who took it; empty where that is not known."""
        rung, self._relayed = self._relayed, None
        self._tree.taken_was_asked()
        self.set_focus(None)
        if rung is not None:
            self._start(self._called(CallOutcome.RELAYED, rung, name, taken))

    async def _called(
        self,
        outcome: CallOutcome,
        rung: tuple[Target, str] | None = None,
        taken_by: str = "",
        taken: Taken | None = None,
    ) -> None:
        """Stamp the try; until the next number is up, no digit is about whoever was rung."""
        try:
            await self._stamp(outcome, rung, taken_by, taken)
        finally:
            if rung is not None and rung in self._in_flight:
                self._in_flight.remove(rung)

    async def _stamp(
        self,
        outcome: CallOutcome,
        rung: tuple[Target, str] | None,
        taken_by: str,
        taken: Taken | None,
    ) -> None:
        target, phone = rung or (self._tree.target, self._tree.phone)
        case_id = self.case_id
        if target is None or not phone:
            self.say(_("There is no number to ring."))
            return
        name = target_name(target)
        done = await self.run_on_desk(
            lambda desk: record_call(desk, case_id, target, name, phone, outcome, taken_by)
        )
        if done is None:
            return
        if taken is not None:
            taken.seqs = done
        await self._written()
        self._tree.comes_up()
        result = call_result(outcome, taken_by)
        said = _("{name}: {outcome}.").format(name=name, outcome=result)
        if outcome.missed or not target.person:
            said += " " + self._next_one()
        else:
            said += " " + _("Did they repeat it? 7 = read back.")
        if taken is None or not taken.in_doubt:
            self._say_done(said)

    def _next_one(self, *, spare: bool = False) -> str:
        """Whoever is next stands there; ``spare``: somebody at home too where all were told."""
        found = self._emergency
        if found is not None and found.enough and not spare:
            return through_words(found.progress, None)
        if self._chose_meanwhile:
            return ""
        following = self._tree.advance()
        if found is not None and (following is None or found.next_call is None):
            return through_words(found.progress, found.again)
        return _("Next: {name}").format(name=target_name(following)) if following else ""

    async def _read_back(self, rung: Target | None, taken: Taken) -> None:
        target, case_id, found = rung or self._tree.target, self.case_id, self._emergency
        if target is None or found is None:
            return
        last = found.standing.reach(target).last
        if last is None or last.missed:
            words = _("{name} stands there and was not reached: nothing to read back.")
            self.say(words.format(name=target_name(target)))
            return
        done = await self.run_on_desk(lambda desk: confirm_read_back(desk, case_id, target))
        if done is None:
            return
        taken.seqs = done
        await self._written()
        said = self._next_one()
        if not taken.in_doubt:
            self._say_done(said)

    async def accept_field(self) -> None:
        """Enter: the place is taken down, a line of the log is written, both with their second."""
        field = self.focused
        if isinstance(field, Field) and field.id == "place":
            await self._take_place(field)
        elif isinstance(field, Field) and field.id == "log":
            await self._write_log(field)
        elif isinstance(field, Field) and field.id == "taken":
            text = clean_text(field.value, multiline=False).text.strip()
            if bare_figure(text):
                words = _(
                    "{text} is no name: NO call is written down. Who took it? Enter: not known."
                )
                self.say_fault(words.format(text=self._said(text)))
                field.select_all()
            else:
                self._taken(text)

    async def _write_log(self, field: Field) -> None:
        text, case_id = clean_text(field.value, multiline=False).text, self.case_id
        if not text.strip():
            self.set_focus(None)
            return
        if self.shell.locked and may_be_pin(text):
            field.value = ""
            self.set_focus(None)
            self.say(_("NOT written down and not shown: figures alone. To sign in: Esc."))
            self._log_ended(text)
            return
        field.value = ""
        self.set_focus(None)  # what is pressed from now on is the result of a call
        note = cmd.AddNote(text=text)
        if await self.run_on_desk(lambda desk: desk.perform(case_id, note)) is None:
            field.value = text + field.value
            self.set_focus(field)
            return
        await self.save_draft()
        await self._written()
        self._log_ended(text)

    async def commit(self) -> None:
        """F10: there is no form here."""
        self.say(_("Results by digit; place and log lines with Enter."))

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [
            _("up, down: whom to ring; left, right: another number; Enter: the next by order"),
            _("Tab, PageDown: calls, card, log; on the card its digits tick, and log no call"),
            _("Enter, once all were rung: who was not reached, again; F3 finds other numbers"),
            _("0 (or w, o, b), then 1-3: on the way, arrived, reported back"),
            _("0, then 4: somebody else; 5 (i): a leader's order; 6 (z): stand down"),
            _("0, then 9: ring whoever stands there, he need not come; a slip: ring again, 1"),
            _("Esc before the first call: was F9 a mistake? F9 once more: a second emergency"),
        ]
