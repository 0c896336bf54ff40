"""交接班: the frozen sheet is read, the sound tested, three questions answered; both sign."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.operators import digits_short_of
from dispatcher_tui.desk.watch.hand_over import FrozenSheet, arrivals, draw_sheet, hand_over
from dispatcher_tui.desk.watch.outlook import may_sign_in
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.words.failure import Failure
from dispatcher_tui.present.i18n import _, labelled
from dispatcher_tui.present.line_texts import short_time
from dispatcher_tui.present.refusals import explain, explain_failure
from dispatcher_tui.present.signing import on_watch
from dispatcher_tui.present.spans import Span, sides
from dispatcher_tui.present.watch.sheet_lines import SheetSection, frame, sections, unread
from dispatcher_tui.tui.fallback_print import print_fallback
from dispatcher_tui.tui.keys import Hint, ScreenKey, key_line
from dispatcher_tui.tui.names import glossary
from dispatcher_tui.tui.only_read import only_read
from dispatcher_tui.tui.screens.system.autosave_form import AutosaveForm
from dispatcher_tui.tui.sheet_print import print_sheet
from dispatcher_tui.tui.widgets.hand_over_steps import (
    AGAIN,
    HEARD,
    NOT_HEARD,
    CheckStep,
    HandOverStep,
    SignStep,
    SoundStep,
    step_name,
)
from dispatcher_tui.tui.widgets.hint_bar import HintBar
from dispatcher_tui.tui.widgets.key_lines import PageLine
from dispatcher_tui.tui.widgets.lines import Lines, SpanLines
from dispatcher_tui.tui.widgets.notes import NoteArea
from dispatcher_tui.tui.widgets.pager import Page, Pager
from dispatcher_tui.tui.widgets.picker import Picker

T = TypeVar("T")

STALE = frozenset({"sheet_stale", "post_taken", "post_vacant"})
"""Refusals after which the sheet is no longer that of the watch held."""


class HandOverScreen(AutosaveForm):
    """One step at a time; Esc goes a step back. Until both have signed nothing is in the record."""

    AUTO_FOCUS = ""
    hints = ("commit", "new_case", "emergency", "help")

    DEFAULT_CSS = """
    HandOverScreen #frozen { height: 1; color: $desk-fg2; }
    HandOverScreen .step { height: 1fr; display: none; }
    HandOverScreen .why { padding: 0 0 1 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.step = HandOverStep.READ
        self.drawn: FrozenSheet | None = None
        self._arrived: tuple[str, ...] = ()
        self._entry: Entry | None = None
        self._short_of = 0

    def heading(self) -> str:
        """Which step of how many, and who hands over."""
        words = _("Hand over {n}/5   {name} hands over")
        if self._entry is not None:
            return f" {_('Handed over')}  {step_name(self.step)}"
        outgoing = self.drawn.sheet.outgoing if self.drawn else self.session.post.holder
        return " " + words.format(n=int(self.step), name=outgoing)

    def body(self) -> ComposeResult:
        """Every step, one of them in view."""
        yield PageLine(self._steps(), id="steps")
        yield SpanLines(id="frozen")
        with Vertical(id="step-read", classes="step"):
            yield Pager(id="sheet")
        yield SoundStep(lambda: self.shell.alarm.test(), key_line(self._sound_keys()))
        yield CheckStep()
        with Vertical(id="step-remarks", classes="step"):
            yield Lines(_("Remarks of the outgoing person, if any; Enter goes on."), classes="why")
            yield NoteArea(id="remarks")
        yield SignStep()
        with Vertical(id="step-print", classes="step"):
            yield Lines("", id="printed")

    def _steps(self) -> str:
        """Every step, the one that is worked at in brackets."""
        names = ((each, step_name(each)) for each in HandOverStep)
        return " ".join(f"[{name}]" if each is self.step else f" {name} " for each, name in names)

    def own_hints(self) -> list[Hint]:
        """How this step is worked."""
        keys = [Hint(key.name, key.label) for key in self.own_keys() if key.label]
        own = {
            HandOverStep.READ: [Hint("Space", _("on")), *keys],
            HandOverStep.QUESTIONS: keys,
            HandOverStep.REMARKS: [Hint("Enter", _("on"))],
        }
        return own.get(self.step, [])

    async def build(self) -> bool:
        """Draw the sheet."""
        await self._draw()
        return True

    def begin(self) -> None:
        """It is read first: no field has the focus."""

    async def _draw(self) -> None:
        """Freeze the sheet as it stands now; what was answered about another one is void."""
        drawn = await self._try(draw_sheet)
        if drawn is None:
            return
        self.drawn, self._arrived = drawn, ()
        known = await self.run_on_desk(may_sign_in, writes=False) or []
        await self.query_one(SignStep).put_up(known, drawn.sheet.outgoing)
        zone, names = self.session.desk.rules.calendar.tz, glossary(self.session.desk)
        self.query_one(CheckStep).take(drawn, zone, names)
        self._show_sheet()
        self.query_one(Pager).begin()
        self._go(HandOverStep.READ)

    @property
    def _sound(self) -> SoundStep:
        return self.query_one(SoundStep)

    def _parts(self) -> list[SheetSection]:
        assert self.drawn is not None
        zone, names = self.session.desk.rules.calendar.tz, glossary(self.session.desk)
        return sections(self.drawn.sheet, zone, self.cells - 1, names)

    def _show_sheet(self) -> None:
        if self.drawn is None:
            return
        zone = self.session.desk.rules.calendar.tz
        head = frame(self.drawn.sheet, zone, self.cells - 1)
        parts = [Page(part.title, part.lines) for part in self._parts()]
        self.query_one(Pager).show(head, parts)
        self._show_frozen()

    def _show_frozen(self) -> None:
        """When the sheet was frozen, and what arrived since."""
        if self.drawn is None:
            return
        zone, now = self.session.desk.rules.calendar.tz, self.session.now()
        numbers = _(", ").join(self._arrived) or _("nothing")
        words = _("as of {time} - arrived since: {numbers}")
        time = short_time(self.drawn.sheet.at, now, zone)
        left, right = [Span(" " + words.format(time=time, numbers=numbers))], list[Span]()
        if self.step is HandOverStep.READ:
            pager = self.query_one(Pager)
            first, last, all_ = pager.place
            left.append(Span(f"   {first}-{last}/{all_}"))
            if pager.unseen:
                right = [Span(unread(pager.unseen) + " ", "fg0")]
        self.query_one("#frozen", SpanLines).put([sides(left, right, self.cells)])

    def _go(self, step: HandOverStep) -> None:
        """Put another step up; what the others hold stays."""
        self.step = step
        for each in HandOverStep:
            self.query_one(f"#step-{each.name.lower()}").display = each is step
        self.query_one("#heading", Lines).show(self.heading())
        self.query_one("#steps", PageLine).show(self._steps())
        self.query_one(HintBar).put(self.hint_keys())
        self.say("")
        self.set_focus(None)
        self._show_frozen()
        if step is HandOverStep.SOUND:
            self._sound.begin()
        elif step is HandOverStep.QUESTIONS:
            self.query_one(CheckStep).show()
        elif step is HandOverStep.REMARKS:
            self.query_one("#remarks").focus()
        elif step is HandOverStep.SIGN:
            self.query_one(SignStep).focus_missing()

    def own_keys(self) -> Sequence[ScreenKey]:
        """Those of the step; F12 is here already."""
        own: dict[HandOverStep, Sequence[ScreenKey]] = {
            HandOverStep.READ: (ScreenKey("1-9", _("parts"), self._turn_to),),
            HandOverStep.SOUND: self._sound_keys(),
            HandOverStep.QUESTIONS: (ScreenKey("1-4", _("the answer"), self._answer),),
            # A PIN may have missed its field.
            HandOverStep.SIGN: (ScreenKey("1-9", "", self._to_signature),),
        }
        here = own.get(self.step, ()) if self.drawn is not None else ()
        return (*here, ScreenKey("shift", "", self.go_on_handing_over), *super().own_keys())

    def _sound_keys(self) -> Sequence[ScreenKey]:
        return (
            ScreenKey("1", _("heard"), partial(self._heard, HEARD)),
            ScreenKey("2", _("NOT heard"), partial(self._heard, NOT_HEARD)),
            ScreenKey("3", _("sound it again"), partial(self._heard, AGAIN)),
        )

    def _turn_to(self, part: int) -> None:
        self.query_one(Pager).part(part)
        self._show_frozen()

    def _read(self) -> None:
        """On from the sheet; where a line was never in view, to that one instead."""
        pager = self.query_one(Pager)
        if not pager.to_unseen():
            self._go(HandOverStep.SOUND)
            return
        self._show_frozen()
        more = _("{lines}: Space turns the page.").format(lines=unread(pager.unseen))
        self.say(more if pager.unseen else _("That was the last of it: Enter goes on."))

    def _heard(self, number: int) -> None:
        if self._sound.digit(number):
            self._go(HandOverStep.QUESTIONS)

    def _answer(self, number: int) -> None:
        self.query_one(CheckStep).digit(number, self._parts())

    def _to_signature(self, _number: int) -> None:
        self.query_one(SignStep).focus_missing()

    async def on_key(self, event: events.Key) -> None:
        """Space and the arrows turn the pages; Space on the last page and Enter go on."""
        if self.focused is not None or self.drawn is None:
            return
        pager = self.query_one(Pager)
        if self.step is HandOverStep.QUESTIONS and event.key == "enter":
            await self.commit()
        elif self.step is not HandOverStep.READ:
            return
        elif event.key == "enter" or (event.key == "space" and pager.at_end):
            self._read()
        elif pager.turn(event.key):
            self.say("")
            self._show_frozen()
        else:
            return
        event.stop()
        event.prevent_default()

    def on_picker_picked(self, event: Picker.Picked) -> None:
        """The name is there: the PIN comes next."""
        event.stop()
        self.query_one(SignStep).focus_missing()

    async def accept_field(self) -> None:
        """Enter in a field goes on to what is missing; it never signs."""
        if self.step in (HandOverStep.SOUND, HandOverStep.REMARKS):
            await self.commit()
        elif self.query_one(SignStep).given is not None:
            self.say(_("F10 signs."))
        else:
            self.query_one(SignStep).focus_missing()

    async def commit(self) -> None:
        """F10: the next step, where this one is done; in the fifth both signatures are given."""
        if self.drawn is None:
            await self._draw()
        elif self.step is HandOverStep.READ:
            self._read()
        elif self.step is HandOverStep.SOUND:
            missing = self._sound.missing()
            if missing:
                self.say(missing)
            else:
                self._go(HandOverStep.QUESTIONS)
        elif self.step is HandOverStep.QUESTIONS:
            if self.query_one(CheckStep).done:
                self._go(HandOverStep.REMARKS)
            else:
                self.say(_("Answer by digit."))
        elif self.step is HandOverStep.REMARKS:
            self._go(HandOverStep.SIGN)
        elif self.step is HandOverStep.SIGN:
            await self._sign(self.drawn)
        else:
            await self._print()

    async def step_back(self) -> None:
        """Esc: out of a field of words first, then a step back, from the first one to the board."""
        if self.typing and self.step is not HandOverStep.PRINT:
            await super().step_back()
        elif self.step in (HandOverStep.READ, HandOverStep.PRINT):
            await self.go_back()
        else:
            self._go(HandOverStep(self.step - 1))

    async def go_on_handing_over(self) -> None:
        """F12 is here already."""
        self.say(_("Esc goes back, step by step; nothing is in the record before F10."))

    async def _try(self, question: Callable[[Desk], T]) -> T | None:
        """Ask the desk; why it refuses is shown in :meth:`_refused` and nowhere else."""
        if self.session.read_only:
            self.say(only_read(self.session))
            return None
        try:
            return await self.session.run_on_desk(question)
        except Refusal as refusal:
            await self._refused(refusal)
        except Failure as problem:
            self.say(explain_failure(problem))
        return None

    async def _refused(self, refusal: Refusal) -> None:
        """Say why not, where it can be mended; everything else stays as it was typed."""
        said, name = explain(refusal), refusal.detail.get("name", "")
        if refusal.code in STALE and self.drawn is not None:
            self.drawn = None
            await self._draw()
        elif refusal.code == "questions_open":
            self._go(HandOverStep.QUESTIONS)
        elif self.drawn is not None and name:
            self.query_one(SignStep).wrong(name)
        self.say(labelled(name, said) if refusal.code == "pin_wrong" else said)

    async def _sign(self, drawn: FrozenSheet) -> None:
        """Both signatures in one step; from then on the incoming person is on watch."""
        signatures, check = self.query_one(SignStep), self.query_one(CheckStep)
        if signatures.given is None:
            self.say(_("Name and PIN of both are needed."))
            signatures.focus_missing()
            return
        leaving, taking = signatures.given
        answers, heard, remarks = tuple(check.answers), self._sound.heard, self._remarks
        entry = await self._try(
            lambda desk: hand_over(desk, drawn, taking, leaving, answers, heard, remarks)
        )
        if entry is None:
            return
        self._short_of = digits_short_of(self.session.desk, taking.pin)
        signatures.forget()
        self._entry = entry
        await self.forget_draft()
        await self.shell.take_news()
        self._go(HandOverStep.PRINT)
        await self._print()

    async def _print(self) -> None:
        """Print the signed sheet; where that fails the hand-over stands, and it can be tried."""
        assert self._entry is not None
        now_on = on_watch(self.session.post.holder, self._short_of)
        place = self.query_one("#printed", Lines)
        place.show(now_on + " " + _("The sheet is being printed."))
        where = await print_sheet(self, self._entry)
        if not where:
            words = _("The hand-over stands. F10 prints again; Esc goes to the board.")
            place.show(f"{now_on} {words}")
            return
        said = f"{now_on} {_('The sheet was saved: {path}').format(path=where)}"
        place.show(said)
        await print_fallback(self, sparing=True)
        if self.is_current:
            self.leave(said)

    @property
    def _remarks(self) -> str:
        """The remarks, with what is wrong with the sound before them."""
        found = [self.query_one("#remarks", NoteArea).text.strip()]
        if self._sound.heard is False:
            words = _("Sound test NOT heard: {remark}")
            found.insert(0, words.format(remark=self._sound.remark.strip()))
        return "\n".join(filter(None, found))

    async def refresh_case(self, changed: set[str]) -> None:
        """A case was opened or moved: it is carried along."""
        drawn = self.drawn
        if drawn is None or self._entry is not None:
            return
        found = await self.run_on_desk(lambda desk: arrivals(desk, drawn), writes=False)
        if found is not None and self.is_attached:
            self._arrived = found
            self._show_frozen()

    def on_resize(self) -> None:
        """The sheet in the width there is; everything else stays."""
        self._show_sheet()

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [
            _("The sheet: Space and arrows turn pages, 1-9 go to a part, F10 goes on"),
            _("It goes on once every line was in view; Enter leads to the first unread one"),
            _("The incoming person answers three questions; both sign, each with their own PIN"),
            _("Esc: a step back; what arrives meanwhile is carried and stands on the sheet"),
        ]
