"""What every paper is put together with: its frame, and its lists from their declarations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TypeVar

from msgspec.structs import replace

from dispatcher_tui.present.i18n import _, language
from dispatcher_tui.present.table import RecordTable
from dispatcher_tui.reports.document import Block, Column, Document, Heading, SignatureField, Table

T = TypeVar("T")


def table_of(listing: RecordTable[T], records: Iterable[T], *, data: bool = False) -> Table:
    """Records in the columns that a paper has room for and something to say in; with ``data`` in
    all of them."""
    found = tuple(records)
    columns = [each for each in listing.columns if each.share or data]
    if data:
        columns = [replace(each, kind=each.exact or each.kind) for each in columns]
    elif found:
        columns = [c for c in columns if c.by_hand or any(c.text(r, listing.zone) for r in found)]
    heads = [
        Column(c.head, c.share or 1, c.whole, c.align, kind=c.kind, key=c.key) for c in columns
    ]
    texts = [[c.text(each, listing.zone) for c in columns] for each in found]
    values = [[c.local(each, listing.zone) for c in columns] for each in found]
    if listing.number:
        heads.insert(0, Column(listing.number, 3, True, "right", kind="count", key="n"))
        for n, (text, value) in enumerate(zip(texts, values, strict=True), 1):
            text.insert(0, str(n))
            value.insert(0, n)
    rows = tuple(map(tuple, texts))
    return Table(tuple(heads), rows, listing.empty, tuple(map(tuple, values)))


def section(title: str, listing: RecordTable[T], records: Iterable[T]) -> list[Block]:
    """Records under their heading; that there is none is said too."""
    return [Heading(title), table_of(listing, records)]


def composed(
    site: str,
    title: str,
    blocks: Sequence[Block],
    *,
    under: str = "",
    head: str = "",
    foot: str = "",
    signatures: Sequence[SignatureField] = (),
    data: Table | None = None,
    at: datetime | None = None,
) -> Document:
    """A paper of an estate in the language in use.

    Args:
        site: the estate's name, above the title on every page.
        title: what the paper is.
        blocks: what stands on it.
        under: beside the estate's name below the title: the day, the period, the case.
        head: what follows the title on top of every page.
        foot: what stands at the bottom of every page.
        signatures: who signs by hand.
        data: the table that programs want of it.
        at: the moment it is of (UTC).
    """
    return Document(
        title=title,
        subtitle="  ".join(filter(None, (site, under))),
        head="  ".join(filter(None, (site, title, head))),
        foot=foot,
        blocks=tuple(blocks),
        signatures=tuple(signatures),
        hand=_("Signature") if signatures else "",
        day=_("Date") if signatures else "",
        language=language(),
        data=data,
        at=at,
    )
