"""The forms of a case: which its procedure names, which can be printed now, when each last was."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult

from dispatcher_tui.desk.papers.form_book import CaseForm, CaseForms, read_forms
from dispatcher_tui.domain.papers.slips import Where
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.papers.form_words import comes_after, form_row
from dispatcher_tui.tui.keys import ScreenKey
from dispatcher_tui.tui.paper_routes import ToPosting
from dispatcher_tui.tui.routes import ToFillForm, ToFormPaper
from dispatcher_tui.tui.screens.system.listing import ListScreen
from dispatcher_tui.tui.sheet_print import print_form
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.pick_lines import PickLines


class CaseFormsScreen(ListScreen):
    """Enter or p: the chosen form, filled in first where something is typed into it; F6: its
    paper."""

    AUTO_FOCUS = ""
    hints = ("print", "close", "help")

    def __init__(self, case_id: str) -> None:
        super().__init__()
        self.case_id = case_id
        self._found: CaseForms | None = None

    def heading(self) -> str:
        """Of which case."""
        number = self._found.of.case.number if self._found else ""
        return " " + _("Forms of the case {number}").format(number=number).rstrip()

    def body(self) -> ComposeResult:
        """The list."""
        yield PickLines(id="list", numbered=True, empty=_("The procedure names no form for it."))

    async def on_mount(self) -> None:
        """Read the case."""
        await self._reload()

    async def come_back(self) -> None:
        """A form was filled in and printed."""
        await self._reload()

    async def refresh_case(self, changed: set[str]) -> None:
        """The case went on: another form may be ready."""
        if self.case_id in changed:
            await self._reload()

    async def _reload(self) -> None:
        case_id = self.case_id
        found = await self.run_on_desk(lambda desk: read_forms(desk, case_id), writes=False)
        if found is None:
            return
        self._found = found
        self.query_one("#heading", Lines).show(self.heading())
        zone = self.session.desk.rules.calendar.tz
        procedure = found.of.rules.procedure
        rows = [form_row(each, procedure, zone) for each in found.forms]
        self.line_list.show(rows, max(0, self.line_list.cursor))

    def _chosen(self) -> CaseForm | None:
        forms, cursor = self._found.forms if self._found else (), self.line_list.cursor
        return forms[cursor] if 0 <= cursor < len(forms) else None

    def own_keys(self) -> Sequence[ScreenKey]:
        """A form by its digit, which goes on with it; p prints the chosen one."""
        nothing = "" if self.is_mounted and self._chosen() else _("Choose a form first.")
        return (
            ScreenKey(
                "1-9",
                "",
                self._choose,
                _("go on with a form: print it, or its paper once it is out"),
            ),
            ScreenKey("print", "", self._print, _("print the chosen form"), off=nothing),
            ScreenKey("close", "", self._paper, _("its paper: back, signed, filed"), off=nothing),
        )

    async def _choose(self, number: int) -> None:
        """What the form needs next: to be printed, or once it is out to come back."""
        if not self.line_list.select(number - 1):
            return
        chosen = self._chosen()
        if chosen is None:
            return
        if chosen.form.up or (chosen.where is Where.ISSUED and not chosen.void):
            self._paper()
        else:
            await self._print()

    async def take_line(self) -> None:
        """Enter prints the chosen form."""
        await self._print()

    async def _print(self) -> None:
        """A form with something to type into it is filled in first."""
        chosen = self._chosen()
        if chosen is None:
            return
        if not chosen.ready:
            words = _("{form} is printed after: {step}.")
            procedure = self._found.of.rules.procedure if self._found else None
            step = comes_after(chosen.form, procedure) if procedure else ""
            self.say(words.format(form=localized(chosen.form.label), step=step))
        elif chosen.form.asked and not self.session.read_only:
            self.shell.go(ToFillForm(self.case_id, chosen.form.id))
        else:
            await print_form(self, self.case_id, chosen.form.id)
            await self._reload()

    def _paper(self) -> None:
        """F6: where the chosen form is, and who has signed it."""
        chosen = self._chosen()
        if chosen is not None and chosen.form.up:
            self.shell.go(ToPosting(self.case_id, chosen.form.id))
        elif chosen is not None:
            self.shell.go(ToFormPaper(self.case_id, chosen.form.id))

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [
            _("up, down: choose a form; Enter or p: print it; F6: its paper"),
            _("What is typed into a form is kept in the record with the case"),
        ]
