"""Small cases and desks for the store's tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec

from dispatcher_tui.domain.duties.duties import Duty
from dispatcher_tui.domain.procedure import Level
from dispatcher_tui.domain.record.case import Assignee, Caller, Case, Entry, Grade, PendingEntry
from dispatcher_tui.domain.record.events import (
    AssigneeNamed,
    CaseOpened,
    ClosedFinal,
    Event,
    JudgedInvalid,
    NoteAdded,
    PaperFiled,
    PaperReceived,
    PaperSigned,
    Reopened,
    TakenBack,
    WrittenOff,
)
from dispatcher_tui.domain.words.terms import Label, Stage
from dispatcher_tui.store.store import Store
from dispatcher_tui.store.tx import Tx

AT = datetime(2026, 11, 21, 14, 47, 12, tzinfo=UTC)
DAY = date(2026, 11, 21)
ORDINARY = Level("ordinary", Label("一般", "Ordinary"), "P0-00")
PROCEDURE, CALENDAR = "a" * 64, "b" * 64

_STAGES: dict[type[Event], Stage] = {
    WrittenOff: Stage.WRITTEN_OFF,
    ClosedFinal: Stage.FINAL,
    JudgedInvalid: Stage.INVALID,
    Reopened: Stage.OPEN,
}


def new_store(folder: Path, name: str = "desk.sqlite3") -> Store:
    """A desk without ballast."""
    return Store.create(folder / name, site="云溪园", desk="A", ballast=0)


def reopened(store: Store) -> Store:
    """The same desk as another run of the program finds it."""
    store.close()
    return Store.open(store.path, ballast=0)


def initials(name: str) -> set[str]:
    """A tiny pinyin table."""
    return {"王建国": {"wjg"}, "维修班长": {"wxbz"}, "leak": {"ls"}}.get(name, set())


def fold(entries: list[Entry]) -> Case:
    """A fold that knows as much as these tests write."""
    gone = {seq for e in entries if isinstance(e.event, TakenBack) for seq in e.event.of}
    case: Case | None = None
    for entry in entries:
        event = entry.event
        if isinstance(event, CaseOpened):
            case = Case(
                id=event.case,
                number=event.number,
                procedure=event.procedure,
                calendar=event.calendar,
                stage=Stage.OPEN,
                grades=(Grade(event.level, event.level_rule, entry.occurred_at),),
                opened_at=entry.occurred_at,
                received_at=event.received_at,
                place=event.place,
                callers=(Caller(event.caller, event.phone, event.received_at),),
                category=event.category,
                verbatim=event.verbatim,
            )
            continue
        assert case is not None
        if entry.seq in gone:
            continue
        stage = _STAGES.get(type(event), case.stage)
        case = msgspec.structs.replace(case, stage=stage, last_at=entry.occurred_at)
        if isinstance(event, WrittenOff):
            case = msgspec.structs.replace(case, written_off_at=entry.occurred_at)
        if isinstance(event, ClosedFinal):
            case = msgspec.structs.replace(case, final_at=entry.occurred_at)
        if isinstance(event, AssigneeNamed):
            person = Assignee(event.person, event.name, event.role)
            case = msgspec.structs.replace(case, assignee=person)
    assert case is not None
    return case


def duties_of(case: Case) -> tuple[Duty, ...]:
    """One duty, ten minutes after the opening, until the case is ended."""
    due = case.opened_at + timedelta(minutes=10)
    ended = case.last_at if case.stage.ended else None
    label = Label("通知", "Notify")
    return (Duty("k@1", "P0-02", label, "notify", case.opened_at, due, cancelled_at=ended),)


def level_of(_case: Case) -> Level:
    """Every case is ordinary here."""
    return ORDINARY


def write(tx: Tx, event: Event, at: datetime = AT, actor: str = "李敏") -> Entry:
    """Append one entry."""
    return tx.append([PendingEntry(event, at)], actor=actor, recorded_at=at)[0]


def project(tx: Tx, case_id: str) -> Case:
    """Make the lists show a case as its entries say."""
    case = fold(tx.entries(case_id))
    tx.project(case, duties_of(case), ORDINARY, initials)
    return case


def opened(tx: Tx, case_id: str, at: datetime = AT, day: date = DAY, **fields: str) -> Case:
    """Open a case and project it."""
    event = CaseOpened(
        case=case_id,
        number=tx.next_number(day),
        procedure=PROCEDURE,
        calendar=CALENDAR,
        received_at=at,
        level="ordinary",
        level_rule="P0-00",
        **fields,  # type: ignore[arg-type]
    )
    write(tx, event, at)
    return project(tx, case_id)


def add(store: Store, case_id: str, *events: Event) -> None:
    """Append events to a case, each with its projection, in one transaction."""
    with store.write() as tx:
        for event in events:
            write(tx, event)
        project(tx, case_id)


def papers(case_id: str) -> tuple[Event, Event, Event]:
    """The closing paper received, signed and filed."""
    return (
        PaperReceived(case=case_id, number="F000001"),
        PaperSigned(case=case_id, signer="李敏"),
        PaperFiled(case=case_id, binder="2026-11", page="3"),
    )


def filled(store: Store, cases: int) -> None:
    """A desk with so many cases and some life in them."""
    for index in range(cases):
        case_id = f"case-{index}"
        at = AT + timedelta(minutes=index)
        with store.write() as tx:
            opened(tx, case_id, at, place=f"3-2-{1500 + index}", verbatim="厨房漏水")
            write(tx, NoteAdded(case=case_id, text=f"note {index}"), at)
            if index % 3 == 0:
                write(tx, WrittenOff(case=case_id), at)
            if index % 6 == 0:
                for paper in papers(case_id):
                    write(tx, paper, at)
                write(tx, ClosedFinal(case=case_id), at)
            project(tx, case_id)


class _UndoneError(Exception):
    pass


@contextmanager
def undone(store: Store) -> Iterator[Tx]:
    """A transaction of which nothing is kept."""
    try:
        with store.write() as tx:
            yield tx
            raise _UndoneError
    except _UndoneError:
        pass
