"""What an intake form's words come to: what was said, its class, and what F10 makes of it."""

from __future__ import annotations

from datetime import datetime

from textual.widget import Widget

from dispatcher_tui.desk.case.intake import Intake, IntakeDraft, IntakeKind, find_category
from dispatcher_tui.domain.words.quick_line import is_number
from dispatcher_tui.domain.words.usual_texts import UsualText, taken_by_digit, usual_texts
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.tui.screens.case.intake_home import IntakeHome
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.notes import NoteArea
from dispatcher_tui.tui.widgets.picker import Picker
from dispatcher_tui.tui.widgets.usual_list import UsualList


class IntakeWords(IntakeHome):
    """Where Enter leads from words and class, and what is said about them."""

    def __init__(self, draft: IntakeDraft | None = None, *, since: datetime | None = None) -> None:
        super().__init__(draft, since=since)
        self._silence_told = False
        self._hinting = False
        self._back_at_words = False
        """Whether Enter has led back from the last field to words that are still missing."""

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
        if name == "said":
            self.take_usual()
        if name == "said" and (astray := self.number_astray()):
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

    # Words that need not be typed, and what is no words

    def _usual(self) -> tuple[UsualText, ...]:
        """The usual texts that a digit stands for: of the class, while there are no words."""
        form, classes = self.filled, self.session.desk.site.offered
        if form.kind in (IntakeKind.AGAIN, IntakeKind.ENQUIRY):
            return ()
        chosen = find_category(classes, form.category)
        offered = usual_texts(classes, chosen.id if chosen else "")
        return offered if not form.said.strip() or taken_by_digit(form.said, offered) else ()

    def offer_usual(self) -> None:
        """Show them below the words, or nothing."""
        if self.is_mounted and not self.over:
            here = self.query_one("#said").has_focus
            texts = [localized(each.text) for each in self._usual()] if here else []
            self.query_one(UsualList).offer(texts)

    def take_usual(self) -> None:
        """Words that are a digit and nothing else stand for the text it offers; it brings its class
        along where none was chosen."""
        area, category = self.query_one("#said", NoteArea), self.query_one("#category", Picker)
        meant = taken_by_digit(area.text, self._usual())
        if meant is None:
            return
        area.text = localized(meant.text)
        if not category.value.strip():
            category.take_value(meant.category)

    def after_field(self, field: Widget | None) -> Widget | None:
        """Where Enter leads from a field; at the end once to the words, where nothing was said and
        the class that is chosen by now has usual ones."""
        following = self.form.accept(field)
        words = self.query_one("#said", NoteArea)
        if self._back_at_words:
            return None if field is words else following
        silent = not words.text.strip() and self.filled.category
        if following is None and silent and self._usual():
            self._back_at_words = True
            return words
        return following

    def number_astray(self) -> str:
        """An enquiry's words that are a telephone number and nothing else: it is put where it
        belongs. Gives what is said about that; empty where there is none."""
        area = self.query_one("#said", NoteArea)
        number = area.text.strip()
        if self.filled.kind is not IntakeKind.ENQUIRY or not is_number(number):
            return ""
        self.query_one("#phone", Field).value = number
        area.text = ""
        return _("{number} now stands as the callback. What is asked?").format(number=number)

    def on_descendant_focus(self) -> None:
        """The usual texts stand there only while the words are typed."""
        self.call_after_refresh(self.offer_usual)

    def on_descendant_blur(self) -> None:
        """The focus went elsewhere."""
        self.call_after_refresh(self.offer_usual)
