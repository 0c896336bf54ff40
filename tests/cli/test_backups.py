"""Copies: made, proved, kept, gone on from."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from dispatcher_tui.cli import record
from dispatcher_tui.desk.site.backups import copies, made_today, prune
from dispatcher_tui.present.record_hash import record_named
from dispatcher_tui.store.db import Db
from dispatcher_tui.store.seal import seal
from tests.cli.support import Run
from tests.store.older_form import take_back_to

ZONE = ZoneInfo("Asia/Shanghai")


@contextmanager
def answering(monkeypatch: pytest.MonkeyPatch, answer: str) -> Iterator[list[str]]:
    """Somebody sits at a terminal and answers every question so; what was asked is in the list."""
    asked = list[str]()

    def ask(words: str) -> str:
        asked.append(words)
        return answer

    with monkeypatch.context() as terminal:
        terminal.setattr(record, "interactive", lambda: True)
        terminal.setattr(record, "ask_line", ask)
        yield asked


def test_a_copy_is_made_and_written_down(run: Run, site: Path, tmp_path: Path) -> None:
    run("case", "open", "--said", "漏水", "--site", site)
    head = run("verify", "--json", "--site", site).json["head"]
    done = run("backup", tmp_path, "--site", site)
    assert done.code == 0
    path = Path(done.out.strip())
    assert path.parent == tmp_path
    copied = run("verify", "--json", "--db", path, "--site", site).json
    assert (copied["sound"], copied["head"]) == (True, head)
    last = run("log", "--json", "--site", site).json[-1]
    assert last["kind"] == "backup_made"
    assert path.name in last["text"]


def test_a_copy_never_takes_anothers_place(run: Run, site: Path, tmp_path: Path) -> None:
    note = tmp_path / "letter.txt"
    note.write_text("dear", encoding="utf-8")
    assert run("backup", note, "--site", site).code == 1
    assert note.read_text(encoding="utf-8") == "dear"
    assert run("backup", tmp_path / "no" / "where", "--site", site).code == 1
    assert run("backup", site / "desk.sqlite3", "--site", site).code == 1


def test_the_way_back_begins_a_new_epoch(run: Run, site: Path, tmp_path: Path) -> None:
    first = run("case", "open", "--said", "before", "--site", site).out.strip()
    copy = run("backup", tmp_path, "--site", site).out.strip()
    second = run("case", "open", "--said", "after", "--site", site).out.strip()
    done = run("restore", copy, "--site", site)
    assert done.code == 0, done.err
    assert run("case", "show", first, "--site", site).code == 0
    assert run("case", "show", second, "--site", site).code == 1
    assert run("verify", "--site", site).code == 0
    assert run("log", "--json", "--site", site).json[-1]["kind"] == "restored"
    assert list(site.glob("desk.sqlite3.replaced-*"))


def older(database: Path, made: Path, *, sealed: bool) -> Path:
    """The record as the version before would have left it, as its copy or as its own file."""
    shutil.copyfile(database, made)
    db = Db.connect(made)
    take_back_to(db)
    db.close()
    if sealed:
        seal(made)
    return made


@pytest.mark.parametrize("there", ["of today", "older", "lost"])
def test_a_copy_that_an_older_version_made_is_gone_on_from(
    run: Run, site: Path, tmp_path: Path, there: str
) -> None:
    database = site / "desk.sqlite3"
    first = run("case", "open", "--said", "before", "--site", site).out.strip()
    copy = older(database, tmp_path / "desk-old.sqlite3", sealed=True)
    fire = ("--category", "smoke_fire", "--fact", "fire", "--place", "9-1-0503")
    second = run("case", "open", *fire, "--site", site).out.strip()
    if there == "older":
        older(database, tmp_path / "own.sqlite3", sealed=False).replace(database)
    for path in site.glob("desk.sqlite3*") if there == "lost" else ():
        path.unlink()
    done = run("restore", copy, "--site", site)
    assert done.code == 0, done.err
    assert (second in done.err) is (there != "lost"), "what is later and open is named"
    assert run("case", "show", first, "--site", site).code == 0
    assert run("case", "show", second, "--site", site).code == 1
    proved = run("verify", "--site", site)
    assert proved.code == 0, proved.out
    assert run("log", "--json", "--site", site).json[-1]["kind"] == "restored"


def test_what_is_open_and_later_than_the_copy_is_named_before_and_after(
    run: Run, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("case", "open", "--said", "in both", "--site", site)
    copy = run("backup", tmp_path, "--site", site).out.strip()
    nothing = run("--lang", "en", "restore", copy, "--site", site)
    assert nothing.err.startswith("The copy is older: 1 entry of the record is not in it.\n")
    assert "Still open" not in nothing.err, "what is closed or in the copy is not to be opened anew"
    leak = ("--category", "leak", "--place", "3-2-1502")
    leak_number = run("case", "open", *leak, "--site", site).out.strip()
    fire = ("--fact", "fire", "--place", "9-1-0503")
    number = run("case", "open", *fire, "--site", site).out.strip()
    before = run("verify", "--json", "--site", site).json

    with answering(monkeypatch, "") as asked:
        kept = run("--lang", "en", "restore", copy, "--site", site)
    assert kept.code == 1
    assert asked == ["Type yes to go on from the copy: "]
    assert run("verify", "--json", "--site", site).json == before, "no is no"

    done = run("--lang", "en", "restore", copy, "--site", site)
    assert done.code == 0
    told = [
        f"1 open EMERGENCY: {number} Smoke or fire building 9, unit 1, room 0503",
        f"1 open case: {leak_number} Water leak building 3, unit 2, room 1502",
    ]
    lines = done.err.splitlines()
    first = lines.index(told[0])
    assert lines[first - 1] == "Still open in the record here:"
    assert lines[0] == "The copy is older: 4 entries of the record are not in it."
    assert lines[first : first + 2] == told
    after = lines.index("NOT in this record any more, to be opened anew now:")
    assert lines[after + 1 : after + 3] == told
    assert after > first
    assert run("case", "show", number, "--site", site).code == 1


def test_of_two_branches_it_says_how_many_entries_of_each_are_lost_and_kept(
    run: Run, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def head() -> tuple[int, str]:
        told = run("verify", "--json", "--site", site).json
        return told["rows"], record_named(told["record"], told["branch"])

    seq, _name = head()
    early = run("backup", tmp_path / "early.sqlite3", "--site", site).out.strip()
    for number in range(4):
        run("case", "open", "--said", f"first {number}", "--site", site)
    long_, known = head()
    late = run("backup", tmp_path / "late.sqlite3", "--site", site).out.strip()
    assert run("restore", early, "--site", site).code == 0
    run("case", "open", "--said", "second", "--site", site)
    short, own = head()
    with answering(monkeypatch, "no") as asked:
        assert run("--lang", "en", "restore", late, "--site", site).code == 1
    assert len(asked) == 1
    done = run("--lang", "en", "restore", late, "--site", site)
    assert done.err.splitlines()[:3] == [
        f"The copy and the record here went apart after entry {seq}.",
        f"Lost to the record: {short - seq} entries that only the record here has ({own}).",
        f"Kept: {long_ - seq} entries that only the copy has ({known}).",
    ]
    assert long_ > short, "the longer one is not the later one"


def test_a_copy_that_has_more_takes_nothing_away(run: Run, site: Path, tmp_path: Path) -> None:
    before = tmp_path / "before.sqlite3"
    early = run("backup", before, "--site", site).out.strip()
    run("case", "open", "--said", "x", "--site", site)
    late = run("backup", tmp_path / "late.sqlite3", "--site", site).out.strip()
    shutil.copyfile(early, site / "desk.sqlite3")
    done = run("--lang", "en", "restore", late, "--site", site)
    more = "Nothing is lost: the copy has all of the record here, and 2 entries more."
    assert done.err.splitlines()[0] == more


def test_a_file_that_cannot_be_read_is_replaced_without_a_word(
    run: Run, site: Path, tmp_path: Path
) -> None:
    copy = run("backup", tmp_path, "--site", site).out.strip()
    (site / "desk.sqlite3").write_bytes(b"no database at all" * 100)
    done = run("--lang", "en", "restore", copy, "--site", site)
    assert done.code == 0, done.err
    assert "older" not in done.err


def test_a_faulty_copy_is_refused_and_nothing_changes(run: Run, site: Path, tmp_path: Path) -> None:
    number = run("case", "open", "--said", "x", "--site", site).out.strip()
    copy = Path(run("backup", tmp_path, "--site", site).out.strip())
    whole = copy.read_bytes()
    flipped = bytearray(whole)
    flipped[len(whole) // 2] ^= 1
    for content in (whole[:-1], whole[: len(whole) // 2], bytes(flipped), b""):
        copy.write_bytes(content)
        assert run("restore", copy, "--site", site).code == 3
    assert run("restore", tmp_path / "nothing", "--site", site).code == 1
    assert run("case", "show", number, "--site", site).code == 0


def test_so_many_are_kept(run: Run, site: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    names = [f"site-2026110{day}T010000.sqlite3" for day in range(1, 6)]
    for name in names:
        (folder / name).touch()
    (folder / "mine.sqlite3").touch()
    prune(folder, 3)
    assert [path.name for path in copies(folder)] == names[2:]
    assert run("backup", folder, "--keep", "2", "--site", site).code == 0
    assert len(copies(folder)) == 2
    assert (folder / "mine.sqlite3").exists()


def test_a_copy_of_today_by_the_sites_calendar(tmp_path: Path) -> None:
    late = datetime(2026, 11, 21, 15, 59, 59, tzinfo=UTC)
    assert not made_today(tmp_path, late, ZONE)
    (tmp_path / "site-20261121T010000.sqlite3").touch()
    assert made_today(tmp_path, late, ZONE)
    assert not made_today(tmp_path, late + timedelta(seconds=1), ZONE)


def test_whose_record_it_is_stands_on_what_leaves_it(run: Run, site: Path, tmp_path: Path) -> None:
    """In doctor, on a paper, in JSON; after a restore the branch as well."""
    number = run("case", "open", "--said", "x", "--site", site).out.strip()
    known = run("verify", "--json", "--site", site).json
    assert (len(known["record"]), known["branch"]) == (64, "")
    copy = run("backup", tmp_path, "--site", site).out.strip()
    assert known["record"] in run("doctor", "--site", site).out
    run("restore", copy, "--site", site)
    after = run("verify", "--json", "--site", site).json
    assert after["record"] == known["record"]
    assert after["branch"] == after["head"]
    found = run("doctor", "--site", site).out
    assert known["record"] in found
    assert after["branch"] in found
    shown = " ".join(known["record"][at : at + 4] for at in range(0, 16, 4))
    month = run("log", "--json", "--site", site).json[0]["recorded_at"][:7]
    for form in ("txt", "md"):
        out = tmp_path / f"month.{form}"
        assert run("month", month, "--out", out, "--site", site).code == 0
        assert shown in " ".join(out.read_text(encoding="utf-8").split())
    out = tmp_path / "month.json"
    assert run("month", month, "--out", out, "--site", site).code == 0
    assert json.loads(out.read_text(encoding="utf-8"))["record"] == known["record"]
    assert run("case", "show", number, "--site", site).code == 0


def test_another_sites_copy_is_refused_unless_it_is_named(
    run: Run, site: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    init = ("init", "--procedure", "estate-dispatch", "--operator", "张三", "--pin-stdin")
    assert run(*init, "--site", other, stdin="135790\n").code == 0
    copy = run("backup", tmp_path, "--site", other).out.strip()
    record = run("verify", "--json", "--site", other).json["record"]
    head = run("verify", "--json", "--site", site).json["head"]
    refused = run("restore", copy, "--site", site)
    assert refused.code == 1
    assert f"--record {record}" in refused.err
    assert run("restore", copy, "--record", "f" * 64, "--site", site).code == 1
    told = " ".join(run("restore", "--help").out.split())
    assert "Without one it does as told and asks nothing" in told
    assert "refused unless --record names it" in told
    assert run("verify", "--json", "--site", site).json["head"] == head
    done = run("restore", copy, "--record", record, "--site", site)
    assert done.code == 0, done.err
    assert "next hundred" in done.err
    assert run("verify", "--json", "--site", site).json["record"] == record


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("UPDATE meta SET value = '0' WHERE key LIKE 'number:%'", "number:"),
        ("UPDATE meta SET value = '999' WHERE key LIKE 'number:%'", "number:"),
        ("DELETE FROM meta WHERE key LIKE 'number:%'", "number:"),
    ],
)
def test_a_counter_that_a_restored_record_goes_on_from_is_proved(
    run: Run, site: Path, tmp_path: Path, change: str, named: str
) -> None:
    """A lower one would give the replaced file's numbers out once more."""
    copy = run("backup", tmp_path, "--site", site).out.strip()
    run("case", "open", "--said", "later", "--site", site)
    assert run("restore", copy, "--site", site).code == 0
    assert run("verify", "--site", site).code == 0
    run("case", "open", "--said", "after", "--site", site)
    assert run("verify", "--site", site).code == 0
    db = Db.connect(site / "desk.sqlite3")
    assert db.run(change).rowcount > 0
    db.close()
    proved = run("verify", "--site", site)
    assert proved.code == 3
    assert f"meta {named}" in proved.out + proved.err


TAMPERED = (
    "UPDATE operators SET role = 'head' WHERE name = '李建国'",
    "INSERT INTO units VALUES ('1-1-1', '1-1-1', '1', '{}')",
    "INSERT INTO meta VALUES ('x', 'y')",
    "DROP TRIGGER journal_delete",
)


@pytest.mark.parametrize("wrong", TAMPERED)
def test_what_a_proof_names_is_said_and_nothing_is_refused(
    run: Run, site: Path, tmp_path: Path, wrong: str
) -> None:
    good = run("backup", tmp_path / "good.sqlite3", "--site", site)
    assert (good.code, "verify" in good.err) == (0, False), good.err
    db = Db.connect(site / "desk.sqlite3")
    db.run(wrong)
    db.close()
    named = [each["detail"] for each in run("verify", "--json", "--site", site).json["problems"]]
    assert len(named) == 1
    made = run("backup", tmp_path / "copy.sqlite3", "--site", site)
    restored = run("restore", tmp_path / "copy.sqlite3", "--site", site)
    for done in (made, restored):
        assert done.code == 0, done.err
        (line,) = [line for line in done.err.splitlines() if "verify" in line]
        assert line.startswith("Note: verify names of this record: ")
        assert named[0] in line
    assert run("verify", "--site", site).code == 3
    again = run("restore", tmp_path / "good.sqlite3", "--site", site)
    assert (again.code, "verify" in again.err) == (0, False)
    assert run("verify", "--site", site).code == 0


def test_of_many_three_are_said_and_the_rest_counted(run: Run, site: Path, tmp_path: Path) -> None:
    db = Db.connect(site / "desk.sqlite3")
    for n in range(5):
        db.run("INSERT INTO meta VALUES (?, 'y')", (f"x{n}",))
    db.close()
    done = run("backup", tmp_path, "--site", site)
    lines = [line for line in done.err.splitlines() if "verify" in line]
    assert len(lines) == 4
    assert lines[-1] == "More of them: 2; verify names all"


@pytest.mark.parametrize("sealed", [False, True])
def test_verify_of_an_older_file_says_the_head_that_lies_there(
    run: Run, site: Path, tmp_path: Path, sealed: bool
) -> None:
    run("case", "open", "--said", "x", "--site", site)
    today = run("verify", "--json", "--site", site).json
    assert today["older"] is False
    assert run("--lang", "en", "verify", "--site", site).out.count("Head ") == 1
    made = older(site / "desk.sqlite3", tmp_path / "old.sqlite3", sealed=sealed)
    before = made.read_bytes()
    told = run("verify", "--json", "--db", made).json
    same = ("rows", "head", "record", "branch", "sound")
    assert {key: told[key] for key in same} == {key: today[key] for key in same}
    assert told["older"] is True
    lines = run("--lang", "en", "verify", "--db", made).out.splitlines()
    assert lines[-1] == f"Head {today['head']}: the file as it lies, up to entry {today['rows']}."
    assert "a copy brought up to date" in lines[-2]
    assert sum("Head " in line for line in lines) == 1
    assert run("verify", "--head", today["head"], "--db", made).code == 0, "it is on the paper"
    assert made.read_bytes() == before
