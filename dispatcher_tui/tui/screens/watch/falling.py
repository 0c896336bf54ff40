"""What falls due in a watch: its title and its rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo

from dispatcher_tui.desk.watch.outlook import Ahead, NextWatch
from dispatcher_tui.present.case.duty_lines import SOON
from dispatcher_tui.present.cells import fit, width
from dispatcher_tui.present.countdown import COUNTDOWN_CELLS, remaining
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.line_texts import due_time
from dispatcher_tui.present.spans import Span
from dispatcher_tui.present.watch.post_lines import watch_span
from dispatcher_tui.tui.widgets.pick_rows import PickRow

PLACE_CELLS = 9
"""Cells of a home's number: who is asked for it stands in a column behind."""


def falling_title(shown: Sequence[Ahead], coming: NextWatch | None, zone: tzinfo) -> str:
    """What the list shows: this watch's duties, or those of the one that is ``coming``."""
    if coming is not None:
        words = _("Falls in the next watch, {watch}: {n}; before it: {before}")
        return words.format(
            watch=watch_span(coming.watch, zone), n=len(shown), before=coming.before
        )
    title = _("Falls in this watch: {n}   up, down choose, Enter opens the case")
    return title.format(n=len(shown))


def falling_row(ahead: Ahead, now: datetime, zone: tzinfo) -> PickRow:
    """What is left, what is to be done and by when, for which case."""
    late, soon = now > ahead.due, ahead.due - now < SOON
    left = f" {fit(remaining(ahead.due, now), COUNTDOWN_CELLS, 'right')} "
    what = f" {fit(localized(ahead.label), 18)} {fit(due_time(ahead.due, now, zone), 11)} "
    who = f"{fit(ahead.place, max(PLACE_CELLS, width(ahead.place)))} {ahead.assignee}"
    role = "over" if late else "warnt" if soon else "fg1"
    spans = [Span(left, role), Span(what, "fg0" if late else "fg1"), Span(who, "fg1")]
    return PickRow(spans, [Span(ahead.number, "fg2")])
