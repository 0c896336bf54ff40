"""Where an emergency is: the field that is typed in, and in a line who is registered there."""

from __future__ import annotations

from textual.geometry import Size

from dispatcher_tui.desk.emergency.emergency import Emergency
from dispatcher_tui.domain.words.place import normalise_place
from dispatcher_tui.present.case.intake_lines import household_line
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.site.note_lines import notes_lines
from dispatcher_tui.present.spans import Span
from dispatcher_tui.tui.widgets.lines import SpanLines
from dispatcher_tui.tui.widgets.once import AfterDigit
from dispatcher_tui.tui.widgets.other_emergencies import LOW
from dispatcher_tui.tui.widgets.row import Row


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
            row = [Span(f" {note} ", "warn") for note in notes]
            row.append(Span(f" {household_line(typed, found.household)}", "fg1"))
        self.put([row] if row and not typing and self.app.size.height >= LOW else [])


class PlaceRow(Row):
    """The place of the record, or what is half typed of another one: never mixed up.

    It stands there while the place is not known or is typed; the heading has one that is known.
    """

    def __init__(self) -> None:
        self._field = AfterDigit(id="place", placeholder=_("8, where it is, Enter"))
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
