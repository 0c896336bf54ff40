"""A form about the night's people: who can be meant is read first, then picked from by initials."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget

from dispatcher_tui.desk.watch.night_people import NightPeople, night_people
from dispatcher_tui.domain.words.people import Person
from dispatcher_tui.present.i18n import _
from dispatcher_tui.tui.screens.system.autosave_form import AutosaveForm
from dispatcher_tui.tui.widgets.form import Option
from dispatcher_tui.tui.widgets.picker import Picker, PickList
from dispatcher_tui.tui.widgets.row import Row


class PeopleForm(AutosaveForm):
    """A subclass yields its ``fields`` of who there is; ``person`` of the roster it is about."""

    hints = ("commit", "help")

    DEFAULT_CSS = "PeopleForm #fields { height: auto; }"

    def __init__(self, person: str = "") -> None:
        super().__init__()
        self.person = person
        self.names: dict[str, str] = {}
        """Everybody who can be meant, by their ids."""

    def body(self) -> ComposeResult:
        """The fields, once it is known who there is."""
        yield Vertical(id="fields")

    async def build(self) -> bool:
        """Who can be meant."""
        found = await self.run_on_desk(night_people, writes=False)
        if found is None:
            return False
        people = [*(each.person for each in found.standing), *found.others]
        self.names = {person.id: person.name for person in people}
        await self.read_more()
        await self.query_one("#fields").mount(*self.fields(found, people))
        return True

    async def read_more(self) -> None:
        """Read what else the fields need."""

    def fields(self, night: NightPeople, people: list[Person]) -> Iterator[Widget]:
        """The form's own widgets."""
        yield from ()

    def picker(
        self, name: str, label: str, options: list[Option], picked: str = ""
    ) -> Iterator[Widget]:
        """A row in which somebody is picked, and the lines to pick from."""
        placeholder = _("number, initials or name")
        picker = Picker(options, picked=picked, id=name, placeholder=placeholder)
        yield Row(label, picker)
        yield PickList(picker, columns=2, cells=36)

    def on_picker_narrowed(self, event: Picker.Narrowed) -> None:
        """Other people match now."""
        event.stop()
        for each in self.query(PickList):
            each.refresh(layout=True)


def options(people: Iterable[Person], night: NightPeople) -> list[Option]:
    """People to pick from, by name and title."""
    return [
        Option(each.id, f"{each.name} {each.title}".strip(), night.initials.get(each.id, ()))
        for each in people
    ]
