"""Files of the site that are wrong: each is said at the start and to whoever signs in next."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.tui.app import DispatcherApp
from dispatcher_tui.tui.heartbeat.chores import Chores
from dispatcher_tui.tui.widgets.lines import Lines
from tests.tui.story import message
from tests.tui.support import Language, desk, small_site

SAID = {
    "en": "A file of the site is wrong, the desk does without it: ",
    "zh": "站点文件有错，本台照常工作：",
}


def flat(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("categories.toml", b"nonsense = ["),
        ("categories.toml", "# 类别".encode("gbk")),
        ("emergency.toml", b'level = "emergency"'),
        ("emergency/fire.toml", b"nonsense = ["),
        ("pinyin.txt", b"\xff\xfe"),
    ],
)
async def test_a_broken_file_is_said_at_the_start_and_at_a_change_of_watch(
    tmp_path: Path, lang: Language, file: str, text: bytes
) -> None:
    small_site(tmp_path / "site")
    (tmp_path / "site" / file).write_bytes(text)
    told = flat(f"{SAID[lang]}{file}")
    async with desk(tmp_path) as night:
        chores = Chores(night.session, None)
        async with night.running(lang=lang, begin=chores.begin) as pilot:
            assert flat(message(pilot)).count(told) == 1
            assert isinstance(pilot.app, DispatcherApp)
            await chores.look(pilot.app)
            assert flat(message(pilot)).count(told) == 1, "the first look does not take it away"
            pilot.app.screen.query_one("#message", Lines).show("")
            await chores.look(pilot.app)
            assert told not in flat(message(pilot)), "the same one is still on watch"
            night.desk.actor = "王芳"
            await chores.look(pilot.app)
            assert told in flat(message(pilot))


async def test_one_that_broke_while_the_desk_ran_is_said_to_the_next_one(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        chores = Chores(night.session, None)
        async with night.running(begin=chores.begin) as pilot:
            assert "is wrong" not in message(pilot)
            assert isinstance(pilot.app, DispatcherApp)
            (tmp_path / "site" / "categories.toml").write_text("nonsense = [", "utf-8")
            await chores.look(pilot.app)
            assert "the last good data stays in force" in message(pilot)
            night.desk.actor = "王芳"
            await chores.look(pilot.app)
            assert flat(f"{SAID['en']}categories.toml") in flat(message(pilot))


async def test_several_are_named_in_one_line(tmp_path: Path) -> None:
    small_site(tmp_path / "site")
    for file in ("categories.toml", "emergency/fire.toml"):
        (tmp_path / "site" / file).write_text("nonsense = [", "utf-8")
    async with desk(tmp_path) as night:
        chores = Chores(night.session, None)
        async with night.running(begin=chores.begin) as pilot:
            told = flat(f"{SAID['en']}categories.toml, emergency/fire.toml")
            assert flat(message(pilot)).count(told) == 1
