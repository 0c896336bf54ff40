"""The few kinds of field every form is made of: text, words, a choice by digit, a picked line.

Fields keep what is typed to the letter but for characters that could steer a terminal, which
are taken out as they arrive; Enter accepts a field and goes on to the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
from rich.text import Text
from textual import events
from textual.app import RenderResult
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input

from dispatcher_tui.domain.text import clean_text, fold, fold_key
from dispatcher_tui.present.cells import fit
from dispatcher_tui.tui.widgets.flow import Flow

FIELD_LIMIT = 200


class Option(msgspec.Struct, frozen=True):
    """One thing to choose: its value, its words, and what else finds it (initials, names).

    ``digit`` chooses it in a choice where that is not its place there: 0 is its place.
    """

    value: str
    text: str
    keys: tuple[str, ...] = ()
    digit: int = 0


class Cut(Message):
    """A field took less than what was pasted into it; ``limit`` is in characters."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit = limit


class Field(Input):
    """One line of text, at most ``limit`` characters."""

    DEFAULT_CSS = """
    Field { border: none; height: 1; padding: 0; background: $surface; }
    Field:focus { border: none; background: $primary 30%; }
    """

    def __init__(
        self,
        value: str = "",
        *,
        limit: int = FIELD_LIMIT,
        secret: bool = False,
        placeholder: str = "",
        id: str | None = None,  # noqa: A002 - the name Textual gives it
    ) -> None:
        super().__init__(
            value=value,
            placeholder=placeholder,
            password=secret,
            max_length=limit,
            id=id,
            compact=True,
            select_on_focus=False,
        )
        self._limit = limit

    def validate_value(self, value: str) -> str:
        """What is set from a list or a draft is shown as well: nothing in it steers a terminal."""
        return clean_text(value, multiline=False).text

    def validate_placeholder(self, placeholder: str) -> str:
        """The same for what is suggested."""
        return clean_text(placeholder, multiline=False).text

    def on_paste(self, event: events.Paste) -> None:
        """Take a paste cleaned and cut to the room there is."""
        event.prevent_default()
        event.stop()
        done = clean_text(event.text, multiline=False)
        start, end = sorted(self.selection)
        room = self._limit - len(self.value) + end - start
        if len(done.text) > room or done.cut:
            self.post_message(Cut(self._limit))
        self.replace(done.text[:room], start, end)


_DIGITS = 9
"""So many options have a digit."""


class Choice(Widget, can_focus=True):
    """One of a few options, chosen by its digit or with the arrows; ``value`` is the chosen one.

    With ``many`` every digit toggles its option and ``values`` holds all that are on.
    """

    takes_digits = True
    """It is worked by digits: letters typed here by mistake are no keys of the desk."""

    DEFAULT_CSS = """
    Choice { height: auto; width: 1fr; }
    Choice:focus { background: $primary 30%; }
    """

    class Changed(Message):
        """Another option was chosen."""

        def __init__(self, choice: Choice) -> None:
            super().__init__()
            self.choice = choice

        @property
        def control(self) -> Choice:
            """The choice that changed."""
            return self.choice

    cursor = reactive(-1)

    def __init__(
        self,
        options: Sequence[Option],
        *,
        chosen: Iterable[str] = (),
        many: bool = False,
        id: str | None = None,  # noqa: A002 - the name Textual gives it
    ) -> None:
        super().__init__(id=id)
        self.options = tuple(options)
        self.many = many
        self._on = set(chosen)
        self.cursor = next((i for i, o in enumerate(self.options) if o.value in self._on), -1)

    @property
    def value(self) -> str:
        """The chosen value; empty where nothing is chosen yet."""
        return next((o.value for o in self.options if o.value in self._on), "")

    @property
    def values(self) -> tuple[str, ...]:
        """All chosen values in the options' order."""
        return tuple(o.value for o in self.options if o.value in self._on)

    @property
    def _moved(self) -> bool:
        """Whether the cursor stands on an option that is not the chosen one."""
        return self.cursor >= 0 and self.options[self.cursor].value not in self._on

    def _digit(self, index: int) -> int:
        """The number that chooses the option at an index."""
        return self.options[index].digit or index + 1

    def choose(self, index: int) -> None:
        """Choose, or with ``many`` toggle, the option at an index."""
        if not 0 <= index < len(self.options):
            return
        value = self.options[index].value
        self._on = self._on ^ {value} if self.many else {value}
        self.cursor = index
        self.refresh(layout=True)
        self.post_message(self.Changed(self))

    def restore(self, values: Iterable[str]) -> None:
        """Choose these values again, as they were chosen before."""
        known = {option.value for option in self.options}
        self._on = {value for value in values if value in known}
        self.cursor = next((i for i, o in enumerate(self.options) if o.value in self._on), -1)
        self.refresh(layout=True)
        self.post_message(self.Changed(self))

    def clear(self) -> None:
        """Nothing is chosen any more; no message tells of it."""
        self._on = set()
        self.cursor = -1
        self.refresh(layout=True)

    def render(self) -> RenderResult:
        """Every option with its digit; a mark, not colour alone, shows what is chosen."""
        items = []
        for index, option in enumerate(self.options):
            on = option.value in self._on
            style = "bold reverse" if on else ""
            if self.has_focus and index == self.cursor and not on:
                style = "underline"
            shown = clean_text(option.text, multiline=False).text
            place = self._digit(index)
            digit = str(place) if place <= _DIGITS else "-"  # further ones by the arrows
            items.append(Text(f"{digit}{'*' if on else ' '}{shown}", style))
        return Flow(items)

    async def on_key(self, event: events.Key) -> None:
        """Digits choose; left and right move; space or Enter takes what the cursor is on."""
        key = fold_key(event.character or "")
        digits = [self._digit(index) for index in range(len(self.options))]
        if key.isdigit() and int(key) in digits:
            self.choose(digits.index(int(key)))
        elif event.key in ("left", "right"):
            step = 1 if event.key == "right" else -1
            self.cursor = (self.cursor + step) % len(self.options)
        elif event.key == "space":
            self.choose(max(self.cursor, 0))
        elif event.key == "enter" and not self.many and self._moved:
            self.choose(self.cursor)
            return  # the screen still goes on to the next field
        else:
            return
        event.stop()
        event.prevent_default()


class Picker(Field):
    """A line picked from a long list: by number, by initials, or by part of its words.

    The matching lines are shown by a :class:`PickList` next to it; a digit takes the n-th of
    them, Enter the marked one. ``picked`` is its value, empty while nothing is picked;
    ``typed`` stands there at first where no line has that value.
    """

    class Narrowed(Message):
        """Other lines match now."""

        def __init__(self, picker: Picker) -> None:
            super().__init__()
            self.picker = picker

    class Picked(Message):
        """A line was taken; ``option`` is it."""

        def __init__(self, picker: Picker, option: Option) -> None:
            super().__init__()
            self.picker = picker
            self.option = option

        @property
        def control(self) -> Picker:
            """The picker it was taken in."""
            return self.picker

    SHOWN = 9

    def __init__(
        self,
        options: Sequence[Option],
        *,
        picked: str = "",
        typed: str = "",
        placeholder: str = "",
        digits: bool = True,
        limit: int = FIELD_LIMIT,
        id: str | None = None,  # noqa: A002 - the name Textual gives it
    ) -> None:
        chosen = next((o for o in options if o.value == picked), None)
        text = chosen.text if chosen else typed
        super().__init__(text, limit=limit, id=id, placeholder=placeholder)
        self.options = tuple(options)
        self.picked = chosen.value if chosen else ""
        self.mark = 0
        self._digits = digits

    @property
    def matching(self) -> tuple[Option, ...]:
        """The lines that match what is typed, those that begin with it first; all if nothing."""
        typed = fold(self.value).strip()
        if not typed or self.picked:
            return self.options[: self.SHOWN]
        starts, holds = [], []
        for option in self.options:
            keys = [fold(key) for key in (option.text, *option.keys)]
            if any(key.startswith(typed) for key in keys):
                starts.append(option)
            elif any(typed in key for key in keys):
                holds.append(option)
        return tuple(starts + holds)[: self.SHOWN]

    @property
    def by_digit(self) -> bool:
        """Whether a digit takes a line; where not, digits are typed."""
        return self._digits

    def take(self, index: int) -> None:
        """Take the line at an index of the matching ones, if there is one."""
        found = self.matching
        if 0 <= index < len(found):
            option = found[index]
            self.picked = option.value
            with self.prevent(Input.Changed):
                self.value = option.text
            self.cursor_position = len(option.text)
            self.post_message(self.Picked(self, option))
            self.post_message(self.Narrowed(self))

    def take_value(self, value: str) -> None:
        """Put up the line of that value without a message; nothing where there is none."""
        option = next((o for o in self.options if o.value == value), None)
        if option is not None:
            self.picked = option.value
            self.mark = 0
            with self.prevent(Input.Changed):
                self.value = option.text

    def empty(self) -> None:
        """Nothing is picked or typed any more; all lines match again."""
        self.picked = ""
        self.mark = 0
        with self.prevent(Input.Changed):
            self.value = ""
        self.post_message(self.Narrowed(self))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Typing unpicks and narrows; the words of the picked line are no typing."""
        if any(o.value == self.picked and o.text == event.value for o in self.options):
            return
        self.picked = ""
        self.mark = 0
        self.post_message(self.Narrowed(self))

    async def on_key(self, event: events.Key) -> None:
        """Digits and arrows work on the matching lines, letters on the text."""
        key = fold_key(event.character or "")
        if event.key in ("down", "up"):
            step = 1 if event.key == "down" else -1
            self.mark = (self.mark + step) % max(1, len(self.matching))
            self.post_message(self.Narrowed(self))
        elif self._digits and key.isdigit() and 1 <= int(key) <= len(self.matching):
            self.take(int(key) - 1)
        elif (
            event.key == "enter"
            and not self.picked
            and self.matching
            and (self.value.strip() or self.mark)
        ):
            self.take(self.mark)
        else:
            return
        event.stop()
        event.prevent_default()


class PickList(Widget):
    """The lines that match a picker, with their digits, in columns of ``cells`` if given.

    With ``columns=0`` as many go on a line as there is room for.
    """

    DEFAULT_CSS = "PickList { height: auto; width: 1fr; }"

    def __init__(self, picker: Picker, *, columns: int = 3, cells: int = 0) -> None:
        super().__init__()
        self._picker = picker
        self._columns = columns
        self._cells = cells

    @property
    def picker(self) -> Picker:
        """The picker whose lines these are."""
        return self._picker

    def render(self) -> RenderResult:
        """A digit before each line, ``>`` before the marked one, ``*`` before the picked one."""
        lines = self._lines()
        if not self._columns:
            return Flow([Text(line) for line in lines])
        text = Text(no_wrap=False)
        for index, line in enumerate(lines, 1):
            text.append(line.replace(" ", "\u00a0"))
            text.append("\n" if index % self._columns == 0 else "  ")
        text.rstrip()
        return text

    def _lines(self) -> list[str]:
        lines = []
        # Where nothing is typed or marked, Enter passes on: no line may look as if it were taken.
        begun = self._picker.value.strip() or self._picker.mark or not self._picker.by_digit
        for index, option in enumerate(self._picker.matching):
            mark = ">" if begun and index == self._picker.mark else " "
            mark = "*" if option.value == self._picker.picked else mark
            shown = clean_text(option.text, multiline=False).text
            number = f"{index + 1} " if self._picker.by_digit else ""
            line = f"{mark}{number}{shown}"
            lines.append(fit(line, self._cells) if self._cells else line)
        return lines
