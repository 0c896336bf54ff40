"""A disk that loses its power: what of the writes it was given may be on it afterwards.

Until a file is synced each sector of it holds the text of before or of any write since; a name
that was made, moved or removed holds once its folder is synced, and they come about in their order.
Nothing else is promised by any disk.
"""

from __future__ import annotations

import os
from pathlib import Path
from random import Random
from typing import NamedTuple

SECTOR = 512


class Call(NamedTuple):
    """One call of the traced program: its name, its arguments as texts, what it returned.

    ``data`` are the bytes that it writes, or the names that it is about.
    """

    name: str
    arguments: tuple[str, ...]
    data: tuple[bytes, ...]
    result: int


class _Change(NamedTuple):
    """A write at a place of a file, or with no ``data`` its end at that place."""

    at: int
    data: bytes | None


class _File:
    """What is surely on the disk of one file, and what was written to it since."""

    def __init__(self, sure: bytes = b"") -> None:
        self.sure = sure
        self.since: list[_Change] = []
        self.size = len(sure)

    def change(self, change: _Change) -> None:
        """Take in one write or cut."""
        self.since.append(change)
        self.size = change.at if change.data is None else max(self.size, _end(change))

    def sync(self) -> None:
        """All that was written is on the disk."""
        self.sure, self.since = _applied(self.sure, self.since), []

    def after_a_cut(self, random: Random) -> bytes:
        """What may be on the disk: some of the writes whole, some in part, some not at all."""
        share = random.choice((0.0, 0.5, 0.9, 1.0))
        torn = random.random() < 0.3
        kept: list[_Change] = []
        for change in self.since:
            if change.data is None or not torn:
                kept += [change] if random.random() < share else []
                continue
            for start in range(0, len(change.data), SECTOR):
                if random.random() < share:
                    part = change.data[start : start + SECTOR]
                    kept.append(_Change(change.at + start, part))
        return _applied(self.sure, kept)


def _end(change: _Change) -> int:
    return change.at + len(change.data or b"")


def _applied(sure: bytes, changes: list[_Change]) -> bytes:
    found = bytearray(sure)
    for change in changes:
        if change.data is None:
            del found[change.at :]
            found.extend(bytes(change.at - len(found)))
            continue
        found.extend(bytes(max(0, change.at - len(found))))
        found[change.at : _end(change)] = change.data
    return bytes(found)


class Disk:
    """The files under a folder, followed call by call; an image may be taken after each."""

    def __init__(self, root: Path) -> None:
        """Begin with what lies there now, all of it durable."""
        self.root = root
        files = {str(path): path for path in root.rglob("*") if path.is_file()}
        self._now = {name: _File(path.read_bytes()) for name, path in files.items()}
        self._sure = dict(self._now)
        self._names: list[tuple[str, str, _File | None]] = []
        self._open: dict[int, tuple[str, _File | None]] = {}
        self._at: dict[int, int] = {}

    def follow(self, call: Call) -> None:
        """Take in what one call does to the files."""
        if call.result < 0:
            return
        if call.name == "openat":
            self._opened(call)
        elif call.name in ("rename", "renameat", "renameat2", "link", "linkat"):
            self._moved(*map(os.fsdecode, call.data), keep=call.name.startswith("link"))
        elif call.name in ("unlink", "unlinkat"):
            self._name(os.fsdecode(call.data[0]), None)
        elif (fd := int(call.arguments[0], 0)) in self._open:
            self._used(fd, call)

    def _opened(self, call: Call) -> None:
        name = os.fsdecode(call.data[0])
        flags = call.arguments[2]
        if not name.startswith(str(self.root)):
            self._open.pop(call.result, None)
            return
        file = self._now.get(name)
        if file is None and "O_CREAT" in flags:
            file = _File()
            self._name(name, file)
        if file is not None and "O_TRUNC" in flags and file.size:
            file.change(_Change(0, None))
        self._open[call.result] = (name, file)
        self._at[call.result] = file.size if file is not None and "O_APPEND" in flags else 0

    def _used(self, fd: int, call: Call) -> None:
        name, file = self._open[fd]
        if call.name == "close":
            del self._open[fd]
        elif file is None:
            if call.name in ("fsync", "fdatasync"):
                self._sync_folder(name)
        elif call.name == "pwrite64":
            file.change(_Change(int(call.arguments[3], 0), call.data[0][: call.result]))
        elif call.name == "write":
            file.change(_Change(self._at[fd], call.data[0][: call.result]))
            self._at[fd] += call.result
        elif call.name == "read":
            self._at[fd] += call.result
        elif call.name == "lseek":
            self._at[fd] = call.result
        elif call.name == "ftruncate":
            file.change(_Change(int(call.arguments[1], 0), None))
        elif call.name in ("fsync", "fdatasync"):
            file.sync()

    def _moved(self, old: str, new: str, *, keep: bool) -> None:
        file = self._now.get(old)
        if file is not None:
            self._name(new, file)
            if not keep:
                self._name(old, None)

    def _name(self, name: str, file: _File | None) -> None:
        """A name now stands for a file, or for none."""
        if name not in self._now and file is None:
            return
        self._names.append((str(Path(name).parent), name, file))
        _put(self._now, name, file)

    def _sync_folder(self, folder: str) -> None:
        for _folder, name, file in (each for each in self._names if each[0] == folder):
            _put(self._sure, name, file)
        self._names = [each for each in self._names if each[0] != folder]

    def image(self, to: Path, random: Random) -> None:
        """Write what may be on the disk, were the power cut now, to another folder."""
        names = dict(self._sure)
        # A move is two names that come about as one.
        for _folder, name, file in self._names[: self._some(random)]:
            _put(names, name, file)
        for name, file in names.items():
            path = to / Path(name).relative_to(self.root)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.after_a_cut(random))

    def _some(self, random: Random) -> int:
        """How many of the changed names have come about; none stops within a move."""
        many = random.choice((0, len(self._names), random.randint(0, len(self._names))))
        if 0 < many < len(self._names):
            _folder, name, file = self._names[many]
            before = self._names[many - 1]
            if file is None and before[2] is not None and self._is_move(before[2], name):
                many += 1
        return many

    def _is_move(self, file: _File, old: str) -> bool:
        """Whether the name that goes was that of the file which got another one just before."""
        stood = self._sure.get(old)
        for _folder, name, given in self._names:
            if name == old and given is not None:
                stood = given
        return stood is file


def _put(names: dict[str, _File], name: str, file: _File | None) -> None:
    if file is None:
        names.pop(name, None)
    else:
        names[name] = file
