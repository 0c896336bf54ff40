"""What the desk itself owes, in lines: on the board, and at the head of the records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta, tzinfo

from dispatcher_tui.domain.duties.duties import Duty
from dispatcher_tui.domain.watch.handouts import is_handout, number_in
from dispatcher_tui.domain.watch.out_alone import is_alone
from dispatcher_tui.domain.watch.rounds import is_round
from dispatcher_tui.present.case.board_rows import Urgency, badge
from dispatcher_tui.present.cells import fit
from dispatcher_tui.present.countdown import COUNTDOWN_CELLS, remaining, spoken
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.line_texts import due_time, period_name
from dispatcher_tui.present.spans import Span, SpanLine
from dispatcher_tui.present.watch.handout_lines import handouts_told
from dispatcher_tui.present.watch.out_alone_lines import alone_told
from dispatcher_tui.present.watch.round_lines import rounds_told
from dispatcher_tui.present.watch.watch_lines import subject_name

NEAR = timedelta(days=1)
"""How long before it is due a duty of the desk stands on the board."""


def still_open(duties: Iterable[Duty], now: datetime) -> list[Duty]:
    """What the desk can do now and has not done, the nearest first."""
    found = [d for d in duties if d.pending and d.due and (d.opens is None or d.opens <= now)]
    return sorted(found, key=lambda duty: (duty.due or now, duty.key))


def duty_name(duty: Duty) -> str:
    """What is to be done, and for which week or month, or what the signature is for."""
    if duty.do == "sign":
        return f"{localized(duty.label)} {subject_name(duty.key.partition('/')[2])}"
    if is_round(duty.key):
        return _("Round: {name}").format(name=localized(duty.label))
    if is_alone(duty.key):
        return localized(duty.label)
    if is_handout(duty.key):
        words = _("Not back: {number} {name}")
        return words.format(number=number_in(duty.key), name=localized(duty.label))
    return f"{localized(duty.label)} {period_name(duty.key.partition(':')[2])}".strip()


def near_lines(duties: Iterable[Duty], now: datetime, zone: tzinfo) -> list[SpanLine]:
    """What of it is overdue or near, each with its time; overdue ones bear the board's badge. The
    rounds stand there as one, and so does what is not back."""
    known = tuple(duties)
    found: list[SpanLine] = []
    folded = {
        "alone": alone_told(known, now),
        "round": rounds_told(known, now, zone),
        "handout": handouts_told(known, now),
    }
    for duty in still_open(known, now):
        if fold := folded_as(duty):
            if line := folded.pop(fold, []):
                found.append(line)
            continue
        if duty.due is None or duty.due - now > NEAR:
            continue
        if duty.due < now:
            late = spoken((now - duty.due).total_seconds())
            words = _("{duty}, {length} late").format(duty=duty_name(duty), length=late)
            found.append([Span(f" {badge(Urgency.OVERDUE)} ", "over"), Span(f" {words}", "overt")])
        else:
            found.append([Span(f"{duty_name(duty)}{_(', ')}{_by(duty.due, now, zone)}")])
    return found


def _by(due: datetime, now: datetime, zone: tzinfo) -> str:
    """By when, with today said where it is today."""
    time = due_time(due, now, zone)
    return (_("today by {time}") if len(time) == len("24:00") else _("by {time}")).format(time=time)


def folded_as(duty: Duty) -> str:
    """As part of what it stands in one row with its like: who is out alone, the rounds, what is not
    back; else empty."""
    if is_alone(duty.key):
        return "alone"
    return "round" if is_round(duty.key) else "handout" if is_handout(duty.key) else ""


def desk_rows(duties: Iterable[Duty], now: datetime) -> list[tuple[str, Duty]]:
    """What the desk can do now, a row each with its duty; all rounds as one, and all that is not
    back."""
    found = still_open(duties, now)
    alike = Counter(folded_as(duty) for duty in found)
    rows, told = [], set[str]()
    for duty in found:
        fold = folded_as(duty)
        if fold not in told:
            rows.append((desk_row(duty, now, alike[fold] if fold else 0), duty))
        told |= {fold} if fold else set()
    return rows


def desk_row(duty: Duty, now: datetime, alike: int = 0) -> str:
    """One duty of the desk in the list of the records: what is left, what, by which rule; the first
    of so many ``alike`` stands for all."""
    left = fit(remaining(duty.due, now), COUNTDOWN_CELLS, align="right")
    mark = "!" if duty.due is not None and duty.due < now else " "
    sure = "" if duty.confirmed else f" {_('(holidays unconfirmed)')}"
    more = _(" and {n} more").format(n=alike - 1) if alike > 1 else ""
    return f"{fit(_('desk'), 8)} {left} {mark} {duty_name(duty)}{more}{sure}"
