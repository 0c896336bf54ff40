"""From F8: a planned test of the fire system, in which its panels' alarms are no cases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from textual import events
from textual.app import ComposeResult
from textual.widgets import Input

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.emergency.panel import (
    end_test,
    judge_stretch,
    plan_test,
    planned_tests,
    read_stretch,
)
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.emergency.panel_test import PanelTest, coming
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.time.when import WhenError
from dispatcher_tui.present.emergency.panel_lines import planned_row, stretch_text
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.promises import when_problem
from dispatcher_tui.tui.keys import Hint, ScreenKey
from dispatcher_tui.tui.screens.system.autosave_form import AutosaveForm
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.pick_lines import PickLines
from dispatcher_tui.tui.widgets.pin import enter_on
from dispatcher_tui.tui.widgets.question import AnswerKey, Question
from dispatcher_tui.tui.widgets.row import Row

NAME_LIMIT = 80
_FIELD_OF = {"panel_test_by_missing": "#by", "panel_test_far": "#since"}
"""Where the cursor goes after a refusal; after any other it is the end that has to be changed."""


def _plan(desk: Desk, since: str, until: str, panel: str, by: str) -> Entry | WhenError | Refusal:
    """The entry, or why there can be no such test."""
    try:
        return plan_test(desk, since, until, panel, by)
    except (WhenError, Refusal) as error:
        return error


class PanelTestScreen(AutosaveForm):
    """The tests that run or are to come, and a form for another one."""

    hints = ("commit", "help")
    AUTO_FOCUS = ""

    DEFAULT_CSS = """
    PanelTestScreen #rule { height: auto; color: $desk-fg2; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[PanelTest, ...] = ()
        self._asked: PanelTest | None = None

    def heading(self) -> str:
        """What is planned here."""
        return " " + _("Planned test of the fire system")

    def body(self) -> ComposeResult:
        """What a test does, the tests there are, the form."""
        yield Lines(
            _(
                "While it runs, its panel's alarms are counted and open no case."
                " What a person reports always opens one."
            ),
            id="rule",
        )
        yield PickLines(id="tests", numbered=True, empty=_("No test runs or is to come."))
        yield Row(_("From (empty: now)"), Field(id="since", limit=NAME_LIMIT))
        yield Row(_("Until (12 h at most)"), Field(id="until", limit=NAME_LIMIT))
        yield Lines("", id="stretch")
        yield Row(_("Panel (empty: all)"), Field(id="panel", limit=NAME_LIMIT))
        yield Row(_("Ordered by"), Field(id="by", limit=NAME_LIMIT))
        yield Question(id="question", held=True)

    def own_hints(self) -> list[Hint]:
        """A test is begun, or one is ended."""
        return [Hint("a", _("New test")), Hint("Enter", _("End it"), unless_typing=True)]

    async def build(self) -> bool:
        """What there is."""
        await self._reload()
        return True

    def begin(self) -> None:
        """Where there is no test, another one can be typed at once."""
        if not self._shown:
            self.query_one("#since").focus()

    async def _reload(self) -> None:
        found = await self.run_on_desk(planned_tests, writes=False)
        if found is not None:
            self._show(found)

    def _show(self, tests: tuple[PanelTest, ...]) -> None:
        now, zone = self.session.now(), self.session.desk.rules.calendar.tz
        self._shown = tests
        rows = [planned_row(test, now, zone) for test in tests]
        self.query_one("#tests", PickLines).show(rows)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say back while it is typed from when to when that is."""
        event.stop()
        if event.input.id in ("since", "until"):
            self.query_one("#stretch", Lines).show(self._stretch())

    def _stretch(self) -> str:
        if not self.field("until").strip():
            return ""
        now, zone = self.session.now(), self.session.desk.rules.calendar.tz
        try:
            since, until = read_stretch(self.session.desk, self.field("since"), self.field("until"))
        except WhenError as error:
            return when_problem(error.code)
        return stretch_text(since, until, now, zone)

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """A time is left that can be no test's: it is said at once, not only at F10."""
        wrong = self._wrong() if event.widget.id in ("since", "until") else ""
        if wrong:
            self.say_fault(wrong)

    def _wrong(self) -> str:
        """What is wrong with the times as they stand; empty while the end is not typed."""
        if not self.is_mounted or not self.field("until").strip():
            return ""
        try:
            judge_stretch(self.session.desk, self.field("since"), self.field("until"))
        except WhenError as error:
            return when_problem(error.code)
        except Refusal as refusal:
            return self.refused(refusal)
        return ""

    def _begins(self) -> bool:
        """Whether its beginning is a time that can be."""
        try:
            read_stretch(self.session.desk, self.field("since"), "1")
        except WhenError:
            return False
        return True

    async def on_key(self, event: events.Key) -> None:
        """The arrows choose a test, Enter asks whether to end it; only a clear yes does."""
        tests = self.query_one("#tests", PickLines)
        if self.query_one(Question).asked:
            return
        if self.focused is None and tests.move(event.key):
            pass
        elif event.key == "enter" and self.focused is None:
            self._ask_to_end()
        else:
            return
        event.stop()
        event.prevent_default()

    def own_keys(self) -> Sequence[ScreenKey]:
        """The lines by their digits; another one is typed."""
        note = _("plan a test; F10 writes it down; it ends by itself, 12 hours at most")
        return (
            ScreenKey("1-9", "", self._choose, _("choose a test")),
            ScreenKey("note", "", self.take_note, note),
            *super().own_keys(),
        )

    def _choose(self, number: int) -> bool:
        return self.query_one("#tests", PickLines).select(number - 1)

    def _ask_to_end(self) -> None:
        cursor = self.query_one("#tests", PickLines).cursor
        if not 0 <= cursor < len(self._shown):
            return
        self._asked = self._shown[cursor]
        words = _("End this test now? Alarms are cases again.")
        answers = (AnswerKey("yes", _("end it"), "1"), AnswerKey("no", _("no"), ""))
        self.query_one(Question).put("end", words, *answers)

    async def on_question_answered(self, event: Question.Answered) -> None:
        """Ended before its time, or it goes on."""
        event.stop()
        asked, self._asked = self._asked, None
        self.set_focus(None)
        if event.value != "yes" or asked is None:
            self.say(_("The test goes on."))
            return
        done = await self.run_on_desk(lambda desk: end_test(desk, asked.seq))
        await self.shell.take_news()
        await self._reload()
        if done is not None:
            self.say(_("The test is over: alarms are cases again."))

    async def accept_field(self) -> None:
        """Enter goes on; after who ordered it, it plans."""
        if self.focused is not None and self.focused.id == "by":
            await self.commit()
        else:
            enter_on(self)

    async def take_note(self) -> None:
        """Another test is written here."""
        self.query_one("#since").focus()

    async def commit(self) -> None:
        """F10: planned, and on its way into the board's head."""
        since, until = self.field("since"), self.field("until")
        panel, by = self.field("panel"), self.field("by")
        done = await self.run_on_desk(lambda desk: _plan(desk, since, until, panel, by))
        if isinstance(done, WhenError):
            self.query_one("#until" if self._begins() else "#since").focus()
            self.say_fault(when_problem(done.code))
        elif isinstance(done, Refusal):
            self.query_one(_FIELD_OF.get(done.code, "#until")).focus()
            self.say_fault(self.refused(done))
        elif done is not None:
            for name in ("since", "until", "panel", "by"):
                self.query_one(f"#{name}", Field).value = ""
            await self.save_draft()
            await self.shell.take_news()
            await self._reload()
            self.set_focus(None)
            self.say(_("Planned. It ends by itself; the board's head shows it while it runs."))

    def pass_time(self, now: datetime) -> None:
        """What is over goes, and the alarms count on."""
        if self._on_disk is None:
            return
        tests = coming(self.session.post.panel_tests, now)
        if tests != self._shown and self._asked is None:
            self._show(tests)

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [
            _("up, down or a digit: choose a test; Enter, then 2: end it now"),
        ]
