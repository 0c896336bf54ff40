"""Notices in words: the doors they are for, how each stands, and the homes that are warned."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, tzinfo
from typing import Any

from dispatcher_tui.domain.printed_form import Form
from dispatcher_tui.domain.record.posting import HomeToWarn, Posting
from dispatcher_tui.present.cells import fit
from dispatcher_tui.present.i18n import _, localized, ngettext
from dispatcher_tui.present.line_texts import short_time, weekday_name
from dispatcher_tui.present.places import said_place

_DOOR = re.compile(r"([A-Z]?\d{1,3}[A-Z]?|[A-Z])(?:-([A-Z]?\d{1,2}|[A-Z]))?")


def door_name(door: str) -> str:
    """A building's door as it is said, `3栋2单元`; any other place as it is written."""
    match = _DOOR.fullmatch(door)
    if match is None:
        return door
    if match[2] is None:
        return _("building {building}").format(building=match[1])
    return _("building {building}, unit {unit}").format(building=match[1], unit=match[2])


def day_and_time(at: datetime, zone: tzinfo) -> str:
    """A time with its whole date and weekday, for whoever reads it on another day."""
    local = at.astimezone(zone)
    day, weekday, time = f"{local:%Y-%m-%d}", weekday_name(local.weekday()), f"{local:%H:%M}"
    return _("{date} ({weekday}) {time}").format(date=day, weekday=weekday, time=time)


def posting_state(posting: Posting, now: datetime, zone: tzinfo) -> str:
    """Hung or not, down or not, and when."""
    if posting.down_at is not None:
        return _("down {time}").format(time=short_time(posting.down_at, now, zone))
    if posting.hung_at is not None:
        return _("hangs since {time}").format(time=short_time(posting.hung_at, now, zone))
    return _("not hung yet")


def posting_row(posting: Posting, now: datetime, zone: tzinfo) -> str:
    """A door with how its notice stands."""
    return f"{fit(door_name(posting.door), 22)} {posting_state(posting, now, zone)}"


def postings_line(form: Form, postings: Iterable[Posting]) -> str:
    """How many doors a notice is for, at how many it hangs."""
    known = [each for each in postings if each.down_at is None]
    name = localized(form.label)
    if not known:
        return _("{notice}: for which doors is open").format(notice=name)
    words = ngettext(
        "{notice}: {n} door, hangs at {hung}", "{notice}: {n} doors, hangs at {hung}", len(known)
    )
    hung = sum(each.hangs for each in known)
    return words.format(notice=name, n=len(known), hung=hung)


def home_row(home: HomeToWarn, now: datetime, zone: tzinfo) -> str:
    """A home that is warned by itself, and how far that is."""
    if home.warned_at is not None:
        state = _("warned {time}").format(time=short_time(home.warned_at, now, zone))
    elif home.tries:
        state = ngettext(
            "rung {n} time, nobody reached", "rung {n} times, nobody reached", home.tries
        ).format(n=home.tries)
    else:
        state = _("not rung yet")
    return f"{fit(said_place(home.home), 22)} {state}"


def posting_object(posting: Posting, zone: tzinfo) -> dict[str, Any]:
    """What programs get of a notice at a door."""

    def time(at: datetime | None) -> str | None:
        return at.astimezone(zone).isoformat() if at is not None else None

    hung, down = time(posting.hung_at), time(posting.down_at)
    return {"notice": posting.form, "door": posting.door, "hung_at": hung, "down_at": down}


def home_object(home: HomeToWarn, zone: tzinfo) -> dict[str, Any]:
    """What programs get of a home that is warned."""
    at = home.warned_at.astimezone(zone).isoformat() if home.warned_at is not None else None
    return {"place": home.home, "tries": home.tries, "warned_at": at}
