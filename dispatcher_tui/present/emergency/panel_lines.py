"""A planned test of the fire system in lines: in the board's head, in its list, on the sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo
from typing import Protocol

from dispatcher_tui.domain.emergency.panel_test import PanelTest, running
from dispatcher_tui.domain.record.sheet import SheetTest
from dispatcher_tui.domain.watch.post import Post
from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.present.cells import fit
from dispatcher_tui.present.countdown import spoken
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.line_texts import short_time, silence_mark
from dispatcher_tui.present.names import Glossary
from dispatcher_tui.present.places import said_place
from dispatcher_tui.present.watch.watch_lines import panel_name


def under_test_mark(tests: Iterable[PanelTest], now: datetime, zone: tzinfo) -> str:
    """That a test is on, until when and how many alarms fell in it; empty where none is."""
    on = running(tests, now)
    if not on:
        return ""
    until = short_time(max(test.until for test in on), now, zone)
    alarms = sum(test.alarms for test in on)
    return _("fire test until {until} ({n})").format(until=until, n=alarms)


def head_marks(post: Post, now: datetime, zone: tzinfo) -> str:
    """What is not as on any other night: a test of the fire system, a desk without sound."""
    marks = (
        under_test_mark(post.panel_tests, now, zone),
        silence_mark(post.silenced_until, now, zone),
    )
    return "  ".join(mark for mark in marks if mark)


class Arrived(Protocol):
    """An emergency that came in: its number, its kind by its id, its place."""

    @property
    def number(self) -> str:
        """As it is printed."""

    @property
    def kind(self) -> str:
        """The kind's or the class's id, empty while it is not known."""

    @property
    def place(self) -> str:
        """As far as it is known."""


def arrival_line(found: Sequence[Arrived], names: Glossary) -> str:
    """What came in and nobody has seen, the oldest first, and the keys that lead to it."""
    if not found:
        return ""
    first = found[0]
    what = names.kind(first.kind) if first.kind else _("Emergency")
    place = said_place(first.place) if first.place else _("place not known yet")
    words = _("F9, Enter = NEW EMERGENCY {number}: {what}, {place}").format(
        number=first.number, what=what, place=place
    )
    more = _("(and {n} more)").format(n=len(found) - 1) if len(found) > 1 else ""
    return " " + clean_text(f"{words} {more}".rstrip(), multiline=False).text


def planned_row(test: PanelTest, now: datetime, zone: tzinfo) -> str:
    """A test in the list: whether it runs, from when to when, which panel, by whom ordered."""
    state = _("running") if test.runs(now) else _("to come")
    return f"{fit(state, 8)} {_told(test, now, zone)}"


def planned_text(test: SheetTest, at: datetime, zone: tzinfo) -> str:
    """A test on the sheet that was frozen at that moment."""
    return _told(test, at, zone)


def _told(test: PanelTest | SheetTest, now: datetime, zone: tzinfo) -> str:
    words = _("{since} to {until}  {panel}  ordered by {name}  alarms counted: {n}")
    return words.format(
        since=short_time(test.since, now, zone),
        until=short_time(test.until, now, zone),
        panel=panel_name(test.panel),
        name=test.by,
        n=test.alarms,
    )


def stretch_text(since: datetime, until: datetime, now: datetime, zone: tzinfo) -> str:
    """A typed stretch said back: ``09:00 to 11:00, 2 h``."""
    length = spoken((until - since).total_seconds())
    words = _("{since} to {until}, {length}")
    return words.format(
        since=short_time(since, now, zone), until=short_time(until, now, zone), length=length
    )
