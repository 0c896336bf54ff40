"""The gap report in words: why nobody watched, for how long, and what was missed meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo

from dispatcher_tui.domain.time.clocks import TOLERANCE
from dispatcher_tui.domain.watch.outage import (
    GrownDuty,
    LeftDraft,
    MissedDuty,
    OpenEmergency,
    Outage,
    OutageKind,
    OutageReport,
)
from dispatcher_tui.present.cells import fit
from dispatcher_tui.present.countdown import COUNTDOWN_CELLS, remaining, spoken
from dispatcher_tui.present.i18n import _, bracketed, labelled, localized, ngettext
from dispatcher_tui.present.line_texts import due_time, short_time

_NUMBER, _PLACE = 10, 10
_NAMED = 12
"""Countdowns named one by one in the Work Log; the others are counted."""


def break_line(each: Outage, now: datetime, zone: tzinfo) -> str:
    """One break: what it was, from when to when, for how long."""
    length = _length(each)
    if each.kind is OutageKind.CLOCK_SET:
        since = short_time(each.since, each.until, zone)
        until = short_time(each.until, each.since, zone)
        back = each.seconds < 0
        words = _("Clock set back by {length}: it showed {since}, now {until}")
        if not back:
            words = _("Clock set forward by {length}: it showed {since}, now {until}")
        return words.format(length=length, since=since, until=until)
    since, until = short_time(each.since, now, zone), short_time(each.until, each.since, zone)
    return bracketed(f"{_kind(each)} {since}-{until}", length)


def _length(each: Outage) -> str:
    """How long it was; what the clocks' own grain takes off two hours leaves two hours."""
    return spoken(round(each.seconds))


def _kind(each: Outage) -> str:
    if each.kind is OutageKind.STOPPED:
        return _("Stopped")
    if each.kind is OutageKind.CUT_OFF:
        return _("Cut off (crash or power cut)")
    return _("The workstation slept") if each.slept else _("Stood still")


def fell_due(count: int) -> str:
    """How many duties fell due, in words."""
    if count == 0:
        return _("nothing fell due")
    return ngettext("one duty fell due", "{n} duties fell due", count).format(n=count)


def break_told(each: Outage, count: int, now: datetime, zone: tzinfo) -> str:
    """A break and what fell due in it, for the message line."""
    return labelled(break_line(each, now, zone), fell_due(count))


def outage_lines(
    gap: OutageReport,
    now: datetime,
    zone: tzinfo,
    ahead: float = 0.0,
    *,
    asks: bool = False,
    given_up: bool = False,
    grew: float = 0.0,
) -> list[str]:
    """The head of the report: every break on a line, then the figures.

    ``ahead`` is by how many seconds ``now`` is ahead of the workstation's clock, which was set
    back; ``asks``: nobody has said yet which of the two is right; ``given_up``: the desk's is not;
    ``grew``: by how many seconds countdowns grew all the same.
    """
    figures = [fell_due(len(gap.duties))]
    if gap.emergencies:
        figures.append(_("emergencies open: {n}").format(n=len(gap.emergencies)))
    if gap.drafts:
        figures.append(_("forms left unfinished: {n}").format(n=len(gap.drafts)))
    lines = [break_line(each, now, zone) for each in gap.breaks]
    if ahead > 0:
        lines += held_lines(now, ahead, zone, asks=asks, grew=grew)
    elif gap.breaks and gap.breaks[-1].kind is OutageKind.CLOCK_SET:
        lines.append(_check_the_clock(gap.breaks[-1], given_up=given_up))
    return [*lines, "  ".join(figures)]


def _both(now: datetime, ahead: float, zone: tzinfo) -> dict[str, str]:
    """The desk's time and the workstation's."""
    own = now - timedelta(seconds=ahead)
    return {"desk": short_time(now, now, zone), "own": short_time(own, now, zone)}


def held_lines(
    now: datetime, ahead: float, zone: tzinfo, *, asks: bool, grew: float = 0.0
) -> list[str]:
    """Which time the desk takes for true, and the question whether it is."""
    times = _both(now, ahead, zone)
    words = _("The desk goes on by {desk}, the computer shows {own}: countdowns run on unchanged.")
    if grew > TOLERANCE:
        times["length"] = spoken(round(grew))
        words = _("The desk goes on by {desk}, the computer has {own}: countdowns {length} longer.")
    lines = [words.format(**times)]
    if asks:
        words = _("Which is right?  1 the desk's {desk}   2 the computer's {own}")
        lines.append(words.format(**times))
    return lines


def grown_line(each: GrownDuty, now: datetime, zone: tzinfo) -> str:
    """A countdown that got longer: what is left of it now."""
    left = f"{fit(remaining(each.due, now), COUNTDOWN_CELLS, 'right')}+"
    by = _("by {time}").format(time=short_time(each.due, now, zone))
    case = f"{fit(each.number, _NUMBER)} {fit(each.place, _PLACE)}"
    return f"{left} {case} {localized(each.label)}  {by}"


def grown_names(grown: Sequence[GrownDuty], seconds: float) -> str:
    """Which countdowns got longer, and by how much; empty where none did."""
    if not grown:
        return ""
    names = [f"{x.number} {localized(x.label)}".strip() for x in grown[:_NAMED]]
    if more := len(grown) - len(names):
        names.append(_("{n} more").format(n=more))
    words = _("{length} longer: {names}")
    return words.format(length=spoken(round(seconds)), names=_(", ").join(names))


def clock_settled(now: datetime, ahead: float, zone: tzinfo, *, workstations: bool) -> str:
    """What was answered, for the Work Log."""
    words = _("Clock: the desk goes on by {desk}, the computer's {own} is wrong")
    if workstations:
        words = _("Clock: the computer's {own} is right, the desk's {desk} is given up")
    return words.format(**_both(now, ahead, zone))


def _check_the_clock(each: Outage, *, given_up: bool) -> str:
    """What the clock does to the countdowns that run; where it is settled, no question."""
    if given_up and each.seconds < 0:
        words = _("Countdowns that ran before go by the computer now: {length} longer.")
        return words.format(length=_length(each))
    words = _("Countdowns go by the clock and are {length} shorter now: is the clock right?")
    if each.seconds < 0:
        words = _("Countdowns go by the clock and are {length} longer now: is the clock right?")
    return words.format(length=_length(each))


def fallen_line(each: MissedDuty, now: datetime, zone: tzinfo) -> str:
    """A duty that fell due: how late it is, or that it was done or missed meanwhile."""
    if each.pending:
        mark = "!" if now > each.due else " "  # A clock set back gives it time again.
        late = f"{fit(remaining(each.due, now), COUNTDOWN_CELLS, 'right')}{mark}"
    else:
        word = _("missed") if each.lapsed else _("seen to")
        late = fit(word, COUNTDOWN_CELLS + 1, "right")
    by = _("by {time}").format(time=due_time(each.due, now, zone))
    what = localized(each.label) if each.label is not None else ""
    case = f"{fit(each.number, _NUMBER)} {fit(each.place, _PLACE)}"
    return f"{late} {case} {what}  {by}"


def emergency_line(each: OpenEmergency) -> str:
    """An emergency that is open."""
    lead = fit(_("EMERGENCY"), COUNTDOWN_CELLS + 1, "right")
    what = localized(each.kind) if each.kind else each.content
    return f"{lead} {fit(each.number, _NUMBER)} {fit(each.place, _PLACE)} {what}"


def draft_line(each: LeftDraft, now: datetime, zone: tzinfo) -> str:
    """A form that was left half typed."""
    lead = fit(_("form"), COUNTDOWN_CELLS + 1, "right")
    since = short_time(each.opened_at, now, zone)
    return f"{lead} {fit(since, _NUMBER)} {fit(each.place, _PLACE)} {each.said}"
