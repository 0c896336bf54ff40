"""How SQLite goes about the store's statements: none of a key's walks along what grows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dispatcher_tui.domain.record.events import LogNoted, NoteAdded
from dispatcher_tui.store import case_reads, journal_reads, proof_search
from dispatcher_tui.store.errors import Outdated
from dispatcher_tui.store.migrations import CURRENT
from dispatcher_tui.store.store import Store
from dispatcher_tui.store.verify import verify
from tests.store.build import add, filled, new_store, write
from tests.store.every_statement import (
    WHOLE,
    constants,
    run_everything,
    speaking_places,
    triggers,
)

OF_THE_SITE = {"adopted", "operators", "units", "people", "meta", "post", "drafts"}
"""Tables as large as the estate, whatever the years; all others grow with each call."""

OF_FEW = {"cases_open", "cases_untold", "cases_fire", "slips_owed", "slips_charge", "slips_forms"}
"""Indexes that a row leaves when its work is done: walking along one is as long as what is owed."""

EVERYTHING = {
    "verify.walk": "proving the record reads every entry",
    "proof_texts._kept": "proving it again, for the texts themselves",
    "proof_texts._missing": "proving it again, for the texts that may be missing",
    "proof._highest": "proving it again, for the numbers that papers were given",
    "verify._set_back": "proving it again, for the times",
    "verify.named_besides": "a copy was made or gone on from: what a proof names besides is said",
    "proof_search._found_by": "proving the search, every word of every case",
    "proof_search._not_led_to": "proving it again, as somebody who searches comes to a word",
    "proof_search.search": "proving it again, for rows of no case",
    "site_reads.older_texts": "a household is forgotten: every list of persons is looked into",
    "verify._folds": "proving it again, for the lists",
    "journal_reads.entries_by_case": "proving folds every case",
    "rebuild.rebuild": "the lists are made anew",
    "paper_fill.fill_papers": "an older file is moved to this form",
    "site_reads.numbers_given": "a restore carries on with the numbers of every day",
    "slip_rows.papers": "the list of all papers is printed or written to a file",
    "slip_rows.paper_numbers": "custody counts every number, beside the desk's own connection",
    "retention.final_before": "the files past their time are listed, and are all it reads",
    "retention.invalid_opened_before": "the same for cases found invalid",
}
"""What reads all there is, by the function of the store, and why it must."""

PARTS = {"case_reads._RECORD.0", "site_reads._OPERATORS.0", "slip_rows.HELD.0"}
"""Constants that others begin with, and that are never put alone."""

IF_KEPT = {"proof_search._TEXTS.0"}
"""Of a search index that keeps its text, as an older SQLite makes it: a range of its rows."""

VOCABULARIES = {"found_by", "how_many"}
"""What the words of the search are read back through while it is proved."""

LAST = re.compile(r"ORDER BY seq DESC LIMIT 1\b")
"""Called a scan by SQLite; it is one step from the end."""


def grows(store: Store) -> set[str]:
    """The tables that grow with the years."""
    rows = store.db.all("SELECT name FROM sqlite_master WHERE type = 'table'")
    ours = {name for (name,) in rows if not name.startswith(("sqlite_", "_sqlite_"))}
    return {name for name in ours if not name.startswith("case_search_")} - OF_THE_SITE


def walks(store: Store, sql: str) -> list[str]:
    """The steps of a statement that go along all of a table that grows, or of an index of it.

    A range without a lower end is such a walk as well: all that is older lies in it.
    """
    for made in (proof_search._VOCABULARY, proof_search._COUNTED):
        store.db.run(made.replace("TABLE", "TABLE IF NOT EXISTS"))
    named = dict.fromkeys(re.findall(r":(\w+)", sql), 1)
    numbered = [int(n) for n in re.findall(r"\?(\d+)", sql)]
    args = named or (1,) * max(numbered, default=sql.count("?"))
    tables = grows(store) | VOCABULARIES
    aliases = {alias: table for table, alias in re.findall(r"\b(\w+) AS (\w+)", sql)}
    found = []
    for (step,) in ((row[3],) for row in store.db.all(f"EXPLAIN QUERY PLAN {sql}", args)):
        how, _, rest = step.partition(" ")
        table, _, rest = rest.partition(" ")
        if aliases.get(table, table) not in tables:
            continue
        index = re.search(r"INDEX (\w+)", rest)
        if index is not None and index[1] in OF_FEW:
            continue
        by_word = re.search(r"VIRTUAL TABLE INDEX \d+:\S*[M=]", rest)
        from_the_end = LAST.search(sql) and "WHERE" not in sql[: LAST.search(sql).start()]  # type: ignore[union-attr]
        if how == "SCAN" and not by_word and not (table == "journal" and from_the_end):
            found.append(step)
        if how == "SEARCH" and re.search(r"\(\w+<\?\)$", rest):
            found.append(step)
    return found


@pytest.fixture(scope="module")
def statements(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """By the function that puts it, or the constant or trigger that holds it, every statement."""
    with pytest.MonkeyPatch.context() as patch:
        seen = run_everything(tmp_path_factory.mktemp("all"), patch).seen
    found = {place: {sql for sql in put if WHOLE.match(sql)} for place, put in seen.items()}
    known = set[str]().union(*found.values())
    found |= {name: {sql} for name, sql in constants().items() if sql not in known}
    return {place: put for place, put in found.items() if put}


def test_every_place_that_speaks_to_sqlite_was_heard(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = run_everything(tmp_path, monkeypatch).seen.keys()
    assert speaking_places() - heard == set()
    assert len(speaking_places()) > 60


def test_no_statement_walks_along_what_grows(statements: dict[str, set[str]], store: Store) -> None:
    wrong = {
        (place, sql): found
        for place, put in statements.items()
        if place not in EVERYTHING and place not in PARTS | IF_KEPT
        for sql in put
        if (found := walks(store, sql))
    }
    assert wrong == {}


def test_no_trigger_walks_along_what_grows(store: Store) -> None:
    asked = triggers(store)
    assert len(asked) > 10
    # How the last entry is asked for, whose hash the next one must name.
    last = "(SELECT hash FROM journal ORDER BY seq DESC LIMIT 1)"
    put = {name: sql.replace(last, "''") for name, sql in asked.items()}
    assert sum(put[name] != sql for name, sql in asked.items()) == 1
    assert {name: found for name, sql in put.items() if (found := walks(store, sql))} == {}


@pytest.mark.parametrize("place", sorted(EVERYTHING))
def test_what_reads_everything_is_known_as_such(
    place: str, statements: dict[str, set[str]], store: Store
) -> None:
    assert any(walks(store, sql) for sql in statements[place])


def test_a_walk_is_seen_as_one(store: Store) -> None:
    assert walks(store, case_reads._CHANGED.replace("(SELECT", "(SELECT DISTINCT", 1))
    assert walks(store, "SELECT seq FROM journal WHERE kind = ? ORDER BY seq DESC LIMIT 1")
    assert walks(store, "SELECT 1 FROM journal AS j JOIN cases AS c ON c.assignee = j.actor")
    assert walks(store, "SELECT id FROM cases WHERE opened_at < ?")
    assert not walks(store, "SELECT id FROM cases WHERE opened_at < ? AND opened_at >= ?")
    assert walks(store, "SELECT rowid FROM case_search")
    assert walks(store, "UPDATE cases SET untold = 1 WHERE caller = ?")
    assert not walks(store, journal_reads._HEAD)


def test_what_grows_is_what_the_journal_and_its_folds_are_kept_in(store: Store) -> None:
    assert grows(store) == {"journal", "cases", "case_state", "case_search", "slips", "documents"}


def test_the_last_of_a_kind_is_found_in_a_file_of_before(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    filled(store, 3)
    with store.write() as tx:
        for text in ("first", "last"):
            write(tx, LogNoted(text=text))
    add(store, "case-0", NoteAdded(case="case-0", text="of a case"))
    store.db.run("DROP INDEX journal_desk")
    store.db.run("DELETE FROM _sqlite_migrations WHERE name = 'desk'")
    store.db.run(f"PRAGMA user_version = {CURRENT - 1}")
    store.close()
    with pytest.raises(Outdated):
        Store.open(store.path, read_only=True)
    newer = Store.open(store.path, ballast=0)
    try:
        assert verify(newer).sound
        entry = newer.last_of("log_noted")
        assert entry is not None
        assert entry.event == LogNoted(text="last")
        assert newer.last_of("note_added") is None
        assert newer.last_of("backup_made") is None
    finally:
        newer.close()
