"""工作日志: the journal on paper, a stretch of it or one watch."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo

from dispatcher_tui.domain.papers.report import WatchReport
from dispatcher_tui.domain.record.kinds import kind_of
from dispatcher_tui.domain.record.mentions import no_longer_counting
from dispatcher_tui.present.case.kind_names import kind_name
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.names import Glossary, actor_words
from dispatcher_tui.present.table import RecordColumn, RecordTable, value_text
from dispatcher_tui.present.watch.log_text import LogEntry, log_words, watch_title
from dispatcher_tui.reports.compose import composed, table_of
from dispatcher_tui.reports.document import Document, Facts, Heading, SignatureField
from dispatcher_tui.reports.registry import makes_document


def _table(zone: tzinfo) -> RecordTable[LogEntry]:
    """Entries as they are read, the late ones with both their times; more of them for programs."""
    return RecordTable[LogEntry](
        (
            RecordColumn(
                *("happened", _("Happened"), lambda e: e.entry.occurred_at, "moment"),
                share=16,
                whole=True,
                exact="second",
            ),
            RecordColumn("written", _("Written"), lambda e: e.entry.recorded_at, "second"),
            RecordColumn("number", _("Number"), lambda e: e.number, share=10, whole=True),
            RecordColumn("kind", _("Kind"), lambda e: kind_name(kind_of(type(e.entry.event)))),
            RecordColumn("what", _("What"), lambda e: log_words(e, zone), share=56),
            RecordColumn(
                *("who", _("Who"), lambda e: e.entry.actor),
                share=12,
                words=lambda e: actor_words(e.entry.actor),
            ),
            RecordColumn("line", _("Line"), lambda e: e.entry.seq, "count"),
        ),
        zone,
        _("Nothing here."),
    )


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
    as_of = value_text(at.astimezone(zone), "moment")
    return composed(
        site,
        _("Work Log"),
        (table_of(_table(zone), lines),),
        under=stretch,
        foot=_("As of {time}").format(time=as_of),
        data=table_of(_table(zone), lines, data=True),
        at=at,
    )


@makes_document(WatchReport)
def work_log_document(report: WatchReport) -> Document:
    """The work log of one watch, to be signed by the one who held it."""
    zone = report.zone
    names = Glossary(report.procedure, report.categories, report.kinds, report.others)
    void = no_longer_counting(line.entry for line in report.lines)
    lines = [LogEntry(x.entry, x.number, names, x.entry.seq in void) for x in report.lines]
    cases = len({line.number for line in lines if line.number})
    which = watch_title(report.name, report.shift, report.start, report.end, zone, over=report.over)
    as_of = value_text(report.at.astimezone(zone), "moment")
    facts = (
        (_("Estate"), report.site),
        (_("Watch"), " ".join(which.split())),
        (_("Entries"), str(len(lines))),
        (_("Cases"), str(cases)),
    )
    return composed(
        report.site,
        _("Work Log"),
        (Facts(facts, across=2), Heading(_("What happened")), table_of(_table(zone), lines)),
        under=value_text(report.start.astimezone(zone), "day"),
        foot=_("As of {time}").format(time=as_of),
        signatures=(SignatureField(_("On watch"), report.name), SignatureField(_("Head"))),
        data=table_of(_table(zone), lines, data=True),
        at=report.at,
    )
