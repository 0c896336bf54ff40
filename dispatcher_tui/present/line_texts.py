"""A case as a row of the board and as one line of text."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import datetime, time, timedelta, tzinfo

from msgspec.structs import replace

from dispatcher_tui.domain.duties.alarm import silent_at
from dispatcher_tui.domain.record.case_line import CaseLine
from dispatcher_tui.domain.time.periods import period_named
from dispatcher_tui.domain.words.terms import Label, Stage
from dispatcher_tui.present.case.board_rows import BoardRow
from dispatcher_tui.present.case.short_names import level_mark, step_name
from dispatcher_tui.present.i18n import _, localized

_BUILDING = re.compile(r"[A-Za-z]?\d{1,3}[A-Za-z]?(-[A-Za-z]?\d{1,2}[A-Za-z]?)?(?=[-\s]|$)")
"""Building and unit at the head of a place."""

HIDDEN = "****"
"""What stands where a name or a caller's words are hidden."""


def row(
    line: CaseLine,
    *,
    handled: bool = False,
    veiled: bool = False,
    called: Callable[[str], str] = str,
    held: Collection[str] = (),
    beside: Label | None = None,
) -> BoardRow:
    """What the board shows of a case: its nearest duty is the next step.

    Among those ``handled`` today it is said how far each has come instead. ``veiled`` rows show
    whoever passes by neither names, words nor rooms; that nobody was told stays. ``called`` gives
    the name of a class or a kind of emergency, which stands for words nobody has said yet.
    ``held`` are the ids of the emergencies for which the post may not be left. ``beside``: the
    short name of its procedure, where that is not the default.
    """
    owed = line.open and not handled
    return BoardRow(
        case_id=line.id,
        number=line.number,
        due=line.next_due if line.open else None,
        level=line.level,
        level_text=level_mark(line.level_label, urgent=line.grave),
        place=veiled_place(line.place) if veiled else line.place,
        content=HIDDEN if veiled else under(beside, _content(line, called)),
        assignee=_who(line, veiled),
        step=step_name(line.next_label) if owed else stage_name(line.stage),
        shout=line.shout,
        grave=line.grave,
        emergency=line.emergency,
        paper=line.stage is Stage.WRITTEN_OFF,
        holds=line.id in held,
    )


def _who(line: CaseLine, veiled: bool) -> str:
    """Who is responsible; nobody before somebody was named."""
    if not line.assignee:
        return _("nobody")
    return HIDDEN if veiled else line.assignee


def veiled_place(place: str) -> str:
    """A place without what says whose it is: building and unit stay, a room and words do not."""
    known = _BUILDING.match(place)
    if known is None:
        return HIDDEN if place else ""
    return place if known.end() == len(place) else f"{known[0]}-{HIDDEN}"


def _content(line: CaseLine, called: Callable[[str], str]) -> str:
    """The caller's words, else what the case is called."""
    if line.content and not line.emergency:
        return line.content
    return called(line.content or line.category)


def by_name(line: CaseLine, called: Callable[[str], str]) -> CaseLine:
    """The line for whoever shows its content as it is: no id of a kind or class stands in it."""
    return replace(line, content=_content(line, called))


def under(procedure: Label | None, words: str) -> str:
    """What a case is about, after the short name of a procedure that is not the default."""
    return f"[{localized(procedure)}] {words}".rstrip() if procedure is not None else words


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


def silence_mark(until: datetime | None, now: datetime, zone: tzinfo) -> str:
    """That ordinary alarms make no sound, and until when; empty where they do."""
    if not silent_at(until, now) or until is None:
        return ""
    return _("silent until {time}").format(time=short_time(until, now, zone))


def weekday_name(number: int) -> str:
    """Short name of a weekday; 0 is Monday."""
    names = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
    return names[number]


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


def hidden_words(above: int, below: int) -> str:
    """How many lines of a list lie above and below what is in view; two blanks before each."""
    parts = [_("{n} above").format(n=above)] * bool(above > 0)
    parts += [_("{n} below").format(n=below)] * bool(below > 0)
    return "".join(f"  {part}" for part in parts)


def answer_words(answer: str) -> str:
    """What an enquiry was answered, in words; empty where nothing was."""
    return _("Answer: {answer}").format(answer=answer) if answer else ""
