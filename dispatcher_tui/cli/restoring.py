"""What somebody who goes on from a copy has to know first."""

from __future__ import annotations

from pathlib import Path

from dispatcher_tui.bootstrap import open_record
from dispatcher_tui.cli.names import site_names
from dispatcher_tui.desk.site.backups import given_up
from dispatcher_tui.paths import Paths
from dispatcher_tui.present.i18n import ngettext
from dispatcher_tui.present.names import Glossary
from dispatcher_tui.present.site.lost_record import open_lines

_NAMED = 20


def _called(names: Glossary, name: str) -> str:
    return names.category(name) if name in names.categories else names.kind(name)


def gone_lines(source: Path, where: Paths) -> list[str]:
    """How much is later than the copy, then what of it is still open, emergencies first.

    Nothing where nothing is open, or where nobody can tell.
    """
    gone = given_up(source, where.db)
    if gone is None or not gone.lines:
        return []
    with open_record(where) as record:
        names = site_names(record, where)
        named = open_lines(gone.lines, lambda name: _called(names, name), _NAMED)
    head = ngettext(
        "The copy is older: {n} entry of the record is not in it. Still open there:",
        "The copy is older: {n} entries of the record are not in it. Still open there:",
        gone.entries,
    )
    return [head.format(n=gone.entries), *named]
