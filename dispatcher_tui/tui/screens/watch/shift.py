"""F12: who is on watch, what falls due; sign in, hand over, relieve, lock the desk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from dispatcher_tui.desk.case.case_file import Signer
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.emergency.emergency import refuse_while_held
from dispatcher_tui.desk.operators import digits_short_of
from dispatcher_tui.desk.watch.night_people import night_people
from dispatcher_tui.desk.watch.outlook import Ahead, NextWatch, may_sign_in, next_watch, this_watch
from dispatcher_tui.desk.watch.watchkeeping import lock, sign_in
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.watch.on_duty import Tonight
from dispatcher_tui.domain.watch.post import early_by
from dispatcher_tui.present.cells import fit
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.signing import on_watch
from dispatcher_tui.present.watch.people_lines import night_summary, silent_line
from dispatcher_tui.present.watch.post_lines import (
    coming_line,
    early_words,
    hand_over_line,
    holder_line,
    owed_lines,
)
from dispatcher_tui.tui.keys import ScreenKey, key_line
from dispatcher_tui.tui.routes import ToCase, ToHandOver, ToLock, ToRelieve, ToTonight
from dispatcher_tui.tui.screens.watch.falling import falling_row, falling_title
from dispatcher_tui.tui.screens.watch.sound_testing import HEARD, SoundTesting
from dispatcher_tui.tui.sheet_print import print_sheet
from dispatcher_tui.tui.widgets.key_lines import KeyLines
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.pick_lines import PickLines
from dispatcher_tui.tui.widgets.pick_rows import PickRow, PickRows
from dispatcher_tui.tui.widgets.picker import Picker, PickList
from dispatcher_tui.tui.widgets.pin import Signature
from dispatcher_tui.tui.widgets.question import AnswerKey, Question

LOW = 20
"""Rows of a terminal below which only the head of the plan has room."""


def _signed_in(desk: Desk, name: str, pin: str) -> str:
    """Who has the watch now: the one whose PIN it is."""
    sign_in(desk, name, pin)
    return desk.actor


def _locked(desk: Desk) -> bool:
    lock(desk)
    return True


def _last_hand_over(desk: Desk) -> tuple[Entry | None]:
    return (desk.store.last_of("handed_over"),)


class ShiftScreen(SoundTesting):
    """The watch by digits; the list shows what is to be done before it ends, or in the next."""

    AUTO_FOCUS = ""
    hints: tuple[str, ...] = ("work_log", "records", "help")

    DEFAULT_CSS = """
    ShiftScreen #plan { height: auto; }
    ShiftScreen #keys { padding: 1 0; }
    ShiftScreen.low #keys { padding: 0; }
    ShiftScreen #falling { min-height: 1; }
    ShiftScreen .title {
        height: 1; background: $desk-bg2; color: $desk-fg0; text-style: $desk-strip-form;
    }
    ShiftScreen #sign { height: auto; display: none; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._ahead: Sequence[Ahead] = ()
        self._next: NextWatch | None = None
        self._forecast = False
        self._known: list[Signer] = []
        self._people: Sequence[Tonight] = ()
        self._silent: Sequence[str] = ()

    def heading(self) -> str:
        """Who is on watch."""
        name = self.session.post.holder
        if not name:
            return " " + _("Shift  nobody is on watch")
        return " " + _("Shift  on watch: {name}").format(name=name)

    def body(self) -> ComposeResult:
        """The watch, the keys, sign-in and sound test, the duties."""
        yield Lines("", id="plan")
        self.set_class(self._low, "low")
        yield KeyLines(self._keys(), id="keys")
        yield Vertical(id="sign")
        yield Question(id="question")
        yield Lines("", id="falling_title", classes="title", wrap=False)
        yield PickRows(id="falling", empty=_("Nothing falls due here."))

    async def on_mount(self) -> None:
        """Read who may sign in, and what falls in the watch."""
        await self._reload()

    async def come_back(self) -> None:
        """Back from another screen: the watch may be somebody else's."""
        if self._next is not None:
            await self._reload()

    async def _reload(self) -> None:
        found = await self.run_on_desk(
            lambda desk: (may_sign_in(desk), this_watch(desk), night_people(desk)), writes=False
        )
        if found is None:
            return
        self._known, self._ahead, night = found
        self._people = night.standing
        self._silent = [e.person.name for e in night.standing if e.person.id in night.silent]
        self._draw(self.session.now())
        coming = await self.run_on_desk(next_watch, writes=False)
        if coming is not None and self.is_attached:
            self._next = coming
            self._draw(self.session.now())

    def pass_time(self, now: datetime) -> None:
        """Plan and countdowns; of those only the ones in view."""
        self._draw_head(now)
        self.query_one("#falling", PickRows).renew(self._row)

    def _row(self, index: int) -> PickRow:
        now, zone = self.session.now(), self.session.desk.rules.calendar.tz
        return falling_row(self._shown[index], now, zone)

    @property
    def _low(self) -> bool:
        """Whether rows are few: what is to be done is worth more of them than the plan."""
        return self.app.size.height < LOW

    def on_resize(self) -> None:
        """In another size other lines have room."""
        self.set_class(self._low, "low")
        self._draw(self.session.now())

    def _keys(self) -> str:
        """The keys that do something now."""
        return key_line(key for key in self.own_keys() if not key.off)

    def _draw(self, now: datetime) -> None:
        """All of it anew."""
        self._draw_head(now)
        self.query_one("#falling", PickRows).put([self._row(n) for n in range(len(self._shown))])
        self._choose()

    def _draw_head(self, now: datetime) -> None:
        """What stands above the list."""
        self.query_one("#heading", Lines).show(self.heading())
        plan = self._plan(now)
        if self._low:
            plan = [fit(line, self.cells - 1) for line in plan[:3]]
        self.query_one("#plan", Lines).show("\n".join(plan))
        self.query_one("#keys", KeyLines).show(self._keys())
        coming, zone = self._next if self._forecast else None, self.session.desk.rules.calendar.tz
        title = falling_title(self._shown, coming, zone)
        self.query_one("#falling_title", Lines).show(title)

    def _plan(self, now: datetime) -> list[str]:
        """The watch on now, the ones to come, the last hand-over, what is owed."""
        post, calendar = self.session.post, self.session.desk.rules.calendar
        owed = self._next.signatures if self._next else ()
        return [
            holder_line(post, calendar, now),
            coming_line(post, calendar, now),
            hand_over_line(post, now, calendar.tz),
            fit(night_summary(self._people), self.cells - 1),
            *(fit(line, self.cells - 1) for line in owed_lines(post, owed, now, calendar.tz)),
        ]

    @property
    def _shown(self) -> Sequence[Ahead]:
        if not self._forecast:
            return self._ahead
        return self._next.ahead if self._next else ()

    def _choose(self) -> None:
        cursor = self.query_one("#falling", PickLines).cursor
        chosen = self._shown[cursor] if 0 <= cursor < len(self._shown) else None
        self.case_id = chosen.case_id if chosen else ""
        self.duty_key = chosen.duty_key if chosen else ""

    def on_pick_lines_chosen(self, event: PickLines.Chosen) -> None:
        """The cursor came to another duty."""
        event.stop()
        self._choose()

    def on_pick_lines_taken(self, event: PickLines.Taken) -> None:
        """The chosen duty was clicked once more."""
        event.stop()
        self._open()

    async def on_key(self, event: events.Key) -> None:
        """The arrows choose a duty, Enter opens its case, Tab turns to the next watch and back."""
        if self.focused is not None:
            return
        if event.key == "enter":
            self._open()
        elif event.key == "tab":
            self._turn()
        elif not self.query_one("#falling", PickLines).move(event.key):
            return
        event.stop()
        event.prevent_default()

    def _open(self) -> None:
        if self.case_id:
            self.shell.go(ToCase(self.case_id))

    def _turn(self) -> None:
        """This watch or the next one."""
        self._forecast = not self._forecast
        self.query_one("#falling", PickRows).put((), 0)
        self._draw(self.session.now())

    def press(self, pressed: str) -> bool:
        """While something is asked no digit does anything but answer it."""
        question = self.query_one(Question)
        if pressed.isdigit() and question.asked:
            question.focus()
            return True
        return super().press(pressed)

    def own_keys(self) -> Sequence[ScreenKey]:
        """What can be done with the watch, then with the sound, the last sheet, the next watch."""
        name = self.session.post.holder
        vacant = "" if name else _("Nobody is on watch: 1 signs in.")
        held = _("{name} is on watch: 2 hands over, 3 relieves.").format(name=name) if name else ""
        signs_in = _("sign in with a PIN while nobody is on watch")
        hands_over = _("hand over with a signed sheet")
        relieves = _("relieve in the middle of a watch")
        locks = _("lock the desk, board and alarms stay")
        silences = _("silence ordinary alarms")
        prints = _("print the last hand-over again")
        people = _("who is on duty: swap, ill, came in, stand-in")
        turns = _("what falls in the next watch, and back (Tab too)")
        return (
            ScreenKey("1", _("sign in"), self._sign_in, signs_in, held),
            ScreenKey("2", _("hand over"), self._hand_over, hands_over, vacant),
            ScreenKey("3", _("relieve"), self._relieve, relieves, vacant),
            ScreenKey("4", _("lock the desk"), self._lock, locks, vacant),
            ScreenKey("5", _("sound test"), self.test_sound),
            ScreenKey("6", _("silence 10 min"), self.shell.alarm.silence, silences),
            ScreenKey("7", _("print the last sheet"), self._print, prints),
            ScreenKey("8", _("tonight's people"), partial(self.shell.go, ToTonight()), people),
            ScreenKey("9", _("the next watch"), self._turn, turns),
            ScreenKey("commit", "", self.commit),
        )

    async def _sign_in(self) -> None:
        """Put up name and PIN, while the watch is vacant."""
        if not self._known:
            self.say(_("There is no operator with a PIN yet: operator add."))
            return
        place = self.query_one("#sign")
        await place.remove_children()
        await place.mount(Signature(_("Sign in"), self._known, id="signature"))
        place.display = True
        self._hint_commit(True)
        place.query_one(PickList).display = len(self._known) > 1
        place.query_one(Signature).focus_missing()

    def _hint_commit(self, signing: bool) -> None:
        """F10 does something here only while somebody signs in."""
        self.hints = ("commit", *ShiftScreen.hints) if signing else ShiftScreen.hints
        self.show_hints()

    def on_picker_picked(self, event: Picker.Picked) -> None:
        """The name is there: the PIN comes next."""
        event.stop()
        self.query_one(Signature).focus_missing()

    async def _hand_over(self) -> None:
        if not await self.run_on_desk(refuse_while_held, writes=False):
            return
        if (left := early_by(self.session.post, self.session.now())) is None:
            self.shell.replace(ToHandOver())
            return
        self.query_one(Question).put(
            "early",
            early_words(left),
            AnswerKey("yes", _("hand over"), "1"),
            AnswerKey("no", _("no"), ""),
        )

    async def _relieve(self) -> None:
        self.shell.go(ToRelieve())

    async def _lock(self) -> None:
        """Lock: the entry first, then the screen over everything."""
        if not self._known:
            self.say(_("Nobody could unlock it: there is no operator with a PIN."))
            return
        if await self.run_on_desk(_locked) is None:
            return
        await self.shell.take_news()
        shell = self.shell
        self.dismiss()
        self.app.call_later(shell.go, ToLock())

    async def on_question_answered(self, event: Question.Answered) -> None:
        """The watch is handed over all the same; or what came of the sound test is written down."""
        event.stop()
        self.set_focus(None)
        if event.name == HEARD:
            await self.sound_was(event.value)
            self._draw(self.session.now())
        elif event.value == "yes":
            self.shell.replace(ToHandOver())
        else:
            self.say(_("The watch goes on."))

    async def _print(self) -> None:
        """The last signed sheet once more."""
        found = await self.run_on_desk(_last_hand_over, writes=False)
        if found is None:
            return
        if found[0] is None:
            self.say(_("There has been no hand-over yet."))
            return
        await print_sheet(self, found[0])

    async def step_back(self) -> None:
        """Esc withdraws the question, then leaves the field, then the screen."""
        question = self.query_one(Question)
        if question.asked:
            question.withdraw()
            self.set_focus(None)
            return
        await super().step_back()

    async def accept_field(self) -> None:
        """Enter after name and PIN signs in."""
        signature = next(iter(self.query(Signature)), None)
        if signature is not None and signature.signing is not None:
            await self.commit()
        elif signature is not None:
            signature.focus_missing()

    async def commit(self) -> None:
        """F10: from now on entries carry the new name."""
        signature = next(iter(self.query(Signature)), None)
        if signature is None:
            self.say(_("Choose by digit: 1 sign in, 2 hand over, 3 relieve, 4 lock the desk."))
            return
        if signature.signing is None:
            self.say(_("Name and PIN are needed."))
            signature.focus_missing()
            return
        name, pin = signature.signer, signature.pin
        signature.forget()
        if await self.run_on_desk(lambda desk: _signed_in(desk, name, pin)) is None:
            signature.focus_missing()
            return
        self.query_one("#sign").display = False
        await signature.remove()
        self._hint_commit(False)
        self.set_focus(None)
        await self.shell.take_news()
        await self._reload()
        told = on_watch(name, digits_short_of(self.session.desk, pin))
        self.say("\n".join(filter(None, (told, silent_line(self._silent)))))

    async def refresh_case(self, changed: set[str]) -> None:
        """Something was done meanwhile."""
        found = await self.run_on_desk(this_watch, writes=False)
        if found is not None and self.is_attached:
            self._ahead = found
            self._draw(self.session.now())

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [
            _("up, down: choose a duty; Enter: open its case"),
        ]
