"""The rounds of the watch in words: on the board, on their screen, in the log, on the sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, tzinfo
from typing import Any

from dispatcher_tui.domain.duties.duties import Duty
from dispatcher_tui.domain.record import watch_events as watch
from dispatcher_tui.domain.record.round_events import RoundsLeftOut
from dispatcher_tui.domain.record.sheet import SheetRound, SheetRounds
from dispatcher_tui.domain.watch.round_sheet import RoundRow
from dispatcher_tui.domain.watch.rounds import RoundStand, begin_in, is_round
from dispatcher_tui.present.case.board_rows import Urgency, badge
from dispatcher_tui.present.cells import fit
from dispatcher_tui.present.countdown import remaining, spoken
from dispatcher_tui.present.i18n import _, labelled, localized
from dispatcher_tui.present.line_texts import due_time, short_time
from dispatcher_tui.present.names import Telling, joined
from dispatcher_tui.present.spans import Span, SpanLine

_NAME, _STATE = 24, 20


def rounds_told(duties: Iterable[Duty], now: datetime, zone: tzinfo) -> SpanLine:
    """All rounds that wait as one: how many are late, how many are not, which is next and by when;
    nothing where none waits."""
    waiting = [d for d in duties if is_round(d.key) and d.pending and d.due is not None]
    late = [d for d in waiting if d.due is not None and d.due < now]
    first = min(waiting, key=lambda d: (d.due or now, d.key), default=None)
    if first is None or first.due is None:
        return []
    name = localized(first.label)
    if late:
        told = _("Rounds late {n}: {name}").format(n=len(late), name=name)
        return [Span(f" {badge(Urgency.OVERDUE)} ", "over"), Span(f" {told}", "overt")]
    by = due_time(first.due, now, zone)
    told = _("Rounds {n}: {name} by {time}").format(n=len(waiting), name=name, time=by)
    return [Span(told)]


def not_in_order(e: watch.RoundRecorded) -> str:
    """What was found other than in order, each with what was looked at; that all was, if so."""
    found = (
        labelled(localized(each.label), localized(each.choice))
        for each in e.findings
        if each.digit > 1
    )
    return _(", ").join(found) or _("all in order")


def round_recorded(e: watch.RoundRecorded, w: Telling) -> str:
    """A round in the log: which, of when, what was found, with whom, why late."""
    words = _("Round recorded again: {name} {time}") if e.again else _("Round: {name} {time}")
    text = words.format(name=localized(e.label), time=w.time(e.begin))
    who = _("made by {name}").format(name=e.by) if e.by else ""
    second = _("with {name}").format(name=e.second) if e.second else ""
    late = _("late: {reason}").format(reason=e.reason) if e.reason else ""
    return joined(text, not_in_order(e), e.word, who, second, late)


def round_fell_due(e: watch.DeskDutyFellDue, w: Telling) -> str:
    """A round that was not recorded by its time."""
    assert e.label is not None  # a round's firing alone has it
    words = _("Round not recorded by {due}: {name} {time}")
    time = w.time(begin_in(e.duty))
    return words.format(due=w.due(e.due), name=localized(e.label), time=time)


def rounds_left_out(e: RoundsLeftOut, w: Telling) -> str:
    """The rounds that nobody made while the desk stood still."""
    words = _("Rounds not made from {since} to {until}, the desk stood still: {rounds}")
    rounds = _(", ").join(f"{localized(each.label)} {each.times}" for each in e.left)
    return words.format(since=w.due(e.since), until=w.due(e.until), rounds=rounds)


def stand_row(stand: RoundStand, now: datetime, zone: tzinfo) -> str:
    """A round on its screen: its name, how it stands, what is left or when it comes again."""
    name = fit(localized(stand.plan.label), _NAME)
    if stand.mark is not None:
        at = short_time(stand.mark.at, now, zone)
        state = fit(_("recorded {time}").format(time=at), _STATE)
        again = _("again from {time}").format(time=short_time(stand.slot.end, now, zone))
        return f"{name}    {state} {again}  {stand.mark.by}"
    if not stand.owed:
        begins = _("owed from {time}").format(time=short_time(stand.slot.end, now, zone))
        return f"{name}    {begins}"
    by = due_time(stand.slot.due, now, zone)
    mark = badge(Urgency.OVERDUE) if stand.late(now) else " "
    state = fit(_("by {time}").format(time=by), _STATE)
    return f"{name} {fit(mark, 2)} {state} {remaining(stand.slot.due, now)}"


def stand_object(stand: RoundStand, now: datetime, zone: tzinfo) -> dict[str, Any]:
    """A round as programs get it: the stretch that runs now and what is known of it."""
    plan, slot, mark = stand.plan, stand.slot, stand.mark
    state = "overdue" if stand.late(now) else "running" if stand.owed else "waiting"
    if mark is not None:
        state = "done_late" if mark.at > slot.due else "done"

    def local(at: datetime) -> str:
        return at.astimezone(zone).isoformat()

    return {
        "id": plan.id,
        "label": localized(plan.label),
        "every": plan.every,
        "persons": plan.persons,
        "begin": local(slot.begin),
        "due": local(slot.due),
        "end": local(slot.end),
        "state": state,
        "recorded_at": local(mark.at) if mark is not None else None,
        "recorded_by": mark.by if mark is not None else None,
        "parts": [
            {
                "id": part.id,
                "label": localized(part.label),
                "choices": [localized(choice) for choice in part.choices],
            }
            for part in plan.parts
        ],
    }


def row_object(row: RoundRow, zone: tzinfo) -> dict[str, Any]:
    """One stretch of a round as programs get it; ``recorded_at`` is null where it was not made."""
    state = "done_late" if row.late else "done"
    return {
        "begin": row.begin.astimezone(zone).isoformat(),
        "due": row.due.astimezone(zone).isoformat(),
        "state": state if row.at is not None else "missed",
        "recorded_at": row.at.astimezone(zone).isoformat() if row.at is not None else None,
        "recorded_by": row.by or None,
        "second": row.second or None,
        "found": [
            {"label": localized(f.label), "digit": f.digit, "choice": localized(f.choice)}
            for f in row.findings
        ],
        "word": row.word or None,
        "reason": row.reason or None,
    }


def row_state(row: RoundRow) -> str:
    """How a stretch of a round came out: in time, late by how much and why, or not made."""
    if row.at is None:
        return _("NOT RECORDED")
    if not row.late:
        return ""
    length = spoken((row.at - row.due).total_seconds())
    return joined(_("late by {length}").format(length=length), row.reason)


def sheet_rounds_title() -> str:
    """The part of the hand-over sheet about the rounds."""
    return _("Rounds of this watch")


def rounds_made(each: SheetRounds) -> str:
    """How often one of the rounds was made, late or not."""
    words = _("{name}: made {made}, late of them {late}, NOT made {missed}")
    return words.format(
        name=localized(each.label), made=each.made, late=each.late, missed=each.missed
    )


def round_told(each: SheetRound, at: datetime, zone: tzinfo) -> str:
    """One that was late, not made, or not in order."""
    begin = short_time(each.begin, at, zone)
    if each.at is None:
        return _("{time} NOT recorded").format(time=begin)
    found = _(", ").join(localized(choice) for choice in each.found)
    late = ""
    if each.at > each.due:
        length = spoken((each.at - each.due).total_seconds())
        late = joined(_("late by {length}").format(length=length), each.reason)
    return joined(begin, found, each.word, late, each.by)


def sheet_round_lines(rounds: Iterable[SheetRounds], at: datetime, zone: tzinfo) -> Iterator[str]:
    """The rounds on the hand-over sheet, what is told of each below it."""
    for each in rounds:
        yield f"  {rounds_made(each)}"
        yield from (f"    {round_told(told, at, zone)}" for told in each.told)
