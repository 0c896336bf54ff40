"""The list of the notes on households, as it is shown to the head and printed."""

from __future__ import annotations

from datetime import datetime, tzinfo

from msgspec.structs import replace

from dispatcher_tui.domain.papers.report import Report
from dispatcher_tui.domain.site.household_notes import NotedHome


class HouseholdNotesReport(Report, frozen=True):
    """The notes at a moment (UTC): those that stand, by their places, and those that are over."""

    site: str
    zone: tzinfo
    at: datetime
    standing: tuple[NotedHome, ...]
    over: tuple[NotedHome, ...] = ()

    @property
    def stem(self) -> str:
        """By when it was drawn up."""
        return f"household-notes-{self.at.astimezone(self.zone):%Y%m%d-%H%M}"

    def at_moment(self, at: datetime) -> HouseholdNotesReport:
        """The same notes as they are at a later moment."""
        gone = tuple(home for home in self.standing if not home.note.stands(at))
        left = tuple(home for home in self.standing if home.note.stands(at))
        return replace(self, at=at, standing=left, over=(*gone, *self.over))
