"""What one line of the dispatch board says, and how wide each of its columns is.

Widths are terminal cells. Nothing here draws: a line is runs of one role each, so that how urgent
a case is can be seen by area and by letter, and only then by colour.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import Enum, auto

import msgspec

from dispatcher_tui.domain.record.case_line import SOON
from dispatcher_tui.present.case.short_names import LEVEL_CELLS, STEP_CELLS
from dispatcher_tui.present.cells import fit
from dispatcher_tui.present.cells import width as cell_width
from dispatcher_tui.present.countdown import COUNTDOWN_CELLS
from dispatcher_tui.present.i18n import _, language
from dispatcher_tui.present.spans import Span

MARK, BADGE = 2, COUNTDOWN_CELLS + 1
LEAD = 1 + COUNTDOWN_CELLS + 1 + MARK + 1 + 1
"""Cells before the level: cursor, remaining time, a blank, the badge, a blank, the gap."""

_PLACE, _WHO, _NUMBER, _GAP = 9, 6, 10, 1
_CONTENT_LEAST, _CONTENT_WHOLE = 12, 40
_PLACE_MORE, _WHO_MORE = 9, 10
_NO_HOURS = "00:"
_BY_THE_WORD = frozenset({"unseen", "overt", "grave", "over", "warn"})
"""The roles that mark what is said and not the room that is left in its column."""


class Urgency(Enum):
    """How a line stands out: each is weaker than the one before it."""

    OVERDUE = auto()
    UNTOLD = auto()
    SOON = auto()
    RUNNING = auto()
    PAPER = auto()
    DRAFT = auto()


class BoardRow(msgspec.Struct, frozen=True):
    """One open case as the board shows it; every text is user data and not yet cleaned.

    ``due`` is the aware UTC moment of the nearest open duty, None when no clock runs. ``shout``:
    nobody has been told yet. ``paper``: only its closing paper is waited for. ``holds``: it is an
    emergency for which the post may not be left. ``draft``: the intake is not committed.
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
    paper: bool = False
    holds: bool = False


class BoardColumns(msgspec.Struct, frozen=True):
    """Widths in cells of the columns right of the lead; 0 means the column is left out."""

    level: int
    place: int
    content: int
    step: int
    who: int
    number: int

    def widths(self) -> tuple[int, ...]:
        """The widths in the order in which the board shows the columns."""
        return (self.level, self.place, self.content, self.step, self.who, self.number)


class Face(msgspec.Struct, frozen=True):
    """All that the look of a line depends on besides its width and the theme.

    ``left`` is the remaining time in words. ``cursor``: the cursor is on it; ``focus``: the keys go
    there. ``unseen``: the cursor has not been on it since it came or fell due.
    """

    row: BoardRow
    left: str
    urgency: Urgency
    cursor: bool = False
    focus: bool = True
    unseen: bool = False


def urgency(row: BoardRow, now: datetime | None) -> Urgency:
    """How much a line stands out at a moment: overdue from the instant after its due time on."""
    if row.draft:
        return Urgency.DRAFT
    left = row.due - now if row.due is not None and now is not None else None
    if left is not None and left < timedelta(0):
        return Urgency.OVERDUE
    if row.shout:
        return Urgency.UNTOLD
    if left is not None and left < SOON:
        return Urgency.SOON
    return Urgency.PAPER if row.paper else Urgency.RUNNING


def badge(urgent: Urgency) -> str:
    """The letters by which a line's urgency is told without colour."""
    match urgent:
        case Urgency.OVERDUE:
            return _("!!")
        case Urgency.UNTOLD:
            return _("**")
        case Urgency.SOON:
            return _("<")
        case Urgency.PAPER:
            return _("#")
        case Urgency.DRAFT:
            return _("~")
        case Urgency.RUNNING:
            return ""


def columns(width: int, level: int, *, veiled: bool = False) -> BoardColumns:
    """Share ``width`` cells (the whole line) among the columns; ``level`` is its widest text.

    Content takes the slack, from 40 cells on who and place have a part in it. On a narrow board
    the next step goes first, then who, then the place: the number and what happened are the last
    to leave. A ``veiled`` board has no column for names and words.
    """
    spare = width - LEAD - (level + _GAP) - _NUMBER
    asked = {"place": _PLACE, "who": _WHO, "step": STEP_CELLS[language()]}
    if veiled:
        del asked["who"]
    for name in ("step", "who", "place"):
        if spare - sum(asked.values()) - _GAP * (len(asked) + 1) >= _CONTENT_LEAST:
            break
        asked.pop(name, None)
    content = max(0, spare - sum(asked.values()) - _GAP * (len(asked) + 1))
    if not veiled and content > _CONTENT_WHOLE and "place" in asked:
        more = content - _CONTENT_WHOLE
        grown = {"place": min(_PLACE_MORE, more // 3), "who": min(_WHO_MORE, more // 3)}
        asked = {name: cells + grown.get(name, 0) for name, cells in asked.items()}
        content -= sum(grown.values())
    return BoardColumns(
        level=level,
        place=asked.get("place", 0),
        content=0 if veiled else content,
        step=asked.get("step", 0),
        who=asked.get("who", 0),
        number=_NUMBER,
    )


def level_cells(texts: Iterable[str], least: int = 0) -> int:
    """How wide the levels' column is for these texts: as wide as most need, and never very wide."""
    most = max((cell_width(text) for text in texts), default=0)
    return max(least, LEVEL_CELLS[language()], min(9, most))


def rest(face: Face, shape: BoardColumns, width: int) -> list[Span]:
    """The part of a line that a passing second does not change: ``width`` - ``LEAD`` cells."""
    return _exactly(_columns(face, shape), width - LEAD, _chosen(face))


def _chosen(face: Face) -> str:
    """The role of the line under the cursor; empty for any other."""
    if not face.cursor:
        return ""
    return "sel" if face.focus else "tint"


def lead(face: Face) -> list[Span]:
    """The first ``LEAD`` cells: cursor, remaining time, badge.

    What has a ground of its own keeps it under the cursor.
    """
    left = fit(face.left, COUNTDOWN_CELLS, align="right")
    mark = f" {fit(badge(face.urgency), MARK)} "
    on = _chosen(face)
    sign = Span((">" if face.focus else "*") if face.cursor else " ", on)
    match face.urgency:
        case Urgency.OVERDUE:
            runs = [Span(left + mark, "over")]
        case Urgency.UNTOLD:
            runs = [Span(left, on or "warnt", bold=True), Span(mark, "warn")]
        case _ if on:
            runs = [Span(left + mark, on)]
        case Urgency.SOON:
            runs = [*_no_hours(left, "warnt"), Span(mark, "warnt", bold=True)]
        case Urgency.PAPER | Urgency.DRAFT:
            runs = [Span(left + mark, "fg2")]
        case _:
            runs = [*_no_hours(left, ""), Span(mark)]
    return [sign, *runs, Span(" ", on)]


def _no_hours(left: str, role: str) -> list[Span]:
    """The remaining time, muted as far as it says that there is no whole hour."""
    start, found, rest = left.partition(_NO_HOURS)
    if not found or start.strip():
        return [Span(left, role, bold=bool(role))]
    return [Span(start + found, "fg2"), Span(rest, role, bold=bool(role))]


def _columns(face: Face, shape: BoardColumns) -> list[Span]:
    """Everything right of the lead, each column in its role, one blank between two."""
    row, urgent = face.row, face.urgency
    muted = "fg2" if urgent in (Urgency.PAPER, Urgency.DRAFT) else ""
    strong = "fg0" if urgent in (Urgency.OVERDUE, Urgency.UNTOLD) else muted
    on = _chosen(face)
    cells = (
        (row.level_text, _level_role(row, on) or on or muted),
        (row.place, on or ("unseen" if face.unseen else strong)),
        (row.content, on or strong),
        (row.step, on or muted),
        (row.assignee, "warn" if row.shout else on or muted),
        (row.number, on or "fg2"),
    )
    runs: list[Span] = []
    for (text, role), room in zip(cells, shape.widths(), strict=True):
        if room <= 0:
            continue
        if runs:
            runs.append(Span(" " * _GAP, on))
        shown = fit(text, room)
        if role not in _BY_THE_WORD:
            runs.append(Span(shown, role))
            continue
        words = shown.rstrip()
        runs += [Span(words, role, bold=True), Span(shown[len(words) :], on)]
    return runs


def _level_role(row: BoardRow, on: str) -> str:
    """A grave level has a ground; an emergency's only while it holds the post."""
    if row.emergency:
        return "over" if row.holds else on or "overt"
    return "grave" if row.grave else ""


def _exactly(runs: list[Span], width: int, role: str) -> list[Span]:
    """The runs cut or filled up to a width, empty ones left out."""
    kept: list[Span] = []
    left = max(0, width)
    for run in runs:
        wide = cell_width(run.text)
        if wide > left:
            run = run._replace(text=fit(run.text, left, ellipsis=""))
            wide = left
        if run.text:
            kept.append(run)
        left -= wide
    return [*kept, Span(" " * left, role)] if left else kept


def titles(shape: BoardColumns, width: int) -> str:
    """The column titles as one line of exactly ``width`` cells, in the operator's language.

    The last one stands there whole, or not at all.
    """
    names = (_("Level"), _("Place"), _("Content"), _("Next step"), _("Whose"), _("Number"))
    start = fit(" " + fit(_("Left"), COUNTDOWN_CELLS, align="right"), LEAD)
    found = [
        fit(name, cells) for name, cells in zip(names, shape.widths(), strict=True) if cells > 0
    ]
    text = (start + " ".join(found)).rstrip()
    if cell_width(text) > width:
        text = (start + " ".join(found[:-1])).rstrip()
    return fit(text, max(0, width), ellipsis="")
