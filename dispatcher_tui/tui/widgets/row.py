"""One line of a form: what is asked and the field, what was made of it, what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult, RenderResult
from textual.containers import Horizontal
from textual.dom import DOMNode
from textual.geometry import Size
from textual.widget import Widget

from dispatcher_tui.domain.words.text import clean_line
from dispatcher_tui.present.cells import fit, width, wrap
from dispatcher_tui.present.i18n import _, labelled
from dispatcher_tui.present.spans import Span
from dispatcher_tui.tui.look import drawn
from dispatcher_tui.tui.widgets.autosaved import Autosaved
from dispatcher_tui.tui.widgets.lines import Lines

NARROW = 10
"""Cells of a label in a form that is narrow; in a wider one a blank stands behind it."""

BOX, DONE = "[ ] ", "[x] "
"""Before an item of a checklist."""

ITEM = 24
"""Cells of an item's label, its box among them."""

NAMES_RULES = "names-rules"
"""The class of a screen whose items show which rule asks for them."""

CODE = 8
"""Cells at an item's right for the rule that asks for it."""

WIDEST = 22
"""Cells that a label takes at most."""

UNDERSTOOD = "= "
"""What a text begins with that says how a field was understood."""


class FieldLabel(Lines):
    """What is asked; while its row has the focus it is where the keys go, with ``>`` before it.

    A ``*`` at its right end says that the field is empty and has to be filled. All that is drawn
    by the focus and not styled by it: every key that goes on to the next field would have two
    rows styled anew.
    """

    DEFAULT_CSS = "FieldLabel { padding: 0; text-wrap: nowrap; text-overflow: clip; }"

    def __init__(self, text: str, *, required: bool = False, item: bool = False) -> None:
        super().__init__(text, classes="label")
        self._required = required
        self._item = item
        self._shown = (False, False)

    def _room(self, cells: int) -> int:
        """Cells of the words: less the mark before them, and what stands behind."""
        behind = cells > NARROW or (self._required and not self._item)
        return max(2, cells - 1 - len(BOX) * self._item - behind)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as its words take."""
        return len(wrap(self._text, self._room(width)))

    @property
    def _row(self) -> Row | None:
        return self.parent if isinstance(self.parent, Row) else None

    def follow(self) -> None:
        """The field holds something else: only what the label shows of that is drawn."""
        if self._required and self._shown != self._state:
            self.refresh()

    @property
    def _state(self) -> tuple[bool, bool]:
        """Whether something is missing that has to be there, and whether all of it is there."""
        row = self._row
        return (row is not None and row.empty, row is not None and row.filled)

    def render(self) -> RenderResult:
        """The label; as wide as it can be where the keys go to its field."""
        cells = self.content_size.width
        words = wrap(self._text, self._room(cells))
        self._shown = self._state
        if self._item:
            return self._as_item(words, cells)
        star = "*" if self._required and self._shown[0] else ""
        if self._row is not None and self._row.has_focus_within:
            marks = [">", *(" " * (len(words) - 1))]
            lines = [f"{mark}{line}" for mark, line in zip(marks, words, strict=True)]
            lines[0] = fit(lines[0], cells - len(star)) + star
            return drawn(self.app.theme, [[Span(fit(line, cells), "sel")] for line in lines])
        first, *rest = (f" {line}" for line in words)
        if star:
            row = [Span(fit(first, cells - 1), "fg2"), Span(star, "warnt", True)]
        else:
            row = [Span(first, "fg2")]
        return drawn(self.app.theme, [row, *([Span(line, "fg2")] for line in rest)])

    def _as_item(self, words: Sequence[str], cells: int) -> RenderResult:
        """An item of a checklist: ``[x]`` before it once it is there."""
        here = self._row is not None and self._row.has_focus_within
        box = DONE if self._shown[1] else BOX if self._required else " " * len(BOX)
        role = "okt" if box == DONE else "warnt"
        rows = []
        for nth, line in enumerate(words):
            head, mark = (" " * len(BOX), " ") if nth else (box, ">" if here else " ")
            if here:
                rows.append([Span(fit(f"{mark}{head}{line}", cells), "sel")])
            else:
                tail = Span(line, "fg2" if box == DONE or not self._required else "fg0")
                rows.append([Span(" "), Span(head, role, True), tail])
        return drawn(self.app.theme, rows)


class FaultLine(Lines):
    """Below a field: what is wrong with what stands in it, and what to press."""

    DEFAULT_CSS = "FaultLine { color: $desk-warnt; }"


class Derived(Lines):
    """At a field's right: how what is typed was understood. Why it cannot be stands below it."""

    DEFAULT_CSS = "Derived { color: $desk-okt; text-style: bold; padding: 0 0 0 2; }"

    def show(self, text: str) -> None:
        """What was understood begins with ``=``."""
        understood = not text or text.startswith(UNDERSTOOD)
        super().show(text if understood else "")
        if isinstance(self.parent, Row):
            self.parent.say_wrong("" if understood else text)


class Row(Horizontal):
    """A label with the field beside it.

    ``rule`` asks for it, which F1 tells; ``required``: it has to be filled. An ``item`` of a
    checklist has a box before it, and its rule at its right.
    """

    DEFAULT_CSS = """
    Row { height: auto; width: 1fr; }
    Row > Field { width: 1fr; }
    Row > .label { width: 22; }
    """

    def __init__(
        self,
        label: str,
        *fields: Widget,
        rule: str = "",
        required: bool = False,
        item: bool = False,
        id: str | None = None,  # noqa: A002 - the name Textual gives it
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.asks = label
        self._item = item
        if item and fields:
            fields[-1].styles.margin = (0, CODE, 0, 0)
        self.rule = rule
        self.required = required
        self._label = FieldLabel(label, required=required, item=item)
        if item:
            self.give_label(ITEM)
        self._fields = fields
        self._wrong: FaultLine | None = None

    def compose(self) -> ComposeResult:
        """The label, then the fields."""
        yield self._label
        yield from self._fields

    def give_label(self, cells: int) -> None:
        """Give its label so many cells."""
        self._label.styles.width = cells

    @property
    def displayed(self) -> bool:
        """Whether it is asked for now: neither it nor what it stands in is hidden."""
        return all(each.display for each in (self, *self.ancestors) if isinstance(each, Widget))

    def render(self) -> RenderResult:
        """Beside its fields an item shows the rule that asks for it, where the form names rules."""
        if not self._item or not self.rule or not self.screen.has_class(NAMES_RULES):
            return super().render()
        blank = Span(" " * max(0, self.content_size.width - width(self.rule) - 1))
        return drawn(self.app.theme, [[blank, Span(self.rule, "fg2")]])

    @property
    def _held(self) -> list[bool]:
        """Whether each of its fields holds something."""
        held = (field.held() for field in self._fields if isinstance(field, Autosaved))
        return [any(text.strip() for text in each.values()) for each in held]

    @property
    def empty(self) -> bool:
        """Whether nothing is typed or chosen in it."""
        return bool(self._held) and not any(self._held)

    @property
    def filled(self) -> bool:
        """Whether every field of it holds something; one without any says what is done."""
        return all(self._held)

    def say_wrong(self, text: str) -> None:
        """Say below what is wrong with the field; an empty text takes it away."""
        line, parent = self._wrong, self.parent
        if not text or not isinstance(parent, Widget):
            self._wrong = None
            if line is not None:
                line.remove()
            return
        if line is not None:
            line.show(text)
            return
        self._wrong = FaultLine(text)
        self._wrong.styles.padding = (0, 0, 0, self._label.size.width)
        parent.mount(self._wrong, after=self)

    @property
    def wrong(self) -> str:
        """What is said to be wrong with it."""
        return self._wrong.text if self._wrong is not None else ""

    def on_descendant_focus(self) -> None:
        """The keys go to a field of this row."""
        self._label.refresh()

    def on_descendant_blur(self) -> None:
        """They go elsewhere."""
        self._label.refresh()

    def on_click(self, event: events.Click) -> None:
        """A click on the label, or on the row beside its fields, leads to the first of them."""
        if event.widget in (self, self._label):
            field = next((each for each in self._fields if each.focusable), None)
            if field is not None:
                event.stop()
                field.focus()

    def on_touched(self) -> None:
        """What was wrong may be mended."""
        if not any(isinstance(field, Derived) for field in self._fields):
            self.say_wrong("")

    def on_input_changed(self) -> None:
        """Something was typed, or taken away."""
        self._label.follow()

    def on_text_area_changed(self) -> None:
        """The same where it may be several lines."""
        self._label.follow()

    def on_picker_narrowed(self) -> None:
        """A line was picked, or is no more."""
        self._label.follow()

    def on_choice_changed(self) -> None:
        """An option was chosen."""
        self._label.follow()


def aligned(*rows: Row) -> Sequence[Row]:
    """Rows with their fields in one column, as near as the longest label lets them."""
    longest = max((width(row.asks) + row.required for row in rows), default=0)
    cells = longest + 1 if longest < NARROW else longest + 2
    for row in rows:
        row.give_label(min(WIDEST, max(NARROW, cells)))
    return rows


def lacking(form: DOMNode) -> int:
    """How many of a form's rows that are asked for now, and have to be filled, are not."""
    return sum(r.required and r.displayed and not r.filled for r in form.query(Row))


def rules_asked(form: DOMNode) -> list[str]:
    """For F1: which rule asks for which field of a form; no line where none does."""
    rules: dict[str, list[str]] = {}
    for row in form.query(Row):
        if row.rule and row.asks and row.asks not in rules.setdefault(row.rule, []):
            rules[row.rule].append(clean_line(row.asks))
    asked = (labelled(rule, _(", ").join(labels)) for rule, labels in rules.items() if labels)
    return [_("Asked for by {rules}").format(rules="   ".join(asked))] if rules else []


def row_of(field: Widget) -> Row | None:
    """The row a field stands in."""
    return next((each for each in field.ancestors if isinstance(each, Row)), None)
