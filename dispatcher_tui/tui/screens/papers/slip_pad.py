"""From the slips: a pad of numbered papers is given out, to a squad lead or to the desk itself."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Input

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.papers.slips import give_out, read_pad
from dispatcher_tui.domain.papers.chasing import leading_roles
from dispatcher_tui.domain.papers.pads import PadError
from dispatcher_tui.present.i18n import _, ngettext
from dispatcher_tui.present.papers.slip_lines import pad_problem, pad_text
from dispatcher_tui.tui.screens.system.autosave_form import AutosaveForm
from dispatcher_tui.tui.widgets.form import Field, Option
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.picker import Picker, PickList
from dispatcher_tui.tui.widgets.row import Row


def _holders(desk: Desk) -> list[Option]:
    """Everybody on the roster, those who lead a squad first."""
    now, zone = desk.clock.now(), desk.rules.calendar.tz
    leading = (role for each in desk.in_force.procedures for role in leading_roles(each))
    ranks = {role: n for n, role in enumerate(dict.fromkeys(leading))}
    people = [p for p in desk.store.people() if p.employed(now, zone)]
    people.sort(key=lambda p: ranks.get(p.role, len(ranks)))
    return [
        Option(p.id, f"{p.name} {p.title}".strip(), (p.name, *desk.initials(p.name)))
        for p in people
    ]


class PadScreen(AutosaveForm):
    """First and last number as they stand on the papers, and who has the pad."""

    hints = ("commit", "help")
    AUTO_FOCUS = ""

    def heading(self) -> str:
        """What is written down here."""
        return " " + _("A pad of papers is given out")

    def body(self) -> ComposeResult:
        """The two numbers, what they come to, who has the pad."""
        yield Lines(_("As printed on the first and the last paper; of the last the digits do."))
        yield Row(_("First number"), Field(id="first", limit=40, placeholder="FW-000101"))
        yield Row(_("Last number"), Field(id="last", limit=40, placeholder="150"))
        yield Lines("", id="sum")
        picker = Picker([], id="to", placeholder=_("number, initials or name; empty: the desk"))
        yield Row(_("Given to"), picker)
        yield PickList(picker, columns=2, cells=36)

    async def build(self) -> bool:
        """Who there is."""
        options = await self.run_on_desk(_holders, writes=False)
        self.query_one("#to", Picker).options = tuple(options or ())
        self.query_one(PickList).refresh(layout=True)
        return True

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say back how many papers that is."""
        event.stop()
        first, last = self.field("first"), self.field("last")
        if event.input.id not in ("first", "last") or not (first.strip() and last.strip()):
            return
        try:
            pad = read_pad(self.session.desk, first, last)
        except PadError as error:
            self.query_one("#sum", Lines).show(pad_problem(error))
        else:
            n = pad.last - pad.first + 1
            words = ngettext("{n} paper: {numbers}", "{n} papers: {numbers}", n)
            text = words.format(n=n, numbers=pad_text(pad))
            self.query_one("#sum", Lines).show(text)

    def on_picker_picked(self, event: Picker.Picked) -> None:
        """Who has it is known."""
        event.stop()
        self.say(_("F10 writes it down."))

    def on_picker_narrowed(self, event: Picker.Narrowed) -> None:
        """Other people match now."""
        event.stop()
        self.query_one(PickList).refresh(layout=True)

    async def commit(self) -> None:
        """F10: from now on every number of it is known."""
        picker = self.query_one("#to", Picker)
        first, last, person = self.field("first"), self.field("last"), picker.picked
        chosen = next((o for o in picker.options if o.value == person), None)
        name = chosen.keys[0] if chosen else picker.value
        try:
            await self.submit(
                lambda desk: give_out(desk, first, last, to=name, person=person),
                _("Written down: the pad is given out."),
            )
        except PadError as error:
            self.query_one("#last" if error.code != "form" else "#first").focus()
            self.say(pad_problem(error))

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [
            _("F10: write down that the pad was given out; notify then offers its next number"),
        ]
