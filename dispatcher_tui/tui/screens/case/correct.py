"""A field of the opening, put right: the old entry stays readable, the reason stands beside."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from dispatcher_tui.desk.case.case_file import CaseFile
from dispatcher_tui.desk.papers.paper_numbers import correct_number, doubts_of_another
from dispatcher_tui.domain.case.evolve_papers import (
    CHARGE,
    PAPER_NUMBER,
    filed_last,
    received_last,
)
from dispatcher_tui.domain.duties.duties import CORRECTION
from dispatcher_tui.domain.papers.pads import tidy
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.record.events import Corrected
from dispatcher_tui.domain.record.opening import CORRECTED, FIELDS, Typed
from dispatcher_tui.domain.words.money import format_fen
from dispatcher_tui.domain.words.place import more_than_place, normalise_place
from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.terms import field_name
from dispatcher_tui.tui.screens.case.asks_home import AsksHome
from dispatcher_tui.tui.screens.case.on_case import OnCase
from dispatcher_tui.tui.widgets.form import Choice, Field, Option
from dispatcher_tui.tui.widgets.notes import NoteArea
from dispatcher_tui.tui.widgets.number_question import DOUBT, put_doubts
from dispatcher_tui.tui.widgets.picker import Picker, PickList
from dispatcher_tui.tui.widgets.question import Question
from dispatcher_tui.tui.widgets.row import Row

LINES = (
    *(each.name for each in FIELDS if each.corrected and each.typed is Typed.LINE),
    CHARGE,
    PAPER_NUMBER,
)
"""The fields that are one line of text; a charge can be corrected once its paper is filed, the
number on a paper once it came in."""

PLACE = "value-place"


def present_value(case: Case, field: str) -> str:
    """What a field of the opening holds now."""
    if field == PAPER_NUMBER:
        received = received_last(case)
        return received.number if received else ""
    if field == CHARGE:
        filed = filed_last(case)
        return format_fen(filed.charge_fen) if filed else ""
    first = case.caller
    if field in ("caller", "phone"):
        return (first.name if field == "caller" else first.phone) if first else ""
    value: str = getattr(case, field)
    return value


class CorrectScreen(AsksHome, OnCase):
    """Which field by digit; its value stands there to be changed; the reason; F10."""

    hints = ("commit", "help")
    DEFAULT_CSS = "CorrectScreen #words { height: 6; }"

    def __init__(self, case_id: str) -> None:
        super().__init__(case_id)
        self._sure = ""
        """The number that was asked about, being odd, and confirmed."""

    def form_name(self) -> str:
        """What the form is called."""
        return _("Correct")

    def fields(self, file: CaseFile) -> Iterable[Widget]:
        """The choice of the field, one row for each sort of value, the reason."""
        charged = (CHARGE,) if filed_last(file.case) else ()
        numbered = (PAPER_NUMBER,) if received_last(file.case) else ()
        options = [Option(field, field_name(field)) for field in (*CORRECTED, *charged, *numbered)]
        classes = [
            Option(c.id, localized(c.name), (c.initials, c.id), words=c.words)
            for c in self.session.desk.site.offered
        ]
        picker = Picker(classes, picked=file.case.category, id="class")
        yield Row(_("Field"), Choice(options, chosen=["place"], id="field"))
        for field in LINES:
            value = Field(present_value(file.case, field), id=f"value-{field}")
            yield Row(_("Correct value"), value, classes="line")
        yield Row(_("Correct class"), picker, id="class_row")
        yield PickList(picker)
        yield Row(_("Correct words"), NoteArea(file.case.verbatim, id="words"), id="words_row")
        yield Row(_("Reason"), Field(id="reason"))
        yield Question(id="question", held=True)

    def begin(self) -> None:
        """Nothing but the fitting row is shown."""
        self._show_row()
        self.query_one("#field").focus()

    @property
    def _chosen(self) -> str:
        return self.query_one("#field", Choice).value

    def _show_row(self) -> None:
        chosen = self._chosen
        self.query_one("#class_row").display = chosen == "category"
        self.query_one(PickList).display = chosen == "category"
        self.query_one("#words_row").display = chosen == "verbatim"
        for field, row in zip(LINES, self.query(".line"), strict=True):
            row.display = field == chosen

    def on_choice_changed(self, event: Choice.Changed) -> None:
        """Another field: its present value stands there, or what was typed for it before."""
        event.stop()
        self._show_row()
        if event.by_hand:
            self._go_to_value()

    def _go_to_value(self) -> None:
        """A line that stands there is replaced by typing; long words are only added to."""
        field = self._chosen
        if field == "verbatim":
            words = self.query_one("#words", NoteArea)
            words.focus()
            words.move_cursor(words.document.end)
            return
        self.query_one("#class" if field == "category" else f"#value-{field}").focus()

    async def accept_field(self) -> None:
        """Enter on the choice leads to the value as a digit does; a place may be several homes."""
        field = self.focused
        if isinstance(field, Choice):
            self._go_to_value()
        elif not (isinstance(field, Field) and field.id == PLACE and await self.asks_home(field)):
            await super().accept_field()

    def on_question_answered(self, event: Question.Answered) -> None:
        """The home stands there, and the reason comes next; or a number that is odd is right."""
        if event.name == DOUBT:
            if event.value == "yes":
                self._sure = self._value(PAPER_NUMBER)
                self.call_later(self.commit)
            else:
                self.query_one(f"#value-{PAPER_NUMBER}").focus()
        elif self.home_answered(event) is not None:
            self.query_one("#reason").focus()

    def on_picker_narrowed(self, event: Picker.Narrowed) -> None:
        """Other classes match now."""
        event.stop()
        self.query_one(PickList).refresh(layout=True)

    def _value(self, field: str) -> str:
        if field == "category":
            return self.query_one("#class", Picker).picked
        if field == "verbatim":
            return clean_text(self.query_one("#words", NoteArea).text).text
        return clean_text(self.field(f"value-{field}"), multiline=False).text.strip()

    async def _correct_number(self, number: str, reason: str) -> None:
        """Another number stands on the paper; one that is odd is asked about first."""
        key, sure = self.case_id, self._sure
        found = await self.run_on_desk(
            lambda desk: doubts_of_another(desk, key, number), writes=False
        )
        if found and found[0].number != tidy(sure) and reason.strip():
            put_doubts(self.query_one(Question), found)
            self.say("")
        elif await self.record(lambda desk: correct_number(desk, key, number, reason, tidy(sure))):
            await self.shell.take_news()
            self.leave(_("Corrected; what was written before stays readable."))

    async def commit(self) -> None:
        """F10: the field is as it should have been."""
        if self.file is None:
            return
        field = self._chosen
        value = self._value(field)
        present = present_value(self.file.case, field)
        same = normalise_place(value) == present and not more_than_place(value)
        if value == present or (field == "place" and same) or (field == "category" and not value):
            self.say(_("Nothing was changed yet."))
            return
        reason = clean_text(self.field("reason"), multiline=False).text
        if field == PAPER_NUMBER:
            await self._correct_number(value, reason)
            return
        command = cmd.Correct(field=field, value=value, reason=reason)
        done = await self.record(lambda desk: desk.perform(self.case_id, command))
        if done is None:
            return
        await self.shell.take_news()
        corrected = (e.event for e in done.entries if isinstance(e.event, Corrected))
        owed = [duty.do for duty in done.duties if duty.clock == CORRECTION and duty.pending]
        # Whoever was told otherwise is rung now: their number stands there with what to say.
        if not (any(event.tell for event in corrected) and self.lead_on(owed)):
            self.leave(_("Corrected; what was written before stays readable."))
