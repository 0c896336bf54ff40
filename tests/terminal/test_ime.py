"""A Chinese input method is on all night: letters never arrive, digits and stops in full width."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from dispatcher_tui.domain.words.looks import LOOKS
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.look_names import look_name
from dispatcher_tui.tui.actions import ACTIONS, CASE_MENU, MENU, MORE_MENU, action, label
from tests.terminal.harness import ENTER, F2
from tests.terminal.seat import ON_A_TERMINAL, Seat, open_case

pytestmark = ON_A_TERMINAL

SAID, HOUSEHOLD = "厨房漏水到楼下", "阎雅倩"
PLACE, LEVEL = "3-2-1502", "一般"
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


@pytest.fixture(scope="module")
def case(fresh_site: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A site with one case, and the case's number."""
    site = Path(shutil.copytree(fresh_site, tmp_path_factory.mktemp("ime") / "site"))
    return site, open_case(site, SAID, "--place", PLACE, "--category", "leak")


@pytest.fixture
def number(case: tuple[Path, str]) -> str:
    """The number of the one case on the board."""
    return case[1]


@pytest.fixture
def desk(case: tuple[Path, str], number: str, tmp_path: Path) -> Iterator[Seat]:
    """The desk with that case, on a copy of its own."""
    with Seat(Path(shutil.copytree(case[0], tmp_path / "site"))) as seat:
        seat.see_board(number)
        yield seat


def in_its_field(text: str, shown: str) -> bool:
    """Whether a line of the screen holds the text and nothing else."""
    return text in [line.strip() for line in shown.splitlines()]


def finding() -> str:
    """The heading of find."""
    return _("Find: number, name, phone, place, words, pinyin initials")


def test_a_chinese_character_on_the_board_opens_find_with_it(desk: Seat, number: str) -> None:
    desk.key("漏")
    assert in_its_field("漏", desk.see(finding(), number, SAID))
    desk.key("水")
    desk.wait_until(lambda shown: in_its_field("漏水", shown))
    desk.see(number, SAID)
    desk.key(ENTER)
    desk.see(_("Duties   1-9 or arrows choose, Enter does it, = explains it"), number)


def test_full_width_keys_are_their_ascii_twins(desk: Seat, number: str) -> None:
    lanes = (
        ("２", f"[2 {_('due')}"),
        ("６", f"[6 {_('today')}"),
        ("１", f"[1 {_('open {n}').format(n=1)}"),
    )
    for digit, lane in lanes:
        desk.key(digit)
        desk.see_board(lane)
    desk.key("？")
    desk.see(f"{_('Help')}  {_('Dispatch board')}")
    desk.back_to_board()
    for slash in ("／", "、"):
        desk.key(slash)
        desk.see(finding())
        desk.back_to_board()
    desk.key("＝")
    desk.see(f"{_('Help')} ", number, "P0-02")
    desk.back_to_board()
    desk.key("０")
    desk.see(_("Menu: press a digit; Esc goes back"))


def test_every_stop_of_an_input_method_parts_a_place(desk: Seat) -> None:
    desk.key(F2, "１")
    for place in ("３。２。１５０２", "３、２、１５０２", "３．２．1502", "３，２，１５０２"):
        desk.key(place)
        desk.see(place, HOUSEHOLD)
        desk.key(*["\x7f"] * len(place))
        desk.see_no(HOUSEHOLD)


def headings(number: str) -> dict[str, str]:
    """What each command brings up, seen from the board with a case on it."""
    screens = {name: f"{label(action(name))} {number}" for name in CASE_MENU}
    on_it = f"{LEVEL} {PLACE} {number}"
    worked = {name: f"{label(action(name))} {on_it}" for name in ("notify", "follow_up")}
    return (
        screens
        | worked
        | {
            "new_case": _("Callback"),
            "close": f"{_('Write off')} {on_it}",
            "find": finding(),
            "work_log": _("Work Log"),
            "records": _("Records: papers owed, handled today, the record itself"),
            "shift": f"2 {_('hand over')}   3 ",
            "emergency": _("What kind? One digit; the case is open, the clock runs."),
            "help": f"{_('Help')}  {_('Dispatch board')}",
            "commit": _("No form is open here."),
            "discard": _("No form is open here."),
            "explain": f"{_('Help')} ",
            "undo": _("Only within {seconds} s: correct the entry instead.").format(seconds=60),
            "print": f"{number}.pdf",
            "palette": _("Quick line: a place, a number, `log ...`, or a command by its name"),
            "look": look_name(LOOKS[-1]),
        }
    )


def through_the_menu(desk: Seat, name: str) -> None:
    """Carry out a command from the board: 0, a digit, or 0 and a digit."""
    desk.key("０")
    desk.see(_("Menu: press a digit; Esc goes back"), label(action("new_case")))
    page = MENU
    if name not in MENU:
        desk.key("０")
        desk.see(label(action("palette")), label(action("leave")))
        page = MORE_MENU
    desk.key(str((page.index(name) + 1) % 10).translate(FULL_WIDTH))


def test_the_menu_reaches_every_command_by_digits_alone(desk: Seat, number: str) -> None:
    wanted = headings(number)
    rest = [name for name in (*MENU, *MORE_MENU) if name not in ("emergency", "leave")]
    assert {*rest, *CASE_MENU, "emergency", "leave"} == {found.id for found in ACTIONS}
    for name in rest:
        through_the_menu(desk, name)
        desk.see(wanted[name])
        desk.back_to_board()
    through_the_menu(desk, "emergency")
    desk.see(wanted["emergency"])


def test_the_menu_leads_out_of_the_desk(desk: Seat) -> None:
    through_the_menu(desk, "leave")
    assert desk.wait(20) == 0


def test_the_candidates_open_at_the_chosen_row_and_in_the_field(desk: Seat) -> None:
    assert desk.cursor_line().startswith(">"), "the chosen case"
    desk.key(F2, "1")
    desk.see(_("Place"))
    desk.key(*PLACE)
    desk.see(HOUSEHOLD)
    assert PLACE in desk.cursor_line()
    assert desk.cursor[0] > 8, "behind what is typed"
    desk.back_to_board()
    assert desk.cursor_line().startswith(">")
