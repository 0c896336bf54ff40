"""What the two forms about a month share: the words, and which month it is."""

from __future__ import annotations

from dispatcher_tui.domain.reviews.summary import Summary
from dispatcher_tui.present.reviews.month_lines import summary_title
from dispatcher_tui.tui.screens.system.autosave_form import AutosaveForm
from dispatcher_tui.tui.widgets.notes import NoteArea


class MonthForm(AutosaveForm):
    """A form about a month's summary; its words are in the area ``#words``."""

    hints = ("commit", "help")

    DEFAULT_CSS = """
    MonthForm #words { height: 8; }
    MonthForm .why { padding: 0 0 1 1; color: $desk-fg2; }
    """

    def __init__(self, file: Summary) -> None:
        super().__init__()
        self.file = file

    @property
    def about(self) -> str:
        """The month's name."""
        return self.file.name

    def form_name(self) -> str:
        """What the form is called."""
        return ""

    def heading(self) -> str:
        """Which form of which month."""
        return f" {summary_title(self.file)}  {self.form_name()}"

    @property
    def words(self) -> str:
        """What is typed."""
        for area in self.query("#words"):
            if isinstance(area, NoteArea):
                return area.text
        return ""

    def begin(self) -> None:
        """Say where the focus begins."""
        for area in self.query("#words"):
            area.focus()
