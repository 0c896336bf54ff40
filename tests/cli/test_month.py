"""``month``: as text, as JSON, in a file; what is no month is a usage problem."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dispatcher_tui.bootstrap import wall_clock
from tests.cli.support import Run
from tests.reports.readback import pages_of

KEYS = {
    *("matters", "by_dispatcher", "rounds", "kept"),
    *("month", "closed", "as_of", "opened", "carried_in", "reopened", "written_off", "final"),
    *("invalid", "carried_over", "valid", "papers_owed", "moved_out", "by_class", "by_category"),
    "by_level",
    *("by_channel", "by_department", "by_building", "by_cause", "satisfaction", "timeliness"),
    *("first_follow_up", "write_off", "dispatch", "emergencies", "false_alarms", "drills"),
    *("trend", "rising", "report", "drawn_at", "drawn_by", "signature", "frozen"),
    *("written_after", "figures_now", "record", "branch"),
}


def this_month() -> str:
    """The month that runs at a site in China now."""
    from tests.domain.support import SHANGHAI

    return f"{wall_clock().now().astimezone(SHANGHAI):%Y-%m}"


@pytest.fixture
def opened(site: Path, run: Run) -> str:
    """The running month, with two cases opened in it."""
    for category in ("leak", "noise"):
        done = run(
            *("--site", site, "case", "open", "--place", "3-2-1502"),
            *("--category", category, "--said", "=1+1 [b]x[/b]"),
        )
        assert done.code == 0, done.err
    return this_month()


def test_the_running_month_is_said_to_be_running(site: Path, run: Run, opened: str) -> None:
    done = run("--site", site, "month", opened)
    assert done.code == 0, done.err
    assert "RUNNING" in done.out
    assert "opened 2 + carried in 0 = final 0 + invalid 0 + carried over 2" in done.out
    assert "Timeliness = duties done in time / duties due in the month" in done.out
    assert all(len(line) <= 80 for line in done.out.splitlines())
    assert "未完" in run("--site", site, "--lang", "zh", "month", opened).out


def test_as_json(site: Path, run: Run, opened: str) -> None:
    found = run("--site", site, "month", opened, "--json").json
    assert set(found) == KEYS
    assert (found["month"], found["closed"], found["opened"]) == (opened, False, 2)
    assert found["opened"] + found["carried_in"] == (
        found["final"] + found["invalid"] + found["carried_over"]
    )
    assert found["by_category"] == [{"key": "leak", "count": 1}, {"key": "noise", "count": 1}]
    assert found["timeliness"]["rate"] is None or 0 <= found["timeliness"]["rate"] <= 1
    assert found["as_of"].endswith("+08:00")
    assert found["signature"] is None


@pytest.mark.parametrize("form", ["pdf", "txt", "md", "json"])
def test_to_a_file(site: Path, run: Run, opened: str, form: str) -> None:
    out = site / f"month.{form}"
    done = run("--site", site, "month", opened, "--out", out)
    assert (done.code, done.out) == (0, ""), done.err
    made = out.read_bytes()
    if form == "pdf":
        text = "\n".join(pages_of(made))
    elif form == "json":
        assert json.loads(made)["month"] == opened
        return
    else:
        text = made.decode()
    assert "MonthlySummary" in "".join(text.split())
    assert "3-2-1502" in text
    assert "Dispatcher" in text


@pytest.mark.parametrize("name", ["2026-13", "november", "2026", "2026-Q4", "9999-12"])
def test_what_is_no_month_is_a_usage_problem(site: Path, run: Run, name: str) -> None:
    done = run("--site", site, "month", name)
    assert (done.code, done.out) == (2, "")
    assert name in done.err


def test_a_form_that_is_none_and_both_at_once(site: Path, run: Run) -> None:
    month = this_month()
    assert run("--site", site, "month", month, "--out", site / "x.doc").code == 2
    assert run("--site", site, "month", month, "--json", "--out", site / "x.pdf").code == 2
    assert run("--site", site, "month", month, "--out", site / "desk.sqlite3").code == 2
