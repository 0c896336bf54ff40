"""The name and the number of whoever is rung stand whole, however narrow the terminal is."""

from __future__ import annotations

from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from dispatcher_tui.desk.adoption import adopt_people
from dispatcher_tui.domain.emergency.call_tree import Target
from dispatcher_tui.present.cells import width
from dispatcher_tui.present.emergency.emergency_lines import target_name, who_line
from dispatcher_tui.site.lists.roster import parse_roster
from dispatcher_tui.site.shipped import data_dir
from dispatcher_tui.site.toml_text import read_text
from dispatcher_tui.tui.widgets.call_tree import CallTree
from tests.domain.support import P0, rules
from tests.tui.support import Language, Size, desk, picture, press

LONG = "阿卜杜热合曼买买提江艾力"
SMALL, USUAL = (60, 15), (80, 24)


def a_long_name() -> str:
    """The demo's roster; two of those who are rung early have a name of twelve characters."""
    roster = read_text(data_dir() / "demo" / "roster.csv")
    for name in ("高磊", "曹阳", "何卫东"):
        assert name in roster
        roster = roster.replace(f",{name},", f",{LONG},")
    return roster


@pytest.mark.rule("E-03")
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", [SMALL, USUAL])
@pytest.mark.parametrize("kind", ["1", "5"])
async def test_whoever_is_rung_stands_there_whole(
    tmp_path: Path, size: Size, lang: Language, kind: str
) -> None:
    text, met = a_long_name(), set[str]()
    async with AsyncExitStack() as stack:
        night = await stack.enter_async_context(desk(tmp_path))
        await night.run_on_desk(lambda it: adopt_people(it, parse_roster(text), text))
        pilot = await stack.enter_async_context(night.running(size, lang))
        await press(pilot, "f9")
        await press(pilot, kind)
        tree = pilot.app.screen.query_one(CallTree)
        for _row in range(40):
            target, shown = tree.target, picture(pilot).splitlines()
            assert target is not None
            name = target_name(target)
            if name in met and name != LONG:
                break
            met.add(name)
            who = tree.query_one("#who").region
            whole = " ".join(row.strip() for row in shown[who.y : who.bottom])
            assert name in whole, shown
            assert (tree.phone or "NUMBER") in whole or "号码" in whole, shown
            chosen = [row for row in shown if row.startswith(">")]
            assert any(name in row for row in chosen), shown
            for each in (row for row in shown if "1390000" in row or "1380000" in row):
                assert "." not in each.split("1390000")[-1].strip()[:8], "half a number is none"
            await press(pilot, "down")
        assert LONG in met
        assert len(met) > 5


def target(name: str, title: str) -> Target:
    """Somebody with two numbers."""
    return Target("p", name, "guard", ("13900000101", "13800000101"), -2, title=title)


@pytest.mark.parametrize(
    ("cells", "role", "which", "lead"),
    [
        *((56, True, True, True), (55, True, True, False), (46, True, True, False)),
        *((45, False, True, False), (26, False, True, False), (25, False, False, False)),
        *((18, False, False, False), (5, False, False, False)),
    ],
)
def test_what_there_is_no_room_for_gives_way_one_after_the_other(
    cells: int, role: bool, which: bool, lead: bool
) -> None:
    him = target("徐涛", "设备运行工（夜班）")
    row = who_line(him, rules(P0).procedure, "13900000101", "1 of 2", cells, "Ring now")
    assert row.startswith((" 徐涛", " Ring now  徐涛"))
    assert "13900000101" in row
    given = ("设备运行工（夜班）" in row, "1 of 2" in row, "Ring now" in row)
    assert given == (role, which, lead)
    assert width(row) <= max(cells, 18)
