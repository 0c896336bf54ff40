"""``household``: one household's file, as text, as JSON or in a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dispatcher_tui.bootstrap import open_desk
from dispatcher_tui.cli.out_file import print_paper
from dispatcher_tui.desk.site.household_file import household_file
from dispatcher_tui.paths import Paths
from dispatcher_tui.present.i18n import _

if TYPE_CHECKING:
    from dispatcher_tui.reports.printer import Reports


def print_household(where: Paths, place: str, *, as_json: bool, out: Path | None) -> None:
    """Print everything there is of the household at a place, or write it to ``out``.

    Raises:
        UsageProblem: the file's form is not known, or it cannot be there.
        Refusal: nothing is known of that place.
        Failure: the record cannot be read, or the file not be written.
    """

    def written(to: Reports, form: str) -> bytes:
        with open_desk(where, read_only=True) as desk:
            return to.report(household_file(desk, place), form)

    said = _("The household's file is in {path}.").format(path=out)
    print_paper(out, where, written, said, as_json=as_json)
