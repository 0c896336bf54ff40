"""The numbers outside: each with its own words on the smallest screen, and those nobody entered."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from dispatcher_tui.desk.operators import add_operator
from dispatcher_tui.desk.watch.watchkeeping import sign_in
from dispatcher_tui.present.cells import wrap
from dispatcher_tui.site.load import load
from dispatcher_tui.site.settings import parse_site
from dispatcher_tui.site.shipped import data_dir
from dispatcher_tui.tui.app import DispatcherApp
from dispatcher_tui.tui.heartbeat.chores import Chores
from dispatcher_tui.tui.widgets.call_tree import CallTree
from dispatcher_tui.tui.widgets.handset import Handset
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.pick_lines import PickLines
from tests.tui.on_watch import set_site
from tests.tui.story import EVERYWHERE, leak, message
from tests.tui.support import (
    Language,
    Night,
    Size,
    big_on_screen,
    desk,
    picture,
    press,
    settle,
    small_site,
)

DEMO = parse_site((data_dir() / "demo" / "site.toml").read_text(encoding="utf-8"))


def know_everything(night: Night) -> None:
    """The site's settings hold the demo's address, accounts and numbers."""
    set_site(night, address=DEMO.address, accounts=DEMO.accounts, outside=DEMO.outside)


def script(pilot: Pilot[Any]) -> str:
    """What is to be said."""
    return pilot.app.screen.query_one("#script", Lines).text


def drawn(pilot: Pilot[Any]) -> str:
    """The picture without what only lays it out."""
    return "".join(picture(pilot).split())


@pytest.mark.parametrize(("size", "lang"), EVERYWHERE)
async def test_number_and_script_of_every_outside_number_can_be_read(
    tmp_path: Path, size: Size, lang: Language
) -> None:
    async with desk(tmp_path) as night, night.running(size, lang) as pilot:
        know_everything(night)
        await press(pilot, "f9", "3", "8", *"3-2-1502", "enter")
        tree, seen = pilot.app.screen.query_one(CallTree), set[str]()
        for _each in range(40):
            target = tree.target
            assert target is not None
            if not target.person and target.name not in seen:
                seen.add(target.name)
                assert big_on_screen(pilot, tree.phone), target.name
                words = pilot.app.screen.query_one("#script", Lines)
                for row in wrap(words.text, words.content_size.width):
                    assert "".join(row.split()) in drawn(pilot), (target.name, row)
                log = pilot.app.screen.query_one("#log")
                assert log.region.bottom < size[1], target.name
                assert log.region.height == 1
                assert log.region.intersection(log.screen.region) == log.region
            await press(pilot, "down")
        assert seen == set(DEMO.outside)


async def test_a_long_number_has_its_script_beneath_and_a_short_one_beside(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        know_everything(night)
        await press(pilot, "f9", "1", "enter")
        assert not pilot.app.screen.query_one(Handset).has_class("under")
        while pilot.app.screen.query_one(CallTree).phone != DEMO.outside["gas"]:
            await press(pilot, "down")
        assert pilot.app.screen.query_one(Handset).has_class("under")
        await pilot.resize_terminal(160, 40)
        await settle(pilot)
        assert not pilot.app.screen.query_one(Handset).has_class("under")


async def test_the_script_has_the_facts_of_the_site_and_of_the_case(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running(lang="zh") as pilot:
        know_everything(night)
        await press(pilot, "f9", "1", "8", *"3-2-1502", "enter")
        said = script(pilot).split("\n")
        assert said[0] == "示例市翠湖区翠柏路288号，翠湖花园。"
        assert said[2] == "3栋2单元1502：起火。"
        assert "3-2-1502" in picture(pilot).split("\n")[0], "the heading keeps the written form"
        await press(pilot, "1")
        assert script(pilot).startswith("调度台：3栋2单元1502，起火。")
        deed, keys, last = script(pilot).split("\n")[1:]
        assert deed.startswith("两人去，带灭火器或水带"), "what the kind asks of the guards"
        assert keys == "钥匙箱：北门岗亭内墙上。", "who goes there"
        assert last == "情况马上报我。请复述一遍。"
        while pilot.app.screen.query_one(CallTree).phone != "13900000101":
            await press(pilot, "down")
        assert "钥匙箱" not in script(pilot), "a leader is asked for orders"


@pytest.mark.parametrize("name", ["", "王芳"])
async def test_who_rings_has_the_name_of_who_is_on_watch(tmp_path: Path, name: str) -> None:
    async with desk(tmp_path) as night:
        if name:
            await night.run_on_desk(lambda it: add_operator(it, name, "dispatcher", "246813"))
            await night.run_on_desk(lambda it: sign_in(it, name, "246813"))
        async with night.running(lang="zh") as pilot:
            await press(pilot, "f9", "1", "enter")
            who = f"我叫{name}" if name else "我是值班室"
            assert f"{who}，电话不清楚" in script(pilot)


async def test_a_place_is_said_in_full_to_whoever_is_told_and_read_back(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await leak(night)
        async with night.running(lang="zh") as pilot:
            await press(pilot, "f4")
            assert "3栋2单元1502" in pilot.app.screen.query_one("#say", Lines).text
            await press(pilot, "escape", "escape", "f2", "1", *"3-2-1502", "enter")
            shown = picture(pilot)
            assert "3栋2单元1502" in shown
            assert big_on_screen(pilot, "3-2-1502")


def starting(night: Night) -> Callable[[DispatcherApp], None]:
    """What the program does by itself after its start."""
    return Chores(night.session, None).begin


def fill_in(folder: Path) -> None:
    """Every number that a kind has rung is known."""
    file = folder / "site.toml"
    text = file.read_text(encoding="utf-8")
    for name in ("gas", "water", "lift_contractor"):
        text = re.sub(rf'(?m)^{name} = ""', f'{name} = "0000-88000001"', text, count=1)
    file.write_text(text, encoding="utf-8")


def forget_the_lift_rescue(folder: Path) -> None:
    """The site's file has no number of the lift rescue yet."""
    small_site(folder)
    file = folder / "site.toml"
    text = file.read_text(encoding="utf-8")
    assert '"96333"' in text
    file.write_text(text.replace('"96333"', '""'), encoding="utf-8")


async def test_a_number_nobody_entered_is_said_at_the_start_and_at_a_change_of_watch(
    tmp_path: Path,
) -> None:
    forget_the_lift_rescue(tmp_path / "site")
    told = "Lift rescue (Trapped in a lift)"
    async with desk(tmp_path) as night:
        chores = Chores(night.session, None)
        async with night.running(begin=chores.begin) as pilot:
            assert message(pilot).count(told) == 1
            board = pilot.app.screen
            board.query_one("#message", Lines).show("")
            assert isinstance(pilot.app, DispatcherApp)
            await chores.look(pilot.app)
            assert told not in message(pilot), "the same one is still on watch"
            night.desk.actor = "王芳"
            await chores.look(pilot.app)
            assert told in message(pilot)
            await press(pilot, "f9", "5", "enter")
            lines = pilot.app.screen.query_one("#tree", PickLines).lines
            (lacking,) = [line for line in lines if "Lift rescue" in line]
            assert "96333" not in lacking
            print(lacking)


async def test_nothing_is_said_where_nothing_is_missing(tmp_path: Path) -> None:
    small_site(tmp_path / "site")
    fill_in(tmp_path / "site")
    async with desk(tmp_path) as night:
        assert load(tmp_path / "site").lacking == ()
        async with night.running(begin=starting(night)) as pilot:
            assert "not known" not in message(pilot)
