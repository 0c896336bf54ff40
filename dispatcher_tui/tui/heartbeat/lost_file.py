"""What a desk does whose record was taken away from under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatcher_tui.domain.words.failure import Failure
from dispatcher_tui.present.cells import wrap
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.refusals import explain_failure
from dispatcher_tui.tui.screens.base import desk_screens

if TYPE_CHECKING:
    from dispatcher_tui.tui.shell import Shell


async def tell_lost(shell: Shell, words: str) -> None:
    """Save a whole copy, once, and say over whatever screen is up what became of the record."""
    try:
        path = await shell.session.rescued()
    except Failure as failure:
        path, words = None, explain_failure(failure)
    if path is None:
        return
    saved = _("A whole copy of the record was saved: {path}").format(path=path)
    told = saved if path else _("No copy of the record could be saved.")
    for screen in desk_screens(shell):
        lines = (*wrap(words, screen.size.width), *wrap(told, screen.size.width))
        screen.warn("\n".join(lines))
