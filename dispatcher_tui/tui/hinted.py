"""Which keys a screen hints at, and in which order."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events, on
from textual.screen import Screen
from textual.widgets import Input

from dispatcher_tui.present.i18n import _
from dispatcher_tui.tui.keys import Hint, hint_for
from dispatcher_tui.tui.widgets.hint_bar import HintBar


class HintedScreen(Screen[None]):
    """A screen with keys to hint at.

    ``hints`` are the actions that matter here. F9 stands on every screen, before the help.
    """

    hints: tuple[str, ...] = ("help",)
    hot: str = ""
    """The action among them that is to be taken next."""

    @property
    def swallowed(self) -> frozenset[str]:
        """The F-keys that never arrive here, as ``f1``."""
        return frozenset()

    def hint_keys(self) -> list[Hint]:
        """The hint bar's keys: this screen's own ones, those of ``hints``, F9, and the way back."""
        names = [name for name in self.hints if name != "emergency"]
        at = names.index("help") if "help" in names else len(names)
        names.insert(at, "emergency")
        hot = self.hot if self.hot != "emergency" else ""  # F9 has its own colour everywhere
        gone = self.swallowed
        keys = [hint_for(name, hot=name == hot, swallowed=gone) for name in names]
        back = self.back_hint()
        hints = [*self.own_hints(), *keys, *([back] if back else [])]
        return [hint for hint in hints if not hint.typed] if self.in_a_field else hints

    def own_hints(self) -> Sequence[Hint]:
        """The keys that are worked here and nowhere else, before those that are everywhere."""
        return ()

    def back_hint(self) -> Hint | None:
        """The key that leads back; None where none does."""
        return Hint("Esc", _("Back"), kept=True)

    @on(events.DescendantFocus)
    @on(events.DescendantBlur)
    def show_hints(self) -> None:
        """The keys that act now: another field has the focus, or none."""
        bar = self.query_one_optional(HintBar)
        if bar is not None and self.is_attached:
            bar.put(self.hint_keys())

    @property
    def typing(self) -> bool:
        """Whether the focus is where text is typed."""
        # Asked by name: a text area is imported only by the screens that have one.
        return isinstance(self.focused, Input) or getattr(self.focused, "takes_words", False)

    @property
    def in_a_field(self) -> bool:
        """Whether a key that is typed goes to a field."""
        return self.is_mounted and (self.typing or not self.letters_act)

    @property
    def letters_act(self) -> bool:
        """Whether a letter is a command here; on a field of a form it never is."""
        return not getattr(self.focused, "takes_digits", False)
