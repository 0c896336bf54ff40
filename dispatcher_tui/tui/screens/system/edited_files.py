"""From F8: the files that the site edited, against the shipped ones; the head settles each."""

from __future__ import annotations

from textual.app import ComposeResult

from dispatcher_tui.desk.site.settling import FileStanding, standings
from dispatcher_tui.domain.site.comparison import Comparison, compare
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.site.comparison_lines import file_row
from dispatcher_tui.tui.routes import ToComparison
from dispatcher_tui.tui.screens.system.listing import ListScreen
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.pick_lines import PickLines


class EditedFilesScreen(ListScreen):
    """One list: the open files, those that are settled, signatures still owed."""

    AUTO_FOCUS = ""
    hints = ("help",)

    DEFAULT_CSS = "EditedFilesScreen #sums { height: 1; }"

    def __init__(self) -> None:
        super().__init__()
        self._files: tuple[FileStanding, ...] = ()

    def heading(self) -> str:
        """What is here."""
        return " " + _("Files of yours that differ from the shipped ones")

    def body(self) -> ComposeResult:
        """A figure, the list."""
        yield Lines("", id="sums", classes="strip", wrap=False)
        yield PickLines(id="list", empty=_("Every file is as shipped."))

    async def on_mount(self) -> None:
        """Read everything once."""
        await self._reload()

    async def come_back(self) -> None:
        """The comparison was left: it may be settled."""
        await self._reload()

    async def _reload(self) -> None:
        found = await self.run_on_desk(standings, writes=False)
        if found is None or not self.is_attached:
            return
        self._files = found
        rows = [file_row(each.name, _compared(each), each.sign_off) for each in found]
        self.query_one("#list", PickLines).show(rows)
        n = sum(each.sign_off is None for each in found)
        sums = _("Open: {n}. Enter compares; the head settles. What is open is said at sign-in.")
        self.query_one("#sums", Lines).show(sums.format(n=n))

    async def take_line(self) -> None:
        """Enter: line by line, yours and the new one."""
        cursor = self.line_list.cursor
        if 0 <= cursor < len(self._files):
            self.shell.go(ToComparison(self._files[cursor]))

    async def refresh_case(self, changed: set[str]) -> None:
        """Another program may have written a signature."""
        await self._reload()

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [
            _("up, down: choose a file; Enter: yours and the new one, line by line"),
            _("Copies that nobody edited are renewed when the desk opens."),
        ]


def _compared(file: FileStanding) -> Comparison | None:
    found = file.found
    return compare(found.ours.text, found.shipped.text) if found is not None else None
