"""A Monthly Summary as parts and tables, the same for the screen, a text and a paper."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import zip_longest

import msgspec

from dispatcher_tui.domain.record.month import (
    LateDuty,
    Month,
    RuleTally,
    Spread,
)
from dispatcher_tui.domain.record.trend import TrendSeries, by_quarter, rising
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.reviews.month_tables import (
    CHARTED,
    MOST_ON_PAPER,
    NAME_SHARE,
    CountRow,
    FigureTable,
    MonthPart,
    counted_columns,
    dispatchers_table,
    figure_column,
    kept_table,
    matters_table,
    name_column,
    pair_table,
    rounds_table,
    sort_table,
    sparkline,
)
from dispatcher_tui.present.reviews.month_words import (
    Wording,
    balance,
    formula,
    formula_terms,
    percent,
    reached,
    sorts,
)
from dispatcher_tui.present.table import RecordColumn, RecordTable, Value


def _flow_rows(figures: Month) -> tuple[CountRow, ...]:
    flow = figures.flow
    return (
        (_("Opened"), flow.opened),
        (_("Carried in from earlier months"), flow.carried_in),
        (_("  of these ended before and reopened"), flow.reopened),
        (_("Written off in the month"), flow.written_off),
        (_("Final"), flow.final),
        (_("Found invalid, or opened by mistake"), flow.invalid),
        *([(_("Moved out to another procedure"), flow.moved_out)] if flow.moved_out else []),
        (_("Carried over, open at the end"), flow.carried_over),
        (_("  of these awaiting their closing paper"), flow.papers_owed),
        (_("Valid complaints opened"), flow.valid),
        (_("Emergencies"), figures.emergencies),
        (_("  of these false alarms"), figures.false_alarms),
        (_("Drills"), figures.drills),
    )


def _flow(figures: Month, words: Wording) -> FigureTable:
    listing = RecordTable[CountRow](
        counted_columns(_("Cases of the month"), _("Count")), words.zone
    )
    return FigureTable(listing, _flow_rows(figures), after=(balance(figures),))


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
            name_column(_("Duty"), lambda each: localized(each.label)),
            figure_column("due", _("Owed"), lambda each: each.due),
            figure_column("in_time", _("In time"), lambda each: each.in_time),
            figure_column(
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


_Two = tuple[RuleTally | None, RuleTally | None]


def _timeliness_pairs(figures: Month, words: Wording) -> FigureTable:
    """The same for a leader's paper: two duties beside one another, without the picture."""
    rules = _by_duty(figures.timeliness.rules)
    half = (len(rules) + 1) // 2
    columns = list[RecordColumn[_Two]]()
    for side in (0, 1):

        def name(row: _Two, side: int = side) -> str:
            found = row[side]
            return localized(found.label) if found else ""

        def due(row: _Two, side: int = side) -> Value:
            found = row[side]
            return found.due if found else None

        def in_time(row: _Two, side: int = side) -> Value:
            found = row[side]
            return found.in_time if found else None

        def rate(row: _Two, side: int = side) -> Value:
            found = row[side]
            return reached(found.in_time / found.due) if found else None

        def shown(row: _Two, side: int = side) -> str:
            found = row[side]
            return percent(found.in_time / found.due) if found else ""

        columns += [
            RecordColumn(f"name_{side}", _("Duty"), name, share=NAME_SHARE // 2),
            figure_column(f"due_{side}", _("Owed"), due),
            figure_column(f"in_time_{side}", _("In time"), in_time),
            figure_column(f"rate_{side}", _("Rate"), rate, "percent", shown),
        ]
    rows = tuple(zip_longest(rules[:half], rules[half:]))
    listing = RecordTable[_Two](tuple(columns), words.zone, _("Nothing was due."))
    return FigureTable(listing, rows, before=(formula(figures), formula_terms()))


def _done(late: LateDuty, words: Wording) -> str:
    if late.done_at:
        return words.time(late.done_at)
    if late.ended_at:
        return _("never, ended")
    return _("still not done")


def _late(figures: Month, words: Wording) -> FigureTable:
    listing = RecordTable[LateDuty](
        (
            name_column(_("Duty"), lambda each: localized(each.label)),
            figure_column("case", _("Case no."), lambda each: each.case or _("desk"), "text"),
            figure_column(
                *("due", _("Due"), lambda each: each.due, "moment"),
                words=lambda each: words.time(each.due),
            ),
            figure_column(
                *("done_at", _("Done"), lambda each: each.done_at, "moment"),
                words=lambda each: _done(each, words),
            ),
            figure_column("late_by", _("Late by"), lambda each: each.by, "length"),
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
            name_column(_("How long it took"), lambda row: row[0]),
            figure_column("n", _("Count"), lambda row: row[1].n),
            figure_column("median", _("Half within"), within(lambda s: s.median), "length"),
            figure_column("p90", _("90 % within"), within(lambda s: s.p90), "length"),
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
    listing = RecordTable[CountRow](counted_columns(_("Month"), _("Opened")), words.zone, none)
    bars = tuple(float(n) for _month, n in found)
    return FigureTable(listing, tuple(found), bars, chart=_("Cases opened, month by month"))


def _levels(figures: Month, words: Wording) -> FigureTable:
    def counts(series: TrendSeries) -> list[int]:
        return [opened.n for opened in series.months]

    listing = RecordTable[TrendSeries](
        (
            name_column(_("By level"), lambda each: words.series(each.procedure, each.level)),
            figure_column("course", _("Course"), lambda each: sparkline(counts(each)), "text"),
            figure_column(
                "last", _("Last three"), lambda e: " ".join(map(str, counts(e)[-3:])), "text"
            ),
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


def _kept(figures: Month, words: Wording) -> tuple[FigureTable, ...]:
    """The rounds of the watch and what else the desk keeps, where there is any."""
    rounds = (rounds_table(figures, words),) if figures.rounds else ()
    return (*rounds, kept_table(figures, words)) if figures.kept else rounds


def month_parts(figures: Month, words: Wording) -> tuple[MonthPart, ...]:
    """The six parts of the figures, in the order of their digits."""
    by_sort = (
        sort_table(title, getattr(figures, field), name, words, drawn=field in CHARTED)
        for field, (title, name) in sorts(words).items()
    )
    pair = pair_table(figures, words, "classes", "causes")
    return (
        MonthPart(_("Cases of the month"), (_flow(figures, words), matters_table(figures, words))),
        MonthPart(_("By sort"), (pair, *by_sort)),
        MonthPart(
            _("Timeliness"),
            (
                _timeliness(figures, words),
                dispatchers_table(figures, words),
                *_kept(figures, words),
            ),
        ),
        MonthPart(_("Late duties"), (_late(figures, words),)),
        MonthPart(_("How long it took"), (_lengths(figures, words),)),
        MonthPart(_("Twelve months"), (_months(figures, words), _levels(figures, words))),
    )


class PaperParts(msgspec.Struct, frozen=True):
    """The figures as a leader reads them on paper: what stands on the ``first`` page, over the
    signature and the figures of the ``dispatchers`` that the head comments on, the ``others`` on
    three pages behind it, and what is looked up behind those."""

    first: MonthPart
    dispatchers: FigureTable
    others: tuple[MonthPart, ...]
    late: MonthPart


def paper_parts(figures: Month, words: Wording) -> PaperParts:
    """The same figures in four pages, sorts side by side, and the late duties behind them."""
    pairs = (
        pair_table(figures, words, *fields, most=MOST_ON_PAPER)
        for fields in (
            ("classes", "causes"),
            ("levels", "satisfaction"),
            ("channels", "departments"),
        )
    )
    named = pair_table(figures, words, "categories", "buildings", most=MOST_ON_PAPER)
    drawn = _timeliness_pairs(figures, words)
    return PaperParts(
        first=MonthPart(_("Cases of the month"), (_flow(figures, words),)),
        dispatchers=dispatchers_table(figures, words),
        others=(
            MonthPart(_("What matters"), (matters_table(figures, words),)),
            MonthPart(_("By sort"), tuple(pairs)),
            MonthPart(_("By class and place"), (named,)),
            MonthPart(_("Timeliness"), (drawn, *_kept(figures, words))),
            MonthPart(_("How long it took"), (_lengths(figures, words),)),
            MonthPart(_("Twelve months"), (_months(figures, words), _levels(figures, words))),
        ),
        late=MonthPart(_("Late duties"), (_late(figures, words),)),
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
            name_column(head, lambda each: each.name),
            figure_column(
                *("was", _("As signed"), lambda each: None if each.rate else each.was),
                words=lambda each: each.words(each.was),
            ),
            figure_column(
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
