"""A line picked from a long list, and the lines that match what is typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import RenderResult
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from dispatcher_tui.domain.words.text import clean_text, fold, fold_key
from dispatcher_tui.present.cells import fit
from dispatcher_tui.present.i18n import _
from dispatcher_tui.tui.widgets.form import FIELD_LIMIT, Field, Option, digit_before
from dispatcher_tui.tui.widgets.short_texts import ShortTexts


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
        self.start_here()

    @property
    def _picked_key(self) -> str:
        return f"{self.id}.picked"

    def held(self) -> dict[str, str]:
        """The text, and of a picked line its value."""
        return super().held() | ({self._picked_key: self.picked} if self.picked else {})

    def put_back(self, held: Mapping[str, str]) -> None:
        """The line that was picked, else the text; a line that is no more leaves all as it is."""
        text, picked = held.get(str(self.id)), held.get(self._picked_key, "")
        if any(option.value == (picked or text) for option in self.options):
            self.take_value(picked or text or "")
            self.post_message(self.Narrowed(self))
        elif text is not None and not picked:
            self.picked = ""
            self.value = text

    @property
    def replaceable(self) -> bool:
        """A picked line is no typing either, whoever picked it."""
        return bool(self.picked) or super().replaceable

    @property
    def matching(self) -> tuple[Option, ...]:
        """The lines that match what is typed, those that begin with it first; all if nothing.

        Last of all come those of whose words one stands within what is typed.
        """
        return self._all_matching[: self.SHOWN]

    @property
    def more(self) -> int:
        """How many lines match besides those that are shown."""
        return max(0, len(self._all_matching) - self.SHOWN)

    @property
    def _all_matching(self) -> tuple[Option, ...]:
        typed = fold(self.value).strip()
        if not typed or self.picked:
            return self.options
        starts, holds, within = [], [], []
        for option in self.options:
            keys = [fold(key) for key in (option.text, *option.keys, *option.words)]
            if any(key.startswith(typed) for key in keys):
                starts.append(option)
            elif any(typed in key for key in keys):
                holds.append(option)
            elif any(fold(word) in typed for word in option.words):
                within.append(option)
        return tuple(starts + holds + within)

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

    COMPONENT_CLASSES: ClassVar[set[str]] = {"pick-list--marked"}
    DEFAULT_CSS = """
    PickList { height: auto; width: 1fr; }
    PickList > .pick-list--marked {
        background: $desk-tint; color: $desk-tintf; text-style: $desk-tint-form;
    }
    """

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
        marked = self.get_component_rich_style("pick-list--marked")
        styles = ["" if line.startswith(" ") else marked for line in lines]
        more = self._picker.more if not self._picker.picked else 0
        besides = _("{n} more: type on").format(n=more) if more else ""
        if not self._columns:
            items = [Text(f"{line} ", style) for line, style in zip(lines, styles, strict=True)]
            return ShortTexts([*items, *[Text(f" {besides}")] * bool(besides)], apart=0)
        text = Text(no_wrap=False)
        columns = self._columns
        if self._cells and (room := self.content_size.width):
            columns = max(1, min(columns, (room + 2) // (self._cells + 2)))
        for index, (line, style) in enumerate(zip(lines, styles, strict=True), 1):
            text.append(line.replace(" ", "\u00a0"), style)
            text.append("\n" if index % columns == 0 else "  ")
        text.append(f" {besides}".replace(" ", "\u00a0") if besides else "")
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
            numbered = self._picker.by_digit
            line = f"{mark}{digit_before(str(index + 1), shown) if numbered else shown}"
            lines.append(fit(line, self._cells) if self._cells else line)
        return lines
