"""Every act of the procedure that fits the case, to choose the one that is recorded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import events
from textual.widget import Widget

from dispatcher_tui.desk.case.case_file import CaseFile
from dispatcher_tui.domain.procedure import Step
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.tui.keys import ScreenKey
from dispatcher_tui.tui.routes import ToStep
from dispatcher_tui.tui.screens.case.on_case import OnCase
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.pick_lines import PickLines


class StepsScreen(OnCase):
    """The steps by their digits, those owed now first; taking one opens its form in place."""

    hints = ("help",)

    DEFAULT_CSS = "StepsScreen #steps { height: auto; max-height: 18; }"

    def __init__(self, case_id: str) -> None:
        super().__init__(case_id)
        self._steps: tuple[Step, ...] = ()

    def form_name(self) -> str:
        """What the form is called."""
        return _("Record a step")

    def fields(self, file: CaseFile) -> Iterable[Widget]:
        """What to do, then the steps."""
        yield Lines(_("A digit opens it; or arrows and Enter."), classes="label")
        yield PickLines(id="steps", numbered=True, empty=_("No step of the procedure fits."))

    def begin(self) -> None:
        """Put the steps up, by the digits that they had in this case a moment ago."""
        assert self.file is not None
        case_id, known = self.session.steps_shown
        shown = map(self.file.procedure.step, known if case_id == self.case_id else ())
        self._steps = tuple(step for step in shown if step is not None)
        self._put(0)
        owed = [place for place, step in enumerate(self._steps) if step in self.file.steps_open]
        self.query_one("#steps", PickLines).select(owed[0] if owed else 0)

    def _put(self, cursor: int) -> None:
        """The steps in the order that they were put up in; one that came since is the last."""
        assert self.file is not None
        file = self.file
        fitting = file.steps_fitting
        self._steps = (*self._steps, *(step for step in fitting if step not in self._steps))
        self.session.steps_shown = self.case_id, tuple(step.id for step in self._steps)
        lines = [self._line(file, step) for step in self._steps]
        self.query_one("#steps", PickLines).show(lines, cursor)

    def _line(self, file: CaseFile, step: Step) -> str:
        """What it is, and whether it is owed now or was done before."""
        this_round = (s.name for s in file.case.signals if s.round == file.case.round)
        marks = [_("owed now")] if step in file.steps_open else []
        marks += [_("done before")] if step.id in this_round else []
        marks += [] if step in file.steps_fitting else [_("fits no more")]
        return f"{localized(step.label)}  {_(', ').join(marks)}".rstrip()

    async def case_changed(self) -> None:
        """The marks follow the case; each step keeps its digit, and the cursor its step."""
        self._put(self.query_one("#steps", PickLines).cursor)

    def own_keys(self) -> Sequence[ScreenKey]:
        """The steps by the digits they stand under."""
        return (ScreenKey("1-9", "", self._open, _("open a step's form")), *super().own_keys())

    def _open(self, number: int) -> bool:
        return self._take(number - 1)

    def _take(self, place: int) -> bool:
        if self.file is None or not 0 <= place < len(self._steps):
            return False
        step = self._steps[place]
        if step not in self.file.steps_fitting:
            self.say(_("That step fits the case no more."))
            return True
        self.shell.replace(ToStep(self.case_id, step.id))
        return True

    async def on_key(self, event: events.Key) -> None:
        """Arrows choose, Enter takes."""
        for steps in self.query("#steps").results(PickLines):
            if event.key == "enter":
                self._take(steps.cursor)
            elif not steps.move(event.key):
                return
            event.stop()
            event.prevent_default()

    def on_pick_lines_taken(self, event: PickLines.Taken) -> None:
        """The chosen step was clicked once more."""
        event.stop()
        self._take(event.lines.cursor)

    def more_help(self) -> list[str]:
        """The arrows, and which rule asks for each step."""
        rules = (f"{localized(step.label)} [{step.rule}]" for step in self._steps)
        return [_("arrows and Enter: open a step's form"), *rules]
