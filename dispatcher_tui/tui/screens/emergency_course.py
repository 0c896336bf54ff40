"""The course of an emergency: who came how far, the card, orders, and that it is over."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from datetime import datetime

from textual.app import ComposeResult

from dispatcher_tui.desk.emergency import Beside, Emergency, beside, read_emergency
from dispatcher_tui.domain import commands as cmd
from dispatcher_tui.domain.terms import Responder
from dispatcher_tui.present.countdown import spoken
from dispatcher_tui.present.emergency_lines import beside_line, target_name
from dispatcher_tui.present.emergency_words import responder_stage
from dispatcher_tui.present.lines import short_time
from dispatcher_tui.present.words import _, pick
from dispatcher_tui.tui.names import glossary
from dispatcher_tui.tui.screens.base import DeskScreen
from dispatcher_tui.tui.screens.board import WIDE
from dispatcher_tui.tui.widgets.call_tree import CARD, STORY, CallTree
from dispatcher_tui.tui.widgets.checklist import Checklist
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.question import Answer, Question

STAGES = dict(zip("wob", Responder, strict=True))
"""The letters beside the digits of the menu."""
ORDER, OVER = "i", "z"


class EmergencyCourse(DeskScreen):
    """One emergency as it stands, and the menu for what has no digit of its own.

    0 asks for it: who came how far, an order, that it is over.
    """

    DEFAULT_CSS = """
    EmergencyCourse #heading { background: $error; text-style: bold; }
    EmergencyCourse #others { height: auto; display: none; text-style: bold reverse; }
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

    def _start(self, work: Coroutine[None, None, None]) -> None:
        """Stamp it; what is pressed meanwhile is about whoever is next after it."""
        self.run_worker(self._in_turn(work), exit_on_error=False, group="call")

    async def _in_turn(self, work: Coroutine[None, None, None]) -> None:
        async with self._stamping:
            await work

    async def _written(self) -> None:
        """Something was stamped: everything shows it."""
        await self.desk_app.take_news()
        await self.reload()

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
        turns = {"card": CARD, "log": STORY}
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
