"""``calendar import``: a year's holidays as they are published, and whatever else comes instead."""

from __future__ import annotations

import json
import random
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from dispatcher_tui.site.load import load
from tests.cli.support import Run

YEAR = datetime.now(UTC).year + 1
"""A year of which nothing is shipped."""


def published(year: int, *days: tuple[str, bool], **more: Any) -> str:
    """The yearly list, with what else stands in it."""
    return json.dumps(
        {
            "$schema": "https://example.invalid/schema.json",
            "year": year,
            "papers": ['https://example.invalid/notice "7"'],
            "days": [{"name": "元旦", "date": day, "isOffDay": off} for day, off in days],
            **more,
        },
        ensure_ascii=False,
    )


@pytest.fixture
def given(tmp_path: Path) -> Path:
    """The file that is handed over; its name says nothing."""
    return tmp_path / "放假安排.txt"


def test_the_published_list_is_taken_over(run: Run, site: Path, given: Path) -> None:
    days = ((f"{YEAR - 1}-12-31", True), (f"{YEAR}-01-01", True), (f"{YEAR}-01-09", False))
    given.write_text(published(YEAR, *days), "utf-8")
    done = run("calendar", "import", given, "--site", site)
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        f"{YEAR}: 2 days off, 1 days worked instead",
        f"1 of them in December {YEAR - 1}",
    ]
    tables = load(site).calendar.holidays
    assert tables[YEAR].off == {date(YEAR, 1, 1)}
    assert tables[YEAR].work == {date(YEAR, 1, 9)}
    assert date(YEAR - 1, 12, 31) in tables[YEAR - 1].off
    checked = run("site", "check", "--site", site)
    assert f"holidays/{YEAR}" not in checked.out + checked.err
    assert run("verify", "--site", site).code == 0


def test_a_table_of_ours_keeps_its_words(run: Run, site: Path, given: Path) -> None:
    text = f'# 抄自通知\nyear = {YEAR}\noff = [{YEAR}-01-01, "{YEAR}-01-02"]\n'
    given.write_text(text, "utf-8")
    assert run("calendar", "import", given, "--site", site).code == 0
    path = site / "holidays" / f"{YEAR}.toml"
    assert path.read_text("utf-8") == text
    again = run("calendar", "import", given, "--site", site)
    assert (again.code, again.err) == (0, "")
    given.write_text(text.replace("01-02", "01-03"), "utf-8")
    other = run("calendar", "import", given, "--site", site)
    (kept,) = (site / "holidays").glob("*.old")
    assert kept.name in other.err
    assert kept.read_text("utf-8") == text
    assert load(site).calendar.holidays[YEAR].off == {date(YEAR, 1, 1), date(YEAR, 1, 3)}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (published(YEAR), "not published yet"),
        (f"year = {YEAR}\n", "not published yet"),
        (published(YEAR, (f"{YEAR}-02-30", True)), f"{YEAR}-02-30"),
        (published(YEAR, (f"{YEAR + 1}-01-01", True)), f"{YEAR + 1}.toml"),
        (published(YEAR, (f"{YEAR - 1}-11-30", True)), f"{YEAR - 1}.toml"),
        (published(YEAR, (f"{YEAR}-01-01", True), (f"{YEAR}-01-01", False)), "both"),
        (published(YEAR, (f"{YEAR}-01-01", True), (f"{YEAR}-01-01", True)), "twice"),
        (published(YEAR, days=[{"date": f"{YEAR}-01-01"}]), "isOffDay"),
        (published(YEAR, days=[{"date": f"{YEAR}-01-01", "isOffDay": "yes"}]), "isOffDay"),
        (published(YEAR, days={"a": 1}), "days"),
        (published(YEAR, days=["x"]), "days"),
        ("{}", "year"),
        ('{"year": 2027,', "line 1"),
        ("[" * 100_000, "line 1"),
        ('{"a":' * 100_000, "line 1"),
        ("放假", "line 1"),
    ],
)
def test_what_is_no_notice_is_refused_with_its_reason(
    run: Run, site: Path, given: Path, text: str, said: str
) -> None:
    before = sorted(path.name for path in (site / "holidays").iterdir())
    given.write_text(text, "utf-8")
    done = run("calendar", "import", given, "--site", site)
    assert done.code == 1
    assert given.name in done.err
    assert said in done.err
    assert "Traceback" not in done.err
    assert sorted(path.name for path in (site / "holidays").iterdir()) == before


def test_where_it_cannot_be_written_nothing_is_said_to_be_taken(
    run: Run, site: Path, given: Path
) -> None:
    given.write_text(published(YEAR, (f"{YEAR}-01-01", True)), "utf-8")
    shutil.rmtree(site / "holidays")
    (site / "holidays").write_text("", "utf-8")
    done = run("calendar", "import", given, "--site", site)
    assert (done.code, done.out) == (1, "")
    assert "cannot be written" in done.err
    assert run("verify", "--site", site).code == 0


def test_one_bad_file_keeps_all_from_being_taken(run: Run, site: Path, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_text(published(YEAR, (f"{YEAR}-01-01", True)), "utf-8")
    bad.write_text(published(YEAR + 1), "utf-8")
    assert run("calendar", "import", good, bad, "--site", site).code == 1
    assert not (site / "holidays" / f"{YEAR}.toml").exists()


def test_a_case_that_was_not_sure_is_set_right(run: Run, tmp_path: Path, given: Path) -> None:
    site = tmp_path / "letters"
    made = ("init", "--site", site, "--procedure", "service-centre", "--operator", "李建国")
    assert run(*made, "--pin-stdin", stdin="246813\n").code == 0
    path = site / "procedures" / "service-centre.toml"
    text = path.read_text("utf-8")
    path.write_text(text.replace('due = "3 working days"', 'due = "270 working days"'), "utf-8")
    told = ("case", "open", "--channel", "letter", "--said", "来信", "--site", site, "--json")
    opened = run(*told).json
    assert False in [duty["confirmed"] for duty in opened["duties"]]
    first = date(YEAR, 3, 1)
    for year in (YEAR, YEAR + 1):
        days = [(str(first.replace(year=year) + timedelta(days=n)), True) for n in range(5)]
        given.write_text(published(year, *days), "utf-8")
        done = run("calendar", "import", given, "--site", site)
        assert done.code == 0, done.err
    shown = run("case", "show", opened["number"], "--site", site, "--json").json
    assert {duty["confirmed"] for duty in shown["duties"]} == {True}
    assert "holidays_known" in [entry["kind"] for entry in shown["entries"]]
    assert shown["duties"] != opened["duties"]
    assert run("verify", "--site", site).code == 0


def test_any_days_come_back_as_they_were_published(run: Run, site: Path, given: Path) -> None:
    seed = random.randrange(2**32)
    print("seed", seed)
    chance = random.Random(seed)
    days = {
        str(date(YEAR - 1, 12, 1) + timedelta(days=chance.randrange(396))): chance.random() < 0.8
        for _ in range(40)
    }
    days = {day: off for day, off in days.items() if day <= f"{YEAR}-12-31"}
    given.write_text(published(YEAR, *days.items()), "utf-8")
    assert run("calendar", "import", given, "--site", site).code == 0
    tables = load(site).calendar.holidays
    for day, off in days.items():
        when = date.fromisoformat(day)
        assert (when in tables[when.year].off, when in tables[when.year].work) == (off, not off)
