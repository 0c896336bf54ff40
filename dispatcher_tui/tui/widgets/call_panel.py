"""One telephone call at a time: whom to ring, the number in big digits, what to say, the result."""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from dispatcher_tui.domain.words.people import bare_figure
from dispatcher_tui.domain.words.terms import CallOutcome
from dispatcher_tui.present.cells import beside_name
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.terms import call_outcome_name
from dispatcher_tui.tui import twice
from dispatcher_tui.tui.typeahead import moment
from dispatcher_tui.tui.widgets.big_number import BigNumber
from dispatcher_tui.tui.widgets.form import Choice, Field, NoName, Option
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.once import Results
from dispatcher_tui.tui.widgets.picker import Picker, PickList
from dispatcher_tui.tui.widgets.row import Row
from dispatcher_tui.tui.widgets.taken_by import TakenBy

PHONE_LIMIT = 40


class Callee(msgspec.Struct, frozen=True):
    """Somebody to ring; ``id`` is empty for a person who is not on the roster.

    ``doubt`` says that the numbers are not those which the site adopted; ``say`` what is said to
    them before the rest.
    """

    id: str
    name: str
    role: str = ""
    phones: tuple[str, ...] = ()
    about: str = ""
    keys: tuple[str, ...] = ()
    doubt: str = ""
    say: str = ""

    @property
    def line(self) -> str:
        """Name and what they are, as the list shows them."""
        return f"{self.name} {self.about}".strip()


class CallPanel(Vertical):
    """Picker, number, lines to say and outcome. The first suggestion stands there already.

    A name that is not on the roster is taken as typed, with a number that may stay empty.
    """

    DEFAULT_CSS = """
    CallPanel { height: auto; width: 1fr; }
    CallPanel #doubt { text-style: bold; color: $desk-overt; display: none; }
    CallPanel #whom {
        background: $desk-bg2; color: $desk-fg0; text-style: $desk-strip-form;
    }
    CallPanel #say { padding: 0 0 0 2; }
    CallPanel.relayed > Row, CallPanel.relayed > PickList { display: none; }
    """

    class Tried(Message):
        """A call was made, with this result; ``taken_by`` took a message that was relayed."""

        def __init__(
            self, callee: Callee, phone: str, outcome: CallOutcome, taken_by: str = ""
        ) -> None:
            super().__init__()
            self.callee = callee
            self.phone = phone
            self.outcome = outcome
            self.taken_by = taken_by

    class NotMade(Message):
        """What was given as relayed was no call: nothing came of it."""

        def __init__(self, callee: Callee) -> None:
            super().__init__()
            self.callee = callee

    def __init__(
        self,
        callees: Sequence[Callee],
        say: Sequence[str],
        *,
        label: str,
        rule: str = "",
        columns: int = 2,
    ) -> None:
        super().__init__(id="call")
        self._rule = rule
        self._columns = columns
        self._callees = tuple(callees)
        self._number = 0
        self._up = ("", "")
        self._up_at = 0.0
        self._label = label
        first = self._callees[0].id if self._callees else ""
        self._picker = Picker(self._options(), picked=first, id="who", placeholder=_("name"))
        self._phone = Field(limit=PHONE_LIMIT, id="phone", placeholder=_("number, may stay empty"))
        self._phone_row = Row(_("Phone"), self._phone)
        outcomes = [Option(o.value, call_outcome_name(o)) for o in CallOutcome]
        self._outcome = Results(outcomes, id="result")
        self._outcome.autosave = False  # it is written down at once
        self._taken = TakenBy(columns=columns)
        self._relayed: tuple[Callee, str] | None = None
        """Who was rung by which number, while it is asked who took the message."""
        self._say = "\n".join(say)

    def _options(self) -> list[Option]:
        return [Option(c.id, c.line, c.keys) for c in self._callees]

    def compose(self) -> ComposeResult:
        """Who, the list to pick from, the number, the lines to say, the result."""
        yield Row(self._label, self._picker, rule=self._rule)
        yield PickList(self._picker, columns=self._columns, cells=76 // self._columns)
        yield self._phone_row
        yield Lines("", id="doubt", wrap=False)
        yield Lines("", id="whom", wrap=False)
        yield BigNumber(id="big")
        yield Lines(self._say, id="say")
        yield Row(_("Result"), self._outcome)
        yield self._taken

    def on_mount(self) -> None:
        """Show the first suggestion's number."""
        self._show()

    @property
    def callee(self) -> Callee | None:
        """Who is to be rung: the picked one, else the name as typed, else the first suggestion."""
        picked, typed = self._picker.picked, self._picker.value.strip()
        if picked:
            return next((c for c in self._callees if c.id == picked), None)
        if typed:
            found = next((c for c in self._callees if typed in (c.line, c.name)), None)
            return found or Callee("", typed)
        return self._callees[0] if self._callees else None

    @property
    def phone(self) -> str:
        """The number that stands on the screen in big digits."""
        callee = self.callee
        if callee is None or not callee.id:
            return self._phone.value.strip()
        return callee.phones[self._number % len(callee.phones)] if callee.phones else ""

    def suggest(self, callees: Sequence[Callee]) -> None:
        """Put up other suggestions; the first of them stands there at once."""
        self._callees = tuple(callees)
        self._picker.options = tuple(self._options())
        self.query_one(PickList).refresh(layout=True)
        if self._callees:
            self._picker.take_value(self._callees[0].id)
        self.written_down()
        self._number = 0
        self._show()
        self._outcome.focus()

    def written_down(self) -> None:
        """The call is in the record: whoever stands there is half typed no more."""
        self._picker.start_here()
        self._phone.put("")
        self._up_at = moment()

    def choose_other(self) -> None:
        """Look for somebody else: the name field is emptied and has the focus."""
        if self._relayed is not None:
            self._taken.back()
            return
        self._picker.empty()
        self._picker.focus()
        self._show()

    def next_number(self) -> None:
        """Another number of the same person."""
        if self._relayed is not None:
            self._taken.back()
            return
        self._number += 1
        self._show()

    def choose(self, digit: int, at: float) -> str:
        """The result by its digit, wherever the focus is; why it is none where it is not taken.

        Args:
            digit: of the result.
            at: when it was pressed, by the clock of keys, in seconds.
        """
        if self._relayed is not None:
            self._taken.back()
        elif self.phone and at - self._up_at < twice.RINGS_AFTER:
            words = _("{key}: too soon after the number came up. Again after {n} s, once it rang.")
            left = max(1, math.ceil(twice.RINGS_AFTER - (at - self._up_at)))
            return words.format(key=digit, n=left)
        else:
            self._outcome.choose(digit - 1)
        return ""

    def show_number(self, number: str) -> None:
        """Put another number up in big digits: that of a paper just handed out."""
        self.query_one("#whom", Lines).show(number)
        self.query_one(BigNumber).show(number)

    def ready(self) -> None:
        """The focus goes to where the result is given; to the name where nobody stands there."""
        if self._relayed is not None:
            self._taken.back()
            return
        (self._outcome if self.callee else self._picker).focus()

    def _show(self) -> None:
        """The person's name and number as they stand now."""
        callee, phone = self.callee, self.phone
        if (up := (callee.line if callee else "", phone)) != self._up:
            self._up, self._up_at = up, moment()
        stranger = callee is not None and not callee.id
        self._phone_row.display = stranger
        name = callee.line if callee else _("Nobody on the roster: type a name.")
        several = len(callee.phones) if callee else 0
        which = ""
        if several > 1:
            which = _("number {n} of {all}, 9: the next").format(
                n=self._number % several + 1, all=several
            )
        elif callee and not phone and callee.id:
            which = _("no number on the roster")
        doubt = self.query_one("#doubt", Lines)
        doubt.show(callee.doubt if callee else "")
        doubt.display = bool(callee and callee.doubt)
        first = callee.say if callee else ""
        self.query_one("#say", Lines).show("\n".join(filter(None, (first, self._say))))
        self.query_one("#whom", Lines).show(
            beside_name(name, f"{phone}  {which}", self.app.size.width - 2)
        )
        self.query_one(BigNumber).show(phone)

    def on_picker_picked(self, event: Picker.Picked) -> None:
        """Somebody else was picked: the result comes next."""
        event.stop()
        self._number = 0
        self._show()
        self._outcome.focus()

    def on_picker_narrowed(self, event: Picker.Narrowed) -> None:
        """Other people match now."""
        event.stop()
        self.query_one(PickList).refresh(layout=True)
        self._number = 0
        self._show()

    def on_input_changed(self, event: Input.Changed) -> None:
        """The number of somebody who is not on the roster is being typed."""
        event.stop()
        if event.input is self._phone:
            self._show()

    def on_choice_changed(self, event: Choice.Changed) -> None:
        """A result was given: it counts for whoever stands there."""
        event.stop()
        callee, outcome = self.callee, CallOutcome(self._outcome.value)
        self._outcome.clear()
        if callee is None:
            self.choose_other()
        elif not callee.id and bare_figure(callee.name):
            self._picker.focus()
            self.post_message(NoName(callee.name))
        elif outcome is CallOutcome.RELAYED:
            self._relayed = (callee, self.phone)
            self.add_class("relayed")
            others = (each for each in self._callees if each.id and each.id != callee.id)
            self._taken.ask(callee.name, [Option(c.id, c.name, c.keys) for c in others])
        else:
            self.post_message(self.Tried(callee, self.phone, outcome))

    def on_taken_by_not_asked(self, event: TakenBy.NotAsked) -> None:
        """No call after all: nothing is written down, and the result is asked for again."""
        event.stop()
        relayed, self._relayed = self._relayed, None
        self.remove_class("relayed")
        self._outcome.focus()
        if relayed is not None:
            self.post_message(self.NotMade(relayed[0]))

    def on_taken_by_message_taken(self, event: TakenBy.MessageTaken) -> None:
        """Who took the message is known, or that it is not: the call is complete."""
        event.stop()
        relayed, self._relayed = self._relayed, None
        self.remove_class("relayed")
        self._outcome.focus()
        if relayed is not None:
            self.post_message(self.Tried(*relayed, CallOutcome.RELAYED, event.name))
