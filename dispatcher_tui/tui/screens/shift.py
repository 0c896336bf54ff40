"""F12: who is on watch, the shift plan, what falls in this watch; sign in, or lock the desk."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, tzinfo

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from dispatcher_tui.desk.case_file import Signer
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.operators import sign_in
from dispatcher_tui.desk.watch import Falling, falling_in_watch
from dispatcher_tui.domain.calendar import next_watch, watch_at
from dispatcher_tui.present.cells import fit
from dispatcher_tui.present.countdown import COUNTDOWN_CELLS, remaining
from dispatcher_tui.present.lines import short_time
from dispatcher_tui.present.words import _, pick
from dispatcher_tui.tui.screens.base import DeskScreen
from dispatcher_tui.tui.widgets.form import Picker, PickList
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.pick_lines import PickLines
from dispatcher_tui.tui.widgets.pin import Signature

SIGN_IN, LOCK = 1, 2


def signers(desk: Desk) -> list[Signer]:
    """Everybody who may sign in."""
    return [Signer(o.name, o.role) for o in desk.store.operators() if not o.disabled]


def signed_in(desk: Desk, name: str, pin: str) -> str:
    """Who has the watch now: the one whose PIN it is."""
    sign_in(desk, name, pin)
    return desk.actor


class ShiftScreen(DeskScreen):
    """1 signs in, 2 locks the desk; the list shows what is to be done before the watch ends."""

    hints = ("commit", "work_log", "records", "help")

    DEFAULT_CSS = """
    ShiftScreen #plan { height: auto; }
    ShiftScreen .title { height: 1; color: $text-muted; text-style: underline; }
    ShiftScreen #sign { height: auto; display: none; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._falling: list[Falling] = []
        self._known: list[Signer] = []

    def heading(self) -> str:
        """Who is on watch."""
        name = self.session.desk.actor
        return " " + _("Shift  on watch: {name}").format(name=name or _("nobody signed in"))

    def body(self) -> ComposeResult:
        """Plan, keys, sign-in, duties of the watch."""
        yield Lines("", id="plan", wrap=False)
        yield Lines(_("1 sign in   2 lock the desk"), id="keys")
        yield Vertical(id="sign")
        yield Lines("", id="falling_title", classes="title", wrap=False)
        yield PickLines(id="falling", empty=_("Nothing falls due before this watch ends."))

    async def on_mount(self) -> None:
        """Read who may sign in, and what falls in the watch."""
        await self._reload()

    async def _reload(self) -> None:
        found = await self.ask(lambda desk: (signers(desk), falling_in_watch(desk)), writes=False)
        if found is not None:
            self._known, self._falling = found
            self._draw(self.session.now())

    def tick(self, now: datetime) -> None:
        """Plan and countdowns."""
        if self.is_mounted and self.is_current:
            self._draw(now)

    def _draw(self, now: datetime) -> None:
        self.query_one("#heading", Lines).show(self.heading())
        self.query_one("#plan", Lines).show("\n".join(self._plan(now)))
        title = _("Falls in this watch: {n}   up, down choose, Enter opens the case")
        self.query_one("#falling_title", Lines).show(title.format(n=len(self._falling)))
        zone = self.session.desk.rules.calendar.tz
        falling = self.query_one("#falling", PickLines)
        falling.show([_falling_line(each, now, zone) for each in self._falling])
        self._choose()

    def _plan(self, now: datetime) -> Iterable[str]:
        """The watch on now and the two after it."""
        calendar = self.session.desk.rules.calendar
        watch = watch_at(calendar, now)
        for place in range(3):
            start = watch.start.astimezone(calendar.tz)
            end = watch.end.astimezone(calendar.tz)
            left = _("  ends in {left}").format(left=remaining(watch.end, now)) if not place else ""
            mark = ">" if not place else " "
            name = fit(pick(watch.shift.name), 8)
            yield f"{mark}{name} {start:%m-%d %H:%M} - {end:%m-%d %H:%M}{left}"
            watch = next_watch(calendar, watch)

    def _choose(self) -> None:
        cursor = self.query_one("#falling", PickLines).cursor
        self.case_id = self._falling[cursor].line.id if cursor >= 0 else ""
        self.duty_key = self._falling[cursor].duty.key if cursor >= 0 else ""

    def on_pick_lines_chosen(self, event: PickLines.Chosen) -> None:
        """The cursor came to another duty."""
        event.stop()
        self._choose()

    def on_pick_lines_taken(self, event: PickLines.Taken) -> None:
        """The chosen duty was clicked once more."""
        event.stop()
        self._open()

    async def on_key(self, event: events.Key) -> None:
        """The arrows choose a duty, Enter opens its case."""
        if self.focused is not None:
            return
        if event.key == "enter":
            self._open()
        elif not self.query_one("#falling", PickLines).move(event.key):
            return
        event.stop()
        event.prevent_default()

    def _open(self) -> None:
        if self.case_id:
            from dispatcher_tui.tui.screens.case import CaseScreen

            self.app.push_screen(CaseScreen(self.case_id))

    def digit(self, number: int) -> bool:
        """1 asks for name and PIN, 2 locks."""
        if number == SIGN_IN:
            self.run_worker(self._ask_pin(), exit_on_error=False, group="sign")
        elif number == LOCK:
            self._lock()
        return number in (SIGN_IN, LOCK)

    async def _ask_pin(self) -> None:
        """Put up the two fields."""
        place = self.query_one("#sign")
        await place.remove_children()
        await place.mount(Signature(_("Sign in"), self._known, id="signature"))
        place.display = True
        place.query_one(PickList).display = True
        place.query_one(Picker).focus()

    def on_picker_picked(self, event: Picker.Picked) -> None:
        """The name is there: the PIN comes next."""
        event.stop()
        self.query_one(Signature).focus_missing()

    def _lock(self) -> None:
        from dispatcher_tui.tui.screens.lock import LockScreen

        if not self._known:
            self.say(_("Nobody could unlock it: there is no operator with a PIN."))
            return
        app = self.desk_app
        self.dismiss()
        app.call_later(app.push_screen, LockScreen(self._known))

    async def accept_field(self) -> None:
        """Enter after name and PIN signs in."""
        signature = next(iter(self.query(Signature)), None)
        if signature is not None and signature.signing is not None:
            await self.act_commit()
        else:
            self.focus_next()

    async def act_commit(self) -> None:
        """F10: from now on entries carry the new name."""
        signature = next(iter(self.query(Signature)), None)
        if signature is None:
            self.say(_("1 sign in   2 lock the desk"))
            return
        if signature.signing is None:
            self.say(_("Name and PIN are needed."))
            signature.focus_missing()
            return
        name, pin = signature.signer, signature.pin
        signature.forget()
        if await self.ask(lambda desk: signed_in(desk, name, pin)) is None:
            signature.focus_missing()
            return
        self.query_one("#sign").display = False
        await signature.remove()
        self.set_focus(None)
        self.say(_("{name} is on watch.").format(name=name))
        await self._reload()

    async def refresh_case(self, changed: set[str]) -> None:
        """Something was done meanwhile."""
        await self._reload()

    def help_lines(self) -> list[str]:
        """The screen's own keys."""
        return [
            _("1: sign in with a PIN; 2: lock the desk, board and alarms stay"),
            _("up, down: choose a duty; Enter: open its case"),
        ]


def _falling_line(falling: Falling, now: datetime, zone: tzinfo) -> str:
    """What is left, by when, what is to be done, for which case."""
    line, duty = falling.line, falling.duty
    assert duty.due is not None
    mark = "!" if now > duty.due else " "
    parts = (
        fit(remaining(duty.due, now), COUNTDOWN_CELLS, "right") + mark,
        fit(short_time(duty.due, now, zone), 11),
        fit(duty.rule, 6),
        fit(pick(duty.label), 22),
        line.number,
        line.place,
        line.assignee,
    )
    return " ".join(parts)
