"""The board: the cursor keeps its case, lines keep their width, ticks touch only countdowns."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from rich.cells import cell_len
from textual.app import ComposeResult
from textual.geometry import Region
from textual.pilot import Pilot

from dispatcher_tui.present.case.board_rows import BoardRow
from dispatcher_tui.tui.look import LookApp
from dispatcher_tui.tui.widgets.board_table import BoardTable

NOW = datetime(2026, 11, 21, 14, 47, 12, tzinfo=UTC)
HOSTILE = (
    "[/] [b]x[@click=app.quit]y[/]\x1b[2J\x1b]52;c;QUFB\x07\x9b31m\u202e\u2066evil\u200b\n\t漏"
)


class BoardApp(LookApp[None]):
    """The board alone; keeps what it posts."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[tuple[str, str | None]] = []

    def compose(self) -> ComposeResult:
        yield BoardTable(id="board")

    def on_board_table_selected(self, message: BoardTable.Selected) -> None:
        self.heard.append(("selected", message.case_id))

    def on_board_table_opened(self, message: BoardTable.Opened) -> None:
        self.heard.append(("opened", message.case_id))

    @property
    def board(self) -> BoardTable:
        return self.query_one(BoardTable)


def row(which: int, due: float | None = None, **changes: object) -> BoardRow:
    """A case that falls due in `due` seconds, by default a minute per case."""
    seconds = 60.0 * which if due is None else due
    plain = BoardRow(
        case_id=f"case-{which}",
        number=f"261121-{which:02}",
        due=NOW + timedelta(seconds=seconds),
        level="ordinary",
        level_text="一般",
        place="3-2-1502",
        content=f"content {which}",
        assignee="张伟",
        step="第一次跟进",
        shout=False,
        grave=False,
        emergency=False,
    )
    return msgspec.structs.replace(plain, **changes)


def rows(*numbers: int) -> list[BoardRow]:
    return [row(number) for number in numbers]


def lines(board: BoardTable) -> list[str]:
    """What the widget draws, line by line."""
    return [board.render_line(y).text for y in range(board.size.height)]


def cursor_line(board: BoardTable) -> str:
    """The one line that carries the cursor mark."""
    (found,) = [line for line in lines(board) if line.startswith(">")]
    return found


async def filled(pilot: Pilot[None], shown: Iterable[BoardRow]) -> BoardTable:
    """A board with `shown`, its clock at NOW, the focus on it."""
    app = pilot.app
    assert isinstance(app, BoardApp)
    board = app.board
    board.focus()
    board.tick(NOW)
    board.set_rows(list(shown))
    await pilot.pause()
    return board


async def test_cursor_stays_on_the_case_when_the_order_changes() -> None:
    app = BoardApp()
    async with app.run_test(size=(100, 10)) as pilot:
        board = await filled(pilot, rows(1, 2, 3, 4))
        await pilot.press("down", "j")
        assert board.selected == "case-3"
        app.heard.clear()
        board.set_rows(rows(3, 4, 2, 1))
        await pilot.pause()
        assert board.selected == "case-3"
        assert "261121-03" in cursor_line(board)
        assert app.heard == []


async def test_case_that_scrolls_away_is_followed() -> None:
    async with BoardApp().run_test(size=(100, 6)) as pilot:
        board = await filled(pilot, rows(*range(50)))
        board.set_rows(rows(*range(1, 50), 0))
        assert board.selected == "case-0"
        assert "261121-00" in cursor_line(board)
        assert "^45" in lines(board)[0]


async def test_vanished_case_leaves_the_cursor_on_its_line() -> None:
    app = BoardApp()
    async with app.run_test(size=(100, 10)) as pilot:
        board = await filled(pilot, rows(1, 2, 3))
        await pilot.press("down")
        app.heard.clear()
        board.set_rows(rows(1, 3))
        await pilot.pause()
        assert board.selected == "case-3"
        board.set_rows(rows(1))
        await pilot.pause()
        assert board.selected == "case-1"
        board.set_rows([])
        await pilot.pause()
        assert app.heard == [("selected", "case-3"), ("selected", "case-1"), ("selected", None)]
        assert "No open cases" in lines(board)[1]
        await pilot.press("enter", "down", "end", "pageup")
        assert app.heard[3:] == []


async def test_keys_move_and_open() -> None:
    app = BoardApp()
    async with app.run_test(size=(100, 11)) as pilot:
        board = await filled(pilot, rows(*range(100)))
        for key, at in (
            ("pagedown", 9),
            ("end", 99),
            ("pageup", 90),
            ("k", 89),
            ("home", 0),
            ("up", 0),
        ):
            await pilot.press(key)
            assert board.selected == f"case-{at}", key
            assert f"261121-{at:02}" in cursor_line(board)
        app.heard.clear()
        await pilot.press("down", "enter")
        assert app.heard == [("selected", "case-1"), ("opened", "case-1")]


async def test_click_selects_and_titles_do_not() -> None:
    app = BoardApp()
    async with app.run_test(size=(100, 10)) as pilot:
        board = await filled(pilot, rows(1, 2, 3))
        await pilot.click(board, offset=(20, 3))
        assert board.selected == "case-3"
        await pilot.click(board, offset=(20, 0))
        await pilot.click(board, offset=(20, 7))
        assert board.selected == "case-3"
        await pilot.click(board, offset=(20, 2), times=2)
        assert app.heard[-1] == ("opened", "case-2")


async def test_select_and_update_reach_only_cases_on_the_board() -> None:
    async with BoardApp().run_test(size=(100, 6)) as pilot:
        board = await filled(pilot, rows(*range(30)))
        assert board.select("case-20")
        assert not board.select("case-99")
        assert board.update_row(row(20, content="changed"))
        assert not board.update_row(row(99))
        assert "changed" in cursor_line(board)


async def test_tick_refreshes_only_the_countdown_cells_that_changed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with BoardApp().run_test(size=(100, 10)) as pilot:
        board = await filled(pilot, [row(1), row(2, due=None), row(3), row(4)])
        board.update_row(row(2, due=-5))
        await pilot.pause()
        asked: list[Region] = []
        real = board.refresh

        def spy(*regions: Region, **how: bool) -> BoardTable:
            asked.extend(regions)
            assert regions, "a whole refresh"
            return real(*regions, **how)

        monkeypatch.setattr(board, "refresh", spy)
        board.tick(NOW)
        assert asked == []
        board.tick(NOW + timedelta(seconds=1))
        assert asked == [Region(7, 1, 4, 1), Region(10, 2, 1, 1), Region(7, 3, 4, 2)]
        assert lines(board)[1][1:11] == "  00:00:59", "the figures from the seventh cell on"
        asked.clear()
        board.tick(NOW - timedelta(seconds=6))
        whole = board.size.width
        assert Region(0, 2, whole, 1) in asked, "what is overdue no more is another line"
        asked.clear()
        board.tick(NOW + timedelta(seconds=1))
        asked.clear()
        board.update_row(row(3, content="other words"))
        assert asked == [Region(0, 3, board.size.width, 1)]
        asked.clear()
        await pilot.press("down")
        assert asked == [Region(0, 1, board.size.width, 2)]
        monkeypatch.undo()  # leaving the app refreshes it whole


async def test_remaining_time_and_marks_without_colour() -> None:
    async with BoardApp().run_test(size=(100, 10)) as pilot:
        board = await filled(
            pilot,
            [
                row(1, due=-310),
                row(2, due=404, shout=True),
                msgspec.structs.replace(row(3, draft=True), due=None),
            ],
        )
        _, first, second, third, *_rest = lines(board)
        assert first.startswith("> -00:05:10 !!  ")
        assert second.startswith("   00:06:44 **  ")
        assert third.startswith("   --:--:-- ~   ")
        board.tick(NOW + timedelta(seconds=404))
        assert lines(board)[2].startswith("   00:00:00 **  ")
        board.tick(NOW + timedelta(seconds=405))
        assert lines(board)[2].startswith("  -00:00:01 !!  ")


async def test_attributes_besides_colour() -> None:
    async with BoardApp().run_test(size=(100, 10)) as pilot:
        board = await filled(pilot, [row(1), row(2, shout=True), row(3, grave=True)])
        untold, grave = ({s.text: s.style for s in board.render_line(y)} for y in (2, 3))
        countdown, badge = untold["  00:02:00"], untold[" ** "]
        assert countdown is not None
        assert countdown.bold, "the countdown of what nobody was told"
        assert badge is not None
        assert badge.bgcolor != board.rich_style.bgcolor, "its badge has a ground"
        level = grave["一般"]
        assert level is not None
        assert level.bold
        assert level.bgcolor != board.rich_style.bgcolor, "a grave level has one too"


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 50), (64, 10), (40, 10), (12, 5)])
async def test_every_line_is_exactly_as_wide_as_the_widget(size: tuple[int, int]) -> None:
    texts = ["", "漏水", "x漏" * 80, "e\u0301" * 90, "👨‍👩‍👧 fire", HOSTILE]
    async with BoardApp().run_test(size=size) as pilot:
        board = await filled(
            pilot,
            [
                row(n, number=f"26112{n}-103", content=text, place=text, assignee=text, step=text)
                for n, text in enumerate(texts)
            ],
        )
        for y in range(board.size.height):
            strip = board.render_line(y)
            assert cell_len(strip.text) == board.size.width == strip.cell_length


@pytest.mark.parametrize("field", ["number", "level_text", "place", "content", "assignee", "step"])
async def test_hostile_text_is_shown_as_text(field: str) -> None:
    async with BoardApp().run_test(size=(160, 10)) as pilot:
        board = await filled(pilot, [msgspec.structs.replace(row(1), **{field: HOSTILE})])
        text = "".join(lines(board))
        assert text.isprintable()
        assert not set(text) & set("\u202e\u2066\u200b")
        assert "[/]" in text
        await pilot.press("end", "enter")
        assert board.selected == "case-1"


async def test_columns_give_way_on_a_narrow_board() -> None:
    async with BoardApp().run_test(size=(80, 10)) as pilot:
        board = await filled(pilot, rows(1))
        for part in ("一般", "261121-01", "3-2-1502", "content 1", "张伟", "第一次跟进"):
            assert part in lines(board)[1]
        await pilot.resize_terminal(50, 10)
        for _pause in range(100):  # the widget hears of it some messages later
            await pilot.pause()
            if board.size.width == 50:
                break
        assert "261121-01" in lines(board)[1]
        assert "content 1" in lines(board)[1]
        assert "第一次跟进" not in lines(board)[1]


async def test_ten_thousand_rows_are_set_and_ticked() -> None:
    async with BoardApp().run_test(size=(120, 43)) as pilot:
        board = await filled(pilot, rows(1))
        many = rows(*range(10_000))
        board.set_rows(many)
        for second in range(10):
            board.tick(NOW + timedelta(seconds=second))
        await pilot.press("end")
        assert board.selected == "case-9999"
