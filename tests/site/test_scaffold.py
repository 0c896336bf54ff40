"""``init``: a new folder that loads at once, and never over one that is a site."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from dispatcher_tui.present.site.site_problems import describe
from dispatcher_tui.site import shipped
from dispatcher_tui.site.check import check, warn
from dispatcher_tui.site.lists import roster, units
from dispatcher_tui.site.lists.list_reading import read_roster, read_units
from dispatcher_tui.site.lists.roster import parse_roster
from dispatcher_tui.site.load import load
from dispatcher_tui.site.problems import SiteError
from dispatcher_tui.site.scaffold import scaffold
from tests.site import samples
from tests.site.samples import new_site


def problems(dest: Path, **values: str) -> list[tuple[str, str]]:
    chosen = {"name": "翠湖", "procedure": "estate-dispatch", "zone": "Asia/Shanghai", **values}
    with pytest.raises(SiteError) as caught:
        scaffold(dest, **chosen)
    assert all(describe(problem) for problem in caught.value.problems)
    return [(problem.key, problem.code) for problem in caught.value.problems]


def test_a_new_site_loads_and_its_lists_are_empty(tmp_path: Path) -> None:
    site = new_site(tmp_path / "a" / "site", "resident-station")
    data = load(site)
    assert (data.site.name, data.procedure.id) == ("翠湖花园", "resident-station")
    assert read_roster(site / "roster.csv") == []
    assert read_units(site / "units.csv") == []
    assert (site / "pinyin.txt").is_file()
    for name, columns in (("roster.csv", roster.COLUMNS), ("units.csv", units.COLUMNS)):
        with (site / name).open(encoding="utf-8-sig", newline="") as stream:
            assert next(csv.reader(stream)) == list(columns)


@pytest.mark.parametrize(
    "name", ['翠湖"花园"', "a\\b", "= # [x]", "园\n区\t1", "\\u0041", "\x1b[2J园"]
)
def test_any_name_is_kept_safely(tmp_path: Path, name: str) -> None:
    scaffold(tmp_path, name=name, procedure="estate-dispatch", zone="Europe/Berlin")
    site = load(tmp_path).site
    assert site.zone == "Europe/Berlin"
    assert site.name == name.replace("\n", " ").replace("\t", " ").replace("\x1b", "")


def test_a_folder_that_is_a_site_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text("mine", encoding="utf-8")
    assert problems(tmp_path) == [("", "site_exists")]
    assert [path.name for path in tmp_path.iterdir()] == ["site.toml"]


def test_values_that_cannot_be_used_are_told_together_and_nothing_is_written(
    tmp_path: Path,
) -> None:
    found = problems(tmp_path / "new", name=" \x1b ", procedure="estate", zone="Beijing")
    assert found == [
        ("site.name", "empty_text"),
        ("site.procedure", "procedure_missing"),
        ("site.zone", "bad_zone"),
    ]
    assert not (tmp_path / "new").exists()


def test_a_folder_left_half_done_is_finished_and_own_files_stay(tmp_path: Path) -> None:
    (tmp_path / "units.csv").write_text(samples.UNITS, encoding="utf-8")
    (tmp_path / "emergency").mkdir()
    new_site(tmp_path)
    assert len(read_units(tmp_path / "units.csv")) == 2
    assert load(tmp_path).cards
    assert not list(tmp_path.rglob("*.new"))


def test_a_new_site_is_not_sound_before_the_ladder_has_numbers(tmp_path: Path) -> None:
    site = new_site(tmp_path)
    found = check(site, [])
    assert [p.detail["name"] for p in found if p.code == "ladder_role_empty"] == [
        "head",
        "vp",
        "gm",
    ]
    (lost,) = (p for p in found if p.code == "kinds_reach_nobody")
    titles = [card.title for card in load(site).cards]
    assert lost.detail["en"] == ", ".join(title.en for title in titles)
    assert lost.detail["zh"] == "、".join(title.zh for title in titles), "words, no ids"
    said = {p.code for p in warn(site, [], date(2026, 11, 21)) if p.file == "roster.csv"}
    assert said == {"group_role_empty"}


def test_people_who_left_do_not_hold_a_ladder(tmp_path: Path) -> None:
    site = new_site(tmp_path)
    text = samples.ROSTER.replace("2022-03-01,,", "2022-03-01,2026-06-30,")
    people = parse_roster(text)

    def missing(today: date | None) -> set[str]:
        found = check(site, people, today)
        return {p.detail["name"] for p in found if p.code == "ladder_role_empty"}

    assert "head" not in missing(None)
    assert "head" not in missing(date(2026, 6, 30))
    assert "head" in missing(date(2026, 7, 1))


def test_check_reads_every_file(tmp_path: Path) -> None:
    site = new_site(tmp_path)
    (site / "procedures" / "resident-station.toml").write_text("id = 1", encoding="utf-8")
    (site / "emergency" / "fire.toml").write_bytes("题 = 1".encode("gbk"))
    (site / "pinyin.txt").write_bytes(b"\xff")
    files = {problem.file for problem in check(site, [])}
    assert {"pinyin.txt", "emergency/fire.toml"} <= files


def test_check_goes_on_past_a_faulty_card(tmp_path: Path) -> None:
    site = new_site(tmp_path)
    (site / "emergency" / "fire.toml").write_text("id = 1", encoding="utf-8")
    (site / "procedures" / "resident-station.toml").write_text("id = 1", encoding="utf-8")
    files = {problem.file for problem in check(site, [])}
    assert {"procedures/resident-station.toml", "emergency/fire.toml", "roster.csv"} <= files


def test_the_default_folder_is_named_and_not_made() -> None:
    assert shipped.default_dir().parts[-2:] == ("dispatcher-tui", "site")
