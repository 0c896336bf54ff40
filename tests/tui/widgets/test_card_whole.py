"""A line of an action card is never cut inside what is to be spoken."""

from __future__ import annotations

import pytest
from textual.app import ComposeResult

from dispatcher_tui.present.emergency.card_lines import CardLine
from dispatcher_tui.present.i18n import _
from dispatcher_tui.tui.look import LookApp
from dispatcher_tui.tui.widgets.checklist import Checklist
from dispatcher_tui.tui.widgets.glance import Glance

WORDS = (
    "「__栋__层着火。门外没烟：关门走楼梯下。有烟：别开门，堵缝，窗口等，打119报房号。不坐电梯。」"
)
BROADCAST = f"确认联动在自动。广播：{WORDS}"
CARD = [
    CardLine("打119，来电人也打。", slot=0, step=0),
    CardLine(BROADCAST, slot=1, step=1),
    CardLine("清点人数。", slot=2, step=2),
]


class Parts(LookApp[None]):
    """The look at the card, or the card itself."""

    def __init__(self, part: Glance | Checklist) -> None:
        super().__init__()
        self._part = part

    def compose(self) -> ComposeResult:
        yield self._part

    @property
    def shown(self) -> str:
        """What is drawn, the rows run together."""
        rows = (self._part.render_line(y).text.strip() for y in range(self._part.size.height))
        return "".join(rows)


@pytest.mark.parametrize("rows", range(3, 13))
async def test_beside_the_calls_the_words_stand_whole_or_not_at_all(rows: int) -> None:
    for card in (CARD, CARD[1:]):
        app = Parts(Glance())
        async with app.run_test(size=(33, rows)) as pilot:
            pilot.app.query_one(Glance).tell(card, ["04:31:51 紧急：起火"])
            await pilot.pause()
            assert (WORDS in app.shown) != ("「" not in app.shown)
            led = _("{head} Whole: Tab").format(head="") in app.shown
            assert led == ("广播：" in app.shown and WORDS not in app.shown)


@pytest.mark.parametrize("rows", range(5, 9))
async def test_on_the_card_a_line_without_room_is_not_begun(rows: int) -> None:
    app = Parts(Checklist())
    async with app.run_test(size=(40, rows)) as pilot:
        card = pilot.app.query_one(Checklist)
        card.show(CARD)
        await pilot.pause()
        seen = [app.shown]
        for _press in range(2):
            card.move("down")
            await pilot.pause()
            seen.append(app.shown)
        assert all((WORDS in text) != ("「" not in text) for text in seen), seen
        assert WORDS in seen[1], "the chosen line is whole"
        assert "清点人数" in seen[2]
        below = _("{n} below").format(n="").strip()
        assert (below in seen[0]) == ("清点人数" not in seen[0])
