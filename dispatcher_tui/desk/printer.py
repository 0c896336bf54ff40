"""The port that printing goes out through; ``bootstrap`` fills it with what makes pages."""

from __future__ import annotations

from typing import Protocol

from dispatcher_tui.domain.papers.report import Report


class Printer(Protocol):
    """Makes pages of records."""

    def report(self, report: Report, form: str) -> bytes:
        """A report in one of ``report.FORMS``, in the language in use."""
        ...

    def title(self, report: Report) -> str:
        """What a report is called on its first page, in the language in use."""
        ...

    def lacking(self, report: Report) -> str:
        """Which places of its page have characters that no font has; empty where there are none."""
        ...
