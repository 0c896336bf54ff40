"""A lift entrapment at night: the head's telephone is off, the vice president's line is busy."""

from __future__ import annotations

import re
import signal
import time
from pathlib import Path

import pytest

from dispatcher_tui.present.i18n import _
from dispatcher_tui.tui.twice import RINGS_AFTER
from tests.cli.support import ROOT, program
from tests.terminal.harness import CTRL_Q, DOWN, ENTER, ESCAPE, F2, F9, F10, F12
from tests.terminal.seat import (
    ON_A_TERMINAL,
    Seat,
    assert_sound,
    command,
)

pytestmark = ON_A_TERMINAL

HEAD, VP, GM = "陈志强", "孙明远", "郭建平"
FIRST_OF_GROUP, SECOND_OF_GROUP, UNASKED = "徐涛", "高磊", "马国栋"
EXIT_TERMINATED = 143


@pytest.fixture
def site(site: Path) -> Path:
    """A site whose lift card rings the rescue, then the ladder, and whose people keep no hours:
    the order of calls is the same whatever the clock of this machine says."""
    card = site / "emergency" / "lift_entrapment.toml"
    text = re.sub(r"(?ms)^ring = \[.*?\]\n", "", card.read_text(encoding="utf-8"))
    card.write_text(f'ring = ["lift_rescue", "head"]\n{text}', encoding="utf-8", newline="\n")
    people = (ROOT / "data" / "demo" / "roster.csv").read_text(encoding="utf-8")
    roster = site / "roster.csv"
    roster.write_text(re.sub(r"\d\d:\d\d,\d\d:\d\d", ",", people), encoding="utf-8")
    done = program("--site", site, "site", "import", str(roster))
    assert done.returncode == 0, done.stderr.decode()
    return site


def following(name: str) -> str:
    """What the screen says of the one to be rung now."""
    return _("Next: {name}").format(name=name)


def held() -> str:
    """What is said to whoever would leave."""
    words = _("The post is held by {number}: stand it down, or be relieved (F12, 3).")
    return words.partition("}")[2]


def begin(desk: Seat) -> None:
    """F9, the kind, the place; the lift rescue answers, the head's telephone is off."""
    desk.see_board(_("No open cases"))
    desk.key(F9, "５")
    desk.see(_("EMERGENCY"), "电梯困人", "96333")
    desk.key("8")
    desk.key("5-1", ENTER)
    desk.see("5-1：电梯困人")
    desk.result("１")
    desk.see(following(HEAD))
    desk.result("4")
    desk.see(following(FIRST_OF_GROUP))
    desk.result("1")
    desk.see(_("Did they repeat it? 7 = read back."))
    desk.key("7")
    desk.see(following(HEAD))
    desk.result("4")
    desk.see(following(SECOND_OF_GROUP))


def go_on(desk: Seat) -> None:
    """After the restart the emergency comes before the board, at the same call."""
    desk.see(_("EMERGENCY"), "5-1", f"{SECOND_OF_GROUP}  保安班长（夜班）")
    desk.key(ENTER)  # nobody was asked for a PIN: digits count from here
    desk.see(_("{name} is on watch: digits count now.").partition("}")[2])


def test_the_general_manager_is_reached_over_a_crash(site: Path) -> None:
    with Seat(site) as desk:
        begin(desk)
        desk.kill()
    with Seat(site) as desk:
        go_on(desk)
        desk.result("1")
        desk.see(_("Did they repeat it? 7 = read back."))
        desk.key("7")
        desk.see(following(VP))
        desk.result("3")
        desk.see(following("杨军"))
        desk.result("1", "7")
        desk.see(following(VP))
        desk.result("3")
        desk.see(following("黄志明"))
        desk.result("1", "7")
        desk.see(following(GM))
        desk.result("1")
        desk.see(_("Did they repeat it? 7 = read back."))
        desk.key("7")
        desk.see(following("何卫东"))
        desk.key(DOWN)
        desk.see(UNASKED, "13900000109")
        time.sleep(RINGS_AFTER)  # sooner, no digit is for the menu
        desk.key("０", "1")
        desk.see(_("yes, write that down too"))
        desk.once_more("１")
        desk.see(UNASKED + _("{name} came unasked: {stage}").format(name="", stage=_("on the way")))
        desk.key(CTRL_Q)
        desk.see(held())
        desk.process.send_signal(signal.SIGTERM)
        assert desk.wait(20) == EXIT_TERMINATED
    (case,) = command(site, "case", "list")
    told = command(site, "case", "show", case["number"])
    assert (told["level"], told["stage"], told["place"]) == ("emergency", "notified", "5-1")
    assert told["assignee"] == FIRST_OF_GROUP
    states = {duty["rule"]: duty["state"] for duty in told["duties"]}
    assert states["E-02"] == "done"
    kinds = [entry["kind"] for entry in told["entries"]]
    assert kinds.count("call_tried") == 11, "one of them came unasked"
    assert kinds[-1] == "responder_reported"
    assert_sound(site)


def test_stood_down_by_digits_alone_and_the_desk_may_be_left(site: Path) -> None:
    with Seat(site) as desk:
        begin(desk)
        time.sleep(RINGS_AFTER)  # sooner, no digit is for the menu
        desk.key("0")
        desk.see(_("it is over, or a false alarm"))
        desk.key("6")
        desk.see(_("Who says so"))
        desk.key("何卫东，人已救出", ENTER)
        desk.see(_("Write why these were never reached or sent."))
        desk.key("门自己开了", ENTER)
        desk.see(_("no, it goes on"))
        desk.key("1")
        desk.see(_("Stood down. What is owed from now on:"), "跟进处理", "跟进善后")
        desk.key(ENTER)
        desk.see_board(_("{number} is stood down; its follow-ups are duties.").partition("}")[2])
        desk.key(CTRL_Q)
        assert desk.wait(20) == 0, desk.text()
    assert_sound(site)


def test_other_calls_are_taken_over_it(site: Path) -> None:
    with Seat(site) as desk:
        begin(desk)
        desk.key(F2, "1", "1-1-0101", ENTER, ENTER, "灯不亮", F10)
        desk.see(_("Notify"), "灯不亮")
        desk.key(ESCAPE)
        desk.see(_("EMERGENCY"), f"{SECOND_OF_GROUP}  保安班长（夜班）")
        desk.key(F12, "2")
        desk.see(held())
    assert len(command(site, "case", "list")) == 2
