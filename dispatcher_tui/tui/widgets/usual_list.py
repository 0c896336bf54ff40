"""The usual texts of a call with their digits, below the form while nothing was typed yet."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text
from textual.app import RenderResult
from textual.widget import Widget

from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.present.i18n import _
from dispatcher_tui.tui.widgets.form import digit_before
from dispatcher_tui.tui.widgets.short_texts import ShortTexts


class UsualList(Widget):
    """Over the whole width, where facts and way in stand again as soon as a word is typed; takes
    no room while nothing is offered."""

    DEFAULT_CSS = """
    UsualList { height: auto; width: 1fr; display: none; background: $desk-bg1; color: $desk-fg2; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._texts: tuple[str, ...] = ()

    def offer(self, texts: Sequence[str]) -> None:
        """Show these, by their digits from 1; none hides the list."""
        cleaned = tuple(clean_text(text, multiline=False).text for text in texts)
        if cleaned != self._texts:
            self._texts = cleaned
            self.display = bool(cleaned)
            if self.parent is not None:
                self.parent.set_class(bool(cleaned), "-usual")
            self.refresh(layout=True)

    @property
    def offered(self) -> bool:
        """Whether a digit stands for a text now."""
        return bool(self._texts)

    def render(self) -> RenderResult:
        """How to take one, then all of them."""
        items = [digit_before(str(nth), text) for nth, text in enumerate(self._texts, 1)]
        head = Text(f" {_('Digit, Enter:')} ")
        return ShortTexts([Text(each, no_wrap=True) for each in items], lead=head)
