"""The tables that a Monthly Summary is made of: one sort, two side by side, cases, dispatchers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import zip_longest
from typing import Any, TypeVar

import msgspec

from dispatcher_tui.domain.record.month import (
    Concern,
    Count,
    DispatcherFigures,
    KeptTally,
    Matter,
    Month,
    RoundTally,
)
from dispatcher_tui.present.i18n import _, localized, ngettext
from dispatcher_tui.present.line_texts import stage_name
from dispatcher_tui.present.reviews.month_words import (
    Wording,
    nearest,
    percent,
    portion,
    reached,
    sorts,
)
from dispatcher_tui.present.table import Kind, RecordColumn, RecordTable, Value

T = TypeVar("T")

CountRow = tuple[str, int]
"""What is counted, by its name, and how often it is there."""

NAME_SHARE, FIGURE_SHARE = 40, 15
"""The shares of a paper's width of the first column and of each of the others."""

HEIGHTS = " .:-=+*%#"
"""Nothing to most, in ASCII: block characters are two cells wide on some Chinese terminals."""


CHARTED = frozenset({"classes", "levels", "departments"})
"""What cases are counted by and drawn as a picture, too."""

MOST_ROWS = 60
"""So many sorts are listed by name, those of the fewest cases then together."""


MOST_ON_PAPER = 10
"""So many sorts are listed on a leader's paper, where two stand side by side."""


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


def name_column(head: str, read: Callable[[T], str]) -> RecordColumn[T]:
    """The first column: what a row is of."""
    return RecordColumn("name", head, read, share=NAME_SHARE)


def figure_column(
    key: str,
    head: str,
    read: Callable[[T], Value],
    kind: Kind = "count",
    words: Callable[[T], str] | None = None,
) -> RecordColumn[T]:
    """A column of figures, or of what is as short."""
    none = "-" if kind == "length" else ""
    return RecordColumn(
        key, head, read, kind, share=FIGURE_SHARE, whole=True, words=words, none=none
    )


def counted_columns(
    name: str, n: str, *more: RecordColumn[CountRow]
) -> tuple[RecordColumn[CountRow], ...]:
    """Names with their counts under these heads."""
    return (name_column(name, lambda row: row[0]), figure_column("n", n, lambda row: row[1]), *more)


def sort_table(
    title: str,
    counts: Iterable[Count],
    name: Callable[[str], str],
    words: Wording,
    *,
    drawn: bool = False,
    most: int = MOST_ROWS,
) -> FigureTable:
    found = [(name(each.key), each.n) for each in counts]
    total = sum(n for _name, n in found) or 1
    if len(found) > most:
        rest = found[most:]
        others = ngettext("{n} other", "{n} others", len(rest)).format(n=len(rest))
        found = [*found[:most], (others, sum(n for _name, n in rest))]
    share = figure_column(
        *("share", _("Share"), lambda row: nearest(row[1], total), "percent"),
        words=lambda row: portion(row[1], total),
    )
    listing = RecordTable[CountRow](
        counted_columns(title, _("Count"), share), words.zone, _("none")
    )
    bars = tuple(float(n) for _name, n in found)
    return FigureTable(listing, tuple(found), bars, chart=title if drawn else "")


_Pair = tuple[CountRow | None, CountRow | None]


def pair_table(
    figures: Month, words: Wording, left: str, right: str, most: int = MOST_ROWS
) -> FigureTable:
    """Two sorts beside one another, each with its own shares."""
    asked = sorts(words)
    both = [
        sort_table(asked[field][0], getattr(figures, field), asked[field][1], words, most=most)
        for field in (left, right)
    ]
    sums = [sum(row[1] for row in each.records) or 1 for each in both]
    columns = list[RecordColumn[_Pair]]()
    for side, field in enumerate((left, right)):

        def name(row: _Pair, side: int = side) -> str:
            found = row[side]
            return found[0] if found else ""

        def count(row: _Pair, side: int = side) -> Value:
            found = row[side]
            return found[1] if found else None

        def share(row: _Pair, side: int = side) -> Value:
            found = row[side]
            return nearest(found[1], sums[side]) if found else None

        def shown(row: _Pair, side: int = side) -> str:
            found = row[side]
            return portion(found[1], sums[side]) if found else ""

        columns += [
            RecordColumn(field, asked[field][0], name, share=NAME_SHARE // 2),
            figure_column(f"{field}_n", _("Count"), count),
            figure_column(f"{field}_share", _("Share"), share, "percent", shown),
        ]
    rows = tuple(zip_longest(*(each.records for each in both)))
    return FigureTable(RecordTable[_Pair](tuple(columns), words.zone, _("none")), rows)


def concern_name(concern: Concern) -> str:
    """Why a case matters in its month."""
    names = {
        Concern.EMERGENCY: _("emergency"),
        Concern.GRAVE: _("grave"),
        Concern.FACTS: _("injury, media or the like"),
        Concern.DISSATISFIED: _("dissatisfied"),
        Concern.REOPENED: _("reopened"),
        Concern.LATE: _("a day late or more"),
        Concern.RANG_AGAIN: _("rang three times or more"),
        Concern.OPEN: _("still open"),
    }
    return names[concern]


def matters_table(figures: Month, words: Wording) -> FigureTable:
    """The cases that a leader reads by name, the heaviest first."""

    def why(each: Matter) -> str:
        return _(", ").join(map(concern_name, each.why))

    listing = RecordTable[Matter](
        (
            RecordColumn("number", _("Ten that matter"), lambda m: m.number, share=12, whole=True),
            RecordColumn("category", _("Class"), lambda m: words.category(m.category), share=14),
            RecordColumn("level", _("Level"), lambda m: words.level(m.level), share=8),
            RecordColumn("stage", _("Stage"), lambda m: stage_name(m.stage.value), share=10),
            RecordColumn("why", _("Why"), why, share=30),
        ),
        words.zone,
        _("No case stands out."),
    )
    return FigureTable(listing, figures.matters)


def dispatchers_table(figures: Month, words: Wording) -> FigureTable:
    """Each dispatcher's figures, beside the head's comment on their service (P0-12)."""

    def rate(each: DispatcherFigures) -> Value:
        return reached(each.in_time / each.due) if each.due else None

    def share(each: DispatcherFigures) -> str:
        return percent(each.in_time / each.due if each.due else None)

    def soon(each: DispatcherFigures) -> Value:
        n = each.first_call.n
        return reached(each.within / n) if n else None

    def first(each: DispatcherFigures) -> str:
        n = each.first_call.n
        return percent(each.within / n if n else None)

    listing = RecordTable[DispatcherFigures](
        (
            name_column(_("Dispatcher"), lambda each: each.name),
            figure_column("opened", _("Opened"), lambda each: each.opened),
            figure_column("due", _("Owed"), lambda each: each.due),
            figure_column("in_time", _("In time"), lambda each: each.in_time),
            figure_column("rate", _("Rate"), rate, "percent", share),
            figure_column("within", _("First call in 60 s"), soon, "percent", first),
            figure_column("handed_over", _("Hand-overs"), lambda each: each.handed_over),
        ),
        words.zone,
        _("Nobody was on watch."),
    )
    said = _("A case is of whoever opened it; a duty of whoever was on watch when it fell due.")
    return FigureTable(listing, figures.dispatchers, after=(said,))


def kept_table(figures: Month, words: Wording) -> FigureTable:
    """What the desk keeps beside its cases: how often, and how often late or in vain."""
    listing = RecordTable[KeptTally](
        (
            name_column(_("Kept besides"), lambda each: localized(each.label)),
            figure_column("times", _("Times"), lambda each: each.times),
            figure_column("late", _("Late or in vain"), lambda each: each.late),
        ),
        words.zone,
    )
    return FigureTable(listing, figures.kept)


def rounds_table(figures: Month, words: Wording) -> FigureTable:
    """The rounds of the watch: due, made in time, made late, not made."""
    listing = RecordTable[RoundTally](
        (
            name_column(_("Rounds of the watch"), lambda each: localized(each.label)),
            figure_column("due", _("Owed"), lambda each: each.due),
            figure_column("in_time", _("In time"), lambda each: each.in_time),
            figure_column("late", _("Late"), lambda each: each.late),
            figure_column("missed", _("Not made"), lambda each: each.missed),
        ),
        words.zone,
    )
    return FigureTable(listing, figures.rounds)
