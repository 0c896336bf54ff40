"""Promise 20: persons stay deletable and private.

A register of made-up residents on a site that is worked under umask 000: no file is anybody's but
the account's, no export and no entry has a resident in it, and a household that is forgotten is in
no list, note, document or byte of the file any more, while its neighbours are.
"""

from __future__ import annotations

import os
import re
import stat
import sys
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from dispatcher_tui.bootstrap import open_session
from dispatcher_tui.desk.site.noting import add_note
from dispatcher_tui.domain.words.terms import NoteKind
from dispatcher_tui.paths import Paths
from dispatcher_tui.site.shipped import data_dir
from dispatcher_tui.store.store import Store
from tests.cli.support import Run, in_process
from tests.faults import fresh
from tests.faults.promise import Outcome, Promise, outcome
from tests.reports.readback import pages_of

MANY, FEW = 10_000, 200
FORGOTTEN, ONE = 25, 1
FORMS = ("xlsx", "pdf", "md", "json", "csv", "txt")
WANTED = {True: 0o700, False: 0o600}
"""The mode of a folder, and of a file."""
_SURNAMES = ["欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "轩辕", "令狐"]
_GIVEN = "翀翊翙翚翛翥翦翮翯翱翾翿耔耜耦聃聆肄胤臻"


class Home(NamedTuple):
    """A made-up household: where, who, by which number, and what is noted of it."""

    place: str
    name: str
    phone: str
    note: str

    def words(self) -> tuple[str, str, str]:
        """What of it must not be found."""
        return self.name, self.phone, self.note


def made_up(number: int) -> Home:
    """One of ten thousand; no two have a word in common."""
    digits = f"{number:05d}"
    given = "".join(_GIVEN[int(digit) + 10 * (at % 2)] for at, digit in enumerate(digits[1:]))
    floor, room = divmod(number % 100, 4)
    place = f"{number // 1000 + 1}-{number // 100 % 10 + 1}-{floor + 1:02d}{room + 1:02d}"
    name = f"{_SURNAMES[number % 10]}{given}"
    return Home(place, name, f"1719{number:07d}", f"备注{number:05d}号")


def _text(path: Path) -> str:
    """All that a file says, whatever it is written as."""
    data = path.read_bytes()
    if path.suffix == ".pdf":
        return "".join(pages_of(data))
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(BytesIO(data)) as parts:
            return "".join(parts.read(each).decode("utf-8", "replace") for each in parts.namelist())
    return data.decode("utf-8", "replace")


_WORDS = re.compile("1719[0-9]{7}|备注[0-9]{5}号|(?:" + "|".join(_SURNAMES) + ")[" + _GIVEN + "]+")


def found_in(text: str, words: Iterable[str]) -> list[str]:
    """Which of the words stand in a text."""
    return sorted({*_WORDS.findall(text)} & {*words})


def loose(folder: Path) -> Iterator[str]:
    """What anybody but the account could come at."""
    for path in (folder, *folder.rglob("*")):
        mode = stat.S_IMODE(path.lstat().st_mode)
        if not path.is_symlink() and mode != WANTED[path.is_dir()]:
            yield f"{path.name} has the mode {mode:04o}"


def _bytes(site: Path) -> str:
    """Everything that lies in the record and beside it."""
    files = [path for path in site.glob("desk.sqlite3*") if path.is_file()]
    return "".join(path.read_bytes().decode("utf-8", "replace") for path in files)


class _Site(NamedTuple):
    """A site with its residents, and how a command is run on it."""

    run: Run
    folder: Path
    homes: list[Home]

    def do(self, *arguments: str | Path, stdin: str = "") -> str:
        """A command that must succeed; what it printed."""
        done = self.run(*arguments, "--site", self.folder, stdin=stdin)
        assert done.code == 0, (arguments, done.err)
        return done.out


def lived_in(run: Run, folder: Path, many: int) -> _Site:
    """A site with so many residents, taken over twice so that an older text is kept."""
    site = _Site(run, folder / "site", [made_up(number) for number in range(many)])
    operator = ("--operator", "李建国", "--pin-stdin")
    site.do("init", "--name", "翠湖花园", *operator, stdin="471108\n")
    for last in (-1, many):
        rows = (",".join((h.place, h.name, h.phone, h.note)) for h in site.homes[:last])
        units = folder / "register.csv"
        units.write_text("place,resident,phone,note\n" + "\n".join(rows) + "\n", "utf-8")
        site.do("site", "import", units, data_dir() / "demo" / "roster.csv")
    units.unlink()
    with open_session(Paths(site.folder, site.folder / "desk.sqlite3")) as session:
        for home in site.homes[:20]:
            add_note(session.desk, home.place, NoteKind.LIVES_ALONE, home.note, "")
    for home in site.homes[:3]:
        site.do("case", "open", "--place", home.place, "--category", "leak", "--said", "漏水")
    return site


def exported(site: _Site, out: Path, forms: Iterable[str]) -> Iterator[str]:
    """Every export in every form, and what every reading command prints, with no resident in it."""
    out.mkdir(mode=0o700)
    words = [word for home in site.homes for word in home.words()]
    number = site.do("case", "list", "--json").partition('"number":')[2].split('"')[1]
    month = f"20{number[:2]}-{number[2:4]}"
    papers = (("log",), ("month", month), ("slips",), ("case", "show", number))
    for paper in papers:
        for form in forms:
            path = out / f"{paper[0]}.{form}"
            site.do(*paper, "--out", path)
            yield from (f"{path.name} has {word}" for word in found_in(_text(path), words))
    site.do("site", "export", "--out", out / "lists.xlsx")
    if found_in(_text(out / "lists.xlsx"), words) != sorted(words):
        yield "the lists as they are given back have not everybody: the search is blind"
    printed = (*papers, ("case", "list"), ("operator", "list"), ("rota", "show"), ("verify",))
    for command in printed:
        for json in ((), ("--json",)):
            text = site.do(*command, *json)
            yield from (f"{command} says {word}" for word in found_in(text, words))
    store = Store.open(site.folder / "desk.sqlite3", read_only=True)
    bodies = "\n".join(body for (body,) in store.db.all("SELECT body FROM journal"))
    store.close()
    yield from (f"the chain has {word}" for word in found_in(bodies, words))


def forgotten(site: _Site, home: Home, other: Home) -> Iterator[str]:
    """Forget a household: nothing of it is left, and its neighbour is there as before."""
    if len(found_in(_bytes(site.folder), home.words())) != 3:
        yield f"{home.place} was not there"
    site.do("site", "forget", home.place, "--yes")
    left = _bytes(site.folder)
    yield from (f"{home.place} was forgotten and left {w}" for w in found_in(left, home.words()))
    stays = found_in(left, (other.name, other.phone))
    if len(stays) != 2:
        yield f"{home.place} was forgotten, and of {other.place} there is only {stays}"


@contextmanager
def open_to_all() -> Iterator[Run]:
    """A command line under umask 000."""
    before = os.umask(0)
    patch = pytest.MonkeyPatch()
    for name in ("DISPATCHER_SITE", "DISPATCHER_DB", "DISPATCHER_LANG", "LANGUAGE"):
        patch.delenv(name, raising=False)
    patch.setenv("LC_ALL", "C.UTF-8")
    try:
        yield in_process(patch)
    finally:
        patch.undo()
        os.umask(before)


def run(folder: Path, full: bool) -> Outcome:
    """Live in a site, look at its files, search its exports, forget some of its households."""
    seed = fresh.seed("persons")
    random, problems = Random(seed), list[str]()
    many, gone = (MANY, FORGOTTEN) if full else (FEW, ONE)
    forms = FORMS if full else random.sample(FORMS, 2)
    private = folder / "private"
    private.mkdir(mode=0o700)
    with open_to_all() as run_:
        site = lived_in(run_, private, many)
        problems += exported(site, private / "out", forms)
        problems += loose(private) if sys.platform != "win32" else ()
        some = random.sample(site.homes[:20], gone // 2 + 1) + random.sample(site.homes[20:], gone)
        some = some[:gone]
        rest = [home for home in site.homes if home not in some]
        for home in some:
            problems += forgotten(site, home, random.choice(rest))
        site.do("verify")
        problems += loose(private) if sys.platform != "win32" else ()
    return outcome(
        f"{many:,} residents, {len(forms)} forms of every export, {gone} forgotten, seed {seed}: "
        f"{len(problems)} found or left",
        problems,
    )


PROMISE = Promise(
    20,
    "persons",
    "Persons stay deletable and private",
    "0 left, 0 found in an export, 0600/0700; full: 10,000 residents, 25 households forgotten",
    run,
)
