"""Keys that were not meant where they were pressed: nothing comes of them, and that is said."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest

from dispatcher_tui.tui import twice
from dispatcher_tui.tui.screens import base
from dispatcher_tui.tui.widgets.hint_bar import HintBar
from dispatcher_tui.tui.widgets.question import AnswerKey, Question
from tests.tui.leak import on_leak
from tests.tui.support import press


async def test_a_digit_counts_again_a_while_after_a_letter(tmp_path: Path) -> None:
    async with on_leak(tmp_path) as at:
        await press(at.pilot, "f4", "q", "1")
        assert (await at.case()).calls == (), "it belongs to what is typed there by mistake"
        assert "No text is taken here" in at.message
        with patch.object(base, "STRAYING", 0.0):
            await press(at.pilot, "q", "1")
        assert len((await at.case()).calls) == 1


async def test_a_second_press_that_a_held_question_leaves_out_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with on_leak(tmp_path, told=True) as at:
        monkeypatch.setattr(twice, "TWICE_WITHIN", 60.0)
        await press(at.pilot, "f5", "1")
        question = Question(held=True)
        await at.pilot.app.screen.mount(question)
        question.put("it", "Really?", AnswerKey("yes", "yes", "1"), AnswerKey("no", "no", ""))
        await press(at.pilot, "1")
        assert question.asked == "it"
        assert "1 pressed twice" in at.message


async def test_results_are_hinted_only_while_digits_give_them(tmp_path: Path) -> None:
    async with on_leak(tmp_path) as at:

        def hinted() -> bool:
            return "1-6" in at.pilot.app.screen.query_one(HintBar).render_line(0).text

        await press(at.pilot, "f4")
        assert hinted()
        await press(at.pilot, "7")
        assert not hinted(), "a digit picks a name"
        await press(at.pilot, "1")
        assert hinted()
        await press(at.pilot, "1")
        assert not hinted(), "a digit answers"
