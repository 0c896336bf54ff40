"""The dispatch board as one widget on Textual's line API, with its own scrolling.

One rule keeps it fast: every visible line has a *face*, the few values its look depends on.
Whatever happens (a key, a tick, new rows), the new faces are compared with the faces on the
screen and only what differs is refreshed; when merely the countdown differs, only its cells.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import datetime
from itertools import zip_longest
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from dispatcher_tui.present.case import board_rows
from dispatcher_tui.present.case.board_rows import LEAD, BoardColumns, BoardRow
from dispatcher_tui.present.cells import fit, width
from dispatcher_tui.present.countdown import COUNTDOWN_CELLS, remaining
from dispatcher_tui.present.i18n import _

_WHEEL_ROWS = 3
_STRIPS_KEPT = 512
_MARKS = LEAD - 3
"""Where the two marks begin: before the gap at the end of the lead."""


class _Face(NamedTuple):
    """All that the look of one line depends on, besides its width and the theme."""

    row: BoardRow
    selected: bool
    left: str
    overdue: bool


def _changed(old: _Face, new: _Face) -> tuple[int, int]:
    """Where two faces look otherwise: the first cell and how many cells; (0, 0) for all of it.

    A tick most often changes the last figures of the remaining time, and nothing else.
    """
    if old.row != new.row or old.selected != new.selected:
        return 0, 0
    if old.overdue != new.overdue:
        return 0, LEAD
    was, now = (fit(face.left, COUNTDOWN_CELLS, align="right") for face in (old, new))
    if not (was + now).isascii():
        return 0, LEAD
    alike = next((n for n, (a, b) in enumerate(zip(was, now, strict=True)) if a != b), 0)
    return 1 + alike, COUNTDOWN_CELLS - alike


class BoardTable(Widget, can_focus=True):
    """The open cases, one line each; the cursor stays on the case whatever the order does.

    Call `tick` once before the first `set_rows`, then every second: the widget never asks a
    clock. Sorting is the caller's.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "board--titles",
        "board--grave",
        "board--emergency",
        "board--draft",
        "board--overdue",
        "board--shout",
        "board--untold",
        "board--cursor",
    }
    DEFAULT_CSS = """
    BoardTable { height: 1fr; width: 1fr; }
    BoardTable > .board--titles { color: $desk-fg2; }
    BoardTable > .board--grave { color: $desk-fg0; text-style: bold; }
    BoardTable > .board--emergency { color: $desk-overt; text-style: bold; }
    BoardTable > .board--draft { color: $desk-fg2; }
    BoardTable > .board--cursor {
        background: $desk-tint; color: $desk-tintf; text-style: $desk-tint-form;
    }
    BoardTable:focus > .board--cursor {
        background: $desk-sel; color: $desk-self; text-style: bold;
    }
    BoardTable > .board--shout { color: $desk-warnt; text-style: bold; }
    BoardTable > .board--untold { background: $desk-warn; color: $desk-warnf; text-style: bold; }
    BoardTable > .board--overdue { background: $desk-over; color: $desk-overf; text-style: bold; }
    """
    MOVES: ClassVar[dict[str, str]] = {
        "up": "up",
        "k": "up",
        "down": "down",
        "j": "down",
        "pageup": "pageup",
        "pagedown": "pagedown",
        "home": "home",
        "end": "end",
    }
    """Key to move; `enter` opens. Help screens read it from here."""

    class Selected(Message):
        """The cursor came to another case; `None` when the board became empty."""

        def __init__(self, case_id: str | None) -> None:
            super().__init__()
            self.case_id = case_id

        def can_replace(self, message: Message) -> bool:
            """Only the newest place of the cursor matters."""
            return isinstance(message, BoardTable.Selected)

    class Opened(Message):
        """The operator asked for this case: Enter or a double click."""

        def __init__(self, case_id: str) -> None:
            super().__init__()
            self.case_id = case_id

    def __init__(
        self,
        *,
        id: str | None = None,  # noqa: A002 - Textual's own word
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.auto_links = False  # user text holds no links; skips a look at every line drawn
        self._rows: list[BoardRow] = []
        self._index: dict[str, int] = {}
        self._selected: str | None = None
        self._cursor = 0
        self._top = 0
        self._now: datetime | None = None
        self._level = 0
        self._shape: BoardColumns = board_rows.columns(0, 0)
        self._lefts: dict[datetime | None, tuple[str, bool]] = {}
        self._shown: list[_Face | None] = []
        self._shown_title: tuple[int, int] | None = None
        self._strips: dict[_Face, Strip] = {}
        self._bodies: dict[BoardRow, str] = {}
        self._styles: dict[tuple[str, ...], Style] = {}

    # What the screen may ask and tell

    @property
    def selected(self) -> str | None:
        """The case under the cursor, `None` while the board is empty."""
        return self._selected

    @property
    def key_row(self) -> int:
        """The row of the cursor below the title, -1 while the board is empty."""
        return self._cursor - self._top + 1 if self._rows else -1

    def set_rows(self, rows: Sequence[BoardRow]) -> None:
        """Show `rows`, already sorted. A vanished case leaves the cursor at its line."""
        self._rows = list(rows)
        self._index = {row.case_id: place for place, row in enumerate(self._rows)}
        self._widen({row.level_text for row in self._rows})
        place = self._cursor if self._selected is None else self._index.get(self._selected)
        self._put_cursor(self._cursor if place is None else place)

    def update_row(self, row: BoardRow) -> bool:
        """Replace one case's line in its place; False when the board does not hold the case."""
        place = self._index.get(row.case_id)
        if place is None:
            return False
        self._rows[place] = row
        self._widen({row.level_text}, at_least=self._level)
        self._sync()
        return True

    def select(self, case_id: str) -> bool:
        """Put the cursor on a case and bring it into view; False when it is not on the board."""
        place = self._index.get(case_id)
        if place is None:
            return False
        self._put_cursor(place)
        return True

    def tick(self, now: datetime) -> None:
        """Recompute the remaining times of the visible lines; `now` is aware UTC."""
        self._now = now
        self._lefts.clear()
        self._sync()

    # Moving

    def on_key(self, event: events.Key) -> None:
        """Move or open. Keys of no meaning here go on to the screen."""
        key = event.key
        if key not in self.MOVES and event.character and not event.character.isascii():
            # An input method in full-width mode sends the wide twins of j and k.
            key = unicodedata.normalize("NFKC", event.character)
        if key == "enter":
            if self._selected is not None:
                self.post_message(self.Opened(self._selected))
        elif (move := self.MOVES.get(key)) is not None:
            self._put_cursor(self._target(move))
        else:
            return
        event.stop()
        event.prevent_default()

    def on_click(self, event: events.Click) -> None:
        """A click selects, a second one at the same place opens."""
        offset = event.get_content_offset(self)
        place = -1 if offset is None else self._top + offset.y - 1
        if place < self._top or place >= len(self._rows):
            return
        event.stop()
        self._put_cursor(place)
        if event.chain == 2:
            self.post_message(self.Opened(self._rows[place].case_id))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel moves the cursor: the selected case must never be out of sight."""
        event.stop()
        self._put_cursor(self._cursor + _WHEEL_ROWS)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """As for down."""
        event.stop()
        self._put_cursor(self._cursor - _WHEEL_ROWS)

    def _target(self, move: str) -> int:
        """The line a named move leads to; may lie outside the board."""
        page = max(1, self._lines - 1)
        steps = {"up": -1, "down": 1, "pageup": -page, "pagedown": page}
        if move in steps:
            return self._cursor + steps[move]
        return 0 if move == "home" else len(self._rows) - 1

    def _put_cursor(self, place: int) -> None:
        """Move the cursor to the nearest existing line, in view, and tell if the case changed."""
        self._cursor = max(0, min(place, len(self._rows) - 1))
        self._show_cursor()
        case_id = self._rows[self._cursor].case_id if self._rows else None
        if case_id != self._selected:
            self._selected = case_id
            self.post_message(self.Selected(case_id))
        self._sync()

    def _show_cursor(self) -> None:
        """Scroll as little as needed to have the cursor in view and no room wasted below."""
        lines = max(1, self._lines)
        self._top = max(self._cursor - lines + 1, min(self._top, self._cursor))
        self._top = max(0, min(self._top, len(self._rows) - lines))

    # Drawing

    @property
    def _lines(self) -> int:
        """How many cases fit below the titles."""
        return max(0, self.content_size.height - 1)

    def _widen(self, texts: set[str], at_least: int = 4) -> None:
        """Fit the level column to the widest of `texts`; a change of shape redraws all."""
        level = max(at_least, 4, *(min(9, width(text)) for text in (*texts, _("Level"))))
        if level != self._level:
            self._level = level
            self._reshape()

    def _reshape(self) -> None:
        """Share the width anew; nothing drawn before can be used again."""
        self._shape = board_rows.columns(self.content_size.width, self._level)
        self._strips.clear()
        self._bodies.clear()
        self._shown = []
        self._shown_title = None
        self.refresh()

    def on_resize(self) -> None:
        """Another size: new column widths, the cursor still in view."""
        self._reshape()
        self._show_cursor()
        self._sync()

    def notify_style_update(self) -> None:
        """Another theme: no strip drawn in the old colours may be used again."""
        super().notify_style_update()
        self._strips.clear()
        self._styles.clear()

    def _face(self, place: int) -> _Face | None:
        """The look of the case at `place`, `None` below the last one."""
        if place >= len(self._rows):
            return None
        row = self._rows[place]
        known = self._lefts.get(row.due)
        if known is None:
            known = self._left(row.due)
            self._lefts[row.due] = known
        return _Face(row, place == self._cursor, *known)

    def _left(self, due: datetime | None) -> tuple[str, bool]:
        """Remaining time in words and whether it is over."""
        if self._now is None:
            return "", False
        return remaining(due, self._now), due is not None and due < self._now

    def _sync(self) -> None:
        """Refresh exactly what differs between the screen and the truth."""
        faces = [self._face(self._top + line) for line in range(self._lines)]
        whole = self.content_size.width
        dirty: list[Region] = []
        for y, (old, new) in enumerate(zip_longest(self._shown, faces), start=1):
            if old == new and y <= len(self._shown):
                continue
            start, cells = _changed(old, new) if old and new else (0, whole)
            here = Region(start, y, cells or whole, 1)
            if dirty and (dirty[-1].bottom, dirty[-1].x, dirty[-1].width) == (y, start, here.width):
                dirty[-1] = dirty[-1].grow((0, 0, 1, 0))
            else:
                dirty.append(here)
        title = (self._top, len(self._rows))
        if title != self._shown_title:
            dirty.append(Region(0, 0, whole, 1))
        self._shown, self._shown_title = faces, title
        if dirty:
            self.refresh(*dirty)

    def render_line(self, y: int) -> Strip:
        """One line of the widget: titles, cases, and nothing below them."""
        if y == 0:
            return self._title_strip()
        face = self._face(self._top + y - 1)
        if face is None:
            text = "  " + _("No open cases") if y == 1 and not self._rows else ""
            whole = self.content_size.width
            return Strip([Segment(fit(text, whole), self.rich_style)], whole)
        strip = self._strips.get(face)
        if strip is None:
            strip = self._strip(face)
            if len(self._strips) >= _STRIPS_KEPT:
                self._strips.clear()
                self._bodies.clear()
            self._strips[face] = strip
        return strip

    def _title_strip(self) -> Strip:
        """The titles, and at the right how many cases lie above and below the view."""
        whole = self.content_size.width
        below = max(0, len(self._rows) - self._top - self._lines)
        hidden = f" ^{self._top} v{below}" if self._top or below else ""
        text = board_rows.titles(self._shape, max(0, whole - len(hidden))) + hidden
        return Strip([Segment(fit(text, whole, ellipsis=""), self._style("board--titles"))], whole)

    def _strip(self, face: _Face) -> Strip:
        """The lead, which time changes, with its urgency as its ground; then the body."""
        row, selected, left, overdue = face
        whole = self.content_size.width
        text = self._bodies.get(row)
        if text is None:
            text = self._bodies[row] = board_rows.body(row, self._shape, whole)
        start = board_rows.lead(row, left=left, selected=selected, overdue=overdue)
        names = [
            name
            for name, wanted in (
                ("board--grave", row.grave),
                ("board--emergency", row.emergency),
                ("board--draft", row.draft),
                ("board--cursor", selected),
            )
            if wanted
        ]
        rest = self._style(*names)
        hot = self._style("board--overdue") if overdue else rest
        mark = hot
        if row.shout:
            hot = hot if overdue else self._style("board--shout")
            mark = self._style("board--untold")
        parts = [
            Segment(start[:1], rest),
            Segment(start[1:_MARKS], hot),
            Segment(start[_MARKS : LEAD - 1], mark),
            Segment(start[LEAD - 1 :] + text, rest),
        ]
        strip = Strip(parts).simplify()  # fewer changes of colour, fewer bytes on a slow line
        return strip if whole >= LEAD else strip.crop(0, whole)

    def _style(self, *names: str) -> Style:
        """The rich style of these component classes together, kept until the theme changes."""
        style = self._styles.get(names)
        if style is None:
            style = self.get_component_rich_style(*names) if names else self.rich_style
            self._styles[names] = style
        return style
