"""What a desk does whose record was taken away from under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatcher_tui.domain.words.failure import Failure
from dispatcher_tui.present.cells import wrap
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.refusals import explain_failure
from dispatcher_tui.present.site.lost_record import other_record_lines
from dispatcher_tui.tui.screens.base import desk_screens

if TYPE_CHECKING:
    from dispatcher_tui.tui.shell import Shell


async def tell_lost(shell: Shell, words: str) -> None:
    """Say over whatever screen is up what became of the record, as often as this is asked.

    A whole copy is saved once. Emergencies in another record that lies in its place sound like
    those that nobody was reached for: nobody here can see them.
    """
    try:
        lost = await shell.session.lost()
    except Failure as failure:
        _warn(shell, [explain_failure(failure), _("No copy of the record could be saved.")])
        return
    other, told = lost.other, [words]
    if other is not None:
        called = desk_screens(shell)[0].called
        told = other_record_lines(other.path.name, other.unknown, other.fault, called)
        if not other.unknown:
            told.append(words)
    shell.alarm.call_elsewhere(other is not None and any(x.emergency for x in other.unknown))
    if lost.copy is None:
        told.append(_("No copy of the record could be saved."))
    else:
        told.append(_("A whole copy of the record was saved: {path}").format(path=lost.copy))
    _warn(shell, told)


def _warn(shell: Shell, paragraphs: list[str]) -> None:
    for screen in desk_screens(shell):
        lines = [line for text in paragraphs for line in wrap(text, screen.size.width - 1)]
        screen.warn("\n".join(lines))
