"""What lists, lanes and the search show is what was projected."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dispatcher_tui.desk.case.board import Board
from dispatcher_tui.domain.case.search import match_query
from dispatcher_tui.domain.duties.duties import Duty
from dispatcher_tui.domain.record.case import Call, Called, Case, Grade, Promise, Signal
from dispatcher_tui.domain.record.case_line import Counts, Lane
from dispatcher_tui.domain.record.events import AssigneeNamed, JudgedInvalid, NoteAdded, WrittenOff
from dispatcher_tui.domain.words.people import Household, Person
from dispatcher_tui.domain.words.terms import CallOutcome, Label, Stage
from dispatcher_tui.store.errors import Refused
from dispatcher_tui.store.migrations import CURRENT
from dispatcher_tui.store.projection import record_of, state_bytes
from dispatcher_tui.store.record_types import Operator
from dispatcher_tui.store.store import Store
from tests.store.build import (
    AT,
    CALENDAR,
    ORDINARY,
    PROCEDURE,
    add,
    duties_of,
    filled,
    initials,
    opened,
    project,
    undone,
    write,
)

MINUTE = timedelta(minutes=1)


def _put(store: Store, case_id: str, *, due: object = 0, **changes: object) -> Case:
    """Open a case and project it with changes, its next duty due in so many minutes."""
    with store.write() as tx:
        case = msgspec.structs.replace(opened(tx, case_id), **changes)
        duty = Duty("k@1", "P0-02", Label("通知", "Notify"), "notify", AT)
        if isinstance(due, int):
            duty = msgspec.structs.replace(duty, due=AT + due * MINUTE)
        tx.project(case, (duty,), ORDINARY, initials)
    return case


def _ids(store: Store, lane: Lane, limit: int | None = None) -> list[str]:
    return [line.id for line in store.board(lane, limit, now=AT, since=AT)]


def test_a_case_comes_back_whole(store: Store) -> None:
    with store.write() as tx:
        case = opened(tx, "c", place="3-2-1502", caller="王建国", phone="8001", verbatim="漏水")
        assert tx.case("c") == store.case("c")
    for key in ("c", case.number):
        record = store.case(key)
        assert record is not None
        assert (record.row, record.case, record.duties) == (1, case, duties_of(case))
    assert store.case("03") is None
    assert [entry.seq for entry in store.entries("c")] == [1]
    assert store.entries("none") == []


def test_a_full_case_survives_storage() -> None:
    case = msgspec.structs.replace(
        _bare(), fired=frozenset({"b", "a"}), promises=(Promise("p", AT, AT, "desk", ""),)
    )
    assert record_of(1, *state_bytes(case, duties_of(case))).case == case
    shuffled = msgspec.structs.replace(case, fired=frozenset({"a", "b"}))
    assert state_bytes(case, ()) == state_bytes(shuffled, ())


def _bare() -> Case:
    return Case(
        id="c",
        number="261121-01",
        procedure=PROCEDURE,
        calendar=CALENDAR,
        stage=Stage.OPEN,
        grades=(Grade("ordinary", "P0-00", AT),),
        opened_at=AT,
        received_at=AT,
    )


def test_a_line_shows_the_case(store: Store) -> None:
    with store.write() as tx:
        opened(tx, "c", place="北门", caller="王建国", phone="8001", verbatim="漏" * 500)
        write(tx, AssigneeNamed(case="c", person="p", name="维修班长"))
        project(tx, "c")
    line = store.line("c")
    assert line is not None
    assert line == store.board(Lane.ALL)[0]
    assert (line.row, line.number, line.stage, line.open) == (1, "261121-01", Stage.OPEN, True)
    assert (line.level, line.level_zh, line.level_en) == ("ordinary", "一般", "Ordinary")
    assert (line.place, line.caller, line.phone) == ("北门", "王建国", "8001")
    assert line.content == "漏" * 200
    assert line.assignee == "维修班长"
    assert (line.next_rule, line.next_zh, line.next_do) == ("P0-02", "通知", "notify")
    assert line.next_due == line.fire_at == AT + 10 * MINUTE
    assert (line.opened_at, line.written_off_at, line.done_at) == (AT, None, None)
    assert (line.shout, line.grave, line.emergency, line.stuck) == (True, False, False, False)


def test_lanes(store: Store) -> None:
    _put(store, "waiting", due=None)
    _put(store, "soon", due=5)
    _put(store, "now", due=0)
    _put(store, "late", due=-5, stuck=True)
    _put(store, "paper", due=60, stage=Stage.WRITTEN_OFF, written_off_at=AT)
    _put(store, "yesterday", due=61, stage=Stage.WRITTEN_OFF, written_off_at=AT - MINUTE)
    told = Call("p", "高磊", "", "8002", CallOutcome.REACHED, "notified", AT)
    _put(store, "fire", due=1, emergency_kind="fire", notified_at=AT, calls=(told,))
    _put(store, "invalid", due=None, stage=Stage.INVALID, last_at=AT + MINUTE)
    order = ["late", "now", "fire", "soon", "paper", "yesterday", "waiting"]
    assert _ids(store, Lane.ALL) == order
    assert _ids(store, Lane.ALL, 2) == order[:2]
    assert _ids(store, Lane.DUE) == ["late", "now"]
    assert _ids(store, Lane.PAPER) == ["paper", "yesterday"]
    assert _ids(store, Lane.EMERGENCY) == ["fire"]
    assert _ids(store, Lane.STUCK) == ["late"]
    assert _ids(store, Lane.DONE) == ["invalid", "paper"]
    assert store.counts(AT, AT + 5 * MINUTE) == Counts(
        overdue=1, soon=2, open=7, paper=2, emergency=1, stuck=1, untold=4
    )
    assert [x.id for x in store.board(Lane.ALL) if x.shout] == ["late", "now", "soon", "waiting"]


def test_an_empty_desk(store: Store) -> None:
    assert store.counts(AT, AT) == Counts()
    assert all(_ids(store, lane) == [] for lane in Lane)
    assert store.next_firing() is None
    assert list(store.all_cases()) == []
    with pytest.raises(ValueError, match="moment"):
        store.board(Lane.DUE)


def test_an_emergency_nobody_was_told_of_stands_above_everything(store: Store) -> None:
    """In every lane that shows it, and only as long as nobody knows of it and it goes on."""
    for nth in range(20):
        _put(store, f"late{nth:02}", due=-100 + nth, stuck=True)
    signals = (Signal("opened", AT, 1),)
    _put(store, "fire", due=3, emergency_kind="fire", stuck=True, signals=signals)
    late = [f"late{nth:02}" for nth in range(20)]
    assert _ids(store, Lane.ALL) == _ids(store, Lane.STUCK) == ["fire", *late]
    assert _ids(store, Lane.ALL, 5) == ["fire", *late[:4]]
    assert _ids(store, Lane.EMERGENCY) == ["fire"]
    assert _ids(store, Lane.DUE) == late, "it is not due yet"
    assert [line.id for line in store.board(Lane.ALL) if line.untold] == ["fire"]
    lines = store.board(Lane.ALL)
    board = Board(reversed(lines))
    assert board.lane(Lane.ALL, AT, AT) == lines
    assert (board.counts(AT).overdue, board.counts(AT).soon) == (20, 1)


@pytest.mark.parametrize(
    "known",
    [
        {"calls": (Call("", "119", "", "119", CallOutcome.REACHED, "", AT),)},
        {"calls": (Call("p", "高磊", "", "1", CallOutcome.RELAYED, "notified", AT, AT),)},
        {"called": (Called("p", "高磊", on_scene_at=AT),)},
        {"stood_down_at": AT + MINUTE},
        {"stage": Stage.WRITTEN_OFF},
    ],
)
def test_what_somebody_knows_of_takes_its_place_by_its_duty(
    store: Store, known: dict[str, object]
) -> None:
    _put(store, "late", due=-5)
    _put(store, "fire", due=3, emergency_kind="fire", **known)
    assert _ids(store, Lane.ALL) == ["late", "fire"]


@pytest.mark.parametrize("outcome", [o for o in CallOutcome if not o.reached])
def test_a_call_that_reached_nobody_tells_nobody(store: Store, outcome: CallOutcome) -> None:
    _put(store, "late", due=-5)
    call = Call("p", "高磊", "", "1", outcome, "notified", AT)
    _put(store, "fire", due=3, emergency_kind="fire", calls=(call,))
    assert _ids(store, Lane.ALL) == ["fire", "late"]


def test_an_older_file_is_told_which_emergencies_nobody_knows_of(store: Store) -> None:
    told = Call("p", "高磊", "", "1", CallOutcome.REACHED, "notified", AT)
    _put(store, "late", due=-5)
    _put(store, "known", due=4, emergency_kind="fire", calls=(told,))
    _put(store, "over", due=4, emergency_kind="fire", stage=Stage.INVALID, last_at=AT)
    _put(store, "fire", due=3, emergency_kind="fire")
    db, path = store.db, store.path
    before = db.all("SELECT id, untold FROM cases ORDER BY id")
    db.run("DROP INDEX cases_untold")
    db.run("ALTER TABLE cases DROP COLUMN untold")
    db.run("DELETE FROM _sqlite_migrations WHERE name = 'untold'")
    db.run(f"PRAGMA user_version = {CURRENT - 1}")
    store.close()
    newer = Store.open(path, ballast=0)
    try:
        assert newer.db.all("SELECT id, untold FROM cases ORDER BY id") == before
        assert _ids(newer, Lane.ALL) == ["fire", "late", "known"]
    finally:
        newer.close()


def test_lanes_do_not_walk_over_closed_cases(store: Store) -> None:
    for lane, sql in {
        "open": "SELECT * FROM cases WHERE open = 1 AND untold = 0"
        " ORDER BY next_due ASC NULLS LAST, row LIMIT 40",
        "untold": "SELECT * FROM cases WHERE open = 1 AND untold = 1"
        " ORDER BY next_due ASC NULLS LAST, row LIMIT 40",
        "due": "SELECT * FROM cases WHERE open = 1 AND next_due <= 5 ORDER BY next_due LIMIT 40",
        "done": "SELECT * FROM cases WHERE done_at >= 5 ORDER BY done_at DESC LIMIT 40",
        "fire": "SELECT id FROM cases WHERE fire_at <= 5 ORDER BY fire_at, row",
        "place": "SELECT * FROM cases WHERE place = 'x' ORDER BY open DESC, row DESC LIMIT 10",
    }.items():
        plan = " ".join(row[3] for row in store.db.all(f"EXPLAIN QUERY PLAN {sql}"))
        assert f"USING INDEX cases_{lane.replace('due', 'open')}" in plan
        assert "TEMP B-TREE FOR ORDER BY" not in plan


def test_firing_follows_the_duties_that_did_not_fire(store: Store) -> None:
    _put(store, "a", due=5)
    _put(store, "b", due=1)
    _put(store, "fired", due=0, fired=frozenset({"k@1"}))
    assert store.next_firing() == AT + MINUTE
    assert store.firing(AT) == []
    assert store.firing(AT + MINUTE) == ["b"]
    assert store.firing(AT + 5 * MINUTE) == ["b", "a"]


def test_a_place_shows_open_cases_first_then_the_newest(store: Store) -> None:
    for index in range(6):
        with store.write() as tx:
            opened(tx, f"c{index}", place="3-2-1502")
    add(store, "c5", JudgedInvalid(case="c5", reason="-"))
    add(store, "c4", WrittenOff(case="c4"), JudgedInvalid(case="c4", reason="-"))
    found = [line.id for line in store.at_place("3栋2单元1502室")]
    assert found == ["c3", "c2", "c1", "c0", "c5", "c4"]
    assert [line.id for line in store.at_place("3.2.1502", 2)] == ["c3", "c2"]
    assert store.at_place("") == []


def test_search_is_newest_first_and_follows_changes(store: Store) -> None:
    for index in range(60):
        with store.write() as tx:
            opened(tx, f"c{index}", verbatim="厨房漏水", place=f"3-2-{index:04d}")
    found = store.search("漏水")
    assert [line.row for line in found] == list(range(60, 10, -1))
    assert store.search("漏水", 1)[0].id == "c59"
    assert [line.id for line in store.search("3 2 0007")] == ["c7"]
    assert [line.id for line in store.search("07")][-1] == "c6"
    assert store.search("wxbz") == []
    with store.write() as tx:
        write(tx, AssigneeNamed(case="c7", person="p", name="维修班长"))
        project(tx, "c7")
    assert [line.id for line in store.search("wxbz")] == ["c7"]
    assert [line.id for line in store.search("班长 漏水")] == ["c7"]
    with store.write() as tx:
        write(tx, AssigneeNamed(case="c7", person="q", name="somebody"))
        project(tx, "c7")
    assert store.search("wxbz") == []


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(max_size=80))
def test_nothing_typed_breaks_the_search(store: Store, text: str) -> None:
    if not store.rows():
        with store.write() as tx:
            opened(tx, "c", verbatim="厨房漏水")
    assert store.search(text) in ([], [store.line("c")])


@pytest.mark.parametrize(
    "text",
    ["%", '"', "*", "NEAR(a b)", "a AND", "words:漏", "-漏", "^漏", "' OR 1=1 --", "漏*", "{"],
)
def test_hostile_words(store: Store, text: str) -> None:
    with store.write() as tx:
        opened(tx, "c", verbatim="厨房漏水")
    assert len(store.search(text)) <= 1


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(min_size=1, max_size=40))
def test_what_was_said_is_found(store: Store, text: str) -> None:
    with undone(store) as tx:
        opened(tx, "c", verbatim=text)
        if match_query(text) is not None:
            assert [line.id for line in tx.search(text)] == ["c"]


def test_cases_are_read_page_by_page(store: Store) -> None:
    with store.write() as tx:
        for index in range(1203):
            opened(tx, f"c{index}")
    assert [record.row for record in store.all_cases()] == list(range(1, 1204))


def test_a_list_is_replaced_whole_or_not_at_all(store: Store) -> None:
    many = [Household(f"1-1-{n}") for n in range(1, 2502)]
    with store.write() as tx:
        tx.put_units(many)
        tx.put_people([Person("a", "张", "gm")])
    assert store.db.value("SELECT count(*) FROM units") == len(many)
    with pytest.raises(Refused), store.write() as tx:
        tx.put_units([*many[:1500], many[0]])
    assert store.db.value("SELECT count(*) FROM units") == len(many)
    with store.write() as tx:
        tx.put_units([])
        tx.put_people([])
    assert store.unit("1-1-1") is None
    assert store.people() == []


def test_site_data(store: Store) -> None:
    units = [Household(f"3-2-{n}", ("王建国",), ("8001",)) for n in (1, 10, 2)]
    people = [Person("b", "李", "head"), Person("a", "张", "gm")]
    with store.write() as tx:
        tx.put_units([Household("old")])
        tx.put_units([*units, Household("3-20-1"), Household("A-1"), Household("北门")])
        tx.put_people(people)
        sha256 = tx.put_document("procedure", "p0", "text", b"data")
        tx.adopt("procedure", "p0", sha256)
        tx.put_operator(Operator("李敏", "dispatcher", "hash", wait_seconds=30, wait_since=12.5))
        tx.put_operator(Operator("李敏", "dispatcher", "hash", failures=2))
    assert store.people() == people
    assert store.unit("3栋2单元10室") == units[1]
    assert store.unit("old") is None
    assert [u.place for u in store.unit_prefix("3.2")] == [
        "3-2-1", "3-2-2", "3-2-10", "3-20-1",
    ]  # fmt: skip
    assert [u.place for u in store.unit_prefix("3-2-")] == ["3-2-1", "3-2-2", "3-2-10"]
    assert [u.place for u in store.unit_prefix("a")] == ["A-1"]
    assert [u.place for u in store.unit_prefix("北")] == ["北门"]
    assert store.unit_prefix("%") == []
    document = store.adopted("procedure", "p0")
    assert document == store.document(sha256)
    assert document is not None
    assert (document.text, document.data) == ("text", b"data")
    assert store.adopted_names("procedure") == ["p0"]
    assert store.operators() == [Operator("李敏", "dispatcher", "hash", failures=2)]
    assert store.operator("nobody") is None


def test_drafts(store: Store) -> None:
    store.save_draft("a", "case", AT, b"{}", updated_at=AT)
    store.save_draft("a", "case", AT + MINUTE, '{"x":"漏"}'.encode(), updated_at=AT + MINUTE)
    store.save_draft("b", "case", AT - MINUTE, b"{}", updated_at=AT)
    assert [d.id for d in store.drafts()] == ["b", "a"]
    draft = store.drafts()[1]
    assert (draft.opened_at, draft.updated_at) == (AT, AT + MINUTE)
    assert draft.body.decode() == '{"x":"漏"}'
    with store.write() as tx:
        write(tx, NoteAdded(case="c", text="-"))
        tx.drop_draft("a")
    store.drop_draft("b")
    store.drop_draft("b")
    assert store.drafts() == []


def test_what_changed_since(store: Store) -> None:
    assert store.changed_since(0) == (0, [])
    with store.write() as tx:
        opened(tx, "a")
        opened(tx, "b")
    seq = store.last_seq()
    assert [line.id for line in store.changed_since(0)[1]] == ["a", "b"]
    add(store, "a", NoteAdded(case="a", text="-"))
    last, lines = store.changed_since(seq)
    assert (last, [line.id for line in lines]) == (seq + 1, ["a"])
    assert store.changed_since(last) == (last, [])
    add(store, "b", NoteAdded(case="b", text="-"))
    add(store, "a", NoteAdded(case="a", text="-"))
    add(store, "a", NoteAdded(case="a", text="-"))
    assert [line.id for line in store.changed_since(last)[1]] == ["a", "b"]


def test_what_was_opened_in_a_stretch_and_what_is_open_from_before(store: Store) -> None:
    filled(store, 14)  # one a minute; every sixth is final
    every = [found.case for found in store.all_cases()]
    assert {case.stage.ended for case in every} == {True, False}
    for begin in range(-1, 15):
        for end in range(begin, 16):
            since, until = AT + begin * MINUTE, AT + end * MINUTE
            wanted = [
                case.id
                for case in every
                if case.opened_at < until and (case.opened_at >= since or not case.stage.ended)
            ]
            assert [found.case.id for found in store.opened_or_open(since, until)] == wanted
