"""The ``handover`` command: the sheet of the last hand-over, at the terminal or in a file."""

from __future__ import annotations

from pathlib import Path

import msgspec

from dispatcher_tui.bootstrap import Paths, printer
from dispatcher_tui.console import UsageProblem, put, put_json, say
from dispatcher_tui.desk.printing import HAND_OVER_FORMS, last_hand_over, put_whole
from dispatcher_tui.desk.record import Record
from dispatcher_tui.exports import form_of
from dispatcher_tui.names import procedure_in_force
from dispatcher_tui.present.words import _


def _checked(out: Path, where: Paths) -> Path:
    """The file meant, whatever links lead to it.

    Raises:
        UsageProblem: no sheet can be written there.
    """
    target = out.resolve()
    if target.is_dir() or not target.parent.is_dir() or target == where.db.resolve():
        words = _("--out {path}: there is no such folder, or it is one.")
        raise UsageProblem(words.format(path=out))
    return target


def print_last(record: Record, where: Paths, *, as_json: bool, out: Path | None) -> None:
    """Print the last signed hand-over, or write it to ``out`` in the form its name ends with.

    Raises:
        UsageProblem: the file's form is not known, or it cannot be there.
        Refusal: there never was a hand-over.
        Failure: it could not be written; what stood there is untouched.
    """
    form = form_of(out, HAND_OVER_FORMS) if out is not None else "json" if as_json else "txt"
    if as_json and form != "json":
        raise UsageProblem(_("--json and --out {path}: leave one of them.").format(path=out))
    target = _checked(out, where) if out is not None else None
    entry = last_hand_over(record)
    made = printer().hand_over(
        entry,
        form,
        site=record.store.identity.site,
        zone=record.zone,
        procedure=procedure_in_force(where),
    )
    if target is not None:
        put_whole(target, made)
        say(_("The hand-over is in {path}.").format(path=out))
    elif form == "json":
        put_json(msgspec.json.decode(made))
    else:
        for line in made.decode().splitlines():
            put(line)
