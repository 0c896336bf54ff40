"""F9, 紧急: the case at once, a digit names the kind; whether it is one, or flares up again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from dispatcher_tui.desk.case.homes import half_typed
from dispatcher_tui.desk.case.intake import Intake
from dispatcher_tui.desk.emergency.emergency import (
    Holding,
    Kind,
    holding,
    kinds,
    open_emergency,
    same_again,
)
from dispatcher_tui.domain.emergency.post_held import opened_by_f9
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record.case_line import CaseLine, Lane
from dispatcher_tui.domain.words.place import needs_asking
from dispatcher_tui.domain.words.text import fold_key
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.tui.keys import Hint, ScreenKey
from dispatcher_tui.tui.routes import ToEmergency, ToEmergencyReading
from dispatcher_tui.tui.screens.emergency.emergency_reason import EmergencyReason
from dispatcher_tui.tui.screens.emergency.f9_questions import (
    MISTAKE,
    OF_F9,
    ask_again,
    ask_mistake,
)
from dispatcher_tui.tui.screens.emergency.just_started import JustStarted
from dispatcher_tui.tui.screens.emergency.kind_rows import KindRow, kind_rows, kinds_title, row_of
from dispatcher_tui.tui.screens.emergency.leaving import leave_ended
from dispatcher_tui.tui.screens.emergency.other_rows import for_enter, going_on_line
from dispatcher_tui.tui.screens.emergency.same_kind import SAME, ask_same
from dispatcher_tui.tui.widgets.hint_bar import HintBar
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.other_emergencies import LOW
from dispatcher_tui.tui.widgets.pick_lines import PickLines
from dispatcher_tui.tui.widgets.question import Question


class EmergencyScreen(EmergencyReason):
    """First the kinds by their keys, and other emergencies to go on with; then the work on it.

    Where no other emergency is open the case exists before the screen is drawn. ``place`` is that
    of the form it was opened over, ``told`` that form, whose caller and words it takes along;
    ``case_id`` an emergency to go on with at once; ``beside`` the one it was opened over: F9 leads
    from it to another; ``since`` is when F9 was pressed, the screen's opening if not given.
    """

    DEFAULT_CSS = """
    EmergencyScreen #kinds_part { height: 1fr; }
    EmergencyScreen #kinds_title {
        height: auto; background: $desk-bg2; color: $desk-fg0; text-style: $desk-strip-form;
    }
    EmergencyScreen #calls { display: none; }
    """

    def __init__(
        self,
        case_id: str = "",
        *,
        place: str = "",
        beside: str = "",
        since: datetime | None = None,
        told: Intake | None = None,
        started: bool = False,
    ) -> None:
        super().__init__(case_id)
        self._place = "" if needs_asking(place) else place
        self._told = told
        self._started = JustStarted(started=started)
        self._under = beside
        self._more = False
        self._rows: list[KindRow] = []
        self._since = since
        self._others: list[CaseLine] = []
        self._held: dict[str, Holding] = {}
        self._unseen: tuple[str, ...] = ()
        self._same = ("", "")
        """The kind that was named, and the emergency of that kind that runs already."""

    @property
    def _kinds(self) -> tuple[Kind, ...]:
        return kinds(self.session.desk)

    def body(self) -> ComposeResult:
        """The kinds, the work, the reason of a mistake or of a flare-up."""
        with Vertical(id="kinds_part"):
            yield Lines("", id="kinds_title")
            yield PickLines(id="kinds")
        yield from self.work()
        yield from self.reason()

    async def on_mount(self) -> None:
        """Go on with the one asked for; else open the case at once, unless another one is open."""
        self._since = self._since or self.session.now()
        self.on_resize()
        if self.case_id:
            await self._take(self.case_id)
            return
        await self._find_others()
        if place := self._place:
            half = await self.run_on_desk(lambda desk: half_typed(desk, place), writes=False)
            self._place = "" if half else place  # nobody sends an engine to half a place
        if not self._others and not self._under:
            await self._open()
        self._show_kinds()

    async def _find_others(self) -> None:
        """The other emergencies for Enter: the oldest that nobody has seen stands first, then
        one that still runs, before what is over."""
        board = self.shell.board
        now, today = self.session.now(), self.shell.today()
        lane = board.lane(Lane.EMERGENCY, now, today)
        lines = [x for x in lane if not x.stage.handled and x.id != self.case_id]
        current = self.shell.current_case(self)
        if lines:
            held = await self.run_on_desk(lambda desk: holding(desk), writes=False)
            self._held = {each.case_id: each for each in held or ()}
        self._unseen = self.shell.alarm.unseen
        self._others = for_enter(lines, self._unseen, self._held, self._under, current)

    def _show_kinds(self) -> None:
        """Other emergencies, then the kinds of the page; what lies within one below it."""
        others, low = () if self._more else enumerate(self._others), self.app.size.height < LOW
        going_on = [KindRow(self._going_on(n, x), case_id=x.id) for n, x in others]
        self._rows = [*going_on, *kind_rows(self._kinds, more=self._more, low=low)]
        title = kinds_title(more=self._more, opened=self._emergency is not None, low=low)
        self.query_one("#kinds_title", Lines).show(title)
        self.query_one("#kinds", PickLines).show([row.text for row in self._rows], 0)

    def on_resize(self) -> None:
        """Where rows are few the kinds stand in another order; what was chosen stays chosen."""
        super().on_resize()
        if self._naming and self._rows:
            rows = self.query_one("#kinds", PickLines)
            chosen = self._rows[rows.cursor]
            self._show_kinds()
            rows.select(self._rows.index(chosen))

    def _going_on(self, row: int, line: CaseLine) -> str:
        """Another emergency, with the keys that lead from the first row to it."""
        unseen, running = line.id in self._unseen, line.id in self._held
        now, zone = self.session.now(), self.session.desk.rules.calendar.tz
        kind = self.called(line.content)
        return going_on_line(row, line, kind, unseen=unseen, running=running, now=now, zone=zone)

    async def _open(self, kind: str = "") -> None:
        """The case, at once; a locked desk says so in the record."""
        note = _("Opened while the desk was locked: nobody had signed in.")
        note = note if self.shell.locked else ""
        place, since, told = self._place, self._since, self._told
        case_id = await self.run_on_desk(
            lambda desk: open_emergency(desk, kind, note, place, since, told)
        )
        if case_id is not None:
            self._others = []
            await self._take(case_id)

    async def _take(self, case_id: str) -> None:
        """This screen is about that case from now on."""
        self.case_id = self.shell.worked_on = case_id
        self.shell.alarm.seen(case_id)
        await self.shell.take_news()
        await self.take_up()
        if (found := self._emergency) is None:
            return
        self._show_kinds()
        if not self._naming and not found.holds and not found.case.stage.handled:
            ask_again(self.query_one(Question))

    async def reload(self) -> None:
        """The kinds stand there until one is named."""
        await super().reload()
        # Shown so, and not by a class: that would have every widget styled anew.
        for name, shown in (("#kinds_part", self._naming), ("#calls", not self._naming)):
            for part in self.query(name):  # none while it is on its way out
                part.display = shown
        for bar in self.query(HintBar):
            bar.put(self.hint_keys())

    def hint_keys(self) -> list[Hint]:
        """F9 is another emergency here, and 0 leads to what has no digit of its own."""
        keys = super().hint_keys()
        if self._naming:
            return keys
        f9 = next(n for n, each in enumerate(keys) if each.key == "F9")
        keys[f9] = replace(keys[f9], text=_("Another"))
        came = [] if self.in_a_field else [Hint("0", _("who came, over"))]
        return [*keys[: f9 + 1], *came, *keys[f9 + 1 :]]

    async def _name_kind(self, kind: str) -> None:
        """One key: the kind. The first number stands there, the place is asked beside it."""
        if self._emergency is None:
            running = same_again(self.session.desk, self._held.values(), kind)
            if running is None:
                await self._open(kind)
            else:
                self._ask_same(kind, running)
            return
        case_id, place = self.case_id, self._emergency.case.place or self._place
        command = cmd.NameEmergency(kind=kind, place=place)
        if await self.run_on_desk(lambda desk: desk.perform(case_id, command)) is not None:
            self.say("")
            await self._take(case_id)
            self._say_along(place)

    def _say_along(self, place: str) -> None:
        """What of it is taken from the form below, which stays as it is."""
        case = self._emergency.case if self._emergency is not None else None
        taken = []
        if self._place and place == self._place:
            taken.append(_("The place is that of the form below: 8 changes it."))
        first = case.caller if case is not None and case.by_f9 else None
        if case is not None and first is not None and (first.name or first.phone or case.verbatim):
            taken.append(_("Caller and words are that form's too."))
        if taken:
            self.say(" ".join(taken))

    async def on_key(self, event: events.Key) -> None:
        """The kinds' keys while the kind is open; after that the keys of the work."""
        if self._of_a_pin(event):
            return
        question = self.query_one(Question)
        if question.asked and not question.has_focus and self.focused is None:
            self._back_to_question()  # a click took it away
            event.stop()
            event.prevent_default()
            return
        if self.focused is not None or not self._naming:
            return
        if await self._kind_key(event):
            event.stop()
            event.prevent_default()

    async def _kind_key(self, event: events.Key) -> bool:
        rows = self.query_one("#kinds", PickLines)
        key = fold_key(event.character or "").lower()
        known = {kind.key: kind for kind in self._kinds if kind.key}
        kind = known.get(f"0{key}" if self._more else key)
        if kind is not None and key.isdigit():
            await self._choose(kind)
        elif key == "0":
            self._turn_page()
        elif event.key == "enter":
            await self._take_row(rows.cursor)
        elif key.isalpha():
            self._text_for_kind(key)
        else:
            return rows.move(event.key)
        return True

    def _turn_page(self) -> None:
        self._more = not self._more
        self._show_kinds()

    async def _choose(self, kind: Kind) -> None:
        """A digit names the kind. After an Esc too many it only chooses it: once more names it."""
        if self._wary and self._meant != kind.id:
            self._meant = kind.id
            self.shell.presses.once_more()
            self.query_one("#kinds", PickLines).select(row_of(self._rows, kind.id))
            self.say(_("{kind}? Once more names it.").format(kind=localized(kind.title)))
        else:
            await self._name_kind(kind.id)

    async def _take_row(self, row: int) -> None:
        taken = self._rows[row] if 0 <= row < len(self._rows) else None
        if taken is not None and taken.kind:
            await self._name_kind(taken.kind)
        elif taken is not None and taken.case_id:
            await self._go_on_with(taken.case_id)
        else:
            self._turn_page()

    async def _go_on_with(self, case_id: str) -> None:
        """The work on another emergency: on the screen below where it is that one's."""
        below = self.app.screen_stack[-2]
        if case_id == self._under and isinstance(below, EmergencyScreen) and self.is_current:
            await super().go_back()
            return
        self._others = []
        await self._take(case_id)

    def _ask_same(self, kind: str, running: Holding) -> None:
        """One of that kind runs already, and not for long: is it that one?"""
        self._same = (kind, running.case_id)
        now, zone = self.session.now(), self.session.desk.rules.calendar.tz
        ask_same(self.query_one(Question), running, self.called(running.kind), now, zone)

    async def _answered_same(self, answer: str) -> None:
        (kind, case_id), self._same = self._same, ("", "")
        self.set_focus(None)
        if answer == "yes":
            running = self._held.get(case_id)
            if running is not None and not running.kind:
                command = cmd.NameEmergency(kind=kind, place=running.place or self._place)
                if await self.run_on_desk(lambda desk: desk.perform(case_id, command)) is None:
                    return
            await self._go_on_with(case_id)
        elif answer == "new":
            await self._open(kind)

    async def on_pick_lines_taken(self, event: PickLines.Taken) -> None:
        """A kind was clicked."""
        event.stop()
        if self._naming:
            await self._take_row(event.lines.cursor)

    def press(self, pressed: str) -> bool:
        """No digit stamps a call while the kind, or a reason, is asked for."""
        if pressed.isdigit() and not self._naming and self.query_one("#reason_row").display:
            self.query_one("#reason").focus()
            return True
        return (pressed.isdigit() and self._naming) or super().press(pressed)

    def own_keys(self) -> Sequence[ScreenKey]:
        """F9 besides."""
        return (*super().own_keys(), ScreenKey("emergency", "", self.another_emergency))

    async def another_emergency(self) -> None:
        """F9 once more: another emergency beside this one, or what came in since, for Enter.

        Whoever presses it means it: no mistake is asked about any more, and one digit names.
        """
        if self.query_one(Question).asked in OF_F9 or self.query_one("#reason_row").display:
            self.query_one(Question).withdraw()
            self._put_reason("")
            self.set_focus(None)
        self._wary = False
        if self._naming:
            self._more = False
            if unseen := self.shell.alarm.unseen:
                await self._find_others()
            self._show_kinds()
            self.say("" if unseen else _("A digit names the kind; 0 shows more."))
        elif self.session.read_only:
            self.shell.go(ToEmergencyReading())
        else:
            self.shell.go(ToEmergency(beside=self.case_id))

    @property
    def _may_be_mistaken(self) -> bool:
        """Whether F9 alone opened it, and nobody was rung yet."""
        found = self._emergency
        if found is None or not found.holds or found.case.calls or self._waiting:
            return False
        return opened_by_f9(found.case, found.rules.procedure)

    async def go_back(self) -> None:
        """Esc: before the first call, was F9 a mistake? After it the case goes on by itself."""
        question = self.query_one(Question)
        if question.asked:
            question.decline()
        elif self._more and self._naming:
            self._turn_page()
        elif self._emergency is not None and not self._holds and not self._naming:
            await leave_ended(self, on=False)
        elif not self._may_be_mistaken:
            await self._leave_open()
        else:
            self._put_reason("")
            ask_mistake(question)

    async def on_question_answered(self, event: Question.Answered) -> None:
        """The answer to the questions about a mistake, a flare-up and one of the same kind."""
        if event.name not in OF_F9:
            return
        event.stop()
        if event.name == SAME:
            await self._answered_same(event.value)
        elif event.value == "yes":
            self._put_reason(event.name)
        elif event.value == "leave":
            await self._leave_open()
        else:
            self.set_focus(None)
            if event.name == MISTAKE and self._emergency is not None:
                self._go_on_here(self._emergency.case.number)

    def _go_on_here(self, number: str) -> None:
        """No mistake: what stands now is said. A stray digit names no kind from here."""
        if self._naming:
            self._wary, self._meant = True, ""
            words = _("{number} stays open and no kind is named. A digit, twice, names it.")
        else:
            words = _("{number} goes on. The result of a call by its digit.")
        self.say(words.format(number=number))
