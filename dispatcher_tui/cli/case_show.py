"""The ``case show`` command: one case, at the terminal or as its dispatch record in a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dispatcher_tui.cli.console import put, put_json
from dispatcher_tui.cli.names import site_names
from dispatcher_tui.cli.out_file import Made, export
from dispatcher_tui.desk.record import Record
from dispatcher_tui.domain.papers.report import CaseReport
from dispatcher_tui.paths import Paths
from dispatcher_tui.present.case.case_json import case_object
from dispatcher_tui.present.i18n import _

if TYPE_CHECKING:
    from dispatcher_tui.reports.printer import Reports


def _report(record: Record, where: Paths, number: str) -> CaseReport:
    """What the record knows of the case; raises Refusal where there is none."""
    told, names = record.case(number), site_names(record, where)
    return CaseReport(
        site=record.store.identity.site,
        at=record.clock.now(),
        case=told.case,
        duties=told.duties,
        rules=told.rules,
        entries=told.entries or (),
        categories=names.categories,
        kinds=names.kinds,
    )


def show_case(
    record: Record, where: Paths, number: str, *, as_json: bool, out: Path | None
) -> None:
    """Print one case, or write its dispatch record to the file ``out``.

    Raises:
        Refusal: there is no such case.
        UsageProblem: there can be no such file.
        Failure: the file could not be written; what stood there is untouched.
    """

    def make(printer: Reports, form: str) -> Made:
        report = _report(record, where, number)
        words = _("The dispatch record of {number} is in {path}.")
        said = words.format(number=report.case.number, path=out)
        return Made(printer.report(report, form), said)

    if export(out, where, make, as_json=as_json):
        return
    told, names, now = record.case(number), site_names(record, where), record.clock.now()
    entries = told.entries or ()
    if as_json:
        put_json(case_object(told.case, told.duties, told.rules, now, entries, names))
        return
    from dispatcher_tui.present.case.case_text import case_lines

    for line in case_lines(told.case, told.duties, told.rules, entries, now, names):
        put(line)
