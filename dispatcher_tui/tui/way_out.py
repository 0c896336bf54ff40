"""The way out of a drill: a real call wins over it, by one key, and what comes in is shouted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual import events

from dispatcher_tui.desk.emergency.drill import Lead, RealArrivals, RealRecord, Way
from dispatcher_tui.domain.duties.alarm import Tone
from dispatcher_tui.domain.record.case_line import CaseLine
from dispatcher_tui.domain.words.failure import Failure
from dispatcher_tui.domain.words.text import fold_key
from dispatcher_tui.present.emergency.drill_lines import shouted
from dispatcher_tui.present.refusals import explain_failure
from dispatcher_tui.tui.names import glossary
from dispatcher_tui.tui.routes import ToRealCall
from dispatcher_tui.tui.screens.base import desk_screens
from dispatcher_tui.tui.screens.emergency.real_call import RealCallScreen
from dispatcher_tui.tui.typeahead import moment

if TYPE_CHECKING:
    from dispatcher_tui.tui.shell import Shell

READ_WITHIN = 1.0
"""Seconds a shout stands before a digit can be its answer: one on its way was for the drill."""
SOUND_AGAIN = 10.0
"""Seconds from one sound to the next while the shout has no answer."""

ASKED: Mapping[str, Way] = {"new_case": Way.CALL, "emergency": Way.EMERGENCY}
"""Which actions may be about a real call."""


class WayOut:
    """Held by the application of a drill; it reads the real record and never writes it."""

    def __init__(self, shell: Shell, real: RealRecord) -> None:
        self._shell = shell
        self._real = real.session
        self._arrivals = RealArrivals(real.seen)
        self._cases: dict[str, CaseLine] = {}
        self._unanswered = False
        self._shouted_at = 0.0
        self._sounded_at: float | None = None
        self._looking = False
        self._trouble = ""
        self._begun = False
        self.text = ""
        """What stands at the head of every screen of the drill; empty while nothing came in."""

    def asks(self, name: str) -> bool:
        """Whether an action waits for an answer: is the call, or the emergency, a real one?

        The first F9 is what the drill is about; any other may be a real one. While it is asked
        nothing else is done, but leaving.
        """
        top = self._shell.screen
        way = ASKED.get(name)
        if isinstance(top, RealCallScreen):
            if way is not None:
                top.ask_about(way, self._real.now())
            return name != "leave"
        begins = way is Way.EMERGENCY and not self._begun
        self._begun = self._begun or begins
        if way is None or begins:
            return False
        self._shell.go(ToRealCall(way, self._real.now(), self.gravest))
        return True

    @property
    def gravest(self) -> CaseLine | None:
        """The real case that came in meanwhile and comes first: an emergency, then the oldest."""
        order = sorted(self._cases.values(), key=lambda line: (not line.emergency, line.row))
        return next(iter(order), None)

    def leave(self, lead: Lead) -> None:
        """End the drill: the real desk opens as ``lead`` says."""
        self._shell.leave_drill(lead)

    def to_case(self) -> None:
        """End the drill for the real case that came in."""
        case = self.gravest
        if case is not None:
            self.leave(Lead(Way.CASE, self._real.now(), case.id, emergency=case.emergency))

    def answered(self, event: events.Event) -> bool:
        """Whether a key was the answer to the shout, whatever has the focus: 1 leads out."""
        asked = self._unanswered and not isinstance(self._shell.screen, RealCallScreen)
        if not asked or not isinstance(event, events.Key):
            return False
        if event.time - self._shouted_at < READ_WITHIN:
            return False
        key = fold_key(event.character or "")
        if key == "1":
            self.to_case()
        elif key == "0" or event.key == "escape":
            self._unanswered = False
            self._show()
        else:
            return False
        return True

    def beat(self) -> None:
        """Once a second: look whether anything came in; sound until it is answered."""
        self._sound()
        if not self._looking:
            self._looking = True
            self._shell.run_worker(self._look(), exit_on_error=False, group="real")

    async def _look(self) -> None:
        try:
            found = await self._real.run_on_desk(self._arrivals.look)
        except Failure as failure:
            self._trouble = explain_failure(failure)
        else:
            self._trouble = ""
            self._take(found)
        finally:
            self._looking = False
        self._show()

    def _take(self, found: list[CaseLine]) -> None:
        new = {line.id: line for line in found if line.id not in self._cases}
        if not new:
            return
        self._cases |= new
        self._unanswered, self._shouted_at, self._sounded_at = True, moment(), None
        self._sound()

    def _sound(self) -> None:
        case, now = self.gravest, moment()
        quiet = self._sounded_at is not None and now - self._sounded_at < SOUND_AGAIN
        if case is None or not self._unanswered or quiet:
            return
        if self._shell.alarm.sound(Tone.EMERGENCY if case.emergency else Tone.UNTOLD):
            self._sounded_at = now

    def _show(self) -> None:
        names = glossary(self._shell.session.desk)
        text = shouted(
            self.gravest,
            len(self._cases),
            names,
            unanswered=self._unanswered,
            trouble=self._trouble,
        )
        if text != self.text:
            self.text = text
            for screen in desk_screens(self._shell):
                screen.shout(text)
