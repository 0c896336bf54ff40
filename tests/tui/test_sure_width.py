"""What goes to the terminal has no character of ambiguous width, whatever was typed."""

from __future__ import annotations

from pathlib import Path

from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from dispatcher_tui.tui.sure_width import SureWidth
from dispatcher_tui.tui.widgets.form import Field
from tests.present.test_words import ambiguous
from tests.tui.support import desk, picture, press

TYPED = "“漏”…水→①楼—é"


def test_a_segment_keeps_its_style_and_its_cells() -> None:
    bold, black = Style(bold=True), Color(0, 0, 0)
    plain = [Segment("abc"), Segment("漏水，", bold)]
    assert SureWidth().apply(plain, black) == plain
    drawn = SureWidth().apply([Segment("a│", bold), Segment("·漏…")], black)
    assert drawn == [Segment("a|", bold), Segment(".漏.")]
    assert sum(each.cell_length for each in drawn) == 6


async def test_a_field_shows_twins_and_keeps_what_was_typed(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f2", "1")
        field = pilot.app.focused
        assert isinstance(field, Field)
        field.value = TYPED
        await press(pilot)
        assert field.value == TYPED
        assert '"漏".水>1楼-e' in picture(pilot)
        assert not ambiguous(picture(pilot))
