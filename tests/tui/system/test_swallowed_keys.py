"""What the terminal keeps for itself is not hinted; what was found is kept for the next start."""

from __future__ import annotations

from pathlib import Path

from dispatcher_tui.desk.swallowed_keys import remember_swallowed, swallowed_keys
from dispatcher_tui.tui.app import DispatcherApp
from dispatcher_tui.tui.screens.system.help import HelpScreen
from dispatcher_tui.tui.widgets.hint_bar import HintBar
from tests.tui.support import desk, picture, settle

GONE = frozenset({"f1", "f5", "f9", "f10"})


async def test_the_letter_stands_in_the_hint_bar_and_a_click_on_it_works(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        app = DispatcherApp(night.session, swallowed=GONE)
        async with app.run_test(size=(120, 36)) as pilot:
            await settle(pilot)
            bar = picture(pilot).splitlines()[-1]
            assert " F2 " in bar
            assert not {"F1", "F5", "F9"} & set(bar.split())
            assert {"?", "f", "e"} <= set(bar.split())
            await pilot.click(HintBar, offset=(bar.index(" ? ") + 1, 0))
            await settle(pilot)
            assert isinstance(app.screen, HelpScreen)


async def test_it_is_kept_beside_the_record_and_another_test_replaces_it(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        before = await night.run_on_desk(lambda d: d.store.rows())
        assert await night.run_on_desk(swallowed_keys) == frozenset()
        await night.run_on_desk(lambda d: remember_swallowed(d.store, ["F10", "F1", "F99", "x"]))
        assert await night.run_on_desk(swallowed_keys) == {"f1", "f10"}
        await night.run_on_desk(lambda d: remember_swallowed(d.store, []))
        assert await night.run_on_desk(swallowed_keys) == frozenset()
        assert await night.run_on_desk(lambda d: d.store.rows()) == before
