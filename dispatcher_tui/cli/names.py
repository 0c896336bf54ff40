"""The names that stand for ids in what the command line prints for people."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from dispatcher_tui.desk.record import Record
from dispatcher_tui.desk.watch.watch import referred_to
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.paths import Paths
from dispatcher_tui.present.names import PLAIN, Glossary


def site_names(paths: Paths) -> Glossary:
    """Categories and kinds of emergency by the site's folder.

    The record is read without that folder too: ids then stand for themselves.
    """
    from dispatcher_tui.site.load import load
    from dispatcher_tui.site.problems import SiteError

    try:
        site = load(paths.site, lazy=True)
        return Glossary(
            categories={found.id: found.name for found in site.categories},
            kinds={card.id: card.title for card in site.cards},
        )
    except (SiteError, OSError):
        return PLAIN


def procedure_in_force(paths: Paths) -> Procedure | None:
    """The procedure in the site's folder; None where that cannot be read."""
    from dispatcher_tui.site.load import load
    from dispatcher_tui.site.problems import SiteError

    try:
        return load(paths.site, lazy=True).procedure
    except (SiteError, OSError):
        return None


def names_of(record: Record, paths: Paths) -> Callable[[Entry], Glossary]:
    """What names an entry: the site's names, the procedure its case is pinned to, and the entries
    it refers to."""
    site = site_names(paths)
    found: dict[str, Glossary] = {}

    def names(entry: Entry) -> Glossary:
        text = record.pinned_to(entry)
        if text and text not in found:
            found[text] = replace(site, procedure=record.procedure(text))
        named = found.get(text, site)
        others = referred_to(record.store, [entry])
        return replace(named, entries=others) if others else named

    return names
