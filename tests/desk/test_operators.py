"""PINs: how many tries there are, how long none is taken, what neither clock nor crash changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dispatcher_tui.desk import operators
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.operators import (
    add_operator,
    check_pin,
    disable_operator,
    reset_pin,
    wait_after,
)
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.record.watch_events import PinRefused
from dispatcher_tui.domain.time.clocks import ClockReading
from dispatcher_tui.store.errors import ReadOnly
from dispatcher_tui.store.store import Store
from tests.tui.support import small_site

LI, WANG = "李建国", "王芳"
RIGHT, WRONG, HERS = "471108", "0000", "826455"
DAYS = timedelta(days=45)


class Machine:
    """A workstation: a clock on the wall that anybody may set, and one since its start."""

    def __init__(self) -> None:
        self.wall = datetime(2026, 11, 21, 14, 0, tzinfo=UTC)
        self.up = 1000.0

    def now(self) -> datetime:
        return self.wall

    def boot(self) -> float:
        return self.up

    def beat(self) -> ClockReading:
        return ClockReading(self.wall, self.up)

    def run(self, seconds: float) -> None:
        """Let time pass."""
        self.wall += timedelta(seconds=seconds)
        self.up += seconds

    def restart(self) -> None:
        """Switch it off and on: it counts from zero again."""
        self.up = 0.0


Reopen = Callable[[], Desk]


@pytest.fixture
def machine() -> Machine:
    return Machine()


@pytest.fixture
def reopen(tmp_path: Path, machine: Machine) -> Iterator[Reopen]:
    """Starts the program once more on the same file, beside those that run already."""
    site, path = small_site(tmp_path / "site"), tmp_path / "desk.sqlite3"
    Store.create(path, site="翠湖花园", desk="desk-1", ballast=0).close()
    opened: list[Store] = []

    def start() -> Desk:
        opened.append(Store.open(path, ballast=0))
        return Desk(opened[-1], machine, site, LI)

    desk = start()
    add_operator(desk, LI, "dispatcher", RIGHT)
    add_operator(desk, WANG, "dispatcher", HERS)
    yield start
    for store in opened:
        store.close()


@pytest.fixture
def desk(reopen: Reopen) -> Desk:
    return reopen()


@pytest.fixture
def compared(reopen: Reopen, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every PIN that was really looked at."""
    seen: list[str] = []
    looks = operators.matches

    def look(pin_hash: str, pin: str) -> bool:
        seen.append(pin)
        return looks(pin_hash, pin)

    monkeypatch.setattr(operators, "matches", look)
    return seen


def refused(desk: Desk, pin: str = WRONG, name: str = LI) -> Refusal:
    with pytest.raises(Refusal) as found:
        check_pin(desk, name, pin)
    return found.value


def locked(desk: Desk, pin: str = RIGHT, name: str = LI) -> int:
    """For how many seconds no PIN is taken; that of a right one neither."""
    refusal = refused(desk, pin, name)
    assert refusal.code == "pin_locked"
    return int(refusal.detail["seconds"])


def wrong(desk: Desk, machine: Machine, times: int) -> None:
    """So many wrong tries, each as soon as one is taken."""
    for _ in range(times):
        operator = desk.store.operator(LI)
        assert operator is not None
        machine.run(operator.wait_seconds)
        assert refused(desk).code == "pin_wrong"


def told(desk: Desk) -> list[PinRefused]:
    """The wrong tries in the journal, in order."""
    entries = sorted((line.entry for line in desk.store.log(None, None)), key=lambda e: e.seq)
    return [entry.event for entry in entries if isinstance(entry.event, PinRefused)]


def test_each_wrong_try_says_how_many_are_left(desk: Desk) -> None:
    assert [refused(desk).detail["left"] for _ in range(5)] == ["4", "3", "2", "1", "0"]
    assert locked(desk) == 30


@pytest.mark.parametrize(
    ("tries", "seconds"), [(5, 30), (6, 60), (7, 120), (8, 240), (9, 480), (10, 900), (13, 900)]
)
def test_a_wait_lasts_to_the_second(
    desk: Desk, machine: Machine, compared: list[str], tries: int, seconds: int
) -> None:
    wrong(desk, machine, tries)
    del compared[:]
    assert locked(desk) == seconds
    machine.run(seconds - 0.01)
    assert locked(desk) == 1
    assert not compared
    machine.run(0.01)
    assert check_pin(desk, LI, RIGHT).name == LI
    assert compared == [RIGHT]


def test_a_wrong_try_at_the_end_of_a_wait_makes_the_next_one_longer(
    desk: Desk, machine: Machine
) -> None:
    wrong(desk, machine, 5)
    machine.run(30)
    assert refused(desk).code == "pin_wrong"
    assert locked(desk) == 60


def test_asking_while_it_is_locked_changes_nothing(desk: Desk, machine: Machine) -> None:
    wrong(desk, machine, 5)
    rows = desk.store.rows()
    for _ in range(29):
        machine.run(1)
        locked(desk, WRONG)
    assert desk.store.rows() == rows
    machine.run(1)
    assert check_pin(desk, LI, RIGHT).failures == 0


@pytest.mark.parametrize("by", [DAYS, -DAYS, timedelta(seconds=30), timedelta(seconds=-1)])
def test_setting_the_clock_on_the_wall_changes_nothing(
    desk: Desk, machine: Machine, by: timedelta
) -> None:
    wrong(desk, machine, 6)
    machine.wall += by
    assert locked(desk) == 60
    machine.run(59.99)
    machine.wall -= by
    assert locked(desk) == 1
    machine.run(0.01)
    assert check_pin(desk, LI, RIGHT).name == LI


def test_a_restart_of_the_machine_starts_the_wait_anew(desk: Desk, machine: Machine) -> None:
    wrong(desk, machine, 6)
    machine.run(50)
    machine.restart()
    machine.run(20)
    assert locked(desk) == 60
    machine.run(59.99)
    assert locked(desk) == 1
    machine.run(0.01)
    assert check_pin(desk, LI, RIGHT).name == LI


def test_no_number_of_restarts_makes_a_wait_shorter(desk: Desk, machine: Machine) -> None:
    wrong(desk, machine, 10)
    for up in (5.0, 899.0, 3.0, 700.0, 40.0, 0.0):
        machine.restart()
        machine.run(up)
        assert locked(desk) >= 900 - up
    machine.run(899.99)
    assert locked(desk) == 1
    machine.run(0.01)
    assert check_pin(desk, LI, RIGHT).name == LI


def test_a_machine_that_ran_longer_than_before_still_waits(desk: Desk, machine: Machine) -> None:
    """Started anew and first asked when it has run beyond where the wait began."""
    wrong(desk, machine, 6)
    since = machine.up
    machine.restart()
    machine.run(since + 59.99)
    assert locked(desk) == 1
    machine.run(0.01)
    assert check_pin(desk, LI, RIGHT).name == LI


def test_the_count_outlives_the_program(reopen: Reopen, machine: Machine) -> None:
    for left in ("4", "3", "2", "1", "0"):
        assert refused(reopen()).detail["left"] == left
    assert locked(reopen()) == 30
    machine.run(30)
    assert refused(reopen()).code == "pin_wrong"
    assert locked(reopen()) == 60


def test_the_right_pin_gives_all_tries_back(desk: Desk, machine: Machine) -> None:
    wrong(desk, machine, 7)
    machine.run(120)
    assert check_pin(desk, LI, RIGHT).failures == 0
    assert refused(desk).detail["left"] == "4"
    wrong(desk, machine, 4)
    assert locked(desk) == 30


def test_other_operators_are_not_locked(desk: Desk, machine: Machine) -> None:
    wrong(desk, machine, 10)
    assert check_pin(desk, WANG, HERS).name == WANG
    assert refused(desk, RIGHT, WANG).detail["left"] == "4"
    assert locked(desk) == 900


def test_a_new_pin_frees_at_once(desk: Desk, machine: Machine) -> None:
    wrong(desk, machine, 10)
    reset_pin(desk, LI, "903517")
    assert refused(desk, RIGHT).detail["left"] == "4"
    assert check_pin(desk, LI, "903517").name == LI
    changed = [entry.event for entry in desk.store.all_of("operator_changed")]
    assert [getattr(event, "name", "") for event in changed] == [LI]


def test_every_wrong_try_is_an_entry_and_no_right_one(desk: Desk, machine: Machine) -> None:
    wrong(desk, machine, 6)
    expected = [(n, wait_after(n)) for n in range(1, 7)]
    assert [(entry.failures, entry.seconds) for entry in told(desk)] == expected
    assert {entry.name for entry in told(desk)} == {LI}
    rows = desk.store.rows()
    machine.run(60)
    check_pin(desk, LI, RIGHT)
    assert desk.store.rows() == rows


def test_who_is_disabled_or_unknown_is_not_looked_at(desk: Desk, compared: list[str]) -> None:
    disable_operator(desk, WANG)
    assert refused(desk, HERS, WANG).code == "operator_disabled"
    assert refused(desk, HERS, "没有这人").code == "no_operator"
    assert not compared


def test_programs_that_ask_at_the_same_time_share_the_tries(
    reopen: Reopen, compared: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """While one of them compares, others try; no try is won by being quick."""
    beside, looks, inside = reopen(), operators.matches, [False]

    def look(pin_hash: str, pin: str) -> bool:
        if not inside[0]:
            inside[0] = True
            for _ in range(10):
                refused(beside)
        return looks(pin_hash, pin)

    monkeypatch.setattr(operators, "matches", look)
    refused(reopen())
    assert len(compared) == 5
    assert locked(beside) == 30
    assert sorted(entry.failures for entry in told(beside)) == [1, 2, 3, 4, 5]


def test_a_try_that_is_cut_off_counts(reopen: Reopen, monkeypatch: pytest.MonkeyPatch) -> None:
    class CutOffError(BaseException):
        pass

    def cut_off(pin_hash: str, pin: str) -> bool:
        raise CutOffError

    with monkeypatch.context() as patched:
        patched.setattr(operators, "matches", cut_off)
        for _ in range(5):
            with pytest.raises(CutOffError):
                check_pin(reopen(), LI, RIGHT)
    assert locked(reopen()) == 30


def test_where_nothing_can_be_written_no_pin_is_looked_at(
    desk: Desk, machine: Machine, compared: list[str]
) -> None:
    """Else a full disk or a file for reading would be a place to guess in peace."""
    store = Store.open(desk.store.path, read_only=True)
    try:
        reader = Desk(store, machine, desk.site, WANG)
        for pin in (WRONG, RIGHT):
            with pytest.raises(ReadOnly):
                check_pin(reader, LI, pin)
    finally:
        store.close()
    assert not compared


def twenty(desk: Desk, machine: Machine) -> None:
    """Twenty wrong PINs in 240 s; the right one in between frees the five tries each time."""
    for _ in range(4):
        assert [refused(desk).detail["left"] for _ in range(4)] == ["4", "3", "2", "1"]
        machine.run(60)
        assert check_pin(desk, LI, RIGHT).failures == 0
    assert [refused(desk).detail["left"] for _ in range(4)] == ["3", "2", "1", "0"]


def test_however_often_the_operator_signs_in_twenty_guesses_an_hour_are_all(
    desk: Desk, machine: Machine, compared: list[str]
) -> None:
    twenty(desk, machine)
    assert compared.count(WRONG) == 20
    assert told(desk)[-1].seconds == 3600 - 240
    assert locked(desk) == 3600 - 240
    machine.run(3600 - 240 - 0.01)
    assert locked(desk) == 1
    machine.run(0.01)
    assert refused(desk).code == "pin_wrong"
    assert compared.count(WRONG) == 21


def test_the_quota_slides_and_leaves_one_guess_for_each_that_is_an_hour_old(
    desk: Desk, machine: Machine
) -> None:
    twenty(desk, machine)
    machine.run(3600 - 240)
    assert check_pin(desk, LI, RIGHT).failures == 0
    assert [refused(desk).detail["left"] for _ in range(4)] == ["3", "2", "1", "0"]
    assert locked(desk) == 60, "the next four are an hour old then"
    machine.run(60)
    assert check_pin(desk, LI, RIGHT).failures == 0
    assert [refused(desk).detail["left"] for _ in range(4)] == ["3", "2", "1", "0"]
    assert locked(desk) == 60


def test_no_restart_gives_guesses_back(reopen: Reopen, machine: Machine) -> None:
    twenty(reopen(), machine)
    machine.restart()
    assert locked(reopen()) == 3600, "how long it was off is not known"
    machine.run(3599.99)
    assert locked(reopen()) == 1
    machine.run(0.01)
    assert check_pin(reopen(), LI, RIGHT).name == LI


def test_a_new_pin_is_another_secret_and_its_guesses_count_anew(
    desk: Desk, machine: Machine
) -> None:
    twenty(desk, machine)
    reset_pin(desk, LI, "903517")
    assert refused(desk).detail["left"] == "4"
    assert check_pin(desk, LI, "903517").name == LI


@pytest.mark.parametrize("typed", ["", "1", "471", "1234567890123", "abcd", "-471", "4 711"])
def test_what_is_no_pin_costs_no_try(desk: Desk, compared: list[str], typed: str) -> None:
    rows = desk.store.rows()
    assert refused(desk, typed).code == "pin_form"
    assert not compared
    assert (desk.store.rows(), refused(desk).detail["left"]) == (rows, "4")
