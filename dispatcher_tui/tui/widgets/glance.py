"""Beside the calls on a narrow screen: what the card wants next, and what was written down last."""

from __future__ import annotations

import re
from collections.abc import Sequence

from textual.app import RenderResult
from textual.geometry import Size

from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.present.cells import fit, wrap
from dispatcher_tui.present.emergency.card_lines import CardLine
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.spans import Span
from dispatcher_tui.tui.look import drawn
from dispatcher_tui.tui.widgets.lines import Lines

_TIME = re.compile(r"(?:[\d-]+ )?\d\d:\d\d:\d\d(?= )")
_SPOKEN = re.compile(r"(?<=[:\uff1a])|[\u300c\u201c\"]")
"""Where the words may begin that a step has spoken: behind a colon, or at a mark of quotation."""
_STEPS, _TITLES, _NUMBER = 3, 3, 2
"""Steps of the card at most; rows of the two titles and of the gap between them; cells of a step's
number, left of where its words begin in every row."""
_LOG = 2
"""Rows of the log's title and of its latest line."""


class Glance(Lines):
    """A look at the two parts that are not in view; they are worked on their own pages."""

    DEFAULT_CSS = "Glance { padding: 0; text-wrap: nowrap; text-overflow: clip; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__("", id=id, wrap=False)
        self._steps: tuple[tuple[str, str], ...] = ()
        """Which line of the card each step is, and its words."""
        self._story: tuple[str, ...] = ()

    def tell(self, card: Sequence[CardLine], story: Sequence[str]) -> None:
        """The card as it stands, and the lines of the log, the latest one last."""
        steps = (each for each in card if each.step is not None and not each.done)
        # No bare digit stands before it: here the digits are the results of calls.
        line = _("line {n}: {text}")
        numbered = (
            (line.format(n=(each.slot or 0) + 1, text=""), _one(each.text)) for each in steps
        )
        shown = tuple(numbered)[:_STEPS]
        latest = tuple(_one(line) for line in reversed(story[-40:]))
        if (shown, latest) != (self._steps, self._story):
            self._steps, self._story = shown, latest
            self._text = "\n".join((*map("".join, shown), *latest))
            self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as it is given."""
        return max(1, container.height)

    def render(self) -> RenderResult:
        """The next steps, then the log."""
        high, cells = self.size.height, max(0, self.content_size.width - 2)
        rows: list[list[Span]] = []
        if self._steps:
            rows.append([Span(f" {_('Card: next')}", "fg2")])
            rows += self._card_rows(max(1, -(-2 * (high - _TITLES) // 3)), max(1, high - 1), cells)
            rows += [[]] * (high > len(rows) + 2)  # no gap where it would cost the log its line
        if high > len(rows) + 1:
            rows.append([Span(f" {_('Log')}", "fg2")])
            for line in self._story[: high - len(rows)]:
                found = _TIME.match(line)
                time = found.group() if found else ""
                rest = fit(line[len(time) :].lstrip(), max(0, cells - len(time) - 1)).rstrip()
                rows.append([Span(f" {time} " if time else " ", "fg2"), Span(rest, "fg1")])
        return drawn(self.app.theme, rows[:high])

    def _card_rows(self, room: int, most: int, cells: int) -> list[list[Span]]:
        """The next steps in so many rows, the first one in as many as it needs up to the ``most``,
        and one after it as long as the log keeps a line: each whole, or no more of it than leads
        to what is to be spoken."""
        rows: list[list[Span]] = []
        wide = max(8, cells - _NUMBER)
        for at, (lead, text) in enumerate(self._steps):
            left = max(room, (most - _LOG) * (at == 1)) - len(rows) if at else most
            lines = wrap(f"{lead}{text}", wide)
            if len(lines) > left and _SPOKEN.search(text):
                lines = wrap(_before_words(lead, text), wide)
                left = max(left, most - _LOG - len(rows))
            if len(lines) > left and at:
                break
            role = "fg1" if at else "fg0"
            for nth, line in enumerate(lines[:left]):
                blank = " " * (_NUMBER if nth else 0)
                rows.append([Span(f" {blank}{line.rstrip()}", role)])
        return rows


def _before_words(lead: str, text: str) -> str:
    """A step up to what is to be spoken, and where that stands whole: nobody says half of it."""
    found = _SPOKEN.search(text)
    head = text[: found.start()].rstrip() if found else ""
    return _("{head} Whole: Tab").format(head=f"{lead}{head}".rstrip())


def _one(text: str) -> str:
    return clean_text(text, multiline=False).text
