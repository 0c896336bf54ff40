"""The keys that matter here, in one line at the bottom, each drawn as the key it is."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import RenderResult

from dispatcher_tui.present.cells import width
from dispatcher_tui.present.spans import Span, cells_of
from dispatcher_tui.tui.keys import Hint
from dispatcher_tui.tui.look import drawn
from dispatcher_tui.tui.widgets.lines import Lines


class HintBar(Lines):
    """The hints that have room; a click on one presses its key.

    Where they have none, the wider gaps go first, then the last ones before those that are
    ``kept``.
    """

    DEFAULT_CSS = """
    HintBar {
        height: 1; padding: 0; background: $desk-bar; color: $desk-bar1;
        text-wrap: nowrap; text-overflow: clip;
    }
    """

    def __init__(self, hints: Sequence[Hint] = ()) -> None:
        super().__init__("", wrap=False)
        self._hints: tuple[Hint, ...] = ()
        self.put(hints)

    def put(self, hints: Sequence[Hint]) -> None:
        """Show other hints."""
        if tuple(hints) != self._hints:
            self._hints = tuple(hints)
            self._text = "  ".join(f"{hint.key} {hint.text}".strip() for hint in hints)
            self.refresh()

    def _fitting(self) -> tuple[list[Hint], int]:
        """The hints there is room for, and the cells between two of them."""
        cells, hints = self.content_size.width, [*self._hints]
        while True:
            taken = sum(cells_of(_drawn(hint)) for hint in hints)
            for gap in (2, 1):
                if taken + gap * (len(hints) - 1) <= cells:
                    return hints, gap
            spare = [index for index, hint in enumerate(hints) if not hint.kept]
            if not spare:
                return hints, 1
            del hints[spare[-1]]

    def render(self) -> RenderResult:
        """The keys with what they do."""
        hints, gap = self._fitting()
        row: list[Span] = []
        for hint in hints:
            row += [Span(" " * gap)] * bool(row) + _drawn(hint)
        return drawn(self.app.theme, [row])

    def on_click(self, event: events.Click) -> None:
        """A click on a hint is its key."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        event.stop()
        hints, gap = self._fitting()
        end = 0
        for hint in hints:
            end += cells_of(_drawn(hint))
            if offset.x < end:
                if hint.press:
                    self.app.simulate_key(hint.press)
                return
            end += gap


def _drawn(hint: Hint) -> list[Span]:
    """One hint: the key's cap, then what it does; the one to press next is the one in colour."""
    role = hint.role or "cap"
    if not hint.key:
        return [Span(hint.text)]
    label = Span(f" {hint.text}", "tint" if role == "tint" else "") if hint.text else Span("")
    return [Span(f" {hint.key} " if width(hint.key) else "", role), label]
