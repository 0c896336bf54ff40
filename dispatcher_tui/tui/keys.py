"""A key of one screen, declared once: it is pressed, shown and told from its declaration."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable

import msgspec

from dispatcher_tui.present.cells import width
from dispatcher_tui.present.i18n import _
from dispatcher_tui.tui.actions import ACTIONS, Action, action, label

APART = "   "
KEY_WORK = "keys"
"""The group of the workers that do what a key of a screen is for."""
"""What stands between two keys of a line."""

PRESSED = {
    "Enter": "enter",
    "Esc": "escape",
    "Space": "space",
    "PgUp": "pageup",
    "PgDn": "pagedown",
}
"""Keys by the names that keyboards print on them."""

_NAMES = {action.id: action.key_name for action in ACTIONS}
_KEYS = {key for action in ACTIONS for key in (action.key, action.also) if len(key) > 1}


class ScreenKey(msgspec.Struct, frozen=True):
    """A key, or an action of the registry that a screen answers itself.

    A screen makes its keys anew each time it is asked for them, so that what they are called, and
    whether they are off, is what holds at that moment. Its texts are in the operator's language.
    """

    key: str
    """A digit, a letter, a run of digits as ``1-9``, or the id of an action."""
    label: str
    """What it does, in a word or two, as it stands on the screen; empty where the screen shows
    that in another way."""
    does: Callable[..., object]
    """Called when it is pressed, with the digit where it is a run; what can be awaited is, beside
    the keys. False: nothing was made of it."""
    help: str = ""
    """The same in a few words more, for F1; the label where it is empty."""
    off: str = ""
    """Why it does nothing now; empty while it does."""

    @property
    def name(self) -> str:
        """How it is called to the operator."""
        return _NAMES.get(self.key, self.key)

    @property
    def shown(self) -> str:
        """As it stands on the screen."""
        return f"{self.name} {self.label}"

    @property
    def told(self) -> str:
        """As F1 has it; empty where nothing is to be said."""
        what = self.help or self.label
        return _("{key}: {what}").format(key=self.name, what=what) if what else ""

    @property
    def single(self) -> bool:
        """Whether it is one key of the screen alone: no run of digits, no action."""
        return len(self.key) == 1

    def meant_by(self, pressed: str) -> bool:
        """Whether the key that was pressed is this one."""
        first, run, last = self.key.partition("-")
        return (first <= pressed <= last and len(pressed) == 1) if run else self.key == pressed

    def press(self, pressed: str) -> object:
        """Do what it is for."""
        return self.does(int(pressed)) if "-" in self.key else self.does()


class Hint(msgspec.Struct, frozen=True):
    """A key at the bottom of a screen: as it is printed on the keyboard, and what it does here."""

    key: str
    text: str = ""
    role: str = ""
    """What its cap is drawn as: ``tint`` for the key to press next, ``emgh`` for F9."""
    kept: bool = False
    """Whether it stays where there is no room for all."""
    unless_typing: bool = False
    """Whether it does nothing while a field has the focus, as every key that would be typed."""

    @property
    def typed(self) -> bool:
        """Whether a field that has the focus takes the key, or passes it over."""
        return self.unless_typing or len(self.key) == 1

    @property
    def press(self) -> str:
        """The key as Textual calls it; empty where it is not one key."""
        if self.key in PRESSED:
            return PRESSED[self.key]
        name = self.key.partition(" ")[0].lower()
        return name if len(name) == 1 or name in _KEYS else ""


def working_key(found: Action, swallowed: Container[str] = ()) -> str:
    """The key of an action that arrives, as it is printed: its F-key, else its letter.

    ``swallowed`` are the F-keys that never do, as ``f1``.
    """
    if found.key in swallowed and found.also:
        return found.also.title() if "+" in found.also else found.also
    return found.key_name


def hint_for(action_id: str, *, hot: bool = False, swallowed: Container[str] = ()) -> Hint:
    """An action of the registry as a hint; F9 stands on every screen, in its own colour."""
    found = action(action_id)
    urgent = action_id == "emergency"
    role = "tint" if hot else "emgh" if urgent else ""
    return Hint(working_key(found, swallowed), label(found), role, kept=urgent or hot)


def key_for(keys: Iterable[ScreenKey], pressed: str) -> ScreenKey | None:
    """The one of them that was pressed; None where it is none of them."""
    return next((key for key in keys if key.meant_by(pressed)), None)


def key_line(keys: Iterable[ScreenKey]) -> str:
    """The keys side by side; one without a label is shown elsewhere."""
    return APART.join(key.shown for key in keys if key.label)


def key_rows(keys: Iterable[ScreenKey], cells: int) -> list[str]:
    """The same in as many lines as they need at a width."""
    return packed([key.shown for key in keys if key.label], APART, cells)


def help_rows(keys: Iterable[ScreenKey], cells: int) -> list[str]:
    """What F1 tells of the keys, as many to a line as there is room for."""
    return packed([key.told for key in keys if key.told], _("; "), cells)


def packed(texts: Iterable[str], between: str, cells: int) -> list[str]:
    """Texts side by side, in as many lines as they need."""
    lines: list[str] = []
    for text in texts:
        wider = f"{lines[-1]}{between}{text}" if lines else text
        if lines and width(wider) <= cells:
            lines[-1] = wider
        else:
            lines.append(text)
    return lines
