"""The ``handover`` command: the sheet of the last hand-over, at the terminal or in a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dispatcher_tui.cli.names import procedure_in_force
from dispatcher_tui.cli.out_file import print_paper
from dispatcher_tui.desk.printing import last_hand_over
from dispatcher_tui.desk.record import Record
from dispatcher_tui.domain.papers.report import HandOverReport
from dispatcher_tui.paths import Paths
from dispatcher_tui.present.i18n import _

if TYPE_CHECKING:
    from dispatcher_tui.reports.printer import Reports


def _written(printer: Reports, form: str, record: Record, where: Paths) -> bytes:
    report = HandOverReport(
        entry=last_hand_over(record),
        site=record.store.identity.site,
        zone=record.zone,
        procedure=procedure_in_force(record, where),
    )
    return printer.report(report, form)


def print_last(record: Record, where: Paths, *, as_json: bool, out: Path | None) -> None:
    """Print the last signed hand-over, or write it to ``out`` in the form its name ends with.

    Raises:
        UsageProblem: the file's form is not known, or it cannot be there.
        Refusal: there never was a hand-over.
        Failure: it could not be written; what stood there is untouched.
    """

    def written(to: Reports, form: str) -> bytes:
        return _written(to, form, record, where)

    said = _("The hand-over is in {path}.").format(path=out)
    print_paper(out, where, written, said, as_json=as_json)
