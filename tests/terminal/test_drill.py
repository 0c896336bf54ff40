"""A drill on a real terminal: F9 and a digit on a copy, a report, one entry in the record."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dispatcher_tui.paths import DATABASE
from dispatcher_tui.present.i18n import _
from dispatcher_tui.store.store import Store
from tests.terminal.harness import ENTER, ESCAPE, F1, F2, F9, F10
from tests.terminal.seat import (
    NARROW,
    ON_A_TERMINAL,
    OPERATOR,
    Seat,
    assert_sound,
    command,
    open_case,
    squeezed,
)
from tests.terminal.test_bell import bells

pytestmark = ON_A_TERMINAL

LEAVE = "\x11"
FIRE = ("--place", "3-2-1502", "--category", "smoke_fire", "--fact", "fire")


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


MARKS = "演练"
READ = 1.2
"""Seconds after which what is shouted may be answered; what F2 asks, sooner."""


def assert_real(shown: str) -> None:
    """No line bears the mark of a drill."""
    assert not any(line[0] in MARKS for line in shown.split("\n")), shown


def assert_received(site: Path, number: str, pressed: datetime) -> None:
    """The case counts from the key, and not from the answer that came after it."""
    store = Store.open(site / DATABASE, read_only=True)
    try:
        record = store.case(number)
    finally:
        store.close()
    assert record is not None
    assert pressed <= record.case.received_at <= pressed + timedelta(seconds=READ)


def drill_on(site: Path) -> Seat:
    """A drill with its fire on the screen."""
    seat = Seat(site, "zh", NARROW, "drill")
    seat.see(_("DRILL"), f"F9 {_('EMERGENCY')}")
    seat.key(F9, "1")
    seat.see("119", "起火")
    return seat


def test_no_drill_while_a_real_emergency_is_open(site: Path) -> None:
    number = open_case(site, "冒烟", *FIRE)
    before = command(site, "log")
    with Seat(site, "zh", NARROW, "drill") as drill:
        drill.see(f"真实紧急 {number} 尚未告一段落")
        assert drill.process.wait(20) == 1
    assert command(site, "log") == before


def test_a_real_call_is_taken_by_one_key_and_counts_from_f2(site: Path) -> None:
    with drill_on(site) as drill:
        pressed = datetime.now(UTC)
        drill.key(F2)
        shown = drill.see("这是真实来电，还是演练内容？")
        assert all(line[0] in MARKS for line in shown.split("\n"))
        time.sleep(READ)
        drill.key("1")
        drill.see("来电", "1 投诉", "这里是真实调度台")
        drill.settle()
        assert_real(drill.text())
        time.sleep(READ)
        drill.key("1", "3-2-1502", ENTER, F10)
        drill.see("3-2-1502", _("Reached"))
        drill.back_to_board()
        drill.key(LEAVE)
        assert drill.wait(20) == 0
        report = bytes(drill.seen).decode("utf-8", "replace")
        assert report.index("演练 因真实来电中断") < report.index("这里是真实调度台")
    (case,) = command(site, "case", "list")
    assert case["place"] == "3-2-1502"
    assert_received(site, case["number"], pressed)
    kinds = [entry["kind"] for entry in command(site, "log")]
    assert kinds.count("drill_held") == 1
    assert kinds.index("drill_held") < kinds.index("case_opened")
    assert_sound(site)


def test_f9_in_a_drill_leads_to_a_real_emergency_that_counts_from_f9(site: Path) -> None:
    with drill_on(site) as drill:
        pressed = datetime.now(UTC)
        drill.key(F9)
        drill.see("这是真实紧急情况，还是演练内容？")
        time.sleep(READ)
        drill.key("1")
        drill.see(_("What kind? One digit; the case is open, the clock runs."))
        drill.settle()  # the last of the drill's picture may still be there
        assert_real(drill.text())
        time.sleep(READ)
        drill.key("3")
        drill.see("燃气泄漏")
    (case,) = command(site, "case", "list")
    assert (case["level"], case["stage"]) == ("emergency", "open")
    assert_received(site, case["number"], pressed)


def test_part_of_the_drill_stays_in_it(site: Path) -> None:
    with drill_on(site) as drill:
        for no in ("0", ESCAPE, ENTER):
            drill.key(F2)
            drill.see("这是真实来电，还是演练内容？")
            drill.key(no)
            shown = drill.see("1 投诉")
            assert all(line[0] in MARKS for line in shown.split("\n"))
            drill.settle()
            drill.key(ESCAPE)
            drill.see("119")
            drill.settle()
    assert command(site, "case", "list") == []


def test_a_fire_panels_call_is_shouted_within_a_second_and_1_leads_to_it(site: Path) -> None:
    with drill_on(site) as drill:
        drill.key(F1)  # any screen
        drill.see(_("Help"))
        drill.settle()
        rung = bells(drill)
        number = open_case(site, "主机报警", "--channel", "panel", *FIRE)
        since = time.monotonic()
        shown = drill.see(f"真实紧急 {number} 3-2-1502 主机报警", "1 = 退出演练")
        took = time.monotonic() - since
        assert took < 3.0, f"{took:.1f} s"  # a heartbeat, and a machine that others use too
        assert all(line[0] in MARKS for line in shown.split("\n"))
        drill.read_for(READ)
        assert bells(drill) > rung
        drill.key("1")
        shown = drill.see(f"紧急 火警信号 3-2-1502 {number}", "这里是真实调度台")
        assert_real(shown)
    log = command(site, "log")
    assert next(e["kind"] for e in log if e["case"]) == "case_opened"
    assert "drill_held" in [entry["kind"] for entry in log]
    assert len(command(site, "case", "list")) == 1
