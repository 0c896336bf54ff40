"""Who is out there alone, in lines: in the log, on the board, on its screen; what is refused."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta, tzinfo

from dispatcher_tui.domain.duties.duties import Duty
from dispatcher_tui.domain.record import watch_events as watch
from dispatcher_tui.domain.record.out_alone_events import CameBackSafe, SafetyAsked, SentAlone
from dispatcher_tui.domain.watch.out_alone import AloneRow, OutAlone, is_alone
from dispatcher_tui.present.case.board_rows import Urgency, badge
from dispatcher_tui.present.cells import fit
from dispatcher_tui.present.countdown import COUNTDOWN_CELLS, remaining, spoken
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.line_texts import short_time
from dispatcher_tui.present.names import Telling, joined
from dispatcher_tui.present.places import said_place
from dispatcher_tui.present.spans import Span, SpanLine

_NAME, _WHERE = 10, 22


def sent_alone(e: SentAlone, w: Telling) -> str:
    """Somebody went out alone: where to, how often he is asked."""
    words = _("{name} went out alone: {place}") if e.place else _("{name} went out alone")
    text = words.format(name=e.name, place=said_place(e.place))
    return joined(text, e.about, _("asked every {n} min").format(n=e.minutes))


def safety_asked(e: SafetyAsked, w: Telling) -> str:
    """He was rung, and what came of it."""
    if e.second:
        words = _("{second} was sent after {name}")
    else:
        words = _("{name}: safe") if e.safe else _("{name}: NO ANSWER")
    text = words.format(name=e.name, second=e.second)
    return joined(text, _("due {time}").format(time=w.due(e.due)) if e.due else "")


def came_back_safe(e: CameBackSafe, w: Telling) -> str:
    """He is back, or not alone any more."""
    return joined(_("{name} is back").format(name=e.name), e.note)


def alone_fell_due(e: watch.DeskDutyFellDue, w: Telling) -> str:
    """Nobody had asked by then."""
    name = localized(e.label) if e.label is not None else ""
    return _("Fell due: {duty}, {due}").format(duty=name, due=w.due(e.due))


def alone_told(duties: Iterable[Duty], now: datetime) -> SpanLine:
    """Whom to ask now, as one line of the board; empty where nobody is to be asked."""
    late = [d for d in duties if is_alone(d.key) and (d.opens or now) <= now]
    if not late:
        return []
    first = min(late, key=lambda duty: (duty.due or now, duty.key))
    text, passed = localized(first.label), now - (first.due or now)
    if passed > timedelta(0):
        words = _("{duty}, {length} late")
        text = words.format(duty=text, length=spoken(passed.total_seconds()))
    more = _(" and {n} more").format(n=len(late) - 1) if len(late) > 1 else ""
    key = _("{what}: {key}").format(what=f"{text}{more}", key="q")
    return [Span(f" {badge(Urgency.OVERDUE)} ", "over"), Span(f" {key}", "overt")]


def where_alone(out: OutAlone) -> str:
    """Where he is as the list has room for it, and for which case."""
    return " ".join(filter(None, (out.place, out.about)))


def alone_row(out: OutAlone, now: datetime, zone: tzinfo) -> str:
    """Somebody out alone, as a line: what is left until he is asked, who, where, since when."""
    if out.silent:
        state = _("NO ANSWER")
    elif out.second:
        state = _("with {name}").format(name=out.second)
    else:
        state = ""
    parts = (
        fit(remaining(out.due, now), COUNTDOWN_CELLS, align="right"),
        fit(badge(Urgency.OVERDUE) if out.silent or out.late(now) else " ", 2),
        fit(out.name, _NAME),
        fit(where_alone(out), _WHERE),
        fit(_("gone since {time}").format(time=short_time(out.since, now, zone)), 16),
        state,
    )
    return " ".join(parts).rstrip()


def alone_script(row: AloneRow) -> list[str]:
    """Whom to ring about the chosen one, and what to say or do."""
    out, phones = row.out, " ".join(row.phones)
    ring = _("Ring {name}: {phones}").format(name=out.name, phones=phones or _("no number known"))
    ring = joined(ring, said_place(out.place))
    lines = [ring, _("Say: are you safe? Anything you need?")]
    if out.silent and row.next:
        words = _("No answer: send a second one, never alone: {name} {phones}")
        lines.append(words.format(name=row.next, phones=" ".join(row.next_phones)))
    elif out.silent:
        lines.append(_("No answer, and nobody else is on duty: 110, or whoever is nearest"))
    return lines


def of_out_alone() -> dict[str, str]:
    """What stands against writing down that somebody is out alone."""
    return {
        "alone_name_missing": _("Who goes out? Write the name, or pick it from the list."),
        "alone_out_already": _("{name} is out alone already: ask, or write down that he is back."),
        "alone_minutes_unfit": _("Asked after 1 to {most} minutes: write a number in between."),
        "alone_not_out": _("Nobody is out alone under number {number}: look at the list."),
        "alone_silent_already": _("{name} does not answer: 4 writes down who goes after him."),
        "alone_second_same": _("{name} cannot go after himself: somebody else."),
    }
