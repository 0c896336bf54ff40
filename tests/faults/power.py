"""Promise 1, by the plug: what was acknowledged is there after a power cut, and all of it is whole.

The work is traced once; then its calls are followed on a disk that keeps no more than it promised,
and the power is cut between any two of them.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random

from dispatcher_tui.domain.case.evolve import fold
from dispatcher_tui.domain.words.failure import Failure
from dispatcher_tui.store.backup import backup, prove
from dispatcher_tui.store.db import Db
from dispatcher_tui.store.migrations import CURRENT, migrate
from dispatcher_tui.store.seal import unseal
from dispatcher_tui.store.store import Store
from tests.faults import command_line, fresh, lives
from tests.faults import estate as estates
from tests.faults.estate import BEGIN, Estate
from tests.faults.harm import Ack, harm
from tests.faults.io_faults import why_not
from tests.faults.power_disk import Call, Disk
from tests.faults.power_work import BACKUP, CASE, COPY, MOVE, RESTORE
from tests.faults.promise import Outcome, Promise, outcome, skipped

FEW, MANY = 2, 120
"""Cuts of each work in the short and in the full form; one more stands after its end."""

IMAGES = 7
"""Disks that one cut of the full form may leave behind: each keeps other unsynced writes."""

FIRST_FORM = 3
"""No file of a form before says whose record it is: none was ever in use."""

_CALLS = (
    "openat,close,read,lseek,write,pwrite64,ftruncate,fsync,fdatasync,"
    "rename,renameat,renameat2,link,linkat,unlink,unlinkat"
)
_LINE = re.compile(r"\d+ +(\w+)\((.*)\) += (-?\w+)")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


def _parsed(line: str) -> Call | None:
    """One line of the trace; None for one that is no call."""
    found = _LINE.match(line)
    if found is None:
        return None
    name, arguments, result = found.groups()
    data = tuple(bytes.fromhex(x.replace("\\x", "")) for x in _TEXT.findall(arguments))
    plain = tuple(x.strip() for x in _TEXT.sub("-", arguments).split(","))
    return Call(name, plain, data, int(result, 0))


def traced(folder: Path, log: Path) -> list[Call]:
    """Do the work in every folder under strace; the calls in order.

    Raises:
        AssertionError: the work itself failed.
    """
    options = ["-f", "-qq", "-xx", "-s", str(1 << 24), "--seccomp-bpf", "-e", "raw=read"]
    options += ["-o", str(log), "-e", f"trace={_CALLS}"]
    done = subprocess.run(
        ["strace", *options, sys.executable, "-m", "tests.faults.power_work", str(folder)],
        cwd=command_line.ROOT,
        env={**command_line.environment(), "PYTHONUNBUFFERED": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )
    assert done.returncode == 0, done.stderr[-1000:]
    with log.open(encoding="ascii") as lines:
        return [call for call in map(_parsed, lines) if call is not None]


def _older(estate: Estate, path: Path, form: int) -> None:
    """A file of an older form with what an estate's file has, as far as that form knows it."""
    path.parent.mkdir(parents=True)
    db = Db.connect(path, create=True)
    migrate(db, upto=form)
    db.run("PRAGMA foreign_keys=OFF")
    db.run("ATTACH ? AS full", (str(estate.db),))

    def columns(schema: str, table: str) -> list[str]:
        return [row[1] for row in db.all(f"PRAGMA {schema}.table_info({table})")]

    known = {row[0] for row in db.all("SELECT name FROM full.sqlite_schema WHERE type = 'table'")}
    for (table,) in db.all("SELECT name FROM main.sqlite_schema WHERE type = 'table'"):
        if table in known and table not in ("_sqlite_migrations", "sqlite_sequence"):
            if table == "case_search":  # Its words are in the tables behind it.
                continue
            if "_search" in table:
                db.run(f"DELETE FROM main.{table}")
            both = ", ".join(x for x in columns("main", table) if x in columns("full", table))
            db.run(f"INSERT INTO main.{table} ({both}) SELECT {both} FROM full.{table}")
    db.run("DETACH full")
    db.run("PRAGMA journal_mode=WAL")
    db.close()


def prepared(folder: Path, forms: Iterable[int] = range(FIRST_FORM, CURRENT)) -> Path:
    """A folder for each work, with all that it begins with, in the one that is given back;
    ``forms`` are those of the older files that are moved to this one."""
    template = estates.make(folder / "template")
    desk = estates.open_desk(template)
    for _done in lives.life(desk, Random(1)):
        pass
    desk.store.close()
    works = folder / "works"
    for name in (CASE, BACKUP, RESTORE):
        estates.copy(template, works / name)
    backup(template.db, works / RESTORE / COPY, now=BEGIN)
    for form in forms:
        _older(template, works / f"{MOVE}-{form}" / "desk.sqlite3", form)
    return works


def estate_in(folder: Path) -> Estate:
    return Estate(folder / "site", folder / "site" / "desk.sqlite3")


def _judge_case(image: Path, said: list[str]) -> list[str]:
    return harm(estate_in(image), [Ack("", number) for number in said])


def _judge_backup(image: Path, said: list[str]) -> list[str]:
    """The record is whole, and whatever has the name of a copy is one."""
    problems = harm(estate_in(image), [])
    copy = image / COPY
    if not copy.exists():
        return [*problems, "the copy is gone"] if said else problems
    try:
        unseal(copy)
        prove(copy, fold, None)
    except Failure as error:
        problems.append(f"no copy: {error!r}")
    return problems


def _judge_restore(image: Path, said: list[str]) -> list[str]:
    """The old record stands, or the one that goes on from the copy, and nothing between."""
    problems = harm(estate_in(image), [])
    store = Store.open(estate_in(image).db, read_only=True)
    restored = any(True for _ in store.all_of("restored"))
    store.close()
    if said and not restored:
        problems.append("what was put back is gone")
    return problems


def _named(path: Path) -> list[str]:
    """What is wrong with a file once it has been brought up to date."""
    Store.open(path, ballast=0).close()
    verdict = estates.prove(Estate(path.parent, path))
    return [f"{problem.code}: {problem.detail}" for problem in verdict.problems]


def _judge_move(image: Path, said: list[str]) -> list[str]:
    """The old form or the new one: what is named of it is what the whole move leaves."""
    path = image / "desk.sqlite3"
    db = Db.connect(path, read_only=False)
    form = db.value("PRAGMA user_version")
    db.close()
    problems = ["moved, and of the old form"] if said and form != CURRENT else []
    return problems + _named(path)


JUDGES = {CASE: _judge_case, BACKUP: _judge_backup, RESTORE: _judge_restore, MOVE: _judge_move}


def _said(call: Call) -> str:
    """What a call prints for whoever runs the program."""
    if call.name != "write" or call.arguments[0] != "1":
        return ""
    return call.data[0].decode("utf-8", "replace")


def _by_work(calls: list[Call]) -> Iterator[tuple[str, list[Call]]]:
    """The calls of each work, by its name."""
    name, mine = "", list[Call]()
    for call in calls:
        if (told := _said(call)).startswith("begin "):
            if name:
                yield name, mine
            name, mine = told.split()[1], []
        elif name:
            mine.append(call)
    yield name, mine


def _cuts(calls: list[Call], few: int, random: Random) -> list[int]:
    """After how many calls the power goes: after some that change a file, and after the last."""
    changing = ("write", "pwrite64", "ftruncate", "rename", "link", "unlink", "fsync", "fdatasync")
    where = [n for n, call in enumerate(calls, 1) if call.name in changing]
    return sorted({*random.sample(where, min(few, len(where))), len(calls)})


def run(folder: Path, full: bool) -> Outcome:
    """Every work cut at some of its calls, or at very many."""
    why = why_not(folder) if sys.platform.startswith("linux") else "strace is of Linux"
    if why:
        return skipped(why)
    seed = fresh.seed("power cuts")
    random, problems, made = Random(seed), list[str](), 0
    works = prepared(folder)
    disks = {each.name: Disk(each) for each in works.iterdir()}
    for name, calls in _by_work(traced(works, folder / "calls")):
        disk, judge, said, done = disks[name], JUDGES[name.partition("-")[0]], "", 0
        for cut in _cuts(calls, MANY if full else FEW, random):
            for call in calls[done:cut]:
                disk.follow(call)
                said += _said(call)
            done = cut
            lines = [line for line in said.split("\n")[:-1] if line]
            for _image in range(IMAGES if full else 1):
                image = folder / "image" / name
                disk.image(image, random)
                try:
                    found = judge(image, lines)
                except Exception as error:  # Whatever breaks at such a file is a finding.
                    found = [repr(error)]
                problems += [f"{name}, call {cut} of {len(calls)}: {problem}" for problem in found]
                shutil.rmtree(image)
                made += 1
    return outcome(f"{made} images, seed {seed}, {len(problems)} lost or half", problems)


PROMISE = Promise(
    1,
    "power",
    "What was acknowledged outlives a power cut; copies and moves are whole or not there",
    "0 lost, 0 half; full: 120 cuts of each of 9 works, 7 images each",
    run,
)
