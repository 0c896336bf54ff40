"""What every screen of the desk shares: the keys, the question to the desk, the message line."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Input

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.words.covered import covered
from dispatcher_tui.domain.words.failure import Failure
from dispatcher_tui.domain.words.text import fold_key, is_hanzi
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.refusals import explain, explain_failure
from dispatcher_tui.tui.actions import LETTERS
from dispatcher_tui.tui.hand import Handed
from dispatcher_tui.tui.keys import help_rows
from dispatcher_tui.tui.only_read import only_read
from dispatcher_tui.tui.textual_parts import forget_drawn_lines
from dispatcher_tui.tui.widgets.form import Choice, Cut, NoName, Touched
from dispatcher_tui.tui.widgets.ground import DownScroll
from dispatcher_tui.tui.widgets.hint_bar import HintBar
from dispatcher_tui.tui.widgets.lines import ArrivedLine, Lines, Manner, Mark, MessageLine, Shout
from dispatcher_tui.tui.widgets.pin import Bounced, enter_on
from dispatcher_tui.tui.widgets.question import Question
from dispatcher_tui.tui.widgets.row import rules_asked

if TYPE_CHECKING:
    from dispatcher_tui.desk.case.intake import Intake
    from dispatcher_tui.tui.routes import ScreenRoute
    from dispatcher_tui.tui.shell import Shell

T = TypeVar("T")

STRAYING = 3.0
"""Seconds: a digit that comes sooner after a letter typed where no text is taken belongs to it."""

COPYING = frozenset({"copy", "copy_case"})
"""What a letter does also where digits answer: it writes nothing."""


class DeskScreen(Handed):
    """A screen of the desk.

    A subclass yields its widgets from ``body``, names itself in ``heading``, lists its hint keys in
    ``hints``, and declares in ``own_keys`` its own ones and the actions that it answers itself. A
    class that its look goes by is set in ``body``: set later, it has every widget styled once more.
    """

    locks: ClassVar[bool] = False
    """Whether it stands there until somebody signs in."""
    veiled: ClassVar[bool] = True
    """Whether the privacy screen may cover it: no screen of an emergency, none without names."""
    ends_with_case: ClassVar[bool] = False
    """Whether it goes away with the emergency it is about."""
    BLANK = True
    route: ScreenRoute | None = None
    """What it was opened by."""
    case_id: str = ""
    """The case this screen is about; it acts on none where this is empty."""
    passing: ClassVar[bool] = False
    """Whether it only stands over another screen, and is about what that one is about."""
    duty_key: str = ""
    """The duty chosen on this screen; the nearest one where this is empty."""
    menu: tuple[str, ...] = ()
    """The actions of this screen's own menu, by digits; the whole menu where it has none."""
    once: str = ""
    """Digits that count once pressed twice at once: the second would be about whoever is next."""
    pressed_at: float = 0.0
    """When the digit that is being handled was pressed, by the clock of keys, in seconds."""
    left_by_esc: bool = False
    """Whether the last field was left by Esc."""
    _was_covered: bool = False
    fault: str = ""
    """What was last said to be wrong in the form; it goes once something of it is changed."""
    _strayed: Widget | None = None
    """The field without text in which something was typed all the same."""
    _strayed_until = 0.0
    """Until when a digit belongs to that text, by the clock of keys, in seconds."""

    DEFAULT_CSS = """
    DeskScreen { layout: vertical; }
    DeskScreen > #heading { height: 1; background: $desk-bar; color: $desk-bar0; text-style: bold; }
    DeskScreen > #body { height: 1fr; }
    DeskScreen > #message {
        height: auto; min-height: 1; max-height: 3;
        background: $desk-bg0;
    }
    """

    @property
    def cells(self) -> int:
        """How wide its lines are: the terminal, less the mark of a drill."""
        return self.app.size.width - (Mark.CELLS if self.shell.mark else 0)

    def compose(self) -> ComposeResult:
        """Heading, the screen's own body, message line, hint bar."""
        if self.shell.mark:
            yield Mark(self.shell.mark)
        if self.shell.way_out is not None:
            yield Shout(self.shell.way_out.text)
        yield ArrivedLine(self.shell.alarm.arrived)
        yield self.head()
        with DownScroll(id="body", can_focus=False):
            yield from self.body()
        yield MessageLine("", id="message")
        yield HintBar(self.hint_keys())

    @on(events.Mount)
    def remember_case(self) -> None:
        """Remember the case this screen is about, for the board to go to."""
        if self.case_id:
            self.shell.worked_on = self.case_id
            self.shell.alarm.seen(self.case_id)

    @on(events.Unmount)
    def forget_drawing(self) -> None:
        """Nothing of a screen that was left stays in memory."""
        forget_drawn_lines()
        self.shell.garbage.screen_left()

    @on(events.ScreenResume)
    async def uncovered(self, event: events.ScreenResume) -> None:
        """The screen above went away: time has not stood still under it."""
        if not self._was_covered:
            # It has just been opened, and every widget was given its styles as it was mounted.
            event.refresh_styles = False
        elif self.is_mounted:
            self._was_covered = False
            self.pass_time(self.session.now())
            await self.come_back()

    @on(events.ScreenSuspend)
    def stand_covered(self) -> None:
        """Another screen came up: nothing is drawn here until it is gone, and what was said here
        is old then."""
        self._was_covered = True
        line = self.query_one_optional("#message", Lines)
        if line is not None:
            line.show("")

    def called(self, name: str) -> str:
        """The name of a class or a kind of emergency by its id; any other words are themselves."""
        site = self.session.desk.site
        names = {category.id: category.name for category in site.categories}
        names |= {card.id: card.title for card in site.cards}
        return localized(names[name]) if name in names else name

    def heading(self) -> str:
        """The one line that says which screen this is."""
        return ""

    def head(self) -> Lines:
        """The widget of that line."""
        return Lines(self.heading(), id="heading", wrap=False)

    def body(self) -> ComposeResult:
        """The screen's own widgets."""
        yield from ()

    @property
    def place_here(self) -> str:
        """The place that what is open here is about: F9 carries it along. Empty for a list."""
        return ""

    @property
    def told_here(self) -> Intake | None:
        """The form of a call that is open here: F9 takes its caller along."""
        return None

    def no_case(self) -> str:
        """Why a key that is about a case does nothing here."""
        return _("Choose a case on the board first.")

    def help_lines(self) -> list[str]:
        """What its help says: its own keys, what else there is to know, the rules of its fields."""
        keys = help_rows(self.own_keys(), self.cells - 2)
        return [*keys, *self.told_besides()]

    def told_besides(self) -> list[str]:
        """What its help says besides its keys: what else there is to know, its fields' rules."""
        return [*self.more_help(), *rules_asked(self)]

    def more_help(self) -> list[str]:
        """What else its help says, one line each: the arrows, Enter, what marks mean."""
        return []

    def say_fault(self, text: str) -> None:
        """Say what is refused or wrong in the form, until something of it is changed."""
        self.say(text, Manner.REFUSED)
        self.fault = self.query_one("#message", Lines).text

    def on_touched(self, event: Touched) -> None:
        """What was wrong may be mended: the old complaint goes."""
        event.stop()
        line = self.query_one_optional("#message", Lines)
        if line is not None and self.fault and line.text == self.fault:
            line.show("")
        self.fault = ""

    def on_no_name(self, event: NoName) -> None:
        """A digit that missed its field is nobody's name."""
        event.stop()
        typed = event.typed.strip()
        name = covered(typed) if self.shell.locked else typed
        self.say_fault(self.refused(Refusal("figure_no_name", name=name)))

    def on_bounced(self, event: Bounced) -> None:
        """The digit that brought a signature up is no part of it."""
        event.stop()
        self.say(_("{key} was still held down: no part of the PIN.").format(key=event.key))

    def on_question_unanswered(self, event: Question.Unanswered) -> None:
        """A key that answers nothing where a digit has to, or one too soon for an answer."""
        event.stop()
        if event.soon:
            self.shell.presses.once_more()
            self.say(_("NOT answered: pressed too soon. Once more in a moment."))
        else:
            self.say(_("That answers nothing: {keys}").format(keys=event.keys))

    def shout(self, text: str) -> None:
        """Show in a drill what came in at the real desk; an empty text takes it away."""
        for line in self.query(Shout):
            if not isinstance(line, ArrivedLine):
                line.show(text)

    def warn(self, text: str) -> None:
        """Show over whatever is up what came in from outside; an empty text takes it away."""
        line = self.query_one_optional(ArrivedLine)
        if line is not None:
            line.show(text)

    async def run_on_desk(self, question: Callable[[Desk], T], *, writes: bool = True) -> T | None:
        """Put a question to the desk; a refusal or failure is said, and None comes back.

        Nothing typed is lost by it: the form stays as it is.
        """
        if writes and self.session.read_only:
            self.say(only_read(self.session), Manner.REFUSED)
            return None
        try:
            return await self.session.run_on_desk(question)
        except Refusal as refusal:
            self.say_fault(self.refused(refusal))
        except Failure as problem:
            self.say(explain_failure(problem), Manner.REFUSED)
        return None

    def refused(self, refusal: Refusal) -> str:
        """The desk's refusal in words."""
        return explain(refusal)

    def _astray(self, event: events.Key) -> bool:
        """Whether a key is text typed where none is taken: it does nothing, and that is said.

        The digits of such a text are no commands either, the menu's 0 among them; those that come
        after a pause are.
        """
        field = self.focused
        if not event.is_printable or (field is None and self.letters_act):
            return False
        if not fold_key(event.character or "").isdigit():
            if self.letters_act:
                return False
            self._strayed = field
        elif field is None or self._strayed is not field or event.time >= self._strayed_until:
            return False
        self._strayed_until = event.time + STRAYING
        words = _("No text is taken here: what was typed did nothing. Digits count again in {n} s.")
        self.say(words.format(n=round(STRAYING)))
        return True

    def counts_again(self, at: float) -> float:
        """In how many seconds a digit that was pressed twice counts again, as of a moment of the
        clock of keys."""
        return self.shell.presses.wait(at)

    def _twice(self, event: events.Key) -> bool:
        """Whether a digit was pressed twice where it counts once, was for a question that had just
        been closed, or is a figure of a place that is typed where none is taken; that is said."""
        key, presses = fold_key(event.character or ""), self.shell.presses
        if key and self.once and not self.typing and presses.of_place(event):
            self.say(_("No place is taken here: {key} counts for nothing.").format(key=key))
            return True
        if not key or key not in self.once + getattr(self.focused, "answered_by", ""):
            return False
        if twice := presses.twice(event):
            words = _("{key} pressed twice: counted once. In {n} s it counts again.")
            self.say(words.format(key=key, n=max(1, math.ceil(self.counts_again(event.time)))))
        elif twice := presses.too_late(event):
            words = _("{key} was for the question just closed: not counted. Again in a moment.")
            self.say(words.format(key=key))
        return twice

    def typed_word(self, character: str) -> bool:
        """A Chinese character typed outside of text; True where the screen made use of it."""
        return False

    async def on_key(self, event: events.Key) -> None:
        """Letters, digits and Esc where no text is being typed."""
        if event.key == "escape":
            event.stop()
            await self.step_back()
            return
        if event.key == "enter" and isinstance(self.focused, Input | Choice):
            event.stop()
            await self.accept_field()
            return
        self.pressed_at = event.time
        if self._twice(event):
            event.stop()
            return
        if self.typing:
            return
        if event.key == "ctrl+z":
            event.stop()
            await self.shell.perform("undo")
            return
        if not event.character:
            return
        key = fold_key(event.character)
        copies = LETTERS.get(key, "") in COPYING
        if not copies and self._astray(event):
            event.stop()
        elif key == "0":
            event.stop()
            self.shell.open_menu()
        elif key.isascii() and key.isalnum() and not copies and self.press(key):
            event.stop()
        elif key in LETTERS:
            event.stop()
            await self.shell.perform(LETTERS[key])
        elif is_hanzi(key) and self.typed_word(key):
            event.stop()

    async def accept_field(self) -> None:
        """Enter in a field: on to the next one."""
        enter_on(self)

    async def step_back(self) -> None:
        """Esc: leave the field first, keeping its text; then the screen."""
        self._strayed = None
        if self.typing:
            self.set_focus(None)
            self.left_by_esc = True
            self.say(_("Esc goes back, 0 opens the menu. What you typed is kept."))
            return
        await self.go_back()

    def tick(self, now: datetime) -> None:
        """One heartbeat, from memory only: the screen on top shows that time has passed."""
        if self.is_mounted and self.is_current:
            self.pass_time(now)

    async def come_back(self) -> None:
        """The screen above went away: what may have changed under it is read again.

        Not called when the screen is opened; it reads by itself then, once.
        """

    def pass_time(self, now: datetime) -> None:
        """Draw the clock and the countdowns of this screen as of now; a screen may have none."""

    async def refresh_case(self, changed: set[str]) -> None:
        """The cases with these ids have changed."""

    async def save_draft(self) -> None:
        """Keep what is typed on disk; a screen without a form has nothing to keep."""

    async def go_back(self) -> None:
        """Leave the screen; a form that keeps a draft saves it first."""
        self.dismiss()

    def on_cut(self, event: Cut) -> None:
        """Say that a field is full; what fits was kept."""
        event.stop()
        self.say(_("Too long: the first {n} characters were kept.").format(n=event.limit))

    def first_field(self) -> Widget | None:
        """Where the focus begins."""
        return next((w for w in self.focus_chain), None)


def desk_screens(shell: Shell) -> list[DeskScreen]:
    """Every open screen of the desk, the board first."""
    return [screen for screen in shell.screen_stack if isinstance(screen, DeskScreen)]
