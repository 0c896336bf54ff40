"""Who holds the post, as the board's head line and the shift screen say it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta, tzinfo

from dispatcher_tui.domain.record.sheet import SheetSignature
from dispatcher_tui.domain.time.calendar import Calendar, Watch, next_watch
from dispatcher_tui.domain.watch.post import Post, acting_end, acting_watch
from dispatcher_tui.present.countdown import remaining
from dispatcher_tui.present.i18n import _, labelled, localized
from dispatcher_tui.present.line_texts import due_time, short_time


def overrun(post: Post, now: datetime) -> str:
    """How long the planned end of the watch held is past, ``00:12``; empty where it is not."""
    if not post.holder or post.until is None or now < post.until:
        return ""
    return _hours(now - post.until)


def head_line(post: Post, calendar: Calendar, now: datetime) -> str:
    """The right end of the board's head line: the holder, the planned end, what is left to it."""
    if not post.holder:
        return _("nobody on watch: F12")
    past = overrun(post, now)
    if past and post.until is not None:
        end, when = post.until, _("{end} hand-over past by {length}")
    else:
        end, when = acting_end(post, calendar, now), _("{end} hand-over in {length}")
    length = past or _hours(end - now)
    who = _("On watch {name}").format(name=post.holder)
    return f"{who}   {when.format(end=_clock(end, calendar.tz), length=length)}"


def _hours(left: timedelta) -> str:
    """A length in hours and whole minutes, ``02:47``."""
    minutes = max(0, int(left.total_seconds())) // 60
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _clock(at: datetime, zone: tzinfo) -> str:
    return f"{at.astimezone(zone):%H:%M}"


def early_words(left: timedelta) -> str:
    """The question of a hand-over so long before the planned end of the watch."""
    return _("This watch still has {left}. Hand over now?").format(left=_hours(left))


def holder_line(post: Post, calendar: Calendar, now: datetime) -> str:
    """Who is on watch since when, and when the watch is planned to end."""
    watch = acting_watch(post, calendar, now)
    if not post.holder:
        words = _("Nobody is on watch. The plan: {shift} until {end} ({left})")
        end = short_time(watch.end, now, calendar.tz)
        return words.format(
            shift=localized(watch.shift.name), end=end, left=remaining(watch.end, now)
        )
    since = short_time(post.since or watch.start, now, calendar.tz)
    past = overrun(post, now)
    if past and post.until is not None:
        words = _("{name}, on watch since {since}; the hand-over of {end} is past by {length}")
        end = short_time(post.until, now, calendar.tz)
        return words.format(name=post.holder, since=since, end=end, length=past)
    words = _("{name}, on watch since {since}; hand-over {end} ({left})")
    end, left = short_time(watch.end, now, calendar.tz), remaining(watch.end, now)
    return words.format(name=post.holder, since=since, end=end, left=left)


def watch_span(watch: Watch, zone: tzinfo) -> str:
    """``Day 11-22 07:00 - 19:00``; the end with its day where that is another one."""
    start, end = watch.start.astimezone(zone), watch.end.astimezone(zone)
    same = start.date() == end.date()
    last = f"{end:%H:%M}" if same else f"{end:%m-%d %H:%M}"
    return f"{localized(watch.shift.name)} {start:%m-%d %H:%M} - {last}"


def coming_line(post: Post, calendar: Calendar, now: datetime) -> str:
    """The next two watches by the plan."""
    first = next_watch(calendar, acting_watch(post, calendar, now))
    spans = [watch_span(watch, calendar.tz) for watch in (first, next_watch(calendar, first))]
    return _("Next: {watches}").format(watches="  ".join(spans))


def hand_over_line(post: Post, now: datetime, zone: tzinfo) -> str:
    """When the watch was last handed over, and what came of the last sound test."""
    never = _("never")
    over = short_time(post.handed_over_at, now, zone) if post.handed_over_at else never
    parts = [_("Last hand-over: {time}").format(time=over)]
    if post.sound_tested_at is None:
        parts.append(_("sound test: never"))
    else:
        words = _("sound test {time}: heard") if post.sound_heard else None
        words = words or _("sound test {time}: NOT HEARD")
        parts.append(words.format(time=short_time(post.sound_tested_at, now, zone)))
    return "  ".join(parts)


def owed_lines(
    post: Post, signatures: Iterable[SheetSignature], now: datetime, zone: tzinfo
) -> list[str]:
    """The signatures that are owed, and the notices that hold; nothing where there are none."""
    owed = [_owed(signature, now, zone) for signature in signatures]
    found = []
    if owed:
        words = _("Signatures owed {n}: {which}")
        found.append(words.format(n=len(owed), which=_(", ").join(owed)))
    notices = [_notice(each.text, each.until, now, zone) for each in post.notices_at(now)]
    if notices:
        words = _("Notices {n}: {which}")
        found.append(words.format(n=len(notices), which="  ".join(notices)))
    return found


def _owed(signature: SheetSignature, now: datetime, zone: tzinfo) -> str:
    by = f" {due_time(signature.due, now, zone)}" if signature.due else ""
    return f"{signature.number} {signature.name}{by}"


def _notice(text: str, until: datetime, now: datetime, zone: tzinfo) -> str:
    until_when = _("until {time}").format(time=due_time(until, now, zone))
    return labelled(until_when, " ".join(text.split()))


def first_hand_line(holder: str, *, told: bool = False) -> str:
    """What a desk asks that came up again over somebody's watch, and what it says once ``told``."""
    if told:
        return _("{name} is on watch: digits count now.").format(name=holder)
    words = _("{name} is still on watch, no PIN is asked: Enter, then digits count. F9 always.")
    return words.format(name=holder)
