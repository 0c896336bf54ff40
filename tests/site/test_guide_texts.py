"""The steps of the guided first night against the keys, the screens and the journal's kinds."""

from __future__ import annotations

import pytest

from dispatcher_tui.domain.record.guided_steps import GuideStep
from dispatcher_tui.domain.record.kinds import KINDS
from dispatcher_tui.present.cells import width
from dispatcher_tui.present.guide_lines import Strayed, step_rows
from dispatcher_tui.present.i18n import Language, use
from dispatcher_tui.present.spans import plain
from dispatcher_tui.site.guide_texts import read_guide
from dispatcher_tui.tui.actions import ACTIONS
from tests.look.screens import all_screens

STEPS = read_guide().step
NAMES = {each.id: each.key_name for each in ACTIONS}


def test_there_are_twelve_steps_along_one_case_and_one_emergency() -> None:
    assert len(STEPS) == 12
    assert [each.shown for each in STEPS if each.shown] == ["IntakeScreen"]
    about = [mark.of for step in STEPS for mark in step.done[:1]]
    assert about == ["case"] * 3 + ["emergency"] * 6 + ["case"] * 2


@pytest.mark.parametrize("step", STEPS)
def test_a_step_names_keys_screens_and_kinds_that_there_are(step: GuideStep) -> None:
    screens = all_screens()
    for name in (*step.screens, *([step.shown] if step.shown else [])):
        assert name in screens
    assert all(key in NAMES or (key.isdigit() and len(key) == 1) for key in step.keys)
    for mark in step.done:
        assert set(mark.where) <= set(KINDS[mark.kind].__struct_fields__), mark
    assert bool(step.shown) != bool(step.done)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_row_stands_whole_at_eighty_cells(lang: Language) -> None:
    use(lang)
    ways = (Strayed(), Strayed(astray=True), Strayed(pressed="Ctrl+P"), Strayed(pin="2468"))
    for now in range(len(STEPS) + 1):
        for strayed in ways:
            rows = [plain(row) for row in step_rows(STEPS, now, NAMES, 80, strayed)]
            assert len(rows) == 2
            assert all(width(row) <= 80 and ".." not in row and "{" not in row for row in rows), (
                now,
                rows,
            )
