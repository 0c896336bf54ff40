"""The ``log`` command: a stretch of the journal, at the terminal or in a file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dispatcher_tui.cli.console import UsageProblem, json_lines, put, put_json_list
from dispatcher_tui.cli.names import names_of
from dispatcher_tui.cli.out_file import Made, export
from dispatcher_tui.desk.record import Record
from dispatcher_tui.domain.record.mentions import no_longer_counting
from dispatcher_tui.domain.time.stretch import parse_bound
from dispatcher_tui.domain.time.when import WhenError
from dispatcher_tui.paths import Paths
from dispatcher_tui.present.case.case_json import log_object
from dispatcher_tui.present.i18n import ngettext
from dispatcher_tui.present.watch import log_text
from dispatcher_tui.present.watch.log_text import LogEntry

if TYPE_CHECKING:
    from dispatcher_tui.reports.printer import Reports


class LogAsked(NamedTuple):
    """The stretch as it is typed, open where it is empty; ``wanted``: of the lines that belong to
    no case those with every word of it."""

    since: str = ""
    until: str = ""
    wanted: str = ""


def _bound(option: str, text: str, now: datetime, zone: tzinfo) -> datetime | None:
    """One end of the stretch as it is typed; None where it is left open."""
    if not text:
        return None
    try:
        return parse_bound(text, now, zone, end=option == "--to")
    except WhenError as error:
        raise UsageProblem(log_text.bound_problem(option, text, error)) from error


def _within(at: datetime, begin: datetime | None, end: datetime | None) -> bool:
    return (begin is None or begin <= at) and (end is None or at < end)


def found_lines(record: Record, where: Paths, text: str) -> list[LogEntry]:
    """The newest lines of no case that have every word of a text, the oldest of them first."""
    names = names_of(record, where)
    notes = reversed(record.notes(text))
    return [LogEntry(entry, "", names(entry)) for entry in notes]


def put_lines(lines: Iterable[LogEntry], zone: tzinfo) -> None:
    """Print entries, each in its lines."""
    for line in lines:
        put(log_text.log_line(line, zone))


def _lines(record: Record, where: Paths, asked: LogAsked) -> list[LogEntry]:
    """The stretch, each entry with its case's number and the names for its ids."""
    now, zone = record.clock.now(), record.zone
    begin, end = _bound("--from", asked.since, now, zone), _bound("--to", asked.until, now, zone)
    if begin is not None and end is not None and end < begin:
        raise UsageProblem(log_text.turned_round(begin, end, now, zone))
    if asked.wanted:
        lines = found_lines(record, where, asked.wanted)
        return [x for x in lines if _within(x.entry.occurred_at, begin, end)]
    found, names = record.log(begin, end), names_of(record, where)
    void = no_longer_counting(line.entry for line in found)
    return [LogEntry(x.entry, x.number, names(x.entry), x.entry.seq in void) for x in found]


def _written(printer: Reports, form: str, record: Record, lines: list[LogEntry]) -> bytes:
    """The stretch in a form; as text and as JSON it is what the terminal shows."""
    zone = record.zone
    if form == "txt":
        return "".join(log_text.log_plain(lines, zone)).encode("utf-8", "replace")
    if form == "json":
        objects = (log_object(x.entry, x.number, zone, x.names) for x in lines)
        return "".join(json_lines(objects)).encode("utf-8", "replace")
    from dispatcher_tui.reports.watch.work_log import log_document

    ends = [
        f"{x.entry.occurred_at.astimezone(zone):%Y-%m-%d %H:%M}" for x in lines[:1] + lines[-1:]
    ]
    site, now = record.store.identity.site, record.clock.now()
    return printer.document(log_document(lines, site, zone, now, " - ".join(ends)), form)


def print_log(
    record: Record, where: Paths, asked: LogAsked, *, as_json: bool, out: Path | None
) -> None:
    """Print what was asked for, or write it to the file ``out``.

    Raises:
        UsageProblem: a time is none, the two are turned round, or there can be no such file.
        Failure: the file could not be written; what stood there is untouched.
    """

    def make(printer: Reports, form: str) -> Made:
        lines = _lines(record, where, asked)
        words = ngettext("{n} entry in {path}", "{n} entries in {path}", len(lines))
        said = words.format(n=len(lines), path=out)
        return Made(_written(printer, form, record, lines), said)

    if export(out, where, make, as_json=as_json):
        return
    lines, zone = _lines(record, where, asked), record.zone
    if as_json:
        put_json_list(log_object(x.entry, x.number, zone, x.names) for x in lines)
        return
    put_lines(lines, zone)
