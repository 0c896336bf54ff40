"""A swap, somebody who came in, a stand-in: who it is, and who agreed; the hours are known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from textual.widget import Widget

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.watch.night_people import (
    NightPeople,
    come_in,
    name_stand_in,
    place_given,
    swap,
)
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.words.people import NAME_LIMIT, Person
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.line_texts import short_time
from dispatcher_tui.present.watch.people_lines import where_now
from dispatcher_tui.tui.screens.watch.people_form import PeopleForm, options
from dispatcher_tui.tui.widgets.form import Field, Option
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.picker import Picker
from dispatcher_tui.tui.widgets.pin import enter_on
from dispatcher_tui.tui.widgets.row import Row

SWAP, CAME, STAND_IN = "swap", "came", "stand_in"
_PHONE_LIMIT = 40


class NightChangeScreen(PeopleForm):
    """``what`` happened, to ``person`` of the roster; for who came in that is asked."""

    def __init__(self, what: str = CAME, person: str = "") -> None:
        super().__init__(person)
        self._what = what
        self._given: tuple[datetime, datetime] | None = None
        """From when to when the place is given, for who has one to give."""

    @property
    def about(self) -> str:
        """What, and whose duty."""
        return f"{self._what}:{self.person}"

    def heading(self) -> str:
        """What it is, and whose duty."""
        name = self.names.get(self.person, "")
        words = {
            SWAP: _("Swap for once: who has the duty of {name}?"),
            CAME: _("Who came in?"),
            STAND_IN: _("Stand-in from outside in the place of {name}"),
        }
        text = " " + words[self._what].format(name=name)
        if self._given is None:
            return text
        now, zone = self.session.now(), self.session.desk.rules.calendar.tz
        since, until = (short_time(moment, now, zone) for moment in self._given)
        return f"{text}  {_('{since} to {until}').format(since=since, until=until)}"

    async def read_more(self) -> None:
        """From when to when the place is given; the head line says it."""
        if self._what != CAME:
            person = self.person
            self._given = await self.run_on_desk(lambda it: place_given(it, person), writes=False)
        self.query_one("#heading", Lines).show(self.heading())

    def fields(self, night: NightPeople, people: list[Person]) -> Iterator[Widget]:
        """Who it is, and who agreed."""
        if self._what == STAND_IN:
            yield Row(_("Name"), Field(id="name", limit=NAME_LIMIT))
            yield Row(_("Their number"), Field(id="phone", limit=_PHONE_LIMIT))
        else:
            yield from self.picker("who", _("Who it is"), self._free(night))
        if self._what != CAME:
            label = _("Agreed by") if self._what == SWAP else _("Agreed by (optional)")
            yield from self.picker("agreed", label, options(self._deciding(people), night))

    def _free(self, night: NightPeople) -> list[Option]:
        """Those who are not on duty now: first who has to do with the night, then who is at home,
        those of the same work before the others."""
        absent = [each for each in night.standing if not each.on and each.person.id != self.person]
        first = [
            Option(
                each.person.id,
                f"{each.person.name} {where_now(each)}",
                night.initials.get(each.person.id, ()),
            )
            for each in absent
        ]
        own = next((e.person for e in night.standing if e.person.id == self.person), None)

        def unlike(person: Person) -> tuple[bool, bool]:
            """Whoever does the same work comes first, then those of the same squad."""
            return own is None or person.role != own.role, own is None or person.group != own.group

        return [*first, *options(sorted(night.others, key=unlike), night)]

    def _deciding(self, people: Iterable[Person]) -> list[Person]:
        """Everybody, those of the ladders first, of whichever procedure in force."""
        ladders = [x for each in self.session.desk.in_force.procedures for x in each.ladders]
        roles = [r.role for ladder in ladders for r in ladder.rungs]
        roles += [role for ladder in ladders for role in ladder.group]
        order = {role: place for place, role in reversed(list(enumerate(roles)))}
        return sorted(people, key=lambda each: order.get(each.role, len(roles)))

    def on_picker_picked(self, event: Picker.Picked) -> None:
        """A digit chooses and goes on: to who agreed, or to writing it down."""
        event.stop()
        if event.picker.id == "who" and self._what == SWAP:
            self.set_focus(self.query_one("#agreed"))
        else:
            name = self.names.get(event.option.value, "")
            self.say(_("{name}: Enter or F10 writes it down.").format(name=name))

    async def accept_field(self) -> None:
        """Enter goes on; after the last field it is written down."""
        last = "who" if self._what == CAME else "agreed"
        if self.focused is not None and self.focused.id == last:
            await self.commit()
        else:
            enter_on(self)

    def _agreed(self) -> str:
        picker = self.query_one("#agreed", Picker)
        return self.names.get(picker.picked, picker.value).strip()

    def _agreement_missing(self) -> bool:
        """Whether it is still to be said who agreed: initials and figures are nobody's name.

        What is typed and fits one person alone is that one; a name that fits nobody stands.
        """
        picker = self.query_one("#agreed", Picker)
        typed = picker.value.strip()
        if picker.picked or (self._what == STAND_IN and not typed):
            return False
        matching = picker.matching
        if typed and len(matching) == 1:
            picker.take_value(matching[0].value)
            return False
        return bool(matching) or not any(character.isalpha() for character in typed)

    async def commit(self) -> None:
        """F10: from now on it counts."""
        if self._what == STAND_IN:
            name = self.field("name").strip()
        else:
            name = self.names.get(self.query_one("#who", Picker).picked, "")
            if not name:
                self.say(_("Choose somebody first."))
                self.set_focus(self.query_one("#who"))
                return
        if self._what != CAME and self._agreement_missing():
            self.set_focus(self.query_one("#agreed"))
            self.say_fault(self.refused(Refusal("swap_unagreed")))
            return
        said = _("Written down: {name}. Calls and suggestions go by it.").format(name=name)
        await self.submit(self._job(), said)

    def _job(self) -> Callable[[Desk], Entry]:
        """What is asked of the desk, by what is typed now."""
        person = self.person
        if self._what == STAND_IN:
            name, phone, agreed = self.field("name"), self.field("phone"), self._agreed()
            return lambda desk: name_stand_in(desk, person, name, phone, agreed)
        who = self.query_one("#who", Picker).picked
        if self._what == CAME:
            return lambda desk: come_in(desk, who)
        agreed = self._agreed()
        return lambda desk: swap(desk, person, who, agreed)

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [_("A digit or initials pick who it is; the hours are those of the duty itself")]
