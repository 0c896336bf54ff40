"""What was printed: each paper with its hash in the record, printed again from its own file."""

from __future__ import annotations

import hashlib
from pathlib import Path, PurePath

import msgspec

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.printing import FOLDER, NotPrinted, print_report
from dispatcher_tui.desk.spooler import NotSent
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.papers.report import Report
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.record.record_events import PaperPrinted, PrintFailed

RECENT = 200
"""How many of the last prints are listed."""

_CHUNK = 1 << 16


class Printed(msgspec.Struct, frozen=True):
    """A print as its entry has it; ``failed`` is why it did not come out of the printer."""

    entry: Entry
    failed: PrintFailed | None = None

    @property
    def event(self) -> PaperPrinted:
        """What was printed."""
        assert isinstance(self.entry.event, PaperPrinted)
        return self.entry.event


class Printout(msgspec.Struct, frozen=True):
    """A paper that stands in its files, the page first, and what the record is to have of it.

    ``boxes``: what is said of the characters on it that could not be printed.
    """

    paths: tuple[Path, ...]
    event: PaperPrinted
    boxes: str = ""

    @property
    def page(self) -> Path:
        """The file that goes to the printer."""
        return self.paths[0]


def _hash_of(path: Path) -> str:
    """SHA-256 of a file as it lies on the disk, in hex."""
    whole = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            whole.update(chunk)
    return whole.hexdigest()


def program_of(desk: Desk) -> str:
    """The program that papers are handed to, without its folder; empty where there is none."""
    command = desk.site.site.print_command
    return PurePath(command[0]).name if command else ""


def put_out(desk: Desk, report: Report) -> Printout:
    """Print a report into its files; asks nothing of the record, so that any thread may do it.

    Raises:
        Failure: it could not be printed; nothing was left behind.
    """
    paths = print_report(desk, report)
    assert desk.printer is not None  # it has just printed
    try:
        sha256 = _hash_of(paths[0])
    except OSError as error:
        raise NotPrinted(str(error)) from error
    mark = report.mark
    event = PaperPrinted(
        title=desk.printer.title(report),
        file=paths[0].name,
        sha256=sha256,
        about=mark.about,
        form=mark.form,
        version=mark.version,
        number=mark.number,
        to=program_of(desk),
    )
    return Printout(paths, event, desk.printer.lacking(report))


def write_down(desk: Desk, *prints: Printout) -> list[Entry]:
    """The entries of what was printed, in one transaction."""
    events = [each.event for each in prints]
    return desk.store.transact(lambda tx: desk.note_in(tx, *events))


def print_failed(desk: Desk, entry: Entry, trouble: NotSent) -> Entry:
    """Write down that the printer did not take a paper, and why."""
    failed = PrintFailed(
        of=entry.seq, program=trouble.program, reason=trouble.reason, code=trouble.code
    )
    return desk.store.transact(lambda tx: desk.note_in(tx, failed))[0]


def read_prints(desk: Desk) -> tuple[Printed, ...]:
    """The last papers that were printed, the newest first."""
    failures: dict[int, PrintFailed] = {}
    for entry in desk.store.latest_of("print_failed", RECENT):
        if isinstance(entry.event, PrintFailed):
            failures.setdefault(entry.event.of, entry.event)
    found = desk.store.latest_of("paper_printed", RECENT)
    return tuple(Printed(entry, failures.get(entry.seq)) for entry in found)


def kept(desk: Desk, printed: Printed) -> Printout:
    """The file of a print as it was, to be printed once more.

    Raises:
        Refusal: it is gone, or it is not the one that was printed.
    """
    event = printed.event
    path = desk.site.folder / FOLDER / PurePath(event.file).name
    try:
        same = _hash_of(path) == event.sha256
    except OSError as error:
        raise Refusal("print_gone", name=event.file) from error
    if not same:
        raise Refusal("print_differs", name=event.file)
    first = event.of or printed.entry.seq
    return Printout((path,), msgspec.structs.replace(event, of=first, to=program_of(desk)))
