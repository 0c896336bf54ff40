"""F9 over a half-typed form: its place, caller and words go along, and the form stays as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.domain.words.terms import Stage
from dispatcher_tui.tui.screens.case.intake import IntakeScreen
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.notes import NoteArea
from tests.tui.emergency.on_screen import line, top
from tests.tui.rings import desk
from tests.tui.story import case_of, message, on_top
from tests.tui.support import NARROW, Language, press

TOLD = {"place": "3-2-1502", "phone": "13900003534", "caller": "王女士"}
WORDS = "楼梯上摔了"
TO_RING_BACK = {"zh": "报事人电话：", "en": "Phone of who told us:"}
SAYS = {"zh": "报事人和原话也取自该表单", "en": "Caller and words are that form's too."}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("end", ["a call", "a mistake"])
async def test_caller_number_and_words_go_along_and_a_mistake_stays_one(
    tmp_path: Path, lang: Language, end: str
) -> None:
    async with desk(tmp_path) as night, night.running(NARROW, lang) as pilot:
        await press(pilot, "f2", "1")
        form = pilot.app.screen
        assert isinstance(form, IntakeScreen)
        for name, text in TOLD.items():
            form.query_one(f"#{name}", Field).value = text
        form.query_one("#said", NoteArea).text = WORDS
        await press(pilot, "f9", "4")
        assert SAYS[lang] in message(pilot)
        script = line(pilot, "script").replace(" ", "").replace("\n", "")
        assert f"{TO_RING_BACK[lang]}{TOLD['phone']}".replace(" ", "") in script
        assert WORDS in script
        case_id = top(pilot).case_id
        case = await case_of(night, case_id)
        assert case.caller is not None
        assert (case.caller.name, case.caller.phone) == (TOLD["caller"], TOLD["phone"])
        assert (case.place, case.verbatim, case.calls) == (TOLD["place"], WORDS, ())
        if end == "a call":
            await press(pilot, "2", "escape")
            assert (await case_of(night, case_id)).stage is Stage.OPEN
        else:
            await press(pilot, "escape", "1", *"slipped", "f10")
            assert (await case_of(night, case_id)).stage is Stage.INVALID
        assert on_top(pilot) == "IntakeScreen"
        assert {name: form.query_one(f"#{name}", Field).value for name in TOLD} == TOLD
        assert form.query_one("#said", NoteArea).text == WORDS, "the form itself is not used up"
        assert len(night.session.drafts) == 1


async def test_an_empty_form_takes_nothing_along_and_says_so(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running(NARROW, "en") as pilot:
        await press(pilot, "f2", "1", "f9", "1")
        case = await case_of(night, top(pilot).case_id)
        assert case.caller is not None
        assert (case.caller.name, case.caller.phone, case.verbatim) == ("", "", "")
        assert SAYS["en"] not in message(pilot)


async def test_half_a_place_is_not_taken_and_no_key_lands_in_it_afterwards(tmp_path: Path) -> None:
    """`3-2-1` begins homes of the estate; Esc from the emergency leaves the form's fields alone."""
    async with desk(tmp_path) as night, night.running(NARROW, "en") as pilot:
        await press(pilot, "f2", "1", *"3-2-15")
        form = pilot.app.screen
        assert isinstance(form, IntakeScreen)
        await press(pilot, "f9", "1")
        case_id = top(pilot).case_id
        assert (await case_of(night, case_id)).place == ""
        await press(pilot, "2", "escape")
        assert on_top(pilot) == "IntakeScreen"
        assert form.focused is None
        await press(pilot, "5")
        assert form.query_one("#place", Field).value == "3-2-15"
