"""The table of papers: written with the case, made anew, proved, and filled in an older file."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from dispatcher_tui.domain.case.evolve import fold
from dispatcher_tui.domain.papers.slips import Where
from dispatcher_tui.domain.record.case import Case, Entry
from dispatcher_tui.domain.record.events import (
    AssigneeNamed,
    ClosedFinal,
    Corrected,
    Event,
    NoteAdded,
    PaperFiled,
    PaperReceived,
    PaperSigned,
    Reopened,
    SlipIssued,
    TakenBack,
    WrittenOff,
)
from dispatcher_tui.domain.record.record_events import Charge, ChargesHandedOver
from dispatcher_tui.store import slip_rows
from dispatcher_tui.store.migrations import CURRENT
from dispatcher_tui.store.rebuild import rebuild
from dispatcher_tui.store.record_types import Verdict
from dispatcher_tui.store.store import Store
from dispatcher_tui.store.tx import Tx
from dispatcher_tui.store.verify import verify
from tests.store.build import AT, ORDINARY, duties_of, initials, level_of, opened, undone, write


def project(tx: Tx, case_id: str) -> Case:
    """Make the lists show a case as its entries say, by the program's own fold."""
    case = fold(tx.entries(case_id))
    tx.project(case, duties_of(case), ORDINARY, initials)
    return case


def add(store: Store, case_id: str, *events: Event) -> list[Entry]:
    """Append events to a case, with its projection, in one transaction."""
    with store.write() as tx:
        entries = [write(tx, event) for event in events]
        project(tx, case_id)
    return entries


def told(case_id: str) -> tuple[Event, ...]:
    """Somebody is responsible and has a paper."""
    number = f"F{case_id:0>6}"
    return (
        AssigneeNamed(case=case_id, person="zhang", name="张伟"),
        SlipIssued(case=case_id, number=number),
    )


def filed(case_id: str, fen: int = 1250, number: str = "") -> tuple[Event, ...]:
    """Written off, and the paper received, signed and filed."""
    return (
        WrittenOff(case=case_id),
        PaperReceived(case=case_id, number=number or f"F{case_id:0>6}"),
        PaperSigned(case=case_id, signer="李敏"),
        PaperFiled(case=case_id, binder="2026-11", page="3", charge_fen=fen),
    )


def hand_over(store: Store, *charges: tuple[str, str, int]) -> None:
    """Charges as (case number, paper, fen)."""
    found = tuple(Charge(slip=slip, case=case, fen=fen, filed_at=AT) for case, slip, fen in charges)
    total = sum(charge.fen for charge in found)
    with store.write() as tx:
        write(tx, ChargesHandedOver(period="2026-11", charges=found, total_fen=total, to="x"))


def where(store: Store) -> list[tuple[str, str]]:
    """Every paper's number and place."""
    return [(paper.number, paper.where.value) for paper in store.papers()]


def judge(store: Store) -> Verdict:
    """Chain, fold and lists by the program's own fold."""
    return verify(store, fold=fold, duties_of=duties_of)


@pytest.fixture
def lively(store: Store) -> Store:
    """Cases without a paper, with one out, one owed, one filed and charged, one reopened."""
    for n in range(1, 6):
        with store.write() as tx:
            opened(tx, str(n), place=f"3-2-150{n}")
            project(tx, str(n))
    add(store, "2", *told("2"))
    add(store, "3", *told("3"), WrittenOff(case="3"))
    add(store, "4", *told("4"), *filed("4"), ClosedFinal(case="4"))
    add(store, "5", *told("5"), *filed("5", 700, "X-9"), Reopened(case="5", reason="again"))
    hand_over(store, ("261121-04", "F000004", 1250))
    return store


def test_a_case_without_a_paper_has_no_row(store: Store) -> None:
    with store.write() as tx:
        opened(tx, "1")
    add(store, "1", NoteAdded(case="1", text="so far nothing"))
    assert list(store.papers()) == []


def test_a_paper_goes_its_way(lively: Store) -> None:
    assert where(lively) == [
        ("F000002", "issued"),
        ("F000003", "owed"),
        ("F000004", "filed"),
        ("X-9", "filed"),
    ]
    papers = {paper.case_id: paper for paper in lively.papers()}
    assert (papers["5"].issued, papers["5"].issued_to, papers["5"].place) == (
        "F000005",
        "张伟",
        "3-2-1505",
    )
    add(lively, "5", SlipIssued(case="5", number="F000006"))
    assert where(lively)[-2:] == [("X-9", "filed"), ("F000006", "issued")]


def test_what_is_taken_back_has_no_row_any_more(store: Store) -> None:
    with store.write() as tx:
        opened(tx, "1")
    issued = add(store, "1", SlipIssued(case="1", number="F000001"))
    assert where(store) == [("F000001", "issued")]
    add(store, "1", TakenBack(case="1", of=(issued[0].seq,)))
    assert where(store) == []


def test_row_and_case_are_one_transaction(lively: Store) -> None:
    before = list(lively.papers())
    with undone(lively) as tx:
        for event in filed("2"):
            write(tx, event)
        project(tx, "2")
        assert [p.where for p in tx.papers_numbered("F000002")] == [Where.FILED]
    assert list(lively.papers()) == before


def test_what_custody_asks_for(lively: Store) -> None:
    assert [p.case_id for p in lively.papers_owed()] == ["3"]
    assert [p.number for p in lively.papers_numbered("F000005")] == ["X-9"]
    assert [p.number for p in lively.papers_numbered("X-9")] == ["X-9"]
    assert lively.papers_numbered("") == []
    assert lively.highest_paper("F000001", "F000099") == "F000005"
    assert lively.highest_paper("F000050", "F000099") == ""
    assert lively.lowest_paper("F000001", "F000099") == "F000002"
    assert lively.lowest_paper("F01", "F99") == "", "of another width"
    numbers = [(p.case, p.nth, p.where, p.number, p.issued) for p in lively.papers()]
    light = [(p.case, p.nth, p.where, p.number, p.issued) for p in lively.paper_numbers()]
    assert light == numbers


@pytest.mark.parametrize(
    ("query", "index"),
    [
        ("SELECT 1 FROM slips WHERE number = ? AND number <> ''", "slips_number"),
        ("SELECT 1 FROM slips WHERE issued = ? AND issued <> ''", "slips_issued"),
        (
            "SELECT 1 FROM slips WHERE whereabouts = 'owed' AND written_off_at < ?",
            "slips_owed",
        ),
        ("SELECT 1 FROM slips WHERE charge_fen <> handed_fen AND filed_at < ?", "slips_charge"),
    ],
)
def test_each_question_has_its_index(lively: Store, query: str, index: str) -> None:
    plan = lively.db.all(f"EXPLAIN QUERY PLAN {query}", ("x",))
    assert index in plan[0][-1]


def test_charges_are_open_until_they_are_handed_over(lively: Store) -> None:
    assert [(p.number, p.handed_fen) for p in lively.papers_to_charge()] == [("X-9", 0)]
    hand_over(lively, ("261121-05", "X-9", 700))
    assert lively.papers_to_charge() == []
    add(lively, "5", NoteAdded(case="5", text="the row is written anew"))
    assert lively.papers_to_charge() == []
    add(lively, "4", Corrected(case="4", field="charge", value="10.00", reason="price"))
    (paper,) = lively.papers_to_charge()
    assert (paper.charge_fen, paper.handed_fen) == (1000, 1250)
    hand_over(lively, ("261121-04", "F000004", -250))
    assert lively.papers_to_charge() == []
    assert judge(lively).sound


def test_a_charged_paper_that_is_no_longer_filed_is_owed_back(lively: Store) -> None:
    with lively.write() as tx:
        opened(tx, "6")
    entries = add(lively, "6", *told("6"), *filed("6"))
    hand_over(lively, ("261121-06", "F000006", 1250))
    add(lively, "6", TakenBack(case="6", of=(entries[-1].seq,)))
    (gone,) = (p for p in lively.papers_to_charge() if p.case_id == "6")
    assert (gone.where, gone.handed_fen) == (Where.GONE, 1250)
    assert judge(lively).sound
    hand_over(lively, ("261121-06", "F000006", -1250))
    assert [p.where for p in lively.papers_numbered("F000006")] == [Where.SIGNED]
    assert judge(lively).sound


def test_made_anew_from_the_journal_it_is_the_same(lively: Store) -> None:
    add(lively, "4", Corrected(case="4", field="charge", value="10.00", reason="price"))
    before = list(lively.papers())
    lively.db.run("UPDATE slips SET number = 'F999999', handed_fen = 1")
    rebuild(lively, fold=fold, duties_of=duties_of, level_of=level_of, initials=initials)
    assert list(lively.papers()) == before
    assert judge(lively).sound


OTHER: dict[str, object] = {
    "nth": 9,
    "whereabouts": "void",
    "number": "F999999",
    "issued": "F999999",
    "issued_to": "x",
    "person": "x",
    "assignee": "x",
    "signed_by": "x",
    "binder": "x",
    "page": "x",
    "version": 2,
}
"""Another value for every column that holds text; the others hold a figure."""


@pytest.mark.parametrize("column", slip_rows.COLUMNS)
def test_every_column_is_proved(lively: Store, column: str) -> None:
    assert judge(lively).sound
    row = lively.db.value("SELECT row FROM cases WHERE id = '4'")
    other = OTHER.get(column, 1)
    lively.db.run(f"UPDATE slips SET {column} = ? WHERE case_row = ?", (other, row))
    verdict = judge(lively)
    assert not verdict.sound
    last = lively.entries("4")[-1].seq
    assert [(p.code, p.seq, p.detail) for p in verdict.problems] == [
        ("projection", last, "4: slips")
    ]


_REST = ", ".join(name for name in slip_rows.COLUMNS if name != "nth")


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM slips WHERE case_row = 4",
        f"INSERT INTO slips SELECT case_row, 7, {_REST} FROM slips WHERE case_row = 4",
        "UPDATE slips SET case_row = 1 WHERE case_row = 4",
        "UPDATE slips SET case_row = 99 WHERE case_row = 4",
    ],
)
def test_a_row_too_many_or_too_few_is_found(lively: Store, statement: str) -> None:
    lively.db.run("PRAGMA foreign_keys = OFF")
    lively.db.run(statement)
    assert not judge(lively).sound


_SINCE = ("records", "untold", "versions", "notes", "forms")
"""The steps that such a file has not seen."""


def _older(store: Store) -> None:
    """Bring a file back to the form before the papers had a table: the case knew less, too."""
    db = store.db
    for table in (
        *("INDEX journal_books", "INDEX cases_opened", "TABLE slips"),
        "INDEX cases_untold",
    ):
        db.run(f"DROP {table}")
    db.run("ALTER TABLE cases DROP COLUMN untold")
    for row, state in db.all("SELECT row, state FROM case_state"):
        case = json.loads(state)
        case.pop("papers")
        for name in ("issued", "issued_at", "issued_to"):
            case["slip"].pop(name)
        db.run("UPDATE case_state SET state = ? WHERE row = ?", (json.dumps(case).encode(), row))
    db.run(f"DELETE FROM _sqlite_migrations WHERE name IN {_SINCE}")
    db.run(f"PRAGMA user_version = {CURRENT - 5}")
    store.close()


def _nonsense(store: Store) -> None:
    """An entry that no fold can take."""
    with store.write() as tx:
        write(tx, Corrected(case="3", field="charge", value="none", reason="x"))


@pytest.mark.parametrize(("harm", "sound"), [(lambda store: None, True), (_nonsense, False)])
def test_an_older_file_is_told_of_its_papers(
    lively: Store, harm: Callable[[Store], None], sound: bool
) -> None:
    before = [p for p in lively.papers() if sound or p.case_id != "3"]
    harm(lively)
    path: Path = lively.path
    _older(lively)
    newer = Store.open(path, ballast=0)
    try:
        assert list(newer.papers()) == before
        assert judge(newer).sound is sound
        record = newer.case("5")
        assert record is not None
        assert [p.slip.issued for p in record.case.papers] == ["F000005"]
    finally:
        newer.close()
