"""What became of the site's copies of shipped files, in lines for the board and the Work Log."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.site.comparison_lines import shown

_NAMED = 3


def _names(files: Sequence[str]) -> str:
    """The first few of the files, and how many more there are."""
    named = _(", ").join(map(shown, files[:_NAMED]))
    more = len(files) - _NAMED
    return _("{names} and {n} more").format(names=named, n=more) if more > 0 else named


def _bare(files: Sequence[str]) -> list[str]:
    """The files' names without their folders."""
    return [PurePath(file).name for file in files]


def renewed_line(renewed: Sequence[str], added: Sequence[str]) -> str:
    """Which copies gave way to today's, and which cards came; empty where none did."""
    parts = []
    if renewed:
        words = _("unedited files renewed: {n} ({names})")
        parts.append(words.format(n=len(renewed), names=_names(_bare(renewed))))
    if added:
        words = _("new cards added: {n} ({names})")
        parts.append(words.format(n=len(added), names=_names(_bare(added))))
    if not parts:
        return ""
    return _("Brought up to date: {what}").format(what=_(", ").join(parts))


def stuck_line(stuck: Sequence[str]) -> str:
    """Which files could not be brought up to date; empty where all could."""
    if not stuck:
        return ""
    words = _("Files that could not be brought up to date: {n} ({names})")
    return words.format(n=len(stuck), names=_names(stuck))


def open_files_line(n: int) -> str:
    """How many files the site edited that nobody settled; empty where none is open."""
    if not n:
        return ""
    return _("Files of yours that differ from the shipped ones: {n} (F8, m)").format(n=n)


def set_aside_line(file: str, n: int) -> str:
    """How much of a procedure's file on emergencies no longer counts; empty where none is."""
    if not n:
        return ""
    words = _("Entries on emergencies in {file} that do not count: {n}; emergency.toml rules them")
    return words.format(n=n, file=shown(file))
