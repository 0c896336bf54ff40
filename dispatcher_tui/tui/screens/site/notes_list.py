"""住户备注: the notes on every household, or on one; added, ended and printed from here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from textual.app import ComposeResult

from dispatcher_tui.desk.site.noting import read_notes
from dispatcher_tui.domain.site.household_notes import NotedHome
from dispatcher_tui.domain.site.notes_report import HouseholdNotesReport
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.site.note_lines import notes_table
from dispatcher_tui.tui.keys import ScreenKey
from dispatcher_tui.tui.routes import ToAddHouseholdNote, ToEndHouseholdNote
from dispatcher_tui.tui.screens.system.listing import ListScreen
from dispatcher_tui.tui.sheet_print import paper_keys
from dispatcher_tui.tui.widgets.key_lines import PageLine
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.pick_lines import PickLines

STANDING, OVER = 1, 2
"""The two pages by their digits."""


class HouseholdNotesScreen(ListScreen):
    """1: what stands, 2: what is over; 3 adds one, 4 ends the chosen one, p prints the list.

    Of one household where ``place`` names one.
    """

    AUTO_FOCUS = ""
    hints = ("print", "help")

    DEFAULT_CSS = """
    HouseholdNotesScreen #keys { height: auto; }
    HouseholdNotesScreen #heads { height: 1; color: $desk-fg2; }
    """

    def __init__(self, place: str = "") -> None:
        super().__init__()
        self._place = place
        self._found: HouseholdNotesReport | None = None
        self._rows: tuple[NotedHome, ...] = ()
        self._page = STANDING

    @property
    def place_here(self) -> str:
        """The household that the list is of."""
        return self._place

    def heading(self) -> str:
        """What is here."""
        if self._place:
            return " " + _("Household notes: {place}").format(place=self._place)
        return " " + _("Household notes")

    def body(self) -> ComposeResult:
        """The keys, the heads, the list."""
        yield PageLine("", id="keys")
        yield Lines("", id="heads", wrap=False)
        yield PickLines(id="list", empty=_("No note. 3 adds one."))

    async def on_mount(self) -> None:
        """Read the list."""
        await self._reload()

    async def come_back(self) -> None:
        """A note was added or ended."""
        await self._reload()

    async def _reload(self) -> None:
        place = self._place
        self._found = await self.run_on_desk(lambda desk: read_notes(desk, place), writes=False)
        self._show()

    def pass_time(self, now: datetime) -> None:
        """What expires at this moment leaves the page by itself."""
        found = self._found
        if found is not None and any(not home.note.stands(now) for home in found.standing):
            self._found = found.at_moment(now)
            self._show()

    def _show(self) -> None:
        found = self._found
        if found is None:
            return
        keys = [key.shown for key in self.own_keys() if key.label]
        marked = (f"[{k}]" if n == self._page else f" {k} " for n, k in enumerate(keys, 1))
        self.query_one("#keys", Lines).show(" ".join(marked))
        over = self._page == OVER
        chosen = self._chosen()
        self._rows = found.over if over else found.standing
        head, rows = notes_table(found.zone, found.at, over=over).shown(self._rows)
        self.query_one("#heads", Lines).show(f" {head}")
        ids = [home.note.id for home in self._rows]
        cursor = ids.index(chosen.note.id) if chosen and chosen.note.id in ids else 0
        self.query_one("#list", PickLines).show(rows, cursor)

    def _chosen(self) -> NotedHome | None:
        cursor = self.query_one("#list", PickLines).cursor
        return self._rows[cursor] if 0 <= cursor < len(self._rows) else None

    def own_keys(self) -> Sequence[ScreenKey]:
        """The two pages with how many stand on each, and what is done with a note."""
        found = self._found
        standing, over = (len(found.standing), len(found.over)) if found else (0, 0)
        nothing = "" if self.is_mounted and self._chosen() else _("Choose a note first.")
        past = _("It is over already.") if self._page == OVER else ""
        return (
            ScreenKey("1", _("standing {n}").format(n=standing), partial(self._turn, STANDING)),
            ScreenKey("2", _("over {n}").format(n=over), partial(self._turn, OVER)),
            ScreenKey("3", _("add a note"), self._add),
            ScreenKey("4", _("end the chosen one"), self._end, off=past or nothing),
            *paper_keys(self, lambda _desk: self._found, _("print the list")),
        )

    def _turn(self, page: int) -> None:
        self._page = page
        self._show()

    def _add(self) -> None:
        self.shell.go(ToAddHouseholdNote(self._place))

    def _end(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.shell.go(ToEndHouseholdNote(chosen))

    async def take_line(self) -> None:
        """Enter ends the note that is chosen, where it stands."""
        if self._page == STANDING:
            self._end()

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [
            _("up, down: choose a note; Enter: end it before its time, with the reason"),
            _("A note with an expiry is over at that moment by itself"),
        ]
