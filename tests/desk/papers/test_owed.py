"""The copies that are owed are found by themselves, and stand as they do in the whole book."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from random import Random, SystemRandom

from dispatcher_tui.desk.papers.custody_book import read_book
from dispatcher_tui.desk.papers.slips import owed_standings, standing_of
from dispatcher_tui.domain.papers.custody import SlipPosition
from dispatcher_tui.domain.papers.slips import SlipRecord, Where
from dispatcher_tui.domain.record.record_events import SlipsIssued, SlipVoided
from dispatcher_tui.store.store import Store
from dispatcher_tui.store.stored_times import micros
from tests.store.build import AT, filled, new_store, write

CASES, BOOKS = 9, 12
OF_A_PAPER = (
    *(Where.OWED, Where.OWED, Where.OWED, Where.ISSUED, Where.IN_HAND, Where.SIGNED),
    *(Where.FILED, Where.LEFT, Where.GONE),
)
"""Where a paper of a case can be; the copy that is owed is looked for."""


def as_in_the_book(store: Store) -> list[SlipPosition]:
    """What the whole book says of the copies that are not back."""
    return [x for x in read_book(store).all() if x.paper and x.paper.where is Where.OWED]


def since(each: SlipPosition) -> datetime:
    """Since when a copy is owed."""
    assert each.paper is not None
    assert each.paper.written_off_at is not None
    return each.paper.written_off_at


def by_number(each: SlipPosition) -> tuple[str, datetime]:
    """Each number is there once, papers without one each by its time."""
    return each.number, since(each)


def put(store: Store, row: int, nth: int, where: Where, number: str, issued: str = "") -> None:
    """A paper straight into the table, written off at a moment of its own."""
    at = micros(AT + timedelta(seconds=100 * row + nth))
    store.db.run(
        "INSERT INTO slips (case_row, nth, whereabouts, number, issued, issued_to, person,"
        " assignee, written_off_at, signed_by, binder, page, charge_fen, handed_fen)"
        " VALUES (?, ?, ?, ?, ?, '', '', '', ?, '', '', '', 0, 0)",
        (row, nth, where.value, number, issued, at),
    )


def random_book(store: Store, chance: Random) -> None:
    """A pad, a void number, a running range, and papers that share numbers as often as not."""
    numbers = [*(f"F{n:05d}" for n in range(1, 15)), "", "X9"]
    with store.write() as tx:
        first = chance.randrange(1, 40)
        write(tx, SlipsIssued(prefix="F", first=first, last=first + 4, digits=5, to="", person=""))
        write(tx, SlipVoided(number=chance.choice(numbers[:-2]), reason="torn"))
        tx.set_meta("slip:F", str(chance.randrange(0, 14)))
    store.db.run("DELETE FROM slips")
    for row in range(1, CASES + 1):
        for nth in range(chance.randrange(0, 3)):
            where = chance.choice(OF_A_PAPER)
            issued = chance.choice(numbers) if chance.random() < 0.3 else ""
            put(store, row, nth, where, chance.choice(numbers), issued)


def test_what_is_owed_is_what_the_whole_book_says_is_owed(tmp_path: Path) -> None:
    seed = SystemRandom().randrange(2**32)
    print(f"seed {seed}")
    chance, some = Random(seed), 0
    for n in range(BOOKS):
        store = new_store(tmp_path, f"{n}.sqlite3")
        try:
            filled(store, CASES)
            random_book(store, chance)
            found = list(owed_standings(store))
            assert [since(each) for each in found] == sorted(map(since, found))
            assert sorted(found, key=by_number) == sorted(as_in_the_book(store), key=by_number)
            some += len(found)
            for each in read_book(store).all():
                if each.number and each.paper is not None:
                    assert standing_of(store, each.number) == each
        finally:
            store.close()
    assert some


def test_only_what_is_owed_is_read(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    try:
        filled(store, CASES)
        store.db.run("DELETE FROM slips")
        for row in range(1, CASES + 1):
            put(store, row, 0, Where.FILED, f"F{row:05d}")
        put(store, 3, 1, Where.OWED, "F00099")
        read = list[SlipRecord]()
        papers_beside = store.papers_beside
        store.papers_beside = lambda number: read.extend(f := papers_beside(number)) or f  # type: ignore[method-assign, func-returns-value]
        (owed,) = owed_standings(store)
        assert owed.number == "F00099"
        assert {paper.number for paper in read} == {"F00003", "F00099"}
    finally:
        store.close()
