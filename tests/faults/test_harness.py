"""The runs themselves: each judge must find what it is there to find."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from dispatcher_tui.store.sqlite import connect
from dispatcher_tui.store.store import Store
from tests.faults import estate as estates
from tests.faults import lives
from tests.faults.estate import Estate
from tests.faults.forgery import unguard
from tests.faults.harm import Ack, ack, harm
from tests.faults.hostility import MARK, judge_print, judge_screen, judge_table
from tests.faults.paper import finals_without_paper


@pytest.fixture
def lived(tmp_path: Path) -> tuple[Estate, list[Ack]]:
    """An estate with one life on it, and what was acknowledged."""
    estate = estates.make(tmp_path)
    desk = estates.open_desk(estate)
    acks = [ack(done) for done in lives.life(desk, Random(2))]
    desk.store.close()
    return estate, acks


def _changed(estate: Estate, sql: str) -> None:
    conn = connect(estate.db)
    unguard(conn)
    conn.execute(sql)
    conn.close()


def test_a_whole_life_does_no_harm(lived: tuple[Estate, list[Ack]]) -> None:
    estate, acks = lived
    assert harm(estate, acks) == []


def test_a_lost_entry_is_found(lived: tuple[Estate, list[Ack]]) -> None:
    estate, acks = lived
    _changed(estate, "DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal)")
    assert any("is lost" in problem for problem in harm(estate, acks))


def test_half_a_command_is_found(lived: tuple[Estate, list[Ack]]) -> None:
    estate, _ = lived
    _changed(estate, "DELETE FROM journal WHERE kind = 'read_back'")
    assert any("stands alone" in problem for problem in harm(estate, []))


def test_a_case_that_cannot_be_found_is_lost(lived: tuple[Estate, list[Ack]]) -> None:
    estate, acks = lived
    _changed(estate, "DELETE FROM case_search")
    assert any("the search does not find it" in problem for problem in harm(estate, acks))


def test_an_unknown_number_is_lost(lived: tuple[Estate, list[Ack]]) -> None:
    estate, _ = lived
    assert harm(estate, [Ack("", "990101-01")]) == ["990101-01: the case is lost"]


def test_a_final_case_without_paper_is_found(tmp_path: Path) -> None:
    estate = estates.make(tmp_path)
    desk = estates.open_desk(estate)
    desk.open_case(lives.opening(Random(1)))
    desk.store.close()
    _changed(estate, "UPDATE cases SET stage = 'final'")
    store = Store.open(estate.db, read_only=True)
    assert finals_without_paper(store) == ["261121-01 is final without its paper"]
    store.close()


@pytest.mark.parametrize(
    "text",
    [f"\x1b[{MARK}m", f"\x1b]0;{MARK}\x07", "\x1bc", "\u202e", "\x9b", "\u200b", "\x0e", "\x1bPq"],
)
def test_a_steering_text_is_found(text: str) -> None:
    assert list(judge_screen(f"\x1b[1;1H{text}漏水".encode(), "here"))
    assert list(judge_print(f"{text}漏水\n".encode(), "here"))


def test_plain_text_is_not_taken_for_steering() -> None:
    assert not list(
        judge_screen("\x1b[?2026h\x1b[1;38;5;254m漏水 31337\x1b[0m\r\n".encode(), "here")
    )
    assert not list(judge_print("漏水 31337\n".encode(), "here"))


@pytest.mark.parametrize("cell", ["=1+1", "@SUM(A1)", "+cmd", '"=1"', "-x"])
def test_a_formula_is_found(cell: str) -> None:
    assert list(judge_table(f"a,{cell},b\n", "here"))


@pytest.mark.parametrize("cell", ["'=1+1", "-12.5", "a=b", ""])
def test_a_plain_cell_is_no_formula(cell: str) -> None:
    assert not list(judge_table(f"a,{cell},b\n", "here"))
