"""Loading a site's folder: all of it or a clear refusal, and nothing in between."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from datetime import date, time
from pathlib import Path

import msgspec
import pytest

from dispatcher_tui.domain.emergency.layer import under_layer
from dispatcher_tui.domain.time.calendar import Calendar
from dispatcher_tui.present.site.site_problems import describe
from dispatcher_tui.site.check import check
from dispatcher_tui.site.load import SiteData, load
from dispatcher_tui.site.problems import SiteError
from dispatcher_tui.site.toml_text import MOST_BYTES, read_text
from tests.site.samples import new_site, spoil


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return new_site(tmp_path / "site")


def rewrite(path: Path, old: str, new: str) -> None:
    path.write_text(spoil(path.read_text(encoding="utf-8"), old, new), encoding="utf-8")


def codes(folder: Path, *, lazy: bool = False) -> list[tuple[str, str, str]]:
    with pytest.raises(SiteError) as caught:
        load(folder, lazy=lazy)
    assert all(describe(problem) for problem in caught.value.problems)
    return [(p.file, p.key, p.code) for p in caught.value.problems]


def test_everything_a_desk_needs_is_there(site: Path) -> None:
    data = load(site)
    assert data.site.name == "翠湖花园"
    assert data.procedure.id == "estate-dispatch"
    assert set(data.procedures) == {path.stem for path in (site / "procedures").glob("*.toml")}
    assert data.procedures["estate-dispatch"] is data.written
    assert data.procedure == under_layer(data.written, data.layer)
    assert any(category.id == "leak" for category in data.categories)
    assert data.cards[0].id == "fire"
    assert data.calendar.office_end == time(17, 30)
    assert date(2026, 10, 10) in data.calendar.holidays[2026].work


def test_a_source_carries_the_hash_of_its_text(site: Path) -> None:
    source = load(site).procedure_source
    assert source.name == "procedures/estate-dispatch.toml"
    assert source.sha256 == hashlib.sha256(source.text.encode("utf-8")).hexdigest()


def test_line_ends_and_a_mark_do_not_change_a_hash(site: Path) -> None:
    before = load(site).procedure_source
    path = site / before.name
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert load(site).procedure_source == before


def test_the_adopted_calendar_reads_back_and_its_hash_is_steady(site: Path) -> None:
    data = load(site)
    assert msgspec.json.decode(data.calendar_source.text, type=Calendar) == data.calendar
    assert load(site).calendar_source == data.calendar_source
    rewrite(site / "site.toml", '"17:30"', '"18:00"')
    assert load(site).calendar_source.sha256 != data.calendar_source.sha256


def test_a_missing_folder_and_a_missing_file(tmp_path: Path, site: Path) -> None:
    assert ("site.toml", "", "file_missing") in codes(tmp_path / "nowhere")
    (site / "categories.toml").unlink()
    assert codes(site) == [("categories.toml", "", "file_missing")]


def test_an_unreadable_file(site: Path) -> None:
    (site / "site.toml").unlink()
    (site / "site.toml").mkdir()
    assert codes(site) == [("site.toml", "", "file_not_plain")]
    (site / "site.toml").rmdir()
    (site / "site.toml").symlink_to("site.toml")
    assert codes(site) == [("site.toml", "", "file_unreadable")]


def test_a_text_is_read_up_to_its_most_and_no_further(tmp_path: Path) -> None:
    path = tmp_path / "site.toml"
    path.write_bytes(b"#" * MOST_BYTES)
    assert len(read_text(path)) == MOST_BYTES
    path.write_bytes(b"#" * (MOST_BYTES + 1))
    with pytest.raises(SiteError) as caught:
        read_text(path)
    assert [each.code for each in caught.value.problems] == ["file_too_large"]


def test_a_procedure_that_is_not_there(site: Path) -> None:
    rewrite(site / "site.toml", '"estate-dispatch"', '"estate-dispach"')
    assert codes(site) == [("site.toml", "site.procedure", "procedure_missing")]


def test_the_problems_of_all_files_come_together(site: Path) -> None:
    rewrite(site / "site.toml", '"17:30"', '"25:30"')
    rewrite(site / "holidays" / "2026.toml", '"2026-01-01"', '"2026-01-32"')
    found = codes(site)
    assert ("site.toml", "office_hours.end", "bad_time") in found
    assert ("holidays/2026.toml", "off", "bad_date") in found


def test_what_the_first_frame_does_not_need_waits(site: Path) -> None:
    rewrite(site / "emergency" / "fire.toml", 'digit = "1"', 'digit = "11"')
    data = load(site, lazy=True)
    assert data.procedure.clocks
    assert [problem.code for problem in data.problems()] == ["bad_digit"]
    with pytest.raises(SiteError):
        data.prove()
    assert codes(site) == [("emergency/fire.toml", "digit", "bad_digit")]


def test_a_failed_reload_leaves_the_last_good_data_alone(site: Path) -> None:
    good = load(site)
    clocks = good.procedure.clocks
    own = good.written.clocks
    rewrite(site / "procedures" / "estate-dispatch.toml", 'due = "2h"', 'due = "two hours"')
    assert codes(site) == [
        ("procedures/estate-dispatch.toml", "clock[P0-05].due", "bad_due"),
    ]
    assert good.procedure.clocks is clocks
    assert good.procedures["estate-dispatch"].clocks is own


def test_what_is_parsed_later_is_the_text_that_was_read_first(site: Path) -> None:
    data = load(site, lazy=True)
    shutil.rmtree(site)
    assert data.cards
    assert data.categories


def test_a_holiday_table_the_site_lacks_is_the_shipped_one(site: Path) -> None:
    shutil.rmtree(site / "holidays")
    assert 2026 in load(site).calendar.holidays


def test_the_sites_own_holiday_table_wins(site: Path) -> None:
    table = 'year = 2026\noff = ["2026-03-03"]\nwork = [2026-03-07]\n'
    (site / "holidays" / "2026.toml").write_text(table, encoding="utf-8")
    (site / "holidays" / "2031.toml").write_text("year = 2031\n", encoding="utf-8")
    holidays = load(site).calendar.holidays
    assert holidays[2026].off == {date(2026, 3, 3)}
    assert holidays[2026].work == {date(2026, 3, 7)}
    assert 2031 not in holidays, "a table without a single day is none"


def test_a_new_years_notice_may_name_days_of_the_december_before(site: Path) -> None:
    table = 'year = 2027\noff = ["2026-12-31", "2027-01-01"]\nwork = ["2026-12-26"]\n'
    (site / "holidays" / "2027.toml").write_text(table, encoding="utf-8")
    before = load(site).calendar.holidays
    assert before[2027].off == {date(2027, 1, 1)}
    assert date(2026, 12, 31) in before[2026].off
    assert date(2026, 12, 26) in before[2026].work
    assert date(2026, 10, 10) in before[2026].work
    rewrite(site / "holidays" / "2027.toml", "2026-12-31", "2028-01-01")
    with pytest.raises(SiteError) as caught:
        load(site)
    (problem,) = caught.value.problems
    assert (problem.code, problem.detail["file"]) == ("other_year", "2028.toml")


def test_an_emptied_table_forgets_no_year_that_is_known(site: Path) -> None:
    (site / "holidays" / "2026.toml").write_text("year = 2026\n", encoding="utf-8")
    assert date(2026, 10, 1) in load(site).calendar.holidays[2026].off


def test_importing_the_loader_brings_in_nothing_heavy() -> None:
    program = (
        "import sys, dispatcher_tui.site.load, dispatcher_tui.site.scaffold;"
        "print(*sorted(m for m in ('difflib', 'platformdirs', 'rich', 'textual', 'sqlite3')"
        " if m in sys.modules))"
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    assert done.stdout.strip() == ""


def test_site_data_needs_a_whole_folder(site: Path) -> None:
    shutil.rmtree(site / "procedures")
    with pytest.raises(SiteError) as caught:
        SiteData(site)
    assert [problem.code for problem in caught.value.problems] == ["procedure_missing"]


@pytest.mark.parametrize(
    ("procedure", "offered"), [("bar-guests", True), ("hotel-guests", True), ("shop-chain", False)]
)
def test_a_category_is_offered_under_its_own_procedures_alone(
    tmp_path: Path, procedure: str, offered: bool
) -> None:
    data = load(new_site(tmp_path / "site", procedure))
    assert ("slow_order" in {category.id for category in data.offered}) is offered
    assert "slow_order" in {category.id for category in data.categories}, "old cases keep the name"
    assert "leak" in {category.id for category in data.offered}


def test_a_category_of_a_procedure_that_is_not_there_is_told(site: Path) -> None:
    rewrite(
        site / "categories.toml",
        'initials = "cptm"\nprocedures = ["bar-guests"',
        'initials = "cptm"\nprocedures = ["pub"',
    )
    found = [
        (p.key, p.code)
        for p in check(site, [])
        if p.file == "categories.toml" and p.code == "procedure_missing"
    ]
    assert found == [("category[slow_order].procedures", "procedure_missing")]
