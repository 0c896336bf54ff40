"""What the two forms about a month share: words that are kept as they are typed, and a way back."""

from __future__ import annotations

from dispatcher_tui.domain.summary import Summary
from dispatcher_tui.present.month_lines import month_title
from dispatcher_tui.tui.screens.keeping import Keeping
from dispatcher_tui.tui.widgets.notes import NoteArea


class MonthForm(Keeping):
    """A form about a month's summary; its words are in the area ``#words``."""

    hints = ("commit", "help")

    DEFAULT_CSS = """
    MonthForm #words { height: 8; }
    MonthForm .why { padding: 0 0 1 0; color: $text-muted; }
    """

    def __init__(self, file: Summary) -> None:
        super().__init__()
        self.file = file
        self.blank = ""
        """The words that stood there from the start."""

    @property
    def about(self) -> str:
        """The month's name."""
        return self.file.period.name

    def form_name(self) -> str:
        """What the form is called."""
        return ""

    def heading(self) -> str:
        """Which form of which month."""
        return f" {month_title(self.file.period)}  {self.form_name()}"

    @property
    def words(self) -> str:
        """What is typed."""
        for area in self.query("#words"):
            if isinstance(area, NoteArea):
                return area.text
        return ""

    async def on_mount(self) -> None:
        """Bring back what was typed before."""
        kept = await self.read_kept()
        text = kept.get("words", "")
        self.put_back(kept)
        for area in self.query("#words"):
            if isinstance(area, NoteArea):
                area.load_text(text or self.blank)
        if kept:
            self.welcome()
        self.begin()

    def put_back(self, kept: dict[str, str]) -> None:
        """Put back what else was kept than the words."""

    def begin(self) -> None:
        """Say where the focus begins."""
        for area in self.query("#words"):
            area.focus()

    def typed(self) -> dict[str, str]:
        """The words, where they are others than at the start."""
        return {"words": self.words} if self.words not in ("", self.blank) else {}

    async def done(self, said: str) -> None:
        """It is in the record: back to the summary, which says what came of it."""
        await self.forget_draft()
        await self.desk_app.take_news()
        if self.is_current:
            self.leave(said)
