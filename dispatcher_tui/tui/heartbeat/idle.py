"""A desk nobody touches: names are hidden, and at night it is asked whether somebody is there."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace
from textual import events

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.watch.presence import presence_confirmed, presence_missed
from dispatcher_tui.domain.watch import presence as rule
from dispatcher_tui.domain.watch.presence import Presence, PresenceCheck
from dispatcher_tui.domain.words.failure import Failure
from dispatcher_tui.present.countdown import remaining
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.refusals import explain_failure
from dispatcher_tui.tui.routes import ToPrivacyScreen
from dispatcher_tui.tui.screens.base import DeskScreen
from dispatcher_tui.tui.screens.case.board import say_on_board
from dispatcher_tui.tui.screens.watch.privacy_screen import PrivacyScreen

if TYPE_CHECKING:
    from dispatcher_tui.tui.shell import Shell

ONE_WORD = 0.05
"""Seconds: keys nearer to the one that lifted the veil came with it (an input method's word)."""


class Idle:
    """Since when no key was pressed, and what comes of it."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._presence = Presence(shell.session.now())
        self._lifted_at = -1.0
        self._touched = -math.inf
        self._said = ""

    @property
    def _check(self) -> PresenceCheck:
        return self._shell.session.desk.site.site.presence

    @property
    def _veil(self) -> PrivacyScreen | None:
        """The veil, where it is on top."""
        top = self._shell.screen
        return top if isinstance(top, PrivacyScreen) else None

    @property
    def unanswered(self) -> bool:
        """Whether the operator was asked and has not answered in time."""
        return self._presence.missed

    def to_ask(self, now: datetime) -> bool:
        """Whether the operator is to be asked; where the file is only read nobody is."""
        session = self._shell.session
        if session.read_only:
            return False
        return rule.to_ask(self._check, self._presence, now, session.desk.rules.calendar.tz)

    def ask(self, now: datetime) -> None:
        """The question was sounded: it stands until a key is pressed."""
        self._presence = replace(self._presence, asked_at=now)

    def still_for(self) -> float:
        """Seconds since somebody pressed a key, by a clock that nobody sets."""
        return asyncio.get_running_loop().time() - self._touched

    def noticed(self, event: events.Event) -> bool:
        """Somebody is there; True where the event has done its work by that."""
        self._touched = asyncio.get_running_loop().time()
        self._seen()
        if isinstance(event, events.MouseDown):
            return False  # The veil sees to it itself, so that no click comes of it below.
        if self._veil is not None:
            self._lifted_at = event.time
            self.lift()
        elif event.time - self._lifted_at >= ONE_WORD:
            return False
        return not (isinstance(event, events.Key) and event.key == "f9")

    def _seen(self) -> None:
        """A key: what was asked is answered by it."""
        now = self._shell.session.now()
        before, self._presence = self._presence, Presence(now)
        seconds = rule.answered(before, now)
        if seconds is not None:
            self._say("")
            self._write(lambda desk: presence_confirmed(desk, seconds))

    def lift(self) -> None:
        """Take the veil away; the screen below is as it was left, its focus too."""
        veil = self._veil
        if veil is None:
            return
        veil.dismiss()
        below = self._shell.screen
        if below.focused is None:
            # Coming back, a screen would put the focus on its first field by itself.
            below.call_later(below.set_focus, None)

    def beat(self, now: datetime) -> None:
        """Once a second: write down a missed answer, put up the veil, show the question."""
        if rule.to_miss(self._check, self._presence, now):
            asked = self._presence.asked_at
            assert asked is not None
            self._presence = replace(self._presence, missed=True)
            self._write(lambda desk: presence_missed(desk, asked))
        hide = self._shell.session.desk.site.site.hide_minutes
        if self._presence.asked_at is not None or rule.to_hide(hide, self._presence, now):
            self._put_up()
        if self._presence.asked_at is not None:
            self._say(self._question(now))

    def _put_up(self) -> None:
        top = self._shell.screen
        if self._veil is None and not (isinstance(top, DeskScreen) and not top.veiled):
            self._shell.go(ToPrivacyScreen())

    def _question(self, now: datetime) -> str:
        by = rule.answer_by(self._check, self._presence)
        if self._presence.missed or by is None:
            return _("No answer: the alarm sounds until a key is pressed.")
        left = remaining(by + timedelta(microseconds=1), now)
        return _("Are you there? Press any key. {left}").format(left=left)

    def _say(self, text: str) -> None:
        """The question on the veil, or on the message line of a screen that is never veiled."""
        veil, top = self._veil, self._shell.screen
        if veil is not None:
            if veil.is_mounted:
                veil.ask_there(text)
        elif isinstance(top, DeskScreen) and top.is_mounted and (text or self._said):
            top.say(text)
        self._said = text

    def _write(self, entry: Callable[[Desk], None]) -> None:
        self._shell.run_worker(self._written(entry), exit_on_error=False, group="presence")

    async def _written(self, entry: Callable[[Desk], None]) -> None:
        shell = self._shell
        try:
            if not shell.session.read_only:
                await shell.session.run_on_desk(entry)
        except Failure as failure:
            say_on_board(shell, explain_failure(failure))
