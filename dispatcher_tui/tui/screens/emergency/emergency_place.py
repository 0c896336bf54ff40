"""Where an emergency is, and digits that are no result of a call: none is made a place (E-02)."""

from __future__ import annotations

import math

from textual import events

from dispatcher_tui.desk.case.homes import homes_offered, known_place, places_offered
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.emergency.differing import home_at
from dispatcher_tui.domain.emergency.call_tree import Target
from dispatcher_tui.domain.emergency.place_doubt import PlaceDoubt, no_such_room, place_doubt
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.site.register import HomeFound
from dispatcher_tui.domain.words.covered import covered
from dispatcher_tui.domain.words.people import Household, bare_figure
from dispatcher_tui.domain.words.place import (
    PlaceKnown,
    lacks_start,
    more_than_place,
    needs_asking,
    normalise_place,
)
from dispatcher_tui.domain.words.text import clean_text, fold_key
from dispatcher_tui.present.case.intake_lines import household_line
from dispatcher_tui.present.cells import fit
from dispatcher_tui.present.emergency.over_lines import call_back_line
from dispatcher_tui.present.i18n import _
from dispatcher_tui.tui import twice
from dispatcher_tui.tui.screens.emergency.asked_place import DOUBT, ask_place
from dispatcher_tui.tui.screens.emergency.given_results import TOLD
from dispatcher_tui.tui.screens.emergency.no_calls import NoCalls
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.place_row import PlaceRow
from dispatcher_tui.tui.widgets.question import Question


class EmergencyPlace(NoCalls):
    """A mark of a place, pressed outside of its field, opens it with that mark alone: no figure
    before it is ever guessed, and at Enter the place is asked for from its start."""

    def __init__(self, case_id: str = "") -> None:
        super().__init__(case_id)
        self._relayed: tuple[Target, str] | None = None
        """Who was rung by which number, where it is asked who took the message."""
        self._log_at = -math.inf
        """When the digit of the log was pressed last, by the clock of keys."""
        self._known = PlaceKnown.NO_LIST
        """What the register has of the place typed last."""
        self._mark = ""
        """The mark that opened the field of the place."""
        self._refusal = ""
        """What was said of a digit refused while one before it was being written down."""
        self._in_flight: list[tuple[Target, str]] = []
        """Who was rung by which number, while the result is being written down."""

    async def on_place_row_typed(self, event: PlaceRow.Typed) -> None:
        """The homes that the place as it is typed may mean: the arrows take one, no digit does;
        else what the register says of it, before it is written down."""
        event.stop()
        text, offered = event.text, places_offered if self.shell.locked else homes_offered
        place, locked = normalise_place(text), self.shell.locked
        whole = bool(place) and not (needs_asking(place) or lacks_start(text))

        def look(desk: Desk) -> tuple[tuple[HomeFound, ...], str]:
            homes = offered(desk, text)
            if homes or not whole:
                return homes, ""
            home = home_at(desk, place).household
            known = Household(home.place) if home is not None and locked else home
            part = known is None and known_place(desk, place) is PlaceKnown.PART
            return homes, household_line(place, known, part=part)

        found = await self.run_on_desk(look, writes=False)
        if self.is_attached and found is not None:
            self.query_one(PlaceRow).offer(text, *found)

    # ---- what is no result

    def _rung(self) -> tuple[Target, str] | None:
        """Who stands there to be rung by which number, as a digit is pressed.

        None while that one's result is being written down: then it is about whoever is next.
        """
        shown = self._tree.number
        stamped = [(target.key, phone) for target, phone in self._in_flight]
        return None if shown is None or (shown[0].key, shown[1]) in stamped else shown

    def _too_soon(self, digit: str) -> bool:
        """Whether nobody can have rung by that digit, or been told; then that is said, and the
        same digit counts a while later."""
        at, given = self.pressed_at, self._given
        if not self._tree.phone:
            return False
        stood = self._tree.stood(at) if self._rung() is not None else 0.0
        told = twice.TOLD_AFTER - stood if digit in TOLD else 0.0
        wait = max(given.free_in(digit, at), twice.RINGS_AFTER - stood)
        if max(wait, told) <= 0 and not given.held_down(digit, at):
            return False
        self._refuse(digit, max(wait, told), told=told > wait)
        return True

    def _refuse(self, digit: str, wait: float, *, told: bool = False) -> None:
        """Say that a digit did not count, and in how many seconds it does."""
        self._undo(self._given.refuse(digit, self.pressed_at))
        self.shell.presses.once_more()
        words = _("{key} NOT counted: too soon for a call. Again in {n} s. A place: 8 first.")
        if told:
            words = _("{key} NOT counted: nobody is told so soon. Again in {n} s.")
        said = words.format(key=digit, n=max(1, math.ceil(wait)))
        if self._given.undone(self.pressed_at):
            said = self._undone_by(digit, self.pressed_at)
        self._refusal = said if self._waiting else ""
        self.say(said)

    def _say_done(self, said: str) -> None:
        """What a key before did is said with what was refused meanwhile: neither hides the
        other."""
        refusal, self._refusal = self._refusal, ""
        self.say(f"{said} {refusal}".strip())

    def counts_again(self, at: float) -> float:
        """A digit pressed twice counts again as late as any other result after the first."""
        return max(super().counts_again(at), self._given.free_in("", at))

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """A field or a question was left: nobody was rung meanwhile."""
        asked = isinstance(event.widget, Question)
        self._given.free_from(self.shell.presses.last[1], asked=asked)

    # ---- the field of the place

    def _begins_place(self, event: events.Key) -> bool:
        """Answer a mark of a place; False where it is part of what is typed in a field."""
        mark = event.character or ""
        if not self.shell.presses.of_place(event) or fold_key(mark).isdigit():
            return False
        field = self.focused
        if isinstance(field, Question):
            if field.asked != "menu":
                return False
            field.withdraw()
        elif isinstance(field, Field) and field.id in ("log", "taken"):
            if field.value and not field.replaceable:
                return False
            if field.id == "log" and event.time - self._log_at >= twice.RINGS_AFTER:
                field.insert_text_at_cursor(mark)  # it was left to the screen
                return True
        elif field is not None:
            return False
        if self._relayed is not None:
            self._relayed = None
            self._tree.taken_was_asked()
        self._open_place(mark if mark.strip() else "-", event.time)
        return True

    def _open_place(self, mark: str, at: float) -> None:
        """The field with the mark, so that it is seen not to be whole; which digits right before
        it counted as calls is said loudly."""
        self._mark, self._led, taken = mark, [], self._given.before(at)
        for each in taken:
            each.in_doubt = True
        self._no_calls += taken
        field = self.query_one("#place", Field)
        before = "".join(field.typed().values())
        field.value = mark
        field.cursor_position = len(mark)
        self.set_focus(field)
        said = _("THE PLACE, and nothing before {mark} is in it: building-unit-room, Enter.")
        parts = [self._were_calls(taken), self._were_undone(at), said.format(mark=mark)]
        if before:
            parts.append(_("Instead of: {text}").format(text=self._said(before)))
        self.say(" ".join(filter(None, parts)))

    def _say_half(self, field: Field) -> None:
        """What was typed and is in no record, and how it gets there."""
        typed, case = field.value.strip(), self._emergency.case if self._emergency else None
        if field.id == "place" and case is not None and normalise_place(typed) != case.place:
            words = _("NOT written down: {text}. 8, then Enter writes the place down.")
            if typed and not any(char.isalnum() for char in typed):
                self._empty_place()
                words = _("No place: {text}. The result of a call by its digit; 8: the place.")
            elif needs_asking(typed) or lacks_start(typed):
                words = _("NOT counted, neither as place nor as result: {text}. 8: the place.")
                self._led_to_none()
            if self._no_calls:  # 8 is an answer to what is asked now.
                words = _("NOT written down: {text}. First the question; then 8, Enter.")
        elif field.id == "log" and typed:
            words = _("NOT written down: {text}. 9, then Enter writes the line down.")
            if bare_figure(typed):
                self._led_to_none()
        else:
            return
        self.say(words.format(text=self._said(typed) or _("no place")))

    def _said(self, typed: str) -> str:
        """What was typed, as it is said again: on a locked desk it may be a PIN."""
        text = typed.strip()
        return covered(text) if self.shell.locked else text

    def _empty_place(self) -> None:
        """What was no place stands in front of none that is typed later."""
        known = self._emergency.case.place if self._emergency is not None else ""
        self.query_one("#place", Field).put(known)

    def _to_place(self) -> None:
        self._led, self._mark = self._given.before(self.pressed_at), ""
        field = self.query_one("#place", Field)
        field.select_all()  # what was left half typed is replaced, never typed on by accident
        self.set_focus(field)  # at once: the next digit is the place's

    @property
    def _holds(self) -> bool:
        """Whether it is still going on."""
        return self._emergency is not None and self._emergency.holds

    async def _take_place(self, field: Field) -> None:
        """Write it down; what is not whole is asked for from its start, and what may be keys that
        were meant for a call is asked about first."""
        typed, mark, self._mark = field.value, self._mark, ""
        if lacks_start(typed) or (mark and typed.startswith(mark)):
            words = _("{text}: its beginning is missing. The place from its start: 3-2-1502.")
            self.say_fault(words.format(text=self._said(typed)))
            field.select_all()
            self._led_to_none()
            return
        case, place = self._emergency.case if self._emergency else None, normalise_place(typed)
        known = await self.run_on_desk(lambda desk: known_place(desk, place), writes=False)
        self._known = known or PlaceKnown.NO_LIST
        recorded, locked = case.place if case is not None else place, self.shell.locked
        doubt = place_doubt(recorded, typed, self._known, locked=locked)
        if doubt is None:
            await self._write_place(typed)
        elif doubt is PlaceDoubt.PIN:
            self._empty_place()
            self.set_focus(None)
            self.say(_("NOT written down and not shown: figures alone. {how}").format(how=_how()))
        else:
            ask_place(self.query_one(Question), doubt, place, recorded)

    async def _to_log_instead(self, typed: str) -> None:
        """No place, but words to keep: they become a line of the log."""
        case_id, text = self.case_id, clean_text(typed, multiline=False).text
        known = self._emergency.case.place if self._emergency is not None else ""
        self._empty_place()
        self.set_focus(None)
        done = await self.run_on_desk(lambda desk: desk.perform(case_id, cmd.AddNote(text=text)))
        if done is not None:
            await self._written()
            self.say(_("Written into the log; the place stays: {place}.").format(place=known))
        self._place_ended()

    async def _write_place(self, typed: str) -> None:
        """What was typed, word for word: the desk reads the place in it and keeps the rest."""
        assert self._emergency is not None
        said = self.query_one(PlaceRow).number_said(typed)
        case, kind = self._emergency.case, self._emergency.case.emergency_kind
        place, more = normalise_place(typed), more_than_place(typed)
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
            said, found = _("Ring the number below; the result by its digit."), self._emergency
            if self.has_class("low") and found.case.place:  # the line of the register has no row
                verdict = household_line(found.case.place, found.household, part=found.part)
                said = f"{fit(verdict, self.cells - 1).rstrip()}\n{said}"
            elif place and no_such_room(place, self._known):
                words = _("The register has no {place}: ask once more, 8 changes it.")
                said = f"{words.format(place=place)} {said}"
            self.say(said)
        self._place_ended()

    async def on_question_answered(self, event: Question.Answered) -> None:
        """What was typed is the place after all, or not."""
        self._given.free_from(self.shell.presses.last[1], asked=True)
        if event.name == DOUBT:
            event.stop()
            await self._answered_doubt(event.value)

    async def _answered_doubt(self, answer: str) -> None:
        """A place all the same, or a line of the log; or the record's stands there again, and what
        of it counted as nothing is said."""
        field, led = self.query_one("#place", Field), self._led
        typed, self._led = field.value, []
        if answer == "yes":
            await self._write_place(typed)
            return
        if answer == "log":
            await self._to_log_instead(typed)
            return
        self._empty_place()
        self.set_focus(None)
        self._tree.show_register()
        words = _("NOT counted, neither as place nor as result: {text}. Results by digit; 8: place")
        self.say(words.format(text=self._said(typed)))
        self._no_calls += led
        self._place_ended()


def _how() -> str:
    """How a place is typed on a locked desk, and where a PIN belongs."""
    return _("A place: 3-2-1502. To sign in: Esc until name and PIN stand there.")
