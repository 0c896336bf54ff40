"""An alarm panel that repeats itself: when an alarm is the one that made an open case already.

A panel sounds one alarm again and again, and each would be an emergency of its own to be stood
down and signed for. Where it may be another matter, it is: a case too many costs a minute.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.record.events import CaseOpened
from dispatcher_tui.domain.words.place import place_parts
from dispatcher_tui.domain.words.terms import Channel, Fact
from dispatcher_tui.domain.words.text import fold

WINDOW = timedelta(seconds=600)
"""How long after its last alarm one of the same panel and place is the same; the end counts."""

_SAYS_NOTHING_NEW = frozenset({Fact.NOW, Fact.AGAIN})


def same_panel(one: str, other: str) -> bool:
    """Whether two names mean one panel, however they are spelt; no name is the unnamed panel."""
    return fold(one).split() == fold(other).split()


def same_place(one: str, other: str) -> bool:
    """Whether two places are one, however they are spelt: `9-2-503` is `9-2-0503`.

    An alarm without a place is of none.
    """
    return _bare(one) == _bare(other)


def _bare(place: str) -> tuple[str, ...]:
    """The parts of a place without zeros in front; of one that is no unit the whole text."""
    parts = place_parts(place)
    if len(parts) < 2:
        return tuple(fold(part) for part in parts)
    return tuple(part.lstrip("0") or "0" for part in parts)


def is_open_for_alarms(case: Case) -> bool:
    """Whether the case is still what its panel's alarm set off.

    An ended, written-off or reopened case rings nobody, and neither does an emergency that was
    stood down: an alarm after it may be the fire that flared up.
    """
    return (
        case.channel is Channel.PANEL
        and not case.stage.handled
        and case.round == 1
        and case.stood_down_at is None
    )


def in_window(opened: CaseOpened, case: Case, at: datetime) -> bool:
    """Whether an alarm of ``at`` (UTC) is near enough to those that the case has.

    Each one renews the window. It reaches as far before the first: of two scripts started at one
    moment the later alarm may be written down first.
    """
    last = max(opened.received_at, case.alarm_at or opened.received_at)
    return opened.received_at - WINDOW <= at <= last + WINDOW


def _as_grave(procedure: Procedure, held: str, level: str) -> bool:
    """Whether a case held at one level is at least as grave as a case of the other would be."""
    if held == level or procedure.level(held).emergency:
        return True
    ranks = [each.id for each in procedure.levels]
    return held in ranks and level in ranks and ranks.index(held) < ranks.index(level)


def _says_new(facts: Collection[Fact], known: Collection[Fact]) -> bool:
    return bool(set(facts) - set(known) - _SAYS_NOTHING_NEW)


def _alike(alarm: CaseOpened, case: Case, opened: CaseOpened) -> bool:
    """Whether panel, place and time are those of the case."""
    return (
        alarm.channel is Channel.PANEL
        and case.channel is Channel.PANEL
        and same_panel(alarm.panel, case.panel)
        and (same_place(alarm.place, opened.place) or same_place(alarm.place, case.place))
        and in_window(opened, case, alarm.received_at)
    )


def repeats(alarm: CaseOpened, case: Case, opened: CaseOpened, procedure: Procedure) -> bool:
    """Whether an alarm only repeats what the case is about.

    Args:
        alarm: the case that it would open otherwise.
        case: as it stands.
        opened: how the case was opened; the desk may have corrected its place and class since.
        procedure: the one the case is pinned to.
    """
    return (
        is_open_for_alarms(case)
        and _alike(alarm, case, opened)
        and alarm.category in ("", opened.category, case.category)
        and not _says_new(alarm.facts, case.facts)
        and _as_grave(procedure, case.level, alarm.level)
    )


def may_flare_up(alarm: CaseOpened, case: Case, opened: CaseOpened) -> bool:
    """Whether an alarm may be that of a case which was stood down meanwhile, burning again."""
    down = case.stood_down_at is not None and not case.stage.handled
    return down and _alike(alarm, case, opened)
