"""Printing: records go out through a port, and their files into the site's folder.

The desk does not know how a page is made; ``bootstrap`` fills the port.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from dispatcher_tui import private
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.papers.report import HandOverReport, Report
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.reviews.corrective import naming
from dispatcher_tui.domain.words.failure import Failure
from dispatcher_tui.store.seal import sync_folder

if TYPE_CHECKING:
    from dispatcher_tui.desk.desk import Desk
    from dispatcher_tui.desk.record import Record

FOLDER = "printouts"
"""Where printed sheets are kept, within the site's folder."""

DRILL = "DRILL-"
"""How the names of what a drill printed begin, so that it is never taken for the record's."""

_KEPT_FORMS, _WORKBOOK = ("pdf", "txt"), ("xlsx",)


class NotPrinted(Failure):
    """The file of a print could not be written; what it shows is in the record all the same."""

    code = "not_printed"


def last_hand_over(record: Record) -> Entry:
    """The entry of the last signed hand-over.

    Raises:
        Refusal: there never was one.
    """
    entry = record.store.last_of("handed_over")
    if entry is None:
        raise Refusal("no_hand_over")
    return entry


def _written(path: Path, data: bytes) -> Path:
    """Data on the disk beside the file it is to become."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with private.opened(part, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    return part


def put_whole(path: Path, data: bytes) -> None:
    """Write a file whole or not at all; what stood there before is replaced by the whole.

    Raises:
        NotPrinted: the disk or the folder did not take it; nothing was changed.
    """
    try:
        part = _written(path, data)
        try:
            part.replace(path)
        except OSError:
            part.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)
    except OSError as error:
        raise NotPrinted(str(error)) from error


def _stems(stem: str) -> Iterator[str]:
    yield stem
    number = 2
    while True:
        yield f"{stem}-{number}"
        number += 1


def _claim(paths: list[Path]) -> bool:
    """Take all of these names, empty for now; False, and none taken, where one is in use."""
    taken: list[Path] = []
    try:
        for path in paths:
            private.opened(path, "xb").close()
            taken.append(path)
    except OSError as error:
        for path in taken:
            path.unlink()
        if isinstance(error, FileExistsError):
            return False
        raise
    return True


def put_new(folder: Path, stem: str, forms: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write one print in its forms under one name that nobody has used yet (``-2``, ``-3`` …).

    Raises:
        NotPrinted: the disk or the folder did not take it; no file is left behind.
    """
    parts: list[Path] = []
    named: list[Path] = []
    try:
        private.make_folder(folder)
        # All is on the disk before a name is taken: a full disk leaves no empty file.
        for form, data in forms.items():
            parts.append(_written(folder / f"{stem}.{form}", data))
        for free in _stems(stem):
            paths = [folder / f"{free}.{form}" for form in forms]
            if _claim(paths):
                named = paths
                break
        for part, path in zip(parts, named, strict=True):
            part.replace(path)
        sync_folder(folder)
    except OSError as error:
        with suppress(OSError):
            for path in (*parts, *named):
                path.unlink(missing_ok=True)
        raise NotPrinted(str(error)) from error
    return tuple(named)


def print_report(desk: Desk, report: Report) -> tuple[Path, ...]:
    """Print one report into the site's folder: the paths of its PDF and its text.

    Asks nothing of the record, so that any thread may do it while the desk works on.

    Raises:
        Failure: it could not be printed; nothing was left behind.
    """
    return _put_report(desk, report, _KEPT_FORMS)


def save_workbook(desk: Desk, report: Report) -> Path:
    """Write one report as a workbook beside the prints, to be worked on: it is no paper, so the
    record has nothing of it. Asks nothing of the record, as printing does.

    Raises:
        Failure: it could not be written; nothing was left behind.
    """
    return _put_report(desk, report, _WORKBOOK)[0]


def _put_report(desk: Desk, report: Report, forms: tuple[str, ...]) -> tuple[Path, ...]:
    if desk.printer is None:
        raise NotPrinted("no printer")
    made = {form: desk.printer.report(report, form) for form in forms}
    drill = DRILL if desk.scratch else ""
    return put_new(desk.site.folder / FOLDER, f"{drill}{report.stem}", made)


def hand_over_report(desk: Desk, entry: Entry) -> HandOverReport:
    """What the sheet of a signed hand-over is made from; asks nothing of the record."""
    site, zone = desk.site.site.name, desk.site.calendar.tz
    companions = desk.site.companions.values() if desk.in_force.companions else ()
    return HandOverReport(entry, site, zone, naming(*desk.site.in_force, *companions))
