"""The hint bar: the keys that act now, and none that would be typed."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events, on
from textual.screen import Screen
from textual.widgets import Input

from dispatcher_tui.present.i18n import _
from dispatcher_tui.tui.actions import action, label
from dispatcher_tui.tui.widgets.lines import HintBar


class HintedScreen(Screen[None]):
    """A screen whose bar follows the focus; ``hints`` are actions of the registry."""

    hints: tuple[str, ...] = ("help",)

    @property
    def typing(self) -> bool:
        """Whether the focus is where text is typed."""
        # Asked by name: a text area is imported only by the screens that have one.
        return isinstance(self.focused, Input) or getattr(self.focused, "takes_words", False)

    @property
    def letters_act(self) -> bool:
        """Whether a letter is a command here; on a field of a form it never is."""
        return not getattr(self.focused, "takes_digits", False)

    def list_hints(self) -> Sequence[tuple[str, str]]:
        """Keys with their words that act only where no field has the focus; they come first."""
        return ()

    def hint_text(self) -> str:
        """The hint bar's line: the keys of the list, those of ``hints``, then Esc.

        While a field has the focus none stands there that would be typed or passed over.
        """
        keys = [(action(name).key_name, label(action(name))) for name in self.hints]
        if self.is_mounted and (self.typing or not self.letters_act):
            keys = [each for each in keys if len(each[0]) > 1]
        else:
            keys = [*self.list_hints(), *keys]
        return "  ".join(f"{key} {words}" for key, words in (*keys, ("Esc", _("Back"))))

    @on(events.DescendantFocus)
    @on(events.DescendantBlur)
    def show_hints(self) -> None:
        """The keys that act now: another field has the focus, or none."""
        for bar in self.query(HintBar):
            bar.show(self.hint_text())
