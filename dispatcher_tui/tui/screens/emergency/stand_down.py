"""告一段落: somebody says that it is over; who was left out and who is under way is named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial

from textual import events
from textual.widget import Widget

from dispatcher_tui.desk.case.case_file import CaseFile
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.emergency.emergency import Emergency, holding, read_emergency
from dispatcher_tui.domain.duties.called_out import sent, under_way
from dispatcher_tui.domain.emergency.likely import resembling
from dispatcher_tui.domain.emergency.post_held import POST
from dispatcher_tui.domain.emergency.says_so import who_says
from dispatcher_tui.domain.emergency.send_back import to_send_back
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.words.people import Person, is_name
from dispatcher_tui.domain.words.text import clean_text, fold_key
from dispatcher_tui.present.case.duty_lines import duty_line, in_order
from dispatcher_tui.present.emergency.over_lines import (
    call_back_line,
    missing_lines,
    to_call_back,
    unreached_names,
)
from dispatcher_tui.present.i18n import _
from dispatcher_tui.tui.keys import ScreenKey
from dispatcher_tui.tui.routes import ToCallBack, ToNotify
from dispatcher_tui.tui.screens.case.on_case import OnCase
from dispatcher_tui.tui.screens.emergency.leaving import leave_ended
from dispatcher_tui.tui.screens.emergency.who_is_meant import STRANGER, ask_who_says
from dispatcher_tui.tui.widgets.form import Choice, Field, Option
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.once import AfterQuestion
from dispatcher_tui.tui.widgets.question import AnswerKey, Question
from dispatcher_tui.tui.widgets.row import Row

OVER, FALSE_ALARM = "over", "false_alarm"


class StandDownScreen(OnCase):
    """Over or a false alarm, who says so, then a question whose default is no."""

    hints = ("commit", "notify", "help")
    ends_with_case = True

    DEFAULT_CSS = """
    StandDownScreen #heading { background: $desk-emgh; color: $desk-emghf; }
    StandDownScreen #held { color: $desk-fg2; }
    StandDownScreen #standing { color: $desk-fg0; text-style: bold; }
    StandDownScreen #owed { padding: 1 0 0 1; }
    """

    def __init__(self, case_id: str) -> None:
        super().__init__(case_id)
        self._over = False
        self._emergency: Emergency | None = None
        self._others: tuple[str, ...] = ()
        self._stranger = ""
        """The name of no list that was said to be somebody else's."""
        self._picked: tuple[str, Person] | None = None
        """A name as it was written, and whom of the roster it means."""
        self._ask_again = False
        """Whether the question was open when another screen came over it."""

    def form_name(self) -> str:
        """What the form is called."""
        return _("Stand down")

    async def reload(self) -> bool:
        """The calls and the other emergencies are read with the case."""
        case_id = self.case_id

        def read(desk: Desk) -> tuple[Emergency, tuple[str, ...]]:
            others = (each.number for each in holding(desk) if each.case_id != case_id)
            return read_emergency(desk, case_id), tuple(others)

        found = await self.run_on_desk(read, writes=False)
        if found is None:
            return False
        self._emergency, self._others = found
        return await super().reload()

    @property
    def _unreached(self) -> tuple[str, ...]:
        """Who was never reached or never sent, by name."""
        found = self._emergency
        if found is None:
            return ()
        out = bool(sent(found.case, found.rules.procedure))
        return unreached_names(found.standing, sent=out)

    @property
    def _under_way(self) -> str:
        """Whom to ring because they are under way, in one line."""
        if self.file is None:
            return ""
        going = under_way(self.file.case, self.file.procedure)
        return call_back_line(contact.name for contact in going)

    def _standing(self) -> str:
        """Who is under way and has to be told, who was never reached."""
        names = self._unreached
        never = _("Never reached or sent: {names}").format(names=_(", ").join(names))
        return "\n".join(line for line in (self._under_way, never if names else "") if line)

    async def case_changed(self) -> None:
        """Somebody was reached, or rang, while the form stood open."""
        if self._over:
            self._show_owed()
            return
        self.query_one("#standing", Lines).show(self._standing())
        self.query_one("#why-row").display = bool(self._unreached)

    def fields(self, file: CaseFile) -> Iterable[Widget]:
        """How it ended, in whose words, why somebody was left out, the question, what it leaves."""
        yield Lines(_("The post is held until somebody says that it is over."), id="held")
        yield Lines(self._standing(), id="standing")
        options = [
            Option(OVER, _("it is over for now")),
            Option(FALSE_ALARM, _("it was a false alarm")),
        ]
        yield Row(_("Outcome"), Choice(options, chosen=[OVER], id="how"), rule=POST)
        yield Row(
            _("Who says so"),
            AfterQuestion(id="note", limit=2_000, placeholder=_("name, and how it stands")),
        )
        why = Row(
            _("Why"),
            Field(id="why", limit=2_000, placeholder=_("why they were never reached or sent")),
            id="why-row",
            rule=POST,
        )
        why.display = bool(self._unreached)
        yield why
        yield Question(id="question", held=True)
        yield Lines("", id="owed")

    def begin(self) -> None:
        """Over is chosen already: Enter goes on to the words, 2 makes it a false alarm."""
        self.query_one("#how").focus()

    def on_screen_suspend(self) -> None:
        """Another screen comes over it: what is asked is asked anew once that is gone."""
        for question in self.query(Question):
            if question.asked:
                self._ask_again = True
                question.withdraw()
                self.query_one("#note", AfterQuestion).question_gone()

    async def come_back(self) -> None:
        """Who was told meanwhile is named no more; what was asked is asked again, as it is now."""
        again, self._ask_again = self._ask_again, False
        if self.file is None or not self.is_current or not await self.reload():
            return
        await self.case_changed()
        if again and not self._over:
            await self.commit()

    def on_after_question_astray(self, event: AfterQuestion.Astray) -> None:
        """A digit for the question that is gone is neither an answer nor part of the words."""
        event.stop()
        words = _("{key} answers nothing now: it was left out. F10 asks again; a letter writes on.")
        self.say(words.format(key=event.key))

    def on_choice_changed(self, event: Choice.Changed) -> None:
        """How it ended is chosen: the words come next."""
        event.stop()
        if event.by_hand and event.choice.has_focus:
            self.query_one("#note").focus()

    def own_keys(self) -> Sequence[ScreenKey]:
        """Over, or a false alarm; the choice on the screen has their names."""
        tell = ScreenKey("notify", "", self._tell)
        if self._over or not self.query("#how") or self.query_one(Question).asked:
            return (tell, *super().own_keys())
        return (
            ScreenKey("1", "", partial(self._choose, 0), _("it is over for now")),
            ScreenKey("2", "", partial(self._choose, 1), _("it was a false alarm")),
            tell,
            *super().own_keys(),
        )

    def _tell(self) -> None:
        """F4: whoever is listed hears that it is over, also before that is written down."""
        file = self.file
        if file is not None and to_send_back(file.case, file.rules):
            self.shell.go(ToCallBack(self.case_id, over=True))
        else:
            self.shell.go(ToNotify(self.case_id))

    def _choose(self, place: int) -> None:
        self.query_one("#how", Choice).choose(place)

    @property
    def _how(self) -> str:
        """What the choice says, in its own words."""
        choice = self.query_one("#how", Choice)
        return next((o.text for o in choice.options if o.value == choice.value), "")

    @property
    def _note(self) -> str:
        return clean_text(self.query_one("#note", Field).value, multiline=False).text.strip()

    @property
    def _why(self) -> str:
        return clean_text(self.query_one("#why", Field).value, multiline=False).text.strip()

    async def accept_field(self) -> None:
        """Enter in the last words asks whether it is meant."""
        if self.focused is not None and self.focused.id in ("note", "why"):
            await self.commit()
        else:
            await super().accept_field()

    async def commit(self) -> None:
        """F10: is it meant? No is the default."""
        if self.file is None or self._over:
            await self._go_on()
            return
        if not self._note:
            self.say_fault(_("Write who says that it is over, and how it stands."))
            self.query_one("#note").focus()
            return
        if self._unreached and not self._why:
            self.say_fault(_("Write why these were never reached or sent."))
            self.query_one("#why").focus()
            return
        name, meant = self._said_by
        if not meant and not (name == self._stranger and name):
            if not is_name(name):
                self.say_fault(_("Write who says that it is over, and how it stands."))
                self.query_one("#note").focus()
                return
            near = resembling(name, self.file.people, self.file.initials)
            ask_who_says(self.query_one(Question), name, near)
            return
        self._ask_over()

    @property
    def _said_by(self) -> tuple[str, str]:
        """Who says so, and the roster's id: as it is written, or as it was answered."""
        assert self.file is not None
        person, name = who_says(self._note, self.file.people)
        if not person and self._picked is not None and self._picked[0] == name:
            return self._picked[1].name, self._picked[1].id
        return name, person

    def _ask_over(self) -> None:
        assert self.file is not None
        # Another one that goes on holds the post all the same: then it is not asked about.
        words = _("{number}: {how}. Is the post free?")
        if self._others:
            words = _("{number}: {how}. Is it over? {others} still holds the post.")
        text = words.format(
            number=self.file.case.number, how=self._how, others=_(", ").join(self._others)
        )
        name = self._said_by[0]
        if name in self._unreached:
            doubt = _("{name} was never reached here. Did they really say so?")
            text = f"{doubt.format(name=name)} {text}"
        self.query_one(Question).put(
            "over", text, AnswerKey("yes", _("yes"), "1"), AnswerKey("no", _("no, it goes on"), "")
        )

    async def on_question_answered(self, event: Question.Answered) -> None:
        """Yes: it is stood down at this second."""
        event.stop()
        if event.name == STRANGER and event.value:
            self._meant(event.value)
            return
        if event.value != "yes":
            self.query_one("#note", AfterQuestion).question_gone()
            return
        name, person = self._said_by
        false_alarm = self.query_one("#how", Choice).value == FALSE_ALARM
        command = cmd.StandDown(
            note=self._note,
            false_alarm=false_alarm,
            unreached=self._unreached,
            why=self._why,
            by=name,
            person=person,
        )
        if await self.record(lambda desk: desk.perform(self.case_id, command)) is None:
            self._to_what_is_missing()
            return
        self._over = True
        self.say("")
        await self.catch_up()
        self._show_owed()

    def _to_what_is_missing(self) -> None:
        """It was refused: the focus goes to the words that it still wants, or to the first ones."""
        why, note = self.query_one("#why", Field), self.query_one("#note", Field)
        if self._note and not self._why:
            self.query_one("#why-row").display = True  # somebody was left out of whom no list knows
            why.focus()
        else:
            note.focus()

    def _meant(self, answer: str) -> None:
        """Who says so is known: then whether it is over."""
        assert self.file is not None
        name = who_says(self._note, self.file.people)[1]
        found = next((each for each in self.file.people if each.id == answer), None)
        self._picked = (name, found) if found is not None else None
        self._stranger = "" if found is not None else name
        self._ask_over()

    def _show_owed(self) -> None:
        """Who has to be told, what is owed and what is still missing, as it is now (E-06, E-07)."""
        assert self.file is not None
        file, now = self.file, self.session.now()
        zone, cells = file.rules.calendar.tz, self.cells - 1
        calls = to_call_back(file.duties)
        lines = [duty_line(d, now, zone, cells) for d in in_order(file.duties) if d.pending]
        back = call_back_line(dict.fromkeys(duty.name for duty in calls))
        head = [_("Stood down. What is owed from now on:"), *lines]
        head += [f"{back}  F4"] if back else []
        head += [f" {each}" for each in missing_lines(file.procedure, file.case, file.duties)]
        self.query_one("#owed", Lines).show("\n".join([*head, "", _("Enter: go on")]))
        for name in ("#held", "#standing"):
            self.query_one(name).display = False
        for row in self.query(Row):
            row.display = False
        self.set_focus(None)

    def pass_time(self, now: datetime) -> None:
        """What is owed counts on while it is read."""
        if self._over and self.file is not None:
            self._show_owed()

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
            self.query_one("#note", AfterQuestion).question_gone()
        elif self._over:
            await self._go_on()
        else:
            await super().go_back()

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [
            _("F10, then 1: the post is free"),
            _("F4: ring whoever is under way, one after the other, that it is over"),
        ]
