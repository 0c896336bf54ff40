"""The first line of an emergency: that it is one and holds the post, what, where, for how long."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import RenderResult

from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.present.spans import Span, SpanLine, plain, sides
from dispatcher_tui.tui.look import drawn
from dispatcher_tui.tui.widgets.lines import Lines


class EmergencyHead(Lines):
    """Red that does not shout while the post is held, plain afterwards.

    It is drawn by that and not styled by it: a class would have it styled anew.
    """

    DEFAULT_CSS = "EmergencyHead { padding: 0; }"

    def __init__(self) -> None:
        super().__init__(id="heading", wrap=False)
        self._sides: tuple[SpanLine, SpanLine] = ((), ())
        self._held = True

    def tell(self, left: SpanLine, right: SpanLine, *, held: bool) -> None:
        """Say it; a run without a role is drawn as the line is."""
        shown = (_cleaned(left), _cleaned(right))
        if (shown, held) != (self._sides, self._held):
            self._sides, self._held = shown, held
            self._text = "  ".join(filter(None, map(plain, shown)))
            self.refresh()

    def render(self) -> RenderResult:
        """Both sides on the ground of the line."""
        left, right = self._sides
        row = sides(left, [*right, Span(" ")] if right else (), self.content_size.width)
        used = sum(len(span.text) for span in right) + bool(right)
        ground = ("emgh", "emgh2") if self._held else ("strip", "strip2")
        painted, before = [], len(plain(row)) - used
        at = 0
        for span in row:
            role = span.role or ground[at >= before]
            painted.append(span._replace(role=role))
            at += len(span.text)
        return drawn(self.app.theme, [painted])


def _cleaned(line: Sequence[Span]) -> tuple[Span, ...]:
    return tuple(span._replace(text=clean_text(span.text, multiline=False).text) for span in line)
