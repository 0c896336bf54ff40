"""Whose hand it is when the desk comes up over a watch that is held: a PIN is typed by habit.

Nobody asks for one there, and its digits would be lanes, the menu's lines, results of calls.
"""

from __future__ import annotations

from textual import events

from dispatcher_tui.domain.words.text import fold_key


class FirstHand:
    """Until Enter, or any other key that is no digit, the digits after such a start are nothing.

    Not where it ``asks`` nothing: whoever left a drill for a real call is there already.
    """

    def __init__(self, *, asks: bool) -> None:
        self._asks = asks
        self.unknown = False

    def comes_up(self) -> bool:
        """The desk came up over a held watch; whether it waits for a sign of who is there."""
        self.unknown = self._asks
        return self.unknown

    def holds_back(self, event: events.Event) -> bool:
        """Whether a key is a digit that counts for nothing."""
        if not self.unknown or not isinstance(event, events.Key):
            return False
        key = fold_key(event.character or "")
        if len(key) == 1 and key.isdigit():
            return True
        self.unknown = False
        return False

    def is_told(self, event: events.Event) -> bool:
        """Whether a key is the Enter that says who it is: it does nothing besides."""
        told = self.unknown and isinstance(event, events.Key) and event.key == "enter"
        self.unknown = self.unknown and not told
        return told
