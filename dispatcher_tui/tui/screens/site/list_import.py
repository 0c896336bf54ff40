"""From F8: units, roster and rota out of files; what would become of the lists is shown first."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Input

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.names_in_force import names_in_force
from dispatcher_tui.desk.site.lists import (
    ListPreview,
    ListsRefused,
    ReadLists,
    compared_or_refused,
    list_words,
    offered_files,
    read_or_refused,
    rest_of,
    take_over,
)
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.site.list_change import ListChange
from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.site.list_lines import (
    change_lines,
    refused_lines,
    rest_line,
    takes_away_question,
)
from dispatcher_tui.present.site.site_problems import describe
from dispatcher_tui.tui.keys import ScreenKey
from dispatcher_tui.tui.screens.system.autosave_form import AutosaveForm
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.question import AnswerKey, Question
from dispatcher_tui.tui.widgets.row import Row

OFFERED = 9
PATH_LIMIT = 1000
_PAINTED = 0.05
"""Seconds in which it is painted what is chosen, before a large file takes the processor."""


def _path(typed: str) -> Path:
    """The file that was typed, or dragged into the terminal, which puts quotes around it."""
    return Path(typed.strip("\"'")).expanduser()


def _told(path: Path | str) -> str:
    """A path on one line: a line feed in a file's name begins none."""
    text = str(path)
    return clean_text(text, multiline=False, limit=len(text)).text


class ListImportScreen(AutosaveForm):
    """A digit chooses a file and once more leaves it out; Enter takes a typed path. What the
    chosen ones would do is read at once; F10, then 1, takes it over."""

    hints = ("commit", "help")
    AUTO_FOCUS = ""

    DEFAULT_CSS = """
    ListImportScreen #files { height: auto; max-height: 9; }
    ListImportScreen #scroll { height: 1fr; }
    ListImportScreen #preview { height: auto; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._offered: list[Path] = []
        self._chosen: list[Path] = []
        self._incoming: ReadLists = []
        self._previews: list[ListPreview] = []
        self._turn = 0
        """Which choice is read: what an earlier one comes to is shown to nobody."""

    def heading(self) -> str:
        """What is done here."""
        return " " + _("Take lists over: units, roster and rota from XLSX or CSV")

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

    async def preview_chosen(self) -> None:
        """Read what is chosen beside the desk at work, and say what it would do."""
        self._turn += 1
        turn, paths, self._previews = self._turn, tuple(self._chosen), []
        self.say("")  # What was said of the choice before is true of this one no more.
        if not paths:
            self._show([])
            return
        self._show([_("Reading ..")])
        await asyncio.sleep(_PAINTED)
        words = list_words(self.session.desk)
        incoming, error = await asyncio.to_thread(read_or_refused, paths, words)
        if turn != self._turn or not self.is_attached:
            return
        if error is not None:
            await self._show_refused(error, turn)
            return
        found = await self.run_on_desk(
            lambda desk: compared_or_refused(desk, incoming), writes=False
        )
        if found is None or turn != self._turn:
            return
        self._previews, problems = found
        if problems:
            self._show(refused_lines([describe(each) for each in problems]))
            return
        self._incoming = incoming
        self._show([line for each in self._previews for line in self._lines(each)])
        self.say(_("Nothing is changed yet: F10 takes it over."))

    async def _show_refused(self, error: ListsRefused, turn: int) -> None:
        """The rows that are refused, and below them what the others would do."""
        rest = await self.run_on_desk(lambda desk: rest_of(desk, error), writes=False)
        if turn != self._turn:
            return
        lines = refused_lines([describe(each) for each in error.problems])
        lines += [rest_line()] if rest else []
        self._show([*lines, *(line for each in rest or () for line in self._lines(each))])

    def _lines(self, preview: ListPreview) -> list[str]:
        labels, list_ = names_in_force(self.session.desk).roles, preview.incoming

        def role_name(role: str) -> str:
            return localized(labels[role]) if role in labels else role

        notes = [describe(note) for note in list_.notes]
        return [*notes, *change_lines(list_.file, list_.rows, preview.change, role_name)]

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

    def taking_away(self) -> list[ListChange] | None:
        """What of the lists would go, where that is much; None while nothing is chosen."""
        if not self._previews:
            return None
        return [each.change for each in self._previews if each.change.takes_away]

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

    async def take_chosen(self, *, meant: bool) -> None:
        """Take the lists over; ``meant``: even if much goes."""
        incoming = self._incoming

        def job(desk: Desk) -> bool:
            # Compared anew: the lists in force may be others than when the preview was read.
            previews, problems = compared_or_refused(desk, incoming)
            if problems:
                raise Refusal("lists_changed")
            take_over(desk, previews, replace=meant)
            return True

        await self.submit(job, _("The lists were taken over."))

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [
            _("Tab: to the path; Enter: the file that was typed; PageUp, PageDown: the preview"),
        ]
