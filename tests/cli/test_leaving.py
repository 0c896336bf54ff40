"""``site check`` names a leader who leaves soon, and finds no fault in it yet."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from dispatcher_tui.site.shipped import data_dir
from tests.cli.support import Run


@pytest.mark.parametrize(("days", "said"), [(3, True), (30, False)])
def test_a_leader_who_leaves_soon_is_named_and_the_check_passes(
    run: Run, site: Path, tmp_path: Path, days: int, said: bool
) -> None:
    last = (datetime.now().astimezone().date() + timedelta(days=days)).isoformat()
    roster = (data_dir() / "demo" / "roster.csv").read_text(encoding="utf-8")
    assert "2022-03-01,,linxiuying" in roster
    path = tmp_path / "roster.csv"
    path.write_text(roster.replace("2022-03-01,,lin", f"2022-03-01,{last},lin"), encoding="utf-8")
    assert run("site", "import", path, "--site", site).code == 0
    done = run("site", "check", "--site", site)
    assert (done.code, done.out) == (0, "")
    assert ("Note: roster.csv" in done.err) is said
    assert (last in done.err) is said
    assert run("site", "check", "--json", "--site", site).json == []
