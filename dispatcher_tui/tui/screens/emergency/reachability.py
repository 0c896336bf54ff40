"""From F8: which numbers answer, by part of the day; this month's dead ones come first."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult

from dispatcher_tui.desk.emergency.reachability import read_ledger
from dispatcher_tui.domain.emergency.reachability import DEAD_AFTER
from dispatcher_tui.present.emergency.emergency_lines import differing_line
from dispatcher_tui.present.emergency.reachability_lines import ledger_head, ledger_line
from dispatcher_tui.present.i18n import _
from dispatcher_tui.tui.screens.base import DeskScreen
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.pick_lines import PickLines


class ReachabilityScreen(DeskScreen):
    """One list: the numbers that never answered this month, then every number that was rung."""

    AUTO_FOCUS = ""
    hints = ("find", "help")

    DEFAULT_CSS = """
    ReachabilityScreen #sums { height: 1; }
    ReachabilityScreen #heads { height: 1; background: $desk-bg2; color: $desk-fg2; }
    """

    def heading(self) -> str:
        """What is here."""
        return " " + _("Which numbers answer: the last three months, by part of the day")

    def body(self) -> ComposeResult:
        """A figure, the heads, the list."""
        yield Lines("", id="sums", classes="strip", wrap=False)
        yield Lines("", id="heads", wrap=False)
        yield PickLines(id="list", empty=_("Nobody was rung in the last three months."))

    async def on_mount(self) -> None:
        """Read everything once."""
        await self._reload()

    async def _reload(self) -> None:
        found = await self.run_on_desk(read_ledger, writes=False)
        if found is None:
            return
        now, zone = self.session.now(), self.session.desk.rules.calendar.tz
        rows = [ledger_line(number, now, zone) for number in (*found.dead, *found.others)]
        self.query_one("#heads", Lines).show(f" {ledger_head()}")
        self.query_one("#list", PickLines).show(rows)
        if found.differing:
            self.say(differing_line(found.differing))
        sums = _("Dead this month: {dead} (rung {least} times or more, never answered)")
        self.query_one("#sums", Lines).show(sums.format(dead=len(found.dead), least=DEAD_AFTER))

    async def on_key(self, event: events.Key) -> None:
        """The arrows and page keys move in the list."""
        if self.query_one("#list", PickLines).move(event.key):
            event.stop()
            event.prevent_default()

    async def refresh_case(self, changed: set[str]) -> None:
        """Somebody was rung."""
        await self._reload()

    def more_help(self) -> list[str]:
        """How the list is read."""
        return [
            _("3/5: answered three times of five; a busy line has not answered and is not dead"),
            _("calls choose a person's likelier number first, by these figures"),
        ]
