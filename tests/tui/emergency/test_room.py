"""At 80x24 nothing that is typed or pressed is blind: the log's row and the results are in view."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from dispatcher_tui.desk.case.intake import Intake
from dispatcher_tui.desk.emergency.emergency import open_emergency
from dispatcher_tui.desk.emergency.panel import take_alarm
from dispatcher_tui.domain.words.terms import Channel
from dispatcher_tui.present.cells import wrap
from dispatcher_tui.site.shipped import data_dir
from dispatcher_tui.tui.screens.emergency.emergency import EmergencyScreen
from dispatcher_tui.tui.widgets.call_tree import CallTree
from dispatcher_tui.tui.widgets.handset import Handset
from dispatcher_tui.tui.widgets.hint_bar import HintBar
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.place_row import PlaceRow
from tests.site.test_cards import DIGITS, WITHIN
from tests.tui.support import NARROW, Language, desk, picture, press, settle, small_site

STANDS = ("#outcomes", "#log")
"""What has to be in view, whole, whoever is to be rung."""


def demo_site(folder: Path) -> None:
    """The demo's own settings: every line of a script has something to say."""
    file = small_site(folder / "site").folder / "site.toml"
    text = (data_dir() / "demo" / "site.toml").read_text("utf-8")
    file.write_text(text.replace("hide_minutes = 10", "hide_minutes = 0"), "utf-8", newline="\n")


def assert_in_view(pilot: Pilot[Any]) -> None:
    """Results and log stand within the body, and nothing lies over another."""
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


@pytest.mark.sweep
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("kind", [*DIGITS, *WITHIN])
async def test_the_log_and_the_results_are_in_view_whoever_is_rung(
    tmp_path: Path, kind: str, lang: Language
) -> None:
    """Under the strip of an alarm that nobody has seen, which takes a row more."""
    demo_site(tmp_path)
    async with desk(tmp_path) as night, night.running(NARROW, lang) as pilot:
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


LOW = (60, 15)


def assert_room(pilot: Pilot[Any]) -> None:
    """Of few rows none is missing: question, whom to ring, what to say, the digits."""
    shown, screen = picture(pilot), pilot.app.screen
    assert "TOO FEW ROWS" not in shown, shown
    assert "窗口行数不够" not in shown, shown
    tree = screen.query_one(CallTree)
    row = next(line for line in shown.splitlines() if line.startswith(">"))
    assert tree.phone in row, shown
    keys = screen.query_one("#outcomes")
    rows = 1 if pilot.app.screen.query_one(CallTree).service else 2  # outside, two results fewer
    assert (keys.size.height, keys.region.bottom) == (rows, 15), shown
    last = "\n".join(shown.splitlines()[-rows:])
    for digit in (0, 1, 2, 3, 4, *((5, 6) if rows == 2 else ()), 7, 8, 9):
        assert re.search(rf"(?<!\d){digit} ?[^\W\d]", last), f"{digit} has no word:\n{shown}"
    for name in ("#deciding", "#script"):
        lines = screen.query_one(name, Lines)
        whole = len(wrap(lines.text, lines.size.width)) if lines.display else 0
        assert lines.size.height == whole or not lines.display, shown
    script = screen.query_one("#script").region
    assert script.bottom <= keys.region.y, shown


@pytest.mark.sweep
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("kind", [*DIGITS, *WITHIN])
async def test_at_sixty_by_fifteen_every_script_stands_whole(
    tmp_path: Path, kind: str, lang: Language
) -> None:
    """Whoever is rung: each of the calls is chosen once."""
    demo_site(tmp_path)
    async with desk(tmp_path) as night, night.running(LOW, lang) as pilot:
        case_id = await night.run_on_desk(lambda it: open_emergency(it, kind, "", "3-2-1502"))
        pilot.app.push_screen(EmergencyScreen(case_id))
        await press(pilot)
        tree = pilot.app.screen.query_one(CallTree)
        rung = set()
        while tree.target not in rung:
            assert_room(pilot)
            rung.add(tree.target)
            await press(pilot, "down")
        assert len(rung) > 1


@pytest.mark.parametrize("kind", ["injury", "battery_fire", "self_harm"])
async def test_at_sixty_by_fifteen_there_is_room_for_the_strip_of_another_emergency(
    tmp_path: Path, kind: str
) -> None:
    """Those with the longest questions and scripts."""
    demo_site(tmp_path)
    async with desk(tmp_path) as night, night.running(LOW, "en") as pilot:
        alarm = Intake(category="intruder", place="5-1", channel=Channel.PANEL, panel="B2")
        await night.run_on_desk(lambda it: take_alarm(it, alarm))
        case_id = await night.run_on_desk(lambda it: open_emergency(it, kind, "", "3-2-1502"))
        await night.session.news()
        pilot.app.push_screen(EmergencyScreen(case_id))
        await press(pilot)
        assert pilot.app.screen.query_one("#others").display
        assert_room(pilot)


async def test_what_gave_way_on_few_rows_stands_again_where_there_are_more(tmp_path: Path) -> None:
    """One row more than the script needs and the tabs are back."""
    demo_site(tmp_path)
    async with desk(tmp_path) as night, night.running(LOW, "en") as pilot:
        case_id = await night.run_on_desk(lambda it: open_emergency(it, "injury", "", "3-2-1502"))
        pilot.app.push_screen(EmergencyScreen(case_id))
        await pilot.resize_terminal(60, 14)
        await press(pilot)
        shown = ("#tabs", "#who")

        def stands() -> list[bool]:
            return [pilot.app.screen.query_one(name).display for name in shown]

        assert stands() == [False, True], picture(pilot)
        await press(pilot, "tab")
        assert stands()[0], "on the card the question stands in the card: nothing gives way"
        await press(pilot, "shift+tab")
        for _look in range(20):  # what gives way is known once all has its place
            if not stands()[0]:
                break
            await settle(pilot)
        assert not stands()[0]
        for rows, found in ((15, [True, True]), (14, [False, True]), (13, [False, False])):
            await pilot.resize_terminal(60, rows)
            await press(pilot)
            assert stands() == found, picture(pilot)
            assert "TOO FEW ROWS" not in picture(pilot)
        await pilot.resize_terminal(60, 12)
        await press(pilot)
        assert "TOO FEW ROWS" in picture(pilot)


@pytest.mark.sweep
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("kind", [*DIGITS, *WITHIN])
async def test_at_sixty_by_fifteen_the_card_has_most_of_the_rows(
    tmp_path: Path, kind: str, lang: Language
) -> None:
    """What is to be done now stands first, and whoever is rung stands in the tree by number."""
    demo_site(tmp_path)
    async with desk(tmp_path) as night, night.running(LOW, lang) as pilot:
        case_id = await night.run_on_desk(lambda it: open_emergency(it, kind, "", "3-2-1502"))
        pilot.app.push_screen(EmergencyScreen(case_id))
        await press(pilot)
        shown = picture(pilot)
        assert_room(pilot)
        assert "3-2-1502" in shown.splitlines()[0]
        tree = pilot.app.screen.query_one(CallTree)
        assert tree.target is not None
        row = next(line for line in shown.splitlines() if line.startswith(">"))
        assert tree.phone in row
        await press(pilot, "tab")
        card = tree.checklist
        assert card.size.height >= 9
        lines = picture(pilot).splitlines()
        begin = card.region.y
        assert lines[begin].strip(), "the card begins at once, below the tabs"
        assert begin == 2
        first = card.line(0)
        assert first is not None
        keys = tree.query_one("#outcomes").region
        assert (keys.height, keys.bottom) == (1, 15), lines


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_at_sixty_by_fifteen_every_key_of_the_kinds_is_in_view(
    tmp_path: Path, lang: Language
) -> None:
    async with desk(tmp_path) as night, night.running(LOW, lang) as pilot:
        await press(pilot, "f9")
        shown = picture(pilot)
        for digit in "1234567890":
            assert any(
                line.lstrip(">").startswith((digit, f" {digit}")) for line in shown.split("\n")
            )
        assert len(shown.splitlines()) == 15
        await press(pilot, *["down"] * 10)
        chosen = next(line for line in picture(pilot).splitlines() if line.startswith(">"))
        await pilot.resize_terminal(80, 24)
        await press(pilot)
        assert chosen.strip() in picture(pilot), "what was chosen stays chosen"
        assert any(
            x.startswith(">") and chosen[1:].strip() in x for x in picture(pilot).split("\n")
        )


@pytest.mark.parametrize(("rows", "low"), [(19, True), (20, False)])
async def test_the_place_has_a_row_while_it_is_not_known_and_below_twenty_rows_while_it_is_typed(
    tmp_path: Path, rows: int, low: bool
) -> None:
    demo_site(tmp_path)
    async with desk(tmp_path) as night, night.running((80, rows)) as pilot:
        await press(pilot, "f9", "5")
        row = pilot.app.screen.query_one(PlaceRow)
        log = pilot.app.screen.query_one("#log_row")
        assert (row.display, log.display) == (not low, False), "where it is, is asked first"
        assert pilot.app.screen.query_one(HintBar).display is not low
        await press(pilot, "8", *"5-1")
        assert row.display
        await press(pilot, "escape")
        assert row.display, "half typed it stays in view"
        await press(pilot, "8", "enter")
        assert (row.display, log.display) == (False, not low), "the heading has it now"
        assert "5-1" in picture(pilot).splitlines()[0]


@pytest.mark.parametrize(("kind", "lang"), [("fire", "en"), ("battery_fire", "en"), ("fire", "zh")])
async def test_at_sixty_by_fifteen_the_place_and_what_the_register_says_are_in_view(
    tmp_path: Path, kind: str, lang: Language
) -> None:
    demo_site(tmp_path)
    async with desk(tmp_path) as night, night.running(LOW, lang) as pilot:
        case_id = await night.run_on_desk(lambda it: open_emergency(it, kind))
        pilot.app.push_screen(EmergencyScreen(case_id))
        verdict = "99-9-9999: not in the register" if lang == "en" else "99-9-9999：住户登记里没有"
        await press(pilot, "8", *"99-9-9999")
        shown = picture(pilot)
        assert verdict in shown
        assert pilot.app.screen.query_one("#place").region.height == 1
        assert "TOO FEW ROWS" not in shown, shown
        assert "窗口行数不够" not in shown, shown
        await press(pilot, "enter")
        assert verdict in picture(pilot), "once it is written down, too"
