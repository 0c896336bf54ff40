"""The work on an emergency: calls by digits, who came how far, the card, orders, standing down."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from datetime import datetime

from textual import events
from textual.app import ComposeResult

from dispatcher_tui.desk.emergency import (
    Beside,
    Emergency,
    beside,
    confirm_read_back,
    read_emergency,
    record_call,
)
from dispatcher_tui.domain import commands as cmd
from dispatcher_tui.domain.place import normalise_place
from dispatcher_tui.domain.terms import CallOutcome, Responder
from dispatcher_tui.domain.text import clean_text, fold_key
from dispatcher_tui.present.countdown import spoken
from dispatcher_tui.present.emergency_lines import beside_line, target_name
from dispatcher_tui.present.emergency_words import responder_stage
from dispatcher_tui.present.lines import short_time
from dispatcher_tui.present.terms import call_outcome_name
from dispatcher_tui.present.words import _, pick
from dispatcher_tui.tui.names import glossary
from dispatcher_tui.tui.screens.base import DeskScreen
from dispatcher_tui.tui.screens.board import WIDE
from dispatcher_tui.tui.widgets.call_tree import CALLS, CARD, CallTree
from dispatcher_tui.tui.widgets.checklist import Checklist
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.question import Answer, Question

OUTCOMES = tuple(CallOutcome)
READ_BACK, PLACE, LOG = 7, 8, 9
STAGES = dict(zip("wob", Responder, strict=True))
"""The letters beside the digits of the menu."""
ORDER, OVER = "i", "z"


class EmergencyWork(DeskScreen):
    """One emergency in its course. Every key stamps something at its second.

    0 asks for what has no digit of its own: who came how far, an order, that it is over.
    """

    AUTO_FOCUS = ""  # nothing takes the digits before a field is asked for
    hints = ("new_case", "emergency", "close", "help")

    DEFAULT_CSS = """
    EmergencyWork #heading { background: $error; text-style: bold; }
    EmergencyWork #others { height: auto; display: none; text-style: bold reverse; }
    """

    def __init__(self, case_id: str = "") -> None:
        super().__init__()
        self.case_id = case_id
        self._emergency: Emergency | None = None
        self._beside: tuple[Beside, ...] = ()
        self._stamping = asyncio.Lock()

    @property
    def _tree(self) -> CallTree:
        return self.query_one(CallTree)

    @property
    def _naming(self) -> bool:
        """Whether the kind is not known yet."""
        return self._emergency is None or not self._emergency.case.emergency_kind

    def heading(self) -> str:
        """Number, kind, how long it has been going on, and whether it is stood down."""
        found = self._emergency
        if found is None:
            return f" {_('EMERGENCY')}"
        case, now = found.case, self.session.now()
        kind = pick(found.card.title) if found.card else _("which kind?")
        if case.stood_down_at is not None and not found.holds:
            down = short_time(case.stood_down_at, now, found.rules.calendar.tz)
            passed = _("stood down {time}").format(time=down)
        else:
            passed = spoken((now - case.opened_at).total_seconds())
        return f" {_('EMERGENCY')} {case.number}  {kind}  {passed}  {case.place}".rstrip()

    def work(self) -> ComposeResult:
        """The other emergencies, the calls, the question."""
        yield Lines("", id="others", wrap=False)
        yield CallTree(id="calls")
        yield Question(id="question")

    async def reload(self) -> None:
        """Read the emergency again and show it as it stands."""
        case_id = self.case_id
        found = await self.ask(
            lambda desk: (read_emergency(desk, case_id), beside(desk, case_id)), writes=False
        )
        if found is None or not self.is_attached:
            return
        self._emergency, self._beside = found
        site = self.session.desk.site.site
        names = glossary(self.session.desk, found[0].rules.procedure)
        self._tree.show(found[0], tuple(site.outside.items()), names, site.name)
        self.query_one("#heading", Lines).show(self.heading())
        self._show_others(self.session.now())

    def _show_others(self, now: datetime) -> None:
        """The other emergencies that hold the post: none of them is forgotten over this one."""
        lines = self.query_one("#others", Lines)
        lines.display = bool(self._beside)
        names = glossary(self.session.desk)
        lines.show(
            "\n".join(
                " F9 "
                + beside_line(
                    each.number,
                    names.kind(each.kind),
                    each.place,
                    (now - each.waits_since).total_seconds() if each.waits_since else None,
                )
                for each in self._beside
            )
        )

    async def take_up(self) -> None:
        """Go on where the record stands: the next call is on the screen."""
        await self.reload()
        found = self._emergency
        if found is None or self._naming:
            return
        self._tree.advance()
        if not found.case.place and found.holds:
            self.query_one("#place").focus()

    async def on_key(self, event: events.Key) -> None:
        """0 and the letters of the menu, Enter, the arrows; digits come by ``digit``."""
        if self._naming:
            return
        used = await self._from_field(event) if self.focused is not None else self._key(event)
        if used:
            event.stop()
            event.prevent_default()

    async def _from_field(self, event: events.Key) -> bool:
        """Tab takes the place down as Enter does; it never leads from one field to the next."""
        if event.key != "tab" or not isinstance(self.focused, Field) or self.focused.id != "place":
            return False
        await self.accept_field()
        return True

    def _key(self, event: events.Key) -> bool:
        key = fold_key(event.character or "").lower()
        if self.query_one(Question).asked:
            return False
        if key == "0":
            self._put_menu()
        elif key in STAGES:
            self._start(self._came(STAGES[key]))
        elif key == ORDER:
            self._give_order()
        elif key == OVER:
            self._stand_down()
        elif event.key in ("enter", "space"):
            self._enter()
        else:
            return self._tree.turn(event.key)
        return True

    def _start(self, work: Coroutine[None, None, None]) -> None:
        """Stamp it; what is pressed meanwhile is about whoever is next after it."""
        self.run_worker(self._in_turn(work), exit_on_error=False, group="call")

    async def _in_turn(self, work: Coroutine[None, None, None]) -> None:
        async with self._stamping:
            await work

    def _enter(self) -> None:
        """On the card: tick the chosen step; on the calls: whoever is next by the order."""
        if self._tree.pane == CARD:
            self._start(self._tick(self._tree.checklist.cursor))
        elif self._tree.pane == CALLS and self._tree.advance() is None:
            self.say(_("Everybody was rung."))

    def digit(self, number: int) -> bool:
        """What came of the call, the read-back, the place, the log line."""
        if self.query_one(Question).asked:
            self.query_one(Question).focus()
        elif 1 <= number <= len(OUTCOMES):
            self._start(self._called(OUTCOMES[number - 1]))
        elif number == READ_BACK:
            self._start(self._read_back())
        elif number == PLACE:
            self.query_one("#place").focus()
        elif number == LOG:
            self.query_one("#log").focus()
        return True

    async def _written(self) -> None:
        """Something was stamped: everything shows it."""
        await self.desk_app.take_news()
        await self.reload()

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
        await self._written()
        said = _("{name}: {outcome}.").format(name=name, outcome=call_outcome_name(outcome))
        if outcome.missed or not target.person:
            said += " " + self._next_one()
        else:
            said += " " + _("Did they repeat it? 7 = read back.")
        self.say(said)

    def _next_one(self) -> str:
        following = self._tree.advance()
        if following is None:
            return _("Everybody was rung.")
        return _("Next: {name}").format(name=target_name(following))

    async def _read_back(self) -> None:
        target, case_id = self._tree.target, self.case_id
        if target is None:
            return
        done = await self.ask(lambda desk: confirm_read_back(desk, case_id, target))
        if done is None:
            return
        await self._written()
        self.say(self._next_one())

    def _put_menu(self) -> None:
        """0: what has no digit of its own, by a second one."""
        target = self._tree.target
        name = target_name(target) if target else ""
        stages = [f"{name}: {responder_stage(stage)}" for stage in Responder]
        self.query_one(Question).put(
            "menu",
            _("What?"),
            *(
                Answer(stage.value, text, f"{n}{key}")
                for n, (key, stage, text) in enumerate(
                    zip(STAGES, Responder, stages, strict=True), 1
                )
                if target
            ),
            Answer("somebody", _("somebody else came, or words"), "4"),
            Answer("order", _("a leader's order"), f"5{ORDER}"),
            Answer("over", _("it is over, or a false alarm"), f"6{OVER}"),
            Answer("card", _("action card"), "7"),
            Answer("log", _("log"), "8"),
            Answer("whole", _("the whole menu"), "0"),
            Answer("no", _("go on here"), ""),
        )

    async def on_question_answered(self, event: Question.Answered) -> None:
        """What the menu's digit asks for."""
        if event.name != "menu":
            return
        event.stop()
        self.set_focus(None)
        turns = {"card": CARD, "log": "story_column"}
        if event.value in set(Responder):
            await self._came(Responder(event.value))
        elif event.value in turns:
            self._tree.turn_to(turns[event.value])
        elif event.value == "somebody":
            self._somebody()
        elif event.value == "order":
            self._give_order()
        elif event.value == "over":
            self._stand_down()
        elif event.value == "whole":
            self.desk_app.open_menu()

    async def _came(self, stage: Responder) -> None:
        """Stamp how far the chosen one has come, rung or not (E-03)."""
        target, case_id = self._tree.target, self.case_id
        if target is None:
            return
        report = cmd.ReportResponder(person=target.person, name=target.name, stage=stage)
        if await self.ask(lambda desk: desk.perform(case_id, report)) is None:
            return
        await self._written()
        self.say(f"{target_name(target)}: {responder_stage(stage)}")

    async def _tick(self, step: int) -> None:
        """Stamp a step of the card."""
        assert self._emergency is not None
        case_id, kind = self.case_id, self._emergency.case.emergency_kind
        text = self._tree.checklist.text_of(step)
        if not text:
            return
        done = cmd.DoCardStep(kind=kind, step=step, text=text)
        if await self.ask(lambda desk: desk.perform(case_id, done)) is not None:
            await self._written()

    def on_checklist_ticked(self, event: Checklist.Ticked) -> None:
        """A step of the card was clicked."""
        event.stop()
        self._start(self._tick(event.step))

    def _refuse_locked(self) -> bool:
        """Whether somebody has to sign in first; then that is said."""
        if self.desk_app.locked:
            self.say(_("The desk is locked: sign in with a PIN first."))
        return self.desk_app.locked

    def _somebody(self) -> None:
        from dispatcher_tui.tui.screens.responder import ResponderScreen

        target = self._tree.target
        self.app.push_screen(ResponderScreen(self.case_id, target.person if target else ""))

    def _give_order(self) -> None:
        if not self._refuse_locked():
            from dispatcher_tui.tui.screens.order import OrderScreen

            self.app.push_screen(OrderScreen(self.case_id))

    def _stand_down(self) -> None:
        found = self._emergency
        if found is None or self._refuse_locked():
            return
        if not found.holds:
            self.say(_("Case {number} is stood down already.").format(number=found.case.number))
            return
        from dispatcher_tui.tui.screens.stand_down import StandDownScreen

        self.app.push_screen(StandDownScreen(self.case_id))

    async def accept_field(self) -> None:
        """Enter: the place is taken down, a line of the log is written, both with their second."""
        field = self.focused
        if isinstance(field, Field) and field.id == "place":
            await self._write_place(normalise_place(field.value))
        elif isinstance(field, Field) and field.id == "log":
            await self._write_log(field)

    async def _write_place(self, place: str) -> None:
        assert self._emergency is not None
        case, kind = self._emergency.case, self._emergency.case.emergency_kind
        if place and place != case.place:
            command = cmd.NameEmergency(kind=kind, place=place)
            if await self.ask(lambda desk: desk.perform(case.id, command)) is None:
                return
            await self._written()
        self.set_focus(None)
        self.say(_("Ring the number below; the result by its digit."))

    async def _write_log(self, field: Field) -> None:
        text, case_id = clean_text(field.value, multiline=False).text, self.case_id
        if not text.strip():
            self.set_focus(None)
            return
        if await self.ask(lambda desk: desk.perform(case_id, cmd.AddNote(text=text))) is not None:
            field.value = ""
            await self._written()

    async def act_commit(self) -> None:
        """F10: there is no form here."""
        self.say(_("Results by digit; place and log lines with Enter."))

    def tick(self, now: datetime) -> None:
        """How long it has been going on, how long it rings, who waits."""
        if not self.is_mounted or not self.is_current:
            return
        self.query_one("#heading", Lines).show(self.heading())
        if not self._naming:
            self._tree.pass_time(now)
            self._show_others(now)

    async def refresh_case(self, changed: set[str]) -> None:
        """The case went on, or another emergency did."""
        if self._emergency is None:
            return
        lines = (self.desk_app.board.line(case_id) for case_id in changed)
        if any(line is not None and line.emergency for line in lines):
            await self.reload()

    async def on_screen_resume(self) -> None:
        """Back from an intake or an order: what was done meanwhile stands here."""
        if self._emergency is not None:
            await self.reload()

    def on_resize(self) -> None:
        """A wide terminal has room for all three panes."""
        for tree in self.query(CallTree):  # none while the screen is on its way in or out
            tree.set_class(self.app.size.width >= WIDE, "wide")

    def help_lines(self) -> list[str]:
        """The screen's own keys."""
        return [
            _("1-6: what came of the call; 7: they read it back; 8: place; 9: log line"),
            _("up, down: whom to ring; left, right: another number; Enter: the next by order"),
            _("Tab, PageDown: calls, card, log; on the card arrows choose and Enter ticks"),
            _("0, then 1-3 (or w, o, b): on the way, arrived, reported back"),
            _("0, then 4: somebody else; 5 (i): a leader's order; 6 (z): stand down"),
            _("Esc before the first call: was F9 a mistake? F9 once more: a second emergency"),
        ]
