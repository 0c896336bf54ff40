"""The desk's alarm on a terminal: once a second it is decided what is to be heard, and sounded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace
from textual.timer import Timer

from dispatcher_tui.desk.case.alarms import Alarms, calls_for_help, reached
from dispatcher_tui.desk.names_in_force import names_in_force
from dispatcher_tui.desk.watch.sound import LONGEST, CommandPlayer, Player, Trouble, silence
from dispatcher_tui.domain.duties.alarm import Sounded, Tone, Wanted, after, tone_at
from dispatcher_tui.domain.record.case_line import CaseLine
from dispatcher_tui.domain.reviews.routine import heard
from dispatcher_tui.domain.watch.out_alone import anybody_late
from dispatcher_tui.domain.words.failure import Failure
from dispatcher_tui.present.case.board_head import rang_line
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.line_texts import short_time
from dispatcher_tui.present.machine_words import machine_words
from dispatcher_tui.tui.heartbeat.arrivals import Arrivals
from dispatcher_tui.tui.heartbeat.idle import Idle
from dispatcher_tui.tui.screens.base import DeskScreen
from dispatcher_tui.tui.screens.case.board import board_screen, say_on_board

if TYPE_CHECKING:
    from dispatcher_tui.tui.shell import Shell

RINGS = {Tone.ORDINARY: 1, Tone.UNTOLD: 2, Tone.EMERGENCY: 3}
"""How often the bell rings for a tone: it has no other way to say which one is meant."""

RING_APART = 0.4

TEST_APART = 3.0
"""Seconds from one sound of a test to the next."""

TEST_TOLD = timedelta(seconds=LONGEST + 3 * TEST_APART)
"""How long after a test what does not work is told where it was begun, too."""


class Alarm:
    """Held by the application; it sounds whatever screen is up, locked and veiled ones too."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._alarms = Alarms()
        self._sounded = Sounded()
        self._fired: frozenset[str] | None = None
        self._elsewhere = False
        self._tested_at: datetime | None = None
        self._coming: list[Timer] = []
        self._player: Player = CommandPlayer(self._commands, self._ring, self._complain)
        self.idle = Idle(shell)
        self.arrivals = Arrivals(shell)

    @property
    def arrived(self) -> str:
        """What is said of emergencies that came in from outside; empty while there is nothing."""
        return self.arrivals.text

    @property
    def unseen(self) -> tuple[str, ...]:
        """The ids of those that nobody has seen, the oldest first."""
        return self.arrivals.unseen

    def seen(self, case_id: str) -> None:
        """A screen about the case is open."""
        self.arrivals.seen(case_id)

    def lift_veil(self) -> None:
        """Take the veil away."""
        self.idle.lift()

    def still_for(self) -> float:
        """Seconds since somebody pressed a key."""
        return self.idle.still_for()

    def _commands(self, tone: Tone) -> tuple[str, ...]:
        site = self._shell.session.desk.site.site
        return (site.siren, site.sound) if tone is Tone.EMERGENCY else (site.sound,)

    async def begin(self, lines: Sequence[CaseLine]) -> None:
        """Take over the whole board."""
        now, reached = self._shell.session.now(), await self._reached(lines)
        self._alarms.begin(lines, reached, now)
        await self.arrivals.begin(lines, reached)

    async def take(self, lines: Sequence[CaseLine]) -> None:
        """Take over the lines that changed."""
        now, reached = self._shell.session.now(), await self._reached(lines)
        self._alarms.take(lines, reached, now)
        await self.arrivals.take(lines, reached)

    async def _reached(self, lines: Sequence[CaseLine]) -> frozenset[str]:
        """In which emergencies somebody was reached; where it cannot be read, in none."""
        asked = [line.id for line in lines if calls_for_help(line)]
        if not asked:
            return frozenset()
        try:
            return await self._shell.session.run_on_desk(lambda desk: reached(desk, asked))
        except Failure:
            return frozenset()  # The failure is told by whatever else needs the file.

    def beat(self, now: datetime) -> None:
        """Once a second, from memory only."""
        self._player.look()
        fired = self._shell.session.post.fired
        if self._fired is not None and (new := fired - self._fired) and self._heard(new, now):
            self._alarms.fell_due(now)
        self._fired = fired
        asking = self.idle.to_ask(now)
        tone = tone_at(
            self._wanted(now, asking), self._sounded, self._shell.session.post.silenced_until, now
        )
        if tone is not None and self._player.play(tone):
            self._sounded = after(self._sounded, tone, now)
            self._tell(tone, now, asking=asking)
            self._alarms.heard(tone)
            if asking and tone is Tone.ORDINARY:
                self.idle.ask(now)
        self.idle.beat(now)

    def _heard(self, fired: frozenset[str], now: datetime) -> bool:
        """Whether what fell due of the desk's own is to be heard at this hour."""
        desk = self._shell.session.desk
        return heard(names_in_force(desk).routines, fired, desk.rules.calendar, now)

    def _tell(self, tone: Tone, now: datetime, *, asking: bool) -> None:
        """Say on the board what rang and when, unless it rang for the operator's own answer."""
        cases = self._alarms.asking(tone, now)
        lines = [line for each in cases if (line := self._shell.board.line(each)) is not None]
        board = board_screen(self._shell)
        if board is None or (not lines and (asking or tone is not Tone.ORDINARY)):
            return
        board.say_rang(rang_line(lines, now, self._shell.session.desk.rules.calendar.tz))

    def _wanted(self, now: datetime, asking: bool) -> Wanted:
        """What the board asks for, whoever is out alone and unasked, the lone operator's check."""
        wanted = self._alarms.wanted(now)
        if asking and wanted.ordinary is None:
            wanted = replace(wanted, ordinary=now)
        if anybody_late(self._shell.session.post.alone, now):
            wanted = replace(wanted, untold=True)
        calling = self._elsewhere or self.idle.unanswered
        return replace(wanted, unreached=True) if calling else wanted

    def call_elsewhere(self, calling: bool) -> None:
        """Whether an emergency is open in a record that this desk does not have."""
        self._elsewhere = calling

    def test(self) -> None:
        """Sound every kind of tone as a test, the lightest first, and tell what does not work;
        ``desk.sound.sound_tested`` writes down what came."""
        for timer in self._coming:
            timer.stop()
        self._player.begin_test()
        self._tested_at = self._shell.session.now()
        first, *others = sorted(Tone, key=lambda tone: tone.weight)
        self.sound(first)
        self._coming = [
            self._shell.set_timer(place * TEST_APART, partial(self.sound, tone))
            for place, tone in enumerate(others, 1)
        ]

    def sound(self, tone: Tone) -> bool:
        """Begin to sound a tone now; False where something graver still sounds."""
        return self._player.play(tone)

    async def silence(self) -> None:
        """Silence ordinary alarms for ten minutes, and say until when."""
        top = self._shell.screen
        if not isinstance(top, DeskScreen):
            return
        until = await top.run_on_desk(silence)
        if until is None:
            return
        await self._shell.take_news()
        session = self._shell.session
        time = short_time(until, session.now(), session.desk.rules.calendar.tz)
        words = _("Silent until {time}; emergencies and cases nobody was told of still sound.")
        top.say(words.format(time=time))

    def _ring(self, tone: Tone) -> None:
        self._shell.bell()
        for again in range(1, RINGS[tone]):
            self._shell.set_timer(again * RING_APART, self._shell.bell)

    def _complain(self, trouble: Trouble) -> None:
        """Said once on the board: the bell rings in its place."""
        if trouble.code is not None:
            reason = _("it ended with {code}").format(code=trouble.code)
        else:
            reason = machine_words(trouble.reason) or _("it does not end")
        words = _("The sound {program} does not work ({reason}): the bell rings instead.")
        told = words.format(program=trouble.program, reason=reason)
        say_on_board(self._shell, told)
        top, at = self._shell.screen, self._tested_at
        tested = at is not None and self._shell.session.now() - at < TEST_TOLD
        if tested and isinstance(top, DeskScreen):
            top.say(told)
