"""``site import``: what a list does is said before it is done; what takes much has to be meant."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from dispatcher_tui.site.lists.list_reading import read_lists
from dispatcher_tui.site.lists.roster import parse_roster
from dispatcher_tui.site.lists.units import parse_units
from dispatcher_tui.site.shipped import data_dir
from tests.cli.support import Result, Run

Take = Callable[..., Result]

DEMO = data_dir() / "demo"
HEADS = "id,name,role,phone1\n"
HEAD = "h1,甲,head,13900000101\n"
STAFF = "".join(f"p{n},员工{n},implementer,139000002{n:02}\n" for n in range(30))


def units(count: int) -> str:
    return "房产,业主,电话\n" + "".join(f"3-2-15{n:02},甲,13800000001\n" for n in range(count))


@pytest.fixture
def take(run: Run, site: Path, tmp_path: Path) -> Take:
    """Import a text as a file of the name that its kind has."""

    def one(text: str, *options: str) -> Result:
        path = tmp_path / "list.csv"
        path.write_text(text, "utf-8")
        return run("--lang", "en", "site", "import", path, *options, "--site", site)

    return one


def known(run: Run, site: Path, place: str) -> bool:
    """Whether the register has a place: a case there is opened without a word about it."""
    return (
        "register" not in run("case", "open", "--said", "x", "--place", place, "--site", site).err
    )


def test_a_dry_run_says_what_would_be_and_changes_nothing(take: Take, run: Run, site: Path) -> None:
    assert take(units(40)).code == 0
    changed = units(39).replace("3-2-1500,甲", "3-2-1500,乙") + "3-2-1601,丙,110\n"
    done = take(changed, "--dry-run")
    assert done.code == 0
    for line in (
        "list.csv: rows read: 40, in the list: 40",
        "new: 1 (3-2-1601)",
        "changed: 1 (3-2-1500)",
        "gone: 1 (3-2-1539)",
        "dry run",
    ):
        assert line in done.err
    assert known(run, site, "3-2-1539")
    assert not known(run, site, "3-2-1601")
    assert take(changed).code == 0
    assert known(run, site, "3-2-1601")
    assert not known(run, site, "3-2-1539")


@pytest.mark.parametrize(("gone", "code"), [(4, 0), (5, 1)])
def test_more_than_a_tenth_has_to_be_meant(
    take: Take, run: Run, site: Path, gone: int, code: int
) -> None:
    assert take(units(40)).code == 0
    done = take(units(40 - gone))
    assert done.code == code
    assert f"gone: {gone}" in done.err
    assert ("--replace" in done.err) == bool(code)
    assert known(run, site, "3-2-1539") == bool(code)
    assert take(units(40 - gone), "--replace").code == 0
    assert not known(run, site, "3-2-1539")


def test_a_rung_without_anybody_to_ring_has_to_be_meant(take: Take) -> None:
    assert take(f"{HEADS}{STAFF}").code == 0, "a rung that was empty before is no loss"
    assert take(f"{HEADS}{HEAD}{STAFF}").code == 0
    silent = HEAD.replace("13900000101", "")
    for lost in ("", silent):
        done = take(f"{HEADS}{lost}{STAFF}")
        assert done.code == 1
        assert "nobody with a number would hold: Head of the estate office" in done.err
    assert take(f"{HEADS}{silent}{STAFF}", "--replace").code == 0


def test_an_empty_list_is_never_taken_over(take: Take, run: Run, site: Path) -> None:
    assert take(units(3)).code == 0
    done = take(units(0), "--replace")
    assert done.code == 1
    assert "empty" in done.err
    assert known(run, site, "3-2-1500")


def test_a_damaged_row_is_named_in_the_operator_s_language(
    run: Run, site: Path, tmp_path: Path
) -> None:
    path = tmp_path / "房.csv"
    path.write_bytes("房产,电话\n3-2-1502,138****0001\n".encode("gbk"))
    done = run("--lang", "zh", "site", "import", path, "--site", site)
    assert done.code == 1
    assert "第 2 行" in done.err
    assert "138****0001" in done.err
    assert "星号" in done.err


def test_a_list_in_another_form_stays_sound_in_its_folder(run: Run, site: Path) -> None:
    (site / "units.csv").write_bytes("房产;业主\n3-2-1502;甲\n".encode("gbk"))
    assert run("site", "import", site / "units.csv", "--site", site).code == 0
    assert run("case", "open", "--said", "x", "--place", "3-2-1502", "--site", site).err == ""
    assert run("verify", "--site", site).code == 0
    forgotten = run("--lang", "en", "site", "forget", "3-2-1502", "--yes", "--site", site)
    assert "has it still" in forgotten.out


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_is_exported_comes_back_the_same(
    run: Run, site: Path, tmp_path: Path, lang: str
) -> None:
    lists = (DEMO / "units.csv", DEMO / "roster.csv")
    assert run("site", "import", *lists, "--site", site).code == 0
    book = tmp_path / "lists.xlsx"
    done = run("--lang", lang, "site", "export", "--out", book, "--site", site)
    assert (done.code, done.out) == (0, "")
    units, people = read_lists(book)
    assert list(units.households) == parse_units((DEMO / "units.csv").read_text("utf-8-sig"))
    assert list(people.people) == parse_roster((DEMO / "roster.csv").read_text("utf-8-sig"))
    again = run("--lang", "en", "site", "import", book, "--dry-run", "--site", site)
    assert again.err.count("nothing changes") == 2
    text = openpyxl.load_workbook(book).worksheets[0]["A2"]
    assert (text.data_type, text.value) == ("s", "1-1-0101")
    assert text.quotePrefix, "it stays text when somebody edits it"


@pytest.mark.parametrize("name", ["lists.csv", "lists", "no/lists.xlsx"])
def test_an_export_that_cannot_be_written_says_so(
    run: Run, site: Path, tmp_path: Path, name: str
) -> None:
    done = run("site", "export", "--out", tmp_path / name, "--site", site)
    assert (done.code, done.out) == (2, "")
    assert "--out" in done.err
    assert not list(tmp_path.glob("lists*"))


def test_the_sound_rows_are_counted_beside_a_damaged_one_and_none_is_taken(
    take: Take, run: Run, site: Path
) -> None:
    assert take(units(3)).code == 0
    text = units(5).replace("3-2-1501,甲,13800000001", "3-2-1501,甲,138...0001")
    for options in (("--dry-run",), ()):
        done = take(text, *options)
        assert done.code == 1
        assert "138...0001" in done.err
        assert "Without the rows that are refused" in done.err
        assert "rows read: 5, in the list: 4" in done.err
        assert "new: 2 (3-2-1503, 3-2-1504)" in done.err
        assert "gone: 1 (3-2-1501)" in done.err
        assert "Nothing was changed: 1 place has to be mended first." in done.err
    assert known(run, site, "3-2-1501")
    assert not known(run, site, "3-2-1503")
    roster = f"{HEADS}{HEAD}{STAFF}x1,乙,implementer,138----0004\nx1,丙,implementer,110\n"
    done = take(roster + "h1,丁,implementer,110\n")
    assert done.code == 1
    assert "rows read: 34, in the list: 32" in done.err, "neither the masked nor the second h1"
