"""What a file of fees would do, in lines: before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from dispatcher_tui.domain.record.fee_events import LineOutcome
from dispatcher_tui.domain.site.list_change import ListChange
from dispatcher_tui.domain.words.money import format_fen
from dispatcher_tui.domain.words.terms import Label
from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.present.fees.fee_words import list_name, result_name
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.site.list_lines import change_lines


def fee_preview_lines(
    label: Label,
    month: str,
    file: str,
    rows: int,
    change: ListChange | None,
    outcomes: Sequence[LineOutcome],
) -> Iterator[str]:
    """The list it is for; what it brings and takes, or what came back, by result and sum."""
    yield list_name(localized(label), month)
    if change is not None:
        yield from change_lines(file, rows, change, str)
        return
    counted = Counter(each.result for each in outcomes)
    told = _(", ").join(f"{result_name(each)} {n}" for each, n in counted.items())
    words = _("{file}: rows read: {rows}; came back: {results}")
    yield words.format(file=clean_text(file, multiline=False).text, rows=rows, results=told)
    if paid := sum(each.paid for each in outcomes):
        yield "  " + _("{yuan} yuan are ticked off").format(yuan=format_fen(paid))


def fee_rest_lines(lines: int, outcomes: int) -> list[str]:
    """How many rows nothing is wrong with, where others are refused."""
    n = lines + outcomes
    return [_("Rows that nothing is wrong with: {n}").format(n=n)] if n else []
