"""The record is taken away, or lies on a disk that takes nothing: the desk says so."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dispatcher_tui.bootstrap import open_desk, open_session
from dispatcher_tui.desk.case.intake import Intake
from dispatcher_tui.domain.record.case_line import Lane
from dispatcher_tui.domain.words.terms import Fact
from dispatcher_tui.paths import Paths
from dispatcher_tui.present.i18n import use
from dispatcher_tui.store.db import Db
from dispatcher_tui.store.errors import Outdated, ReadOnly
from dispatcher_tui.store.file_lock import DeskLock
from dispatcher_tui.store.migrations import CURRENT
from dispatcher_tui.store.store import Store
from dispatcher_tui.store.verify import verify
from dispatcher_tui.tui.app import DispatcherApp
from dispatcher_tui.tui.heartbeat.chores import Chores
from tests.tui.story import message
from tests.tui.support import NARROW, Language, desk, picture, press, settle, small_site


async def test_it_is_said_over_whatever_is_up_and_a_copy_is_saved_once(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running(lang="en") as pilot:
        assert isinstance(pilot.app, DispatcherApp)
        await press(pilot, "f2", "1", *"3-2-1502", "enter")
        (tmp_path / "desk.sqlite3").rename(tmp_path / "gone.sqlite3")
        for _ in range(3):
            await pilot.app._heartbeat()
            await settle(pilot)
        shown = " ".join(picture(pilot).split())
        assert "was taken away (desk.sqlite3)" in shown
        assert "3-2-1502" in shown, "what is typed stays"
        copy = tmp_path / "desk-rescued-20261121T144712.sqlite3"
        assert copy.name in shown.replace(" ", "")

    store = Store.open(copy, read_only=True)
    assert store.rows() > 0
    store.close()


def replace_record(path: Path) -> None:
    """Rename another record over the one that a desk is at work on."""
    other = path.with_name("other.sqlite3")
    Store.create(other, site="翠湖花园", desk="desk-1", ballast=0).close()
    other.replace(path)


def calling(app: DispatcherApp) -> bool:
    """Whether the desk sounds for an emergency that it does not have."""
    return app.alarm._elsewhere


def contents(path: Path) -> set[str]:
    """What the open cases of a record are about; it must be sound."""
    store = Store.open(path, read_only=True)
    try:
        assert verify(store).sound
        return {line.content for line in store.board(Lane.ALL)}
    finally:
        store.close()


@pytest.mark.parametrize("lang", ["en", "zh"])
async def test_a_fire_written_into_another_record_is_told_and_sounds(
    tmp_path: Path, lang: Language
) -> None:
    async with desk(tmp_path) as night, night.running(lang=lang) as pilot:
        app = pilot.app
        assert isinstance(app, DispatcherApp)
        paths = Paths(tmp_path / "site", tmp_path / "desk.sqlite3")

        async def beat() -> str:
            await app._heartbeat()
            await settle(pilot)
            return " ".join(picture(pilot).split())

        await night.open_case(place="7-2-0804", said="known here")
        await press(pilot, "f2", "1", *"3-2-1502", "enter")
        replace_record(paths.db)
        other = "ANOTHER RECORD lies at desk.sqlite3" if lang == "en" else "另一份记录"
        shown = await beat()
        assert other in shown
        assert not calling(app)
        with open_desk(paths, actor="cli:panel") as made:
            quiet = made.open_case(Intake(place="3-2-1404", said="漏水", category="leak")).case
        shown = await beat()
        assert quiet.number in shown
        assert not calling(app), "only an emergency sounds"
        with open_desk(paths, actor="cli:panel") as made:
            fire = made.open_case(Intake(place="9-1-0503", said="烟感", facts=(Fact.FIRE,))).case
        shown = await beat()
        assert f"{fire.number} " in shown
        assert ("building 9, unit 1, room 0503" if lang == "en" else "9栋1单元0503") in shown
        assert ("1 open EMERGENCY: " if lang == "en" else "未结紧急 1 起：") in shown
        assert "known here" not in shown
        assert calling(app)
        assert app.alarm._wanted(night.clock.now(), asking=False).unreached
        print(picture(pilot))
        assert "3-2-1502" in picture(pilot), "what is typed stays"
        assert "Ctrl+Q" in shown
        await press(pilot, "f3")
        assert other in await beat(), "on a screen opened later as well"
    assert contents(paths.db) == {"漏水", "烟感"}
    assert contents(tmp_path / "desk-rescued-20261121T144712.sqlite3") == {"known here"}


async def test_a_pipe_in_its_place_is_told_and_not_waited_for(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running(lang="en") as pilot:
        assert isinstance(pilot.app, DispatcherApp)
        (tmp_path / "desk.sqlite3").unlink()
        os.mkfifo(tmp_path / "desk.sqlite3")
        await pilot.app._heartbeat()
        await settle(pilot)
        assert "It cannot be read (not_ours)." in " ".join(picture(pilot).split())


def form_of_before(path: Path) -> None:
    """Leave a closed file in the form of an older version, as a file on its own."""
    db = Db.connect(path)
    db.run("DROP INDEX slips_forms")
    db.run("ALTER TABLE slips DROP COLUMN form")
    db.run("DELETE FROM _sqlite_migrations WHERE id = ?", (CURRENT,))
    db.run(f"PRAGMA user_version = {CURRENT - 1}")
    db.run("PRAGMA journal_mode=DELETE")
    db.close()


@pytest.mark.parametrize("older", [False, True])
@pytest.mark.parametrize("lang", ["en", "zh"])
async def test_a_disk_that_cannot_be_written_shows_the_board(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: Language, older: bool
) -> None:
    """That of an older version's file too, which cannot be brought up to date there."""
    small_site(tmp_path / "site")
    paths = Paths(tmp_path / "site", tmp_path / "desk.sqlite3")
    Store.create(paths.db, site="翠湖花园", desk="desk-1", ballast=0).close()
    with open_desk(paths, actor="李建国") as made:
        made.open_case(Intake(place="3-2-1502", said="漏水"))
    if older:
        form_of_before(paths.db)
        with pytest.raises(Outdated):
            Store.open(paths.db, read_only=True)
    before = paths.db.read_bytes()

    def refused(*_args: object) -> None:
        raise ReadOnly("desk.sqlite3.lock")

    monkeypatch.setattr(DeskLock, "acquire", refused)
    with open_session(paths) as session:
        assert session.unwritable
        use(lang)
        app = DispatcherApp(session, begin=Chores(session, paths.db).begin)
        async with app.run_test(size=NARROW) as pilot:
            said = ""
            for _ in range(60):  # The rest of the board is read after its first page.
                await pilot.pause(0.05)
                if said := message(pilot):
                    break
            assert ("on paper" if lang == "en" else "纸上") in said.replace("\n", " ")
            assert "3-2-1502" in picture(pilot)
            await press(pilot, "f9")
            assert ("NOTHING is written" if lang == "en" else "什么也不记") in picture(pilot)
        use("en")
    assert paths.db.read_bytes() == before
