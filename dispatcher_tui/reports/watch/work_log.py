"""工作日志: the journal on paper, a stretch of it or one watch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo

from dispatcher_tui.domain.papers.report import WatchReport
from dispatcher_tui.domain.record.kinds import kind_of
from dispatcher_tui.domain.record.mentions import no_longer_counting
from dispatcher_tui.present.case.kind_names import kind_name
from dispatcher_tui.present.i18n import _, language
from dispatcher_tui.present.names import Glossary
from dispatcher_tui.present.watch.log_text import LogEntry, log_words, watch_title
from dispatcher_tui.reports.document import Column, Document, Facts, Heading, SignatureField, Table


def _titles() -> tuple[str, ...]:
    return (_("Happened"), _("Written"), _("Number"), _("Kind"), _("What"), _("Who"), _("Line"))


def _cells(line: LogEntry, zone: tzinfo) -> tuple[str, ...]:
    entry = line.entry
    moments = (at.astimezone(zone) for at in (entry.occurred_at, entry.recorded_at))
    return (
        *(f"{at:%Y-%m-%d %H:%M:%S}" for at in moments),
        line.number,
        kind_name(kind_of(type(entry.event))),
        log_words(line, zone),
        entry.actor,
        str(entry.seq),
    )


def _data(lines: Iterable[LogEntry], zone: tzinfo) -> Table:
    """Every entry with all that is known of it, for programs."""
    columns = tuple(map(Column, _titles()))
    return Table(columns, tuple(_cells(line, zone) for line in lines), _("Nothing here."))


def _page(lines: Iterable[LogEntry], zone: tzinfo) -> Table:
    """The same as it is read: the late ones say both their times."""
    columns = (
        Column(_("Happened"), 16, whole=True),
        Column(_("Number"), 10, whole=True),
        Column(_("What"), 56),
        Column(_("Who"), 12),
    )
    rows = tuple(
        (
            f"{line.entry.occurred_at.astimezone(zone):%Y-%m-%d %H:%M}",
            line.number,
            log_words(line, zone),
            line.entry.actor,
        )
        for line in lines
    )
    return Table(columns, rows, _("Nothing here."))


def log_document(
    lines: Sequence[LogEntry], site: str, zone: tzinfo, at: datetime, stretch: str
) -> Document:
    """A stretch of the journal.

    Args:
        lines: its entries, in order.
        site: the site's name.
        zone: the site's; every time is printed in it.
        at: the moment it was read (UTC).
        stretch: from when to when, in words; empty for all of it.
    """
    title = _("Work Log")
    return Document(
        title=title,
        subtitle="  ".join(filter(None, (site, stretch))),
        head=f"{site}  {title}",
        foot=_("As of {time}").format(time=f"{at.astimezone(zone):%Y-%m-%d %H:%M}"),
        blocks=(_page(lines, zone),),
        language=language(),
        data=_data(lines, zone),
        at=at,
    )


def work_log_document(paper: WatchReport) -> Document:
    """The work log of one watch, to be signed by the one who held it."""
    zone, title = paper.zone, _("Work Log")
    names = Glossary(paper.procedure, paper.categories, paper.kinds, paper.others)
    void = no_longer_counting(entry for entry, _number in paper.lines)
    lines = [LogEntry(e, number, names, e.seq in void) for e, number in paper.lines]
    cases = len({line.number for line in lines if line.number})
    which = watch_title(paper.name, paper.shift, paper.start, paper.end, zone, over=paper.over)
    as_of = f"{paper.at.astimezone(zone):%Y-%m-%d %H:%M}"
    facts = (
        (_("Estate"), paper.site),
        (_("Watch"), " ".join(which.split())),
        (_("Entries"), str(len(lines))),
        (_("Cases"), str(cases)),
    )
    return Document(
        title=title,
        subtitle=f"{paper.site}  {paper.start.astimezone(zone):%Y-%m-%d}",
        head=f"{paper.site}  {title}",
        foot=_("As of {time}").format(time=as_of),
        blocks=(Facts(facts, across=2), Heading(_("What happened")), _page(lines, zone)),
        signatures=(SignatureField(_("On watch"), paper.name), SignatureField(_("Head"))),
        hand=_("Signature"),
        day=_("Date"),
        language=language(),
        data=_data(lines, zone),
        at=paper.at,
    )
