"""At 80x24 nothing that is typed or pressed is blind: the log's row and the results are in view."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from dispatcher_tui.desk.case.intake import Intake
from dispatcher_tui.desk.emergency.emergency import open_emergency
from dispatcher_tui.desk.emergency.panel import take_alarm
from dispatcher_tui.domain.words.terms import Channel
from dispatcher_tui.site.shipped import data_dir
from dispatcher_tui.tui.screens.emergency.emergency import EmergencyScreen
from dispatcher_tui.tui.widgets.call_tree import CallTree
from dispatcher_tui.tui.widgets.handset import Handset
from tests.site.test_cards import DIGITS, WITHIN
from tests.tui.support import NARROW, Language, desk, picture, press, small_site

STANDS = ("#place", "#outcomes", "#log")
"""What has to be in view, whole, whoever is to be rung."""


def demo_site(folder: Path) -> None:
    """The demo's own settings: every line of a script has something to say."""
    file = small_site(folder / "site").folder / "site.toml"
    text = (data_dir() / "demo" / "site.toml").read_text("utf-8")
    file.write_text(text.replace("hide_minutes = 10", "hide_minutes = 0"), "utf-8", newline="\n")


def assert_in_view(pilot: Pilot[Any]) -> None:
    """Place, results and log stand within the body, and nothing lies over another."""
    screen = pilot.app.screen
    view, shown = screen.query_one("#body").region, picture(pilot)
    rows = [screen.query_one(name).region for name in STANDS]
    rows += [screen.query_one(Handset).region]
    for name, region in zip((*STANDS, "handset"), rows, strict=True):
        assert region.height > 0, f"{name} has no row:\n{shown}"
        assert view.contains_region(region), f"{name} is out of view:\n{shown}"
    taken = [row for region in rows for row in range(region.y, region.bottom)]
    assert len(taken) == len(set(taken)), f"one lies over another:\n{shown}"
    assert "TOO FEW ROWS" not in shown
    assert "窗口行数不够" not in shown


@pytest.mark.parametrize("other", [False, True])
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("kind", [*DIGITS, *WITHIN])
async def test_the_log_and_the_results_are_in_view_whoever_is_rung(
    tmp_path: Path, kind: str, lang: Language, other: bool
) -> None:
    demo_site(tmp_path)
    async with desk(tmp_path) as night, night.running(NARROW, lang) as pilot:
        if other:
            alarm = Intake(category="intruder", place="5-1", channel=Channel.PANEL, panel="B2")
            await night.run_on_desk(lambda it: take_alarm(it, alarm))
        case_id = await night.run_on_desk(lambda it: open_emergency(it, kind, "", "3-2-1502"))
        await night.session.news()
        pilot.app.push_screen(EmergencyScreen(case_id))
        await press(pilot)
        tree = pilot.app.screen.query_one(CallTree)
        assert_in_view(pilot)
        rung = {tree.target}
        for _row in range(40):
            await press(pilot, "down")
            if tree.target in rung:
                break
            rung.add(tree.target)
            assert_in_view(pilot)
        assert len(rung) > 1
        pilot.app.screen.say("one line\nand another")  # type: ignore[attr-defined]
        await press(pilot)
        assert_in_view(pilot)
        await press(pilot, "9", *"zz")
        assert_in_view(pilot)
        assert any(
            line.rstrip().endswith("zz") or " zz " in line for line in picture(pilot).splitlines()
        )
