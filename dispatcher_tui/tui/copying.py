"""``y`` and ``Y``: a number, or a whole case as text, into the terminal's clipboard (OSC 52)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.names import names_of
from dispatcher_tui.tui.screens.base import DeskScreen

if TYPE_CHECKING:
    from dispatcher_tui.tui.shell import Shell

LONGEST = 50_000
"""Bytes that are copied at most: terminals drop what is much longer, all of it."""


def copy_number(shell: Shell, top: DeskScreen) -> None:
    """The number that stands here to be rung, else that of the case it is about."""
    line = shell.board.line(shell.current_case())
    number = clean_text(top.number_here or (line.number if line else ""), multiline=False).text
    if not number:
        top.say(_("No number stands here, and no case is chosen."))
        return
    shell.copy_to_clipboard(number)
    top.say(_("Copied: {number}").format(number=number))


async def copy_case(shell: Shell, top: DeskScreen) -> None:
    """The case it is about: what it is, what is owed on it, what happened."""
    case_id = shell.current_case()
    if not case_id:
        top.say(top.no_case())
        return
    from dispatcher_tui.desk.case.story import read_story
    from dispatcher_tui.present.case.case_text import case_lines
    from dispatcher_tui.tui.names import glossary

    told = await top.run_on_desk(lambda desk: read_story(desk, case_id), writes=False)
    if told is None:
        return
    names, now = glossary(shell.session.desk, names_of(told.rules)), shell.session.now()
    rows = case_lines(told.case, told.duties, told.rules, told.entries, now, names)
    text = "\n".join(clean_text(row).text for row in rows)
    short = text.encode()[:LONGEST].decode(errors="ignore")
    shell.copy_to_clipboard(short)
    said = _("Copied as text: {number}") if short == text else _("Copied, its beginning: {number}")
    top.say(said.format(number=told.case.number))
