"""The files that a site edited, in lines: how each stands, and where it differs from ours."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, tzinfo

from dispatcher_tui.domain.record.sign_off import SignOff
from dispatcher_tui.domain.site.comparison import ComparedLine, Comparison, Side
from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.present.cells import fit, sure_width, wrap
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.line_texts import short_time

_SIDE_CELLS, _NUMBER_CELLS = 6, 5


def shown(text: str) -> str:
    """A text out of a file, safe on one line of any terminal."""
    return sure_width(clean_text(text.expandtabs(4), multiline=False).text)


def counts(comparison: Comparison) -> str:
    """How much of a file differs."""
    words = _("lines: yours {ours}, new {shipped}")
    return words.format(ours=comparison.ours, shipped=comparison.shipped)


def state_of(sign_off: SignOff | None) -> str:
    """How a file stands, in one word."""
    if sign_off is None:
        return _("not settled")
    return _("signature owed") if sign_off.owed else _("settled")


def file_row(name: str, comparison: Comparison | None, sign_off: SignOff | None) -> str:
    """A file in the list: how it stands, its name, how much differs where it still does."""
    told = counts(comparison) if comparison is not None else _("as shipped")
    return f"{fit(state_of(sign_off), 15)} {fit(shown(name), 34, ellipsis='..')} {told}"


def settled_line(sign_off: SignOff, now: datetime, zone: tzinfo) -> str:
    """Who settled a file, when, and what was decided."""
    words = _("{what}: {name}, {time}")
    time = short_time(sign_off.at, now, zone)
    return words.format(what=decision(sign_off.remark), name=sign_off.name, time=time)


def decision(remark: str) -> str:
    """What was decided about a file, in words; anything else stands as it is."""
    return {"kept": _("yours kept"), "taken": _("the new one taken")}.get(remark, remark)


def comparison_lines(comparison: Comparison, cells: int) -> list[str]:
    """Every place that differs, a blank line between two; long lines go on below themselves."""
    lines: list[str] = []
    for place in comparison.places:
        lines += [""] if lines else []
        for row in place:
            lines += _row_lines(row, cells)
    return lines


def _row_lines(row: ComparedLine, cells: int) -> Iterator[str]:
    side = {Side.OURS: _("yours"), Side.SHIPPED: _("new"), Side.BOTH: ""}[row.side]
    head = f"{fit(side, _SIDE_CELLS)}{fit(str(row.number), _NUMBER_CELLS - 1, align='right')} "
    for line in wrap(shown(row.text), cells - _SIDE_CELLS - _NUMBER_CELLS):
        yield f"{head}{line}"
        head = " " * (_SIDE_CELLS + _NUMBER_CELLS)
