"""Where an emergency is: the field that is typed in, and in a line who is registered there.

What is typed may be a room's number, a telephone number, a name or initials: the homes it may mean
are taken with the arrows. No digit takes one: it is a figure of the place, or the result of a call.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual import events, on
from textual.geometry import Size
from textual.message import Message
from textual.widgets import Input

from dispatcher_tui.desk.emergency.emergency import Emergency
from dispatcher_tui.domain.site.register import WHOLE_NUMBER, HomeFound
from dispatcher_tui.domain.words.phone import phone_digits
from dispatcher_tui.domain.words.place import normalise_place
from dispatcher_tui.present.case.home_lines import by_arrow_text
from dispatcher_tui.present.case.intake_lines import household_line
from dispatcher_tui.present.cells import fit
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.site.note_lines import notes_lines
from dispatcher_tui.present.spans import Span, cells_of, cut
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.lines import SpanLines
from dispatcher_tui.tui.widgets.other_emergencies import LOW
from dispatcher_tui.tui.widgets.row import Row

LEAST_NOTE = 24
"""Cells of what is noted on a home, however long the names are that stand behind it."""


class RegisterLine(SpanLines):
    """Who is registered at the place and what is noted on it, or that it is not written down yet.

    No row while there is nothing to say, or where rows are few.
    """

    DEFAULT_CSS = "RegisterLine { height: auto; }"

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """One row, or none."""
        return int(bool(self.text))

    def tell(self, found: Emergency | None, typed: str, *, typing: bool) -> None:
        """Say it of what stands in the field."""
        row: list[Span] = []
        if found is not None and typed and typed != normalise_place(found.case.place):
            row = [Span(f" {_('NOT written down: 8, then Enter')}", "warnt", bold=True)]
        elif found is not None and typed:
            now, zone = found.standing.now, found.rules.calendar.tz
            notes = notes_lines(found.notes, now, zone)
            home = Span(f" {household_line(typed, found.household, part=found.part)}", "fg1")
            # Of the two the number is whole: a note stands whole on the card too.
            room = max(LEAST_NOTE, self.app.size.width - cells_of([home]))
            row = [*cut([Span(f" {note} ", "warn") for note in notes], room), home]
        self.put([row] if row and not typing and self.app.size.height >= LOW else [])


class PlaceRow(Row):
    """The place of the record, or what is half typed of another one: never mixed up.

    It stands there while the place is not known or is typed; the heading has one that is known.
    """

    class Typed(Message):
        """Another place is typed: which homes may be meant? ``offer`` takes the answer."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Offered(Message):
        """Other homes may be meant, or another one of them stands in the field."""

    def __init__(self) -> None:
        self._homes: tuple[HomeFound, ...] = ()
        self._verdict = ""
        """What the register says of what is typed, where it is a whole place."""
        self._typed = ""
        """What was typed by hand; a home that is taken stands in its place."""
        self._taken = 0
        """Which of the homes stands in the field, counted from 1; 0 is what was typed."""
        self._field = Field(id="place", placeholder=_("8, where it is, Enter"))
        super().__init__(_("Place"), self._field)
        self._emergency: Emergency | None = None
        self._recorded = ""

    def show_place(self, emergency: Emergency) -> None:
        """The place of the record; one that is half typed stays."""
        place = emergency.case.place
        if not self._field.has_focus and self._field.value.strip() in ("", self._recorded):
            self._field.put(place)
        self._emergency, self._recorded = emergency, place

    def show_register(self, at_place: RegisterLine, *, log: bool) -> None:
        """Stand there while it is needed; ``log``: the line of the log is being typed."""
        found, typed = self._emergency, normalise_place(self._field.value)
        at_place.tell(found, typed, typing=self._field.has_focus)
        # A half typed place is never out of sight; where rows are few, one not known is.
        half = found is not None and typed != normalise_place(found.case.place)
        low = self.app.size.height < LOW
        unknown = found is not None and found.holds and not found.case.place and not log
        self.display = self._field.has_focus or half or (unknown and not low)

    @on(Input.Changed)
    def typed_on(self, event: Input.Changed) -> None:
        """Another text: a home that was taken is none that was typed."""
        if event.value == self._stands:
            return
        self._typed, self._taken, self._homes, self._verdict = event.value, 0, (), ""
        self.post_message(self.Offered())
        if self._field.has_focus:
            self.post_message(self.Typed(event.value))

    @property
    def _stands(self) -> str:
        """What stands in the field by what was typed and taken."""
        return self._homes[self._taken - 1].household.place if self._taken else self._typed

    def offer(self, text: str, homes: Sequence[HomeFound], verdict: str = "") -> None:
        """The homes that a text may mean, or what the register says of it; nothing where something
        else is typed by now."""
        if text == self._typed and not self._taken:
            self._homes, self._verdict = tuple(homes), verdict
            self.post_message(self.Offered())

    def number_said(self, place: str) -> str:
        """The whole telephone number by which a place was taken: a caller may have said it."""
        number = self._typed.strip()
        by_it = self._taken and place == self._stands and len(phone_digits(number)) >= WHOLE_NUMBER
        return number if by_it else ""

    def offered(self, cells: int) -> str:
        """The homes to take, or what the register says, in one row; empty where it says nothing."""
        if self._homes:
            return by_arrow_text(self._homes, self._taken, cells)
        return fit(self._verdict, cells, ellipsis="..").rstrip()

    def on_key(self, event: events.Key) -> None:
        """Down takes the next home, up the one before; behind the last comes what was typed."""
        if event.key not in ("down", "up") or not self._homes or not self._field.has_focus:
            return
        event.stop()
        event.prevent_default()
        self._taken = (self._taken + (1 if event.key == "down" else -1)) % (len(self._homes) + 1)
        self._field.value = self._stands
        self._field.cursor_position = len(self._field.value)
        self.post_message(self.Offered())
