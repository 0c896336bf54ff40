"""A month's summary as the record has it: the figures, the report under them, the signature."""

from __future__ import annotations

import msgspec

from dispatcher_tui.domain.duties.duties import Rules
from dispatcher_tui.domain.papers.report import Labels, Report
from dispatcher_tui.domain.record.case import Case, Entry, LogLine
from dispatcher_tui.domain.record.month import Month
from dispatcher_tui.domain.record.record_events import MonthReported
from dispatcher_tui.domain.record.sign_off import SignOff
from dispatcher_tui.domain.time.periods import Period


def name_of(month: str, procedure: str) -> str:
    """What a month's summary goes by; ``procedure`` is empty where it is that of the whole desk."""
    return f"{month}/{procedure}" if procedure else month


class DrawnSummary(msgspec.Struct, frozen=True):
    """A summary as it was drawn: its entry, and what that says."""

    entry: Entry
    report: MonthReported


class Summary(msgspec.Struct, frozen=True):
    """Everything there is of a month's summary.

    ``figures`` are those that stand: the signed ones where the head has signed or agreed to sign,
    else those drawn anew. ``drawn`` is the report they were signed as, or the last one so far.
    ``after`` is what was written about the month since it was drawn; where it had been signed
    before that, ``now`` are the figures that would come of it. Where several procedures were in
    force at its end, each has a summary of its own: ``procedure`` is whose this is, ``beside`` are
    the names of all of them.
    """

    period: Period
    figures: Month
    rules: Rules
    drawn: DrawnSummary | None = None
    sign_off: SignOff | None = None
    after: tuple[LogLine, ...] = ()
    now: Month | None = None
    procedure: str = ""
    beside: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What it goes by: the month, and whose it is where it is one of several."""
        return name_of(self.period.name, self.procedure)

    @property
    def settled(self) -> bool:
        """Whether the figures stand for good: signed, or agreed by phone and to be signed."""
        return self.sign_off is not None

    @property
    def stale(self) -> bool:
        """Whether it was drawn, and something was written about the month since."""
        return self.drawn is not None and not self.settled and bool(self.after)


class MonthReport(Report, frozen=True):
    """The Monthly Summary; ``cases`` are its valid complaints as they stood at its end (P4-17)."""

    site: str
    summary: Summary
    cases: tuple[Case, ...] = ()
    categories: Labels = {}
    kinds: Labels = {}

    @property
    def stem(self) -> str:
        """By the month, and whose it is."""
        return f"month-{self.summary.name.replace('/', '-')}"
