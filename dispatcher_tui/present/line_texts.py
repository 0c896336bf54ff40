"""A case as a row of the board and as one line of text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta, tzinfo
from functools import lru_cache

from dispatcher_tui.domain.duties.alarm import silent_at
from dispatcher_tui.domain.record.case_line import CaseLine, Counts
from dispatcher_tui.domain.time.periods import period_named
from dispatcher_tui.present.case.board_rows import BoardRow
from dispatcher_tui.present.cells import fit, width
from dispatcher_tui.present.i18n import _, localized

HIDDEN = "****"
"""What stands where a name or a caller's words are hidden."""


def row(
    line: CaseLine,
    *,
    handled: bool = False,
    veiled: bool = False,
    called: Callable[[str], str] = str,
) -> BoardRow:
    """What the board shows of a case: its nearest duty is the next step.

    Among those ``handled`` today it is said how far each has come instead. ``veiled`` rows show
    whoever passes by neither names nor words; that nobody was told stays. ``called`` gives the
    name of a class or a kind of emergency, which stands for words nobody has said yet.
    """
    if line.open and not handled:
        step = _step(localized(line.next_label), line.next_rule)
    else:
        step = stage_name(line.stage)
    return BoardRow(
        case_id=line.id,
        number=line.number,
        due=line.next_due if line.open else None,
        level=line.level,
        level_text=localized(line.level_label),
        place=line.place,
        content=HIDDEN if veiled else _content(line, called),
        assignee=HIDDEN if veiled and line.assignee else line.assignee or _("nobody"),
        step=step,
        shout=line.shout,
        grave=line.grave,
        emergency=line.emergency,
    )


def _content(line: CaseLine, called: Callable[[str], str]) -> str:
    """The caller's words, else what the case is called."""
    if line.content and not line.emergency:
        return line.content
    return called(line.content or line.category)


@lru_cache(maxsize=512)
def _step(label: str, rule: str) -> str:
    """The next step in words; the same object for all cases that wait for the same."""
    return f"{label} {rule}".strip()


def stage_name(stage: str) -> str:
    """The stage's name in the operator's language."""
    names = {
        "open": _("open"),
        "notified": _("notified"),
        "arranged": _("arranged"),
        "written_off": _("awaiting paper"),
        "final": _("final"),
        "invalid": _("invalid"),
    }
    return names.get(stage, stage)


def counts_line(counts: Counts, notices: int = 0) -> str:
    """The board's figures in one line; ``notices`` is how many hold, shown where there are any."""
    text = _("Overdue {overdue}  within 30 min {soon}  open {open}  paper {paper}").format(
        overdue=counts.overdue, soon=counts.soon, open=counts.open, paper=counts.paper
    )
    return f"{text}  {_('notices {n}').format(n=notices)}" if notices else text


def figures_line(counts: Counts, cells: int, notices: int = 0, silence: str = "") -> str:
    """The line of figures in so many cells, emergencies at its right end, ``silence`` before it."""
    emergency = _("EMERGENCY {n}").format(n=counts.emergency)
    right = f"{silence}  {emergency}" if silence else emergency
    return fit(" " + counts_line(counts, notices), cells - width(right) - 1) + right


def silence_mark(until: datetime | None, now: datetime, zone: tzinfo) -> str:
    """That ordinary alarms make no sound, and until when; empty where they do."""
    if not silent_at(until, now) or until is None:
        return ""
    return _("silent until {time}").format(time=short_time(until, now, zone))


def weekday_name(number: int) -> str:
    """Short name of a weekday; 0 is Monday."""
    names = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
    return names[number]


def local_clock(at: datetime, zone: tzinfo) -> str:
    """``22:47:12 Sat 11-21`` in the site's time."""
    local = at.astimezone(zone)
    return f"{local:%H:%M:%S} {weekday_name(local.weekday())} {local:%m-%d}"


def short_time(at: datetime, now: datetime, zone: tzinfo) -> str:
    """``20:40`` today, ``11-20 20:40`` on another day, with the year where it differs."""
    local, today = at.astimezone(zone), now.astimezone(zone)
    if local.date() == today.date():
        return f"{local:%H:%M}"
    return f"{local:%m-%d %H:%M}" if local.year == today.year else f"{local:%Y-%m-%d %H:%M}"


def due_time(at: datetime, now: datetime, zone: tzinfo) -> str:
    """When something is due; at midnight it is the end of the day before, ``11-20 24:00``.

    Nobody reads 00:00 of the next day as the end of this one.
    """
    local = at.astimezone(zone)
    if local.time() != time():
        return short_time(at, now, zone)
    day, today = local.date() - timedelta(days=1), now.astimezone(zone).date()
    if day == today:
        return "24:00"
    return f"{day:%m-%d} 24:00" if day.year == today.year else f"{day:%Y-%m-%d} 24:00"


def period_name(name: str) -> str:
    """``2026-W47`` by its days, ``11-16..11-22``; a month, a quarter or a year by its own name.

    What names no period is shown as it is.
    """
    if "-W" not in name:
        return name
    try:
        period = period_named(name)
    except ValueError:
        return name
    last = period.beyond - timedelta(days=1)
    return f"{period.first:%m-%d}..{last:%m-%d}"


def as_reckoned(step: str, *, confirmed: bool) -> str:
    """What is due, marked where its time was reckoned without the holiday table of a year."""
    return step if confirmed else f"{_('(unconfirmed)')} {step}"
