"""Who takes an area of a list of fees, where the list does not say it."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult

from dispatcher_tui.desk.fees.fee_lists import keepers_of
from dispatcher_tui.present.i18n import _
from dispatcher_tui.tui.fee_routes import ToKeeper
from dispatcher_tui.tui.keys import ScreenKey
from dispatcher_tui.tui.screens.fees.handing import hand_area
from dispatcher_tui.tui.screens.system.autosave_form import AutosaveForm
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.pick_lines import PickLines
from dispatcher_tui.tui.widgets.pin import enter_on
from dispatcher_tui.tui.widgets.row import Row

_NAME_LIMIT = 40
_OFFERED = 9


class KeeperScreen(AutosaveForm):
    """Those who have areas in hand by their digits, or a name that is typed."""

    AUTO_FOCUS = ""
    hints = ("commit", "help")
    DEFAULT_CSS = """
    KeeperScreen #people { height: auto; }
    """

    def __init__(self, of: ToKeeper) -> None:
        super().__init__()
        self._of = of
        self._keepers: tuple[str, ...] = ()

    @property
    def about(self) -> str:
        """The list and the area."""
        return f"{self._of.plan.id} {self._of.month} {self._of.area}"

    def heading(self) -> str:
        """Which area."""
        return " " + _("{area}: who takes it?").format(area=self._of.area)

    def body(self) -> ComposeResult:
        """The people, and a name."""
        yield PickLines(id="people", numbered=True, empty=_("Type the keeper's name."))
        yield Row(_("Area keeper"), Field(id="name", limit=_NAME_LIMIT, of_name=True))

    async def build(self) -> bool:
        """Who may be meant."""
        of = self._of
        found = await self.run_on_desk(
            lambda desk: keepers_of(desk, of.plan.id, of.month), writes=False
        )
        self._keepers = tuple(found or ())[:_OFFERED]
        self.query_one("#people", PickLines).show(self._keepers)
        return True

    def begin(self) -> None:
        """Where nobody is offered, a name can be typed at once."""
        if not self._keepers:
            self.query_one("#name").focus()

    def own_keys(self) -> Sequence[ScreenKey]:
        """Somebody by a digit."""
        choose = ScreenKey("1-9", "", self._choose, _("hand it to that person"))
        return (choose, *super().own_keys())

    async def _choose(self, number: int) -> bool:
        if number > len(self._keepers):
            return False
        await self._hand(self._keepers[number - 1])
        return True

    async def accept_field(self) -> None:
        """Enter goes on; F10 alone hands it out."""
        enter_on(self)

    async def commit(self) -> None:
        """F10: handed out, and the sheet to sign is printed."""
        await self._hand(self.field("name"))

    async def _hand(self, name: str) -> None:
        of = self._of
        if await hand_area(self, of.plan.id, of.month, of.area, name):
            await self.forget_draft()
            self.leave()
