"""The locked desk: the board and its alarms stay in view, everything else needs a PIN."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from textual.app import ComposeResult
from textual.containers import Vertical

from dispatcher_tui.desk.case.case_file import Signer
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.emergency import drill
from dispatcher_tui.desk.emergency.emergency import holding
from dispatcher_tui.desk.watch.outlook import may_sign_in
from dispatcher_tui.desk.watch.watchkeeping import relieve, sign_in
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.record.case_line import CaseLine, Lane
from dispatcher_tui.present.case.board_head import head_line
from dispatcher_tui.present.case.intake_lines import waiting_call_line
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.line_texts import row, short_time
from dispatcher_tui.present.spans import Span, plain
from dispatcher_tui.tui.keys import ScreenKey
from dispatcher_tui.tui.routes import ToEmergency
from dispatcher_tui.tui.screens.base import DeskScreen
from dispatcher_tui.tui.screens.case.board import BoardScreen
from dispatcher_tui.tui.screens.system.drafting import DraftScreen
from dispatcher_tui.tui.screens.watch.veiled_board import draw_veiled
from dispatcher_tui.tui.widgets.big_number import BigNumber
from dispatcher_tui.tui.widgets.board_table import BoardTable
from dispatcher_tui.tui.widgets.figures import FiguresLine
from dispatcher_tui.tui.widgets.lines import Lines, MessageLine, SpanLines, TitleStrip
from dispatcher_tui.tui.widgets.picker import Picker, PickList
from dispatcher_tui.tui.widgets.pin import Signature
from dispatcher_tui.tui.widgets.question import AnswerKey, Question


def _opened(desk: Desk, name: str, pin: str) -> bool:
    """Whether the PIN opens the desk; False where it is right, but somebody else's watch is on."""
    try:
        sign_in(desk, name, pin)
    except Refusal as refusal:
        if refusal.code != "post_taken":
            raise
        return False
    return True


def _relieved(desk: Desk, name: str, pin: str) -> bool:
    relieve(desk, name, pin)
    return True


class LockScreen(DeskScreen):
    """It lies over every other screen; what was typed there waits. F9 goes through it.

    The holder's PIN opens it; somebody else's can take the watch over, if they say so.
    """

    AUTO_FOCUS = ""
    hints = ("new_case", "emergency")
    locks = True
    veiled = False

    DEFAULT_CSS = """
    LockScreen #sign { height: auto; padding: 0 0 0 1; }
    LockScreen > #heading { color: $desk-bar1; text-style: none; }
    LockScreen #clock { margin: 0 0 1 0; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._known: list[Signer] = []
        self._given: tuple[str, str] | None = None
        self._seen: list[CaseLine] | None = None

    def heading(self) -> str:
        """The site, the time, and whose watch it is."""
        return plain(self._head_line())

    def _head_line(self) -> list[Span]:
        desk, post, now = self.session.desk, self.session.post, self.session.now()
        zone = desk.rules.calendar.tz
        who = _("nobody on watch")
        if post.holder:
            since = short_time(post.since or now, now, zone)
            who = _("On watch {name}, since {time}").format(name=post.holder, time=since)
        return head_line(desk.site.site.name, now, zone, who, self.cells)

    def head(self) -> Lines:
        """The heading in its runs."""
        return SpanLines([self._head_line()], id="heading")

    def body(self) -> ComposeResult:
        """Figures, board, name and PIN."""
        yield FiguresLine()
        yield BoardTable(id="board", veiled=True)
        yield BigNumber(id="clock")
        yield TitleStrip(id="locked")
        yield Question(id="question")
        yield Vertical(id="sign")

    def back_hint(self) -> None:
        """There is no way back but by PIN."""

    async def on_mount(self) -> None:
        """The board as it stands; the holder's PIN is asked for."""
        self._show_board(self.session.now())
        self.say(self._first_words())
        found = await self.run_on_desk(may_sign_in, writes=False)
        if not self.is_attached:
            return  # it was unlocked, or left, before the names were read
        self._known = found or []
        holder = self.session.post.holder
        await self._begin(holder if holder in {each.name for each in self._known} else "")

    def told_before(self, at: float) -> None:
        """What waits for the PIN is told again once anything else was read."""
        super().told_before(at)
        line = self.query_one_optional("#message", MessageLine)
        if line is not None and not line.text:
            self.say(self._first_words())

    def _first_words(self) -> str:
        """That F9 goes through; before it what waits for the PIN, and a drill's PIN."""
        below, said = self.app.screen_stack[-2], _("An emergency needs no PIN: F9")
        if self.session.desk.scratch:
            said = _("DRILL: everybody's PIN is {pin}. F9 needs none.").format(pin=drill.PIN)
        if isinstance(below, DraftScreen):
            zone = self.session.desk.rules.calendar.tz
            waits = waiting_call_line(below.draft.opened_at.astimezone(zone))
            said = f"{waits}\n{said}"
        return said

    async def _begin(self, name: str = "") -> None:
        """Ask for a PIN; where nobody is named all names are in view."""
        self._given = None
        self.query_one(Question).withdraw()
        place = self.query_one("#sign")
        await place.remove_children()
        label = _("Unlock") if self.session.post.holder else _("Sign in")
        await place.mount(Signature(label, self._known, name=name, id="signature"))
        place.query_one(PickList).display = not name
        self._put_title()
        self._signature.focus_missing()

    def _put_title(self) -> None:
        """What is typed next: a PIN typed first would pick somebody by its first digit."""
        if self._signature.signer:
            words = _("PIN, then Enter; Esc: another name")
        elif self._signature.by_digit:
            words = _("first the digit before your name, then PIN, Enter")
        else:
            words = _("name and PIN, then Enter")
        title = _("Locked: {words}").format(words=words)
        self.query_one(TitleStrip).title(title, _("names and words are hidden"))

    @property
    def _signature(self) -> Signature:
        return self.query_one(Signature)

    def _lines(self, now: datetime) -> list[CaseLine]:
        """What has room; nothing can be scrolled here."""
        lines = self.shell.board.lane(Lane.ALL, now, self.shell.today())
        return list(lines[: self.app.size.height])

    def _show_board(self, now: datetime) -> None:
        lines = self._lines(now)
        if lines != self._seen:
            self._seen = lines
            self.query_one(BoardTable).set_rows([row(line, veiled=True) for line in lines])
        draw_veiled(self, self._head_line(), now)
        zone = self.session.desk.rules.calendar.tz
        self.query_one(BigNumber).show(f"{now.astimezone(zone):%H:%M}")

    def pass_time(self, now: datetime) -> None:
        """Countdowns, figures, and the order of the cases go on."""
        self._show_board(now)

    async def refresh_case(self, changed: set[str]) -> None:
        """A case changed: the board shows it."""
        self._show_board(self.session.now())

    def on_resize(self) -> None:
        """More or fewer lines are in view."""
        self._show_board(self.session.now())

    def on_picker_picked(self, event: Picker.Picked) -> None:
        """The name is there: the PIN comes next."""
        event.stop()
        self._put_title()
        self._signature.focus_missing()

    def own_keys(self) -> Sequence[ScreenKey]:
        """Digits belong to name and PIN; F10 unlocks."""
        return (
            ScreenKey("1-9", "", self._to_signature),
            ScreenKey("commit", "", self.commit),
        )

    def _to_signature(self, _number: int) -> None:
        self._focus()

    def _focus(self) -> None:
        question = self.query_one(Question)
        if question.asked:
            question.focus()
        elif self.query(Signature):
            self._signature.focus_missing()

    async def step_back(self) -> None:
        """Esc does not unlock: it begins with the name anew."""
        self.say(self._first_words())
        await self._begin()

    async def accept_field(self) -> None:
        """Enter after name and PIN unlocks."""
        await self.commit()

    async def commit(self) -> None:
        """The holder's PIN gives the desk back as it was left; another one asks a question."""
        if self.query_one(Question).asked or self._signature.signing is None:
            self._focus()
            return
        name, pin = self._signature.signer, self._signature.pin
        self._signature.forget()
        opened = await self.run_on_desk(lambda desk: _opened(desk, name, pin))
        if opened is None:
            if name in {signer.name for signer in self._known}:
                self._signature.focus_missing()
            else:
                await self._begin()
        elif opened:
            await self._open(name)
        else:
            self._offer_relief(name, pin)

    def _offer_relief(self, name: str, pin: str) -> None:
        """The PIN is right, but the watch is somebody else's: one more key takes it over."""
        self._given = (name, pin)
        holder = self.session.post.holder
        words = _("{holder} is on watch. Does {name} take it over?")
        self.query_one(Question).put(
            "relief",
            words.format(holder=holder, name=name),
            AnswerKey("yes", _("yes, take the watch over"), "1"),
            AnswerKey("no", _("no"), ""),
        )

    async def on_question_answered(self, event: Question.Answered) -> None:
        """Relief is taken over by the PIN that was just given, or the lock stays."""
        event.stop()
        given, self._given = self._given, None
        if event.value != "yes" or given is None:
            await self._begin(self.session.post.holder)
            return
        name, pin = given
        if await self.run_on_desk(lambda desk: _relieved(desk, name, pin)) is None:
            await self._begin(name)
            return
        await self._open(name)

    async def _open(self, name: str) -> None:
        """What waited comes up: the screen below; over the board an emergency that goes on (E-05);
        over all of them the call that came meanwhile."""
        await self.shell.take_news()
        below = self.app.screen_stack[-2]
        held = await self.run_on_desk(holding, writes=False)
        self.dismiss()
        if held and isinstance(below, BoardScreen):
            self.shell.go(ToEmergency(held[0].case_id))
        if self.session.call_waits is not None:
            await self.shell.carry_out("new_case")
        top = self.shell.screen
        if isinstance(top, DeskScreen):
            said = _("{name} is on watch.").format(name=name)
            if isinstance(top, DraftScreen):
                at = top.draft.opened_at.astimezone(self.session.desk.rules.calendar.tz)
                said += " " + _("This is the call of {time}.").format(time=f"{at:%H:%M:%S}")
            top.call_after_refresh(top.say, said)
