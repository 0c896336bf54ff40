"""A Monthly Summary in lines: for the screen at its width, and as a text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from dispatcher_tui.domain.record.month import Month
from dispatcher_tui.domain.record.sign_off import SignOff
from dispatcher_tui.domain.reviews.summary import Summary
from dispatcher_tui.domain.time.periods import Period
from dispatcher_tui.domain.words.terms import SignedBy
from dispatcher_tui.present.case.timeline import entry_text
from dispatcher_tui.present.cells import fit, width, wrap
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.names import joined
from dispatcher_tui.present.reviews.month_parts import differences, month_parts
from dispatcher_tui.present.reviews.month_tables import FigureTable, MonthPart
from dispatcher_tui.present.reviews.month_words import Wording, month_name, state_line
from dispatcher_tui.present.signing import ink_words

TEXT_CELLS = 80
"""How wide a text is that nobody's terminal tells the width of."""

BAR_CELLS = 24
BAR = "#"
_GAP = 2
_FIRST = 16
"""The least cells of the first column."""


class SummarySection(msgspec.Struct, frozen=True):
    """One part of the summary: its title, and its lines."""

    title: str
    lines: tuple[str, ...] = ()


class SummaryState(msgspec.Struct, frozen=True):
    """What is written under the figures, as far as it is.

    ``drawn``: when, by whom and in whose words the last report was drawn. ``after``: what was
    written about the month since, a sentence each. ``now``: the figures that would come of it,
    where others were signed. ``stale``: it is to be drawn anew before it can be signed.
    """

    drawn: str = ""
    drawn_by: str = ""
    text: str = ""
    sign_off: SignOff | None = None
    after: tuple[str, ...] = ()
    now: Month | None = None
    stale: bool = False


def standing_of(file: Summary, words: Wording) -> SummaryState:
    """What is written under the figures, from the entries that say so."""
    said, by, text = "", "", ""
    if file.drawn is not None:
        entry, text = file.drawn.entry, file.drawn.report.text
        by, time = entry.actor, words.long_time(entry.occurred_at)
        said = _("Drawn by {name} {time}").format(name=by, time=time)
    since = tuple(
        f"{words.time(line.entry.occurred_at)} {line.number}"
        f" {entry_text(line.entry, words.zone, words.names)}"
        + _(" (written {time})").format(time=words.time(line.entry.recorded_at))
        for line in file.after
    )
    return SummaryState(said, by, text, file.sign_off, since, file.now, file.stale)


def bar(value: float, most: float, cells: int) -> str:
    """A bar as long as its part of the most; what is not nothing has a cell at least."""
    if value <= 0 or most <= 0:
        return ""
    return BAR * max(1, int(cells * value / most))


def _widths(grid: FigureTable) -> list[int]:
    columns = zip(grid.heads, *grid.rows, strict=True)
    return [max(width(cell) for cell in column) for column in columns]


def _row(grid: FigureTable, cells: Sequence[str], sizes: Sequence[int]) -> str:
    fitted = (
        fit(cell, size, column.align)
        for column, cell, size in zip(grid.listing.columns, cells, sizes, strict=True)
    )
    return (" " * _GAP).join(fitted)


def grid_lines(grid: FigureTable, cells: int) -> Iterator[str]:
    """A table in so many cells: the first column is cut where there is no room for it."""
    for sentence in grid.before:
        yield from wrap(sentence, cells)
    if grid.records:
        sizes = _widths(grid)
        rest = sum(sizes[1:]) + _GAP * (len(sizes) - 1)
        room = BAR_CELLS + _GAP if grid.bars else 0
        sizes[0] = max(_FIRST, min(sizes[0], cells - rest - room))
        most = max(grid.bars, default=0.0)
        yield fit(_row(grid, grid.heads, sizes), cells).rstrip()
        for at, row in enumerate(grid.rows):
            drawn = bar(grid.bars[at], most, BAR_CELLS) if grid.bars else ""
            line = f"{_row(grid, row, sizes)}{' ' * _GAP}{drawn}"
            yield fit(line, cells).rstrip()
    elif grid.listing.empty:
        yield f"{grid.heads[0]}{_(': ')}{grid.listing.empty}"
    for sentence in grid.after:
        yield from wrap(sentence, cells)


def _section(part: MonthPart, cells: int) -> SummarySection:
    lines: list[str] = []
    for grid in part.grids:
        lines += grid_lines(grid, cells)
        lines.append("")
    return SummarySection(part.title, tuple(lines))


def signature_line(sign_off: SignOff | None, words: Wording) -> str:
    """How far the head's signature is."""
    if sign_off is None:
        return _("Not commented and signed by the head yet.")
    if sign_off.how is SignedBy.PIN:
        said = _("Signed by {name} {time}, by their own PIN")
    elif sign_off.how.on_paper:
        said = _("Signed by {name} {time}")
    elif sign_off.owed:
        said = _("Agreed by {name} by phone {time}; the signature is owed")
    else:
        said = _("Agreed by {name} by phone, signed {time}")
    time = words.long_time(sign_off.signed_at or sign_off.at)
    line = said.format(name=sign_off.name, time=time)
    return joined(line, ink_words(sign_off.ink))


def _report(figures: Month, standing: SummaryState, words: Wording, cells: int) -> SummarySection:
    lines: list[str] = []
    for sentence in (standing.drawn or _("Not drawn yet."), *standing.text.splitlines()):
        lines += wrap(sentence, cells)
    lines.append("")
    lines += wrap(signature_line(standing.sign_off, words), cells)
    if standing.sign_off is not None and standing.sign_off.remark:
        lines += wrap(_("Comment: {text}").format(text=standing.sign_off.remark), cells)
    lines += ["", *_since(figures, standing, words, cells)]
    return SummarySection(_("Report, comment, signature"), tuple(lines))


def _since(figures: Month, standing: SummaryState, words: Wording, cells: int) -> Iterator[str]:
    """What was written afterwards, and the figures then and now side by side."""
    if not standing.after:
        return
    head = _("Written about the month since it was drawn ({n}):").format(n=len(standing.after))
    yield from wrap(head, cells)
    for sentence in standing.after:
        yield from wrap(sentence, cells)
    if standing.stale:
        yield from wrap(_("It has to be drawn anew before the head can sign it."), cells)
    if standing.now is not None:
        yield from wrap(_("The signed figures stand; beside them what they would be now:"), cells)
        for grid in differences(figures, standing.now, words):
            yield from grid_lines(grid, cells)


def month_sections(
    figures: Month, standing: SummaryState, words: Wording, cells: int
) -> tuple[SummarySection, ...]:
    """The summary's parts in so many cells, in the order of their digits."""
    found = [_section(part, cells) for part in month_parts(figures, words)]
    return (*found, _report(figures, standing, words, cells))


def month_title(period: Period) -> str:
    """What the paper is called, with its month."""
    return _("Monthly Summary {month}").format(month=month_name(period))


def summary_title(file: Summary) -> str:
    """The same, with whose it is where it is one of several procedures'."""
    title = month_title(file.period)
    return f"{title}  {localized(file.rules.procedure.short)}" if file.procedure else title


def month_text(
    title: str, figures: Month, standing: SummaryState, words: Wording, site: str
) -> list[str]:
    """The whole summary as a text."""
    lines = [f"{site}  {title}", state_line(figures, words), ""]
    for number, section in enumerate(month_sections(figures, standing, words, TEXT_CELLS), 1):
        lines += [_("{n}. {text}").format(n=number, text=section.title), *section.lines, ""]
    return lines
