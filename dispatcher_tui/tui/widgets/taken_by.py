"""Relayed: who took the message? One question for every screen with a telephone on it."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message

from dispatcher_tui.domain.words.people import bare_figure
from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.present.i18n import _
from dispatcher_tui.tui.widgets.form import NoName, Option
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.once import TakenByPicker
from dispatcher_tui.tui.widgets.picker import Picker, PickList
from dispatcher_tui.tui.widgets.row import Row


class TakenBy(Vertical):
    """Hidden until asked; then a name of the list or any other. Not known is an answer too."""

    DEFAULT_CSS = """
    TakenBy { height: auto; width: 1fr; display: none; }
    TakenBy.asked { display: block; }
    TakenBy #asks-taken { color: $desk-warnt; }
    """

    class MessageTaken(Message):
        """Who took the message; ``name`` is empty where that is not known."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    class NotAsked(Message):
        """Esc: nobody took anything; the result was a slip of the hand."""

    def __init__(self, *, columns: int) -> None:
        super().__init__()
        self._columns = columns
        self._picker = TakenByPicker((), id="taken", placeholder=_("number, initials or name"))
        self._picker.autosave = False  # the call is written down with the answer

    def compose(self) -> ComposeResult:
        """The question, the field, the list to pick from."""
        yield Lines("", id="asks-taken")
        yield Row(_("Taken by"), self._picker)
        yield PickList(self._picker, columns=self._columns, cells=76 // self._columns)

    @property
    def asked(self) -> bool:
        """Whether the answer is still to come."""
        return self.has_class("asked")

    def ask(self, name: str, people: Sequence[Option]) -> None:
        """Ask who took the message to ``name``; ``people`` may be picked."""
        self._picker.options = tuple(people)
        self._picker.asks()
        asked = _("Who takes the message to {name}?").format(name=name)
        leave = _("Enter: relayed, not known by whom. Esc: no call.")
        self.query_one("#asks-taken", Lines).show(f"{asked} {leave}")
        self.add_class("asked")
        self.back()

    def back(self) -> None:
        """The focus goes to where the answer is given."""
        self._picker.focus()

    def _answer(self, name: str) -> None:
        if self.asked and bare_figure(name):
            self.post_message(NoName(name))
        elif self.asked:
            self.remove_class("asked")
            self.post_message(self.MessageTaken(clean_text(name, multiline=False).text.strip()))

    def on_picker_picked(self, event: Picker.Picked) -> None:
        """Somebody of the list took it."""
        event.stop()
        self._answer(event.option.text)

    def on_picker_narrowed(self, event: Picker.Narrowed) -> None:
        """Other people match now."""
        event.stop()
        self.query_one(PickList).refresh(layout=True)

    def on_key(self, event: events.Key) -> None:
        """Enter and Tab take the name as it is typed, or none; Esc is no call."""
        if event.key not in ("enter", "tab", "escape"):
            return
        event.stop()
        event.prevent_default()
        if event.key != "escape":
            self._answer(self._picker.value)
        elif self.asked:
            self.remove_class("asked")
            self.post_message(self.NotAsked())
