"""What the two forms about a month share: words that are kept as they are typed, and a way back."""

from __future__ import annotations

from datetime import datetime

from dispatcher_tui.desk.kept_forms import keep_form, kept_form
from dispatcher_tui.domain.summary import Summary
from dispatcher_tui.present.month_lines import month_title
from dispatcher_tui.present.words import _
from dispatcher_tui.tui.screens.base import DeskScreen
from dispatcher_tui.tui.widgets.notes import NoteArea


class MonthForm(DeskScreen):
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
        self._on_disk: str | None = None

    @property
    def month(self) -> str:
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
        name, month = type(self).__name__, self.month
        kept = await self.ask(lambda desk: kept_form(desk, name, month), writes=False)
        text = (kept or {}).get("words", "")
        self._on_disk = text
        for area in self.query("#words"):
            if isinstance(area, NoteArea):
                area.load_text(text or self.blank)
        if text:
            self.say(_("What you typed before is still here."))
        self.begin()

    def begin(self) -> None:
        """Say where the focus begins."""
        for area in self.query("#words"):
            area.focus()

    def _typed(self) -> str:
        return "" if self.words == self.blank else self.words

    def tick(self, now: datetime) -> None:
        """Once a second, what is typed goes to disk."""
        if self._on_disk is not None and self._typed() != self._on_disk:
            self.run_worker(self.save_draft(), exit_on_error=False, group="draft")

    async def save_draft(self) -> None:
        """Keep what is typed."""
        if self._on_disk is not None:
            await self._keep(self._typed())

    async def _keep(self, text: str) -> None:
        if text == self._on_disk or self.session.read_only:
            return
        name, month, self._on_disk = type(self).__name__, self.month, text
        values = {"words": text} if text else {}
        await self.ask(lambda desk: keep_form(desk, name, month, values))

    async def done(self, said: str) -> None:
        """It is in the record: back to the summary, which says what came of it."""
        await self._keep("")
        self._on_disk = None
        await self.desk_app.take_news()
        if not self.is_current:
            return
        below = self.app.screen_stack[-2]
        self.dismiss()
        if isinstance(below, DeskScreen):
            below.say(said)

    async def go_back(self) -> None:
        """Esc: what is typed is kept."""
        await self.save_draft()
        self.dismiss()
