"""Rows by role: one of them is where the keys go, and what is urgent keeps its colour there."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Input

from dispatcher_tui.present.spans import Span
from dispatcher_tui.tui.look import LookApp, paint
from dispatcher_tui.tui.widgets.key_lines import keyed, paged
from dispatcher_tui.tui.widgets.pick_rows import PickRow, PickRows

LATE = PickRow([Span(" -00:21:36 ", "over"), Span(" 承诺到期", "fg0")], [Span("261130-01", "fg2")])
PLAIN = PickRow([Span("  00:50:00 "), Span(" 第一次跟进", "fg1")], [Span("261130-02", "fg2")])


class Lists(LookApp[None]):
    """The list over a field."""

    def compose(self) -> ComposeResult:
        yield PickRows(id="rows")
        yield Input(id="field")

    @property
    def rows(self) -> PickRows:
        return self.query_one(PickRows)

    def grounds(self, y: int) -> list[str]:
        """The grounds of a row's runs, in order, each once."""
        found: list[str] = []
        for segment in self.rows.render_line(y):
            style = segment.style
            colour = style.bgcolor.name if style is not None and style.bgcolor else ""
            found += [colour] * (not found or found[-1] != colour)
        return found


def ground(role: str) -> str:
    style = paint("night", role).background
    assert style is not None
    return style.hex.lower()


async def test_the_chosen_row_is_filled_but_for_what_is_urgent() -> None:
    async with Lists().run_test(size=(60, 8)) as pilot:
        app = pilot.app
        assert isinstance(app, Lists)
        app.screen.set_focus(None)
        app.rows.put([LATE, PLAIN], 0)
        await pilot.pause()
        assert app.grounds(0) == [ground("sel"), ground("over"), ground("sel")]
        assert len(app.grounds(1)) == 1
        assert app.rows.render_line(0).text.startswith("> -00:21:36")
        assert app.rows.render_line(0).text.rstrip().endswith("261130-01")
        assert app.rows.render_line(0).cell_length == app.rows.size.width
        app.rows.move("down")
        await pilot.pause()
        assert app.grounds(1) == [ground("sel")]
        assert ground("sel") not in app.grounds(0)


async def test_while_the_keys_go_elsewhere_it_is_told_by_a_star_and_a_tint() -> None:
    async with Lists().run_test(size=(60, 8)) as pilot:
        app = pilot.app
        assert isinstance(app, Lists)
        app.rows.put([PLAIN], 0)
        app.query_one(Input).focus()
        await pilot.pause()
        assert app.rows.render_line(0).text.startswith("*")
        assert app.grounds(0) == [ground("tint")]


async def test_only_rows_that_changed_are_drawn_anew() -> None:
    async with Lists().run_test(size=(60, 8)) as pilot:
        app = pilot.app
        assert isinstance(app, Lists)
        app.screen.set_focus(None)
        app.rows.put([LATE, PLAIN], 0)
        await pilot.pause()
        other = PickRow([Span("  00:49:59 "), *PLAIN.left[1:]], PLAIN.right)
        told: list[tuple[int, ...]] = []
        app.rows.refresh = lambda *regions, **_how: told.extend(tuple(r) for r in regions)  # type: ignore[method-assign,assignment]
        app.rows.put([LATE, PLAIN])
        assert told == []
        app.rows.put([LATE, other])
        assert {region[1] for region in told} == {1}
        told.clear()
        app.rows.put([PickRow([Span(" -00:21:36 ", "warnt"), *LATE.left[1:]], LATE.right), other])
        assert {region[1] for region in told} == {0}, "another colour of the same words"


def test_keys_on_a_line_are_caps_and_their_words_are_none() -> None:
    row = "1 换班   a take a swap   F10 hand over   2-4 pages"
    caps = [span.text for span in keyed(row) if span.role == "cap"]
    assert caps == ["1 ", " a ", " F10 ", " 2-4 "]
    assert "".join(span.text for span in keyed(row)) == row
    assert keyed("nothing here") == [Span("nothing here")]


def test_the_page_that_is_open_stands_out() -> None:
    spans = paged(" 1 owed  [2 chase]  3 odd ")
    assert [span.text for span in spans if span.role == "tint"] == ["[2 chase]"]
    assert "".join(span.text for span in spans) == " 1 owed  [2 chase]  3 odd "
    assert [span.role for span in paged("1 owed  2 chase")] == ["strip2"]


async def test_it_says_how_many_rows_are_not_in_view_and_hides_no_number() -> None:
    async with Lists().run_test(size=(60, 8)) as pilot:
        app = pilot.app
        assert isinstance(app, Lists)
        rows = app.rows
        rows.put([PLAIN] * rows.size.height, 0)
        await pilot.pause()
        whole = [rows.render_line(y).text for y in range(rows.size.height)]
        assert all(text.rstrip().endswith("261130-02") for text in whole), "all are in view"
        rows.put([PLAIN] * (rows.size.height + 1), 0)
        await pilot.pause()
        last = rows.size.height - 1
        assert rows.render_line(last).text.rstrip().endswith("261130-02  1 below")
        assert rows.render_line(0).text.rstrip().endswith("261130-02")
        rows.move("end")
        await pilot.pause()
        assert rows.render_line(0).text.rstrip().endswith("261130-02  1 above")
        assert rows.render_line(last).text.rstrip().endswith("261130-02")
        rows.put([PLAIN] * (rows.size.height * 3), rows.size.height + 2)
        await pilot.pause()
        assert "above" in rows.render_line(0).text
        assert f"{rows.size.height * 2 - 3} below" in rows.render_line(last).text
        assert all(
            rows.render_line(y).cell_length == rows.size.width for y in range(rows.size.height)
        )


async def test_as_time_passes_the_rows_in_view_alone_are_made() -> None:
    made: list[int] = []
    second = 0

    def row(index: int) -> PickRow:
        made.append(index)
        return PickRow([Span(f" 00:00:{second:02d} "), Span(f"duty {index}")])

    async with Lists().run_test(size=(60, 8)) as pilot:
        app = pilot.app
        assert isinstance(app, Lists)
        app.screen.set_focus(None)
        app.rows.put([row(n) for n in range(100)], 0)
        await pilot.pause()
        seen = app.rows.size.height
        assert 0 < seen < 8
        made.clear()
        second = 1
        app.rows.renew(row)
        await pilot.pause()
        assert made == list(range(seen))
        assert "00:00:01" in app.rows.render_line(seen - 1).text
        made.clear()
        second = 2
        assert app.rows.move("end")  # what comes into view is as of now, not of a second ago
        await pilot.pause()
        assert made == list(range(100 - seen, 100))
        last = app.rows.render_lines(app.rows.size.region)[-1].text
        assert "00:00:02" in last
        assert "duty 99" in last
        assert app.rows.lines[99] == " 00:00:02 duty 99"
        made.clear()
        app.rows.put([row(0)])
        made.clear()
        await pilot.pause()
        assert app.rows.render_line(0).text.startswith("> 00:00:02")
        assert made == []
