"""A killed desk, a desk beside another program, a second desk, and F9: each by the clock."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dispatcher_tui.present.case.intake_lines import kind_name
from dispatcher_tui.present.i18n import _
from tests.terminal.harness import ENTER, ESCAPE, F2, F9, F10
from tests.terminal.seat import (
    ON_A_TERMINAL,
    OPERATOR,
    Seat,
    assert_sound,
    best,
    command,
    open_case,
    timed,
)

pytestmark = ON_A_TERMINAL

TYPING_LOST, NEWS, READ_ONLY, FIRST_NUMBER = 1.0, 2.0, 1.0, 1.0
EMERGENCY_KEYS = 2
FIRST_NUMBER_SHOWN = "现在打  火警  119"


def cases(site: Path) -> list[dict[str, Any]]:
    """Every case, as the command line lists them."""
    found: list[dict[str, Any]] = command(site, "case", "list")
    return found


def test_kill_9_loses_nothing_acknowledged_and_offers_the_form_again(site: Path) -> None:
    beside = open_case(site, "路灯不亮", "--place", "1-1-0101")
    with Seat(site) as desk:
        desk.see_board(beside)
        desk.key(F2, "1", "1-1-0102", ENTER, ENTER, "门禁坏了", F10)
        desk.see(_("Notify"), _("Result"))
        desk.result("1")
        desk.see(_("Did {name} read it back?").rpartition("}")[2])
        desk.key(F2, "１", "3-2-1502", ENTER, ENTER, "厨房漏水")
        desk.see(f"{_('Said')} 厨房漏水")
        desk.read_for(TYPING_LOST)
        desk.key("还没说完")
        desk.kill()
    stages = {case["verbatim"]: case["stage"] for case in cases(site)}
    assert stages == {"路灯不亮": "open", "门禁坏了": "notified"}
    with Seat(site) as desk:
        desk.see_board("厨房漏水", "路灯不亮", "门禁坏了")
        assert _("READ ONLY") not in desk.text()
        desk.key(F2)
        desk.see(_("A form was left unfinished: 6 takes it up again."))
        desk.key("６")
        desk.see(f"{_('Said')} 厨房漏水", f"{_('Place')} 3-2-1502", "阎雅倩")
        desk.key(F10)
        desk.see(_("Notify"), "厨房漏水")
    assert len(cases(site)) == 3
    assert_sound(site)


def test_a_case_opened_beside_the_desk_is_on_its_board_within_two_seconds(site: Path) -> None:
    with Seat(site) as desk:
        desk.see_board(_("No open cases"))

        def seconds(attempt: int) -> float:
            words = f"报警{attempt}"
            number = open_case(site, words, "--channel", "panel", "--fact", "now")
            return timed(lambda: desk.see_board(words, number))

        best(seconds, NEWS)


def test_a_second_desk_can_only_read_and_says_who_owns_the_file(site: Path) -> None:
    with Seat(site) as first:
        first.see_board(_("No open cases"))
        owner = f"{OPERATOR} (pid {first.process.pid})"

        def seconds(_attempt: int) -> float:
            with Seat(site) as second:
                second.see_board(_("READ ONLY"))
                return timed(lambda: second.see(owner))

        best(seconds, READ_ONLY)
        with Seat(site) as second:
            second.see_board(_("READ ONLY"))
            second.key(F2, "1", "3-2-1502", ENTER, ENTER, "写不进去", F10)
            second.see(_("Another desk owns this file; here it can only be read."), "写不进去")
            assert cases(site) == []
            first.key(F2, "1", "3-2-1502", ENTER, ENTER, "写得进去", F10)
            first.see(_("Notify"), "写得进去")
            second.back_to_board()
            second.see_board("写得进去")
    assert_sound(site)


def test_f9_and_a_digit_give_the_first_number_within_a_second(site: Path) -> None:
    with Seat(site) as desk:
        desk.see_board(_("No open cases"))
        desk.key(F2, "1", "3-2-1502", ENTER, ENTER, "闻到烟味")
        desk.see(f"{_('Said')} 闻到烟味")

        def seconds(attempt: int) -> float:
            if attempt:  # the one before goes on by itself
                desk.key(ESCAPE)
                desk.see(_("no: the case stays, to the board"))
                desk.key("2")
                desk.see(kind_name("complaint"))
            before = desk.keys
            desk.key(F9, "１")
            assert desk.keys - before <= EMERGENCY_KEYS
            return timed(lambda: desk.see(_("EMERGENCY"), FIRST_NUMBER_SHOWN))

        best(seconds, FIRST_NUMBER)
        (case, *_others) = cases(site)
        assert (case["level"], case["stage"]) == ("emergency", "open")
        assert case["place"] == "3-2-1502", "that of the form it was opened over"
        desk.key(ESCAPE)
        desk.see(_("no: the case stays, to the board"))
        desk.key("２")
        desk.see(f"{_('Said')} 闻到烟味", f"{_('Place')} 3-2-1502")
    assert_sound(site)
