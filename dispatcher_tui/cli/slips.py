"""The ``slips`` command: every numbered paper with its whereabouts, on a terminal or in a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dispatcher_tui.cli.console import put, put_json_list
from dispatcher_tui.cli.out_file import Made, export
from dispatcher_tui.desk.papers.custody_book import read_book
from dispatcher_tui.desk.papers.slips import owed_standings
from dispatcher_tui.desk.record import Record
from dispatcher_tui.domain.papers.report import CustodyReport
from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.paths import Paths
from dispatcher_tui.present.i18n import ngettext
from dispatcher_tui.present.papers.positions_table import positions_table
from dispatcher_tui.present.papers.slip_lines import standing_line

if TYPE_CHECKING:
    from dispatcher_tui.reports.printer import Reports


def _report(record: Record, *, owed: bool) -> CustodyReport:
    """Every number, or the copies that are not back, the longest owed first."""
    now, store = record.clock.now(), record.store
    found = owed_standings(store) if owed else tuple(read_book(store).all())
    texts = {each.paper.procedure for each in found if each.paper is not None}
    named = {ref: record.procedure(ref).id for ref in texts if ref} if record.several else {}
    return CustodyReport(store.identity.site, record.zone, now, found, owed, named)


def _plain(report: CustodyReport) -> bytes:
    """As on a terminal: the table is wider than eighty columns."""
    lines = (standing_line(each, report.at, report.zone) for each in report.standings)
    text = "".join(f"{clean_text(line, limit=len(line)).text}\n" for line in lines)
    return text.encode("utf-8", "replace")


def print_slips(
    record: Record, where: Paths, *, owed: bool, as_json: bool, out: Path | None
) -> None:
    """Print every number with its whereabouts, or with ``owed`` the copies that are not back.

    Raises:
        UsageProblem: the file's form is not known, or it cannot be there.
        Failure: it could not be written; what stood there is untouched.
    """

    def make(printer: Reports, form: str) -> Made:
        report = _report(record, owed=owed)
        n = len(report.standings)
        said = ngettext("{n} paper in {path}", "{n} papers in {path}", n).format(n=n, path=out)
        return Made(_plain(report) if form == "txt" else printer.report(report, form), said)

    if export(out, where, make, as_json=as_json):
        return
    report = _report(record, owed=owed)
    if as_json:
        table = positions_table(report.zone, report.procedures)
        put_json_list(map(table.object, report.standings))
        return
    for each in report.standings:
        put(standing_line(each, report.at, report.zone))
