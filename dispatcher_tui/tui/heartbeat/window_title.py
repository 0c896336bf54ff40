"""The title of the terminal's window: what is overdue is read though another one lies over it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from dispatcher_tui.present.case.board_head import window_title

if TYPE_CHECKING:
    from dispatcher_tui.tui.shell import Shell


class WindowTitle:
    """Written when it changes, and never otherwise; ``write`` gives the terminal a title."""

    def __init__(self, shell: Shell, write: Callable[[str], None]) -> None:
        self._shell = shell
        self._write = write
        self._shown = ""

    def beat(self) -> None:
        """Once a second, from memory only."""
        session = self._shell.session
        counts = self._shell.board.counts(session.now())
        self._show(window_title(session.desk.site.site.name, counts))

    def clear(self) -> None:
        """The desk is left: what it said is not so any more."""
        self._show("")

    def _show(self, text: str) -> None:
        if text != self._shown:
            self._shown = text
            self._write(text)
