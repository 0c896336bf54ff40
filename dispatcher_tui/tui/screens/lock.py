"""The locked desk: the board and its alarms stay in view, everything else needs a PIN."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from textual.app import ComposeResult
from textual.containers import Vertical

from dispatcher_tui.desk.case_file import Signer
from dispatcher_tui.domain.lines import Lane
from dispatcher_tui.present.lines import counts_line, local_clock, row
from dispatcher_tui.present.words import _
from dispatcher_tui.tui.screens.base import DeskScreen
from dispatcher_tui.tui.screens.shift import signed_in
from dispatcher_tui.tui.widgets.board_table import BoardTable
from dispatcher_tui.tui.widgets.form import Picker, PickList
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.pin import Signature


class LockScreen(DeskScreen):
    """It lies over every other screen; what was typed there waits. F9 goes through it."""

    hints = ("emergency",)

    DEFAULT_CSS = """
    LockScreen #figures { height: 1; }
    LockScreen #sign { height: auto; padding: 0 0 0 1; }
    LockScreen #locked { height: 1; text-style: bold; }
    """

    def __init__(self, known: Sequence[Signer]) -> None:
        super().__init__()
        self._known = known
        self._signature = Signature(_("Unlock"), known, id="signature")

    def heading(self) -> str:
        """That it is locked, and the time."""
        zone = self.session.desk.rules.calendar.tz
        return f" {_('Desk locked')}   {local_clock(self.session.now(), zone)}"

    def body(self) -> ComposeResult:
        """Figures, board, name and PIN."""
        yield Lines("", id="figures", wrap=False)
        table = BoardTable(id="board")
        table.can_focus = False
        yield table
        yield Lines(_("Name and PIN, then Enter. F9 opens an emergency without."), id="locked")
        with Vertical(id="sign"):
            yield self._signature

    def hint_text(self) -> str:
        """There is no way back but by PIN."""
        return super().hint_text().rpartition("  ")[0]

    def on_mount(self) -> None:
        """The board as it stands, the name to be given first."""
        self._show_board()
        self._begin()

    def _begin(self) -> None:
        """Nobody is named yet, and all names are in view."""
        self._signature.forget()
        picker = self.query_one(Picker)
        picker.empty()
        picker.focus()
        self.query_one(PickList).display = True

    def _show_board(self) -> None:
        now = self.session.now()
        lines = self.desk_app.board.lane(Lane.ALL, now, self.desk_app.today())
        self.query_one(BoardTable).set_rows([row(line) for line in lines])
        self._draw(now)

    def tick(self, now: datetime) -> None:
        """Countdowns and figures go on."""
        if self.is_mounted:
            self._draw(now)

    def _draw(self, now: datetime) -> None:
        self.query_one("#heading", Lines).show(self.heading())
        counts = self.desk_app.board.counts(now)
        emergency = _("EMERGENCY {n}").format(n=counts.emergency)
        self.query_one("#figures", Lines).show(f" {counts_line(counts)}   {emergency}")
        self.query_one(BoardTable).tick(now)

    async def refresh_case(self, changed: set[str]) -> None:
        """A case changed: the board shows it."""
        self._show_board()

    def on_picker_picked(self, event: Picker.Picked) -> None:
        """The name is there: the PIN comes next."""
        event.stop()
        self._signature.focus_missing()

    def digit(self, number: int) -> bool:
        """Digits belong to name and PIN."""
        self._signature.focus_missing()
        return True

    async def step_back(self) -> None:
        """Esc does not unlock: it begins with the name anew."""
        self._begin()

    async def accept_field(self) -> None:
        """Enter after name and PIN unlocks."""
        if self._signature.signing is not None:
            await self.act_commit()
        else:
            self._signature.focus_missing()

    async def act_commit(self) -> None:
        """The right PIN signs in and gives the desk back as it was left."""
        if self._signature.signing is None:
            self._signature.focus_missing()
            return
        name, pin = self._signature.signer, self._signature.pin
        self._signature.forget()
        if await self.ask(lambda desk: signed_in(desk, name, pin)) is None:
            if name in {signer.name for signer in self._known}:
                self._signature.focus_missing()
            else:
                self._begin()
            return
        below = self.app.screen_stack[-2]
        self.dismiss()
        if isinstance(below, DeskScreen):
            below.say(_("{name} is on watch.").format(name=name))
