"""Every sort of field and line the screens are made of, shown one hostile text after the other.

Run on a terminal: ``python -m tests.faults.gallery SEED TEXTS``.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime
from random import Random

from textual.app import ComposeResult

from dispatcher_tui.present.case.board_rows import BoardRow
from dispatcher_tui.tui.look import LookApp
from dispatcher_tui.tui.widgets.board_table import BoardTable
from dispatcher_tui.tui.widgets.form import Choice, Field, Option
from dispatcher_tui.tui.widgets.hint_bar import HintBar
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.notes import NoteArea
from dispatcher_tui.tui.widgets.picker import Picker, PickList
from tests.faults.hostility import hostile

NOW = datetime(2026, 11, 21, 14, 0, tzinfo=UTC)
TEXTS_A_FRAME = 24


class Gallery(LookApp[int]):
    """All of them on one screen."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, seed: int, texts: int) -> None:
        super().__init__()
        self._random = Random(seed)
        self._left = texts

    def compose(self) -> ComposeResult:
        """One of each."""
        options = [Option("a", "a"), Option("b", "b")]
        yield Lines("", id="lines")
        yield Lines("", id="line", wrap=False)
        yield Choice(options, id="choice")
        picker = Picker(options, id="picker")
        yield picker
        yield PickList(picker)
        yield Field(id="field")
        yield NoteArea(id="note")
        yield BoardTable(id="board")
        yield HintBar()

    def on_mount(self) -> None:
        """Begin."""
        self.run_worker(self._show_all())

    async def _show_all(self) -> None:
        self.query_one(BoardTable).tick(NOW)
        while self._left > 0:
            self._show([hostile(self._random) for _ in range(TEXTS_A_FRAME)])
            self._left -= TEXTS_A_FRAME
            shown = asyncio.Event()
            self.call_after_refresh(shown.set)
            await shown.wait()
        self.exit(0)

    def _show(self, texts: list[str]) -> None:
        """Give each widget a few of the texts."""
        for widget in self.query(Lines):
            widget.show(texts.pop())
        options = tuple(Option(str(n), texts.pop(), (texts.pop(),)) for n in range(3))
        choice, picker = self.query_one(Choice), self.query_one(Picker)
        choice.options = picker.options = options
        choice.refresh(layout=True)
        picker.value = ""
        self.query_one(PickList).refresh(layout=True)
        self.query_one("#field", Field).value = texts.pop()
        self.query_one(NoteArea).text = texts.pop()
        self.query_one(BoardTable).set_rows([self._row(n, texts) for n in range(2)])

    @staticmethod
    def _row(number: int, texts: list[str]) -> BoardRow:
        return BoardRow(
            case_id=str(number),
            number=f"261121-{number:02d}",
            due=NOW,
            level="ordinary",
            level_text=texts.pop(),
            place=texts.pop(),
            content=texts.pop(),
            assignee=texts.pop(),
            step=texts.pop(),
            shout=False,
            grave=False,
            emergency=False,
        )


if __name__ == "__main__":
    sys.exit(Gallery(int(sys.argv[1]), int(sys.argv[2])).run())
