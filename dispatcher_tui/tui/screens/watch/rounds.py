"""From F8 and the board: the rounds of the watch, how each stands, and recording one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from textual.app import ComposeResult

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.watch.rounds import people_there, record_round, round_sheet, rounds_now
from dispatcher_tui.domain.case.decide_rounds import RoundAsked
from dispatcher_tui.domain.case.refusal import Refusal, or_refusal
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.watch.round_sheet import RoundSheet
from dispatcher_tui.domain.watch.rounds import RoundStand
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.line_texts import due_time
from dispatcher_tui.present.watch.round_lines import stand_row
from dispatcher_tui.tui.keys import ScreenKey
from dispatcher_tui.tui.screens.system.autosave_form import AutosaveForm
from dispatcher_tui.tui.screens.system.listing import ListScreen
from dispatcher_tui.tui.sheet_print import paper_keys
from dispatcher_tui.tui.watch_routes import ToRound
from dispatcher_tui.tui.widgets.form import Choice, Field, Option
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.pick_lines import PickLines
from dispatcher_tui.tui.widgets.picker import Picker, PickList
from dispatcher_tui.tui.widgets.pin import enter_on
from dispatcher_tui.tui.widgets.question import AnswerKey, Question
from dispatcher_tui.tui.widgets.row import Row, aligned

WORD_LIMIT = 500
_FIELD_OF = {
    "round_word_missing": "#word",
    "round_second_missing": "#second",
    "round_second_same": "#second",
    "round_reason_missing": "#reason",
}
"""Where the cursor goes after a refusal."""


class RoundsScreen(ListScreen):
    """The rounds by their digits, those owed with what is left; Enter records the chosen one."""

    AUTO_FOCUS = ""
    hints = ("print", "help")

    def __init__(self) -> None:
        super().__init__()
        self._stands: tuple[RoundStand, ...] = ()

    def heading(self) -> str:
        """What is here."""
        return " " + _("Rounds of the watch")

    def body(self) -> ComposeResult:
        """One row each."""
        empty = _("No rounds are in force here: rounds.toml puts them in force.")
        yield PickLines(id="list", numbered=True, empty=empty)

    async def on_mount(self) -> None:
        """Read how they stand."""
        await self._reload()

    async def _reload(self) -> None:
        found = await self.run_on_desk(rounds_now, writes=False)
        if found is not None:
            fresh = not self._stands
            self._stands = found
            self._show(self.session.now())
            if fresh and found:
                self.line_list.select(self._first(self.session.now()))

    def _first(self, now: datetime) -> int:
        """The one that is owed next."""
        owed = [(s.slot.due, n) for n, s in enumerate(self._stands) if s.owed and s.mark is None]
        return min(owed, default=(now, 0))[1]

    def _show(self, now: datetime) -> None:
        zone = self.session.desk.rules.calendar.tz
        rows = [stand_row(each, now, zone) for each in self._stands]
        self.line_list.show(rows, max(0, self.line_list.cursor))

    def pass_time(self, now: datetime) -> None:
        """What is left counts on; a new stretch begins by itself."""
        if any(each.slot.end <= now for each in self._stands):
            self.run_worker(self._reload(), exclusive=True, group="rounds")
        elif self._stands:
            self._show(now)

    def own_keys(self) -> Sequence[ScreenKey]:
        """A round by its digit; today's record of the chosen one on paper."""
        printed = _("today's record of the chosen round")
        return (
            ScreenKey("1-9", "", self._take, _("record that round")),
            *paper_keys(self, self._sheet, printed, _("print today's")),
        )

    def _take(self, number: int) -> None:
        if 0 < number <= len(self._stands):
            self.shell.go(ToRound(self._stands[number - 1]))

    async def take_line(self) -> None:
        """Enter: the chosen one."""
        self._take(self.line_list.cursor + 1)

    def _sheet(self, desk: Desk) -> RoundSheet | None:
        cursor = self.line_list.cursor
        if not 0 <= cursor < len(self._stands):
            return None
        return round_sheet(desk, self._stands[cursor].plan.id)

    async def come_back(self) -> None:
        """One of them was recorded."""
        await self._reload()

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [_("A late round asks for its reason; one not made stays so in the record")]


class RoundScreen(AutosaveForm):
    """A digit for each part, a word where something is not in order; F10 writes it down."""

    hints = ("commit", "help")
    DEFAULT_CSS = """
    RoundScreen #rule { height: auto; color: $desk-fg2; }
    """

    def __init__(self, stand: RoundStand) -> None:
        super().__init__()
        self._stand = stand
        self._begin: datetime | None = stand.slot.begin
        """The stretch that the form is about; None once whichever runs now is meant."""
        self._late = False
        self._second: Picker | None = None

    async def build(self) -> bool:
        """Who could be the second one: those on duty first."""
        second = self._second
        if second is not None:
            found = await self.run_on_desk(people_there, writes=False)
            if found is None:
                return False
            second.options = tuple(Option(name, name, keys) for name, keys in found)
            self._redraw()
        return True

    def _redraw(self) -> None:
        for each in self.query(PickList):
            each.refresh(layout=True)

    def on_picker_narrowed(self, event: Picker.Narrowed) -> None:
        """Other people match now."""
        event.stop()
        self._redraw()

    def on_picker_picked(self, event: Picker.Picked) -> None:
        """Somebody is picked: the reason is asked where it is late."""
        event.stop()
        if self.query("#reason"):
            self.query_one("#reason").focus()

    @property
    def about(self) -> str:
        """The round and its stretch."""
        return f"{self._stand.plan.id} {self._stand.slot.begin.isoformat()}"

    def heading(self) -> str:
        """Which round it is, and by when."""
        stand, now = self._stand, self.session.now()
        by = due_time(stand.slot.due, now, self.session.desk.rules.calendar.tz)
        words = _("Round: {name}, by {time}")
        return " " + words.format(name=localized(stand.plan.label), time=by)

    def body(self) -> ComposeResult:
        """The parts by their digits, the words, the second person, the reason where it is late."""
        plan = self._stand.plan
        rows = [
            Row(
                localized(part.label),
                Choice(
                    [Option(str(n), localized(c)) for n, c in enumerate(part.choices, 1)],
                    id=f"part-{part.id}",
                ),
                required=True,
            )
            for part in plan.parts
        ]
        rows.append(Row(_("What was handled"), Field(id="word", limit=WORD_LIMIT)))
        if plan.persons > 1:
            self._second = Picker([], id="second", placeholder=_("number, initials or name"))
            rows.append(Row(_("Second person"), self._second, required=True))
        self._late = self._stand.late(self.session.now())
        if self._late:
            rows.append(Row(_("Late, why"), Field(id="reason"), required=True))
        yield from aligned(*rows)
        if self._second is not None:
            yield PickList(self._second, columns=3, cells=24)
        yield Lines(
            _("The rule: {quote}").format(quote=plan.quote) if plan.quote else "", id="rule"
        )
        yield Question(id="question")

    def on_choice_changed(self, event: Choice.Changed) -> None:
        """A digit chooses and goes on."""
        event.stop()
        if event.by_hand and event.choice.has_focus:
            enter_on(self)

    async def accept_field(self) -> None:
        """Enter goes on; on the last field it writes down."""
        last = list(self.query(Field))[-1]
        if self.focused is last:
            await self.commit()
        else:
            enter_on(self)

    def _asked(self, *, again: bool) -> RoundAsked:
        plan = self._stand.plan
        chosen = {part.id: self.query_one(f"#part-{part.id}", Choice).value for part in plan.parts}
        texts = {str(field.id): field.value for field in self.query(Field)}
        return RoundAsked(
            plan.id,
            {part: int(value) for part, value in chosen.items() if value},
            texts["word"],
            texts.get("second", ""),
            texts.get("reason", ""),
            begin=self._begin,
            again=again,
        )

    async def commit(self) -> None:
        """F10: written down, in the stretch that runs now."""
        await self._commit(again=False)

    async def _commit(self, *, again: bool) -> None:
        for choice in self.query(Choice):
            if not choice.value:
                choice.focus()
                self.say(_("A digit for each part first."))
                return
        asked = self._asked(again=again)
        done = await self.record_or_why(asked)
        if isinstance(done, Refusal):
            await self._refused(done)
        elif done is not None:
            await self.forget_draft()
            await self.shell.take_news()
            self.leave(_("Recorded: {name}").format(name=localized(self._stand.plan.label)))

    async def record_or_why(self, asked: RoundAsked) -> Entry | Refusal | None:
        """The entry, the desk's refusal, or None where the file did not take it."""
        return await self.run_on_desk(lambda desk: or_refusal(lambda: record_round(desk, asked)))

    async def _refused(self, refusal: Refusal) -> None:
        yes = {"round_twice": _("record it again"), "round_over": _("record it for then")}
        if refusal.code in yes:
            answers = (AnswerKey("yes", yes[refusal.code], "1"), AnswerKey("no", _("no"), ""))
            self.query_one(Question).put(refusal.code, self.refused(refusal), *answers)
            return
        if refusal.code == "round_reason_missing" and not self.query("#reason"):
            row = Row(_("Late, why"), Field(id="reason"), required=True)
            await self.mount(row, before="#rule")
        target = _FIELD_OF.get(refusal.code)
        if target and self.query(target):
            self.query_one(target).focus()
        self.say_fault(self.refused(refusal))

    async def on_question_answered(self, event: Question.Answered) -> None:
        """Recorded once more, or it stays as it is."""
        event.stop()
        if event.value == "yes":
            if event.name == "round_over":
                self._begin = None
            await self._commit(again=event.name == "round_twice")
        else:
            self.query_one("#word").focus()
            self.say(_("Nothing was written down."))

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [_("1 is in order; anything else needs a few words; F10 writes it down")]
