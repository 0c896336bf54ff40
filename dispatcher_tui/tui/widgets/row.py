"""One line of a form: what is asked, which rule asks it, and the field."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widget import Widget

from dispatcher_tui.tui.widgets.lines import Lines


class Row(Horizontal):
    """A label with the field beside it; ``rule`` stands after the label where there is one."""

    DEFAULT_CSS = """
    Row { height: auto; width: 1fr; }
    Row > Field { width: 1fr; }
    Row > .label { width: 22; color: $text-muted; padding: 0 1 0 0; }
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
        yield Lines(self._label, classes="label")
        yield from self._fields
