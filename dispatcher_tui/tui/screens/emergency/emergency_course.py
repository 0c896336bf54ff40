"""The course of an emergency: who came how far, the card, orders, and that it is over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from textual.app import ComposeResult

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.emergency.emergency import (
    Emergency,
    read_emergency,
)
from dispatcher_tui.desk.emergency.orders import Order, orders_untold
from dispatcher_tui.desk.emergency.other_held import OtherEmergency, beside
from dispatcher_tui.domain.duties.duties import Duty, duties
from dispatcher_tui.present.emergency.head_lines import head_sides
from dispatcher_tui.present.emergency.outside_script import CallingFrom
from dispatcher_tui.present.emergency.over_lines import to_call_back
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.spans import Span
from dispatcher_tui.tui.keys import ScreenKey
from dispatcher_tui.tui.names import glossary
from dispatcher_tui.tui.routes import ToNotify, ToOrder, ToStandDown
from dispatcher_tui.tui.screens.case.board import WIDE
from dispatcher_tui.tui.screens.emergency.in_turn import InTurn
from dispatcher_tui.tui.screens.emergency.low_terminal import LOW_CSS, fit_rows, lacks_room
from dispatcher_tui.tui.widgets.call_room import CallRoom
from dispatcher_tui.tui.widgets.call_tree import CALLS, CallTree
from dispatcher_tui.tui.widgets.emergency_head import EmergencyHead
from dispatcher_tui.tui.widgets.lines import MessageLine
from dispatcher_tui.tui.widgets.other_emergencies import LOW, OtherEmergencies
from dispatcher_tui.tui.widgets.question import Question
from dispatcher_tui.tui.widgets.tree_parts import GLANCE_CELLS

FORM = "EmergencyScreen"
"""The name under which what is half typed is saved."""


class EmergencyCourse(InTurn):
    """One emergency as it stands, and the menu for what has no digit of its own.

    0 asks for it: who came how far, an order, that it is over.
    """

    veiled = False
    ends_with_case = True

    DEFAULT_CSS = LOW_CSS

    def __init__(self, case_id: str = "") -> None:
        super().__init__()
        self.case_id = case_id
        self._emergency: Emergency | None = None
        self._beside: tuple[OtherEmergency, ...] = ()
        self._untold: tuple[Order, ...] = ()
        self._to_ring: tuple[Duty, ...] = ()
        self._shown_seq = -1
        """The last entry there was when it was read; -1 while it was not."""
        self._read_minute = -1
        self._lacks_room = False

    @property
    def form_key(self) -> str:
        """One name, whatever course the emergency takes."""
        return FORM

    @property
    def about(self) -> str:
        """The emergency's case."""
        return self.case_id

    async def build(self) -> bool:
        """Its fields are put back once it is known which emergency this is."""
        return False

    def begin(self) -> None:
        """No field has the focus: the digits are the results of calls."""

    @property
    def _naming(self) -> bool:
        """Whether the kind is not known yet."""
        return self._emergency is None or not self._emergency.case.emergency_kind

    def head(self) -> EmergencyHead:
        """Drawn by whether the post is held."""
        return EmergencyHead()

    def heading(self) -> str:
        """What it is before it is read."""
        return f" {_('EMERGENCY')}"

    def work(self) -> ComposeResult:
        """The other emergencies, the calls, the question."""
        yield OtherEmergencies(id="others", wrap=False)
        tree = CallTree(id="calls")
        wide, low = self.app.size.width >= WIDE, self.app.size.height < LOW
        tree.set_class(wide, "wide").set_class(low, "low")
        tree.set_class(not wide and not low and self.cells >= GLANCE_CELLS, "glances")
        yield tree
        yield Question(id="question", held=True)

    async def reload(self) -> None:
        """Read the emergency again and show it as it stands."""
        case_id = self.case_id

        def read(
            desk: Desk,
        ) -> tuple[int, Emergency, tuple[OtherEmergency, ...], tuple[Order, ...]]:
            seq, found = desk.store.last_seq(), read_emergency(desk, case_id)
            return seq, found, beside(desk, case_id), orders_untold(desk, found.case)

        read_now = await self.run_on_desk(read, writes=False)
        if read_now is None or not self.is_attached or self.query_one_optional(f"#{CALLS}") is None:
            return  # it was left meanwhile: there is nothing any more to show it on
        self._shown_seq, found, self._beside, self._untold = read_now
        self._read_minute = found.standing.now.minute
        self._emergency = found
        self._to_ring = to_call_back(duties(found.case, found.rules))
        desk, site = self.session.desk, self.session.desk.site.site
        here = CallingFrom(site.name, site.address, site.accounts, self.session.post.holder)
        names = glossary(desk, found.rules.procedure)
        running = next((each.number for each in self._beside), "")
        self._tree.show(found, tuple(site.outside.items()), names, here, running)
        self._show_heading()
        self._show_others(self.session.now())
        self.call_after_refresh(self._judge_room)

    def _show_heading(self) -> None:
        """Number, kind, place, how long the post has been held, or that it is stood down."""
        line, found = self.query_one_optional(EmergencyHead), self._emergency
        if line is None:
            return  # it was left
        if found is None:
            line.tell([Span(self.heading(), "emgh")], [], held=True)
            return
        left, right = head_sides(
            found.case,
            localized(found.card.title) if found.card else _("which kind?"),
            self.session.now(),
            found.rules.calendar.tz,
            self.cells,
            held=found.holds,
            low=self.has_class("low"),
            lacks_room=self._lacks_room,
        )
        line.tell(left, right, held=found.holds)
        words = _("Nobody leaves before it is stood down or somebody takes over here.")
        self.query_one(MessageLine).idle(words if found.holds and not self._naming else "")

    def _judge_room(self) -> None:
        """Once it is laid out: whether all that is essential stands there."""
        tree = self.query_one_optional(CallTree)
        if tree is None or tree.fit():
            return  # it is judged once that is laid out
        self._lacks_room = not self._naming and lacks_room(self)
        self._show_heading()

    def on_call_room_fitted(self, event: CallRoom.Fitted) -> None:
        """Rows came or went: is there room now?"""
        event.stop()
        self.call_after_refresh(self._judge_room)

    @property
    def _stands(self) -> bool:
        """Whether what is shown is this case, read after the last entry that was looked at."""
        found = self._emergency
        if found is None or found.case.id != self.case_id:
            return False
        return self._shown_seq >= self.session.seen

    def _show_others(self, now: datetime) -> None:
        """The other emergencies that hold the post, and the orders nobody was told of: none of
        them is forgotten over this one."""
        names = glossary(self.session.desk)
        others = self.query_one(OtherEmergencies)
        others.tell(self._beside, self._untold, self._to_ring, names, now)

    def own_keys(self) -> Sequence[ScreenKey]:
        """F4 besides."""
        return (*super().own_keys(), ScreenKey("notify", "", self.tell_somebody))

    async def tell_somebody(self) -> None:
        """F4: who is under way and has to be told comes first, then an order that waits for
        somebody; else whoever handles the emergency."""
        if not self._refuse_locked():
            order = self._untold and not self._to_ring
            case_id = self._untold[0].case_id if order else self.case_id
            self.shell.go(ToNotify(case_id))

    async def _written(self) -> None:
        """Something was stamped: everything shows it, read once where the news brought it."""
        await self.shell.take_news()
        if not self._stands:
            await self.reload()

    def _back_to_question(self) -> None:
        """The next key answers the question that stands; the one just pressed did nothing."""
        self.query_one(Question).focus()
        self.say(_("That did nothing: the question first. Its keys answer it now."))

    def _turn(self, key: str) -> bool:
        """The tree's own keys; what was said of a digit is not so on another page."""
        pane, used = self._tree.pane, self._tree.turn(key)
        if self._tree.pane != pane:
            self.say("")
        return used

    def _refuse_locked(self) -> bool:
        """Whether somebody has to sign in first; then that is said."""
        if self.shell.locked:
            self.say(_("The desk is locked: sign in with a PIN first."))
        return self.shell.locked

    def _give_order(self) -> None:
        if not self._refuse_locked():
            self.shell.go(ToOrder(self.case_id))

    def _stand_down(self) -> None:
        found = self._emergency
        if found is None or self._refuse_locked():
            return
        if not found.holds:
            self.say(_("Case {number} is stood down already.").format(number=found.case.number))
            return
        self.shell.go(ToStandDown(self.case_id))

    def pass_time(self, now: datetime) -> None:
        """How long it has been going on, how long it rings, who waits."""
        self._judge_room()
        if not self._naming:
            self._tree.pass_time(now)
            self._show_others(now)
            self._read_anew(now)

    def _read_anew(self, now: datetime) -> None:
        """Once a minute the roster is asked again: whoever came on duty since is near now."""
        if now.minute != self._read_minute and not self._waiting:
            self._read_minute = now.minute
            self.run_worker(self.reload(), exit_on_error=False, group="roster")

    async def refresh_case(self, changed: set[str]) -> None:
        """The case went on, or another emergency did."""
        if self._emergency is None:
            return
        mine = {self.case_id, *(order.case_id for order in self._untold)}
        lines = (self.shell.board.line(case_id) for case_id in changed)
        if mine & changed or any(line is not None and line.emergency for line in lines):
            await self.reload()

    async def come_back(self) -> None:
        """Back from an intake or an order: what was done meanwhile stands here."""
        if self._emergency is not None:
            await self.reload()
            self._tree.comes_up()

    def on_resize(self) -> None:
        """A wide terminal has room for all three panes."""
        tree = self.query_one_optional(CallTree)  # none while it is on its way in or out
        if tree is not None:
            tree.set_class(self.app.size.width >= WIDE, "wide")
            fit_rows(tree, self.app.size.height)
        self.call_after_refresh(self._judge_room)
