"""Two dispatchers at the real terminal: the watch is handed over, and the sheet lies there."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.present.i18n import _
from tests.cli.support import program
from tests.terminal.harness import ENTER, ESCAPE, F2, F10
from tests.terminal.seat import (
    ON_A_TERMINAL,
    OPERATOR,
    PIN,
    Seat,
    assert_sound,
    command,
    open_case,
)

pytestmark = ON_A_TERMINAL

F12 = "\x1b[24~"
COMER, COMER_PIN = "王芳", "135792"


@pytest.fixture
def crew(site: Path) -> Path:
    """The fresh site with a second operator and one open case."""
    added = ("operator", "add", COMER, "--role", "dispatcher", "--pin-stdin")
    done = program("--site", site, *added, stdin=f"{COMER_PIN}\n".encode())
    assert done.returncode == 0, done.stderr.decode()
    open_case(site, "楼道灯坏了", "--place", "3-2-1502")
    return site


def answer(desk: Seat) -> None:
    """All three questions; the sheet helps where an answer was wrong."""
    for number in ("1/3", "2/3", "3/3"):
        desk.see(number)
        for digit in "1234":
            desk.key(digit)
            desk.settle()
            if f"{number}  " not in desk.text():
                break
    desk.key(ENTER)
    desk.see("4/5")


def read_all(desk: Seat) -> None:
    """Every page of the sheet; the last one leads on."""
    for _page in range(20):
        if "2/5" in desk.text():
            return
        desk.key(" ")
        desk.settle()


def on_watch_is(shown: str, name: str) -> None:
    """The head line of the board says who has the watch."""
    assert f" {name} 值班 " in shown.splitlines()[0], shown


def test_two_operators_hand_the_watch_over(crew: Path) -> None:
    with Seat(crew) as desk:
        desk.see_board(OPERATOR)
        desk.key(F12)
        desk.see("2 交接班", "通知责任人")
        desk.key("2")
        shown = desk.wait_until(lambda it: "现在就交班" in it or "1/5" in it)
        if "现在就交班" in shown:  # It is early, up to the hour of this run.
            desk.key("1")
        desk.see("1/5", "截至", "3-2-1502")
        read_all(desk)
        desk.see("2/5", "1 已听到")
        desk.key("１")
        answer(desk)
        desk.key("钥匙在盒里", ENTER)
        desk.see("5/5", OPERATOR, COMER)
        desk.key(PIN, ENTER, COMER_PIN)
        shown = desk.see("*" * len(COMER_PIN))
        assert PIN not in shown
        desk.key(F10)
        on_watch_is(desk.see_board("交接班记录已存成文件"), COMER)
        desk.key(F2)
        desk.see(_("Callback"))
        desk.key(ESCAPE, ESCAPE)
        desk.see_board()
    entries = command(crew, "log")
    kinds = [entry["kind"] for entry in entries]
    assert kinds.count("handed_over") == 1
    printed = sorted(path.suffix for path in (crew / "printouts").iterdir())
    assert printed == [".pdf", ".pdf", ".txt", ".txt"], "the sheet, and what is fallen back on"
    assert_sound(crew)


def test_a_site_without_operators_asks_for_one_first(tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert program("--site", site, "init").returncode == 0
    with Seat(site) as desk:
        desk.see("第一位值班员")
        desk.key(COMER, ENTER, COMER_PIN, ENTER, COMER_PIN, F10)
        on_watch_is(desk.see_board(), COMER)
    assert "signed_in" in [entry["kind"] for entry in command(site, "log")]
    assert_sound(site)
