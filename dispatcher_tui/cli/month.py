"""The ``month`` command: a Monthly Summary at the terminal or in a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dispatcher_tui.bootstrap import printer
from dispatcher_tui.cli.console import put
from dispatcher_tui.cli.names import site_names
from dispatcher_tui.cli.out_file import Made, export
from dispatcher_tui.desk.record import Record
from dispatcher_tui.domain.reviews.summary import MonthReport
from dispatcher_tui.paths import Paths
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.reviews.month_lines import month_text, standing_of, summary_title
from dispatcher_tui.present.reviews.month_words import wording_of

if TYPE_CHECKING:
    from dispatcher_tui.reports.printer import Reports


def _report(record: Record, where: Paths, name: str, *, cases: bool = False) -> MonthReport:
    months, names = record.months(), site_names(record, where)
    summary = months.file(name)
    return MonthReport(
        site=record.store.identity.site,
        summary=summary,
        cases=tuple(months.valid_cases(summary.name)) if cases else (),
        categories=names.categories,
        kinds=names.kinds,
    )


def print_month(
    record: Record, where: Paths, name: str, *, as_json: bool, out: Path | None
) -> None:
    """Print a month's summary, or write it to ``out`` in the form its name ends with.

    A month that is running is summed up as of now, and says so.

    Raises:
        UsageProblem: the file's form is not known, or it cannot be there.
        Refusal: there is no such month, or it lies ahead.
        Failure: it could not be written; what stood there is untouched.
    """

    def make(to: Reports, form: str) -> Made:
        report = _report(record, where, name, cases=form != "json")
        return Made(to.report(report, form), _("The summary is in {path}.").format(path=out))

    if export(out, where, make, as_json=as_json):
        return
    report = _report(record, where, name)
    if as_json:
        put(printer(store=record.store).report(report, "json").decode().rstrip())
        return
    words = wording_of(report)
    standing = standing_of(report.summary, words)
    for line in month_text(
        summary_title(report.summary), report.summary.figures, standing, words, report.site
    ):
        put(line)
