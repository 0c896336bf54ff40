"""One of a few options, each on a row of its own with what comes of it."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import RenderResult
from textual.geometry import Size

from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.present.cells import fit, width
from dispatcher_tui.present.spans import Span, SpanLine
from dispatcher_tui.tui.look import drawn
from dispatcher_tui.tui.widgets.form import Choice, Option


class ChoiceRows(Choice):
    """``follows``: what comes of each option, muted behind it.

    The digit is drawn as the key it is; what is chosen is tinted, with ``*`` before it, and the
    option that the arrows stand on has a ``-``.
    """

    DEFAULT_CSS = "ChoiceRows { text-wrap: nowrap; text-overflow: clip; }"

    def __init__(
        self,
        options: Sequence[Option],
        follows: Sequence[str],
        *,
        id: str | None = None,  # noqa: A002 - the name Textual gives it
    ) -> None:
        super().__init__(options, id=id)
        self._follows = tuple(follows)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """One row each."""
        return len(self.options)

    def render(self) -> RenderResult:
        """Every option with its digit and what comes of it."""
        shown = [clean_text(each.text, multiline=False).text for each in self.options]
        wide = max(map(width, shown), default=0)
        return drawn(self.app.theme, [self._row(n, text, wide) for n, text in enumerate(shown)])

    def _row(self, index: int, text: str, wide: int) -> SpanLine:
        on = self.options[index].value in self._on
        here = self.has_focus and index == self.cursor and not on
        role = "tint" if on else "fg0"
        return [
            Span("*" if on else "-" if here else " ", "tint" if on else "fg0"),
            Span(f" {self._digit(index)} ", "cap"),
            Span(f" {fit(text, wide)} ", role),
            Span(f" {self._follows[index]}", "fg2"),
        ]

    def on_click(self, event: events.Click) -> None:
        """A click on a row chooses it."""
        offset = event.get_content_offset(self)
        if offset is not None and offset.y < len(self.options):
            event.stop()
            self.choose(offset.y)

    async def on_key(self, event: events.Key) -> None:
        """Up and down move as left and right do; Textual hands all else to the choice."""
        if event.key in ("up", "down"):
            step = 1 if event.key == "down" else -1
            self.cursor = (self.cursor + step) % len(self.options)
            event.stop()
            event.prevent_default()
