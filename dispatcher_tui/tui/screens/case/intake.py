"""接诉登记 (F2): what the caller says is on disk while it is typed; F10 opens the case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.widgets import Input

from dispatcher_tui.desk.case.called_again import take_down
from dispatcher_tui.desk.case.intake import (
    Intake,
    IntakeDraft,
    IntakeKind,
    preview,
    raises,
)
from dispatcher_tui.desk.case.library import Example, examples_by_class
from dispatcher_tui.domain.emergency.post_held import holds_post
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.record.case_line import CaseLine, Lane
from dispatcher_tui.domain.words.likely_class import likely_classes
from dispatcher_tui.domain.words.place import normalise_place
from dispatcher_tui.domain.words.text import fold_key
from dispatcher_tui.present.case.intake_lines import rules_text
from dispatcher_tui.present.case.learning_lines import example_hint
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.line_texts import by_name
from dispatcher_tui.tui import twice
from dispatcher_tui.tui.keys import ScreenKey
from dispatcher_tui.tui.routes import ToIntake
from dispatcher_tui.tui.screens.case.intake_words import IntakeWords
from dispatcher_tui.tui.screens.case.nobodys_class import NobodysClass
from dispatcher_tui.tui.widgets.beside import Beside, Seen
from dispatcher_tui.tui.widgets.form import Choice, Field, Option
from dispatcher_tui.tui.widgets.intake_form import IntakeForm
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.picker import Picker, PickList
from dispatcher_tui.tui.widgets.question import Question
from dispatcher_tui.tui.work_routes import to_work

WIDE = 120


class IntakeScreen(IntakeWords):
    """The form of one call. ``draft`` takes up one that was left unfinished."""

    hints = ("commit", "emergency", "help")
    hot = "commit"

    DEFAULT_CSS = """
    IntakeScreen.wide NoteArea { height: 7; }
    """

    def __init__(self, draft: IntakeDraft | None = None, *, since: datetime | None = None) -> None:
        super().__init__(draft, since=since)
        self._examples: dict[str, Example] = {}
        self._seen: Seen | None = None
        self._nobodys = NobodysClass()
        self._words = ""
        """The caller's words that classes were proposed for last."""
        self._kind = self.draft.intake.kind.value if self.resumed else ""
        self._chosen = ("", "", 0.0)
        """The digit that chose the kind, the kind before it, and when (seconds)."""

    @property
    def place_here(self) -> str:
        """As it is typed so far."""
        return normalise_place(self.filled.place)

    @property
    def told_here(self) -> Intake:
        """As it is typed so far; the form keeps it, whatever F9 makes of it."""
        return self.filled

    # What is on the screen

    def body(self) -> ComposeResult:
        """The form, and beside it what it already tells."""
        self.set_class(self.app.size.width >= WIDE, "wide")
        classes = [
            Option(c.id, localized(c.name), (c.initials, c.name.zh, c.name.en), words=c.words)
            for c in self.session.desk.site.offered
        ]
        form = IntakeForm(self.draft.intake, classes, resumed=self.resumed)
        if self.session.desk.in_force.several:
            procedures = self.session.desk.in_force.procedures
            form.procedures = tuple(Option(p.id, localized(p.short)) for p in procedures)
        left = None if self.resumed else self.unfinished()
        if left is not None:
            form.unfinished = Option(left.id, self.brief(left))
        if self.draft.intake.kind is IntakeKind.AGAIN:
            form.cases = self._open_cases()
        yield form
        yield Question(id="which_home", held=True)

    def _about(self, line: CaseLine) -> str:
        """What a case is about; only an emergency may stand there by its kind."""
        return self.called(line.content) if line.emergency else line.content

    def _open_cases(self) -> tuple[Option, ...]:
        now = self.session.now()
        return tuple(
            Option(
                line.id,
                " ".join(part for part in (line.number, line.place, self._about(line)) if part),
                (line.number.partition("-")[2], line.place, line.phone, line.caller),
            )
            for line in self.shell.board.lane(Lane.ALL, now, now)
        )

    def begin(self) -> None:
        """The call is stamped; the first digit says of which kind it is."""
        if self.form.unfinished is not None:
            self.say(_("A form was left unfinished: 6 takes it up again."))
        self.call_after_refresh(self._begin)

    async def _begin(self) -> None:
        if self.resumed:
            known = self.draft.id in self.session.drafts
            self.set_focus(self.form.after("kind") if known else self.form.first_empty)
        self._look_up()
        self._examples = await self.run_on_desk(examples_by_class, writes=False) or {}
        self._show()

    def on_resize(self) -> None:
        """Another size: the form stays, the panel is drawn anew."""
        self.set_class(self.app.size.width >= WIDE, "wide")
        self.call_after_refresh(self._show)

    def pass_time(self, now: datetime) -> None:
        """The length of the call."""
        self.query_one("#heading", Lines).show(self.heading())
        self.query_one(Beside).pass_time(now)

    def _case(self, form: Intake) -> CaseLine | None:
        """The open case that the call is about, where it is not a new one."""
        lines = (*self._at.cases, *self._at.to_link)
        near = next((line for line in lines if line.id == form.case), None)
        line = near or self.shell.board.line(form.case)
        return by_name(line, self.called) if line is not None else None

    def _show(self) -> None:
        """Draw the panel from what is in memory."""
        if not self.is_mounted or self.over:
            return
        desk, form = self.session.desk, self.filled
        if form.said != self._words:  # Other keys change nothing of what the words are about.
            self._words = form.said
            self.form.propose([each.id for each in likely_classes(desk.site.offered, form.said)])
        procedures, at = desk.in_force.procedures, self._at
        told = preview(procedures, desk.site.categories, form, at.home, at.cases)
        told = replace(told, near=at.near, offered=self._offered, beyond=at.beyond, alike=at.alike)
        case = self._case(form)
        graver = case is not None and raises(told, case, desk.in_force)
        own = told.level.emergency and case is not None and case.id not in at.held
        now, zone = self.session.now(), desk.rules.calendar.tz
        example = self._examples.get(told.category.id) if told.category else None
        hint = example_hint(example.line.number, example.lessons) if example else ""
        seen = Seen(form, told, case, graver or own, now, zone, hint, own, self._at.noted)
        self._seen = seen
        self.query_one(Beside).show_seen(seen)

    def _suggest(self) -> None:
        """Offer the numbers of the household, or of the case's caller."""
        case = self._case(self.filled)
        if self.form.kind is IntakeKind.AGAIN:
            self.form.suggest(((case.caller, case.phone),) if case else ())
        else:
            self.form.suggest(self._residents())

    async def come_back(self) -> None:
        """A note may be on the household by now; what was left by Esc goes on where it was."""
        self._look_up()
        if self.left_by_esc:
            self.set_focus(self.form.after("place" if self.filled.place else "kind"))

    # Typing

    def on_input_changed(self, event: Input.Changed) -> None:
        """A field changed."""
        if event.input.id == "phone":
            self._suggest()
        self._join_place(event.input)
        super().on_input_changed(event)

    def _join_place(self, field: Input) -> None:
        """The digit that chose the kind was the first figure of a place, where `-` follows it."""
        digit, before, at = self._chosen
        typed, (_key, now) = field.value, self.shell.presses.last
        if field.id not in ("place", "case") or fold_key(typed[:1]) != "-":
            return
        if not digit or now - at >= twice.RINGS_AFTER:
            return
        self._chosen = ("", "", 0.0)
        if field.id == "case":
            self.query_one("#case", Picker).empty()
        kind, place = self.query_one("#kind", Choice), self.query_one("#place", Field)
        if before:
            kind.restore([before])
        else:
            kind.clear()
        self._kind = before
        self.form.show_kind()
        place.value = f"{digit}{typed}"
        place.cursor_position = len(place.value)
        self.set_focus(place)
        words = _("{digit} is the first figure of the place: {place} The kind is as it was before.")
        self.say(words.format(digit=digit, place=place.value))

    def on_text_area_changed(self) -> None:
        """The caller's words: a danger in them is said, and classes are proposed."""
        self._show()
        self.offer_usual()

    def on_picker_narrowed(self, event: Picker.Narrowed) -> None:
        """Other lines match."""
        self._show_matching()
        picker = event.picker
        none = bool(picker.value.strip()) and not picker.picked and not picker.matching
        if none:
            self.say(_("Nothing matches; empty the field to go on without."))
        elif self._hinting:
            self.say("")
        self._hinting = none

    def _show_matching(self) -> None:
        for shown in self.query(PickList):
            shown.refresh(layout=True)

    def on_picker_picked(self, event: Picker.Picked) -> None:
        """A class or a case was taken: go on to the next field."""
        self._look_up()
        self._suggest()
        self._show()
        self.say("")
        self.set_focus(self.form.after(event.picker.id or ""))

    async def on_choice_changed(self, event: Choice.Changed) -> None:
        """The kind of call decides what is asked; a fact weighs in the level."""
        if event.choice.id == "kind":
            draft = self.session.drafts.get(event.choice.value)
            if draft is not None:
                await self._take_up(draft)
                return
            if event.by_hand:
                key, at = self.shell.presses.last
                nth = "" if key in ("enter", "space", "left", "right") else event.choice.cursor + 1
                self._chosen = (str(nth), self._kind, at)
                self._kind = event.choice.value
                self._show_fields()
        self._show()

    def _show_fields(self) -> None:
        form = self.form
        if form.kind is IntakeKind.AGAIN:
            self.query_one("#case", Picker).options = self._open_cases()
            self._show_matching()
        form.show_kind()
        self._suggest()
        self.say("")
        self.set_focus(form.after("kind"))

    async def accept_field(self) -> None:
        """Enter: take over what was suggested, and go on."""
        form, field = self.form, self.focused
        self.left_by_esc = False
        why = self._stays(field)
        if why:
            self._say_stays(why)
            return
        await self._looked_up()
        if isinstance(field, Field) and self._offer(field):
            return
        following = self.after_field(field)
        self.set_focus(following)
        self.say(form.doubt(field) or ("" if following else self._what_next()))

    @property
    def letters_act(self) -> bool:
        """Past the last field a letter is more likely a late word than a command."""
        return self.focused is None and self.left_by_esc

    def own_keys(self) -> Sequence[ScreenKey]:
        """The open cases at the place, next door and alike by their digits in the panel."""
        link = _("the call is about that open case; once more: it is not")
        near = (ScreenKey("1-9", "", self._link, link),) if self._to_link else ()
        told = _("the main points were repeated to the caller; once more: not yet")
        mine = (ScreenKey("repeat", "", self._repeat, told), ScreenKey("undo", "", self.undo))
        return (*near, *mine, *super().own_keys())

    def more_help(self) -> list[str]:
        """What was learnt from a case of the class; which rules stand behind level and prompts."""
        if (seen := self._seen) is None:
            return []
        learnt = [seen.example] if seen.example else []
        return [*learnt, *rules_text(seen.preview.level, seen.preview.prompts)]

    def _link(self, number: int) -> bool:
        if number > len(near := self._to_link):
            return False
        form, case_id = self.form, near[number - 1].id
        form.linked = "" if form.linked == case_id else case_id
        self.say(self._what_next())
        self._show()
        return True

    async def _repeat(self) -> None:
        """Ctrl+T: it goes into the record with the case."""
        if self._seen is None or not self._seen.repeats:
            self.say(_("No rule of this case asks to repeat anything."))
            return
        self.form.repeat()
        self.say(_("F10 records that it was repeated.") if self.form.repeated else "")
        self._show()
        await self.save_draft()

    async def undo(self) -> None:
        """Ctrl+Z: what lies under the form is not taken back from here."""
        self.say(_("Nothing of this form is committed yet."))

    async def _take_up(self, draft: IntakeDraft) -> None:
        """Go on with a form that was left unfinished."""
        if await self.let_go():
            self.shell.replace(ToIntake(draft))

    # Committing

    async def commit(self) -> None:
        """F10: open the case and go on to telling somebody; count the call; or note it."""
        if self.over:
            return
        self.take_usual()
        form, draft = self.filled, self.draft
        if form.kind is IntakeKind.AGAIN and not form.case:
            self.ask(_("Pick the open case first."))
            return
        if why := self._unknown_class():
            self.set_focus(self.form.class_or_words)
            self._say_stays(why)
            return
        if why := self.number_astray():
            self.set_focus(self.form.class_or_words)
            self.ask(why)
            return
        if why := self._nobodys.asks(self.session.desk, form):
            self.ask(why)
            return
        if self.rings_after_end(self._case(form), own=self._seen is not None and self._seen.own):
            return
        self.begin_commit()
        done = await self.run_on_desk(lambda desk: take_down(desk, form, draft))
        if done is None:
            self.commit_failed()
            return
        self.committed()
        await self.shell.take_news()
        if isinstance(done, Entry):
            self.leave(_("Entered in the Work Log."))
        elif done.case.id == form.case:
            self.leave(_("Counted on {number}.").format(number=done.case.number))
        else:
            procedure = self.session.desk.rules_of(done.case).procedure
            then = "emergency" if holds_post(done.case, procedure) else "notify"
            self.shell.replace(to_work(then, done.case.id))
