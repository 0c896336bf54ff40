"""A planned test of the fire system: while it runs, its panel's alarms are counted, not cases.

It begins and ends by itself, and never touches what a person reports. Times are aware UTC.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

import msgspec

from dispatcher_tui.domain.emergency.same_alarm import same_panel
from dispatcher_tui.domain.words.terms import Channel, Fact

LONGEST = timedelta(hours=12)
"""How long a test may last at most."""

FARTHEST = timedelta(days=31)
"""How long ahead a test may be planned."""

FIRE = "fire"
"""The tag of the classes that the fire system itself reports."""


class PanelTest(msgspec.Struct, frozen=True):
    """A test that was planned and is not over, by the ``seq`` of the entry that planned it.

    It runs from ``since`` up to but without ``until``. ``panel``: which one, empty for all.
    ``by``: who ordered it. ``alarms``: how many were counted so far.
    """

    seq: int
    since: datetime
    until: datetime
    panel: str
    by: str
    alarms: int = 0

    def runs(self, at: datetime) -> bool:
        """Whether it is on at a moment."""
        return self.since <= at < self.until

    def covers(self, panel: str) -> bool:
        """Whether that panel is under test; the test of all covers every one."""
        return not self.panel.strip() or same_panel(self.panel, panel)


def running(tests: Iterable[PanelTest], now: datetime) -> tuple[PanelTest, ...]:
    """The tests that are on at ``now``."""
    return tuple(test for test in tests if test.runs(now))


def coming(tests: Iterable[PanelTest], now: datetime) -> tuple[PanelTest, ...]:
    """The tests that have not ended by ``now``, those that run first, then by their beginning."""
    return tuple(sorted((t for t in tests if now < t.until), key=lambda t: (t.since, t.seq)))


def over(
    tests: Iterable[PanelTest], now: datetime, latest: Mapping[int, datetime]
) -> tuple[PanelTest, ...]:
    """The tests whose end has come, and of which it is not written down yet, in that order.

    ``latest``: by the seq of a test, the latest moment (UTC) at which anything was recorded since
    it was planned. An end that has come stays come when the clock is set back.
    """
    ended = (t for t in tests if t.until <= max(now, latest.get(t.seq, now)))
    return tuple(sorted(ended, key=lambda t: (t.until, t.seq)))


def counted_in(
    tests: Iterable[PanelTest],
    *,
    channel: Channel,
    panel: str,
    tags: Collection[str] | None,
    facts: Collection[Fact],
    spoken: bool,
    at: datetime,
    now: datetime,
) -> PanelTest | None:
    """The test that an alarm falls in; None where it is to be a case.

    Args:
        tests: those that were planned and are not over.
        channel: how the alarm came in.
        panel: which panel sounds, empty for the one without a name.
        tags: those of the class it came with, None where it came with none.
        facts: what came with it.
        spoken: a name or a number came with it, so that a person speaks, as with an injury.
        at: when it sounded (UTC); that has to be in the test.
        now: when it is told (UTC); that too.
    """
    if channel is not Channel.PANEL or spoken or Fact.INJURY in facts:
        return None
    on = (
        t
        for t in tests
        if t.runs(at) and t.runs(now) and t.covers(panel) and _of_fire(t, panel, tags, facts)
    )
    return next(on, None)


def _of_fire(
    test: PanelTest, panel: str, tags: Collection[str] | None, facts: Collection[Fact]
) -> bool:
    """Whether an alarm is the fire system's own, and so one that its test sets off.

    A lift, an alarm button or a door that reports through a panel is nobody's test of the fire
    system. Without a class it is the fire system's where the alarm says so, or where it is the
    panel that the test names: of all the others nobody knows what they watch.
    """
    if tags is not None:
        return FIRE in tags
    named = bool(test.panel.strip()) and same_panel(test.panel, panel)
    return named or Fact.FIRE in facts


def overlapping(
    tests: Iterable[PanelTest], panel: str, since: datetime, until: datetime
) -> PanelTest | None:
    """A test of the same panel that is on at some moment of that stretch, None where none is."""
    for test in tests:
        same = not panel.strip() or test.covers(panel)
        if same and test.since < until and since < test.until:
            return test
    return None
