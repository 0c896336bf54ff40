"""A Monthly Summary as the command line prints it for programs."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Any

from dispatcher_tui.domain.record.month import (
    DISPATCH_SECONDS,
    CaseFlow,
    Count,
    Month,
    RoundTally,
    Spread,
    Timeliness,
)
from dispatcher_tui.domain.record.sign_off import SignOff
from dispatcher_tui.domain.record.trend import Rise, TrendSeries, rising
from dispatcher_tui.domain.words.terms import Label
from dispatcher_tui.present.case.case_json import local_time, signature_object


def _counts(counts: tuple[Count, ...]) -> list[dict[str, Any]]:
    return [{"key": each.key, "count": each.n} for each in counts]


def _spread(spread: Spread) -> dict[str, Any]:
    known = bool(spread.n)
    return {
        "count": spread.n,
        "median_seconds": spread.median if known else None,
        "p90_seconds": spread.p90 if known else None,
    }


def _share(share: float | None) -> float | None:
    return None if share is None else round(share, 6)


def _timeliness(found: Timeliness, zone: tzinfo) -> dict[str, Any]:
    return {
        "due": found.due,
        "in_time": found.in_time,
        "rate": _share(found.rate),
        "rules": [
            {"rule": r.rule, "label": _label(r.label), "due": r.due, "in_time": r.in_time}
            for r in found.rules
        ],
        "late": [
            {
                "case": late.case or None,
                "rule": late.rule,
                "label": _label(late.label),
                "due": local_time(late.due, zone),
                "done_at": local_time(late.done_at, zone),
                "ended_at": local_time(late.ended_at, zone),
                "late_seconds": late.by,
                "confirmed": late.confirmed,
            }
            for late in found.late
        ],
    }


def _course(found: TrendSeries | Rise) -> dict[str, Any]:
    return {
        "procedure": found.procedure or None,
        "level": found.level or None,
        "months": [{"month": each.month, "opened": each.n} for each in found.months],
    }


def _flow(flow: CaseFlow) -> dict[str, int]:
    """How cases went through the month, by the names that the record has for it."""
    return {
        "opened": flow.opened,
        "carried_in": flow.carried_in,
        "reopened": flow.reopened,
        "written_off": flow.written_off,
        "final": flow.final,
        "invalid": flow.invalid,
        "carried_over": flow.carried_over,
        "valid": flow.valid,
        "papers_owed": flow.papers_owed,
        "moved_out": flow.moved_out,
    }


def _round(tally: RoundTally) -> dict[str, Any]:
    """One of the rounds of the watch: due, and how each was made."""
    return {
        "label": _label(tally.label),
        "due": tally.due,
        "in_time": tally.in_time,
        "late": tally.late,
        "missed": tally.missed,
    }


def figures_object(figures: Month, zone: tzinfo) -> dict[str, Any]:
    """The figures alone; see :func:`month_object`."""
    dispatch = figures.dispatch
    return {
        "as_of": local_time(figures.as_of, zone),
        **_flow(figures.flow),
        "by_class": _counts(figures.classes),
        "by_category": _counts(figures.categories),
        "by_level": _counts(figures.levels),
        "by_channel": _counts(figures.channels),
        "by_department": _counts(figures.departments),
        "by_building": _counts(figures.buildings),
        "by_cause": _counts(figures.causes),
        "satisfaction": _counts(figures.satisfaction),
        "timeliness": _timeliness(figures.timeliness, zone),
        "first_follow_up": _spread(figures.first_follow_up),
        "write_off": _spread(figures.write_off),
        "dispatch": {
            **_spread(dispatch.spread),
            "limit_seconds": DISPATCH_SECONDS,
            "within": dispatch.within,
            "share": _share(dispatch.share),
            "none": dispatch.none,
        },
        "emergencies": figures.emergencies,
        "false_alarms": figures.false_alarms,
        "drills": figures.drills,
        "matters": [
            {
                "case": each.number,
                "level": each.level,
                "category": each.category,
                "stage": each.stage.value,
                "why": [concern.value for concern in each.why],
            }
            for each in figures.matters
        ],
        "by_dispatcher": [
            {
                "name": each.name,
                "opened": each.opened,
                "due": each.due,
                "in_time": each.in_time,
                "first_call": _spread(each.first_call),
                "within": each.within,
                "handed_over": each.handed_over,
            }
            for each in figures.dispatchers
        ],
        "rounds": [_round(each) for each in figures.rounds],
        "kept": [
            {"label": _label(each.label), "times": each.times, "late": each.late}
            for each in figures.kept
        ],
        "trend": [_course(series) for series in figures.trend],
        "rising": [_course(rise) for rise in rising(figures.trend)],
    }


def _label(label: Label) -> dict[str, str]:
    return {"zh": label.zh, "en": label.en}


def _signature(sign_off: SignOff | None, zone: tzinfo) -> dict[str, Any] | None:
    if sign_off is None:
        return None
    return {**signature_object(sign_off, zone), "comment": sign_off.remark}


def month_object(
    figures: Month,
    zone: tzinfo,
    *,
    text: str | None = None,
    drawn_at: datetime | None = None,
    drawn_by: str | None = None,
    sign_off: SignOff | None = None,
    after: list[dict[str, Any]] | None = None,
    now: Month | None = None,
    procedure: str = "",
) -> dict[str, Any]:
    """A month's summary as one object. Times are ISO 8601 with offset; what is absent is null.

    - ``procedure``: whose it is, there only where each of several procedures has its own;
    - ``month`` (``2026-11``), ``closed`` (whether it was over), ``as_of`` (the moment the figures
      are of: the month's end, or the present one);
    - ``opened + carried_in = final + invalid + carried_over``: ``carried_in`` are the cases of
      earlier months (``reopened`` of them had ended before it), the right side is how all of
      them stood at ``as_of``; ``written_off``: written off in the month; ``valid``: opened in it
      and not found invalid; ``papers_owed``: written off without a closing paper at ``as_of``;
      ``moved_out``: handed over to another procedure, and counted there;
    - ``by_class``, ``by_category``, ``by_level``, ``by_channel``, ``by_department``,
      ``by_building`` (cases opened in it), ``by_cause``, ``satisfaction`` (cases written off in
      it): arrays of ``{key, count}``, the most first; ``key`` is empty for none;
    - ``timeliness`` (P0-14): ``in_time ÷ due = rate``; ``rules`` the same by duty, ``late`` every
      duty that was not in time: ``case`` (null: the desk's own), ``done_at`` or ``ended_at`` or
      neither (still not done), ``late_seconds``, ``confirmed`` (false: ``due`` was reckoned
      without a year's holiday table);
    - ``first_follow_up``, ``write_off`` (from opening), ``dispatch`` (from answering to the first
      call): ``count``, ``median_seconds``, ``p90_seconds``; of ``dispatch`` also how many
      ``within`` ``limit_seconds``, their ``share``, and in how many cases nobody was rung;
    - ``matters``: at most ten cases that matter most, with ``why``; ``by_dispatcher``: the cases
      each opened, the duties that fell due on their watch, their hand-overs (P0-12);
    - ``rounds``: those of the watch by name: due in it, made in time, made late, not made;
    - ``trend``: by ``procedure`` and ``level`` (null: all) the cases opened in every month that
      was over; ``rising``: those that rose three months running (P2-10);
    - ``report`` (the dispatcher's words), ``drawn_at``, ``drawn_by``; ``signature`` with the
      head's ``comment`` (P0-12); ``frozen``: whether the figures are the signed ones;
    - ``written_after``: entries about the month since it was drawn; ``figures_now``: what would
      come of the record today, where the signed figures stand and something was written since.
    """
    return {
        **({"procedure": procedure} if procedure else {}),
        "month": figures.month,
        "closed": figures.closed,
        **figures_object(figures, zone),
        "report": text,
        "drawn_at": local_time(drawn_at, zone),
        "drawn_by": drawn_by,
        "signature": _signature(sign_off, zone),
        "frozen": sign_off is not None,
        "written_after": after or [],
        "figures_now": figures_object(now, zone) if now is not None else None,
    }
