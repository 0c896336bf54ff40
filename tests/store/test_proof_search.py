"""A case taken out of the search, or given other words in it, is named by its row."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from dispatcher_tui.domain.case.search import case_words, note_words
from dispatcher_tui.domain.record.case import PendingEntry
from dispatcher_tui.domain.record.events import AssigneeNamed, LogNoted
from dispatcher_tui.store.projection import words_key
from dispatcher_tui.store.proof import SiteProof
from dispatcher_tui.store.proof_search import OLDER
from dispatcher_tui.store.rebuild import rebuild
from dispatcher_tui.store.record_types import Verdict
from dispatcher_tui.store.schema import CONTENTLESS, search_table
from dispatcher_tui.store.store import Store
from dispatcher_tui.store.verify import named_besides, verify
from tests.store.build import (
    AT,
    add,
    duties_of,
    fold,
    initials,
    level_of,
    opened,
)

SITE = SiteProof(level_of, lambda _document: None)
SHADOWS = [
    (table, column)
    for table, columns in {
        "data": ("id", "block"),
        "idx": ("segid", "term", "pgno"),
        "docsize": ("id", "sz"),
        "config": ("k", "v"),
    }.items()
    for column in columns
]


@pytest.fixture
def found(store: Store) -> Store:
    """Five cases that are found by place, name, number, words and the initials of who has it."""
    for index in range(5):
        at = AT + timedelta(minutes=index)
        with store.write() as tx:
            opened(
                tx,
                f"case-{index}",
                at,
                place=f"3-2-{1500 + index}",
                caller="王建国",
                phone="13800001111",
                verbatim="厨房漏水",
            )
    add(store, "case-2", AssigneeNamed(case="case-2", person="p", name="维修班长", role="chief"))
    return store


def _judge(store: Store) -> Verdict:
    return verify(store, fold=fold, duties_of=duties_of, site=SITE)


def _told(store: Store) -> list[str]:
    return [each.detail for each in _judge(store).problems if each.code == "row"]


def _words_of(store: Store, row: int, *, without: str = "", more: str = "") -> str:
    case = fold(store.entries(f"case-{row - 1}"))
    kept = [word for word in case_words(case, initials).split() if without not in ("", word)]
    return " ".join(sorted({*(kept or case_words(case, initials).split()), *more.split()}))


def _index(store: Store, row: int, words: str, *, knowing: bool = False) -> None:
    """Let a case be found by those words; ``knowing`` hands change the stand-in as well."""
    store.db.run("DELETE FROM case_search WHERE rowid = ?", (row,))
    store.db.run("INSERT INTO case_search (rowid, words) VALUES (?, ?)", (row, words))
    if knowing:
        store.db.run("UPDATE cases SET words = ? WHERE row = ?", (words_key(words), row))


def test_what_was_written_by_the_desk_is_sound(found: Store) -> None:
    verdict = _judge(found)
    assert (verdict.problems, verdict.notes) == ((), ())


def test_a_case_taken_out_is_named_and_made_anew(found: Store) -> None:
    found.db.run("DELETE FROM case_search WHERE rowid = 3")
    assert len(found.search("漏水")) == 4
    assert _told(found)[0] == "case_search 3: not the words it was given"
    assert "case_search 3: missing" in _told(found)
    assert all("case_search 3" in each for each in _told(found))
    named = named_besides(found, faithful=lambda _text, _proved: True, site=SITE)
    assert "case_search 3: missing" in [each.detail for each in named]
    rebuild(found, fold=fold, duties_of=duties_of, level_of=level_of, initials=initials)
    assert _judge(found).sound
    assert len(found.search("漏水")) == 5


@pytest.mark.parametrize("knowing", [False, True])
def test_one_word_taken_out_is_named(found: Store, *, knowing: bool) -> None:
    _index(found, 4, _words_of(found, 4, without="漏水"), knowing=knowing)
    assert [line.id for line in found.search("漏水")] == ["case-4", "case-2", "case-1", "case-0"]
    what = "not all words of the case" if knowing else "not the words it was given"
    # A single character of Chinese outlasts every version; a pair is a rule of this one.
    verdict = _judge(found)
    if knowing:
        assert [(each.code, each.detail) for each in verdict.notes] == [(OLDER, "case_search 4, 1")]
        _index(found, 4, _words_of(found, 4, without="漏"), knowing=True)
    assert _told(found) == [f"case_search 4: {what}"]


def test_a_word_put_in_is_named(found: Store) -> None:
    _index(found, 1, _words_of(found, 1, more="zzz"))
    assert _told(found) == ["case_search 1: not the words it was given"]


def test_a_row_of_no_case_is_named(found: Store) -> None:
    found.db.run("INSERT INTO case_search (rowid, words) VALUES (99, '漏水')")
    assert set(_told(found)) == {"case_search 99: no case of that row"}


@pytest.mark.parametrize("row", [2**62, 2**63 - 1, -(2**62), -(2**63) + 1, -(2**63)])
def test_a_row_far_out_is_named_and_not_walked_to(found: Store, row: int) -> None:
    found.db.run("INSERT INTO case_search (rowid, words) VALUES (?, '漏水')", (row,))
    what = "case" if row > 0 else "line"
    wanted = "no case of that row" if what == "case" else "no line of that entry"
    assert set(_told(found)) == {f"case_search {row}: {wanted}"}


def test_a_line_is_found_by_its_own_words_alone(found: Store) -> None:
    with found.write() as tx:
        note = LogNoted(text="问停车费", caller="王建国", phone="13800001111", place="3-2-1502")
        pending = [PendingEntry(note, AT), PendingEntry(LogNoted(text="巡逻正常"), AT)]
        first, second = tx.append(pending, actor="x", recorded_at=AT, initials=initials)
    assert _told(found) == []
    for entry, more, wrong in (
        (first, "wjg", ""),
        (first, "13900002222", "words that the line never had"),
        (second, "wjg", "words that the line never had"),
    ):
        assert isinstance(entry.event, LogNoted)
        words = {*note_words(entry.event, initials).split(), more}
        _index(found, -entry.seq, " ".join(sorted(words)))
        assert _told(found) == ([f"case_search {-entry.seq}: {wrong}"] if wrong else [])
        _index(found, -entry.seq, note_words(entry.event, initials))
    _index(found, -first.seq, "问")
    assert _told(found) == [f"case_search {-first.seq}: not all words of the line"]
    found.db.run("DELETE FROM case_search WHERE rowid = ?", (-first.seq,))
    assert _told(found) == [f"case_search {-first.seq}: not all words of the line"]


def test_fewer_words_of_an_older_version_are_a_note(found: Store) -> None:
    for row in (2, 5):
        words = [w for w in _words_of(found, row).split() if not w.startswith("pl")]
        _index(found, row, " ".join(words), knowing=True)
    verdict = _judge(found)
    assert verdict.sound
    assert [(each.code, each.detail) for each in verdict.notes] == [(OLDER, "case_search 2, 2")]


@pytest.mark.skipif(not CONTENTLESS, reason="this SQLite keeps another form of the index")
@pytest.mark.parametrize(("table", "column"), SHADOWS)
def test_every_column_behind_the_search_is_proved(found: Store, table: str, column: str) -> None:
    # Small pages, so that words lie on more than one as they do in a record of years.
    found.db.run("INSERT INTO case_search (case_search, rank) VALUES ('pgsz', 64)")
    for row in range(1, 6):
        _index(found, row, _words_of(found, row))
    found.db.run("INSERT INTO case_search (case_search) VALUES ('optimize')")
    assert _judge(found).sound
    name = f"case_search_{table}"
    other = {"block": "x'00000000'", "sz": "x'7f'", "k": "'other'", "v": "99"}
    to_be = {"term": "term || 'z'", **other}.get(column, f"{column} + 700")
    first = found.db.value(f"SELECT max(_rowid_) FROM {name}") if table == "docsize" else None
    where = "" if first is None else f" WHERE id = {first}"
    where = " WHERE k = 'version'" if table == "config" else where
    where = " WHERE pgno > 4 AND pgno < 12" if table == "idx" else where
    assert found.db.run(f"UPDATE {name} SET {column} = {to_be}{where}").rowcount > 0
    found.close()
    again = Store.open(found.path, read_only=True)
    try:
        problems = _judge(again).problems
    finally:
        again.close()
    assert any("case_search" in each.detail for each in problems), problems


def test_an_index_that_keeps_its_text_is_proved_with_it(tmp_path: Path, found: Store) -> None:
    found.db.run("DROP TABLE case_search")
    found.db.run(search_table(contentless=False))
    for row in range(1, 6):
        words = _words_of(found, row)
        found.db.run("INSERT INTO case_search (rowid, words) VALUES (?, ?)", (row, words))
    assert _judge(found).sound
    found.db.run("UPDATE case_search_content SET c0 = 'x' WHERE id = 2")
    assert "case_search 2: another text" in _told(found)
