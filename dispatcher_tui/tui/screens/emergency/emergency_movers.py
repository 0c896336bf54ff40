"""Who came how far in an emergency, who need not come any more, and the menu that asks for it."""

from __future__ import annotations

from dispatcher_tui.desk.emergency.emergency import came_by_themselves, likely_mover
from dispatcher_tui.domain.duties.called_out import SENT_BACK, under_way
from dispatcher_tui.domain.emergency.call_tree import Target
from dispatcher_tui.domain.emergency.doubt import doubt
from dispatcher_tui.domain.emergency.post_held import spoken_to
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.words.terms import Responder
from dispatcher_tui.present.emergency.emergency_lines import target_name
from dispatcher_tui.present.emergency.emergency_words import responder_stage
from dispatcher_tui.present.i18n import _, labelled
from dispatcher_tui.present.terms import outside_name
from dispatcher_tui.tui.routes import ToCallBack, ToResponder
from dispatcher_tui.tui.screens.emergency.emergency_course import EmergencyCourse
from dispatcher_tui.tui.screens.emergency.who_is_meant import DOUBTED, UNASKED, ask_doubt
from dispatcher_tui.tui.widgets.call_tree import CARD, STORY
from dispatcher_tui.tui.widgets.question import AnswerKey, Question

STAGES = frozenset("wob")
"""The letters that lead to the menu as 0 does: who came how far, its digits say."""
ORDER, OVER = "i", "z"


class EmergencyMovers(EmergencyCourse):
    """The menu for what has no digit of its own, and what it asks for of those who come.

    What the record speaks against is asked about before it is written down.
    """

    def __init__(self, case_id: str = "") -> None:
        super().__init__(case_id)
        self._report: cmd.ReportResponder | None = None
        self._menu_about: Target | None = None

    @property
    def _mover(self) -> Target | None:
        """Who sets off, arrives or reports back by the menu and by its letters."""
        found = self._emergency
        return likely_mover(found, self._tree.target) if found else self._tree.target

    def _put_menu(self, answered_from: float) -> None:
        """0: what has no digit of its own, by a second one; ``answered_from``: pressed sooner, by
        the clock of keys, a digit answers nothing."""
        target = self._menu_about = self._mover
        name = target_name(target) if target else ""
        stages = [labelled(name, responder_stage(stage)) for stage in Responder]
        self.query_one(Question).put(
            "menu",
            _("What?"),
            *(
                AnswerKey(stage.value, text, str(n))
                for n, (stage, text) in enumerate(zip(Responder, stages, strict=True), 1)
                if target
            ),
            AnswerKey("somebody", _("somebody else came, or words"), "4"),
            AnswerKey("order", _("a leader's order"), "5"),
            AnswerKey("over", _("it is over, or a false alarm"), "6"),
            AnswerKey("card", _("action card"), "7"),
            AnswerKey("log", _("log"), "8"),
            *[AnswerKey(SENT_BACK, _("ring {name}: need not come").format(name=name), "9")]
            * bool(target),
            AnswerKey("no", _("go on here (F11: the whole menu)"), ""),
            answered_from=answered_from,
        )

    async def on_question_answered(self, event: Question.Answered) -> None:
        """What the menu's digit asks for; that somebody came by themselves."""
        if event.name in (UNASKED, DOUBTED):
            event.stop()
            self.set_focus(None)
            await self._answered_doubt_of(event.name, event.value)
        if event.name != "menu":
            return
        event.stop()
        self.set_focus(None)
        turns = {"card": CARD, "log": STORY}
        if event.value in set(Responder):
            self._start(self._came(Responder(event.value), self._menu_about))
        elif event.value == SENT_BACK:
            self._send_back(self._menu_about)
        elif event.value in turns:
            self._tree.turn_to(turns[event.value])
        elif event.value == "somebody":
            self._somebody()
        elif event.value == "order":
            self._give_order()
        elif event.value == "over":
            self._stand_down()

    async def _came(self, stage: Responder, named: Target | None = None) -> None:
        """Stamp how far the chosen one has come, or the one ``named`` by the menu (E-03)."""
        target = named or self._mover
        if target is None or self._emergency is None:
            return
        case = self._emergency.case
        report = cmd.ReportResponder(
            person=target.person, name=target.name, stage=stage, phones=target.phones
        )
        why = doubt(case, self._emergency.rules.procedure, report)
        if why is not None:
            self._report = report
            ask_doubt(self.query_one(Question), why, target_name(target), stage)
            return
        await self._write_report(report)

    async def _write_report(self, report: cmd.ReportResponder) -> None:
        """Stamp it, and say how a slip is mended."""
        case_id = self.case_id
        if await self.run_on_desk(lambda desk: desk.perform(case_id, report)) is None:
            return
        await self._written()
        name = report.name if report.person else outside_name(report.name)
        said = labelled(name, responder_stage(report.stage))
        self.say(_("{said}. Ctrl+Z takes it back.").format(said=said))

    def _send_back(self, target: Target | None) -> None:
        """Somebody who was told to come is rung and told that he need not: nobody is marked as
        told who was not (E-03)."""
        if target is None or self._emergency is None:
            return
        case, name = self._emergency.case, target_name(target)
        going = under_way(case, self._emergency.rules.procedure)
        known = (target.person, *target.phones) if target.person else (*target.phones, target.name)
        who = next((each.who for each in going if each.who in known), "")
        if who:
            self.shell.go(ToCallBack(self.case_id, who=who))
        elif not spoken_to(case, target.person, target.name, target.phones):
            self.say(_("Nobody has spoken to {name} yet.").format(name=name))
        else:
            self.say(_("{name} is not under way: there is nobody to stop.").format(name=name))

    async def _answered_doubt_of(self, name: str, answer: str) -> None:
        """What somebody is said to have done is so after all, or nothing is written down."""
        report, self._report = self._report, None
        if report is None:
            return
        if answer != "yes":
            self.say(_("Nothing is written down."))
        elif name == UNASKED:
            await self._came_unasked(report)
        else:
            await self._write_report(report)

    async def _came_unasked(self, report: cmd.ReportResponder) -> None:
        case_id = self.case_id
        name = report.name if report.person else outside_name(report.name)
        came = await self.run_on_desk(lambda desk: came_by_themselves(desk, case_id, name, report))
        if came is None:
            return
        await self._written()
        self.say(
            _("{name} came unasked: {stage}. Tell them; 7 = read back.").format(
                name=name, stage=responder_stage(report.stage)
            )
        )

    def _somebody(self) -> None:
        target = self._mover
        self.shell.go(ToResponder(self.case_id, target.person if target else ""))
