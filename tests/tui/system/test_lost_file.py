"""The record is taken away, or lies on a disk that takes nothing: the desk says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.bootstrap import open_desk, open_session
from dispatcher_tui.desk.case.intake import Intake
from dispatcher_tui.paths import Paths
from dispatcher_tui.present.i18n import use
from dispatcher_tui.store.db import Db
from dispatcher_tui.store.errors import Outdated, ReadOnly
from dispatcher_tui.store.file_lock import DeskLock
from dispatcher_tui.store.migrations import CURRENT
from dispatcher_tui.store.store import Store
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


def form_of_before(path: Path) -> None:
    """Leave a closed file in the form of an older version, as a file on its own."""
    db = Db.connect(path)
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
