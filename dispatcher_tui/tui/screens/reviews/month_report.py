"""The Monthly Summary is drawn: the dispatcher's short report, then its figures are kept."""

from __future__ import annotations

from textual.app import ComposeResult

from dispatcher_tui.desk.reviews.months import report_month
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.reviews.month_words import balance, formula
from dispatcher_tui.tui.screens.reviews.month_form import MonthForm
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.notes import NoteArea


class MonthReportScreen(MonthForm):
    """A few words about the month; F10 draws the summary with them."""

    def form_name(self) -> str:
        """What the form is called."""
        return _("Report")

    def body(self) -> ComposeResult:
        """The figures in two lines, the words."""
        figures = self.file.figures
        yield Lines(f"{balance(figures)}\n{formula(figures)}", classes="why")
        yield Lines(_("How the month went, what stood out, what is to be done:"))
        yield NoteArea(self.file.drawn.report.text if self.file.drawn else "", id="words")
        why = _("It can be drawn anew until the head has commented on it. Ctrl+J: a new line.")
        yield Lines(why, classes="why")

    async def accept_field(self) -> None:
        """Enter in the words: F10 is what draws."""
        self.say(_("F10 draws the summary; Ctrl+J begins a new line."))

    async def commit(self) -> None:
        """F10: draw it."""
        month, text = self.about, self.words
        said = _("The summary of {month} is drawn.").format(month=month)
        await self.submit(lambda desk: report_month(desk, month, text), said)

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [_("F10: draw the summary with these words; Esc: back, the words are kept")]
