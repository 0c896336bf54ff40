"""An action card as a checklist: every line in full, answers to give, steps to tick one by one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import RenderResult
from textual.events import MouseScrollDown, MouseScrollUp
from textual.message import Message
from textual.widget import Widget

from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.present.cells import fit, wrap
from dispatcher_tui.present.emergency.card_lines import CardLine
from dispatcher_tui.present.i18n import _

MARK = 6
"""Cells before an answer or step: whether it is chosen, whether it is done, its digit."""


def _shape(lines: Sequence[CardLine]) -> list[tuple[str, int | None]]:
    """What stands where, whatever of it is done."""
    return [(line.text, line.slot) for line in lines]


class Checklist(Widget):
    """Lines without a focus of their own: the screen hands over the keys.

    ``cursor`` is the slot of the chosen line, -1 while there is none. A number stands before an
    answer or a step only while a digit does it: ``numbered``.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "checklist--here",
        "checklist--chosen",
        "checklist--done",
    }
    DEFAULT_CSS = """
    Checklist { height: 1fr; width: 1fr; }
    Checklist > .checklist--here {
        background: $desk-sel; color: $desk-self; text-style: bold;
    }
    Checklist > .checklist--chosen {
        background: $desk-tint; color: $desk-tintf; text-style: $desk-tint-form;
    }
    Checklist > .checklist--done { color: $desk-fg2; }
    """
    ALLOW_SELECT = False

    class Ticked(Message):
        """An answer or a step was clicked."""

        def __init__(self, slot: int) -> None:
            super().__init__()
            self.slot = slot

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self._lines: tuple[CardLine, ...] = ()
        self._top, self._height = 0, 1
        self._numbered = False
        self.cursor = -1

    def on_mount(self) -> None:
        """Where the keys go to another place, the chosen line is no longer the one they go to."""
        self.watch(self.screen, "focused", self._focus_moved, init=False)

    def _focus_moved(self) -> None:
        self.refresh()

    @property
    def here(self) -> bool:
        """Whether keys go to this list: its digits do, and no field has the focus."""
        return self._numbered and self.screen.focused is None

    def number(self, *, numbered: bool) -> None:
        """Put a digit before each of the first nine slots, or take it away."""
        self._numbered = numbered
        self.refresh()

    def show(self, lines: Sequence[CardLine]) -> None:
        """Show a card; the cursor goes on to the first step that is not done.

        While its first question is open nothing is chosen: Enter answers none by itself.
        """
        begins = _shape(lines) != _shape(self._lines)
        self._lines = tuple(lines)
        mine = self.line(self.cursor)
        if begins or (mine is not None and mine.done):
            answers = [line for line in lines if line.answer is not None]
            open_ = bool(answers) and not any(line.done for line in answers)
            steps = (line for line in lines if line.step is not None and not line.done)
            left = None if open_ else next(steps, None)
            self.cursor = left.slot if left is not None and left.slot is not None else -1
        if begins:
            self._top = 0
        elif mine is not None and mine.done and self.cursor >= 0:
            self._put(self.cursor)  # below the one that was done, which stays in view
        self.refresh()

    @property
    def lines(self) -> tuple[CardLine, ...]:
        """What is shown."""
        return self._lines

    @property
    def _slots(self) -> list[int]:
        """What can be chosen, from above to below."""
        return [line.slot for line in self._lines if line.slot is not None]

    @property
    def counted(self) -> tuple[int, int]:
        """How many steps are done, and how many there are."""
        steps = [line for line in self._lines if line.step is not None]
        return sum(line.done for line in steps), len(steps)

    @property
    def answers(self) -> int:
        """How many answers the card's first question has."""
        return sum(line.answer is not None for line in self._lines)

    def line(self, slot: int) -> CardLine | None:
        """The answer or the step of a slot."""
        return next((line for line in self._lines if line.slot == slot), None)

    @property
    def _rows(self) -> list[tuple[str, CardLine]]:
        """Every row as it is drawn, with the line it belongs to."""
        rows: list[tuple[str, CardLine]] = []
        cells = max(10, self.content_size.width)
        for line in self._lines:
            text = clean_text(line.text, multiline=False).text
            if line.slot is None:
                rows += [(row, line) for row in wrap(text, cells)]
                continue
            mark = " " if line.slot != self.cursor else ">" if self.here else "*"
            digit = f"{line.slot + 1}." if self._numbered and line.slot < 9 else "  "
            box = f"{mark}{'x' if line.done else '_'} {digit} "
            for number, row in enumerate(wrap(text, cells - MARK)):
                rows.append((f"{' ' * MARK if number else box}{row}", line))
        return rows

    @property
    def _view(self) -> list[tuple[str, CardLine]]:
        """The rows in view. A line whose end has no row is not begun: nobody says half of it."""
        rows, height = self._rows, max(1, self.size.height)
        end = self._top + height
        if end >= len(rows):
            return rows[self._top :]
        if height > 1:
            end -= 1  # the last row says how many are below
        whole = end
        while whole > self._top and rows[whole][1] is rows[whole - 1][1]:
            whole -= 1
        return rows[self._top : whole if whole > self._top else end]

    @property
    def at_end(self) -> bool:
        """Whether the last row is in view."""
        return self._top + max(1, self.size.height) >= len(self._rows)

    def bring(self, slot: int) -> bool:
        """Choose a slot; False where it had to be brought into view first."""
        seen = any(line.slot == slot for _text, line in self._view)
        if slot in self._slots:
            self._put(slot)
        return seen

    def move(self, key: str) -> bool:
        """Answer the arrows and the page keys; False for any other key."""
        if key in ("up", "down"):
            self._choose(1 if key == "down" else -1)
        elif key in ("pageup", "pagedown"):
            page = max(1, len(self._view) - 1)
            self._scroll(page if key == "pagedown" else -page)
            self._choose_in_view()
        else:
            return False
        return True

    @property
    def _room(self) -> int:
        """Rows for a line that is to stand whole: the last one may say how many are below."""
        height = max(1, self.size.height)
        return height - 1 if height > 1 and len(self._rows) > height else height

    def _scroll(self, rows: int) -> None:
        last = max(0, len(self._rows) - max(1, self.size.height))
        self._top = max(0, min(self._top + rows, last))
        self.refresh()

    def _choose(self, by: int) -> None:
        slots = self._slots
        if not slots:
            return
        place = slots.index(self.cursor) + by if self.cursor in slots else 0
        self._put(slots[max(0, min(place, len(slots) - 1))])

    def _put(self, slot: int) -> None:
        """This one is chosen, and in view."""
        self.cursor = slot
        mine = [n for n, (_text, line) in enumerate(self._rows) if line.slot == slot]
        # Above the first one stands what is asked and told: the first arrow up shows it again.
        first = 0 if slot == self._slots[0] and mine[-1] < self._room else mine[0]
        if first < self._top:
            self._top = first
        elif mine[-1] >= self._top + self._room:
            self._top = min(mine[-1] - self._room + 1, mine[0])
        self.refresh()

    def _choose_in_view(self) -> None:
        """Turned a page: what cannot be seen is not chosen; of the steps in view the first open."""
        view = self._view
        there = [line for _text, line in view if line.step is not None]
        if there and all(line.slot != self.cursor for _text, line in view):
            chosen = next((line for line in there if not line.done), there[0])
            assert chosen.slot is not None  # every step has one
            self.cursor = chosen.slot

    def on_resize(self) -> None:
        """More or fewer rows are in view; what was chosen and in view stays so."""
        view = self._rows[self._top : self._top + self._height]
        seen = any(line.slot == self.cursor for _text, line in view)
        self._height = max(1, self.size.height)
        self._scroll(0)
        if seen and self.cursor in self._slots:
            self._put(self.cursor)

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """The wheel goes row by row."""
        event.stop()
        self._scroll(1)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """The wheel goes row by row."""
        event.stop()
        self._scroll(-1)

    def on_click(self, event: events.Click) -> None:
        """A click on an answer gives it, on a step ticks it."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        event.stop()
        view = self._view
        slot = view[offset.y][1].slot if offset.y < len(view) else None
        if slot is not None:
            self.cursor = slot
            self.post_message(self.Ticked(slot))

    def render(self) -> RenderResult:
        """The rows in view; a step that is done is muted besides its mark."""
        name = "checklist--here" if self.here else "checklist--chosen"
        here = self.get_component_rich_style(name)
        done = self.get_component_rich_style("checklist--done")
        text = Text(no_wrap=True, overflow="crop")
        view = self._view
        for row, line in view:
            chosen = line.slot is not None and line.slot == self.cursor
            ticked = line.done and line.step is not None
            if chosen:
                text.append(fit(row, self.content_size.width), here)
            else:
                text.append(row, done if ticked else "bold" if line.done else "")
            text.append("\n")
        if below := len(self._rows) - self._top - len(view):
            text.append(f"  {_('{n} below').format(n=below)}", done)
        text.rstrip()
        return text
