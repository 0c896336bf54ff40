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

    def form_name(self) -> str:
        """What the form is called."""
        return _("Record a step")

    def fields(self, file: CaseFile) -> Iterable[Widget]:
        """What to do, then the steps."""
        yield Lines(_("A digit opens it; or arrows and Enter."), classes="label")
        yield PickLines(id="steps", numbered=True, empty=_("No step of the procedure fits."))

    def begin(self) -> None:
        """Put the steps up."""
        assert self.file is not None
        file = self.file
        lines = [self._line(file, step) for step in file.steps_fitting]
        self.query_one("#steps", PickLines).show(lines, 0)

    def _line(self, file: CaseFile, step: Step) -> str:
        """What it is, and whether it is owed now or was done before."""
        this_round = (s.name for s in file.case.signals if s.round == file.case.round)
        marks = [_("owed now")] if step in file.steps_open else []
        marks += [_("done before")] if step.id in this_round else []
        return f"{localized(step.label)}  {_(', ').join(marks)}".rstrip()

    async def case_changed(self) -> None:
        """The marks follow the case."""
        self.begin()

    def own_keys(self) -> Sequence[ScreenKey]:
        """The steps by the digits they stand under."""
        return (ScreenKey("1-9", "", self._open, _("open a step's form")), *super().own_keys())

    def _open(self, number: int) -> bool:
        return self._take(number - 1)

    def _take(self, place: int) -> bool:
        if self.file is None or not 0 <= place < len(self.file.steps_fitting):
            return False
        step = self.file.steps_fitting[place]
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
        fitting = self.file.steps_fitting if self.file is not None else ()
        rules = (f"{localized(step.label)} [{step.rule}]" for step in fitting)
        return [_("arrows and Enter: open a step's form"), *rules]
