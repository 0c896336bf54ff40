"""A Monthly Summary as parts and tables, the same for the screen, a text and a paper."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import msgspec

from dispatcher_tui.domain.record.month import Count, LateDuty, Month, RuleTally, Spread
from dispatcher_tui.domain.record.trend import TrendSeries, by_quarter, rising
from dispatcher_tui.present.i18n import _, localized, ngettext
from dispatcher_tui.present.reviews.month_words import (
    Wording,
    balance,
    formula,
    formula_terms,
    nearest,
    percent,
    portion,
    reached,
    sorts,
)
from dispatcher_tui.present.table import Kind, RecordColumn, RecordTable, Value

T = TypeVar("T")

_Row = tuple[str, int]
"""What is counted, by its name, and how often it is there."""

_NAME, _FIGURE = 40, 15
"""The shares of a paper's width of the first column and of each of the others."""

HEIGHTS = " .:-=+*%#"
"""Nothing to most, in ASCII: block characters are two cells wide on some Chinese terminals."""


CHARTED = frozenset({"classes", "levels", "departments"})
"""What cases are counted by and drawn as a picture, too."""

MOST_ROWS = 60
"""So many sorts are listed by name, those of the fewest cases then together."""


class FigureTable(msgspec.Struct, frozen=True):
    """A table: its records in their columns, a bar beside each where there are ``bars``.

    ``before`` and ``after`` are sentences around it. The first column takes the room there is.
    ``chart``: the title of the picture that is drawn of the bars where there is room for one,
    empty where none is.
    """

    listing: RecordTable[Any]
    records: tuple[Any, ...] = ()
    bars: tuple[float, ...] = ()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    chart: str = ""

    @property
    def heads(self) -> tuple[str, ...]:
        """What stands over its columns."""
        return tuple(column.head for column in self.listing.columns)

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """What people read in its cells."""
        return tuple(
            tuple(column.text(each, self.listing.zone) for column in self.listing.columns)
            for each in self.records
        )


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


def _name(head: str, read: Callable[[T], str]) -> RecordColumn[T]:
    """The first column: what a row is of."""
    return RecordColumn("name", head, read, share=_NAME)


def _figure(
    key: str,
    head: str,
    read: Callable[[T], Value],
    kind: Kind = "count",
    words: Callable[[T], str] | None = None,
) -> RecordColumn[T]:
    """A column of figures, or of what is as short."""
    none = "-" if kind == "length" else ""
    return RecordColumn(key, head, read, kind, share=_FIGURE, whole=True, words=words, none=none)


def _counted(name: str, n: str, *more: RecordColumn[_Row]) -> tuple[RecordColumn[_Row], ...]:
    """Names with their counts under these heads."""
    return (_name(name, lambda row: row[0]), _figure("n", n, lambda row: row[1]), *more)


def _flow_rows(figures: Month) -> tuple[_Row, ...]:
    flow = figures.flow
    return (
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
    )


def _flow(figures: Month, words: Wording) -> FigureTable:
    listing = RecordTable[_Row](_counted(_("Cases of the month"), _("Count")), words.zone)
    return FigureTable(listing, _flow_rows(figures), after=(balance(figures),))


def _sort(
    title: str,
    counts: Iterable[Count],
    name: Callable[[str], str],
    words: Wording,
    *,
    drawn: bool = False,
) -> FigureTable:
    found = [(name(each.key), each.n) for each in counts]
    total = sum(n for _name, n in found) or 1
    if len(found) > MOST_ROWS:
        rest = found[MOST_ROWS:]
        others = ngettext("{n} other", "{n} others", len(rest)).format(n=len(rest))
        found = [*found[:MOST_ROWS], (others, sum(n for _name, n in rest))]
    share = _figure(
        *("share", _("Share"), lambda row: nearest(row[1], total), "percent"),
        words=lambda row: portion(row[1], total),
    )
    listing = RecordTable[_Row](_counted(title, _("Count"), share), words.zone, _("none"))
    bars = tuple(float(n) for _name, n in found)
    return FigureTable(listing, tuple(found), bars, chart=title if drawn else "")


def _by_duty(tallies: Iterable[RuleTally]) -> list[RuleTally]:
    """The tallies by what a duty is called: one that two rules ask for is one row."""
    sums: dict[str, RuleTally] = {}
    for each in tallies:
        known = sums.get(name := localized(each.label))
        due, in_time = (known.due, known.in_time) if known else (0, 0)
        sums[name] = RuleTally(each.rule, each.label, due + each.due, in_time + each.in_time)
    return list(sums.values())


def _timeliness(figures: Month, words: Wording) -> FigureTable:
    rules = _by_duty(figures.timeliness.rules)
    listing = RecordTable[RuleTally](
        (
            _name(_("Duty"), lambda each: localized(each.label)),
            _figure("due", _("Owed"), lambda each: each.due),
            _figure("in_time", _("In time"), lambda each: each.in_time),
            _figure(
                *("rate", _("Rate"), lambda each: reached(each.in_time / each.due), "percent"),
                words=lambda each: percent(each.in_time / each.due),
            ),
        ),
        words.zone,
        _("Nothing was due."),
    )
    return FigureTable(
        listing,
        tuple(rules),
        tuple(100 * each.in_time / each.due for each in rules),
        before=(formula(figures), formula_terms()),
        chart=_("In time, %"),
    )


def _done(late: LateDuty, words: Wording) -> str:
    if late.done_at:
        return words.time(late.done_at)
    if late.ended_at:
        return _("never, ended")
    return _("still not done")


def _late(figures: Month, words: Wording) -> FigureTable:
    listing = RecordTable[LateDuty](
        (
            _name(_("Duty"), lambda each: localized(each.label)),
            _figure("case", _("Case no."), lambda each: each.case or _("desk"), "text"),
            _figure(
                *("due", _("Due"), lambda each: each.due, "moment"),
                words=lambda each: words.time(each.due),
            ),
            _figure(
                *("done_at", _("Done"), lambda each: each.done_at, "moment"),
                words=lambda each: _done(each, words),
            ),
            _figure("late_by", _("Late by"), lambda each: each.by, "length"),
        ),
        words.zone,
        _("Nothing was late."),
    )
    return FigureTable(listing, figures.timeliness.late)


def _lengths(figures: Month, words: Wording) -> FigureTable:
    dispatch = figures.dispatch
    goal = _("First call within 60 s of answering: {n} of {all} = {share} (aim 90 %, NFPA 1225)")
    said = goal.format(n=dispatch.within, all=dispatch.spread.n, share=percent(dispatch.share))
    none = _("Cases opened in which nobody was rung: {n}").format(n=dispatch.none)
    rows = (
        (_("From answering to the first call"), dispatch.spread),
        (_("From opening to the first follow-up"), figures.first_follow_up),
        (_("From opening to the write-off"), figures.write_off),
    )

    def within(read: Callable[[Spread], int]) -> Callable[[tuple[str, Spread]], Value]:
        return lambda row: read(row[1]) if row[1].n else None

    listing = RecordTable[tuple[str, Spread]](
        (
            _name(_("How long it took"), lambda row: row[0]),
            _figure("n", _("Count"), lambda row: row[1].n),
            _figure("median", _("Half within"), within(lambda s: s.median), "length"),
            _figure("p90", _("90 % within"), within(lambda s: s.p90), "length"),
        ),
        words.zone,
    )
    return FigureTable(listing, rows, after=(said, none))


def _total(figures: Month) -> TrendSeries | None:
    return next((series for series in figures.trend if not series.level), None)


def _months(figures: Month, words: Wording) -> FigureTable:
    """Month by month; a running one stands last and is said to be running."""
    total = _total(figures)
    found = [(opened.month, opened.n) for opened in total.months] if total else []
    if not figures.closed:
        found.append((_("{month} (running)").format(month=figures.month), figures.flow.opened))
    none = _("No month with cases is over yet.")
    listing = RecordTable[_Row](_counted(_("Month"), _("Opened")), words.zone, none)
    bars = tuple(float(n) for _month, n in found)
    return FigureTable(listing, tuple(found), bars, chart=_("Cases opened, month by month"))


def _levels(figures: Month, words: Wording) -> FigureTable:
    def counts(series: TrendSeries) -> list[int]:
        return [opened.n for opened in series.months]

    listing = RecordTable[TrendSeries](
        (
            _name(_("By level"), lambda each: words.series(each.procedure, each.level)),
            _figure("course", _("Course"), lambda each: sparkline(counts(each)), "text"),
            _figure("last", _("Last three"), lambda e: " ".join(map(str, counts(e)[-3:])), "text"),
        ),
        words.zone,
    )
    return FigureTable(listing, tuple(figures.trend), after=_findings(figures, words))


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
        _sort(title, getattr(figures, field), name, words, drawn=field in CHARTED)
        for field, (title, name) in sorts(words).items()
    )
    return (
        MonthPart(_("Cases of the month"), (_flow(figures, words),)),
        MonthPart(_("By sort"), tuple(by_sort)),
        MonthPart(_("Timeliness"), (_timeliness(figures, words),)),
        MonthPart(_("Late duties"), (_late(figures, words),)),
        MonthPart(_("How long it took"), (_lengths(figures, words),)),
        MonthPart(_("Twelve months"), (_months(figures, words), _levels(figures, words))),
    )


class ThenAndNow(msgspec.Struct, frozen=True):
    """A figure as it was signed, and as it would be now; ``rate``: both are parts of one."""

    name: str
    was: float | None
    is_: float | None
    rate: bool = False

    def words(self, value: float | None) -> str:
        """One of its two values."""
        return percent(value) if self.rate else str(value)


def _side_by_side(
    head: str, found: Iterable[ThenAndNow], words: Wording, empty: str = ""
) -> FigureTable:
    """Those that differ."""
    listing = RecordTable[ThenAndNow](
        (
            _name(head, lambda each: each.name),
            _figure(
                *("was", _("As signed"), lambda each: None if each.rate else each.was),
                words=lambda each: each.words(each.was),
            ),
            _figure(
                *("now", _("Now"), lambda each: None if each.rate else each.is_),
                words=lambda each: each.words(each.is_),
            ),
        ),
        words.zone,
        empty,
    )
    return FigureTable(listing, tuple(each for each in found if each.was != each.is_))


def then_and_now(then: Month, now: Month, words: Wording) -> FigureTable:
    """The signed figures beside those that would come of the record today, where they differ."""
    flows = zip(_flow_rows(then), _flow_rows(now), strict=True)
    was, is_ = then.timeliness, now.timeliness
    found = (
        *(ThenAndNow(name.strip(), before, after) for (name, before), (_name, after) in flows),
        ThenAndNow(_("Duties due"), was.due, is_.due),
        ThenAndNow(_("Done in time"), was.in_time, is_.in_time),
        ThenAndNow(_("Timeliness"), was.rate, is_.rate, rate=True),
    )
    return _side_by_side(_("Figure"), found, words, _("The figures are the same."))


def differences(then: Month, now: Month, words: Wording) -> tuple[FigureTable, ...]:
    """Figures then and now side by side: the sums, and every count by sort that differs."""
    found = [then_and_now(then, now, words)]
    for field, (title, name) in sorts(words).items():
        was = {each.key: each.n for each in getattr(then, field)}
        is_ = {each.key: each.n for each in getattr(now, field)}
        keys = sorted({*was, *is_})
        grid = _side_by_side(
            title, (ThenAndNow(name(k), was.get(k, 0), is_.get(k, 0)) for k in keys), words
        )
        if grid.records:
            found.append(grid)
    return tuple(found)
