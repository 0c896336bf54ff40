"""An action card as a checklist: every line in full, the steps to be ticked one by one."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from rich.text import Text
from textual import events
from textual.app import RenderResult
from textual.events import MouseScrollDown, MouseScrollUp
from textual.message import Message
from textual.widget import Widget

from dispatcher_tui.domain.text import clean_text
from dispatcher_tui.present.cells import wrap
from dispatcher_tui.present.emergency_lines import CardLine

MARK = 6
"""Cells before a step: whether it is chosen, whether it is done, the digit that ticks it."""


class Checklist(Widget):
    """Lines without a focus of their own: the screen hands over the keys.

    ``cursor`` is the chosen step, -1 while there is none. A number stands before a step only
    while a digit ticks it: ``numbered``.
    """

    DEFAULT_CSS = "Checklist { height: 1fr; width: 1fr; }"
    ALLOW_SELECT = False

    class Ticked(Message):
        """A step was clicked."""

        def __init__(self, step: int) -> None:
            super().__init__()
            self.step = step

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self._lines: tuple[CardLine, ...] = ()
        self._done: frozenset[int] = frozenset()
        self._top = 0
        self._numbered = False
        self.cursor = -1

    def number(self, *, numbered: bool) -> None:
        """Put a digit before each of the first nine steps, or take it away."""
        self._numbered = numbered
        self.refresh()

    def show(self, lines: Sequence[CardLine], done: Collection[int]) -> None:
        """Show a card; the cursor goes on to the first step that is not done."""
        begins = tuple(lines) != self._lines
        self._lines, self._done = tuple(lines), frozenset(done)
        if begins or self.cursor in self._done:
            self.cursor = next((step for step in self._steps if step not in self._done), -1)
        if begins:
            self._top = 0
        self.refresh()

    @property
    def _steps(self) -> list[int]:
        return [line.step for line in self._lines if line.step is not None]

    @property
    def counted(self) -> tuple[int, int]:
        """How many steps are done, and how many there are."""
        steps = self._steps
        return len(self._done.intersection(steps)), len(steps)

    def text_of(self, step: int) -> str:
        """A step as the card words it."""
        return next((line.text for line in self._lines if line.step == step), "")

    @property
    def _rows(self) -> list[tuple[str, int | None]]:
        """Every row as it is drawn, with the step it belongs to."""
        rows: list[tuple[str, int | None]] = []
        cells = max(10, self.content_size.width)
        for line in self._lines:
            text = clean_text(line.text, multiline=False).text
            if line.step is None:
                rows += [(row, None) for row in wrap(text, cells)]
                continue
            mark = ">" if line.step == self.cursor else " "
            digit = f"{line.step + 1}." if self._numbered and line.step < 9 else "  "
            box = f"{mark}{'x' if line.step in self._done else '_'} {digit} "
            for number, row in enumerate(wrap(text, cells - MARK)):
                rows.append((f"{' ' * MARK if number else box}{row}", line.step))
        return rows

    @property
    def at_end(self) -> bool:
        """Whether the last row is in view."""
        return self._top + max(1, self.size.height) >= len(self._rows)

    def bring(self, step: int) -> bool:
        """Choose a step; False where it had to be brought into view first."""
        view = self._rows[self._top : self._top + max(1, self.size.height)]
        seen = any(each == step for _text, each in view)
        if step in self._steps:
            self._choose(self._steps.index(step) - self._steps.index(max(self.cursor, 0)))
        return seen

    def move(self, key: str) -> bool:
        """Answer the arrows and the page keys; False for any other key."""
        if key in ("up", "down"):
            self._choose(1 if key == "down" else -1)
        elif key in ("pageup", "pagedown"):
            page = max(1, self.size.height - 1)
            self._scroll(page if key == "pagedown" else -page)
            self._choose_in_view()
        else:
            return False
        return True

    def _scroll(self, rows: int) -> None:
        last = max(0, len(self._rows) - max(1, self.size.height))
        self._top = max(0, min(self._top + rows, last))
        self.refresh()

    def _choose(self, by: int) -> None:
        steps = self._steps
        if not steps:
            return
        place = steps.index(self.cursor) + by if self.cursor in steps else 0
        self.cursor = steps[max(0, min(place, len(steps) - 1))]
        mine = [n for n, (_text, step) in enumerate(self._rows) if step == self.cursor]
        height = max(1, self.size.height)
        # Above the first step stands what is asked and told: the first arrow up shows it again.
        first = 0 if self.cursor == steps[0] and mine[-1] < height else mine[0]
        if first < self._top:
            self._top = first
        elif mine[-1] >= self._top + height:
            self._top = mine[-1] - height + 1
        self.refresh()

    def _choose_in_view(self) -> None:
        """Turned a page: a step that cannot be seen is not the chosen one."""
        view = self._rows[self._top : self._top + max(1, self.size.height)]
        there = [step for _text, step in view if step is not None]
        if there and self.cursor not in there:
            self.cursor = next((step for step in there if step not in self._done), there[0])

    def on_resize(self) -> None:
        """More or fewer rows are in view."""
        self._scroll(0)

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """The wheel goes row by row."""
        event.stop()
        self._scroll(1)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """The wheel goes row by row."""
        event.stop()
        self._scroll(-1)

    def on_click(self, event: events.Click) -> None:
        """A click on a step ticks it."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        event.stop()
        view = self._rows[self._top :]
        step = view[offset.y][1] if offset.y < len(view) else None
        if step is not None:
            self.cursor = step
            self.post_message(self.Ticked(step))

    def render(self) -> RenderResult:
        """The rows in view; what is done is dimmed besides its mark."""
        text = Text(no_wrap=True, overflow="crop")
        for row, step in self._rows[self._top : self._top + max(1, self.size.height)]:
            style = "dim" if step in self._done else "bold" if step == self.cursor >= 0 else ""
            text.append(row, style)
            text.append("\n")
        text.rstrip()
        return text
