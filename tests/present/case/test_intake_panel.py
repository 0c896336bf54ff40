"""What stands beside the intake form: what is loud is filled, and every row has room."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from dispatcher_tui.domain.procedure import Level
from dispatcher_tui.domain.record.case_line import CaseLine
from dispatcher_tui.domain.site.register import NextFlat, NextTo
from dispatcher_tui.domain.words.people import Category, Household
from dispatcher_tui.domain.words.terms import Fact, Label, Stage
from dispatcher_tui.present.case import intake_panel as panel
from dispatcher_tui.present.i18n import use
from dispatcher_tui.present.spans import cells_of, plain, wrapped

NOW = datetime(2026, 11, 21, 14, 47, 12, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Shanghai")
CELLS = 34
HOME = Household(
    place="3-2-1502",
    residents=("阎雅倩", "阎伟"),
    phones=("13900003534",),
    warning="家有犬, 先电话后上门",
)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    use("en")
    yield
    use("en")


def case(number: str, due: datetime | None, *, open_: bool = True) -> CaseLine:
    """A case at the place."""
    return CaseLine(
        row=1,
        id=f"id-{number}",
        number=number,
        procedure="estate-dispatch",
        level="ordinary",
        level_zh="一般",
        level_en="Ordinary",
        grave=False,
        emergency=False,
        stage=Stage.NOTIFIED if open_ else Stage.FINAL,
        open=open_,
        place="3-2-1502",
        caller="阎雅倩",
        phone="13900003534",
        category="leak",
        content="卫生间顶上滴水",
        assignee="张伟",
        opened_at=NOW - timedelta(hours=2),
        written_off_at=None,
        final_at=None,
        done_at=None,
        next_rule="P0-05",
        next_zh="第一次跟进",
        next_en="First follow-up",
        next_do="follow_up",
        next_due=due,
        fire_at=due,
        shout=False,
        stuck=False,
    )


def roles(rows: panel.Rows) -> set[str]:
    """The roles that are worn in a part."""
    return {span.role for row in rows for span in row if span.text.strip()}


def texts(rows: panel.Rows) -> list[str]:
    return [plain(row).rstrip() for row in rows]


@pytest.mark.parametrize(
    ("late", "header"), [(timedelta(seconds=1), "over"), (timedelta(0), "tint")]
)
def test_an_open_case_is_loud_once_it_is_overdue_and_not_before(
    late: timedelta, header: str
) -> None:
    rows = panel.case_rows([case("261121-01", NOW - late)], "", NOW, ZONE, CELLS)
    assert texts(rows)[0] == " 1 open, same matter: Esc, 1"
    assert roles(rows[:1]) == {header}
    assert cells_of(rows[0]) == CELLS, "from edge to edge"
    assert roles(rows[1:2]) == ({"overt"} if header == "over" else {"fg1"})
    assert texts(rows)[1].startswith(" 1 261121-01  20:47  ")
    assert "张伟" in texts(rows)[2]


def test_several_cases_have_a_digit_each_and_the_linked_one_its_mark() -> None:
    two = [case("261121-01", None), case("261121-02", None), case("261120-09", None, open_=False)]
    rows = panel.case_rows(two, "id-261121-02", NOW, ZONE, CELLS)
    shown = texts(rows)
    assert shown[0] == " 2 open, same matter: Esc, digit"
    assert shown[1].startswith(" 1 261121-01")
    assert shown[3].startswith("*2 261121-02")
    assert roles(rows[3:4]) == {"tint", "fg1"} or roles(rows[3:4]) == {"tint"}
    assert shown[5] == " Earlier here"
    assert "261120-09" in shown[6]


def test_nothing_is_said_of_a_place_without_cases_or_name() -> None:
    assert panel.case_rows([], "", NOW, ZONE, CELLS) == []
    assert panel.household_rows("", None, CELLS) == []
    assert panel.digit_rows("后门", CELLS) == []
    assert panel.offered_rows("x", (), 0, CELLS) == []
    assert panel.warning_rows(None, (), CELLS) == []


def test_who_lives_there_is_strong_and_the_warning_is_a_line_of_its_own() -> None:
    rows = panel.household_rows("3-2-1502", HOME, CELLS)
    assert texts(rows) == [" 阎雅倩 13900003534", " 阎伟"]
    assert [span.role for span in rows[0] if span.text.strip()] == ["fg0", "fg1"]
    warned = panel.warning_rows(HOME, ("!! dog",), CELLS)
    assert roles(warned) == {"warn"}
    assert all(cells_of(row) == CELLS for row in warned)
    assert "家有犬" in " ".join(texts(warned))
    (unknown,) = panel.household_rows("9-9", None, CELLS)
    assert plain(unknown).strip() == "9-9: not in the register"
    other = panel.household_rows("3-2-1503", HOME, CELLS)
    assert texts(other)[0].strip() == "registered as 3-2-1502"


@pytest.mark.parametrize(
    ("emergency", "urgent", "role"),
    [(True, True, "over"), (False, True, "grave"), (False, False, "fg0")],
)
def test_the_level_is_a_badge_with_its_reason(emergency: bool, urgent: bool, role: str) -> None:
    level = Level(
        id="x",
        label=Label("重大", "Grave"),
        rule="P0-04",
        emergency=emergency,
        urgent=urgent,
    )
    (row,) = panel.level_rows(level, ["injury", "media"], CELLS)
    assert row[1] == (" Grave ", role, False)
    assert plain(row) == " Level   Grave  injury, media"
    assert "P0" not in plain(row), "a rule stands where somebody asks"
    (bare,) = panel.level_rows(level, [], CELLS)
    assert plain(bare).strip() == "Level   Grave"


LEAK = Category("leak", Label("漏水", "Water leak"), "repair", "ls")
FLAT = NextFlat(NextTo.BESIDE, HOME, (case("261121-01", NOW),))


@pytest.mark.parametrize("cells", [20, 34, 74])
def test_every_row_has_room(cells: int) -> None:
    lines = [case("261121-01", NOW), case("261121-02", None, open_=False)]
    parts = [
        panel.case_rows(lines, "", NOW, ZONE, cells),
        panel.household_rows("3-2-1502", HOME, cells),
        panel.warning_rows(HOME, ("!! 氧气机, 电池撑两小时",), cells),
        panel.standing_rows(lines[0], NOW, ZONE, cells),
        panel.next_door_rows([FLAT], {"id-261121-01": 1}, "", NOW, ZONE, cells),
        panel.alike_rows(lines, LEAK, (), {"id-261121-01": 1}, "", cells),
        wrapped("让对方把话说完, 照原话记", "fg2", cells),
    ]
    for rows in parts:
        assert rows
        assert all(cells_of(row) <= cells for row in rows), [texts(rows), cells]


def test_what_is_alike_names_who_rang_and_the_digit_of_the_fact_until_it_is_pressed() -> None:
    lines = [case(f"261121-0{n}", NOW) for n in (1, 2, 3, 4)]
    asked = panel.alike_rows(lines, LEAK, (), {"id-261121-02": 1}, "id-261121-02", 70)
    head, *told = texts(asked)
    assert head.strip() == "5x Water leak in this building in 48 h: one matter? Facts: 4"
    assert [row.split()[0] for row in told[::2]] == ["*1", "261121-03", "261121-04"]
    assert {row.strip() for row in told[1::2]} == {"阎雅倩 13900003534"}
    pressed = panel.alike_rows(lines, LEAK, (Fact.GROUP,), {}, "", 60)
    assert texts(pressed)[0].strip() == "5x Water leak in this building in 48 h: one matter"
    assert panel.alike_rows([], LEAK, (), {}, "", 60) == []
    assert panel.alike_rows(lines, None, (), {}, "", 60) == []


def test_how_a_case_stands_names_no_rule() -> None:
    shown = texts(panel.standing_rows(case("261121-01", NOW), NOW, ZONE, 60))
    assert shown[0].startswith(" 261121-01 Ordinary")
    assert any("First follow-up 00:00:00" in line for line in shown)
    assert not any("P0-05" in line for line in shown)
