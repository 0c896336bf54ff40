"""到期档案清单: the files whose keeping time is over, to be signed before anything is destroyed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo

from dispatcher_tui.domain.papers.retention import Expired
from dispatcher_tui.present.i18n import _, language, ngettext
from dispatcher_tui.present.papers.retention_lines import day_of, level_of, retention_reason
from dispatcher_tui.reports.document import (
    Block,
    Column,
    Document,
    Facts,
    Heading,
    Para,
    SignatureField,
    Table,
)


def _rows(found: Sequence[Expired], zone: tzinfo, *, why: bool) -> Table:
    last = Column(_("Why keep"), 14) if why else Column(_("Destroyed"), 10)
    columns = (
        Column(_("Case"), 10, whole=True),
        Column(_("Level"), 8),
        Column(_("Ended"), 11, whole=True),
        Column(_("Kept until"), 11, whole=True),
        Column(_("Paper"), 12),
        Column(_("Binder"), 10),
        Column(_("Page"), 6),
        last,
    )
    rows = tuple(
        (
            each.number,
            level_of(each),
            day_of(each.ended_at, zone),
            day_of(each.until, zone),
            each.paper or "-",
            each.binder or "-",
            each.page or "-",
            retention_reason(each.keep) if why else "",
        )
        for each in found
    )
    return Table(columns, rows, empty=_("none"))


def retention_document(
    due: Sequence[Expired],
    decide: Sequence[Expired],
    *,
    site: str,
    zone: tzinfo,
    at: datetime,
    years: int,
) -> Document:
    """The list to be signed, in the language in use.

    Args:
        due: the files that may be destroyed.
        decide: those that somebody decides upon one by one.
        site: the site's name.
        zone: the site's.
        at: the moment it was drawn at (UTC).
        years: how long files are kept under the procedure in force.
    """
    title = _("Files whose keeping time is over")
    day = f"{at.astimezone(zone):%Y-%m-%d %H:%M}"
    pairs = (
        (_("Estate"), site),
        (_("As of"), day),
        (_("Kept for"), ngettext("{n} year", "{n} years", years).format(n=years)),
        (_("To be destroyed"), str(len(due))),
        (_("To be decided upon"), str(len(decide))),
    )
    blocks: tuple[Block, ...] = (
        Facts(pairs, across=2),
        Para(_("The record itself stays; this list is about papers in binders.")),
        Heading(_("To be destroyed")),
        _rows(due, zone, why=False),
        Heading(_("Keep: decide one by one")),
        _rows(decide, zone, why=True),
    )
    return Document(
        title=title,
        subtitle=f"{site}  {day}",
        head=f"{site}  {title}",
        foot=_("As of {time}").format(time=day),
        blocks=blocks,
        signatures=(
            SignatureField(_("Drawn up by")),
            SignatureField(_("Agreed to by")),
            SignatureField(_("Destroyed by, and the witness")),
        ),
        hand=_("Signature"),
        day=_("Date"),
        language=language(),
    )
