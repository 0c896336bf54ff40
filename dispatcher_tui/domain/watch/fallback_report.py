"""What is printed for when the desk is dark: blank intakes, the board, whom to ring."""

from __future__ import annotations

from datetime import datetime, tzinfo

import msgspec

from dispatcher_tui.domain.papers.report import PaperMark, Report
from dispatcher_tui.domain.papers.spare_sheets import sheet_number
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.record.sheet import Sheet
from dispatcher_tui.domain.words.people import Person


class RungPerson(msgspec.Struct, frozen=True):
    """Somebody who can be rung, and how near they are in this watch."""

    person: Person
    near: int


class FallbackReport(Report, frozen=True):
    """A pad from ``first`` to ``last`` (none where both are 0), the board as a ``sheet``, the call
    tree: ``people`` in the order in which they are rung, ``outside`` numbers by their names."""

    site: str
    zone: tzinfo
    at: datetime
    sheet: Sheet
    procedure: Procedure
    people: tuple[RungPerson, ...]
    outside: tuple[tuple[str, str], ...]
    first: int = 0
    last: int = 0

    @property
    def mark(self) -> PaperMark:
        """By the numbers of its pad."""
        if not self.first:
            return PaperMark()
        return PaperMark(number=f"{sheet_number(self.first)}..{sheet_number(self.last)}")

    @property
    def stem(self) -> str:
        """By the moment."""
        return f"fallback-{self.at.astimezone(self.zone):%Y%m%d-%H%M%S}"
