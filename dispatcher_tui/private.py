"""Who may read what the program writes: its own account alone, or one group besides.

New files are 0600 and new folders 0700 whatever the umask is. Where the site's folder is shared
with a group, which ``site.toml`` names, they are 0660 and 0770 with that group, so that a panel's
account can write into the same record. A system without such modes is left as it is: there the
user's profile keeps what lies in it.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

COMPANIONS = ("", "-wal", "-shm", "-journal", ".lock", ".alive", ".ballast", ".ringing")
"""What stands beside a database under its name, itself first."""

_OTHERS, _OTHERS_WRITE = 0o077, 0o022
_GROUP_ALL = 0o070


class Sharing(NamedTuple):
    """The modes of new files and folders, and the group (its number) that they belong to."""

    file: int = 0o600
    folder: int = 0o700
    group: int | None = None


ALONE = Sharing()


class _Now:
    """How files are kept by this process."""

    sharing = ALONE


def sharing() -> Sharing:
    """How new files are kept now."""
    return _Now.sharing


def _of_group(group: int) -> Sharing:
    # The bit makes what others create in the folder belong to the group as well.
    return Sharing(0o660, 0o770 | stat.S_ISGID, group)


def follow(folder: Path) -> None:
    """Keep what is written from now on as that folder is kept, which may be missing.

    The folder itself says whether it is shared: so a broken ``site.toml`` changes nothing.
    """
    _Now.sharing = ALONE
    if sys.platform == "win32":
        return
    with suppress(OSError):
        found = folder.stat()
        shared = found.st_mode & stat.S_ISGID and found.st_mode & _GROUP_ALL == _GROUP_ALL
        if shared and not found.st_mode & stat.S_IWOTH:
            _Now.sharing = _of_group(found.st_gid)


def group_number(name: str) -> int | None:
    """The number of a group of this machine; None where there is none of that name."""
    if sys.platform == "win32":
        return None
    import grp

    try:
        return grp.getgrnam(name).gr_gid
    except (KeyError, ValueError):  # no such group, or no name at all
        return None


def _put(target: int | Path, found: os.stat_result, how: Sharing) -> None:
    """Give an own file or folder its mode; where the group cannot be had, to nobody else.

    A disk that knows no modes keeps none; that is no reason not to write.
    """
    if sys.platform == "win32":
        return
    mode = how.folder if stat.S_ISDIR(found.st_mode) else how.file
    try:
        if how.group is not None and found.st_gid != how.group:
            os.chown(target, -1, how.group)
    except OSError:
        mode &= ~(_OTHERS | stat.S_ISGID)
    with suppress(OSError):
        if stat.S_IMODE(found.st_mode) != mode or how.group not in (None, found.st_gid):
            os.chmod(target, mode)  # noqa: PTH101 - it may be a descriptor


def _opener(path: str, flags: int) -> int:
    # A pipe of that name, which nobody reads, is refused instead of waited for.
    fd = os.open(path, flags | getattr(os, "O_NONBLOCK", 0), _Now.sharing.file)
    if sys.platform == "win32":
        return fd
    os.set_blocking(fd, True)
    if flags & os.O_CREAT:
        _put_own(fd, os.fstat(fd), _Now.sharing)
    return fd


def _put_own(target: int | Path, found: os.stat_result, how: Sharing) -> None:
    if sys.platform != "win32" and found.st_uid == os.geteuid():
        _put(target, found, how)


def new_descriptor(path: Path, flags: int) -> int:
    """A file's descriptor as ``os.open`` gives it, the file made private where it is made."""
    return _opener(str(path), flags | os.O_CREAT)


def touch(path: Path) -> None:
    """Make an empty private file, where there is none."""
    os.close(new_descriptor(path, os.O_RDWR))


def opened(path: Path, mode: str) -> BinaryIO:
    """A private file opened for writing, in one of the binary modes (``wb``, ``xb``, ``ab``)."""
    return open(path, mode, opener=_opener)  # type: ignore[return-value]


def write_text(path: Path, text: str) -> None:
    """Write a private text file with line feeds, in UTF-8."""
    with opened(path, "wb") as file:
        file.write(text.encode())


def make_folder(path: Path) -> None:
    """Make a private folder and those above it that are missing; one that is there stays."""
    if path.is_dir():
        return
    if not path.parent.exists():
        make_folder(path.parent)
    try:
        path.mkdir(mode=_Now.sharing.folder & 0o777)
    except FileExistsError:
        if not path.is_dir():
            raise
        return
    _put_own(path, path.stat(), _Now.sharing)


def keep(path: Path) -> None:
    """Take from others what an older version let them read of a file or folder of one's own.

    Where others may even write, somebody arranged that: it stays, and ``doctor`` says so.
    """
    if sys.platform == "win32":
        return
    with suppress(OSError):
        found, how = path.stat(), _Now.sharing
        if found.st_uid != os.geteuid() or (how.group is None and found.st_mode & _OTHERS_WRITE):
            return
        _put(path, found, how)


def keep_beside(database: Path) -> None:
    """The same for a database and everything that stands beside it under its name."""
    for end in COMPANIONS:
        keep(database.with_name(database.name + end))


def _within(folder: Path) -> Iterator[Path]:
    for place, _folders, files in os.walk(folder):
        yield Path(place)
        yield from (path for name in files if not (path := Path(place, name)).is_symlink())


def share(folder: Path, group: str, *, new: bool = False) -> None:
    """Keep a site's folder for its account alone, or for it and the group that is named.

    What lies in it is looked through only where the folder was kept otherwise. ``new``: a folder
    in which a site is only just laid out; nobody has arranged anything there yet.
    """
    if sys.platform == "win32":
        return
    number = group_number(group) if group else None
    _Now.sharing = ALONE if number is None else _of_group(number)
    with suppress(OSError):
        found, how = folder.stat(), _Now.sharing
        own = found.st_uid == os.geteuid()
        arranged = found.st_mode & _OTHERS_WRITE and how.group is None and not new
        as_meant = how.group in (None, found.st_gid) and (
            stat.S_IMODE(found.st_mode) & ~stat.S_ISGID == how.folder & ~stat.S_ISGID
        )
        if own and not arranged and not as_meant:
            _put(folder, found, how)
            for path in _within(folder):
                keep(path)
    follow(folder)


class Openness(NamedTuple):
    """Who but the account may come at a file or folder: its mode, and the group it belongs to."""

    mode: int
    group: str

    @property
    def others(self) -> bool:
        """Whether everybody on the machine may."""
        return bool(self.mode & 0o007)

    @property
    def shared(self) -> bool:
        """Whether the group may."""
        return bool(self.mode & _GROUP_ALL)


def openness(path: Path) -> Openness | None:
    """How a file or folder is kept; None where that cannot be asked, or there are no modes."""
    if sys.platform == "win32":
        return None
    import grp

    try:
        found = path.stat()
    except OSError:
        return None
    try:
        group = grp.getgrgid(found.st_gid).gr_name
    except KeyError:
        group = str(found.st_gid)
    return Openness(stat.S_IMODE(found.st_mode) & 0o777, group)
