"""补录: what stands on a blank intake is keyed in, one sheet after the other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from textual.app import ComposeResult
from textual.widgets import Input

from dispatcher_tui.desk.case.intake import Intake
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.papers.spare_sheets import KeyedIn, key_in, read_spares
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.papers.spare_sheets import sheet_number
from dispatcher_tui.domain.time.when import WhenError
from dispatcher_tui.domain.words.terms import Fact
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.promises import past_hint, past_problem
from dispatcher_tui.present.terms import fact_name
from dispatcher_tui.tui.screens.system.autosave_form import AutosaveForm
from dispatcher_tui.tui.widgets.form import Choice, Field, Option
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.picker import Picker, PickList
from dispatcher_tui.tui.widgets.pin import enter_on
from dispatcher_tui.tui.widgets.row import Row

CASE, LOG = "case", "log"
FACTS = (Fact.NOW, Fact.INJURY, Fact.FIRE, Fact.GROUP)
"""Those that stand on the sheet, to be ticked."""

WORDS_LIMIT = 4_000
_FIELD_OF = {"spare_time_missing": "#at", "spare_empty": "#place", "note_missing": "#said"}
"""Where the cursor goes after a refusal; else to the number."""


class KeySpareScreen(AutosaveForm):
    """Number, time, and what stands on the sheet in its order; F10 keys it in and offers the next.

    The number that is probably next stands there already.
    """

    hints = ("commit", "help")
    AUTO_FOCUS = ""

    def __init__(self, number: str = "") -> None:
        super().__init__()
        self._number = number

    def heading(self) -> str:
        """What is done here."""
        return " " + _("Key in a sheet: as it stands there, with its own time")

    def body(self) -> ComposeResult:
        """In the order of the sheet."""
        yield Row(_("Sheet"), Field(self._number, id="number", limit=20))
        yield Row(
            _("Time of the call"), Field(id="at", limit=40, placeholder=_("03:10, 11-30 3:10"))
        )
        yield Lines("", id="understood")
        kinds = [Option(CASE, _("a case")), Option(LOG, _("a line of the Work Log"))]
        yield Row(_("It becomes"), Choice(kinds, chosen=(CASE,), id="kind"))
        yield Row(_("Place"), Field(id="place", limit=200))
        yield Row(_("Callback"), Field(id="phone", limit=40))
        yield Row(_("Caller"), Field(id="caller", limit=80))
        yield Row(_("Said"), Field(id="said", limit=WORDS_LIMIT))
        classes = [
            Option(c.id, localized(c.name), (c.name.zh, c.initials))
            for c in self.session.desk.site.offered
        ]
        picker = Picker(classes, id="category", placeholder=_("initials or digit"))
        facts = [Option(fact.value, fact_name(fact)) for fact in FACTS]
        yield Row(_("Facts"), Choice(facts, many=True, id="facts"))
        yield Row(_("Class"), picker)
        yield PickList(picker, columns=2, cells=36)

    async def build(self) -> bool:
        """The sheet that is probably next."""
        if not self._number:
            book = await self.run_on_desk(lambda desk: read_spares(desk.store), writes=False)
            number = next(iter(book.open), 0) if book is not None else 0
            self._number = sheet_number(number) if number else ""
        return True

    def begin(self) -> None:
        """The number stands there: the time is asked first."""
        if self._number:
            self.query_one("#number", Field).put(self._number)
        self.query_one("#at" if self._number else "#number").focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """The time as it is understood, while it is typed."""
        event.stop()
        self.pass_time(self.session.now())

    def pass_time(self, now: datetime) -> None:
        """The time as it is understood."""
        zone = self.session.desk.rules.calendar.tz
        self.query_one("#understood", Lines).show(past_hint(self.field("at"), now, zone))

    def on_choice_changed(self, event: Choice.Changed) -> None:
        """A digit chooses and goes on."""
        event.stop()
        if event.by_hand and event.choice.id == "kind":
            self.query_one("#place").focus()

    def on_picker_picked(self, event: Picker.Picked) -> None:
        """The class is known."""
        event.stop()
        self.say(_("F10 writes it down."))

    def on_picker_narrowed(self, event: Picker.Narrowed) -> None:
        """Other classes match now."""
        event.stop()
        self.query_one(PickList).refresh(layout=True)

    async def accept_field(self) -> None:
        """Enter goes on."""
        enter_on(self)

    async def commit(self) -> None:
        """F10: it is in the record with its own time; the next sheet is offered."""
        form = Intake(
            place=self.field("place"),
            phone=self.field("phone"),
            caller=self.field("caller"),
            said=self.field("said"),
            category=self.query_one("#category", Picker).picked,
            facts=tuple(map(Fact, self.query_one("#facts", Choice).values)),
        )
        number, at = self.field("number"), self.field("at")
        log = self.query_one("#kind", Choice).value == LOG
        done = await self.run_on_desk(_caught(lambda desk: key_in(desk, number, at, form, log=log)))
        if isinstance(done, WhenError):
            self.query_one("#at").focus()
            self.say_fault(past_problem(done.code))
        elif isinstance(done, Refusal):
            self.query_one(_FIELD_OF.get(done.code, "#number")).focus()
            self.say_fault(self.refused(done))
        elif done is not None:
            await self._next(done)

    async def _next(self, done: KeyedIn) -> None:
        """An empty form with the next number; what came of this one is said."""
        for name in ("at", "place", "phone", "caller", "said", "category"):
            self.query_one(f"#{name}", Input).value = ""
        self.query_one("#facts", Choice).restore(())
        await self.forget_draft()
        await self.shell.take_news()
        case = done.case.number if done.case is not None else _("a line of the Work Log")
        said = _("{number} keyed in: {case}.").format(number=done.number, case=case)
        if done.gaps:
            gaps = _(", ").join(done.gaps)
            said += " " + _("Missing before it: {numbers}").format(numbers=gaps)
        if not done.following:
            self.leave(said)
            return
        self.query_one("#number", Field).put(done.following)
        self.query_one("#at").focus()
        self.say(said)

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [
            _("The time is that of the call, as it stands on the sheet, never ahead"),
            _("F10: into the record; the next number is offered, Esc ends"),
        ]


def _caught(
    job: Callable[[Desk], KeyedIn],
) -> Callable[[Desk], KeyedIn | WhenError | Refusal]:
    """The job, with what it refuses as its answer."""

    def caught(desk: Desk) -> KeyedIn | WhenError | Refusal:
        try:
            return job(desk)
        except (WhenError, Refusal) as error:
            return error

    return caught
