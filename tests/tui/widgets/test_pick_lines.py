"""Lines to choose from: what did not change is not drawn again."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from secrets import randbits

import pytest
from textual.app import ComposeResult
from textual.geometry import Region

from dispatcher_tui.tui.look import LookApp
from dispatcher_tui.tui.widgets.pick_lines import PickLines

FIRST = ("00:01:10 张伟 call", "00:02:00 3-2-1502", "-00:00:01 x")


class ListApp(LookApp[None]):
    """A list alone."""

    def compose(self) -> ComposeResult:
        yield PickLines(id="list")

    @property
    def lines(self) -> PickLines:
        return self.query_one(PickLines)


async def _drawn(then: Sequence[str], cursor: int | None = None) -> set[Region]:
    """What is drawn again once other lines are shown than the first ones."""
    app = ListApp()
    async with app.run_test(size=(40, 12)) as pilot:
        app.lines.show(FIRST)
        await pilot.pause()
        app.lines._exchange_repaint_regions()
        app.lines.show(then, cursor)
        return set(app.lines._exchange_repaint_regions())


async def test_the_same_lines_are_not_drawn_again() -> None:
    assert await _drawn(FIRST) == set()


async def test_of_a_countdown_only_its_figures_are_drawn_again() -> None:
    then = ("00:01:09 张伟 call", "00:01:59 3-2-1502", FIRST[2])
    assert await _drawn(then) == {Region(7, 0, 2, 1), Region(5, 1, 4, 1)}
    assert await _drawn(("00:01:10 张伟", *FIRST[1:])) == {Region(15, 0, 4, 1)}


@pytest.mark.parametrize(
    "then",
    [
        pytest.param("00:01:10 王伟 call", id="a Chinese character"),
        pytest.param("00:01:1\u0301 张伟 call", id="a mark upon a figure"),
    ],
)
async def test_what_is_not_plain_is_drawn_as_a_whole_row(then: str) -> None:
    assert await _drawn((then, *FIRST[1:])) == {Region(0, 0, 40, 1)}


async def test_another_choice_or_another_number_of_lines_is_drawn_whole() -> None:
    whole = {Region(0, 0, 40, 12)}
    assert await _drawn(FIRST, 1) == whole
    assert await _drawn(FIRST[:2]) == whole


async def test_whatever_follows_stands_there_as_it_would_drawn_anew() -> None:
    seed = randbits(32)
    print(f"seed {seed}")
    random = Random(seed)
    figures = ("00:01:10", "00:01:09", "99", "9", " ", "x", "e")
    parts = (*figures, "张", "张伟", "，", "e\u0301", "👨\u200d👩\u200d👧")
    app = ListApp()
    async with app.run_test(size=(24, 6)) as pilot:
        for _ in range(60):
            lines = ["".join(random.choices(parts, k=random.randrange(8))) for _ in range(9)]
            app.lines.show(lines, random.choice((None, random.randrange(9))))
            await pilot.pause()
            shown = app.screen._compositor.render_strips()
            app.lines.refresh()
            await pilot.pause()
            assert [x.text for x in app.screen._compositor.render_strips()] == [
                x.text for x in shown
            ]


@pytest.mark.parametrize(
    ("cells", "row"),
    [
        (30, " " + "x" * 30 + "  4 below"),
        (31, " " + "x" * 31),
        (39, " " + "x" * 39),
        (40, " " + "x" * 28 + "..  4 below"),
    ],
)
async def test_a_line_that_has_room_alone_is_not_cut_for_what_lies_below(
    cells: int, row: str
) -> None:
    app = ListApp()
    async with app.run_test(size=(40, 12)) as pilot:
        app.lines.show(["x" * cells] * 16)
        await pilot.pause()
        assert app.lines.render_line(11).text.rstrip() == row
