"""What the program writes is its own account's, or the named group's, whatever the umask is."""

from __future__ import annotations

import grp
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dispatcher_tui import private
from dispatcher_tui.bootstrap import open_session
from dispatcher_tui.desk.site.doctor import Health, files_finding
from dispatcher_tui.desk.watch.alive import AliveFile
from dispatcher_tui.paths import Paths
from dispatcher_tui.store.store import Store
from tests.cli.support import ROOT, Run, environment

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no modes")

UMASKS = (0o000, 0o002, 0o022, 0o027, 0o077, 0o777)
OWNER, PANEL, STRANGER = 41001, 41002, 41003
"""Accounts of nobody on this machine."""


@pytest.fixture(autouse=True)
def alone() -> Iterator[None]:
    """No test leaves its group to the next one."""
    yield
    private.follow(Path("/nonexistent"))


@pytest.fixture(params=UMASKS, ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    """The process under one of the umasks."""
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def modes(folder: Path) -> dict[str, int]:
    """The mode of everything in a folder and of itself, by name."""
    found = (folder, *folder.rglob("*"))
    return {str(path.relative_to(folder)): stat.S_IMODE(path.stat().st_mode) for path in found}


def loose(folder: Path) -> dict[str, str]:
    """What anybody but the account could come at, or the account itself could not."""
    wanted = {True: 0o700, False: 0o600}
    return {
        name: oct(mode)
        for name, mode in modes(folder).items()
        if mode != wanted[(folder / name).is_dir()]
    }


def test_nothing_that_is_written_is_anybody_elses(run: Run, tmp_path: Path, umask: int) -> None:
    base = tmp_path / "base"
    base.mkdir()
    base.chmod(0o700)
    site = base / "deep" / "site"
    here = ("--site", site)
    asked = ("--operator", "李建国", "--pin-stdin")
    assert run("init", *here, *asked, stdin="471108\n").code == 0
    assert run("case", "open", "--said", "x", *here).code == 0
    for end in ("csv", "json", "txt", "md", "pdf", "xlsx"):
        assert run("log", "--out", base / f"log.{end}", *here).code == 0
    backups = site / "backups"
    private.make_folder(backups)
    assert run("backup", backups, *here).code == 0
    copy = next(backups.iterdir())
    with open_session(Paths(site, site / "desk.sqlite3")) as session:
        AliveFile(site / "desk.sqlite3").write(datetime.now(UTC), 1)
        desk = session.desk
        store = desk.store
        assert store.db.value("PRAGMA journal_mode") == "wal"
        store.save_draft("d", "intake", datetime.now(UTC), b"{}", updated_at=datetime.now(UTC))
        known = modes(site)
        assert {f"desk.sqlite3{end}" for end in ("-wal", "-shm", ".lock", ".alive")} <= set(known)
        assert loose(base) == {}
    assert run("restore", copy, *here).code == 0
    assert any("replaced-" in name for name in modes(site))
    assert loose(base) == {}


def test_a_named_export_takes_the_place_of_an_open_one(
    run: Run, site: Path, tmp_path: Path, umask: int
) -> None:
    out = tmp_path / "log.txt"
    out.write_text("older", "utf-8")
    out.chmod(0o644)
    assert run("log", "--out", out, "--site", site).code == 0
    assert stat.S_IMODE(out.stat().st_mode) == 0o600


def open_up(folder: Path, files: int, folders: int) -> None:
    """Everything as an older version, or somebody by hand, made it."""
    for path in (folder, *folder.rglob("*")):
        path.chmod(folders if path.is_dir() else files)


def test_what_an_older_version_let_others_read_is_taken_back(run: Run, site: Path) -> None:
    (site / "printouts").mkdir()
    (site / "printouts" / "sheet.pdf").write_bytes(b"x")
    open_up(site, 0o644, 0o755)
    assert run("case", "open", "--said", "x", "--site", site).code == 0
    assert loose(site) == {}


def test_a_database_outside_the_site_is_kept_and_its_folder_left(
    run: Run, site: Path, tmp_path: Path
) -> None:
    apart = tmp_path / "apart"
    apart.mkdir()
    apart.chmod(0o755)
    database = shutil.copy(site / "desk.sqlite3", apart / "other.sqlite3")
    Path(database).chmod(0o644)
    opened = run("case", "open", "--said", "x", "--site", site, "--db", database)
    assert opened.code == 0
    found = modes(apart)
    assert found.pop(".") == 0o755
    assert set(found.values()) == {0o600}


def test_what_others_may_write_was_arranged_and_stays_and_doctor_says_so(
    run: Run, site: Path
) -> None:
    """A panel's account may write there: a desk that opens must not make it dumb."""
    open_up(site, 0o660, 0o770)
    before = modes(site)
    assert run("case", "open", "--said", "x", "--site", site).code == 0
    after = modes(site)
    assert {name: after[name] for name in before} == before
    found = files_finding(site, site / "desk.sqlite3")
    assert (found.health, found.code) == (Health.WARN, "files_shared")
    assert "[files]" in run("doctor", "--site", site).out


@pytest.mark.parametrize(
    ("mode", "health", "code"),
    [
        (0o600, Health.GOOD, "files_alone"),
        (0o604, Health.WARN, "files_open"),
        (0o601, Health.WARN, "files_open"),
        (0o640, Health.WARN, "files_shared"),
    ],
)
def test_doctor_names_the_file_that_is_open(
    site: Path, mode: int, health: Health, code: str
) -> None:
    database = site / "desk.sqlite3"
    database.chmod(mode)
    found = files_finding(site, database)
    assert (found.health, found.code) == (health, code)
    if health is Health.WARN:
        assert found.detail["path"] == str(database)
        assert found.detail["mode"] == f"{mode:04o}"


def test_where_there_are_no_modes_the_profile_counts(site: Path, tmp_path: Path) -> None:
    database, within = site / "desk.sqlite3", files_finding
    assert within(site, database, tmp_path, windows=True).code == "files_profile"
    out = within(site, database, tmp_path / "user", windows=True)
    assert (out.health, out.code) == (Health.WARN, "files_outside")
    assert out.detail["path"] == str(site)
    beside = within(site, tmp_path / "x.sqlite3", site, windows=True)
    assert beside.code == "files_profile", "what is not there lies nowhere"


def name_group(site: Path, group: str) -> None:
    """Name the group in ``site.toml``."""
    file = site / "site.toml"
    text = file.read_text("utf-8")
    assert 'group = ""' in text
    file.write_text(text.replace('group = ""', f'group = "{group}"'), "utf-8", newline="\n")


def test_a_group_that_is_not_there_shares_nothing_and_is_said(run: Run, site: Path) -> None:
    name_group(site, "nobody-has-this-group")
    assert run("case", "open", "--said", "x", "--site", site).code == 0
    assert loose(site) == {}
    told = run("doctor", "--site", site, "--json").json
    assert [each["code"] for each in told if each["what"] == "files"] == ["files_no_group"]


def test_the_named_group_comes_at_all_of_it(run: Run, site: Path, umask: int) -> None:
    """The account's own group stands for the panel's: it is the one that may always be given."""
    group = grp.getgrgid(os.getegid()).gr_name
    name_group(site, group)
    assert run("case", "open", "--said", "x", "--site", site).code == 0
    assert run("backup", site, "--site", site).code == 0
    with open_session(Paths(site, site / "desk.sqlite3")) as session:
        session.desk.store.save_draft(
            "d", "intake", datetime.now(UTC), b"{}", updated_at=datetime.now(UTC)
        )
        wanted = {True: 0o2770, False: 0o660}
        found = modes(site)
        assert "desk.sqlite3-wal" in found
        assert {n: oct(m) for n, m in found.items() if m != wanted[(site / n).is_dir()]} == {}
    found_by = files_finding(site, site / "desk.sqlite3")
    assert (found_by.health, found_by.detail) == (Health.GOOD, {"group": group})


def why_not() -> str:
    """Why no second account can be had here; empty where it can."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return "only root can be another account"
    return "" if shutil.which("setpriv") else "there is no setpriv"


def as_account(uid: int, *arguments: str | Path, groups: str = "", stdin: str = "") -> str:
    """Run the program as another account under umask 000; its exit code and what it said."""
    changed = ["setpriv", f"--reuid={uid}", f"--regid={uid}"]
    changed += [f"--groups={groups}"] if groups else ["--clear-groups"]
    done = subprocess.run(
        [*changed, sys.executable, "-m", "dispatcher_tui", *map(str, arguments)],
        input=stdin.encode(),
        capture_output=True,
        env=environment(HOME="/nonexistent", PYTHONDONTWRITEBYTECODE="1"),
        timeout=60,
        check=False,
        cwd="/",
        umask=0,
    )
    return f"{done.returncode} {done.stdout.decode()}{done.stderr.decode()}"


@pytest.fixture
def shared_ground() -> Iterator[Path]:
    """A folder that every account can come to, and that the owner's account has."""
    folder = Path(tempfile.mkdtemp(prefix="dispatcher-accounts-"))
    folder.chmod(0o755)
    os.chown(folder, OWNER, OWNER)
    yield folder
    shutil.rmtree(folder)


@pytest.mark.skipif(bool(why_not()), reason=why_not() or "it is possible")
def test_two_accounts_on_one_machine(shared_ground: Path) -> None:
    readable = all(path.stat().st_mode & stat.S_IROTH for path in (ROOT, Path(sys.executable)))
    if not readable or as_account(STRANGER, "--version").split()[0] != "0":
        pytest.skip("the program itself is private here")
    site, group = shared_ground / "site", grp.getgrall()[-1]
    here = ("--site", site)
    opening = ("case", "open", "--said", "x", *here)
    assert as_account(OWNER, "init", *here)[0] == "0"
    assert as_account(OWNER, *opening)[0] == "0"
    for uid in (PANEL, STRANGER):
        assert as_account(uid, "case", "list", *here)[0] != "0"
        assert as_account(uid, *opening)[0] != "0"

    name_group(site, group.gr_name)
    os.chown(site / "site.toml", OWNER, OWNER)
    member = str(group.gr_gid)
    assert as_account(OWNER, *opening, groups=member)[0] == "0"
    alarm = as_account(PANEL, *opening, groups=member)
    assert alarm[0] == "0", alarm
    assert as_account(STRANGER, "case", "list", *here)[0] != "0"
    assert as_account(STRANGER, *opening)[0] != "0"

    with Store.open(site / "desk.sqlite3").write():
        pass
    alarm = as_account(PANEL, *opening, groups=member)
    assert alarm[0] == "0", "also after the root's own look at it"
    assert as_account(OWNER, *opening, groups=member)[0] == "0", "and back to the owner"
    listed = as_account(OWNER, "case", "list", *here, groups=member)
    assert len([line for line in listed.splitlines() if "-0" in line]) == 5, listed
    assert as_account(OWNER, "verify", *here, groups=member)[0] == "0"
