"""Files that the command line writes: the one way that every ``--out`` goes.

Which form is meant is told by the end of the file's name. Everything that can be wrong with the
target is said before anything is read; the file is written whole or not at all.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from dispatcher_tui.bootstrap import open_record, printer
from dispatcher_tui.cli.console import UsageProblem, put, put_json, say
from dispatcher_tui.desk.printing import put_whole
from dispatcher_tui.domain.papers.report import FORMS
from dispatcher_tui.paths import Paths
from dispatcher_tui.present.i18n import _

if TYPE_CHECKING:
    from dispatcher_tui.reports.printer import Reports


class Made(NamedTuple):
    """What goes into the file, and what is said once it is there."""

    data: bytes
    said: str


Make = Callable[["Reports", str], Made]
"""Makes the file's content in a form, through a printer that tells what the form cannot hold."""


def _form_of(path: Path) -> str:
    """In which of the forms a file is meant, by the end of its name (``csv``)."""
    found = path.suffix.removeprefix(".").casefold()
    if found not in FORMS:
        listed = _(", ").join(f".{form}" for form in FORMS)
        words = _("--out {path}: this is written as {forms} only.")
        raise UsageProblem(words.format(path=path.name or path, forms=listed))
    return found


def _target_of(path: Path, database: Path) -> Path:
    """The file meant, whatever links lead to it; never the record itself, nor what is beside it."""
    target, record = path.resolve(), database.resolve()
    beside = {record.with_name(record.name + end) for end in ("", "-wal", "-shm", "-journal")}
    if target.is_dir() or not target.parent.is_dir() or target in beside:
        words = _("--out {path}: there is no such folder, or it is one.")
        raise UsageProblem(words.format(path=path))
    return target


def print_paper(
    out: Path | None,
    where: Paths,
    written: Callable[[Reports, str], bytes],
    said: str,
    *,
    as_json: bool,
) -> None:
    """Print a paper as text or JSON, or write it to the file that ``--out`` names.

    Args:
        out: the file as it was named.
        where: the paths of the site and its record.
        written: the paper's bytes in a form, through a printer.
        said: what is said once the file is there.
        as_json: whether ``--json`` was given.

    Raises:
        UsageProblem: the file's form is not known, or it cannot be there.
        Failure: it could not be written; what stood there is untouched.
    """
    if export(out, where, lambda to, form: Made(written(to, form), said), as_json=as_json):
        return
    with open_record(where) as record:
        to = printer(store=record.store)
    if as_json:
        put_json(msgspec.json.decode(written(to, "json")))
        return
    for line in written(to, "txt").decode().splitlines():
        put(line)


def export(out: Path | None, where: Paths, make: Make, *, as_json: bool = False) -> bool:
    """Write the file that ``--out`` names, and say so; False where there is no such option.

    Args:
        out: the file as it was named.
        where: the paths of the site and its record.
        make: makes the content; what it refuses is refused before a file is touched.
        as_json: whether ``--json`` was given, too: it goes with ``.json`` alone.

    Raises:
        UsageProblem: there can be no such file, or not in this form.
        Failure: the disk did not take it; what stood there is untouched.
    """
    if out is None:
        return False
    form = _form_of(out)
    if as_json and form != "json":
        raise UsageProblem(_("--json and --out {path}: leave one of them.").format(path=out))
    target = _target_of(out, where.db)
    with open_record(where) as record:
        to = printer(told=say, store=record.store)
    made = make(to, form)
    put_whole(target, made.data)
    say(made.said)
    return True
