"""Text that comes where no field of an emergency has the focus: kept, or asked about, never lost.

An input method sends words that were meant for the place or the log; letters come of one that is
off, and would open form after form over the calls.
"""

from __future__ import annotations

import math

from textual import events

from dispatcher_tui.domain.words.text import fold_key, is_hanzi
from dispatcher_tui.present.i18n import _
from dispatcher_tui.tui import twice
from dispatcher_tui.tui.actions import LETTERS, action, label
from dispatcher_tui.tui.screens.base import COPYING
from dispatcher_tui.tui.screens.emergency.emergency_movers import ORDER, OVER, STAGES
from dispatcher_tui.tui.screens.emergency.emergency_place import EmergencyPlace
from dispatcher_tui.tui.screens.emergency.low_terminal import show_log
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.question import Question

ONCE_MORE_WITHIN = 10.0
"""Seconds: so long a letter that opens something waits to be pressed once more."""


class EmergencyText(EmergencyPlace):
    """Chinese characters open the field they belong to, and stand in it all; a letter that opens
    something does so when it is pressed once more."""

    def __init__(self, case_id: str = "") -> None:
        super().__init__(case_id)
        self._wary = False
        self._meant = ""
        self._loose, self._loose_at = "", -math.inf
        """Letters that came one right behind the other and did nothing, and when the last did."""

    def on_paste(self, event: events.Paste) -> None:
        """Pasted where no text is taken: nothing comes of it, and that is said."""
        event.stop()
        self.say(_("NOT taken, no text goes here. 8 first, then the place; 9, then the log."))

    # ---- Chinese characters

    def typed_word(self, character: str) -> bool:
        """The field of a place that is not known yet, else the log, goes on with the character."""
        case = self._emergency.case if self._emergency is not None else None
        if self._naming or case is None:
            return False
        text, self._loose = self._letters_before() + character, ""
        if self._holds and not case.place:
            self._led, self._mark = self._given.before(self.pressed_at), ""
            field, said = self.query_one("#place", Field), _("In the place now: write on, Enter.")
        else:
            self._to_log()
            field, said = self.query_one("#log", Field), _("In the log now: write on, Enter.")
        self._write_on(field, text)
        self.set_focus(field)
        self.say(said)
        return True

    def _write_on(self, field: Field, text: str) -> None:
        """Behind what stands there half typed already: nothing of it is lost."""
        field.value += text
        field.cursor_position = len(field.value)

    def _to_log(self) -> None:
        self._log_at, self._led = self.pressed_at, self._given.before(self.pressed_at)
        show_log(self._tree, typing=True)
        self.set_focus(self.query_one("#log"))

    def _over_menu(self, event: events.Key) -> bool:
        """A Chinese character over the menu is no answer: the menu goes, the character stays."""
        asked = self.focused
        menu = isinstance(asked, Question) and asked.asked == "menu"
        if not menu or not is_hanzi(fold_key(event.character or "")):
            return False
        self.query_one(Question).withdraw()
        self.set_focus(None)
        self.pressed_at = event.time
        return self.typed_word(fold_key(event.character or ""))

    def _text_for_kind(self, key: str) -> None:
        """Text while the kind is asked for: words are kept for the place; no figure of them names
        a kind by itself."""
        if not is_hanzi(key):
            self.say(_("A digit names the kind; 0 shows more."))
            return
        self._wary, self._meant = True, ""
        field = self.query_one("#place", Field)
        self._write_on(field, key)
        words = _("Kept for the place: {text}. A digit, twice, names the kind.")
        self.say(words.format(text=field.value))

    # ---- letters

    def _waits(self, event: events.Key, key: str) -> bool:
        """Whether a letter would open something and was not pressed once more; that is said."""
        opens = (LETTERS.keys() | {ORDER, OVER}) - {c for c in LETTERS if LETTERS[c] in COPYING}
        if not (key.isascii() and key.isalpha()) or key not in opens or not self._holds:
            return False
        since = event.time - self._loose_at
        again = self._loose == key and self._apart(since)
        before = self._letters_at(event.time)
        if again or key in STAGES:
            self._loose = before + (event.character or "") if key in STAGES else ""
            self._loose_at = event.time
            return False
        self._loose, self._loose_at = before + (event.character or ""), event.time
        self.say(_("{key}: {what}? Once more opens it.").format(key=key, what=_what(key)))
        return True

    @staticmethod
    def _apart(since: float) -> bool:
        """Whether a press came late enough to be meant, and not too late for what was said."""
        return not twice.leant_on(since, twice.RINGS_AFTER) and since < ONCE_MORE_WITHIN

    def _letters_before(self) -> str:
        return self._letters_at(self.pressed_at)

    def _letters_at(self, at: float) -> str:
        """The letters right before that moment: of one word with what comes then."""
        return self._loose if at - self._loose_at < twice.TWICE_WITHIN else ""


def _what(key: str) -> str:
    """What a letter opens, by name."""
    own = {ORDER: _("a leader's order"), OVER: _("it is over, or a false alarm")}
    return own.get(key) or label(action(LETTERS[key]))
