"""One typed line: a number goes to its case, `log` writes, a place takes a call down."""

from __future__ import annotations

import pytest

from dispatcher_tui.domain.words.quick_line import (
    MOST,
    QuickCall,
    QuickCase,
    QuickLine,
    QuickLog,
    read_quick_line,
)

CLASSES = {"漏水": "leak", "ls": "leak", "门禁失灵": "access"}
GATE = "地下车库"


def read(line: str) -> QuickLine | None:
    return read_quick_line(line, lambda word: CLASSES.get(word, ""), lambda place: place == GATE)


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("261129-03", QuickCase("261129-03")),
        ("２６１１２９－０３", QuickCase("261129-03")),
        ("261129-103", QuickCase("261129-103")),
        ("log 巡逻正常", QuickLog("巡逻正常")),
        ("LOG: all quiet", QuickLog("all quiet")),
        ("日志 巡逻 正常", QuickLog("巡逻 正常")),
        ("3-2-1502", QuickCall("3-2-1502")),
        (
            "3-2-1502 漏水 厨房往楼下滴 13900003534",
            QuickCall("3-2-1502", "13900003534", "leak", "厨房往楼下滴"),
        ),
        (
            "三栋二单元1502 13900003534 厨房 往楼下滴 ls",
            QuickCall("3-2-1502", "13900003534", "leak", "厨房 往楼下滴"),
        ),
        ("3-2-1502 漏水", QuickCall("3-2-1502", "", "leak", "漏水")),
        ("3-2-1502　门口 3 天 没人 修", QuickCall("3-2-1502", "", "", "门口 3 天 没人 修")),
        ("地下车库 漏水", QuickCall(GATE, "", "leak", "漏水")),
        ("13900003534 门禁失灵", QuickCall("", "13900003534", "access", "门禁失灵")),
        ("0755-26881234", QuickCall("", "0755-26881234")),
    ],
)
def test_what_a_line_means(line: str, meant: QuickLine) -> None:
    assert read(line) == meant


@pytest.mark.parametrize(
    "line",
    ["", "   ", "派工", "gzrz", "log", "日志", "logbook", "261129-3", "1502", "漏水", "[b]x{0}"],
)
def test_all_else_is_at_most_the_name_of_a_command(line: str) -> None:
    assert read(line) is None


def test_a_second_class_or_number_is_what_was_said() -> None:
    meant = read("3-2-1502 漏水 门禁失灵 13900003534 13900003535")
    assert meant == QuickCall("3-2-1502", "13900003534", "leak", "门禁失灵 13900003535")


def test_hostile_text_is_data_and_a_line_has_an_end() -> None:
    assert read("3-2-1502 \x1b[2J[b]x\u202e{0}") == QuickCall("3-2-1502", said="[2J[b]x{0}")
    meant = read("3-2-1502 " + "水" * 3 * MOST)
    assert isinstance(meant, QuickCall)
    assert len(meant.said) == MOST - len("3-2-1502 ")
