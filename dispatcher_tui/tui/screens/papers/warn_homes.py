"""Homes where a machine keeps somebody alive are warned of a cut, one call at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from textual.widget import Widget

from dispatcher_tui.desk.case.case_file import CaseFile
from dispatcher_tui.desk.papers.postings import HomeToRing, homes_to_ring, ring_home
from dispatcher_tui.domain.words.terms import CallOutcome
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.papers.posting_lines import day_and_time
from dispatcher_tui.present.places import said_place
from dispatcher_tui.present.terms import call_outcome_name
from dispatcher_tui.tui.keys import ScreenKey, key_line
from dispatcher_tui.tui.screens.case.on_case import OnCase
from dispatcher_tui.tui.widgets.call_panel import Callee, CallPanel
from dispatcher_tui.tui.widgets.lines import Lines


class WarnHomesScreen(OnCase):
    """The home rung least stands there with its number; the result by digit is recorded at once."""

    hints = ("help",)
    once = "123456"

    def __init__(self, case_id: str) -> None:
        super().__init__(case_id)
        self._homes: tuple[HomeToRing, ...] = ()

    def form_name(self) -> str:
        """What the form is called."""
        return _("Warn homes")

    async def reload(self) -> bool:
        """Read the homes of the case too."""
        if not await super().reload() or self.file is None:
            return False
        case = self.file.case
        found = await self.run_on_desk(lambda desk: homes_to_ring(desk, case), writes=False)
        self._homes = found or ()
        return found is not None

    def fields(self, file: CaseFile) -> Iterable[Widget]:
        """Whom to ring, what to say."""
        yield Lines(self._still(), id="still")
        yield CallPanel(self._callees(), (), label=_("Ring"), rule="", columns=2)
        yield Lines(key_line(self._call_keys()), classes="label")

    def _still(self) -> str:
        """How many are left."""
        if not self._homes:
            return _("Every home was warned.")
        return _("To be warned one by one: {n}").format(n=len(self._homes))

    def _say(self) -> str:
        """The lines to say: what is cut, from when, until when, and the question."""
        assert self.file is not None
        values = {each.field: each.value for each in self.file.case.filled}
        zone = self.session.desk.rules.calendar.tz
        when = [
            day_and_time(datetime.fromisoformat(values[name]), zone)
            for name in ("cut_begins", "cut_ends")
            if name in values
        ]
        what = _("Say: {what}, {times}").format(
            what=values.get("cut_what", self.file.case.verbatim), times=" - ".join(when)
        )
        return f"{what}\n" + _("Ask: does your machine run without mains, and how long?")

    def _callees(self) -> list[Callee]:
        found = []
        for each in self._homes:
            home = each.household
            who = _(", ").join(home.residents) or _("nobody is registered")
            name = said_place(each.home.home)
            found.append(
                Callee(
                    *(each.home.home, name, "", tuple(filter(None, home.phones)), who),
                    keys=(each.home.home, *home.residents),
                    doubt="",
                    say=self._say(),
                )
            )
        return found

    def begin(self) -> None:
        """The first home's number stands there: the first key is the result of the call."""
        self.query_one(CallPanel).ready()

    def own_keys(self) -> Sequence[ScreenKey]:
        """The result by its digit; the next number."""
        call = self._call_keys() if self.query(CallPanel) else ()
        return (*call, *super().own_keys())

    def _call_keys(self) -> Sequence[ScreenKey]:
        return (
            ScreenKey("1-6", "", self._choose, _("the result of the call, recorded at once")),
            ScreenKey("9", _("next number"), self._next_number, _("the home's next number")),
        )

    def _choose(self, number: int) -> None:
        self.result(self.query_one(CallPanel), number)

    def _next_number(self) -> None:
        self.query_one(CallPanel).next_number()

    async def on_call_panel_tried(self, event: CallPanel.Tried) -> None:
        """A call was made: into the record at once, whatever came of it."""
        event.stop()
        home = next((h.home.home for h in self._homes if h.home.home == event.callee.id), "")
        if not home:
            self.say(_("Pick one of the homes that have to be warned."))
            return
        outcome, phone, note = event.outcome, event.phone, event.taken_by
        done = await self.run_on_desk(
            lambda desk: ring_home(desk, self.case_id, home, outcome, phone, note)
        )
        if done is None:
            return
        self.query_one(CallPanel).written_down()
        await self.save_draft()
        await self.catch_up()
        said = _("{name}: {outcome}.").format(
            name=event.callee.name, outcome=call_outcome_name(outcome)
        )
        if outcome is CallOutcome.RELAYED:
            said += " " + _("A word passed on is no warning: ring again.")
        callees = self._callees()
        if not callees:
            self.leave(f"{said} {self._still()}")
            return
        self.query_one("#still", Lines).show(self._still())
        self.query_one(CallPanel).suggest(callees)
        self.say(f"{said} " + _("Next: {name}").format(name=callees[0].name))

    async def commit(self) -> None:
        """F10: the result of the call is what is missing."""
        self.say(_("Choose the result of the call: 1 to 6."))

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [
            _("1-6: what came of the call; only somebody spoken to counts as warned"),
            _("Which homes: the notes on households (o) that say a machine keeps somebody alive"),
        ]
