"""One line of a form: what is asked, which rule asks it, and the field."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult, RenderResult
from textual.containers import Horizontal
from textual.widget import Widget

from dispatcher_tui.present.cells import fit
from dispatcher_tui.tui.widgets.lines import Lines


class FieldLabel(Lines):
    """What is asked; while its row has the focus it is where the keys go.

    It is drawn by the focus and not styled by it: every key that goes on to the next field would
    have two rows styled anew.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"label--here"}
    DEFAULT_CSS = """
    FieldLabel > .label--here {
        background: $desk-sel; color: $desk-self; text-style: bold;
    }
    """

    def render(self) -> RenderResult:
        """The label; as wide as it can be where the keys go to its field."""
        row = self.parent
        if not (isinstance(row, Row) and row.has_focus_within):
            return super().render()
        cells = self.content_size.width
        text = "\n".join(fit(line, cells) for line in self._rows(cells))
        style = self.get_component_rich_style("label--here")
        return Text(text, style, no_wrap=True, overflow="crop")


class Row(Horizontal):
    """A label with the field beside it; ``rule`` stands after the label where there is one."""

    DEFAULT_CSS = """
    Row { height: auto; width: 1fr; }
    Row > Field { width: 1fr; }
    Row > .label { width: 22; padding: 0 1 0 0; }
    """

    def __init__(
        self,
        label: str,
        *fields: Widget,
        rule: str = "",
        id: str | None = None,  # noqa: A002 - the name Textual gives it
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._label = f"{label} [{rule}]" if rule else label
        self._fields = fields

    def compose(self) -> ComposeResult:
        """The label, then the fields."""
        yield FieldLabel(self._label, classes="label")
        yield from self._fields

    def on_descendant_focus(self) -> None:
        """The keys go to a field of this row."""
        self.query_one(FieldLabel).refresh()

    def on_descendant_blur(self) -> None:
        """They go elsewhere."""
        self.query_one(FieldLabel).refresh()
