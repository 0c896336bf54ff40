"""The place of an emergency typed without its digit: none of its figures stays a call (E-02)."""

from __future__ import annotations

import math

from textual import events

from dispatcher_tui.desk.case.homes import homes_offered
from dispatcher_tui.desk.emergency.emergency import no_call_was_made
from dispatcher_tui.domain.emergency.call_tree import Target
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.words.place import more_than_place, needs_asking, normalise_place
from dispatcher_tui.domain.words.text import fold_key
from dispatcher_tui.present.emergency.emergency_lines import target_name
from dispatcher_tui.present.emergency.over_lines import call_back_line
from dispatcher_tui.present.i18n import _
from dispatcher_tui.tui import twice
from dispatcher_tui.tui.screens.emergency.begun_place import BegunPlace, Taken
from dispatcher_tui.tui.screens.emergency.emergency_card import EmergencyCard
from dispatcher_tui.tui.widgets.call_tree import CARD
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.place_row import PlaceRow
from dispatcher_tui.tui.widgets.question import AnswerKey, Question

PLACE = 8
"""The digit of the place."""
DOUBT = "doubt"
"""The question whether what was typed is a place at all."""
NO_CALL = "no_call"
"""The question whether what was written down as a result was a figure of the place."""
TOLD = (1, 5)
"""The digits of results for which it rang, somebody answered and was spoken to."""
LED_BY = {"place": str(PLACE), "log": "9", "taken": "5"}
"""The digit that leads to a field."""


class EmergencyPlace(EmergencyCard):
    """A mark of a place, pressed outside of its field, opens it with the figures before it."""

    def __init__(self, case_id: str = "") -> None:
        super().__init__(case_id)
        self._relayed: tuple[Target, str] | None = None
        """Who was rung by which number, where it is asked who took the message."""
        self._begun = BegunPlace()
        self._no_calls: list[Taken] = []
        """Results that were figures of a place, until it is asked what becomes of them."""
        self._lead: tuple[str, list[Taken]] = ("", [])
        """The figures right before the digit of the place, with it, and which of them counted."""
        self._offered = ""
        """The figures with which the field of the place came up unasked."""
        self._in_flight: list[tuple[Target, str]] = []
        """Who was rung by which number, while the result is being written down."""

    async def on_place_row_typed(self, event: PlaceRow.Typed) -> None:
        """The homes that the place as it is typed may mean: the arrows take one, no digit does."""
        event.stop()
        text = event.text
        found = await self.run_on_desk(lambda desk: homes_offered(desk, text), writes=False)
        if self.is_attached and found is not None:
            self.query_one(PlaceRow).offer(text, found)

    def _rung(self) -> tuple[Target, str] | None:
        """Who stands there to be rung by which number, as a digit is pressed.

        None while that one's result is being written down: then it is about whoever is next.
        """
        shown = self._tree.number
        stamped = [(target.key, phone) for target, phone in self._in_flight]
        return None if shown is None or (shown[0].key, shown[1]) in stamped else shown

    def _too_soon(self, number: int) -> bool:
        """Whether nobody can have rung the number that stands there, or been told by it; then that
        is said, and the same digit counts a while later."""
        at, digit = self.pressed_at, str(number)
        if not self._tree.phone:
            return False
        stood = self._tree.stood(at) if self._rung() is not None else 0.0
        told = number in TOLD and stood < twice.TOLD_AFTER and not self._begun.insists(digit, at)
        if stood >= twice.RINGS_AFTER and not told and not self._begun.held_down(digit, at):
            return False
        self._begun.refuse(digit, at)
        self.shell.presses.once_more()
        words = _("{key}: too soon after the number came up. Again after {n} s, once it rang.")
        wait = twice.RINGS_AFTER - stood
        if told:
            words = _("{key} NOT counted: nobody is told so soon. Again in {n} s: told after all.")
            wait = twice.TWICE_WITHIN
        self.say(words.format(key=digit, n=max(1, math.ceil(wait))))
        return True

    def _goes_on(self, event: events.Key) -> bool:
        """A digit so shortly after a result that no call was made: the place, loudly."""
        key = fold_key(event.character or "")
        on_card = self._tree.pane == CARD or not self._holds
        if len(key) != 1 or not key.isdigit() or self.focused is not None or on_card:
            return False
        told = key in map(str, TOLD)
        if not self._begun.goes_on(key, event.time, told=told):
            return False
        self._begun.add(key, event.time)
        before = len(self._no_calls)
        self._open_place(event)
        self._offered = self.query_one("#place", Field).value
        if taken := self._no_calls[before:]:
            self.say(self._were_calls(taken) + " " + _("All of it results: Esc."))
        return True

    def _no_name(self, figures: str) -> None:
        """Figures where a name was asked for: the place that began with the digit of the result."""
        field = self.query_one("#place", Field)
        self._relayed = None
        self._tree.taken_was_asked()
        field.value = self._offered = figures
        field.cursor_position = len(figures)
        self.set_focus(field)
        words = _("{text} is no name, NO call is written down. The place? Enter. None: Esc.")
        self.say(words.format(text=figures))

    def _begins_place(self, event: events.Key) -> bool:
        """Answer a mark of a place; False where it is part of what is typed in a field."""
        if not self.shell.presses.of_place(event) or fold_key(event.character or "").isdigit():
            return False
        field, last = self.focused, self._begun.ends(event.time)
        if isinstance(field, Question):
            if field.asked != "menu" or last != "0":
                return False
            field.withdraw()
        elif field is not None and (not last or last != LED_BY.get(str(field.id))):
            if isinstance(field, Field) and (not field.value or field.replaceable):
                field.insert_text_at_cursor(event.character or "")
                return True
            return False
        if self._relayed is not None:
            self._relayed = None
            self._tree.taken_was_asked()
        self._open_place(event)
        return True

    def _open_place(self, event: events.Key) -> None:
        """The field with the figures and the mark; what of them counted as a call is said."""
        typed = "" if fold_key(event.character or "").isdigit() else event.character or ""
        figures, taken = self._begun.end(event.time)
        self._no_calls += taken
        field = self.query_one("#place", Field)
        before = "".join(field.typed().values())
        if figures:
            field.value = figures + typed
            field.cursor_position = len(field.value)
        self.set_focus(field)
        said = _("The place: type on, then Enter.")
        if figures and not typed:
            said = _("{text}: THE PLACE? Type on, then Enter. Results: Esc, the last once more.")
            said = said.format(text=figures)
        if before and figures:
            said += " " + _("Instead of: {text}").format(text=before)
        self.say(self._were_calls(taken) or said)

    def _were_calls(self, taken: list[Taken]) -> str:
        """What was written down though nobody rang, and how it is put right."""
        if not taken:
            return ""
        calls = _("; ").join(f"{each.digit} = {each.words}" for each in taken)
        return _("WRITTEN DOWN AS A CALL: {calls} Type on; after Enter 1 takes it back.").format(
            calls=calls
        )

    def _say_half(self, field: Field) -> None:
        """What was typed and is in no record, and how it gets there."""
        typed, case = field.value.strip(), self._emergency.case if self._emergency else None
        if field.id == "place" and case is not None and normalise_place(typed) != case.place:
            words = _("NOT written down: {text}. 8, then Enter writes the place down.")
        elif field.id == "log" and typed:
            words = _("NOT written down: {text}. 9, then Enter writes the line down.")
        else:
            return
        self.say(words.format(text=typed or _("no place")))

    def _place_ended(self, left: str = "") -> None:
        """The place is typed: what of it counted as a call is asked about, once it is stamped.

        It is no place where the field that came up unasked is ``left`` as it came up.
        """
        offered, self._offered = self._offered, ""
        if left and left == offered:
            self._no_calls = []
            words = _("Results, no place: {text}. The last digit once more counts.")
            self.say(words.format(text=left))
            self._empty_place()
        if self._no_calls:
            self._start(self._ask_no_calls())

    def _empty_place(self) -> None:
        """What was no place stands in front of none that is typed later."""
        known = self._emergency.case.place if self._emergency is not None else ""
        self.query_one("#place", Field).put(known)

    async def _ask_no_calls(self) -> None:
        found = [each for each in self._no_calls if each.seqs]
        self._no_calls = found
        if not found:
            return
        calls = _("; ").join(f"{each.digit} = {each.words}" for each in found)
        self.query_one(Question).put(
            NO_CALL,
            _("{calls} That was the place, not a result?").format(calls=calls),
            AnswerKey("yes", _("yes: take it back"), "1"),
            AnswerKey("no", _("no: it was a call"), "0"),
            by_digit=True,
        )

    def on_question_unanswered(self, event: Question.Unanswered) -> None:
        """A key that answers nothing where a digit has to."""
        event.stop()
        self.say(_("That answers nothing: {keys}").format(keys=event.keys))

    async def on_question_answered(self, event: Question.Answered) -> None:
        """A figure of the place it was: the entry stays readable and counts no more."""
        if event.name == "menu":
            self._begun.forget()  # its 0 was the menu's, and no figure stands in front of the next
        if event.name != NO_CALL:
            return
        event.stop()
        self.set_focus(None)
        found, self._no_calls = self._no_calls, []
        if event.value == "yes":
            self._start(self._take_back(found))
        else:
            self.say(_("It stays written down."))

    async def _take_back(self, taken: list[Taken]) -> None:
        case_id, of = self.case_id, tuple(seq for each in taken for seq in each.seqs)
        done = await self.run_on_desk(lambda desk: no_call_was_made(desk, case_id, of))
        if done is None:
            return
        await self._written()
        following = self._advance()
        name = target_name(following) if following else ""
        self.say(_("Taken back; it stays readable. Next: {name}").format(name=name))

    def _to_place(self) -> None:
        self._lead = self._begun.led_by(str(PLACE), self.pressed_at)
        self._begun.add(str(PLACE), self.pressed_at)
        field = self.query_one("#place", Field)
        field.select_all()  # what was left half typed is replaced, never typed on by accident
        self.set_focus(field)  # at once: the next digit is the place's

    @property
    def _holds(self) -> bool:
        """Whether it is still going on."""
        return self._emergency is not None and self._emergency.holds

    async def _take_place(self, typed: str) -> None:
        """Write it down; what may be a key that was meant for a call is asked about first."""
        case, place = self._emergency.case if self._emergency else None, normalise_place(typed)
        doubtful = case is not None and place != case.place
        if doubtful and not needs_asking(place) and (once := self._once_pressed(typed)):
            self._ask_which(place, normalise_place(once))
            return
        if not doubtful or not needs_asking(place):
            await self._write_place(typed)
            return
        whole = f"{self._lead[0]}{place}" if self._lead[0] and place.isdigit() else ""
        words = _("no: {place}").format(place=whole)
        self.query_one(Question).put(
            DOUBT,
            _("Is it at: {place}? No call is logged by this.").format(place=place),
            AnswerKey("yes", _("yes, that is the place"), str(PLACE)),
            *([AnswerKey("whole", words, "1")] if whole else []),
            AnswerKey("no", _("no: not written down"), "0"),
            by_digit=True,
        )

    def _once_pressed(self, typed: str) -> str:
        """The place without the figures that came as second presses; empty where there were none
        or it was typed anew."""
        typed, (figures, once) = typed.strip(), self._begun.in_doubt or ("", "")
        return once + typed.removeprefix(figures) if figures and typed.startswith(figures) else ""

    def _ask_which(self, place: str, once: str) -> None:
        """A digit told not to count stands in front of the place: nobody but the hand knows."""
        self.query_one(Question).put(
            DOUBT,
            _("A digit was pressed twice. Which place is it?"),
            AnswerKey("once", once, "1"),
            AnswerKey("yes", place, "2"),
            AnswerKey("no", _("no: not written down"), "0"),
            by_digit=True,
        )

    async def _write_whole(self, typed: str) -> None:
        """The digit of the place was a figure of it, as were those before it."""
        (figures, taken), self._lead = self._lead, ("", [])
        self._no_calls += taken
        await self._write_place(figures + typed)

    async def _write_place(self, typed: str) -> None:
        """What was typed, word for word: the desk reads the place in it and keeps the rest."""
        assert self._emergency is not None
        said = self.query_one(PlaceRow).number_said(typed)
        case, kind = self._emergency.case, self._emergency.case.emergency_kind
        place, more = normalise_place(typed), more_than_place(typed)
        self._begun.in_doubt = None
        field = self.query_one("#place", Field)
        self.set_focus(None)  # what is pressed from now on is the result of a call
        if place and (place != case.place or more):
            named = cmd.NameEmergency(kind=kind, place=typed)
            command = named if place != case.place else cmd.AddNote(text=more)
            if await self.run_on_desk(lambda desk: desk.perform(case.id, command)) is None:
                self.set_focus(field)
                return
            if said:
                note = cmd.AddNote(text=f"{place} {said}")
                await self.run_on_desk(lambda desk: desk.perform(case.id, note))
            field.put(place)
            await self._written()
            await self.save_draft()
        back = call_back_line(dict.fromkeys(duty.name for duty in self._to_ring))
        if back:
            self.say(_("The place has changed. {names} (F4)").format(names=back))
        elif self._holds:
            self.say(_("Ring the number below; the result by its digit."))
        self._place_ended()
