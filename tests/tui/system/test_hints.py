"""No key is hinted that would be typed: while a field has the focus the bar names none of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.widgets import Input

from dispatcher_tui.tui.screens.emergency.panel_test import PanelTestScreen
from dispatcher_tui.tui.screens.system.autosave_form import AutosaveForm
from dispatcher_tui.tui.screens.watch.notice import NoticesScreen
from dispatcher_tui.tui.screens.watch.work_log import WorkLogScreen
from dispatcher_tui.tui.widgets.form import Choice
from dispatcher_tui.tui.widgets.hint_bar import HintBar
from dispatcher_tui.tui.widgets.notes import NoteArea
from tests.tui.forms import Form, every_form, opener
from tests.tui.support import Language, desk, press, settle
from tests.tui.system.test_autosave_form import begun

SINGLE = re.compile(r"(?:^|\s)([^\s])\s")
"""A key of one character, which stands by itself in the line."""


def bar(screen: AutosaveForm) -> str:
    """What the hint bar says."""
    return screen.query_one(HintBar).text


@pytest.mark.sweep
@pytest.mark.parametrize("form", every_form(), ids=lambda form: form.__name__)
async def test_no_field_of_any_form_has_a_key_hinted_that_it_would_take_as_text(
    tmp_path: Path, form: Form
) -> None:
    async with desk(tmp_path) as night:
        case_id = await begun(form, night)
        again = await opener(form, night, case_id)
        async with night.running() as pilot:
            screen = again()
            await pilot.app.push_screen(screen)
            await settle(pilot)
            fields = [*screen.query(Input), *screen.query(NoteArea), *screen.query(Choice)]
            for field in fields:
                if not field.focusable or not field.display:
                    continue
                screen.set_focus(field)
                await settle(pilot)
                assert SINGLE.findall(bar(screen)) == [], f"{field.id}: {bar(screen)}"
                assert "Esc" in bar(screen)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("form", "field", "keys"),
    [
        (PanelTestScreen, "#since", ("a ", "Enter ")),
        (NoticesScreen, "#text", ("Enter ", "a ")),
        (WorkLogScreen, "#note", ("<- -> ", "a ")),
    ],
)
async def test_the_keys_of_a_list_are_hinted_where_they_act_and_nowhere_else(
    tmp_path: Path, form: type[AutosaveForm], field: str, keys: tuple[str, ...], lang: Language
) -> None:
    async with desk(tmp_path) as night, night.running(lang=lang) as pilot:
        screen = form()
        await pilot.app.push_screen(screen)
        await settle(pilot)
        screen.set_focus(None)
        await settle(pilot)
        listed = bar(screen)
        assert listed.startswith(keys[0])
        assert f"  {keys[1]}" in listed
        await press(pilot, "a")
        assert screen.focused is screen.query_one(field)
        typed = bar(screen)
        assert typed
        assert listed.endswith(typed), "the rest stays where it was"
        await press(pilot, "a")
        assert screen.query_one(field, Input).value == "a", "it is typed, and was not hinted"
        await press(pilot, "escape")
        assert bar(screen) == listed
