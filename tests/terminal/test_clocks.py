"""The workstation's clock is set, the desk is killed or shut down: the real program, told apart."""

from __future__ import annotations

import signal
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.record.events import DutyFellDue, Event
from dispatcher_tui.domain.record.watch_events import (
    ClockJumped,
    DeskDutyFellDue,
    DeskStarted,
    DeskStopped,
    GapReviewed,
    StopReason,
)
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.watch.outage_lines import fell_due
from dispatcher_tui.store.store import Store
from tests.terminal.harness import ENTER, ESCAPE, F10
from tests.terminal.seat import (
    ON_A_TERMINAL,
    PIN,
    Seat,
    assert_sound,
    open_case,
)
from tests.terminal.wall import Wall, why_not

pytestmark = ON_A_TERMINAL

AWAKE = timedelta(seconds=1)
"""How late a duty may fire after the heartbeat in which the clock shows its time; quality no. 5
asks a second, and the heartbeat that notices the jump is up to one more away."""


@pytest.fixture
def wall(tmp_path: Path) -> Wall:
    """A clock that can be set."""
    if why_not():
        pytest.skip(why_not())
    return Wall(tmp_path)


def entries(site: Path, *kinds: type[Event]) -> list[Entry]:
    """The entries of these kinds, in the order they were written."""
    store = Store.open(site / "desk.sqlite3", read_only=True)
    try:
        told = [line.entry for line in store.log(None, None)]
    finally:
        store.close()
    told.sort(key=lambda entry: entry.seq)
    return [entry for entry in told if isinstance(entry.event, kinds)]


def fired(site: Path) -> list[str]:
    """The keys of every duty that was fired."""
    found: list[Any] = [entry.event for entry in entries(site, DutyFellDue, DeskDutyFellDue)]
    return [event.duty for event in found]


def set_words(msgid: str) -> str:
    """What the screen says of a clock that was set, up to its figures."""
    return _(msgid).partition("{")[0].strip()


def report() -> str:
    """What the report's screen is headed with; the message line says the rest as well."""
    return _("Gap report: to be read before the board")


def read_it(desk: Seat) -> None:
    """F10: the report was read, and the board is up."""
    desk.settle()
    desk.key(F10)
    desk.see_no(report())


def clock_was_set(desk: Seat, msgid: str) -> None:
    """The desk says that its clock was set, and the report comes up.

    A desk that hides its names shows it with the first key; else the key moves the cursor.
    """
    desk.see(set_words(msgid))
    desk.settle()
    desk.key(DOWN)
    desk.see(report(), set_words(msgid))


DOWN = "\x1b[B"
FORWARD = "Clock set forward by {length}: it showed {since}, now {until}"
BACK = "Clock set back by {length}: it showed {since}, now {until}"


@pytest.mark.parametrize("offset", ["+2h", "+45d"])
def test_forward_fires_once_and_back_fires_nothing_again(
    site: Path, wall: Wall, offset: str
) -> None:
    number = open_case(site, "厨房漏水", "--place", "3-2-1502")
    with Seat(site, env=wall.environment) as desk:
        desk.see_board(number)
        desk.read_for(2.5)  # a heartbeat or two to compare with
        wall.set(offset)
        clock_was_set(desk, FORWARD)
        desk.see(number, _("Tell someone"))
        once = fired(site)
        desk.see(fell_due(len(once)))
        read_it(desk)
        desk.see_board(number)
        wall.set("+0")
        clock_was_set(desk, BACK)
        desk.see(fell_due(0))
        read_it(desk)
        desk.see_board(number)
        desk.see("00:0")  # the ten minutes of the notice run again
        desk.read_for(2.5)
    assert fired(site) == once
    assert len(set(once)) == len(once)
    forward, back = entries(site, ClockJumped)
    assert isinstance(forward.event, ClockJumped)
    assert isinstance(back.event, ClockJumped)
    assert abs(forward.event.seconds + back.event.seconds) < 2
    assert forward.event.seconds == pytest.approx(7200 if offset == "+2h" else 45 * 86400, abs=2)
    (late,) = entries(site, DutyFellDue)
    own = entries(site, DeskDutyFellDue)  # two hours bring none, 45 days the weeks and the month
    assert bool(own) == (offset == "+45d")
    for each in (late, *own):
        assert each.recorded_at - forward.recorded_at <= AWAKE
    assert len(entries(site, GapReviewed)) == 2
    assert_sound(site)


def test_back_first_fires_nothing(site: Path, wall: Wall) -> None:
    number = open_case(site, "厨房漏水", "--place", "3-2-1502")
    with Seat(site, env=wall.environment) as desk:
        desk.see_board(number)
        desk.read_for(2.5)
        wall.set("-2h")
        clock_was_set(desk, BACK)
        desk.see(fell_due(0))
        desk.see(set_words("Which is right?  1 the desk's {desk}   2 the computer's {own}"))
        read_it(desk)
        desk.see_board(number)
        desk.see("00:0")  # what was left of the ten minutes, and no two hours more
    assert fired(site) == []
    assert len(entries(site, ClockJumped)) == 1
    assert_sound(site)


def test_after_kill_9_the_gap_report_comes_before_the_board(site: Path, wall: Wall) -> None:
    number = open_case(site, "厨房漏水", "--place", "3-2-1502")
    with Seat(site, env=wall.environment) as desk:
        desk.see_board(number)
        alive = site / "desk.sqlite3.alive"
        desk.wait_until(lambda _shown: alive.exists())
        desk.kill()
    wall.set("+28m")
    with Seat(site, env=wall.environment) as desk:
        desk.see(_("PIN, then Enter; Esc: another name"), number)
        desk.key(*PIN, ENTER)
        cut_off = _("Cut off (crash or power cut)")
        desk.see(report(), cut_off, fell_due(1), number)
        desk.key(ENTER)
        desk.see(number, f"F1  {_('Help')}")
        desk.key(ESCAPE)
        desk.see(report(), cut_off)
        desk.key(ESCAPE)
        first = _("This comes first: F10, or Enter on the last line, says that it was read.")
        desk.see(report(), first, cut_off)
        desk.kill()
    with Seat(site, env=wall.environment) as desk:
        desk.see(report(), cut_off, fell_due(1))
        read_it(desk)
        desk.see_board(number)
        desk.kill()
    with Seat(site, env=wall.environment) as desk:
        desk.see_board(number, cut_off, fell_due(0))
    starts = [entry.event for entry in entries(site, DeskStarted)]
    assert [event.clean for event in starts if isinstance(event, DeskStarted)] == [
        True,
        False,
        False,
        False,
    ]
    assert len(fired(site)) == 1
    assert len(entries(site, GapReviewed)) == 1
    assert_sound(site)


@pytest.mark.parametrize(
    ("name", "code", "reason"),
    [("SIGTERM", 143, StopReason.TERMINATED), ("SIGHUP", 129, StopReason.HUNG_UP)],
)
def test_a_shutdown_is_an_end_in_order(
    site: Path, name: str, code: int, reason: StopReason
) -> None:
    with Seat(site) as desk:
        desk.see_board(_("No open cases"))
        desk.read_for(1.5)
        desk.signal(signal.Signals[name])  # Windows has not both by their names.
        assert desk.wait(5.0) == code
    (stopped,) = entries(site, DeskStopped)
    assert stopped.event == DeskStopped(reason=reason)
    with Seat(site) as desk:
        desk.see_board(_("Stopped"), fell_due(0))
    _first, again = entries(site, DeskStarted)
    assert again.event == DeskStarted(stopped_at=stopped.recorded_at)
