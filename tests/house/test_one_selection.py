"""On every screen one place at most says where the keys go."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.look.screens import all_screens, demo_running, opened
from tests.look.solid import solid
from tests.tui.support import Language, press, settle


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_one_place_at_most_has_the_solid_accent(lang: Language, tmp_path: Path) -> None:
    async with demo_running(tmp_path / "demo", lang=lang) as demo:
        found: dict[str, list[int]] = {}
        for name, screen in all_screens().items():
            await opened(demo, screen)
            places = found[name] = [solid(demo.app.screen)]
            await press(demo.pilot, "tab")
            places.append(solid(demo.app.screen))
            while len(demo.app.screen_stack) > 2:
                demo.app.pop_screen()
                await settle(demo.pilot)
        assert {name: each for name, each in found.items() if max(each) > 1} == {}
        assert found["BoardScreen"][0] == found["IntakeScreen"][0] == 1
        assert sum(each[0] for each in found.values()) > len(found) // 2, "most of them say it"
