"""A note on a household: where, what of, in what words, until when."""

from __future__ import annotations

from datetime import datetime

from textual.app import ComposeResult
from textual.widgets import Input

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.site.noting import add_note
from dispatcher_tui.desk.watch.sayings import sayings
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.site.household_notes import WORDS_LIMIT, HouseholdNote
from dispatcher_tui.domain.time.when import WhenError
from dispatcher_tui.domain.words.place import normalise_place
from dispatcher_tui.domain.words.terms import NoteKind
from dispatcher_tui.present.case.intake_lines import household_text
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.promises import promise_hint, when_problem
from dispatcher_tui.present.site.note_lines import note_kind_name
from dispatcher_tui.tui.screens.case.asks_home import AsksHome
from dispatcher_tui.tui.widgets.form import Choice, Field, Option
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.pin import enter_on
from dispatcher_tui.tui.widgets.question import Question
from dispatcher_tui.tui.widgets.row import Row

_FIELD_OF = {
    "household_note_place": "#place",
    "household_note_words": "#words",
    "household_note_past": "#until",
}
"""Where the cursor goes after a refusal."""


def _added(
    desk: Desk, place: str, kind: NoteKind, words: str, until: str
) -> HouseholdNote | WhenError | Refusal:
    """The note, or why there can be no such one."""
    try:
        return add_note(desk, place, kind, words, until)
    except (WhenError, Refusal) as error:
        return error


class AddHouseholdNoteScreen(AsksHome):
    """The form of one note; F10 puts it on the household."""

    hints = ("commit", "help")
    AUTO_FOCUS = ""

    DEFAULT_CSS = """
    AddHouseholdNoteScreen #home { height: auto; max-height: 4; color: $desk-fg2; }
    """

    def __init__(self, place: str = "") -> None:
        super().__init__()
        self._place = place

    @property
    def about(self) -> str:
        """The household: of two each has a draft of its own."""
        return self._place

    @property
    def place_here(self) -> str:
        """As it is typed so far."""
        return normalise_place(self.field("place")) if self.is_mounted else self._place

    def heading(self) -> str:
        """What is written down here."""
        return " " + _("A note on a household")

    def body(self) -> ComposeResult:
        """Place, kind, words, expiry."""
        yield Row(_("Place"), Field(self._place, id="place", limit=40))
        yield Lines("", id="home")
        kinds = [Option(kind.value, note_kind_name(kind)) for kind in NoteKind]
        yield Row(_("Household note"), Choice(kinds, id="kind"))
        yield Row(_("Words"), Field(id="words", limit=WORDS_LIMIT))
        yield Row(_("Until (empty: no end)"), Field(id="until", limit=WORDS_LIMIT))
        yield Lines("", id="understood")
        yield Question(id="question", held=True)

    def begin(self) -> None:
        """Where the place is known, the kind is asked first."""
        self.query_one("#kind" if self.field("place").strip() else "#place").focus()
        self.run_worker(self._look(), exit_on_error=False, group="home")

    async def _look(self) -> None:
        """Say who lives there."""
        place = self.place_here
        home = await self.run_on_desk(lambda desk: desk.lists.household(place), writes=False)
        if home is not None and place == self.place_here:
            self.query_one("#home", Lines).show(household_text(place, home.household))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Who lives there, and what is meant by the time, while it is typed."""
        event.stop()
        if event.input.id == "place":
            self.run_worker(self._look(), exit_on_error=False, group="home")
        self.pass_time(self.session.now())

    def pass_time(self, now: datetime) -> None:
        """The time as it is understood."""
        desk, zone = self.session.desk, self.session.desk.rules.calendar.tz
        said = sayings(desk, self.session.post, now)
        hint = promise_hint(self.field("until"), now, zone, said)
        self.query_one("#understood", Lines).show(hint)

    def on_choice_changed(self, event: Choice.Changed) -> None:
        """A digit chooses and goes on."""
        event.stop()
        if event.by_hand:
            self.query_one("#words").focus()

    async def accept_field(self) -> None:
        """Enter goes on; on the last field it commits. A place may be several homes."""
        field = self.focused
        if field is not None and field.id == "until":
            await self.commit()
        elif not (isinstance(field, Field) and field.id == "place" and await self.asks_home(field)):
            enter_on(self)

    def on_question_answered(self, event: Question.Answered) -> None:
        """The home stands there, and what the note is about comes next."""
        if self.home_answered(event) is not None:
            self.query_one("#kind").focus()

    async def commit(self) -> None:
        """F10: it is shown from now on wherever the household is."""
        chosen = self.query_one("#kind", Choice).value
        place, words, until = self.field("place"), self.field("words"), self.field("until")
        if not place.strip() or not chosen:
            self.query_one("#kind" if place.strip() else "#place").focus()
            self.say_fault(_("The place and what the note is about first."))
            return
        kind = NoteKind(chosen)
        done = await self.run_on_desk(lambda desk: _added(desk, place, kind, words, until))
        if isinstance(done, WhenError):
            self.query_one("#until").focus()
            self.say_fault(when_problem(done.code))
        elif isinstance(done, Refusal):
            self.query_one(_FIELD_OF.get(done.code, "#place")).focus()
            self.say_fault(self.refused(done))
        elif done is not None:
            await self.forget_draft()
            await self.shell.take_news()
            self.leave(_("The note is on {place}.").format(place=done.place))

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [
            _("1-6: what the note is about; of another kind the words say it"),
            _("Until: a time or a day such as 23:30 or 12-24; from then on it is not shown"),
        ]
