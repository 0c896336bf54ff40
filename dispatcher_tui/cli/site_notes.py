"""``site notes``: the notes on households, as lines, as JSON or in a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dispatcher_tui.bootstrap import open_desk
from dispatcher_tui.cli.console import put, put_json_list
from dispatcher_tui.cli.out_file import Made, export
from dispatcher_tui.desk.site.noting import read_notes
from dispatcher_tui.paths import Paths
from dispatcher_tui.present.i18n import ngettext
from dispatcher_tui.present.site.note_lines import home_line, notes_table

if TYPE_CHECKING:
    from dispatcher_tui.domain.site.notes_report import HouseholdNotesReport
    from dispatcher_tui.reports.printer import Reports


def _read(where: Paths, place: str) -> HouseholdNotesReport:
    with open_desk(where, read_only=True) as desk:
        return read_notes(desk, place)


def print_notes(where: Paths, place: str, *, as_json: bool, out: Path | None) -> None:
    """Print the notes that stand, on every household or on one; a file has those over as well.

    Raises:
        UsageProblem: the file's form is not known, or it cannot be there.
        Refusal: the list is not as it was adopted.
        Failure: the record cannot be read, or the file not be written; what stood there is
            untouched.
    """

    def make(printer: Reports, form: str) -> Made:
        report = _read(where, place)
        n = len(report.standing)
        said = ngettext("{n} note in {path}", "{n} notes in {path}", n).format(n=n, path=out)
        return Made(printer.report(report, form), said)

    if export(out, where, make, as_json=as_json):
        return
    report = _read(where, place)
    if as_json:
        put_json_list(map(notes_table(report.zone, report.at).object, report.standing))
        return
    for home in report.standing:
        put(home_line(home, report.at, report.zone))
