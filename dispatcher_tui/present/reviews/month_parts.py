"""A Monthly Summary as parts and tables, the same for the screen, a text and a paper."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec

from dispatcher_tui.domain.record.month import Count, LateDuty, Month, Spread
from dispatcher_tui.domain.record.trend import TrendSeries, by_quarter, rising
from dispatcher_tui.present.countdown import spoken
from dispatcher_tui.present.i18n import _, localized, ngettext
from dispatcher_tui.present.reviews.month_words import (
    Wording,
    balance,
    formula,
    formula_terms,
    percent,
    portion,
    sorts,
)

HEIGHTS = " .:-=+*%#"
"""Nothing to most, in ASCII: block characters are two cells wide on some Chinese terminals."""


CHARTED = frozenset({"classes", "levels", "departments"})
"""What cases are counted by and drawn as a picture, too."""

MOST_ROWS = 60
"""So many sorts are listed by name, those of the fewest cases then together."""


class FigureTable(msgspec.Struct, frozen=True):
    """A table: its heads, its rows, a bar beside each row where there are ``bars``.

    ``before`` and ``after`` are sentences around it. The first column takes the room there is;
    the columns of ``right`` (counted from 0) are of figures. ``chart``: the title of the picture
    that is drawn of the bars where there is room for one, empty where none is.
    """

    title: str
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    bars: tuple[float, ...] = ()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    right: frozenset[int] = frozenset()
    empty: str = ""
    chart: str = ""


class MonthPart(msgspec.Struct, frozen=True):
    """A part of the summary, as a digit leads to it."""

    title: str
    grids: tuple[FigureTable, ...]


def sparkline(counts: Sequence[int]) -> str:
    """Counts as marks of eight weights, the highest one the heaviest; nothing is a blank."""
    most = max(counts, default=0)
    if not most:
        return " " * len(counts)
    return "".join(HEIGHTS[-(-count * 8 // most)] for count in counts)


def _flow(figures: Month) -> FigureTable:
    flow = figures.flow
    rows: list[tuple[str, int]] = [
        (_("Opened"), flow.opened),
        (_("Carried in from earlier months"), flow.carried_in),
        (_("  of these ended before and reopened"), flow.reopened),
        (_("Written off in the month"), flow.written_off),
        (_("Final"), flow.final),
        (_("Found invalid, or opened by mistake"), flow.invalid),
        (_("Carried over, open at the end"), flow.carried_over),
        (_("  of these awaiting their closing paper"), flow.papers_owed),
        (_("Valid complaints opened"), flow.valid),
        (_("Emergencies"), figures.emergencies),
        (_("  of these false alarms"), figures.false_alarms),
        (_("Drills"), figures.drills),
    ]
    found = tuple((name, str(n)) for name, n in rows)
    heads = (_("Cases of the month"), _("Count"))
    return FigureTable("", heads, found, after=(balance(figures),), right=frozenset({1}))


def _sort(
    title: str, counts: Iterable[Count], name: Callable[[str], str], *, drawn: bool = False
) -> FigureTable:
    found = [(name(each.key), each.n) for each in counts]
    total = sum(n for _name, n in found) or 1
    if len(found) > MOST_ROWS:
        rest = found[MOST_ROWS:]
        others = ngettext("{n} other", "{n} others", len(rest)).format(n=len(rest))
        found = [*found[:MOST_ROWS], (others, sum(n for _name, n in rest))]
    rows = tuple((named, str(n), portion(n, total)) for named, n in found)
    bars = tuple(float(n) for _name, n in found)
    heads = (title, _("Count"), _("Share"))
    chart = title if drawn else ""
    return FigureTable("", heads, rows, bars, right=frozenset({1, 2}), empty=_("none"), chart=chart)


def _timeliness(figures: Month, words: Wording) -> FigureTable:
    rules = figures.timeliness.rules
    rows = tuple(
        (
            f"{each.rule} {localized(each.label)}",
            str(each.due),
            str(each.in_time),
            percent(each.in_time / each.due),
        )
        for each in rules
    )
    return FigureTable(
        "",
        (_("Duty"), _("Owed"), _("In time"), _("Rate")),
        rows,
        tuple(100 * each.in_time / each.due for each in rules),
        before=(formula(figures, words.procedure), formula_terms()),
        right=frozenset({1, 2, 3}),
        empty=_("Nothing was due."),
        chart=_("In time, %"),
    )


def _done(late: LateDuty, words: Wording) -> str:
    if late.done_at:
        return words.time(late.done_at)
    if late.ended_at:
        return _("never, ended")
    return _("still not done")


def _late(figures: Month, words: Wording) -> FigureTable:
    rows = tuple(
        (
            f"{each.rule} {localized(each.label)}",
            each.case or _("desk"),
            words.time(each.due),
            _done(each, words),
            spoken(each.by),
        )
        for each in figures.timeliness.late
    )
    heads = (_("Duty"), _("Case no."), _("Due"), _("Done"), _("Late by"))
    return FigureTable("", heads, rows, empty=_("Nothing was late."))


def _spread(name: str, spread: Spread) -> tuple[str, ...]:
    if not spread.n:
        return (name, "0", "-", "-")
    return (name, str(spread.n), spoken(spread.median), spoken(spread.p90))


def _lengths(figures: Month) -> FigureTable:
    dispatch = figures.dispatch
    goal = _("First call within 60 s of answering: {n} of {all} = {share} (aim 90 %, NFPA 1225)")
    said = goal.format(n=dispatch.within, all=dispatch.spread.n, share=percent(dispatch.share))
    none = _("Cases opened in which nobody was rung: {n}").format(n=dispatch.none)
    rows = (
        _spread(_("From answering to the first call"), dispatch.spread),
        _spread(_("From opening to the first follow-up"), figures.first_follow_up),
        _spread(_("From opening to the write-off"), figures.write_off),
    )
    heads = (_("How long it took"), _("Count"), _("Half within"), _("90 % within"))
    return FigureTable("", heads, rows, after=(said, none), right=frozenset({1, 2, 3}))


def _total(figures: Month) -> TrendSeries | None:
    return next((series for series in figures.trend if not series.level), None)


def _months(figures: Month) -> FigureTable:
    """Month by month; a running one stands last and is said to be running."""
    total = _total(figures)
    found = [(opened.month, opened.n) for opened in total.months] if total else []
    if not figures.closed:
        found.append((_("{month} (running)").format(month=figures.month), figures.flow.opened))
    rows = tuple((month, str(n)) for month, n in found)
    bars = tuple(float(n) for _month, n in found)
    heads = (_("Month"), _("Opened"))
    return FigureTable(
        "",
        heads,
        rows,
        bars,
        right=frozenset({1}),
        empty=_("No month with cases is over yet."),
        chart=_("Cases opened, month by month"),
    )


def _levels(figures: Month, words: Wording) -> FigureTable:
    rows = []
    for series in figures.trend:
        counts = [opened.n for opened in series.months]
        last = " ".join(str(n) for n in counts[-3:])
        rows.append((words.series(series.procedure, series.level), sparkline(counts), last))
    heads = (_("By level"), _("Course"), _("Last three"))
    return FigureTable("", heads, tuple(rows), after=_findings(figures, words))


def _findings(figures: Month, words: Wording) -> tuple[str, ...]:
    """What rose three months running, and the sums of the quarters."""
    found = []
    for rise in rising(figures.trend):
        numbers = " < ".join(f"{opened.n} ({opened.month})" for opened in rise.months)
        said = _("RISING three months running: {what}: {numbers}")
        what = words.series(rise.procedure, rise.level)
        found.append(said.format(what=what, numbers=numbers))
    if not found:
        found.append(_("Nothing has risen three months running."))
    total = _total(figures)
    quarters = by_quarter(total) if total else ()
    if quarters:
        sums = _(", ").join(f"{name} {n}" for name, n in quarters)
        found.append(_("Quarters: {sums}").format(sums=sums))
    return tuple(found)


def month_parts(figures: Month, words: Wording) -> tuple[MonthPart, ...]:
    """The six parts of the figures, in the order of their digits."""
    by_sort = (
        _sort(title, getattr(figures, field), name, drawn=field in CHARTED)
        for field, (title, name) in sorts(words).items()
    )
    return (
        MonthPart(_("Cases of the month"), (_flow(figures),)),
        MonthPart(_("By sort"), tuple(by_sort)),
        MonthPart(_("Timeliness"), (_timeliness(figures, words),)),
        MonthPart(_("Late duties"), (_late(figures, words),)),
        MonthPart(_("How long it took"), (_lengths(figures),)),
        MonthPart(_("Twelve months"), (_months(figures), _levels(figures, words))),
    )


def then_and_now(then: Month, now: Month) -> FigureTable:
    """The signed figures beside those that would come of the record today, where they differ."""
    rows = []
    before, after = _flow(then).rows, _flow(now).rows
    for (name, was), (_name, is_) in zip(before, after, strict=True):
        if was != is_:
            rows.append((name.strip(), was, is_))
    rate = (percent(then.timeliness.rate), percent(now.timeliness.rate))
    due = (str(then.timeliness.due), str(now.timeliness.due))
    in_time = (str(then.timeliness.in_time), str(now.timeliness.in_time))
    for name, (was, is_) in (
        (_("Duties due"), due),
        (_("Done in time"), in_time),
        (_("Timeliness"), rate),
    ):
        if was != is_:
            rows.append((name, was, is_))
    heads = (_("Figure"), _("As signed"), _("Now"))
    return FigureTable(
        "", heads, tuple(rows), right=frozenset({1, 2}), empty=_("The figures are the same.")
    )


def differences(then: Month, now: Month, words: Wording) -> tuple[FigureTable, ...]:
    """Figures then and now side by side: the sums, and every count by sort that differs."""
    found = [then_and_now(then, now)]
    for field, (title, name) in sorts(words).items():
        was = {each.key: each.n for each in getattr(then, field)}
        is_ = {each.key: each.n for each in getattr(now, field)}
        keys = sorted(key for key in {*was, *is_} if was.get(key, 0) != is_.get(key, 0))
        if keys:
            rows = tuple((name(k), str(was.get(k, 0)), str(is_.get(k, 0))) for k in keys)
            heads = (title, _("As signed"), _("Now"))
            found.append(FigureTable("", heads, rows, right=frozenset({1, 2})))
    return tuple(found)
