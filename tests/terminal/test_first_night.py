"""One complaint from F2 to the filed slip, on a fresh site, with F-keys, digits and Chinese."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from dispatcher_tui.domain.words.terms import FollowUpOutcome
from dispatcher_tui.present.i18n import Language, _, use
from dispatcher_tui.present.terms import follow_up_name
from tests.terminal.harness import ENTER, F2, F4, F5, F6, F10
from tests.terminal.seat import (
    NARROW,
    ON_A_TERMINAL,
    OPERATOR,
    WIDE,
    Seat,
    assert_sound,
    command,
)

pytestmark = ON_A_TERMINAL

INTAKE_KEYS, STATUS_KEYS = 25, 3
SAID, HOUSEHOLD, PHONE = "厨房水管裂了一直在漏", "阎雅倩", "13900003534"
PLACE = "3-2-1502"
TOLD, SLIP = "黄志明", "FW-000001"
STORY = [
    "case_opened",
    "assignee_named",
    "call_tried",
    "read_back",
    "slip_issued",
    "followed_up",
    "promise_made",
    "followed_up",
    "feedback_received",
    "written_off",
    "paper_received",
    "paper_signed",
    "paper_filed",
    "closed_final",
]
NUMBER = re.compile(r"\b\d{6}-\d{2}\b")


class Words(NamedTuple):
    """What must be read on the screen and is not the program's own text, in one language."""

    new_case: str
    leak: str
    happening: str
    paper: str
    next_step: str


WORDS: dict[Language, Words] = {
    "zh": Words("接诉登记", "漏水", "*1正在发生", "服务单副本", "第一次跟进"),
    "en": Words("New case", "Water leak", "*1 happening now", "service-slip copy", "1st follow-up"),
}


def keys_for(desk: Seat, work: Callable[[], object]) -> int:
    """How many keys a piece of work takes, Chinese words left out."""
    before = desk.keys
    work()
    return desk.keys - before


def intake(desk: Seat, words: Words) -> str:
    """The call is taken down; the case's number is on the screen that follows."""
    desk.key(F2)
    desk.see(words.new_case, _("Callback"), f"F10 {_('Commit')}")
    desk.key("１")
    desk.see("*1")
    desk.key("３、２、１５０２")
    desk.see(f"{PHONE} {HOUSEHOLD} {_('(Enter)')}")
    desk.see_large(PLACE)
    desk.key(ENTER, ENTER)
    desk.see_no(_("(Enter)"))
    desk.see(f"{_('Call back')} {PHONE}")
    desk.key(SAID)
    desk.see(SAID)
    desk.key(ENTER)
    desk.see(f"1 {words.leak}")
    desk.key("漏水")
    desk.see(f">1 {words.leak}")
    desk.key(ENTER)
    desk.see(f"{_('Class')} {words.leak}")
    desk.key("１")
    desk.see(words.happening)
    desk.key(F10)
    shown = desk.see(_("Notify"), TOLD, PHONE)
    found = NUMBER.search(shown)
    assert found, shown
    return found.group()


def notify(desk: Seat, words: Words) -> None:
    """The squad lead is reached and repeats it; the slip gets its number."""
    desk.result("1")
    desk.see(_("{name} is told; recorded.").format(name=TOLD))
    desk.see(_("Did {name} read it back?").format(name=TOLD))
    desk.once_more("１")
    desk.see_no(_("Did {name} read it back?").format(name=TOLD))
    desk.see(_("back to the board"))
    desk.key("８")
    desk.see(SLIP, _("Write this number on the paper: {number}").format(number=SLIP))
    desk.key(ENTER)
    desk.see_board(SAID[:4], TOLD, words.next_step)


def arrange(desk: Seat) -> None:
    """The first follow-up: arranged, done in forty minutes."""
    desk.key(F5)
    desk.see(_("Follow up"), TOLD)
    desk.key("１")
    desk.see(_("Promised time"))
    desk.key("４０")
    desk.see(_("Promised time"), "４０")
    desk.key(F10)
    arranged = follow_up_name(FollowUpOutcome.ARRANGED)
    desk.see_board(_("Followed up: {outcome}").format(outcome=arranged), "00:39:")


def complete(desk: Seat) -> None:
    """The second follow-up: done; it leads to the write-off."""
    desk.key(F5)
    desk.see(_("Follow up"), "00:39:")
    desk.key("3")
    desk.see("* 3")
    desk.key(ENTER)
    desk.see(f"{_('Write off')} ", "P0-07", TOLD)


def write_off(desk: Seat, words: Words) -> None:
    """The resident is satisfied: written off, and the paper is still owed."""
    desk.key("１")
    desk.see("*1")
    desk.key(F10)
    said = _("Written off. Final only with the {paper}")
    desk.see_board(said.format(paper=words.paper))


def final(desk: Seat, words: Words, number: str) -> None:
    """Nothing is final before the paper is in hand, signed, and in its binder."""
    desk.key(F6)
    lacks = _("Not final yet")
    desk.see(_("Closing paper"), SLIP, lacks)
    desk.key(F10)
    desk.see(_("Confirm with 1 that it is in your hands."))
    desk.key("１")
    desk.see("*1")
    desk.key(ENTER, ENTER, "２４６８１３")
    assert "２" not in desk.see("****")
    desk.key(ENTER, "3", ENTER, "１２", F10)
    desk.see_board(_("{number} is final.").format(number=number), _("No open cases"))


@pytest.mark.parametrize(
    ("lang", "size"), [("zh", NARROW), ("en", WIDE)], ids=["zh-80x24", "en-120x36"]
)
def test_one_complaint_from_the_call_to_the_filed_slip(
    site: Path, lang: Language, size: tuple[int, int]
) -> None:
    use(lang)
    words = WORDS[lang]
    with Seat(site, lang, size) as desk:
        desk.see_board(_("No open cases"), OPERATOR)
        number = intake(desk, words)
        assert desk.keys <= INTAKE_KEYS
        notify(desk, words)
        arrange(desk)
        assert keys_for(desk, lambda: complete(desk)) <= STATUS_KEYS
        write_off(desk, words)
        final(desk, words, number)
    told = command(site, "case", "show", number)
    assert told["stage"] == "final"
    assert told["final_at"]
    assert (told["place"], told["phone"], told["verbatim"]) == (PLACE, PHONE, SAID)
    assert (told["category"], told["facts"], told["level"]) == ("leak", ["now"], "ordinary")
    assert told["assignee"] == TOLD
    slip = told["slip"]
    assert (slip["number"], slip["signed_by"]) == (SLIP, OPERATOR)
    assert slip["received_at"]
    assert (slip["binder"], slip["page"]) == ("3", "１２")
    assert [entry["kind"] for entry in told["entries"]] == STORY
    assert not {duty["state"] for duty in told["duties"]} & {"waiting", "running", "overdue"}
    assert_sound(site)


def test_a_status_is_changed_with_three_keys(site: Path) -> None:
    with Seat(site) as desk:
        desk.see_board()
        desk.key(F2, "１", ENTER, ENTER, "灯不亮", F10)
        desk.see(_("Notify"), _("Result"))
        desk.back_to_board()
        desk.see_board("灯不亮", _("Tell someone"))

        def told() -> None:
            desk.key(F4)
            desk.see(_("Notify"), _("Result"))
            desk.result("１")
            desk.see(_("Did {name} read it back?").rpartition("}")[2])
            desk.once_more("１")
            desk.see(_("back to the board"))

        assert keys_for(desk, told) <= STATUS_KEYS
        desk.back_to_board()
        desk.see_board(_("1st follow-up"))
