"""The dispatch board as one widget on Textual's line API, with its own scrolling.

One rule keeps it fast: every visible line has a *face*, the few values its look depends on.
Whatever happens (a key, a tick, new rows), the new faces are compared with the faces on the
screen and only what differs is refreshed; when merely the countdown differs, only its cells.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import zip_longest
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from dispatcher_tui.present.case import board_rows
from dispatcher_tui.present.case.board_rows import LEAD, BoardColumns, BoardRow, Face, Urgency
from dispatcher_tui.present.cells import fit
from dispatcher_tui.present.countdown import COUNTDOWN_CELLS, remaining
from dispatcher_tui.present.i18n import _
from dispatcher_tui.tui.widgets.edge_to_edge import EdgeToEdge

_WHEEL_ROWS = 3
_STRIPS_KEPT, _BODIES_KEPT = 128, 512
"""Lines as they were drawn, which a second outdates, and their parts that it leaves alone."""
_Body = tuple[BoardRow, Urgency, bool, bool, bool]
"""What the part of a line depends on that a passing second leaves alone."""


def _body_of(face: Face) -> _Body:
    return (face.row, face.urgency, face.cursor, face.focus, face.unseen)


def _changed(old: Face, new: Face) -> tuple[int, int]:
    """Where two faces look otherwise: the first cell and how many cells; (0, 0) for all of it.

    A tick most often changes the last figures of the remaining time, and nothing else.
    """
    if _body_of(old) != _body_of(new):
        return 0, 0
    was, now = (fit(face.left, COUNTDOWN_CELLS, align="right") for face in (old, new))
    if not (was + now).isascii():
        return 0, LEAD
    alike = next((n for n, (a, b) in enumerate(zip(was, now, strict=True)) if a != b), 0)
    return 1 + alike, COUNTDOWN_CELLS - alike


class BoardTable(EdgeToEdge, can_focus=True):
    """The open cases, one line each; the cursor stays on the case whatever the order does.

    Call `tick` once before the first `set_rows`, then every second: the widget never asks a
    clock. Sorting is the caller's.
    """

    DEFAULT_CSS = "BoardTable { height: 1fr; width: 1fr; }"
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
        veiled: bool = False,
    ) -> None:
        """``veiled``: it shows neither names nor words, and takes no keys."""
        super().__init__(id=id, classes=classes)
        self.can_focus = not veiled
        self._veiled = veiled
        self._rows: list[BoardRow] = []
        self._index: dict[str, int] = {}
        self._selected: str | None = None
        self._cursor = 0
        self._top = 0
        self._now: datetime | None = None
        self._level = 0
        self._shape: BoardColumns = board_rows.columns(0, 0)
        self._lefts: dict[datetime | None, str] = {}
        self._unseen: set[str] = set()
        self._shown: list[Face | None] = []
        self._shown_title: tuple[int, int] | None = None
        self._strips: dict[Face, Strip] = {}
        self._bodies: dict[_Body, list[Segment]] = {}

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
        self._widen({row.level_text}, least=self._level)
        self._sync()
        return True

    def mark_unseen(self, case_ids: Collection[str]) -> None:
        """Cases that came or fell due just now: they stay marked until the cursor was on them."""
        self._unseen |= {each for each in case_ids if each != self._selected}
        self._sync()

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
            self._unseen.discard(case_id or "")
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

    def _widen(self, texts: set[str], least: int = 0) -> None:
        """Fit the level column to the widest of `texts`; a change of shape redraws all."""
        level = board_rows.level_cells(texts, least)
        if level != self._level:
            self._level = level
            self._reshape()

    def _reshape(self) -> None:
        """Share the width anew; nothing drawn before can be used again."""
        cells = self.content_size.width
        self._shape = board_rows.columns(cells, self._level, veiled=self._veiled)
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
        self._bodies.clear()

    def on_focus(self) -> None:
        """The keys come here: the cursor's line says so."""
        self._sync()

    def on_blur(self) -> None:
        """They go elsewhere."""
        self._sync()

    def _face(self, place: int) -> Face | None:
        """The look of the case at `place`, `None` below the last one."""
        if place >= len(self._rows):
            return None
        row = self._rows[place]
        left = self._lefts.get(row.due)
        if left is None:
            left = "" if self._now is None else remaining(row.due, self._now)
            self._lefts[row.due] = left
        cursor = place == self._cursor and not self._veiled
        urgent = board_rows.urgency(row, self._now)
        return Face(row, left, urgent, cursor, self.has_focus, row.case_id in self._unseen)

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
        place = y - 1
        face = self._shown[place] if place < len(self._shown) else self._face(self._top + place)
        if face is None:
            text = "  " + _("No open cases") if y == 1 and not self._rows else ""
            return self.in_one_role(text)
        strip = self._strips.get(face)
        if strip is None:
            strip = self._strip(face)
            if len(self._strips) >= _STRIPS_KEPT:
                self._strips.clear()
            self._strips[face] = strip
        return strip

    def _title_strip(self) -> Strip:
        """The titles, and at the right how many cases lie above and below the view."""
        whole = self.content_size.width
        below = max(0, len(self._rows) - self._top - self._lines)
        above, under = f" ^{self._top}" * bool(self._top), f" v{below}" * bool(below)
        hidden = above + under
        text = board_rows.titles(self._shape, max(0, whole - len(hidden))) + hidden
        return self.in_one_role(text, "fg2")

    def _strip(self, face: Face) -> Strip:
        """The lead, which time changes, then the rest."""
        whole, key = self.content_size.width, _body_of(face)
        body = self._bodies.get(key)
        if body is None:
            body = self.drawn(board_rows.rest(face, self._shape, whole))
            if len(self._bodies) >= _BODIES_KEPT:
                self._bodies.clear()
            self._bodies[key] = body
        strip = Strip([*self.drawn(board_rows.lead(face)), *body], max(whole, LEAD))
        return strip if whole >= LEAD else strip.crop(0, whole)
