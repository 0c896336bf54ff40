"""What somebody who goes on from a copy has to know first."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from dispatcher_tui.bootstrap import open_record
from dispatcher_tui.cli.names import site_names
from dispatcher_tui.desk.site.backups import GivenUp, given_up
from dispatcher_tui.paths import Paths
from dispatcher_tui.present.i18n import _, ngettext
from dispatcher_tui.present.names import Glossary
from dispatcher_tui.present.record_hash import record_named
from dispatcher_tui.present.site.lost_record import open_lines

_NAMED = 20


def _called(names: Glossary, name: str) -> str:
    return names.category(name) if name in names.categories else names.kind(name)


class Gone(NamedTuple):
    """What somebody is told before a copy takes the record's place: ``heads`` say how many entries
    go and come, ``named`` what is still open. ``asks``: more goes than the copy is merely older by.
    """

    heads: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    asks: bool = False


def _heads(gone: GivenUp) -> list[str]:
    """How many entries go out of use and how many come, and of which branch."""
    if not gone.entries:
        more = ngettext(
            "Nothing is lost: the copy has all of the record here, and {n} entry more.",
            "Nothing is lost: the copy has all of the record here, and {n} entries more.",
            gone.brought,
        )
        return [more.format(n=gone.brought)] if gone.brought else []
    if not gone.brought:
        older = ngettext(
            "The copy is older: {n} entry of the record is not in it.",
            "The copy is older: {n} entries of the record are not in it.",
            gone.entries,
        )
        return [older.format(n=gone.entries)]
    apart = _("The copy and the record here went apart after entry {seq}.")
    lost = ngettext(
        "Lost to the record: {n} entry that only the record here has ({named}).",
        "Lost to the record: {n} entries that only the record here has ({named}).",
        gone.entries,
    )
    kept = ngettext(
        "Kept: {n} entry that only the copy has ({named}).",
        "Kept: {n} entries that only the copy has ({named}).",
        gone.brought,
    )
    return [
        apart.format(seq=gone.common) if gone.common else _("The copy is of another record."),
        lost.format(n=gone.entries, named=record_named(*gone.here)),
        kept.format(n=gone.brought, named=record_named(*gone.copy)),
    ]


def gone_lines(source: Path, where: Paths) -> Gone:
    """How many entries go and come, then what of those that go is still open, emergencies first.

    Nothing where nobody can tell.
    """
    gone = given_up(source, where.db)
    if gone is None:
        return Gone()
    heads, named = _heads(gone), list[str]()
    if gone.lines:
        with open_record(where) as record:
            names = site_names(record, where)
            named = open_lines(gone.lines, lambda name: _called(names, name), _NAMED)
        heads.append(_("Still open in the record here:"))
    return Gone(tuple(heads), tuple(named), bool(named or (gone.entries and gone.brought)))
