"""Is it real? What F2 asks in a drill, and F9 once the drill has its emergency."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult

from dispatcher_tui.desk.emergency.drill import Lead, Way
from dispatcher_tui.domain.record.case_line import CaseLine
from dispatcher_tui.domain.words.text import fold_key
from dispatcher_tui.present.emergency.drill_lines import real_or_drill
from dispatcher_tui.present.i18n import _
from dispatcher_tui.tui.keys import Hint
from dispatcher_tui.tui.screens.base import DeskScreen
from dispatcher_tui.tui.typeahead import moment
from dispatcher_tui.tui.widgets.lines import Lines

if TYPE_CHECKING:
    from dispatcher_tui.tui.shell import DrillExit

READ_WITHIN = 0.4
"""Seconds before a digit can be the answer: one that came with F2 was for the form behind it."""

ACTIONS = {Way.CALL: "new_case", Way.EMERGENCY: "emergency"}
"""What goes on in the drill where the answer is no."""


class RealCallScreen(DeskScreen):
    """1 ends the drill and opens the real desk; 0, Esc and Enter go on with the drill.

    ``at`` is when the key was pressed (UTC, by the wall): from then on the real call counts.
    ``case`` is a real case that came in meanwhile, if one did: 2 leads to it.
    """

    DEFAULT_CSS = """
    RealCallScreen #asked {
        height: auto; padding: 1 2; text-style: bold;
        background: $desk-bg2; color: $desk-fg0;
    }
    """

    def __init__(self, way: Way, at: datetime, case: CaseLine | None) -> None:
        super().__init__()
        self._way, self._at, self._case = way, at, case
        self._asked_at = moment()

    @property
    def _out(self) -> DrillExit:
        found = self.shell.way_out
        assert found is not None
        return found

    def heading(self) -> str:
        """That it is asked."""
        return f" {_('Real, or part of the drill?')}"

    def body(self) -> ComposeResult:
        """The question and its answers."""
        yield Lines(self._question(), id="asked")

    def hint_keys(self) -> list[Hint]:
        """The keys of the answers."""
        return [
            Hint("1", _("REAL: leave the drill"), "emgh", kept=True),
            Hint("0", kept=True),
            Hint("Esc", _("go on with the drill"), kept=True),
        ]

    def _question(self) -> str:
        zone = self.session.desk.rules.calendar.tz
        number = self._case.number if self._case else ""
        return real_or_drill(self._at.astimezone(zone), number, call=self._way is Way.CALL)

    def ask_about(self, way: Way, at: datetime) -> None:
        """Another key of the kind: an emergency is asked about from then on; a call stays it."""
        if way is Way.EMERGENCY and self._way is not way:
            self._way, self._at, self._asked_at = way, at, moment()
            self.query_one("#asked", Lines).show(self._question())

    async def on_key(self, event: events.Key) -> None:
        """One key answers; no other does anything."""
        event.stop()
        event.prevent_default()
        key = fold_key(event.character or "")
        read = event.time - self._asked_at >= READ_WITHIN
        if key == "1" and read:
            self._out.leave(Lead(self._way, self._at))
        elif key == "2" and read and self._case is not None:
            self._out.to_case()
        elif key == "0" or event.key in ("escape", "enter"):
            self.dismiss()
            await self.shell.carry_out(ACTIONS[self._way])
