"""Each exit code, by what really brings it about."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

import pytest

from dispatcher_tui import bootstrap
from dispatcher_tui.cli.console import ERROR_LOG
from dispatcher_tui.store.errors import DiskFull, ReadOnly, StoreError
from dispatcher_tui.store.file_lock import DeskLock
from dispatcher_tui.store.sqlite import connect
from tests.cli.support import Run, program

READS = (["case", "list"], ["log"], ["verify"], ["case", "show", "1"], ["operator", "list"])


def raw(site: Path, *statements: str) -> None:
    with contextlib.closing(connect(site / "desk.sqlite3")) as db:
        for statement in statements:
            db.execute(statement)


def test_0_and_1(run: Run, site: Path) -> None:
    assert run("case", "list", "--site", site).code == 0
    missing = run("case", "show", "990101-01", "--site", site)
    assert (missing.code, missing.out) == (1, "")
    assert "990101-01" in missing.err


@pytest.mark.parametrize("command", READS)
def test_no_command_makes_a_database(run: Run, tmp_path: Path, command: list[str]) -> None:
    for arguments in ([*command], ["case", "open", "--said", "x"], ["backup", str(tmp_path)]):
        done = run(*arguments, "--site", tmp_path / "nowhere")
        assert (done.code, done.out) == (1, "")
        assert "init" in done.err
    assert list(tmp_path.iterdir()) == []


def test_2_without_a_terminal_nothing_is_asked(run: Run, site: Path, tmp_path: Path) -> None:
    for arguments in ([], ["demo"], ["--site", str(site)], ["--site", str(tmp_path / "no")]):
        done = run(*arguments)
        assert (done.code, done.out) == (2, "")
        assert done.err.strip()
    assert "--site" in run("--site", tmp_path / "no").err
    for arguments in (["nonsense"], ["case"], ["case", "show"], ["verify", "--head"]):
        assert run(*arguments, "--site", site).code == 2
    for speed in ("0", "-1", "nan", "inf", "x"):
        assert run("demo", "--speed", speed).code == 2


def test_3_a_changed_record(run: Run, site: Path) -> None:
    run("case", "open", "--said", "漏水", "--site", site)
    head = run("verify", "--json", "--site", site).json["head"]
    same = run("verify", "--head", head, "--site", site)
    assert same.code == 0
    assert "Unchanged" in same.out
    run("case", "open", "--said", "停电", "--site", site)
    later = run("verify", "--head", head.upper(), "--json", "--site", site)
    assert (later.code, later.json["unchanged_to"]) == (0, later.json["rows"] - 1)
    raw(
        site,
        "DROP TRIGGER journal_update",
        "UPDATE journal SET actor = 'x' WHERE kind = 'case_opened' AND seq ="
        " (SELECT min(seq) FROM journal WHERE kind = 'case_opened')",
    )
    bad = run("verify", "--json", "--site", site)
    assert (bad.code, bad.json["sound"]) == (3, False)
    assert bad.json["first_bad_seq"] == later.json["rows"] - 1
    assert str(bad.json["first_bad_seq"]) in run("verify", "--site", site).out


def test_3_another_head(run: Run, site: Path) -> None:
    assert run("verify", "--head", "0" * 63 + "1", "--site", site).code == 3
    assert run("verify", "--head", "nonsense", "--site", site).code == 3


def test_3_a_file_that_is_cut_off(run: Run, site: Path) -> None:
    path = site / "desk.sqlite3"
    path.write_bytes(path.read_bytes()[:5000])
    for command in (["case", "list"], ["case", "open", "--said", "x"], ["verify"]):
        assert run(*command, "--site", site).code == 3
    path.write_bytes(b"")
    assert run("case", "list", "--site", site).code == 3


def test_1_a_file_that_is_not_ours_or_newer(run: Run, site: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite3"
    for content in (b"hello, this is no database" * 50, None):
        if content is not None:
            other.write_bytes(content)
        else:
            other.unlink()
            with contextlib.closing(connect(other, create=True)) as db:
                db.execute("CREATE TABLE mine (a)")
        before = other.read_bytes()
        for command in (["case", "list"], ["case", "open", "--said", "x"], ["verify"]):
            assert run(*command, "--site", site, "--db", other).code == 1
        assert other.read_bytes() == before
    raw(site, "PRAGMA user_version = 999")
    for command in (["case", "list"], ["case", "open", "--said", "x"]):
        done = run(*command, "--site", site)
        assert done.code == 1
        assert "newer" in done.err


def test_4_another_desk_owns_the_file(run: Run, site: Path, tmp_path: Path) -> None:
    assert run("backup", tmp_path / "copy.sqlite3", "--site", site).code == 0
    lock = DeskLock.acquire(site / "desk.sqlite3", "李建国")
    assert isinstance(lock, DeskLock)
    with lock:
        owned = run("restore", tmp_path / "copy.sqlite3", "--site", site)
        assert owned.code == 4
        assert "李建国" in owned.err
        # Everything else goes on beside the desk.
        assert run("case", "open", "--said", "x", "--site", site).code == 0
        assert run("backup", tmp_path, "--site", site).code == 0
    assert run("restore", tmp_path / "copy.sqlite3", "--site", site).code == 0


@pytest.mark.parametrize("error", [DiskFull("no room"), ReadOnly("/media")])
def test_5_the_disk_refuses(
    run: Run, site: Path, monkeypatch: pytest.MonkeyPatch, error: StoreError
) -> None:
    def refuse(*_arguments: object, **_named: object) -> None:
        raise error

    monkeypatch.setattr("dispatcher_tui.store.store.Store.transact", refuse)
    assert run("case", "open", "--said", "x", "--site", site).code == 5


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
def test_5_the_disk_really_refuses(site: Path) -> None:
    import resource

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    # A module compiled under the limit would be cut off on the disk, for every later program.
    whole = {"PYTHONDONTWRITEBYTECODE": "1"}
    said = ("--said", "x" * 9000)
    done = program("case", "open", *said, "--site", site, env=whole, preexec_fn=limit)
    assert done.returncode == 5, done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert program("verify", "--site", site).returncode == 0


def test_what_nobody_foresaw_is_logged_and_told(
    run: Run, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def burst(*_arguments: object, **_named: object) -> None:
        raise RuntimeError("kaboom")

    monkeypatch.setattr(bootstrap, "open_desk", burst)
    monkeypatch.setattr("dispatcher_tui.cli.case_open.open_desk", burst)
    done = run("case", "open", "--said", "x", "--site", site, "--lang", "zh")
    assert (done.code, done.out) == (1, "")
    assert ERROR_LOG in done.err
    assert "kaboom" not in done.err
    assert "kaboom" in (site / ERROR_LOG).read_text(encoding="utf-8")


def test_a_reader_that_goes_away_is_no_error(site: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    done = program("case", "list", "--json", "--site", site, "--lang", "en")
    assert done.returncode == 0
    with os.fdopen(write, "wb") as pipe:
        import subprocess

        from tests.cli.support import environment

        process = subprocess.Popen(
            [sys.executable, "-m", "dispatcher_tui", "log", "--site", str(site)],
            stdout=pipe,
            stderr=subprocess.PIPE,
            env=environment(),
        )
        _out, err = process.communicate(timeout=60)
    assert b"Traceback" not in err
    assert b"Exception" not in err


def test_no_colour_and_nothing_that_steers(site: Path) -> None:
    for arguments in (["--help"], ["case", "--help"], ["nonsense\x1b[2J"], ["log"], ["doctor"]):
        done = program("--site", site, *arguments, env={"TERM": "xterm-256color"})
        assert b"\x1b" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("case", "show"), "缺少 'N'。写法见 --help。"),
        (("nosuch",), "没有命令 'nosuch'。全部命令见 --help。"),
        (("case",), ""),
        (("log", "--nope"), "没有选项 --nope。全部选项见 --help。"),
        (("doctor", "one", "two"), "多出了：one two。带空格的文字要加引号。"),
        (("log", "--from"), "选项 '--from' 要带一个值。"),
        (("doctor", "--json=1"), "选项 '--json' 不带值。"),
        (("case", "open", "--channel", "pigeon"), "'--channel' 只能是：'phone', 'visit'"),
        (("backup", "x", "--keep", "-1"), "'--keep' 不能这样写："),
    ],
)
def test_what_the_parser_refuses_is_said_in_chinese(
    run: Run, words: tuple[str, ...], told: str
) -> None:
    got = run("--lang", "zh", *words)
    assert got.code == 2
    assert told in got.err


@pytest.mark.parametrize("table", ["cases", "post", "case_state"])
def test_a_table_taken_out_of_the_file_is_a_record_that_is_not_sound(
    run: Run, site: Path, table: str
) -> None:
    db = connect(site / "desk.sqlite3")
    db.execute(f"DROP TABLE {table}")
    db.commit()
    db.close()
    done = run("--lang", "en", "case", "open", "--said", "x", "--site", site)
    assert (done.code, done.out) == (3, "")
    assert f"no such table: {table}" in done.err
    assert "restore a backup" in done.err
