"""Which keys a screen hints at, and in which order."""

from __future__ import annotations

from collections.abc import Sequence

from dispatcher_tui.present.i18n import _
from dispatcher_tui.tui.keys import Hint, hint_for


class Hinted:
    """A screen with keys to hint at.

    ``hints`` are the actions that matter here. F9 stands on every screen, before the help.
    """

    hints: tuple[str, ...] = ("help",)
    hot: str = ""
    """The action among them that is to be taken next."""

    def hint_keys(self) -> list[Hint]:
        """The hint bar's keys: this screen's own ones, those of ``hints``, F9, and the way back."""
        names = [name for name in self.hints if name != "emergency"]
        at = names.index("help") if "help" in names else len(names)
        names.insert(at, "emergency")
        hot = self.hot if self.hot != "emergency" else ""  # F9 has its own colour everywhere
        keys = [hint_for(name, hot=name == hot) for name in names]
        back = self.back_hint()
        return [*self.own_hints(), *keys, *([back] if back else [])]

    def own_hints(self) -> Sequence[Hint]:
        """The keys that are worked here and nowhere else, before those that are everywhere."""
        return ()

    def back_hint(self) -> Hint | None:
        """The key that leads back; None where none does."""
        return Hint("Esc", _("Back"), kept=True)
