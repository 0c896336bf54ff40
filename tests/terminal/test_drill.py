"""A drill on a real terminal: F9 and a digit on a copy, a report, one entry in the record."""

from __future__ import annotations

from pathlib import Path

from dispatcher_tui.present.words import _
from tests.terminal.seat import (
    ENTER,
    ESCAPE,
    F9,
    NARROW,
    ON_A_TERMINAL,
    OPERATOR,
    Seat,
    assert_sound,
    command,
    squeezed,
)

pytestmark = ON_A_TERMINAL

LEAVE = "\x11"


def test_a_drill_beside_the_desk_leaves_one_entry_and_a_report(site: Path) -> None:
    before = command(site, "log")
    with Seat(site) as desk:
        desk.see_board()
        with Seat(site, "zh", NARROW, "drill", "--speed", "60") as drill:
            drill.see(_("DRILL"), f"F9 {_('EMERGENCY')}")
            drill.key(F9, "1")
            shown = drill.see("119", "起火")
            for number, line in enumerate(shown.split("\n")):
                assert line.startswith("演练"[number % 2]), line
            drill.key(ESCAPE, LEAVE)
            drill.see("紧急演练报告：起火", f"操作员 {OPERATOR}", "1 写入，2 不写")
            drill.key("1", ENTER)
            drill.see("已入记录一条")
            assert drill.process.wait(20) == 0
        assert "起火" not in squeezed(desk.text())
    kinds = [entry["kind"] for entry in command(site, "log")[len(before) :]]
    assert kinds == ["desk_started", "drill_held"]
    assert command(site, "case", "list") == []
    assert_sound(site)
