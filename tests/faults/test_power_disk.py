"""The disk that loses its power keeps what it promised, and no more than that."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random, SystemRandom

import pytest

from tests.faults.power_disk import SECTOR, Call, Disk

OLD, NEW = b"o" * 4 * SECTOR, b"n" * 4 * SECTOR
IMAGES = 200


class Plug:
    """A folder with one file, worked on by calls as a trace has them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root = folder / "disk"
        self.root.mkdir()
        (self.root / "db").write_bytes(OLD)
        self.disk = Disk(self.root)
        self.seed = SystemRandom().randrange(1 << 30)
        print(f"seed {self.seed}")

    def call(
        self, name: str, *arguments: str, data: tuple[bytes, ...] = (), result: int = 0
    ) -> None:
        self.disk.follow(Call(name, arguments, data, result))

    def open(self, name: str, fd: int, flags: str = "O_RDWR") -> None:
        path = str(self.root / name).encode() if name else str(self.root).encode()
        self.call("openat", "AT_FDCWD", "-", flags, data=(path,), result=fd)

    def write(self, fd: int, data: bytes, at: int = 0) -> None:
        self.call("pwrite64", str(fd), "-", str(len(data)), str(at), data=(data,), result=len(data))

    def images(self) -> Iterator[dict[str, bytes]]:
        """What may be there if the power went now."""
        random = Random(self.seed)
        for _ in range(IMAGES):
            to = self.folder / "image"
            to.mkdir()
            self.disk.image(to, random)
            yield {path.name: path.read_bytes() for path in to.iterdir()}
            shutil.rmtree(to)


@pytest.fixture
def plug(tmp_path: Path) -> Plug:
    return Plug(tmp_path)


def test_what_was_not_synced_is_there_whole_in_part_or_not(plug: Plug) -> None:
    plug.open("db", 3)
    plug.write(3, NEW)
    found = [image["db"] for image in plug.images()]
    assert OLD in found
    assert NEW in found
    torn = [each for each in found if each not in (OLD, NEW)]
    assert torn
    for each in torn:
        sectors = {each[at : at + SECTOR] for at in range(0, len(each), SECTOR)}
        assert sectors == {OLD[:SECTOR], NEW[:SECTOR]}, "a sector is never torn"


@pytest.mark.parametrize("sync", ["fsync", "fdatasync"])
def test_what_was_synced_is_there(plug: Plug, sync: str) -> None:
    plug.open("db", 3)
    plug.write(3, NEW)
    plug.call(sync, "3")
    assert {image["db"] for image in plug.images()} == {NEW}


def test_a_sync_that_failed_promises_nothing(plug: Plug) -> None:
    plug.open("db", 3)
    plug.write(3, NEW)
    plug.call("fsync", "3", result=-1)
    assert OLD in [image["db"] for image in plug.images()]


def test_a_later_write_may_be_there_and_an_earlier_one_not(plug: Plug) -> None:
    plug.open("db", 3)
    plug.write(3, NEW[:SECTOR])
    plug.write(3, NEW[:SECTOR], 2 * SECTOR)
    found = {image["db"] for image in plug.images()}
    assert OLD[: 2 * SECTOR] + NEW[:SECTOR] + OLD[:SECTOR] in found


def test_a_file_is_longer_or_shorter_only_once_that_was_synced(plug: Plug) -> None:
    plug.open("db", 3)
    plug.call("ftruncate", "3", str(SECTOR))
    assert {len(image["db"]) for image in plug.images()} == {SECTOR, len(OLD)}
    plug.call("fsync", "3")
    assert {image["db"] for image in plug.images()} == {OLD[:SECTOR]}


def test_a_new_name_holds_once_its_folder_is_synced(plug: Plug) -> None:
    plug.open("new", 3, "O_RDWR|O_CREAT")
    plug.write(3, NEW)
    plug.call("fsync", "3")
    assert {"new" in image for image in plug.images()} == {True, False}
    plug.open("", 4, "O_RDONLY")
    plug.call("fsync", "4")
    assert all(image["new"] == NEW for image in plug.images())


def test_a_move_is_whole_or_has_not_been(plug: Plug) -> None:
    plug.open("part", 3, "O_RDWR|O_CREAT")
    plug.write(3, NEW)
    plug.call("fsync", "3")
    plug.open("", 4, "O_RDONLY")
    plug.call("fsync", "4")
    paths = tuple(str(plug.root / name).encode() for name in ("part", "db"))
    plug.call("rename", "-", "-", data=paths)
    seen = set()
    for image in plug.images():
        seen.add(tuple(sorted(image)))
        assert image["db"] == (OLD if "part" in image else NEW)
    assert seen == {("db",), ("db", "part")}
    plug.call("fsync", "4")
    assert {tuple(image) for image in plug.images()} == {("db",)}


def test_reading_moves_the_place_where_is_written_next(plug: Plug) -> None:
    plug.open("db", 3)
    plug.call("read", "0x3", "0x7f", "0x200", result=SECTOR)
    plug.call("write", "3", "-", "1", data=(b"x",), result=1)
    plug.call("lseek", "3", "0", "SEEK_SET", result=0)
    plug.call("write", "3", "-", "1", data=(b"y",), result=1)
    plug.call("fsync", "3")
    (found,) = {image["db"] for image in plug.images()}
    assert found == b"y" + OLD[1:SECTOR] + b"x" + OLD[SECTOR + 1 :]
