"""Where an emergency is: the field that is typed in, and beside it who is registered there."""

from __future__ import annotations

from dispatcher_tui.desk.emergency.emergency import Emergency
from dispatcher_tui.domain.words.place import normalise_place
from dispatcher_tui.present.case.intake_lines import household_line
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.site.note_lines import notes_lines
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.once import AfterDigit
from dispatcher_tui.tui.widgets.other_emergencies import LOW
from dispatcher_tui.tui.widgets.row import Row


class PlaceRow(Row):
    """The place of the record, or what is half typed of another one: never mixed up."""

    DEFAULT_CSS = """
    PlaceRow #at_place { width: 2fr; height: 1; padding: 0 0 0 1; }
    """

    def __init__(self) -> None:
        self._field = AfterDigit(id="place", placeholder=_("8, where it is, Enter"))
        self._beside = Lines("", id="at_place", wrap=False)
        super().__init__(_("Place"), self._field, self._beside)
        self._emergency: Emergency | None = None
        self._recorded = ""

    def show_place(self, emergency: Emergency) -> None:
        """The place of the record; one that is half typed stays."""
        place = emergency.case.place
        if not self._field.has_focus and self._field.value.strip() in ("", self._recorded):
            self._field.put(place)
        self._emergency, self._recorded = emergency, place
        self.show_register()

    def show_register(self) -> None:
        """Beside the place who is registered there, or that what is typed is not written yet."""
        found, typed = self._emergency, normalise_place(self._field.value)
        said = ""
        if found is not None and typed and typed != normalise_place(found.case.place):
            said = _("NOT written down: 8, then Enter")
        elif found is not None and typed:
            home = household_line(typed, found.household)
            now, zone = found.standing.now, found.rules.calendar.tz
            said = "  ".join([*notes_lines(found.notes, now, zone), home])
        self._beside.show(said)
        self._beside.display = bool(said) and not self._field.has_focus
        # Where rows are few the heading has the place; a half typed one is never out of sight.
        half = found is not None and typed != normalise_place(found.case.place)
        self.display = self.app.size.height >= LOW or self._field.has_focus or half
