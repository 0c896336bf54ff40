"""``register``: a running register of a month, as text, as JSON or in a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dispatcher_tui.bootstrap import open_desk
from dispatcher_tui.cli.console import UsageProblem
from dispatcher_tui.cli.out_file import print_paper
from dispatcher_tui.desk.papers.running_book import books_of, running_books
from dispatcher_tui.domain.printed_form import Form
from dispatcher_tui.paths import Paths
from dispatcher_tui.present.i18n import _, localized

if TYPE_CHECKING:
    from dispatcher_tui.reports.printer import Reports


def _named(books: list[tuple[str, Form]], form: str) -> tuple[str, Form]:
    """The register that is meant: the one with that id, or the only one there is.

    Raises:
        UsageProblem: there is none, not that one, or several and none is named.
    """
    if not books:
        raise UsageProblem(_("The procedure names no running register."))
    found = [each for each in books if form in ("", each[1].id, f"{each[0]}/{each[1].id}")]
    if len(found) == 1:
        return found[0]
    listed = _(", ").join(f"{of}/{book.id} ({localized(book.label)})" for of, book in books)
    raise UsageProblem(_("--form ID: one of {list}").format(list=listed))


def print_register(where: Paths, month: str, form: str, *, as_json: bool, out: Path | None) -> None:
    """Print a register with the cases of a month, or write it to ``out``.

    Raises:
        UsageProblem: no such register, or the file cannot be there.
        Refusal: there is no such month, or it lies ahead.
        Failure: the record cannot be read, or the file not be written.
    """

    def written(to: Reports, kind: str) -> bytes:
        with open_desk(where, read_only=True) as desk:
            of, book = _named(list(books_of(desk)), form)
            books = running_books(desk, f"{month}/{of}")
            return to.report(next(each for each in books if each.form == book), kind)

    said = _("The register is in {path}.").format(path=out)
    print_paper(out, where, written, said, as_json=as_json)
