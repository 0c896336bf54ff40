"""The few kinds of field every form is made of: text, words, a choice by digit, a picked line.

Fields keep what is typed to the letter but for characters that could steer a terminal, which
are taken out as they arrive; Enter accepts a field and goes on to the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

import msgspec
from rich.style import Style
from rich.text import Text
from textual import events
from textual.app import RenderResult
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input

from dispatcher_tui.domain.words.covered import is_covered
from dispatcher_tui.domain.words.text import clean_text, fold_key, is_hanzi
from dispatcher_tui.tui.textual_parts import cover
from dispatcher_tui.tui.widgets.autosaved import Autosaved
from dispatcher_tui.tui.widgets.short_texts import ShortTexts

FIELD_LIMIT = 200


class Option(msgspec.Struct, frozen=True):
    """One thing to choose: its value, its words, and what else finds it (initials, names).

    ``words`` find it from within what is typed: `着火` from `着火了`.
    ``digit`` chooses it in a choice where that is not its place there: 0 is its place, ``BY_ZERO``
    the key 0.
    """

    value: str
    text: str
    keys: tuple[str, ...] = ()
    digit: int = 0
    words: tuple[str, ...] = ()


BY_ZERO = 10
"""What 0 chooses: no, as in every question."""


def yes_or_no(yes: str, no: str) -> list[Option]:
    """The two answers, in these words, by the digits that they have everywhere."""
    return [Option("yes", yes, digit=1), Option("no", no, digit=BY_ZERO)]


class Cut(Message):
    """A field took less than what was pasted into it; ``limit`` is in characters."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit = limit


class Touched(Message):
    """Something was typed or chosen: what was said about the form before is old."""


class NoName(Message):
    """A bare figure stands where somebody's name is asked for; nothing came of it."""

    def __init__(self, typed: str) -> None:
        super().__init__()
        self.typed = typed


class Field(Autosaved, Input):
    """One line of text, at most ``limit`` characters.

    A text that stands there from the start is selected when the field gets the focus: typing
    replaces it. ``typed`` is one that somebody typed before: typing goes on behind it. What is
    ``secret`` is never saved. ``of_name``: a person's name belongs here; it begins with no digit.
    On a locked desk, and where ``words_only`` are asked for, figures alone may be a PIN typed by
    habit: they are covered, and not saved.
    """

    class PassedOn(Message):
        """A digit that is no text here, but may choose in the next field."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    _no_digit = False
    _secret = False
    _words_only = False

    DEFAULT_CSS = """
    Field { border: none; height: 1; padding: 0; }
    Field:focus { border: none; }
    """

    def __init__(
        self,
        value: str = "",
        *,
        typed: str = "",
        limit: int = FIELD_LIMIT,
        secret: bool = False,
        of_name: bool = False,
        words_only: bool = False,
        placeholder: str = "",
        id: str | None = None,  # noqa: A002 - the name Textual gives it
    ) -> None:
        Autosaved.__init__(self)
        Input.__init__(
            self,
            value=typed or value,
            placeholder=placeholder,
            password=secret,
            max_length=limit,
            id=id,
            compact=True,
            select_on_focus=False,
        )
        self._limit = limit
        self._of_name = of_name
        self._words_only = words_only
        self._secret = secret
        self.autosave = not secret
        self.fresh = {str(id): clean_text(value, multiline=False).text}

    def watch_value(self, value: str) -> None:
        """Cover what may be a PIN before it is drawn; a mark or a letter of a place uncovers it."""
        if self.is_attached and not self._secret:
            shut = self._words_only or getattr(self.app, "locked", False)
            cover(self, covered=is_covered(value) and shut)
            self.autosave = not self.password

    def held(self) -> dict[str, str]:
        """The text."""
        return {str(self.id): self.value}

    def put_back(self, held: Mapping[str, str]) -> None:
        """The text as it was typed."""
        self.value = held.get(str(self.id), self.value)

    def put(self, text: str) -> None:
        """Show a text that nobody typed here."""
        self.value = text
        self.start_here()

    @property
    def replaceable(self) -> bool:
        """Whether typing is to replace what stands there."""
        return bool(self.value) and not self.typed()

    def take_no_digit(self) -> None:
        """A digit led here: the next one is an answer too, and replaces no name that stands there
        from the start. Any other key types here as ever."""
        self._no_digit = self._of_name and self.replaceable

    def on_blur(self) -> None:
        """Whoever comes back to it means it."""
        self._no_digit = False

    async def on_key(self, event: events.Key) -> None:
        """A digit that is no text goes on to the next field; Textual hands on all else."""
        key = fold_key(event.character or "")
        if self._no_digit and len(key) == 1 and key.isdigit():
            event.stop()
            event.prevent_default()
            self.post_message(self.PassedOn(key))
        else:
            self._no_digit = False

    def on_focus(self, event: events.Focus) -> None:
        """What nobody typed here is selected."""
        if self.replaceable and not event.from_app_focus:
            self.select_all()

    def on_input_changed(self, event: Input.Changed) -> None:
        """What is typed here, and not taken out again, is an answer to what was said of it."""
        if self.has_focus and event.value:
            self.post_message(Touched())

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


def digit_before(digit: str, text: str) -> str:
    """A digit before its word; a blank between them where the word is not a wide one."""
    shown = clean_text(text, multiline=False).text
    return f"{digit}{shown}" if is_hanzi(shown[:1]) else f"{digit} {shown}"


_DIGITS = 10
"""So many options have a digit; the tenth has 0."""


class Choice(Autosaved, Widget, can_focus=True):
    """One of a few options, chosen by its digit or with the arrows; ``value`` is the chosen one.

    With ``many`` every digit toggles its option and ``values`` holds all that are on. ``label``
    is what is asked, where no row says it: as wide as it is to be.
    """

    also_moved_by: tuple[str, ...] = ()
    """Keys that move beside left and right: up and down where no list has them."""

    takes_digits = True
    """It is worked by digits: letters typed here by mistake are no keys of the desk."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "choice--chosen",
        "choice--cursor",
        "choice--label",
        "choice--here",
    }
    DEFAULT_CSS = """
    Choice { height: auto; width: 1fr; }
    Choice > .choice--chosen {
        background: $desk-tint; color: $desk-tintf; text-style: $desk-tint-form;
    }
    Choice > .choice--label { color: $desk-fg2; }
    Choice > .choice--here { background: $desk-sel; color: $desk-self; text-style: bold; }
    Choice > .choice--cursor { color: $desk-fg0; text-style: bold underline; }
    """

    class Changed(Message):
        """Another option was chosen; not ``by_hand`` where it was put back as it was saved."""

        def __init__(self, choice: Choice, *, by_hand: bool = True) -> None:
            super().__init__()
            self.choice = choice
            self.by_hand = by_hand

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
        label: str = "",
        id: str | None = None,  # noqa: A002 - the name Textual gives it
        classes: str | None = None,
    ) -> None:
        Autosaved.__init__(self)
        Widget.__init__(self, id=id, classes=classes)
        self._label = label
        self.options = tuple(options)
        self.many = many
        self._on = set(chosen)
        self.cursor = next((i for i, o in enumerate(self.options) if o.value in self._on), -1)
        self.start_here()

    def held(self) -> dict[str, str]:
        """What is chosen; no value has a blank in it."""
        return {str(self.id): " ".join(self.values)}

    def put_back(self, held: Mapping[str, str]) -> None:
        """Choose again what was chosen."""
        if str(self.id) in held:
            self.restore(held[str(self.id)].split())

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

    def _digit(self, index: int) -> str:
        """The key that chooses the option at an index; ``-``: the arrows lead there."""
        place = self.options[index].digit or index + 1
        return str(place % 10) if place <= _DIGITS else "-"

    def press(self, key: str) -> bool:
        """Choose by a digit; False where none of the options has it."""
        digits = [self._digit(index) for index in range(len(self.options))]
        if key.isdigit() and key in digits:
            self.choose(digits.index(key))
            return True
        return False

    def choose(self, index: int) -> None:
        """Choose, or with ``many`` toggle, the option at an index."""
        if not 0 <= index < len(self.options):
            return
        value = self.options[index].value
        self._on = self._on ^ {value} if self.many else {value}
        self.cursor = index
        self.refresh(layout=True)
        self.post_message(self.Changed(self))
        self.post_message(Touched())

    def restore(self, values: Iterable[str]) -> None:
        """Choose these values again, as they were chosen before."""
        known = {option.value for option in self.options}
        self._on = {value for value in values if value in known}
        self.cursor = next((i for i, o in enumerate(self.options) if o.value in self._on), -1)
        self.refresh(layout=True)
        self.post_message(self.Changed(self, by_hand=False))

    def clear(self) -> None:
        """Nothing is chosen any more; no message tells of it."""
        self._on = set()
        self.cursor = -1
        self.refresh(layout=True)

    def render(self) -> RenderResult:
        """Every option with its digit; a mark, not colour alone, shows what is chosen."""
        chosen = self.get_component_rich_style("choice--chosen")
        at_cursor = self.get_component_rich_style("choice--cursor")
        items = []
        for index, option in enumerate(self.options):
            on = option.value in self._on
            style: Style | str = chosen if on else ""
            if self.has_focus and index == self.cursor and not on:
                style = at_cursor
            digit = self._digit(index)
            items.append(Text(f"{'*' if on else ' '}{digit_before(digit, option.text)} ", style))
        return ShortTexts(items, apart=0, lead=self._lead())

    def _lead(self) -> Text | None:
        """What is asked, where the choice says it itself."""
        if not self._label:
            return None
        name = "choice--here" if self.has_focus else "choice--label"
        mark = ">" if self.has_focus else " "
        return Text(f"{mark}{self._label}", self.get_component_rich_style(name))

    async def on_key(self, event: events.Key) -> None:
        """Digits choose; left and right move; space or Enter takes what the cursor is on."""
        if self.press(fold_key(event.character or "")):
            pass
        elif event.key in ("left", "right", *self.also_moved_by):
            step = 1 if event.key in ("right", "down") else -1
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
