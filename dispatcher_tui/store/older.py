"""Reading a record that an older version wrote and that is to stay as it is, a copy above all."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from dispatcher_tui.store.db import Db
from dispatcher_tui.store.errors import Outdated, Unsound, disk_error
from dispatcher_tui.store.seal import unseal
from dispatcher_tui.store.store import Store


@contextmanager
def read_as_of_today(path: Path) -> Iterator[Store]:
    """A record for reading; what an older version wrote is brought up to date somewhere else.

    Raises:
        StoreError: it cannot be read, or the disk has no room for another copy of it.
    """
    with ExitStack() as opened:
        try:
            store = Store.open(path, read_only=True)
        except Outdated:
            folder = opened.enter_context(TemporaryDirectory(prefix="dispatcher-"))
            store = _brought_up(path, Path(folder) / path.name)
        opened.callback(store.close)
        yield store


def head_as_it_lies(path: Path) -> tuple[int, str] | None:
    """The last entry of a file that an older version wrote, its number and its hash, as it lies
    there; None for a file of this version, whose head is its own.

    Bringing such a file up to date writes entries behind those: a hash taken from it afterwards
    stands on no paper, and is not what another one would find in the file.

    Raises:
        StoreError: it cannot be read, or the disk has no room for another copy of it.
    """
    try:
        Store.open(path, read_only=True).close()
    except Outdated:
        pass
    else:
        return None
    with TemporaryDirectory(prefix="dispatcher-") as folder:
        part = Path(folder) / path.name
        try:
            _write_out(path, part)
        except OSError as error:
            raise disk_error(error) from error
        db = Db.connect(part)
        try:
            last = db.all("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1")
        finally:
            db.close()
    return (int(last[0][0]), str(last[0][1])) if last else (0, "")


def _brought_up(path: Path, part: Path) -> Store:
    try:
        _write_out(path, part)
    except OSError as error:
        raise disk_error(error) from error
    Store.open(part, alone=True, ballast=0).close()
    return Store.open(part, read_only=True)


def _write_out(path: Path, part: Path) -> None:
    """The bare database of a sealed copy, or a desk's file with what lies beside it."""
    try:
        with part.open("wb") as file:
            unseal(path, file)
    except Unsound:
        for end in ("", "-wal", "-journal"):
            if (source := path.with_name(path.name + end)).exists():
                shutil.copyfile(source, part.with_name(part.name + end))
