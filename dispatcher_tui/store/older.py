"""Reading a record that an older version wrote and that is to stay as it is, a copy above all."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

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
