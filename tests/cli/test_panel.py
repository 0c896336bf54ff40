"""``case open --panel``: what an alarm panel's script is told, and what it never loses."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.bootstrap import open_desk
from dispatcher_tui.desk.emergency.panel import plan_test
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.paths import Paths
from tests.cli.support import Result, Run

ALARM = ("--channel", "panel", "--fact", "fire", "--place", "9-2-0503")


def alarm(run: Run, site: Path, *more: str) -> Result:
    """The panel's script runs."""
    return run("case", "open", "--site", site, *ALARM, *more)


def test_a_repeated_alarm_prints_the_case_it_counts_on(run: Run, site: Path) -> None:
    first = alarm(run, site, "--said", "烟感", "--panel", "2号")
    again = alarm(run, site, "--said", "手报", "--panel=2号")
    assert (again.code, again.out) == (0, first.out)
    assert f"counted on {first.out.strip()} as alarm 2" in again.err
    third = alarm(run, site, "--said", "烟感", "--panel", "2号", "--json")
    assert (third.code, third.json["number"], third.json["panel"]) == (0, first.out.strip(), "2号")
    told = [e["text"] for e in third.json["entries"] if e["kind"] == "alarm_repeated"]
    assert told == ["The same alarm again, no. 2  手报", "The same alarm again, no. 3"]
    assert third.json["entries"][0]["kind"] == "case_opened"
    assert third.json == run("case", "show", first.out.strip(), "--site", site, "--json").json
    shown = run("case", "show", first.out.strip(), "--site", site).out
    assert "alarm panel 2号 (alarm sounded 3 times)" in shown
    assert run("verify", "--site", site).code == 0


def test_the_whole_command_line_reads_it_as_the_quick_way_does(run: Run, site: Path) -> None:
    first = alarm(run, site, "--panel", "2号")
    other = run("--lang", "en", "case", "open", "--site", site, "--fact=fire", *ALARM[:2],
                "--place=9栋2单元0503", "--panel", "2号")  # fmt: skip
    assert other.out == first.out
    assert "--panel" in run("case", "open", "--help").out


def test_the_unnamed_panel_is_one_and_its_cases_are_printed_as_before(run: Run, site: Path) -> None:
    first = alarm(run, site, "--json")
    assert "panel" not in first.json
    assert alarm(run, site, "--json").json["number"] == first.json["number"]
    assert alarm(run, site, "--panel", "2号").out.strip() != first.json["number"]


def test_a_panel_alone_is_enough_to_open_a_case(run: Run, site: Path) -> None:
    only = ("case", "open", "--site", site, "--panel", "2号")
    first = run(*only)
    assert first.code == 0
    assert run(*only).out == first.out, "the panel says the channel"
    long_way = run("--lang", "en", *only, "--said=again")
    assert long_way.out == first.out
    assert run(*only, "--channel", "panel").out == first.out


@pytest.fixture
def tested(site: Path) -> Path:
    """A site whose second panel is under test for an hour."""
    with open_desk(Paths(site, site / "desk.sqlite3"), actor="李建国") as desk:
        plan_test(desk, "", "1h", "2号", "赵主任")
    return site


def test_an_alarm_of_a_test_is_an_entry_and_no_case(run: Run, tested: Path) -> None:
    done = alarm(run, tested, "--panel", "2号", "--said", "烟感", "--json")
    assert done.code == 0
    assert list(done.json) == ["test", "entry"]
    assert done.json["test"] is True
    entry = done.json["entry"]
    words = "Alarm 1 in the test of the fire system, no case"
    assert entry["kind"] == "panel_test_alarm"
    assert entry["text"] == f"{words}  panel 2号  9-2-0503  烟感  fire or smoke"
    plain = alarm(run, tested, "--panel", "2号")
    assert (plain.code, plain.out) == (0, "")
    assert "counted as alarm 2 of it, no case" in plain.err
    assert run("case", "list", "--site", tested).out == ""
    assert f"{words}  panel 2号" in run("log", "--site", tested).out
    assert run("verify", "--site", tested).code == 0


@pytest.mark.parametrize(
    "spoken",
    [
        ("--phone", "13900000001"),
        ("--caller", "张丽"),
        ("--fact", "injury"),
        ("--channel", "phone"),
        ("--panel", "3号"),
        ("--panel", ""),
        ("--category", "lift_entrapment"),
        ("--category", "人员受伤"),
        ("--category", "intruder"),
    ],
)
def test_whatever_else_comes_in_meanwhile_opens_its_case(
    run: Run, tested: Path, spoken: tuple[str, str]
) -> None:
    done = alarm(run, tested, "--panel", "2号", *spoken, "--json")
    assert (done.code, done.json["stage"]) == (0, "open")
    assert "test" not in done.json


@pytest.mark.parametrize(
    "file", ["holidays/2027.toml", "holidays/2025.toml", "categories.toml", "emergency/fire.toml"]
)
def test_an_alarm_is_recorded_whatever_is_wrong_with_a_file_it_does_not_need(
    run: Run, site: Path, file: str
) -> None:
    (site / file).write_text("nonsense = [", encoding="utf-8")
    before = run("verify", "--site", site).out
    done = alarm(run, site, "--json")
    assert (done.code, done.json["level"]) == (0, "emergency")
    assert file in done.err
    assert run("verify", "--site", site).code == 0
    assert before != run("verify", "--site", site).out
    assert alarm(run, site).out.strip() == done.json["number"]


def test_the_shipped_classes_stand_in_for_a_list_that_is_broken(run: Run, site: Path) -> None:
    (site / "categories.toml").write_text("nonsense = [", encoding="utf-8")
    done = alarm(run, site, "--category", "leak")
    assert done.code == 0
    assert done.err.splitlines()[0].startswith("A file of the site is wrong")
    assert "categories.toml" in done.err
    checked = run("site", "check", "--site", site)
    assert checked.code == 1
    assert "categories.toml" in checked.out + checked.err


def test_one_that_may_have_flared_up_is_named_with_the_new_case(run: Run, site: Path) -> None:
    first = alarm(run, site).out.strip()
    with open_desk(Paths(site, site / "desk.sqlite3"), actor="李建国") as desk:
        desk.perform(first, cmd.StandDown(note="巡逻: 无烟", why="无人可派"))
    second = alarm(run, site)
    assert second.out.strip() not in ("", first)
    assert f"{first}, of the same panel and place, was stood down" in second.err
    assert "stood down" not in alarm(run, site).err
