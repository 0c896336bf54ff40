"""告一段落: somebody says that it is over; the post is free, and what is owed is told."""

from __future__ import annotations

from collections.abc import Iterable

from textual import events
from textual.widget import Widget

from dispatcher_tui.desk.case_file import CaseFile
from dispatcher_tui.domain import commands as cmd
from dispatcher_tui.domain.duties import fits_now
from dispatcher_tui.domain.emergency import POST
from dispatcher_tui.domain.text import clean_text, fold_key
from dispatcher_tui.present.duty_lines import duty_line, in_order
from dispatcher_tui.present.words import _, pick
from dispatcher_tui.tui.screens.leaving import leave_ended
from dispatcher_tui.tui.screens.on_case import OnCase
from dispatcher_tui.tui.widgets.form import Choice, Field, Option
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.question import Answer, Question
from dispatcher_tui.tui.widgets.row import Row

OVER, FALSE_ALARM = "over", "false_alarm"


class StandDownScreen(OnCase):
    """Over or a false alarm, who says so, then a question whose default is no."""

    hints = ("commit", "help")
    keeps = ("how", "note")

    DEFAULT_CSS = """
    StandDownScreen #owed { padding: 1 0 0 0; }
    """

    def __init__(self, case_id: str) -> None:
        super().__init__(case_id)
        self._over = False

    def form_name(self) -> str:
        """What the form is called."""
        return _("Stand down")

    def fields(self, file: CaseFile) -> Iterable[Widget]:
        """How it ended, in whose words, the question, and what it leaves behind."""
        yield Lines(_("The post is held until somebody says that it is over."))
        options = [
            Option(OVER, _("it is over for now")),
            Option(FALSE_ALARM, _("it was a false alarm")),
        ]
        yield Row(_("How"), Choice(options, chosen=[OVER], id="how"), rule=POST)
        yield Row(
            _("Who says so"),
            Field(id="note", limit=2_000, placeholder=_("name, and how it stands")),
        )
        yield Question(id="question")
        yield Lines("", id="owed")

    def begin(self) -> None:
        """Over is chosen already: Enter goes on to the words, 2 makes it a false alarm."""
        self.query_one("#how").focus()

    def on_choice_changed(self, event: Choice.Changed) -> None:
        """How it ended is chosen: the words come next."""
        event.stop()
        if self.query_one("#how").has_focus:
            self.query_one("#note").focus()

    def digit(self, number: int) -> bool:
        """Over, or a false alarm."""
        if self._over or self.query_one(Question).asked:
            return False
        if 1 <= number <= 2:
            self.query_one("#how", Choice).choose(number - 1)
        return True

    @property
    def _how(self) -> str:
        """What the choice says, in its own words."""
        choice = self.query_one("#how", Choice)
        return next((o.text for o in choice.options if o.value == choice.value), "")

    @property
    def _note(self) -> str:
        return clean_text(self.query_one("#note", Field).value, multiline=False).text.strip()

    async def accept_field(self) -> None:
        """Enter in the words asks whether it is meant."""
        if self.focused is not None and self.focused.id == "note":
            await self.act_commit()
        else:
            await super().accept_field()

    async def act_commit(self) -> None:
        """F10: is it meant? No is the default."""
        if self.file is None or self._over:
            await self._go_on()
            return
        if not self._note:
            self.say(_("Write who says that it is over, and how it stands."))
            self.query_one("#note").focus()
            return
        self.query_one(Question).put(
            "over",
            _("{number}: {how}. Is the post free?").format(
                number=self.file.case.number, how=self._how
            ),
            Answer("yes", _("yes"), "1"),
            Answer("no", _("no, it goes on"), ""),
        )

    async def on_question_answered(self, event: Question.Answered) -> None:
        """Yes: it is stood down at this second."""
        event.stop()
        if event.value != "yes":
            self.query_one("#note").focus()
            return
        false_alarm = self.query_one("#how", Choice).value == FALSE_ALARM
        command = cmd.StandDown(note=self._note, false_alarm=false_alarm)
        if await self.ask(lambda desk: desk.perform(self.case_id, command)) is None:
            return
        self._over = True
        await self.forget_draft()
        await self.catch_up()
        self._show_owed()

    def _show_owed(self) -> None:
        """Follow-ups and the signature that come after it (E-06, E-07, E-09)."""
        assert self.file is not None
        file, now = self.file, self.session.now()
        zone, cells = file.rules.calendar.tz, self.cells
        lines = [duty_line(d, now, zone, cells) for d in in_order(file.duties) if d.pending]
        signs = [
            f" {pick(item.label)} [{item.rule}]"
            for item in file.procedure.write_off
            if item.kind == "signature" and fits_now(item.when, file.case)
        ]
        head = _("Stood down. What is owed from now on:")
        last = _("Enter: go on")
        self.query_one("#owed", Lines).show("\n".join([head, *lines, *signs, "", last]))
        for row in self.query(Row):
            row.display = False
        self.set_focus(None)

    async def on_key(self, event: events.Key) -> None:
        """Once it is over, Enter leads on; words typed before it go where words belong."""
        if self._over and event.key == "enter":
            event.stop()
            event.prevent_default()
            await self._go_on()
        elif self._words(event):
            event.stop()
            event.prevent_default()

    def _words(self, event: events.Key) -> bool:
        """A character that came while the choice had the focus: the words begin with it."""
        character = event.character or ""
        if not event.is_printable or fold_key(character).isdigit():
            return False
        if not isinstance(self.focused, Choice | Field):
            return False
        note = self.query_one("#note", Field)
        note.focus()
        note.insert_text_at_cursor(character)
        return True

    async def _go_on(self) -> None:
        """To another emergency that still runs, else to what lies beneath: mostly the board."""
        if self._over:
            self._left = True
            number = self.file.case.number if self.file else ""
            text = _("{number} is stood down; its follow-ups are duties.").format(number=number)
            await leave_ended(self, text, on=True)

    async def go_back(self) -> None:
        """Esc: withdraw the question; the form is kept; what is over leads to the board."""
        question = self.query_one(Question) if self.file is not None else None
        if question is not None and question.asked:
            question.withdraw()
            self.query_one("#note").focus()
        elif self._over:
            await self._go_on()
        else:
            await super().go_back()

    def help_lines(self) -> list[str]:
        """The screen's own keys."""
        return [_("1: it is over; 2: a false alarm; F10, then 1: the post is free")]
