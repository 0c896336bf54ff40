"""From F8, where several procedures are in force: under which of them the work is done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from textual.app import ComposeResult

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.reviews.months import REPORT
from dispatcher_tui.desk.reviews.routines import ledger
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.present.cells import fit
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.reviews.desk_lines import desk_row
from dispatcher_tui.tui.keys import ScreenKey
from dispatcher_tui.tui.routes import ScreenRoute, ToMonth, ToReview, ToWeeklyCheck, ToWhose
from dispatcher_tui.tui.screens.system.listing import ListScreen
from dispatcher_tui.tui.widgets.pick_lines import PickLines

ROUTES: dict[str, type[ToReview | ToWeeklyCheck | ToMonth]] = {
    "review": ToReview,
    "check": ToWeeklyCheck,
    REPORT: ToMonth,
}
"""Where a work that each procedure has by itself is done, by what the routine asks to do."""


def asking(desk: Desk, do: str) -> tuple[Procedure, ...]:
    """The procedures in force that have such a work; each has a month."""
    return tuple(p for p in desk.in_force.procedures if do == REPORT or p.routine(do) is not None)


def way_to(desk: Desk, do: str, route: ScreenRoute) -> ScreenRoute:
    """The way to a work: through the choice of a procedure where several have it."""
    return ToWhose(do) if do in ROUTES and len(asking(desk, do)) > 1 else route


class WhoseScreen(ListScreen):
    """The procedures by their digits; Enter takes the chosen one. What is owed stands beside it."""

    AUTO_FOCUS = ""
    hints = ("help",)

    def __init__(self, do: str) -> None:
        super().__init__()
        self._do = do

    def heading(self) -> str:
        """What is asked."""
        return " " + _("Of which procedure?")

    def body(self) -> ComposeResult:
        """One row each."""
        yield PickLines(id="list", numbered=True)

    async def on_mount(self) -> None:
        """From memory alone."""
        self._show(self.session.now())
        self.line_list.select(0)

    def _show(self, now: datetime) -> None:
        owed = ledger(self.session.owed, now).open
        rows = []
        for each in asking(self.session.desk, self._do):
            routine = each.routine(self._do)
            mine = (d for d in owed if d.do == self._do and d.clock.startswith(f"{each.id}/"))
            duty, name = next(mine, None), localized(each.short)
            words = localized(routine.label) if routine is not None else ""
            rows.append(f"{fit(name, 16)} {desk_row(duty, now) if duty else words}".rstrip())
        self.line_list.show(rows, max(0, self.line_list.cursor))

    def pass_time(self, now: datetime) -> None:
        """What is left until a work is due."""
        self._show(now)

    def own_keys(self) -> Sequence[ScreenKey]:
        """A procedure by its digit."""
        return (ScreenKey("1-9", "", self._take, _("choose the procedure")),)

    def _take(self, number: int) -> None:
        found = asking(self.session.desk, self._do)
        if 0 < number <= len(found):
            self.shell.replace(ROUTES[self._do](found[number - 1].id))

    async def take_line(self) -> None:
        """Enter: the chosen one."""
        self._take(self.line_list.cursor + 1)

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [_("each procedure in force has its own review, weekly check and month")]
