"""The Monthly Summary as figures: what a month came to, right to the last case (P0-10, P0-14).

Everything is as of one moment: the month's end (24:00 local of its last day), or the present one
while it is running. Nothing that happened after it counts, except that a field is taken as it
was corrected to. Times are aware UTC, durations whole seconds.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

import msgspec

from dispatcher_tui.domain.record.trend import Trend
from dispatcher_tui.domain.words.terms import Label, Stage

DISPATCH_SECONDS = 60
"""The first call after answering, for nine calls of ten (NFPA 1225)."""


class Count(msgspec.Struct, frozen=True):
    """How many of one sort; ``key`` is empty for those of none."""

    key: str
    n: int


class CaseFlow(msgspec.Struct, frozen=True, omit_defaults=True):
    """How cases went through the month: ``opened + carried_in = final + invalid + carried_over``.

    ``carried_in``: from earlier months, open when it began; ``reopened`` of them had ended before
    it and came back in it. ``final``, ``invalid`` and ``carried_over`` is how all of these stood
    at the end. A case whose opening was taken back is among ``invalid``: its number stays used.
    ``written_off``: cases written off in the month, whatever became of them. ``valid``: those
    opened in it that did not end as invalid (P4-17). ``papers_owed``: written off, without their
    closing paper at the end. ``moved_out``: handed over to another procedure in the month, and
    none of the others: they are counted where they went.
    """

    opened: int = 0
    carried_in: int = 0
    reopened: int = 0
    written_off: int = 0
    final: int = 0
    invalid: int = 0
    carried_over: int = 0
    valid: int = 0
    papers_owed: int = 0
    moved_out: int = 0

    @property
    def balanced(self) -> bool:
        """Whether every case that came in is accounted for."""
        return self.opened + self.carried_in == self.final + self.invalid + self.carried_over


class LateDuty(msgspec.Struct, frozen=True, omit_defaults=True):
    """A duty due in the month and not done in time; ``case`` is empty for one of the desk itself.

    Neither ``done_at`` nor ``ended_at`` (when it was owed no more): still not done. ``by`` is how
    late it was done or ended, or had become by the end. ``confirmed`` is false where ``due`` was
    reckoned without the holiday table of a year.
    """

    case: str
    rule: str
    label: Label
    due: datetime
    by: int
    done_at: datetime | None = None
    ended_at: datetime | None = None
    confirmed: bool = True


class RuleTally(msgspec.Struct, frozen=True):
    """The duties of one rule by its label: due in the month, and done in time of them."""

    rule: str
    label: Label
    due: int
    in_time: int


class Timeliness(msgspec.Struct, frozen=True, omit_defaults=True):
    """P0-14: duties done in time ÷ duties due in the month.

    Due in the month is from its first moment up to but without 24:00 of its last day. What was
    cancelled before it fell due is not counted; what was never done, or ended after its time, was
    not in time.
    """

    due: int = 0
    in_time: int = 0
    rules: tuple[RuleTally, ...] = ()
    late: tuple[LateDuty, ...] = ()

    @property
    def rate(self) -> float | None:
        """The timeliness rate, 0 to 1; None where nothing was due."""
        return self.in_time / self.due if self.due else None


class Spread(msgspec.Struct, frozen=True, omit_defaults=True):
    """How long something took ``n`` times: half within ``median``, nine of ten within ``p90``."""

    n: int = 0
    median: int = 0
    p90: int = 0


class Dispatch(msgspec.Struct, frozen=True, omit_defaults=True):
    """From answering to the first call tried, of the cases opened in the month.

    ``within``: those in which it took at most ``DISPATCH_SECONDS``; ``none``: nobody was rung.
    """

    spread: Spread = Spread()
    within: int = 0
    none: int = 0

    @property
    def share(self) -> float | None:
        """How many of those with a call were within; None where nobody was rung at all."""
        return self.within / self.spread.n if self.spread.n else None


def spread_of(seconds: Iterable[float]) -> Spread:
    """Median and 90th percentile by nearest rank: each is a time that really was."""
    found = sorted(int(each) for each in seconds)
    if not found:
        return Spread()
    ranks = (-(-len(found) * share // 100) - 1 for share in (50, 90))
    median, p90 = (found[rank] for rank in ranks)
    return Spread(len(found), median, p90)


class Concern(StrEnum):
    """Why a case matters in its month, the heaviest first."""

    EMERGENCY = "emergency"
    GRAVE = "grave"
    FACTS = "facts"  # somebody hurt, media, a claim, many households, an order
    DISSATISFIED = "dissatisfied"
    REOPENED = "reopened"
    LATE = "late"  # its duties together by a day or more
    RANG_AGAIN = "rang_again"
    OPEN = "open"  # neither written off nor ended when the month was over


class Matter(msgspec.Struct, frozen=True):
    """A case of the month that a leader reads by name: how it was graded, how it stood, why."""

    number: str
    level: str
    category: str
    stage: Stage
    why: tuple[Concern, ...]


class DispatcherFigures(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a dispatcher's month came to (P0-12): the cases that ``name`` opened and the time to
    their first call (``within`` ``DISPATCH_SECONDS``), the duties that fell due on their watch
    and those of them done in time, and how often they handed the watch over."""

    name: str
    opened: int = 0
    first_call: Spread = Spread()
    within: int = 0
    due: int = 0
    in_time: int = 0
    handed_over: int = 0


class RoundTally(msgspec.Struct, frozen=True):
    """One of the rounds of the watch: how many were due, made in time, made late, not made."""

    label: Label
    due: int
    in_time: int
    late: int
    missed: int


class KeptTally(msgspec.Struct, frozen=True):
    """What the desk keeps beside its cases, such as notices that were hung: how many ``times``, and
    how many of them were ``late`` or in vain."""

    label: Label
    times: int
    late: int = 0


class Month(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a month came to; ``month`` is ``2026-11``, ``closed`` whether it was over.

    The counts by sort are of the cases opened in it, ``causes`` and ``satisfaction`` of those
    written off in it. ``trend``: the cases opened in every month that was over, up to twelve
    before this one, and this one where it was. ``departments`` are those of who was responsible,
    by the groups of the roster; by roles in a month that was signed before there were groups.
    """

    month: str
    as_of: datetime | None = None
    closed: bool = False
    flow: CaseFlow = CaseFlow()
    categories: tuple[Count, ...] = ()
    classes: tuple[Count, ...] = ()
    levels: tuple[Count, ...] = ()
    channels: tuple[Count, ...] = ()
    departments: tuple[Count, ...] = ()
    buildings: tuple[Count, ...] = ()
    causes: tuple[Count, ...] = ()
    satisfaction: tuple[Count, ...] = ()
    timeliness: Timeliness = Timeliness()
    first_follow_up: Spread = Spread()
    write_off: Spread = Spread()
    dispatch: Dispatch = Dispatch()
    emergencies: int = 0
    false_alarms: int = 0
    drills: int = 0
    trend: Trend = ()
    matters: tuple[Matter, ...] = ()
    dispatchers: tuple[DispatcherFigures, ...] = ()
    rounds: tuple[RoundTally, ...] = ()
    kept: tuple[KeptTally, ...] = ()
