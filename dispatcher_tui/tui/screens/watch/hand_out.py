"""Something goes out of the handout book: which, who has it, what its register asks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Input

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.watch.handouts import HandoutsNow, hand_out, handouts_now
from dispatcher_tui.desk.watch.sayings import sayings
from dispatcher_tui.domain.case.decide_handouts import HandOutAsked
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.record.handout_events import ThingHandedOut
from dispatcher_tui.domain.time.when import WhenError, parse_promise
from dispatcher_tui.domain.watch.handouts import HandoutRegister, Taker, back_by
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.line_texts import due_time
from dispatcher_tui.present.promises import promise_hint, when_problem
from dispatcher_tui.tui.screens.system.autosave_form import AutosaveForm
from dispatcher_tui.tui.widgets.form import Field, Option
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.picker import Picker, PickList
from dispatcher_tui.tui.widgets.pin import enter_on
from dispatcher_tui.tui.widgets.row import Row

LIMIT = 120
_FIELD_OF = {
    "handout_thing_missing": "#thing",
    "handout_thing_unknown": "#thing",
    "handout_out": "#thing",
    "handout_what_missing": "#what",
    "name_missing": "#who",
    "figure_no_name": "#who",
    "handout_not_staff": "#who",
    "handout_due_past": "#due",
}
"""Where the cursor goes after a refusal."""


class HandOutScreen(AutosaveForm):
    """The thing by its digit, number or name, who has it by initials; F10 writes it down."""

    hints = ("commit", "help")
    DEFAULT_CSS = "HandOutScreen #fields { height: auto; }"

    def __init__(self, register: HandoutRegister) -> None:
        super().__init__()
        self._register = register

    @property
    def about(self) -> str:
        """The register."""
        return self._register.id

    def heading(self) -> str:
        """Of which register."""
        register = self._register
        return f" {localized(register.label)}: {localized(register.out)}"

    def body(self) -> ComposeResult:
        """The fields, once it is known what is out."""
        yield Vertical(id="fields")
        yield Lines("", id="understood")

    async def build(self) -> bool:
        """What is out already, and who there is."""
        book = await self.run_on_desk(handouts_now, writes=False)
        if book is None:
            return False
        await self.query_one("#fields").mount(*self._fields(book))
        self._hint()
        return True

    def _fields(self, book: HandoutsNow) -> Iterator[Widget]:
        register = self._register
        if register.things:
            out = {row.number: row for row in book.out if row.register == register.id}
            gone = {localized(row.thing) for row in out.values() if row.thing is not None}
            things = []
            for each in register.things:
                name = localized(each.label)
                mark = _(" (out)") if name in gone else ""
                things.append(Option(each.id, f"{each.id} {name}{mark}", (each.id, name)))
            yield from self._picker("thing", _("Which"), things)
        elif register.what is not None:
            yield Row(localized(register.what), Field(id="what", limit=LIMIT), required=True)
        if register.may is Taker.STAFF:
            staff = [Option(name, name, keys) for name, keys in book.staff]
            yield from self._picker("who", localized(register.who), staff)
        else:
            who = Field(id="who", limit=LIMIT, of_name=True)
            yield Row(localized(register.who), who, required=True)
        for field in register.fields:
            own = Field(id=f"field-{field.id}", limit=LIMIT)
            yield Row(localized(field.label), own, required=field.required)
        yield Row(_("Back by"), Field(id="due"))

    def _picker(self, name: str, label: str, options: list[Option]) -> Iterator[Widget]:
        picker = Picker(options, id=name, placeholder=_("number, initials or name"))
        yield Row(label, picker, required=True)
        yield PickList(picker, columns=3, cells=24)

    def on_picker_narrowed(self, event: Picker.Narrowed) -> None:
        """Other lines match now."""
        event.stop()
        for each in self.query(PickList):
            each.refresh(layout=True)

    def on_picker_picked(self, event: Picker.Picked) -> None:
        """It is picked: the next is asked."""
        event.stop()
        enter_on(self)

    def on_input_changed(self, event: Input.Changed) -> None:
        """The time as it is understood while it is typed."""
        if event.input.id == "due":
            event.stop()
            self._hint()

    def _hint(self) -> None:
        desk, now = self.session.desk, self.session.now()
        zone = desk.rules.calendar.tz
        text = promise_hint(self.field("due"), now, zone, sayings(desk, self.session.post, now))
        usual = back_by(self._register, desk.rules.calendar, now)
        if not text and usual is not None:
            words = _("Empty: back by {time}; another time such as 40, 2h, 18:30")
            text = words.format(time=due_time(usual, now, zone))
        elif not text:
            text = _("Empty: no time is set; a time such as 40, 2h, 18:30 is told when it is over")
        self.query_one("#understood", Lines).show(text)

    async def accept_field(self) -> None:
        """Enter goes on; on the last field it writes down."""
        if self.focused is not None and self.focused.id == "due":
            await self.commit()
        else:
            enter_on(self)

    def _asked(self, due: datetime | None) -> HandOutAsked:
        def chosen(name: str) -> str:
            found = self.query_one(f"#{name}", Field)
            return found.picked if isinstance(found, Picker) else found.value

        things, staff = bool(self._register.things), self._register.may is Taker.STAFF
        typed = self.field("who")
        return HandOutAsked(
            register=self._register.id,
            thing=chosen("thing") or self.field("thing").strip() if things else "",
            what="" if things or self._register.what is None else self.field("what"),
            who=chosen("who") or typed if staff else typed,
            fields={each.id: self.field(f"field-{each.id}") for each in self._register.fields},
            due=due,
        )

    async def commit(self) -> None:
        """F10: it is out from now on."""
        typed = self.field("due")
        done = await self.run_on_desk(lambda desk: self._written(desk, typed))
        if isinstance(done, WhenError):
            self.query_one("#due").focus()
            self.say_fault(when_problem(done.code))
        elif isinstance(done, Refusal):
            self._refused(done)
        elif done is not None:
            await self.forget_draft()
            await self.shell.take_news()
            self.leave(_("Out, number {number}.").format(number=done))

    def _written(self, desk: Desk, typed: str) -> int | WhenError | Refusal:
        """The number it went out with, or why it did not."""
        now, zone = desk.clock.now(), desk.rules.calendar.tz
        try:
            due = parse_promise(typed, now, zone, sayings(desk, desk.post, now)) if typed else None
            event = hand_out(desk, self._asked(due)).event
        except (WhenError, Refusal) as problem:
            return problem
        assert isinstance(event, ThingHandedOut)  # it was written here
        return event.number

    def _refused(self, refusal: Refusal) -> None:
        target = _FIELD_OF.get(refusal.code, "")
        if "field" in refusal.detail:
            target = f"#field-{refusal.detail['field']}"
        if target and self.query(target):
            self.query_one(target).focus()
        self.say_fault(self.refused(refusal))

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [
            _("A thing by its digit, its number or its name; people by initials"),
            _("Back by: 40 (minutes), 2h, 18:30, tomorrow; empty: as its register has it"),
        ]
