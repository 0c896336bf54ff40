"""From F8 and the board: the lists of fees, folded and unfolded, handed out and ticked off."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult

from dispatcher_tui.present.i18n import _
from dispatcher_tui.tui.fee_routes import ToFeeImport, ToFeeLine, ToFees, ToKeeper
from dispatcher_tui.tui.keys import ScreenKey, key_rows
from dispatcher_tui.tui.screens.fees.fee_tree import (
    FeeLists,
    FeeTreeRow,
    keeper_meant,
    place_of,
    read_lists,
    tree_rows,
)
from dispatcher_tui.tui.screens.fees.handing import hand_area, print_list
from dispatcher_tui.tui.screens.system.listing import ListScreen
from dispatcher_tui.tui.widgets.key_lines import KeyLines
from dispatcher_tui.tui.widgets.pick_lines import PickLines


class FeesScreen(ListScreen):
    """One row a list; Enter unfolds it into areas, and an area into its households."""

    AUTO_FOCUS = ""
    hints = ("print", "help")
    DEFAULT_CSS = """
    FeesScreen #keys { height: auto; }
    """

    def __init__(self, shown: ToFees) -> None:
        super().__init__()
        self._read = FeeLists((), {}, (), {})
        self._rows: list[FeeTreeRow] = []
        self._unfolded: set[tuple[str, str, str | None]] = set()
        self._wanted = (shown.list, shown.month, shown.area, "")
        if shown.list:
            self._unfolded.add((shown.list, shown.month, None))

    def heading(self) -> str:
        """What is here."""
        return " " + _("Lists of fees")

    def body(self) -> ComposeResult:
        """The rows, and what can be done with the chosen one."""
        empty = _("No procedure in force has lists of fees.")
        yield PickLines(id="list", empty=empty)
        yield KeyLines("\n".join(key_rows(self.own_keys(), self.cells - 1)), id="keys")

    async def on_mount(self) -> None:
        """Read them once."""
        await self._reload()

    async def _reload(self) -> None:
        found = await self.run_on_desk(read_lists, writes=False)
        if found is not None:
            self._read = found
            self._show()

    def _show(self) -> None:
        here = self._row
        wanted = here.key if here is not None else self._wanted
        self._rows = list(tree_rows(self._read, self._unfolded))
        self.line_list.show([row.text for row in self._rows], place_of(self._rows, wanted))

    @property
    def _row(self) -> FeeTreeRow | None:
        cursor = self.line_list.cursor
        return self._rows[cursor] if 0 <= cursor < len(self._rows) else None

    def own_keys(self) -> Sequence[ScreenKey]:
        """A file for the list; the area to its keeper, by one key or by name; on paper."""
        taken = _("a list, or what came back of it, out of a file")
        handed = _("the whole area to its keeper, with the sheet to sign")
        printed = _("what is unpaid; of an area the sheet to sign")
        return (
            ScreenKey("i", _("import"), self._import, taken),
            ScreenKey("g", _("hand out"), self._hand, handed),
            ScreenKey("w", _("to somebody else"), self._ask_keeper, _("who takes the area")),
            ScreenKey("print", _("print"), self._print, printed),
        )

    def _import(self) -> None:
        row = self._row
        if row is not None and row.plan is not None:
            self.shell.go(ToFeeImport(row.plan, row.month))

    async def take_line(self) -> None:
        """Enter: unfolded or folded; on a household what came of it."""
        row = self._row
        if row is None:
            return
        if row.fees is None:
            self._import()
            return
        if row.stand is not None:
            if row.plan is not None:
                self.shell.go(ToFeeLine(row.plan, row.month, row.stand))
            return
        area = row.area.name if row.area is not None else None
        self._unfolded ^= {(row.list, row.month, area)}
        self._show()

    def _area(self) -> FeeTreeRow | None:
        """The row whose area is meant; said where there is none."""
        row = self._row
        if row is None or row.area is None:
            self.say(_("Choose an area first: Enter unfolds the list."))
            return None
        return row

    def _ask_keeper(self) -> None:
        row = self._area()
        if row is not None and row.area is not None and row.plan is not None:
            self.shell.go(ToKeeper(row.plan, row.month, row.area.name))

    async def _hand(self) -> None:
        """One key: to the keeper whom the list names; where it names none, who is asked."""
        row = self._area()
        if row is None or row.area is None:
            return
        keeper = keeper_meant(self._read, row)
        if not keeper:
            self._ask_keeper()
        elif await hand_area(self, row.list, row.month, row.area.name, keeper):
            await self._reload()
            self.line_list.select(self._next_area())

    def _next_area(self) -> int:
        """The row of the next area; the chosen one where there is none."""
        cursor = self.line_list.cursor
        areas = (
            n
            for n, row in enumerate(self._rows)
            if n > cursor and row.area is not None and row.stand is None
        )
        return next(areas, cursor)

    async def _print(self) -> None:
        row = self._row
        if row is not None and row.fees is not None:
            area = row.area.name if row.area is not None else None
            await print_list(self, row.list, row.month, area)

    async def come_back(self) -> None:
        """Something was taken over or ticked off."""
        await self._reload()

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [
            _("Enter unfolds a list and an area; on a household it asks what came of it"),
            _("a household becomes a case only when it is telephoned, visited or written to"),
        ]
