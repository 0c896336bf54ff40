"""Files that are chosen by their digits or typed, and read before any of them is taken over."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from collections.abc import Sequence
from pathlib import Path

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Input

from dispatcher_tui.desk.site.lists import offered_files
from dispatcher_tui.domain.site.list_change import ListChange
from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.site.list_lines import takes_away_question
from dispatcher_tui.tui.keys import ScreenKey
from dispatcher_tui.tui.screens.system.autosave_form import AutosaveForm
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.question import AnswerKey, Question
from dispatcher_tui.tui.widgets.row import Row

OFFERED = 9
PATH_LIMIT = 1000


def _path(typed: str) -> Path:
    """The file that was typed, or dragged into the terminal, which puts quotes around it."""
    return Path(typed.strip("\"'")).expanduser()


def _told(path: Path | str) -> str:
    """A path on one line: a line feed in a file's name begins none."""
    text = str(path)
    return clean_text(text, multiline=False, limit=len(text)).text


class FilesForm(AutosaveForm):
    """A digit chooses a file and once more leaves it out; Enter takes a typed path. What the
    chosen ones would do is read at once; F10, then 1, takes it over."""

    hints = ("commit", "help")
    AUTO_FOCUS = ""

    DEFAULT_CSS = """
    FilesForm #files { height: auto; max-height: 9; }
    FilesForm #scroll { height: 1fr; }
    FilesForm #preview { height: auto; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._offered: list[Path] = []
        self._chosen: list[Path] = []
        self._turn = 0
        """Which choice is read: what an earlier one comes to is shown to nobody."""

    @abstractmethod
    async def preview_chosen(self) -> None:
        """Read what is chosen, and show what it would do."""

    @abstractmethod
    def taking_away(self) -> list[ListChange] | None:
        """What would go, where that is much; None while nothing is chosen that can be taken."""

    @abstractmethod
    async def take_chosen(self, *, meant: bool) -> None:
        """Take it over as a whole, or nothing; ``meant``: even if much goes by it."""

    def body(self) -> ComposeResult:
        """The files, the path, what they would do, the question."""
        yield Lines("", id="files", wrap=False)
        yield Row(_("Or its path"), Field(id="path", limit=PATH_LIMIT))
        with VerticalScroll(id="scroll", can_focus=False):
            yield Lines("", id="preview")
        yield Question(id="question", held=True)

    async def build(self) -> bool:
        """What files there are."""
        folder = self.session.desk.site.folder
        self._offered = (await asyncio.to_thread(offered_files, folder))[:OFFERED]
        self._show_files()
        return True

    def begin(self) -> None:
        """Where none is offered, a path can be typed at once."""
        if not self._offered:
            self.query_one("#path").focus()

    def _show_files(self) -> None:
        lines = [
            f"{n}{'*' if path in self._chosen else ' '} {_told(path.name)}   {_told(path.parent)}"
            for n, path in enumerate(self._offered, 1)
        ]
        typed = [f" * {_told(path)}" for path in self._chosen if path not in self._offered]
        none = _("No list lies in the site's folder or on a stick: type where it is.")
        self.query_one("#files", Lines).show("\n".join([*lines, *typed]) or none)

    def own_keys(self) -> Sequence[ScreenKey]:
        """The files by their digits."""
        choose = ScreenKey("1-9", "", self._choose, _("choose a file, or leave it out again"))
        return (choose, *super().own_keys())

    async def _choose(self, number: int) -> bool:
        if number > len(self._offered):
            return False
        await self._toggle(self._offered[number - 1])
        return True

    async def accept_field(self) -> None:
        """Enter: the file that was typed is chosen, or left out again."""
        typed = self.field("path").strip()
        if not typed:
            self.say(_("Choose a file by its digit, or type where it is."))
            return
        self.set_focus(None)
        await self._toggle(_path(typed))

    async def _toggle(self, path: Path) -> None:
        if path in self._chosen:
            self._chosen.remove(path)
        else:
            self._chosen.append(path)
        self._show_files()
        await self.preview_chosen()

    def _show(self, lines: Sequence[str]) -> None:
        self.query_one("#preview", Lines).show("\n".join(lines))
        self.query_one("#scroll", VerticalScroll).scroll_home(animate=False)

    async def on_key(self, event: events.Key) -> None:
        """The page keys turn the preview."""
        scroll = self.query_one("#scroll", VerticalScroll)
        if event.key == "pageup":
            scroll.scroll_page_up(animate=False)
        elif event.key == "pagedown":
            scroll.scroll_page_down(animate=False)
        else:
            return
        event.stop()
        event.prevent_default()

    def on_input_changed(self, event: Input.Changed) -> None:
        """A path that is typed chooses nothing before Enter."""
        event.stop()

    async def commit(self) -> None:
        """F10: asked once more; where much would go it is asked whether that is meant."""
        away = self.taking_away()
        if away is None:
            self.say(_("Choose a file by its digit, or type where it is."))
            return
        words = takes_away_question(away) if away else _("Take it over as it stands above?")
        answers = (AnswerKey("yes", _("take it over"), "1"), AnswerKey("no", _("no"), ""))
        self.query_one(Question).put("replace" if away else "take", words, *answers)

    async def on_question_answered(self, event: Question.Answered) -> None:
        """Taken over as a whole, or nothing."""
        event.stop()
        self.set_focus(None)
        if event.value != "yes":
            self.say(_("Nothing was changed."))
            return
        await self.take_chosen(meant=event.name == "replace")

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [
            _("Tab: to the path; Enter: the file that was typed; PageUp, PageDown: the preview"),
        ]
