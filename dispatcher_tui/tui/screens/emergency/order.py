"""E-08: a leader's order in an emergency is taken down, and becomes a case of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.widget import Widget

from dispatcher_tui.desk.case.case_file import CaseFile
from dispatcher_tui.desk.emergency.orders import issue_order
from dispatcher_tui.domain.duties.triage import ladders
from dispatcher_tui.domain.emergency.post_held import ORDERS
from dispatcher_tui.domain.words.people import NAME_LIMIT, Person, is_name
from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.present.case.closing import role_name
from dispatcher_tui.present.i18n import _
from dispatcher_tui.tui.screens.case.on_case import OnCase
from dispatcher_tui.tui.widgets.form import Field, Option
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.notes import NoteArea
from dispatcher_tui.tui.widgets.picker import Picker, PickList
from dispatcher_tui.tui.widgets.question import AnswerKey, Question
from dispatcher_tui.tui.widgets.row import Row


def roster_options(
    file: CaseFile, first: Iterable[str] = (), known: Sequence[str] = ()
) -> list[Option]:
    """The roster to pick from: on top the ``known``, by their ids, then those who hold one of the
    ``first`` roles."""
    ranks = {role: n for n, role in enumerate(first)}

    def rank(person: Person) -> tuple[int, int]:
        place = known.index(person.id) if person.id in known else len(known)
        return place, ranks.get(person.role, len(ranks))

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
    DEFAULT_CSS = """
    OrderScreen #heading { background: $desk-emgh; color: $desk-emghf; }
    OrderScreen #what { height: 3; }
    """

    def form_name(self) -> str:
        """What the form is called."""
        return _("A leader's order")

    def fields(self, file: CaseFile) -> Iterable[Widget]:
        """The leaders on top of the list; the emergency's own place stands there."""
        rungs = [
            rung.role for ladder in ladders(file.procedure, file.case) for rung in ladder.rungs
        ]
        options = roster_options(file, rungs)
        widest = max((len(option.text) for option in options), default=0)
        picker = Picker(
            options,
            id="by",
            placeholder=_("number, initials or name"),
            limit=max(NAME_LIMIT, widest),
        )
        yield Lines(_("Every order becomes a case of its own, tied to this one."), classes="label")
        yield Row(_("Ordered by"), picker, rule=ORDERS)
        yield PickList(picker, columns=2, cells=36)
        yield Row(_("What is to be done"), NoteArea(id="what"))
        yield Row(_("Where (optional)"), Field(file.case.place, id="where"))
        yield Question(id="question", held=True)

    def on_picker_picked(self, event: Picker.Picked) -> None:
        """Who it was is known: what comes next."""
        event.stop()
        self.query_one("#what").focus()

    def on_picker_narrowed(self, event: Picker.Narrowed) -> None:
        """Other people match now."""
        event.stop()
        self.query_one(PickList).refresh(layout=True)

    async def accept_field(self) -> None:
        """Enter goes on; it never makes the case."""
        if self.focused is not None and self.focused.id == "where":
            self.say(_("F10 makes the case."))
        else:
            await super().accept_field()

    def _leader(self, file: CaseFile) -> tuple[str, str]:
        """Who gave it; whose whole name was typed is picked, too, where only one has that name."""
        person, name = picked_name(file, self.query_one("#by", Picker))
        same = [each.id for each in file.people if not person and each.name == name]
        return (same[0] if len(same) == 1 else person), name

    async def commit(self) -> None:
        """F10: the case exists; somebody who is not on the roster is asked about first."""
        file = self.file
        if file is None:
            return
        person, by = self._leader(file)
        if not person and is_name(by) and self.query_one("#what", NoteArea).text.strip():
            self.query_one(Question).put(
                "stranger",
                _("{name} is not on the roster. Write it down so?").format(name=by),
                AnswerKey("yes", _("yes, somebody else"), "1"),
                AnswerKey("no", _("no: pick who it was"), ""),
            )
            return
        await self._issue(person, by)

    async def on_question_answered(self, event: Question.Answered) -> None:
        """A stranger it is, or the name once more."""
        event.stop()
        if event.value == "yes" and self.file is not None:
            await self._issue(*self._leader(self.file))
        else:
            self.query_one("#by").focus()

    async def _issue(self, person: str, by: str) -> None:
        """The case; next is who carries it out."""
        text = clean_text(self.query_one("#what", NoteArea).text).text.strip()
        place = self.query_one("#where", Field).value
        words = _("Order {number} is open, nobody told of it yet. F4 tells them.")
        done = await self.submit(
            lambda desk: issue_order(desk, self.case_id, by, text, place, person),
            lambda done: words.format(number=done.case.number),
        )
        if done is None:
            self.query_one("#what" if person or is_name(by) else "#by").focus()

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [
            _("A digit or initials pick who ordered it; F10 opens the case; then F4 tells somebody")
        ]
