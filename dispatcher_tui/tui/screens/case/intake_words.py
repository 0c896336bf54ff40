"""What an intake form's words come to: what was said, its class, and what F10 makes of it."""

from __future__ import annotations

from datetime import datetime

from textual.widget import Widget

from dispatcher_tui.desk.case.intake import Intake, IntakeDraft, IntakeKind, find_category
from dispatcher_tui.present.i18n import _
from dispatcher_tui.tui.screens.case.intake_home import IntakeHome
from dispatcher_tui.tui.widgets.notes import NoteArea
from dispatcher_tui.tui.widgets.picker import Picker


class IntakeWords(IntakeHome):
    """Where Enter leads from words and class, and what is said about them."""

    def __init__(self, draft: IntakeDraft | None = None, *, since: datetime | None = None) -> None:
        super().__init__(draft, since=since)
        self._silence_told = False
        self._hinting = False

    @property
    def filled(self) -> Intake:
        """The form as it is typed now."""
        return self.form.value

    def _say_stays(self, why: str) -> None:
        """Say why below the field where it is one that cannot stand, else at the foot."""
        field = self.query_one("#category", Picker)
        if field.value.strip() and not field.picked:
            self.say("")
            self.form.say_wrong(field, why)
        else:
            self.say(why)

    def _stays(self, field: Widget | None) -> str:
        """Why Enter does not lead on from a field; empty where it does."""
        name = field.id if field is not None else ""
        if name == "said" and (astray := self.form.number_astray()):
            return astray
        if name == "said" and not self.filled.said.strip() and not self._silence_told:
            self._silence_told = True
            return _("Nothing was said yet: type it here. Enter again goes on without.")
        return self._unknown_class() if name == "category" else ""

    def _unknown_class(self) -> str:
        """What is wrong with the class; words that were typed there by mistake are put right."""
        form, text = self.filled, self.filled.category
        if not text or find_category(self.session.desk.site.categories, text):
            return ""
        if form.said.strip():
            if form.kind in (IntakeKind.AGAIN, IntakeKind.ENQUIRY):
                return ""  # it is not asked for
            return _('No class is called "{text}": pick one, or empty the field.').format(text=text)
        self.query_one("#said", NoteArea).text = text
        self._hinting = False
        self.query_one("#category", Picker).empty()
        return _('"{text}" is no class: it now stands as what the caller said.').format(text=text)

    def _what_next(self) -> str:
        if self.form.kind is IntakeKind.ENQUIRY:
            return _("F10 enters it in the Work Log.")
        if self.filled.case or self.form.kind is IntakeKind.AGAIN:
            return _("F10 counts the call on the open case.")
        return _("F10 opens the case; then tell the person responsible.")
