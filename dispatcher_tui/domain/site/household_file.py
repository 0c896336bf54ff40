"""One household's file: its cases, notes and papers, as one document (P4-18)."""

from __future__ import annotations

import re
from datetime import datetime, tzinfo

from dispatcher_tui.domain.papers.report import CaseReport, Report
from dispatcher_tui.domain.papers.slips import SlipRecord
from dispatcher_tui.domain.site.household_notes import NotedHome
from dispatcher_tui.domain.words.people import Household

_NO_NAME = re.compile(r"[^\w-]+")
_LONGEST = 40


class HouseholdFile(Report, frozen=True):
    """What there is of the household at a ``place`` at a moment (UTC).

    ``household`` is None where the register has it no longer, or never had. ``cases`` are those
    of the place, the last one first, each with its entries; ``papers`` are theirs.
    """

    site: str
    zone: tzinfo
    at: datetime
    place: str
    household: Household | None
    cases: tuple[CaseReport, ...]
    papers: tuple[SlipRecord, ...]
    standing: tuple[NotedHome, ...] = ()
    over: tuple[NotedHome, ...] = ()

    @property
    def stem(self) -> str:
        """By the place, as far as a file can be called so, and by the day."""
        place = _NO_NAME.sub("_", self.place)[:_LONGEST].strip("_") or "place"
        return f"household-{place}-{self.at.astimezone(self.zone):%Y%m%d}"
