"""The people of a night in words: what was changed, and who is where."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo

from dispatcher_tui.domain.record import watch_events as watch
from dispatcher_tui.domain.record.sheet import SheetPerson
from dispatcher_tui.domain.watch.on_duty import Tonight
from dispatcher_tui.domain.words.terms import Absence
from dispatcher_tui.present.cells import fit
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.line_texts import short_time
from dispatcher_tui.present.names import Telling, joined


def absence_name(absence: Absence) -> str:
    """Why somebody is not there."""
    return {
        Absence.OFF: _("off work"),
        Absence.LEAVE: _("on leave"),
        Absence.TRAINING: _("in training"),
        Absence.ILL: _("ill"),
    }[absence]


def _agreed(name: str) -> str:
    return _("agreed by {name}").format(name=name) if name else ""


def _span(e: watch.DutySwapped | watch.AbsenceNoted | watch.StandInNamed, w: Telling) -> str:
    return _("{since} to {until}").format(since=w.time(e.since), until=w.time(e.until))


def swapped(e: watch.DutySwapped, w: Telling) -> str:
    """Who has whose duty for once."""
    text = _("Swapped for once: {takes} for {name}").format(takes=e.takes_name, name=e.name)
    return joined(text, _span(e, w), _agreed(e.agreed))


def absent(e: watch.AbsenceNoted, w: Telling) -> str:
    """Who is not there, and why."""
    text = _("{name} is not there: {why}").format(name=e.name, why=absence_name(e.absence))
    return joined(text, _span(e, w))


def came_in(e: watch.PersonCameIn, w: Telling) -> str:
    """Who is there whatever was planned."""
    until = _("until {time}").format(time=w.time(e.until))
    return joined(_("{name} came in").format(name=e.name), until)


def stand_in(e: watch.StandInNamed, w: Telling) -> str:
    """Whose place somebody from outside has; who that is stands in no entry."""
    text = _("A stand-in has the place of {name}").format(name=e.name)
    return joined(text, _span(e, w), _agreed(e.agreed))


def withdrawn(e: watch.DutyChangeWithdrawn, w: Telling) -> str:
    """Which change does not hold, by its own words where the entry is at hand."""
    of = w.names.entries.get(e.of)
    told = {
        watch.DutySwapped: swapped,
        watch.AbsenceNoted: absent,
        watch.PersonCameIn: came_in,
        watch.StandInNamed: stand_in,
    }
    words = told.get(type(of.event)) if of is not None else None
    if of is None or words is None:
        return _("Does not hold: entry {seq}").format(seq=e.of)
    return _("Does not hold: {text}").format(text=words(of.event, w))  # type: ignore[operator]


def where_now(each: Tonight) -> str:
    """Where somebody is now, or why not there."""
    if each.on:
        return each.person.post or _("on duty")
    return absence_name(each.absence) if each.absence is not None else _("comes later")


def night_line(each: Tonight, now: datetime, zone: tzinfo, *, silent: bool) -> str:
    """One of the night's people: name, where, from when to when, whose place, the number."""
    ends = (short_time(at, now, zone) if at is not None else "" for at in (each.since, each.until))
    span = " - ".join(filter(None, ends))
    instead = _("in place of {name}").format(name=each.instead_of) if each.instead_of else ""
    phone = _("UNREACHABLE") if silent else next(iter(each.person.phones), "")
    parts = (
        fit(each.person.name, 8),
        fit(where_now(each), 14),
        fit(span, 25),
        fit(phone, 13),
        instead,
    )
    return " ".join(parts).rstrip()


def night_summary(standing: Sequence[Tonight]) -> str:
    """Who is on duty now, and who is not there, in one line."""
    there = " ".join(each.person.name for each in standing if each.on)
    away = (
        _("{name} ({why})").format(name=each.person.name, why=absence_name(each.absence))
        for each in standing
        if each.absence is not None
    )
    told = [_("On duty now: {names}").format(names=there or "-")]
    gone = " ".join(away)
    return "   ".join([*told, *([_("not there: {names}").format(names=gone)] if gone else [])])


def silent_line(names: Sequence[str]) -> str:
    """The board's line about those on duty whom no number reaches; empty where there are none."""
    if not names:
        return ""
    return _("On duty tonight without a number that answers: {names}").format(
        names=_(", ").join(names)
    )


def sheet_people_title() -> str:
    """What the part of a sheet is called that says what was changed of the people."""
    return _("People of the coming watch, changed")


def sheet_person(each: SheetPerson, at: datetime, zone: tzinfo) -> str:
    """One change on a sheet: who, why not there or in whose place, from when to when."""
    name = each.name or _("a stand-in")
    if each.absence is not None:
        text = _("{name} is not there: {why}").format(name=name, why=absence_name(each.absence))
    elif each.instead_of:
        text = f"{name} " + _("in place of {name}").format(name=each.instead_of)
    else:
        text = _("{name} came in").format(name=name)
    span = _("{since} to {until}").format(
        since=short_time(each.since, at, zone), until=short_time(each.until, at, zone)
    )
    return f"{text}  {span}"
