"""From F8: the files whose keeping time is over, listed to be signed; none is deleted (P4-18)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from textual.app import ComposeResult

from dispatcher_tui.desk.papers.retention import read_retention
from dispatcher_tui.domain.papers.report import RetentionReport
from dispatcher_tui.domain.papers.retention import Expired
from dispatcher_tui.present.i18n import _, ngettext
from dispatcher_tui.present.papers.retention_lines import expired_table
from dispatcher_tui.tui.keys import ScreenKey
from dispatcher_tui.tui.screens.system.listing import ListScreen
from dispatcher_tui.tui.sheet_print import print_beside
from dispatcher_tui.tui.widgets.key_lines import PageLine
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.pick_lines import PickLines


class RetentionScreen(ListScreen):
    """1: what may be destroyed, 2: what somebody decides upon; F10 prints both to be signed."""

    AUTO_FOCUS = ""
    hints = ("commit", "help")

    DEFAULT_CSS = """
    RetentionScreen #sums, RetentionScreen #parts, RetentionScreen #heads { height: 1; }
    RetentionScreen #heads { color: $desk-fg2; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._found: RetentionReport | None = None
        self._part = 1

    def heading(self) -> str:
        """What is here."""
        return " " + _("Files whose keeping time is over")

    def body(self) -> ComposeResult:
        """How long, how many, the list."""
        yield Lines("", id="sums", classes="strip", wrap=False)
        yield PageLine("", id="parts")
        yield Lines("", id="heads", wrap=False)
        yield PickLines(id="list", empty=_("No file is past its time."))

    async def on_mount(self) -> None:
        """Read the list once: what is printed is what was read."""
        self._found = await self.run_on_desk(read_retention, writes=False)
        self._show()

    @property
    def _rows(self) -> tuple[Expired, ...]:
        if self._found is None:
            return ()
        return self._found.due if self._part == 1 else self._found.decide

    def _show(self) -> None:
        found = self._found
        if found is None:
            return
        sums = ngettext(
            "Kept for {n} year. Nothing is deleted here: people decide and sign.",
            "Kept for {n} years. Nothing is deleted here: people decide and sign.",
            found.years,
        )
        self.query_one("#sums", Lines).show(sums.format(n=found.years))
        parts = [key.shown for key in self.own_keys() if key.label]
        marked = (f"[{p}]" if n == self._part else f" {p} " for n, p in enumerate(parts, 1))
        self.query_one("#parts", Lines).show("  ".join(marked))
        head, rows = expired_table(found.zone).shown(self._rows)
        self.query_one("#heads", Lines).show(f" {head}")
        self.query_one("#list", PickLines).show(rows, 0)
        self.choose()

    def choose(self) -> None:
        """The case under the cursor is current."""
        cursor = self.query_one("#list", PickLines).cursor
        self.case_id = self._rows[cursor].line.id if 0 <= cursor < len(self._rows) else ""

    def own_keys(self) -> Sequence[ScreenKey]:
        """The two parts of the list, with how many stand in each; F10 prints them."""
        due, decide = (len(self._found.due), len(self._found.decide)) if self._found else (0, 0)
        named = _("to be destroyed {n}").format(n=due), _("keep, decide one by one {n}")
        told = _("files to be destroyed"), _("emergencies, corrective actions, typical cases")
        return (
            ScreenKey("1", named[0], partial(self._turn, 1), told[0]),
            ScreenKey("2", named[1].format(n=decide), partial(self._turn, 2), told[1]),
            ScreenKey("commit", "", self.commit, _("print the list to be signed")),
        )

    def _turn(self, part: int) -> None:
        self._part = part
        self._show()

    async def commit(self) -> None:
        """F10: the list on paper, with its fields to sign."""
        if self._found is not None:
            await print_beside(self, self._found)

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [
            _("up, down: choose; Enter: open the case"),
        ]
