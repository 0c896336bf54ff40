"""The ``log`` command: a stretch of the journal, at the terminal or in a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, tzinfo
from pathlib import Path

from dispatcher_tui.bootstrap import Paths
from dispatcher_tui.console import UsageProblem, json_lines, put, put_json_list, say
from dispatcher_tui.desk.printing import put_whole
from dispatcher_tui.desk.record import Record
from dispatcher_tui.domain.mentions import no_longer_counting
from dispatcher_tui.domain.stretch import parse_bound
from dispatcher_tui.domain.when import WhenError
from dispatcher_tui.exports import form_of, target_of
from dispatcher_tui.names import names_of
from dispatcher_tui.present import log_text
from dispatcher_tui.present.case_json import log_object
from dispatcher_tui.present.log_text import LogEntry
from dispatcher_tui.present.words import _


def _json(lines: Iterable[LogEntry], zone: tzinfo) -> Iterator[str]:
    return json_lines(log_object(x.entry, x.number, zone, x.names) for x in lines)


FORMS: dict[str, Callable[[Iterable[LogEntry], tzinfo], Iterator[str]]] = {
    "json": _json,
    "csv": log_text.log_csv,
    "md": log_text.log_markdown,
    "txt": log_text.log_plain,
}
"""What the log is written as, by the end of a file's name."""


def _bound(option: str, text: str, now: datetime, zone: tzinfo) -> datetime | None:
    """One end of the stretch as it is typed; None where it is left open."""
    if not text:
        return None
    try:
        return parse_bound(text, now, zone, end=option == "--to")
    except WhenError as error:
        raise UsageProblem(log_text.bound_problem(option, text, error)) from error


def _lines(record: Record, where: Paths, since: str, until: str) -> list[LogEntry]:
    """The stretch, each entry with its case's number and the names for its ids."""
    now, zone = record.clock.now(), record.zone
    begin, end = _bound("--from", since, now, zone), _bound("--to", until, now, zone)
    if begin is not None and end is not None and end < begin:
        raise UsageProblem(log_text.turned_round(begin, end, now, zone))
    found, names = record.log(begin, end), names_of(record, where)
    void = no_longer_counting(line.entry for line in found)
    return [LogEntry(x.entry, x.number, names(x.entry), x.entry.seq in void) for x in found]


def print_log(
    record: Record, where: Paths, *, since: str, until: str, as_json: bool, out: Path | None
) -> None:
    """Print what occurred from ``since`` up to ``until``, or write it to the file ``out``.

    Raises:
        UsageProblem: a time is none, the two are turned round, or there can be no such file.
        Failure: the file could not be written; what stood there is untouched.
    """
    form = form_of(out, FORMS) if out is not None else ""
    if as_json and form not in ("", "json"):
        raise UsageProblem(_("--json and --out {path}: leave one of them.").format(path=out))
    target = target_of(out, where.db) if out is not None else None
    lines, zone = _lines(record, where, since, until), record.zone
    if target is not None:
        text = "".join(FORMS[form](lines, zone))
        # By the mark at its head a spreadsheet knows the encoding.
        put_whole(target, text.encode("utf-8-sig" if form == "csv" else "utf-8", "replace"))
        say(_("{n} entries in {path}").format(n=len(lines), path=out))
    elif as_json:
        put_json_list(log_object(x.entry, x.number, zone, x.names) for x in lines)
    else:
        for line in lines:
            put(log_text.log_line(line, zone))
