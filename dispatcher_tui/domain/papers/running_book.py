"""A running register as its procedure names it: a line a case, printed by the page (P5-05)."""

from __future__ import annotations

from datetime import datetime, tzinfo

from dispatcher_tui.domain.papers.report import CaseReport, PaperMark, Report
from dispatcher_tui.domain.printed_form import Form


class RunningBook(Report, frozen=True):
    """The cases of a ``month`` (2026-11) in the columns of a form, in the order of opening."""

    site: str
    zone: tzinfo
    at: datetime
    month: str
    form: Form
    cases: tuple[CaseReport, ...]

    @property
    def mark(self) -> PaperMark:
        """Which form of which month."""
        return PaperMark(self.month, self.form.id, self.form.edition)

    @property
    def stem(self) -> str:
        """By the form and the month."""
        return f"{self.form.id.replace('_', '-')}-{self.month}"
