"""F9, 紧急: the case at once, one digit names the kind, then the calls; every second is stamped."""

from __future__ import annotations

from datetime import datetime

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from dispatcher_tui.desk.emergency import (
    Emergency,
    Kind,
    confirm_read_back,
    kinds,
    open_emergency,
    read_emergency,
    record_call,
)
from dispatcher_tui.domain import commands as cmd
from dispatcher_tui.domain.lines import CaseLine, Lane
from dispatcher_tui.domain.place import normalise_place
from dispatcher_tui.domain.terms import CallOutcome
from dispatcher_tui.domain.text import clean_text, fold_key
from dispatcher_tui.present.countdown import spoken
from dispatcher_tui.present.emergency_lines import target_name
from dispatcher_tui.present.lines import short_time
from dispatcher_tui.present.terms import call_outcome_name
from dispatcher_tui.present.words import _, pick
from dispatcher_tui.tui.names import glossary
from dispatcher_tui.tui.screens.base import DeskScreen
from dispatcher_tui.tui.screens.board import WIDE
from dispatcher_tui.tui.widgets.call_tree import CallTree
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.pick_lines import PickLines
from dispatcher_tui.tui.widgets.question import Answer, Question
from dispatcher_tui.tui.widgets.row import Row

OUTCOMES = tuple(CallOutcome)
READ_BACK, PLACE, LOG = 7, 8, 9


class EmergencyScreen(DeskScreen):
    """First the kinds by their keys, and other emergencies to go on with; then the call tree.

    Where no other emergency is open the case exists before the screen is drawn.
    """

    AUTO_FOCUS = ""  # nothing takes the digits before a field is asked for
    hints = ("new_case", "follow_up", "close", "help")

    DEFAULT_CSS = """
    EmergencyScreen #heading { background: $error; text-style: bold; }
    EmergencyScreen #kinds_part { height: 1fr; }
    EmergencyScreen #kinds_title { height: auto; text-style: bold; }
    EmergencyScreen #calls { display: none; }
    EmergencyScreen.named #calls { display: block; }
    EmergencyScreen.named #kinds_part { display: none; }
    EmergencyScreen #reason_row { display: none; }
    EmergencyScreen.wide #story_column { display: block; }
    EmergencyScreen.wide #latest { display: none; }
    """

    def __init__(self, *, choose: bool = False) -> None:
        super().__init__()
        self._choose = choose
        self._others: list[CaseLine] = []
        self._emergency: Emergency | None = None
        self._own = False

    @property
    def _kinds(self) -> tuple[Kind, ...]:
        return kinds(self.session.desk)

    @property
    def _tree(self) -> CallTree:
        return self.query_one(CallTree)

    def heading(self) -> str:
        """Number, kind, and how long it has been going on."""
        found = self._emergency
        if found is None:
            return f" {_('EMERGENCY')}"
        kind = pick(found.card.title) if found.card else _("which kind?")
        case = found.case
        passed = spoken((self.session.now() - case.opened_at).total_seconds())
        return f" {_('EMERGENCY')} {case.number}  {kind}  {passed}  {case.place}".rstrip()

    def body(self) -> ComposeResult:
        """The kinds, the calls, the question about a mistake."""
        with Vertical(id="kinds_part"):
            yield Lines("", id="kinds_title")
            yield PickLines(id="kinds")
        yield CallTree(id="calls")
        yield Question(id="question")
        yield Row(_("Why (F10)"), Field(id="reason"), id="reason_row")

    async def on_mount(self) -> None:
        """Open the case at once, unless another emergency is going on."""
        self.set_class(self.app.size.width >= WIDE, "wide")
        board = self.desk_app.board
        now, today = self.session.now(), self.desk_app.today()
        lines = [x for x in board.lane(Lane.EMERGENCY, now, today) if not x.stage.handled]
        current = self.desk_app.current_case()
        self._others = sorted(lines, key=lambda line: line.id != current)
        if not self._others and not self._choose:
            await self._open()
        self._show_kinds()

    def _show_kinds(self) -> None:
        """Other emergencies first where there are any, then every kind with its key."""
        now, zone = self.session.now(), self.session.desk.rules.calendar.tz
        going = _("Enter: go on with {case}, open since {time}")
        rows = [
            going.format(
                case=" ".join(p for p in (line.number, line.place, line.content) if p),
                time=short_time(line.opened_at, now, zone),
            )
            for line in self._others
        ]
        rows += [f"{kind.key}  {pick(kind.title)} [{kind.rule}]" for kind in self._kinds]
        title = _("What kind? One key; the case is open, the clock runs.")
        if self._emergency is None:
            title = _("An emergency is open already. Enter goes on with it; a key opens a new one.")
        self.query_one("#kinds_title", Lines).show(f" {title}")
        self.query_one("#kinds", PickLines).show(rows, 0)

    async def _open(self, kind: str = "") -> None:
        """The case, at once; a locked desk says so in the record."""
        note = _("Opened while the desk was locked: nobody had signed in.")
        note = note if self.desk_app.locked else ""
        case_id = await self.ask(lambda desk: open_emergency(desk, kind, note))
        if case_id is not None:
            self._others = []
            self._own = True
            await self._take(case_id)

    async def _take(self, case_id: str) -> None:
        """This screen is about that case from now on."""
        self.case_id = self.desk_app.worked_on = case_id
        await self.desk_app.take_news()
        await self._reload()
        if self._emergency is not None and self._emergency.case.emergency_kind:
            self._tree.advance()
            if not self._emergency.case.place:
                self.query_one("#place").focus()

    async def _reload(self) -> None:
        found = await self.ask(lambda desk: read_emergency(desk, self.case_id), writes=False)
        if found is None:
            return
        self._emergency = found
        self.set_class(bool(found.case.emergency_kind), "named")
        names = glossary(self.session.desk, found.rules.procedure)
        self._tree.show(found, names, self.session.now())
        self.query_one("#heading", Lines).show(self.heading())

    async def _name_kind(self, kind: str) -> None:
        """One key: the kind. The first number stands there, the place is asked beside it."""
        if self._emergency is None:
            await self._open(kind)
            return
        case_id = self.case_id
        done = await self.ask(lambda desk: desk.perform(case_id, cmd.NameEmergency(kind=kind)))
        if done is not None:
            await self._take(case_id)

    @property
    def _naming(self) -> bool:
        return not self.has_class("named")

    async def on_key(self, event: events.Key) -> None:
        """The kinds' keys while the kind is open, then the keys of the call tree."""
        if self.focused is not None:
            return
        if self._naming:
            used = await self._kind_key(event)
        else:
            used = self._tree.turn(event.key)
        if used:
            event.stop()
            event.prevent_default()

    async def _kind_key(self, event: events.Key) -> bool:
        rows = self.query_one("#kinds", PickLines)
        key = fold_key(event.character or "").lower()
        kind = next((kind for kind in self._kinds if kind.key == key), None)
        if kind is not None:
            await self._name_kind(kind.id)
        elif event.key == "enter":
            await self._take_row(rows.cursor)
        else:
            return rows.move(event.key)
        return True

    async def _take_row(self, row: int) -> None:
        if row < len(self._others):
            await self._take(self._others[row].id)
            self._others = []
            self._show_kinds()
        else:
            await self._name_kind(self._kinds[row - len(self._others)].id)

    async def on_pick_lines_taken(self, event: PickLines.Taken) -> None:
        """A kind was clicked."""
        event.stop()
        if self._naming:
            await self._take_row(event.lines.cursor)

    def digit(self, number: int) -> bool:
        """What came of the call, the read-back, the place, the log line."""
        if self._naming:
            return True
        if self.query_one("#reason_row").display:
            # A mistake is being called off: a digit must not stamp a call underneath.
            self.query_one("#reason").focus()
            return True
        if self.query_one(Question).asked:
            return True
        if 1 <= number <= len(OUTCOMES):
            self.run_worker(self._called(OUTCOMES[number - 1]), exit_on_error=False, group="call")
        elif number == READ_BACK:
            self.run_worker(self._read_back(), exit_on_error=False, group="call")
        elif number == PLACE:
            self.query_one("#place").focus()
        elif number == LOG:
            self.query_one("#log").focus()
        return True

    async def _called(self, outcome: CallOutcome) -> None:
        """Stamp the try; somebody else is next at once where nobody was found."""
        target, phone, case_id = self._tree.target, self._tree.phone, self.case_id
        if target is None or not phone:
            self.say(_("There is no number to ring."))
            return
        name = target_name(target)
        done = await self.ask(lambda desk: record_call(desk, case_id, target, name, phone, outcome))
        if done is None:
            return
        await self.desk_app.take_news()
        await self._reload()
        said = _("{name}: {outcome}.").format(name=name, outcome=call_outcome_name(outcome))
        if outcome.missed or not target.person:
            following = self._tree.advance()
            if following is not None:
                said += " " + _("Next: {name}").format(name=target_name(following))
        else:
            said += " " + _("Did they repeat it? 7 = read back.")
        self.say(said)

    async def _read_back(self) -> None:
        target, case_id = self._tree.target, self.case_id
        if target is None:
            return
        done = await self.ask(lambda desk: confirm_read_back(desk, case_id, target))
        if done is None:
            return
        await self.desk_app.take_news()
        await self._reload()
        following = self._tree.advance()
        name = target_name(following) if following else ""
        self.say(_("Next: {name}").format(name=name) if name else _("Everybody was rung."))

    async def accept_field(self) -> None:
        """Enter: the place is taken down, a line of the log is written, both with their second."""
        field = self.focused
        if isinstance(field, Field) and field.id == "place":
            await self._write_place(normalise_place(field.value))
        elif isinstance(field, Field) and field.id == "log":
            await self._write_log(field)
        elif isinstance(field, Field) and field.id == "reason":
            self.say(_("F10 calls the emergency off."))

    async def _write_place(self, place: str) -> None:
        assert self._emergency is not None
        case, kind = self._emergency.case, self._emergency.case.emergency_kind
        if place and place != case.place:
            command = cmd.NameEmergency(kind=kind, place=place)
            if await self.ask(lambda desk: desk.perform(case.id, command)) is None:
                return
            await self.desk_app.take_news()
            await self._reload()
        self.set_focus(None)
        self.say(_("Ring the number below; the result by its digit."))

    async def _write_log(self, field: Field) -> None:
        text, case_id = clean_text(field.value, multiline=False).text, self.case_id
        if not text.strip():
            self.set_focus(None)
            return
        if await self.ask(lambda desk: desk.perform(case_id, cmd.AddNote(text=text))) is not None:
            field.value = ""
            await self.desk_app.take_news()
            await self._reload()

    async def act_emergency(self) -> None:
        """F9 once more: another emergency beside this one."""
        if self._emergency is not None:
            self.app.push_screen(EmergencyScreen(choose=True))

    async def go_back(self) -> None:
        """Esc: before the first call, was F9 a mistake? After it the case goes on by itself."""
        found = self._emergency
        question = self.query_one(Question)
        if question.asked:
            question.withdraw()
            return
        if found is None or not self._own or found.case.calls or found.case.stage.ended:
            self.dismiss()
            return
        self.query_one("#reason_row").display = False
        question.put(
            "mistake",
            _("Was F9 a mistake?"),
            Answer("yes", _("yes: call it off"), "1"),
            Answer("leave", _("no: the case stays, to the board"), "2"),
            Answer("no", _("no: go on here"), ""),
        )

    def on_question_answered(self, event: Question.Answered) -> None:
        """The answer to the question about a mistake."""
        event.stop()
        if event.value == "yes":
            self.query_one("#reason_row").display = True
            self.query_one("#reason").focus()
        elif event.value == "leave":
            self.dismiss()
        else:
            self.set_focus(None)

    async def act_commit(self) -> None:
        """F10 with a reason: the mistaken emergency is called off; both stay readable."""
        row = self.query_one("#reason_row")
        if not row.display or self._emergency is None:
            self.say(_("Results by digit; place and log lines with Enter."))
            return
        reason = clean_text(self.query_one("#reason", Field).value, multiline=False).text
        case_id = self.case_id
        off = cmd.CallOff(reason=reason)
        if await self.ask(lambda desk: desk.perform(case_id, off)) is None:
            return
        await self.desk_app.take_news()
        below = self.app.screen_stack[-2]
        self.dismiss()
        if isinstance(below, DeskScreen):
            below.say(_("The emergency was called off; its reason is on record."))

    def tick(self, now: datetime) -> None:
        """How long it has been going on."""
        if self.is_mounted and self.is_current:
            self.query_one("#heading", Lines).show(self.heading())

    async def refresh_case(self, changed: set[str]) -> None:
        """The case went on."""
        if self.case_id and self.case_id in changed and self._emergency is not None:
            await self._reload()

    def on_resize(self) -> None:
        """A wide terminal has a column for the story."""
        self.set_class(self.app.size.width >= WIDE, "wide")

    def help_lines(self) -> list[str]:
        """The screen's own keys."""
        return [
            _("1-6: what came of the call; 7: they read it back; 8: place; 9: log line"),
            _("up, down: whom to ring; left, right: another number; PageDown: the card"),
            _("Esc before the first call: was F9 a mistake? F9 once more: a second emergency"),
        ]
