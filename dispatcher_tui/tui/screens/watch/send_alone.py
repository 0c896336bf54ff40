"""Somebody goes out alone, or after one who does not answer: who, where to, how often asked."""

from __future__ import annotations

from collections.abc import Iterator

from textual.widget import Widget

from dispatcher_tui.desk.watch.night_people import NightPeople
from dispatcher_tui.desk.watch.out_alone import asked_whether_safe, send_alone
from dispatcher_tui.domain.case.decide_out_alone import SendAsked
from dispatcher_tui.domain.case.refusal import Refusal, or_refusal
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.watch.out_alone import AloneRow
from dispatcher_tui.domain.words.people import Person
from dispatcher_tui.present.i18n import _
from dispatcher_tui.tui.screens.watch.people_form import PeopleForm, options
from dispatcher_tui.tui.watch_routes import ToSendAlone
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.picker import Picker
from dispatcher_tui.tui.widgets.pin import enter_on
from dispatcher_tui.tui.widgets.row import Row

LIMIT = 60


class WhoGoes(PeopleForm):
    """Whoever is on the roster by digit or initials; another name as it is typed."""

    async def accept_field(self) -> None:
        """Enter goes on; on the last field it writes down."""
        if self.focused is list(self.query(Field))[-1]:
            await self.commit()
        else:
            enter_on(self)

    def on_picker_picked(self, event: Picker.Picked) -> None:
        """A digit chooses and goes on."""
        event.stop()
        enter_on(self)

    def _who(self) -> tuple[str, str]:
        """The roster's id, empty for somebody who is not on it, and the name."""
        picker = self.query_one("#who", Picker)
        return picker.picked, self.names.get(picker.picked, "") or picker.value.strip()

    async def _settled(self, done: Entry | Refusal | None, said: str) -> None:
        if isinstance(done, Refusal):
            self.query_one("#minutes" if "minutes" in done.code else "#who").focus()
            self.say_fault(self.refused(done))
        elif done is not None:
            await self.forget_draft()
            await self.shell.take_news()
            self.leave(said)


class SendAloneScreen(WhoGoes):
    """Who goes, where to, and after how many minutes he is asked whether he is safe."""

    def __init__(self, proposed: ToSendAlone) -> None:
        super().__init__(proposed.person)
        self._proposed = proposed

    @property
    def about(self) -> str:
        """The case that somebody goes for."""
        return self._proposed.about

    def heading(self) -> str:
        """What is done here."""
        return " " + _("Somebody goes out alone")

    def fields(self, night: NightPeople, people: list[Person]) -> Iterator[Widget]:
        """Who, where to, minutes."""
        known = self.person if self.person in self.names else ""
        yield from self.picker("who", _("Who goes"), options(people, night), known)
        yield Row(_("Place"), Field(self._proposed.place, id="place", limit=LIMIT))
        minutes = str(self._proposed.minutes or "")
        yield Row(_("Asked after, min"), Field(minutes, id="minutes", limit=3))

    async def commit(self) -> None:
        """F10: written down."""
        person, name = self._who()
        minutes = self.field("minutes").strip()
        if not minutes.isascii() or not minutes.isdecimal():
            self.query_one("#minutes").focus()
            self.say_fault(_("Minutes are a number: 5 at a fire, else 15."))
            return
        asked = SendAsked(name, person, self.field("place"), self._proposed.about, int(minutes))
        done = await self.run_on_desk(lambda desk: or_refusal(lambda: send_alone(desk, asked)))
        await self._settled(done, _("{name} is out alone: asked whether safe.").format(name=name))


class SecondOutScreen(WhoGoes):
    """Who goes after one who does not answer."""

    def __init__(self, row: AloneRow) -> None:
        super().__init__()
        self._row = row

    @property
    def about(self) -> str:
        """The one who does not answer."""
        return str(self._row.out.number)

    def heading(self) -> str:
        """What is done here."""
        return " " + _("Who goes after {name}?").format(name=self._row.out.name)

    def fields(self, night: NightPeople, people: list[Person]) -> Iterator[Widget]:
        """Who; the one who is proposed is picked."""
        others = [each for each in people if each.name != self._row.out.name]
        next_one = next((each.id for each in others if each.name == self._row.next), "")
        yield from self.picker("who", _("Who goes"), options(others, night), next_one)

    async def commit(self) -> None:
        """F10: written down."""
        _person, name = self._who()
        if not name:
            self.query_one("#who").focus()
            self.say_fault(_("Who goes? Write the name, or pick it from the list."))
            return
        number = self._row.out.number
        done = await self.run_on_desk(
            lambda desk: or_refusal(
                lambda: asked_whether_safe(desk, number, safe=False, second=name)
            )
        )
        said = _("{second} was sent after {name}").format(second=name, name=self._row.out.name)
        await self._settled(done, said)
