"""The handout book in lines: in the log, on its screen, on the hand-over sheet, for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, tzinfo
from typing import Any

from dispatcher_tui.domain.duties.duties import Duty
from dispatcher_tui.domain.record import handout_events as handed
from dispatcher_tui.domain.record import watch_events as watch
from dispatcher_tui.domain.record.sheet import SheetHandout
from dispatcher_tui.domain.watch.handout_book import HandoutRow
from dispatcher_tui.domain.watch.handouts import HandoutRegister, is_handout, number_in
from dispatcher_tui.domain.words.terms import Label
from dispatcher_tui.present.case.board_rows import Urgency, badge
from dispatcher_tui.present.cells import fit
from dispatcher_tui.present.countdown import COUNTDOWN_CELLS, remaining, spoken
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.line_texts import due_time, short_time
from dispatcher_tui.present.names import Telling, joined
from dispatcher_tui.present.spans import Span, SpanLine

_NUMBER, _WHAT, _WHO = 5, 26, 10


def _name(label: Label, thing: Label | None) -> str:
    """A thing by its own name where it has one, else by its register's."""
    return localized(thing) if thing is not None else localized(label)


def thing_handed_out(e: handed.ThingHandedOut, w: Telling) -> str:
    """A thing went out: the log has no more of it than the chain."""
    words = _("Handout {number}: {register}, {thing} out")
    if e.thing_label is None:
        words = _("Handout {number}: {register}, out")
    thing = _name(e.label, e.thing_label)
    text = words.format(number=e.number, register=localized(e.label), thing=thing)
    return joined(text, _("back by {time}").format(time=w.due(e.due)) if e.due else "")


def thing_came_back(e: handed.ThingCameBack, w: Telling) -> str:
    """What came back, and by when it had to."""
    words = _("Handout {number}: {register}, {thing} back")
    if e.thing_label is None:
        words = _("Handout {number}: {register}, back")
    thing = _name(e.label, e.thing_label)
    text = words.format(number=e.number, register=localized(e.label), thing=thing)
    return joined(text, _("had to be by {time}").format(time=w.due(e.due)) if e.due else "")


def handout_fell_due(e: watch.DeskDutyFellDue, w: Telling) -> str:
    """A thing that was not back by its time."""
    words = _("Not back by {due}: handout {number}, {thing}")
    name = localized(e.label) if e.label is not None else ""
    return words.format(due=w.due(e.due), number=number_in(e.duty), thing=name)


def handouts_told(duties: Iterable[Duty], now: datetime) -> SpanLine:
    """What is not back, as one line of the board; empty where all is."""
    late = [d for d in duties if is_handout(d.key) and d.due is not None and d.due < now]
    if not late:
        return []
    first = min(late, key=lambda duty: (duty.due or now, duty.key))
    since = spoken((now - (first.due or now)).total_seconds())
    words = _("Handout book, not back {n}: {number} {thing}, {length} late")
    text = words.format(
        n=len(late), number=number_in(first.key), thing=localized(first.label), length=since
    )
    return [Span(f" {badge(Urgency.OVERDUE)} ", "over"), Span(f" {text}", "overt")]


def what_went(row: HandoutRow) -> str:
    """What it is: by its name, by what was written, or that its text was deleted."""
    if row.thing is not None:
        return localized(row.thing)
    return row.text.what if row.text is not None else _("(text deleted)")


def who_has(row: HandoutRow) -> str:
    """Who has it; that the text was deleted."""
    return row.text.who if row.text is not None else _("(text deleted)")


def out_row(row: HandoutRow, now: datetime, zone: tzinfo) -> str:
    """A thing that is out, as a line: its number, what, who, by when."""
    mark = badge(Urgency.OVERDUE) if row.late(now) else " "
    what = f"{localized(row.label)} {what_went(row)}"
    left = fit(remaining(row.due, now), COUNTDOWN_CELLS, align="right") if row.due else ""
    by = _("by {time}").format(time=due_time(row.due, now, zone)) if row.due else ""
    by = by or _("out since {time}").format(time=short_time(row.at, now, zone))
    parts = (
        fit(str(row.number), _NUMBER, align="right"),
        fit(mark, 2),
        fit(what, _WHAT),
        fit(who_has(row), _WHO),
        fit(by, 18),
        left,
    )
    return " ".join(parts).rstrip()


def register_line(register: HandoutRegister, rows: Iterable[HandoutRow], now: datetime) -> str:
    """A register with how much of it is out, and not back in time."""
    own = [row for row in rows if row.register == register.id]
    late = sum(row.late(now) for row in own)
    if not own:
        return localized(register.label)
    words = _("{name} {n} out, {late} late") if late else _("{name} {n} out")
    return words.format(name=localized(register.label), n=len(own), late=late)


def register_object(register: HandoutRegister) -> dict[str, Any]:
    """A register as programs get it."""
    return {
        "id": register.id,
        "label": localized(register.label),
        "may": register.may.value,
        "due": register.due or None,
        "things": [{"id": each.id, "label": localized(each.label)} for each in register.things],
        "fields": [
            {
                "id": each.id,
                "label": localized(each.label),
                "sort": each.sort.value,
                "required": each.required,
            }
            for each in register.fields
        ],
        "claimant": localized(register.claimant) if register.claimant else None,
    }


def handout_object(row: HandoutRow, now: datetime, zone: tzinfo) -> dict[str, Any]:
    """A thing that went out as programs get it; what was deleted of it is null."""
    text, back = row.text, row.back_text
    state = ("back_late" if row.late(now) else "back") if row.back_at else ""
    state = state or ("overdue" if row.late(now) else "out")

    def local(at: datetime | None) -> str | None:
        return at.astimezone(zone).isoformat() if at is not None else None

    return {
        "number": row.number,
        "register": row.register,
        "thing": localized(row.thing) if row.thing is not None else None,
        "what": text.what or None if text else None,
        "who": text.who or None if text else None,
        "fields": dict(text.fields) if text else None,
        "state": state,
        "out_at": local(row.at),
        "due": local(row.due),
        "recorded_by": row.by,
        "back_at": local(row.back_at),
        "back_by": row.back_by or None,
        "claimant": back.who or None if back else None,
        "note": back.note or None if back else None,
    }


def row_state(row: HandoutRow, now: datetime) -> str:
    """How it came out: late by how much, still out, or in time."""
    late = ""
    if row.late(now) and row.due is not None:
        length = spoken(((row.back_at or now) - row.due).total_seconds())
        late = _("late by {length}").format(length=length)
    note = row.back_text.note if row.back_text is not None else ""
    return joined("" if row.back_at else _("OUT"), late, note)


def sheet_handouts_title() -> str:
    """The part of the hand-over sheet about what is out."""
    return _("Out of the handout book")


def sheet_handout_lines(
    handouts: Iterable[SheetHandout], at: datetime, zone: tzinfo
) -> Iterator[str]:
    """What is out, on the hand-over sheet."""
    for each in handouts:
        name = _name(each.label, each.thing)
        register = localized(each.label) if each.thing is not None else ""
        by = ""
        if each.due is not None:
            time = due_time(each.due, at, zone)
            by = (_("NOT back by {time}") if each.due < at else _("by {time}")).format(time=time)
        since = _("out since {time}").format(time=short_time(each.since, at, zone))
        yield f"  {joined(f'{each.number} {name}', register, since, by)}"
