"""A list of fees on paper: what is unpaid, or what an area's keeper takes along and signs for."""

from __future__ import annotations

from datetime import datetime, tzinfo

import msgspec

from dispatcher_tui.domain.desk_routines import ListPlan
from dispatcher_tui.domain.fees.fee_list import LineStand
from dispatcher_tui.domain.papers.report import PaperMark, Report


class FeePaperRow(msgspec.Struct, frozen=True):
    """One household as the paper has it."""

    stand: LineStand
    resident: str = ""
    phone: str = ""


class FeePaper(Report, frozen=True):
    """未缴清单 of all areas, or 派发签收表 of one that ``keeper`` has in hand.

    ``rows`` are those that are not settled.
    """

    site: str
    zone: tzinfo
    at: datetime
    plan: ListPlan
    month: str
    rows: tuple[FeePaperRow, ...]
    area: str | None = None
    keeper: str = ""

    @property
    def mark(self) -> PaperMark:
        """Of which list and month."""
        return PaperMark(f"{self.plan.id} {self.month}")

    @property
    def stem(self) -> str:
        """By the list, the month and, of one area, the minute: it is printed again and again."""
        if self.area is None:
            return f"{self.plan.id}-{self.month}"
        return f"{self.plan.id}-{self.month}-{self.at.astimezone(self.zone):%d-%H%M%S}"
