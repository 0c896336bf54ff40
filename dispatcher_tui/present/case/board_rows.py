"""What one line of the dispatch board says, and how wide each of its columns is.

Widths are terminal cells. Nothing here draws: the board widget and the command line share it.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from dispatcher_tui.present.cells import fit
from dispatcher_tui.present.cells import width as cell_width
from dispatcher_tui.present.countdown import COUNTDOWN_CELLS
from dispatcher_tui.present.i18n import _

LEAD = 1 + COUNTDOWN_CELLS + 1 + 2 + 1
"""Cells before the level: cursor mark, remaining time, gap, two marks, gap."""

_CONTENT_LEAST = 12
_STEP_WHOLE = 16
"""Cells in which most next steps stand with their rule; content gives them up first."""

_CONTENT_GENEROUS = 18
_LABEL_LEAST = 4
_NUMBER = 10
_GAP = 1


class BoardRow(msgspec.Struct, frozen=True):
    """One open case as the board shows it; every text is user data and not yet cleaned.

    `due` is the aware UTC moment of the nearest open duty, `None` when no clock runs.
    `shout` means that nobody has been told yet; `draft` that the intake is not committed.
    """

    case_id: str
    number: str
    due: datetime | None
    level: str
    level_text: str
    place: str
    content: str
    assignee: str
    step: str
    shout: bool
    grave: bool
    emergency: bool
    draft: bool = False


class BoardColumns(msgspec.Struct, frozen=True):
    """Widths in cells of the columns right of the lead; 0 means the column is left out."""

    level: int
    number: int
    place: int
    content: int
    assignee: int
    step: int

    def widths(self) -> tuple[int, ...]:
        """The widths in the order in which the board shows the columns."""
        return (self.level, self.number, self.place, self.content, self.assignee, self.step)


def columns(width: int, level: int) -> BoardColumns:
    """Share `width` cells (the whole line) among the columns; `level` is its widest text.

    Content takes the slack once the next step stands there whole. On a narrow board the next
    step goes first, then the assignee, then the place: the number and what happened are the last
    to leave.
    """
    spare = width - LEAD - (level + _GAP) - (_NUMBER + _GAP)
    asked = {"place": 9, "assignee": 7, "step": 12}
    for name in ("step", "assignee", "place"):
        if spare - sum(asked.values()) - _GAP * len(asked) >= _CONTENT_LEAST:
            break
        del asked[name]
    content = max(0, spare - sum(asked.values()) - _GAP * len(asked))
    if "step" in asked:
        whole = min(_STEP_WHOLE - asked["step"], content - _CONTENT_LEAST)
        asked["step"] += whole
        content -= whole
    if len(asked) == 3 and content > _CONTENT_GENEROUS:
        extra = content - _CONTENT_GENEROUS
        grown = {"step": min(10, extra * 2 // 3), "assignee": min(6, extra // 6)}
        grown["place"] = min(4, extra // 8)
        asked = {name: cells + grown[name] for name, cells in asked.items()}
        content -= sum(grown.values())
    return BoardColumns(
        level=level,
        number=_NUMBER,
        place=asked.get("place", 0),
        content=content,
        assignee=asked.get("assignee", 0),
        step=asked.get("step", 0),
    )


def _join(cells: tuple[str, ...], widths: tuple[int, ...], total: int) -> str:
    """Fit each cell into its column and the line into exactly `total` cells."""
    shown = [fit(text, cells_) for text, cells_ in zip(cells, widths, strict=True) if cells_ > 0]
    return fit(" ".join(shown), max(0, total), ellipsis="")


def _with_rule(step: str, cells: int) -> str:
    """The next step in so many cells: where it is cut, its last word stays, which is the rule."""
    label, _space, rule = step.rpartition(" ")
    room = cells - cell_width(rule) - 1
    if cell_width(step) <= cells or not label or room < _LABEL_LEAST:
        return step
    return f"{fit(label, room)} {rule}"


def body(row: BoardRow, shape: BoardColumns, width: int) -> str:
    """The part of a line that time does not change: exactly `width` − `LEAD` cells, cleaned."""
    step = _with_rule(row.step, shape.step)
    cells = (row.level_text, row.number, row.place, row.content, row.assignee, step)
    return _join(cells, shape.widths(), width - LEAD)


def lead(row: BoardRow, *, left: str, selected: bool, overdue: bool) -> str:
    """The first `LEAD` cells: cursor mark, remaining time `left`, marks; never colour alone.

    The marks: `!` overdue, `~` draft, `*` nobody told yet.
    """
    cursor = ">" if selected else " "
    first = "!" if overdue else "~" if row.draft else " "
    second = "*" if row.shout else " "
    return f"{cursor}{fit(left, COUNTDOWN_CELLS, align='right')} {first}{second} "


def titles(shape: BoardColumns, width: int) -> str:
    """The column titles as one line of exactly `width` cells, in the operator's language."""
    cells = (_("Level"), _("Number"), _("Place"), _("Content"), _("Assignee"), _("Next step"))
    start = fit(" " + fit(_("Remaining"), COUNTDOWN_CELLS, align="right"), LEAD)
    return fit(start + _join(cells, shape.widths(), width - LEAD), width, ellipsis="")
