"""The names that stand for ids in what the command line prints for people."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec.structs import replace

from dispatcher_tui.desk.record import Record
from dispatcher_tui.desk.watch.watch import referred_to
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.reviews.corrective import naming
from dispatcher_tui.paths import Paths
from dispatcher_tui.present.names import PLAIN, Glossary

if TYPE_CHECKING:
    from dispatcher_tui.site.load import SiteData


def site_texts(record: Record, paths: Paths) -> SiteData | None:
    """What the site works by: its own files, and the texts in force where one of them is broken.

    None where the record holds none either: it is read without them too.
    """
    from dispatcher_tui.desk.adoption import recorded
    from dispatcher_tui.site.load import load
    from dispatcher_tui.site.problems import SiteError

    try:
        return load(paths.site, lazy=True, record=recorded(record.store))
    except (SiteError, OSError):
        return None


def named_by(site: SiteData) -> Glossary:
    """Categories and kinds of emergency by the names that a site gives them."""
    from dispatcher_tui.site.problems import SiteError

    try:
        return Glossary(
            categories={found.id: found.name for found in site.categories},
            kinds={card.id: card.title for card in site.cards},
        )
    except SiteError:
        return PLAIN


def site_names(record: Record, paths: Paths) -> Glossary:
    """The names that the site gives, and those of the procedures it works by; without its texts,
    ids stand for themselves."""
    site = site_texts(record, paths)
    return PLAIN if site is None else replace(named_by(site), procedure=naming(*site.in_force))


def procedure_in_force(record: Record, paths: Paths) -> Procedure | None:
    """The procedures the site works by, by their names; None where there is none at all."""
    site = site_texts(record, paths)
    return naming(*site.in_force) if site is not None else None


def names_of(record: Record, paths: Paths) -> Callable[[Entry], Glossary]:
    """What names an entry: the site's names, the procedure its case is pinned to (the one in force
    where it is of no case), and the entries it refers to."""
    site = site_names(record, paths)
    found: dict[str, Glossary] = {}

    def names(entry: Entry) -> Glossary:
        text = record.pinned_to(entry)
        if text and text not in found:
            beside = (site.procedure,) if site.procedure is not None else ()
            found[text] = replace(site, procedure=naming(record.procedure(text), *beside))
        named = found.get(text, site)
        others = referred_to(record.store, [entry])
        return replace(named, entries=others) if others else named

    return names
