"""From any screen: who is out there alone; a digit says that he is safe, silent or back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from textual.app import ComposeResult

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.watch.out_alone import (
    alone_now,
    asked_whether_safe,
    back_again,
    minutes_for,
)
from dispatcher_tui.domain.case.refusal import Refusal, or_refusal
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.watch.out_alone import AloneRow
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.watch.out_alone_lines import alone_row, alone_script
from dispatcher_tui.tui.keys import ScreenKey, key_rows
from dispatcher_tui.tui.screens.system.listing import ListScreen
from dispatcher_tui.tui.watch_routes import ToSecondOut, ToSendAlone
from dispatcher_tui.tui.widgets.key_lines import KeyLines
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.pick_lines import PickLines


class OutAloneScreen(ListScreen):
    """The one to be asked next stands first; below, whom to ring and what to say."""

    AUTO_FOCUS = ""
    hints = ("help",)
    DEFAULT_CSS = """
    OutAloneScreen #script { height: auto; margin: 1 0; }
    OutAloneScreen #keys { height: auto; }
    """

    def __init__(self, case_id: str = "", place: str = "") -> None:
        super().__init__()
        self._about, self._place = case_id, place
        self._rows: tuple[AloneRow, ...] = ()

    def heading(self) -> str:
        """What is here."""
        return " " + _("Out there alone")

    def body(self) -> ComposeResult:
        """A row each, whom to ring, the digits."""
        yield PickLines(id="list", empty=_("Nobody is out alone. 5: somebody goes."))
        yield Lines("", id="script")
        yield KeyLines("", id="keys")

    async def on_mount(self) -> None:
        """Read who is out."""
        self.query_one("#keys", KeyLines).show("\n".join(key_rows(self.own_keys(), self.cells - 1)))
        await self._reload()

    async def _reload(self) -> None:
        found = await self.run_on_desk(alone_now, writes=False)
        if found is not None and self.is_attached:
            self._rows = found
            self._show(self.session.now())

    def _show(self, now: datetime) -> None:
        zone, cursor = self.session.desk.rules.calendar.tz, max(0, self.line_list.cursor)
        self.line_list.show([alone_row(each.out, now, zone) for each in self._rows], cursor)
        self._script()

    def _script(self) -> None:
        chosen = self._chosen
        self.query_one("#script", Lines).show("\n".join(alone_script(chosen)) if chosen else "")

    @property
    def _chosen(self) -> AloneRow | None:
        cursor = self.line_list.cursor
        return self._rows[cursor] if 0 <= cursor < len(self._rows) else None

    def on_pick_lines_chosen(self, event: PickLines.Chosen) -> None:
        """Another one is meant."""
        event.stop()
        self._script()

    def pass_time(self, now: datetime) -> None:
        """What is left counts on."""
        if self._rows:
            self._show(now)

    async def refresh_case(self, changed: set[str]) -> None:
        """Something was written meanwhile, perhaps at another terminal."""
        await self._reload()

    def own_keys(self) -> Sequence[ScreenKey]:
        """What became of the chosen one; somebody goes."""
        off = "" if self.is_mounted and self._rows else _("Nobody is out alone.")
        return (
            ScreenKey("1", _("safe"), self._safe, _("he is safe; asked again later"), off=off),
            ScreenKey("2", _("no answer"), self._silent, _("he does not answer"), off=off),
            ScreenKey("3", _("returned"), self._back, _("he is back"), off=off),
            ScreenKey("4", _("second one"), self._second, _("somebody goes after him"), off=off),
            ScreenKey("5", _("goes out"), self._send, _("somebody goes out alone")),
        )

    async def _write(self, job: Callable[[Desk, int], Entry], said: str) -> None:
        chosen = self._chosen
        if chosen is None:
            return
        number, name = chosen.out.number, chosen.out.name
        done = await self.run_on_desk(lambda desk: or_refusal(lambda: job(desk, number)))
        if isinstance(done, Refusal):
            self.say_fault(self.refused(done))
        elif done is not None:
            await self.shell.take_news()
            await self._reload()
            self.say(said.format(name=name))

    async def _safe(self) -> None:
        await self._write(
            lambda desk, n: asked_whether_safe(desk, n, safe=True), _("{name}: safe. Recorded.")
        )

    async def _silent(self) -> None:
        await self._write(
            lambda desk, n: asked_whether_safe(desk, n, safe=False),
            _("{name}: no answer. 4: who goes after him?"),
        )

    async def _back(self) -> None:
        await self._write(back_again, _("{name} is back."))

    def _second(self) -> None:
        if self._chosen is not None:
            self.shell.go(ToSecondOut(self._chosen))

    async def _send(self) -> None:
        route = await self.run_on_desk(self._proposed, writes=False)
        if route is not None:
            self.shell.go(route)

    def _proposed(self, desk: Desk) -> ToSendAlone:
        """Whoever was told of the case, to its place."""
        if not self._about:
            return ToSendAlone(place=self._place, minutes=minutes_for(desk, None))
        case = desk.record(self._about).case
        who = case.responsible
        return ToSendAlone(
            who.name if who is not None else "",
            who.person if who is not None else "",
            case.place or self._place,
            case.number,
            minutes_for(desk, case),
        )

    async def come_back(self) -> None:
        """Somebody went."""
        await self._reload()

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [_("Time to ask rings every minute until a digit answers")]
