"""What a running desk does by itself, without a terminal around it."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from dispatcher_tui.domain.words.people import NOBODY
from dispatcher_tui.tui.app import DispatcherApp
from dispatcher_tui.tui.heartbeat.chores import Chores
from dispatcher_tui.tui.shell import Shell
from dispatcher_tui.tui.widgets.lines import Lines
from tests.tui.support import OPERATOR, Night, desk


def told(app: DispatcherApp) -> str:
    assert app.board_screen is not None
    return app.board_screen.query_one("#message", Lines).text


class Copying(Chores):
    """Counts the copies it is asked for."""

    made = 0

    async def copy(self, shell: Shell) -> bool:
        self.made += 1
        return True


def chores(night: Night) -> Copying:
    return Copying(night.session, night.store.path)


async def test_a_hand_over_leaves_a_copy(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        assert isinstance(pilot.app, DispatcherApp)
        work = chores(night)
        await work.look(pilot.app)
        assert work.made == 0
        night.desk.actor = "王芳"
        await work.look(pilot.app)
        await work.look(pilot.app)
        assert work.made == 1


async def test_the_first_to_sign_in_relieves_nobody(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        assert isinstance(pilot.app, DispatcherApp)
        night.desk.actor = NOBODY
        work = chores(night)
        night.desk.actor = OPERATOR
        await work.look(pilot.app)
        assert work.made == 0


async def test_one_copy_a_day(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        assert isinstance(pilot.app, DispatcherApp)
        work = chores(night)
        folder = night.desk.site.folder / "backups"
        await work.daily_copy(pilot.app)
        assert work.made == 1
        folder.mkdir()
        (folder / f"site-{night.clock.at:%Y%m%dT%H%M%S}.sqlite3").touch()
        await work.daily_copy(pilot.app)
        assert work.made == 1
        night.clock.forward(hours=24)
        await work.daily_copy(pilot.app)
        assert work.made == 2


async def test_a_broken_file_is_told_once_and_the_rules_stay(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        assert isinstance(pilot.app, DispatcherApp)
        work, path = chores(night), night.desk.site.folder / "site.toml"
        good, before = path.read_text("utf-8"), night.desk.site
        path.write_text(good + "[[broken\n", "utf-8")
        await work.look(pilot.app)
        assert "site.toml" in told(pilot.app)
        assert night.desk.site is before
        path.write_text(good, "utf-8")
        await work.look(pilot.app)
        assert "good again" in told(pilot.app)
        assert night.desk.site is before
        path.write_text(good.replace("翠湖花园", "新名"), "utf-8")
        await work.look(pilot.app)
        assert night.desk.site.site.name == "新名"


async def test_an_edited_procedure_judges_new_cases_alone(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        assert isinstance(pilot.app, DispatcherApp)
        work = chores(night)
        old = (await night.open_case(said="before")).case
        path = night.desk.site.folder / "procedures" / "estate-dispatch.toml"
        text = path.read_text("utf-8")
        path.write_text(text.replace('due = "10min"', 'due = "20min"', 1), "utf-8")
        await work.look(pilot.app)
        new = (await night.open_case(said="after")).case
        assert old.procedure != new.procedure
        assert night.desk.rules_of(old).procedure.clocks[0].due == "10min"
        assert night.desk.rules_of(new).procedure.clocks[0].due == "20min"


async def test_a_copy_that_fails_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        assert isinstance(pilot.app, DispatcherApp)
        work = Chores(night.session, tmp_path / "nothing.sqlite3")
        assert not await work.copy(pilot.app)
        assert "No backup was made" in told(pilot.app)


async def test_the_greeting_is_told_and_the_demo_is_not_copied(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as night, night.running(size=(120, 36)) as pilot:
        assert isinstance(pilot.app, DispatcherApp)
        try:
            Chores(night.session, None, "PINs: 2468").begin(pilot.app)
        finally:
            gc.unfreeze()
        assert "2468" in told(pilot.app)
        assert not await Chores(night.session, None).copy(pilot.app)
