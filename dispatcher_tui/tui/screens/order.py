"""E-08: a leader's order in an emergency is taken down, and becomes a case of its own."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from dispatcher_tui.desk.case_file import CaseFile
from dispatcher_tui.desk.orders import issue_order
from dispatcher_tui.domain.emergency import ORDERS
from dispatcher_tui.domain.people import Person
from dispatcher_tui.domain.text import clean_text
from dispatcher_tui.domain.triage import ladders
from dispatcher_tui.present.closing import role_name
from dispatcher_tui.present.words import _
from dispatcher_tui.tui.screens.on_case import OnCase
from dispatcher_tui.tui.widgets.form import Field, Option, Picker, PickList
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.notes import NoteArea
from dispatcher_tui.tui.widgets.row import Row


def roster_options(file: CaseFile, first: Iterable[str] = ()) -> list[Option]:
    """The roster to pick from, those who hold one of the ``first`` roles on top."""
    ranks = {role: n for n, role in enumerate(first)}

    def rank(person: Person) -> int:
        return ranks.get(person.role, len(ranks))

    return [
        Option(
            person.id,
            f"{person.name} {person.title or role_name(file.procedure, person.role)}",
            (person.name, *file.initials.get(person.id, ())),
        )
        for person in sorted(file.people, key=rank)
    ]


def picked_name(file: CaseFile, picker: Picker) -> tuple[str, str]:
    """Who was picked: the roster's id and the name; no id for a name that was typed."""
    person = next((p for p in file.people if p.id == picker.picked), None)
    if person is not None:
        return person.id, person.name
    return "", clean_text(picker.value, multiline=False).text.strip()


class OrderScreen(OnCase):
    """By whom, what, where; the emergency goes on, and from there it leads to who is told."""

    hints = ("commit", "help")
    keeps = ("by", "what", "where")
    DEFAULT_CSS = "OrderScreen #what { height: 3; }"

    def form_name(self) -> str:
        """What the form is called."""
        return _("A leader's order")

    def fields(self, file: CaseFile) -> Iterable[Widget]:
        """The leaders on top of the list; the emergency's own place stands there."""
        rungs = [
            rung.role for ladder in ladders(file.procedure, file.case) for rung in ladder.rungs
        ]
        picker = Picker(
            roster_options(file, rungs), id="by", placeholder=_("number, initials or name")
        )
        yield Lines(_("Every order becomes a case of its own, tied to this one."))
        yield Row(_("Ordered by"), picker, rule=ORDERS)
        yield PickList(picker, columns=2, cells=36)
        yield Row(_("What is to be done"), NoteArea(id="what"))
        yield Row(_("Where (optional)"), Field(file.case.place, id="where"))

    def on_picker_picked(self, event: Picker.Picked) -> None:
        """Who it was is known: what comes next."""
        event.stop()
        self.query_one("#what").focus()

    def on_picker_narrowed(self, event: Picker.Narrowed) -> None:
        """Other people match now."""
        event.stop()
        self.query_one(PickList).refresh(layout=True)

    async def accept_field(self) -> None:
        """Enter goes on; after the place it makes the case."""
        if self.focused is not None and self.focused.id == "where":
            await self.act_commit()
        else:
            await super().accept_field()

    async def act_commit(self) -> None:
        """F10: the case exists; next is who carries it out."""
        file = self.file
        if file is None:
            return
        by = picked_name(file, self.query_one("#by", Picker))[1]
        text = clean_text(self.query_one("#what", NoteArea).text).text.strip()
        place = self.query_one("#where", Field).value
        done = await self.ask(lambda desk: issue_order(desk, self.case_id, by, text, place))
        if done is None:
            self.query_one("#what" if by else "#by").focus()
            return
        await self.forget_draft()
        await self.desk_app.take_news()
        words = _("Order {number} is open, nobody told of it yet. F4 tells them.")
        self.leave(words.format(number=done.case.number))

    def help_lines(self) -> list[str]:
        """The screen's own keys."""
        return [
            _("A digit or initials pick who ordered it; F10 opens the case; then F4 tells somebody")
        ]
