"""No case is final without its paper received, signed and filed: not even by SQL."""

from __future__ import annotations

from itertools import combinations
from typing import ClassVar

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dispatcher_tui.domain.record.events import (
    ClosedFinal,
    Event,
    NoteAdded,
    PaperFiled,
    PaperReceived,
    PaperSigned,
    Reopened,
    TakenBack,
)
from dispatcher_tui.domain.words.terms import Stage
from dispatcher_tui.store import chain
from dispatcher_tui.store.errors import Refused
from dispatcher_tui.store.store import Store
from tests.store.build import AT, ORDINARY, add, duties_of, initials, opened, papers, undone, write

CLOSED = ClosedFinal(case="c")
REOPENED = Reopened(case="c", reason="again")


@pytest.fixture
def case(store: Store) -> Store:
    """A desk with one open case, and another whose paper is in hand."""
    with store.write() as tx:
        opened(tx, "c")
        opened(tx, "other")
        for paper in papers("other"):
            write(tx, paper)
    return store


def _append(store: Store, *events: Event) -> list[int]:
    with store.write() as tx:
        return [write(tx, event).seq for event in events]


@pytest.mark.parametrize("count", [0, 1, 2])
def test_every_paper_is_needed(case: Store, count: int) -> None:
    for some in combinations(papers("c"), count):
        with pytest.raises(Refused):
            _append(case, *some, *some, CLOSED)


def test_once_it_is_in_its_paper_is_signed_and_filed_in_any_order(case: Store) -> None:
    received, signed, filed = papers("c")
    _append(case, received, filed, signed, CLOSED)


def test_a_paper_that_comes_in_anew_is_signed_and_filed_anew(case: Store) -> None:
    received, signed, filed = papers("c")
    with pytest.raises(Refused):
        _append(case, received, signed, filed, received, CLOSED)
    with pytest.raises(Refused):
        _append(case, signed, filed, received, CLOSED)


def test_not_even_an_earlier_closing_loses_its_paper(case: Store) -> None:
    seqs = _append(case, *papers("c"), CLOSED, REOPENED)
    with pytest.raises(Refused):
        _append(case, TakenBack(case="c", of=(seqs[1],)))


def test_a_paper_taken_back_does_not_count(case: Store) -> None:
    seqs = _append(case, *papers("c"))
    for seq in seqs:
        with pytest.raises(Refused):
            _append(case, TakenBack(case="c", of=(seq,)), CLOSED)
    _append(case, CLOSED)


def test_a_paper_from_before_the_reopening_does_not_count(case: Store) -> None:
    _append(case, *papers("c"), CLOSED)
    (again,) = _append(case, REOPENED)
    with pytest.raises(Refused):
        _append(case, CLOSED)
    _append(case, TakenBack(case="c", of=(again,)))
    _append(case, REOPENED, *papers("c"), CLOSED)


def test_a_paper_is_not_taken_from_under_a_closed_case(case: Store) -> None:
    seqs = _append(case, *papers("c"), CLOSED)
    for seq in seqs[:3]:
        with pytest.raises(Refused):
            _append(case, TakenBack(case="c", of=(seq,)))
    _append(case, TakenBack(case="c", of=tuple(seqs)))


def test_another_cases_take_back_does_nothing(case: Store) -> None:
    seqs = _append(case, *papers("c"))
    _append(case, TakenBack(case="other", of=tuple(seqs)), CLOSED)


class _Event(msgspec.Struct, frozen=True):
    kinds: ClassVar[tuple[str, ...]] = ("0", "1", "2", "close", "reopen", "note")


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.one_of(st.sampled_from(_Event.kinds), st.sets(st.integers(1, 12), max_size=3)),
        max_size=24,
    )
)
def test_no_history_ends_final_without_paper(case: Store, history: list[str | set[int]]) -> None:
    done: list[tuple[int, str]] = []
    gone: set[int] = set()

    def stands(kind: str, since: int, before: int) -> bool:
        return any(k == kind and since < s < before and s not in gone for s, k in done)

    start = case.rows()
    with undone(case) as tx:
        for step in history:
            event: Event
            if isinstance(step, set):
                event = TakenBack(case="c", of=tuple(sorted(start + s for s in step)))
            elif step in "012":
                event = papers("c")[int(step)]
            else:
                event = {
                    "close": CLOSED,
                    "reopen": REOPENED,
                    "note": NoteAdded(case="c", text="-"),
                }[step]
            try:
                seq = write(tx, event).seq
            except Refused:
                continue
            if isinstance(step, set):
                gone |= {start + s for s in step}
            else:
                done.append((seq, step))
            since = max((s for s, k in done if k == "reopen" and s not in gone), default=0)
            for closed in [s for s, k in done if k == "close" and s > since and s not in gone]:
                assert all(stands(k, since, closed) for k in "012")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE cases SET stage = 'final' WHERE id = 'c'",
        "UPDATE OR REPLACE cases SET stage = 'final', row = 77 WHERE id = 'c'",
        "INSERT OR REPLACE INTO cases SELECT * FROM (SELECT * FROM cases WHERE id = 'final')",
        "UPDATE cases SET id = 'c2', stage = 'final' WHERE id = 'c'",
    ],
)
def test_the_list_does_not_say_final_on_its_own(case: Store, sql: str) -> None:
    if "INSERT" in sql:
        names = [row[1] for row in case.db.all("PRAGMA table_info(cases)")]
        chosen = ", ".join("'final'" if n == "stage" else n for n in names)
        sql = f"INSERT OR REPLACE INTO cases SELECT {chosen} FROM cases WHERE id = 'c'"
    with pytest.raises(Refused):
        case.db.run(sql)
    line = case.line("c")
    assert line is not None
    assert line.stage is Stage.OPEN


def test_the_list_says_final_with_the_entry_only(case: Store) -> None:
    record = case.case("c")
    assert record is not None
    final = msgspec.structs.replace(record.case, stage=Stage.FINAL, final_at=AT)
    with pytest.raises(Refused), case.write() as tx:
        tx.project(final, duties_of(final), ORDINARY, initials)
    add(case, "c", *papers("c"), CLOSED)
    kept = case.case("c")
    assert kept is not None
    assert kept.case.stage is Stage.FINAL
    add(case, "c", REOPENED)
    with pytest.raises(Refused):
        case.db.run("UPDATE cases SET stage = 'final' WHERE id = 'c'")


BLANK = ("", " ", "\t\n", "\u3000 \xa0")


@pytest.mark.parametrize("blank", BLANK)
def test_a_blank_paper_does_not_count(case: Store, blank: str) -> None:
    received, signed, filed = papers("c")
    for some in (
        (PaperReceived(case="c", number=blank), signed, filed),
        (received, PaperSigned(case="c", signer=blank), filed),
        (received, signed, PaperFiled(case="c", binder=blank, page="3")),
        (received, signed, PaperFiled(case="c", binder="2026-11", page=blank)),
        (received, signed, filed, PaperReceived(case="c", number=blank)),
    ):
        with pytest.raises(Refused):
            _append(case, *some, CLOSED)
    _append(case, received, PaperSigned(case="c", signer=blank), signed, filed, CLOSED)


def _forge(store: Store, kind: str, body: str) -> None:
    """Append an entry by SQL, right in all but what its body says."""
    names = ", ".join(chain.COLUMNS)
    last = store.db.first(f"SELECT {names} FROM journal ORDER BY seq DESC LIMIT 1")
    assert last is not None
    new_id = f"{last[0] + 1:036d}"
    values = (last[0] + 1, new_id, *last[2:7], "sql", "", kind, 1, body)
    marks = ", ".join("?" * len(chain.COLUMNS))
    store.db.run(
        f"INSERT INTO journal ({names}) VALUES ({marks})",
        (*values, last[-1], chain.entry_hash(last[-1], values)),
    )


@pytest.mark.parametrize("number", ["null", "7", "[]", '["F1"]', '{"a":"b"}', "true"])
def test_a_paper_whose_number_is_no_text_does_not_count(case: Store, number: str) -> None:
    _forge(case, "paper_received", f'{{"case":"c","number":{number}}}')
    with pytest.raises(Refused):
        _append(case, *papers("c")[1:], CLOSED)


def test_a_forged_paper_that_says_all_counts(case: Store) -> None:
    _forge(case, "paper_received", '{"case":"c","number":"F1"}')
    _append(case, *papers("c")[1:], CLOSED)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("paper_received", '{"case":"c","number":"F1","number":""}'),
        ("paper_received", '{"case":"c","number":"F1","n\\u0075mber":""}'),
        ("paper_signed", '{"case":"c","signer":"x","signer":""}'),
        ("paper_filed", '{"case":"c","binder":"x","page":"1","page":""}'),
        ("closed_final", '{"case":"other","case":"c"}'),
        ("reopened", '{"case":"c","reason":"x","case":"other"}'),
        ("taken_back", '{"case":"c","of":[],"of":[1]}'),
    ],
)
def test_no_key_of_a_closing_stands_twice(case: Store, kind: str, body: str) -> None:
    with pytest.raises(Refused, match="twice"):
        _forge(case, kind, body)


_LONGER = "CAST(rtrim(CAST(state AS TEXT), '}') || ? AS BLOB)"


@pytest.mark.parametrize(
    "more", ['"stage":"final"', '"place":"x"', '"st\\u0061ge":"final"', '"x":1,"x":1']
)
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE case_state SET state = {}",
        "INSERT OR REPLACE INTO case_state SELECT row, {}, duties FROM case_state",
    ],
)
def test_no_key_of_a_case_stands_twice(case: Store, sql: str, more: str) -> None:
    before = case.db.all("SELECT * FROM case_state")
    with pytest.raises(Refused, match="twice"):
        case.db.run(sql.format(_LONGER), (f",{more}}}",))
    assert case.db.all("SELECT * FROM case_state") == before


@pytest.mark.parametrize("state", ["", "x", '{"stage":"open"', '{stage:"final"}'])
def test_a_case_is_json(case: Store, state: str) -> None:
    with pytest.raises(Refused, match="not JSON"):
        case.db.run("UPDATE case_state SET state = ?", (state.encode(),))


@pytest.mark.parametrize(
    "change", ["open = 0", "stage = 'invalid'", "open = 2", "stage = 'invalid', open = 1"]
)
def test_the_list_loses_no_open_case(case: Store, change: str) -> None:
    with pytest.raises(Refused, match="open until"):
        case.db.run(f"UPDATE cases SET {change} WHERE id = 'c'")
    line = case.line("c")
    assert line is not None
    assert line.open
