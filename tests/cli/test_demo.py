"""The demo: a month lived by the rules, at any time of day."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from dispatcher_tui.bootstrap import demo_session, wall_clock
from dispatcher_tui.demo.accounts import demo_accounts
from dispatcher_tui.demo.estate import build_demo, demo_time
from dispatcher_tui.demo.lived_month import length
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.operators import check_pin
from dispatcher_tui.desk.record import Record
from dispatcher_tui.desk.site.noting import read_notes
from dispatcher_tui.domain.duties.duties import state
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record.case_line import Lane
from dispatcher_tui.domain.record.record_events import FormFilled
from dispatcher_tui.domain.record.watch_events import AbsenceNoted
from dispatcher_tui.domain.time.when import WhenError
from dispatcher_tui.domain.words.terms import DutyState, Stage
from dispatcher_tui.site.range_checks import shared_ranges

NIGHT = datetime(2026, 11, 21, 14, 47, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return build_demo(tmp_path_factory.mktemp("demo") / "site", NIGHT)


def test_the_record_proves_itself(desk: Desk) -> None:
    verdict = Record(desk.store, desk.clock).verify(None)
    assert verdict.sound, verdict.problems


def test_a_month_with_some_work_left(desk: Desk) -> None:
    record = Record(desk.store, desk.clock)
    cases = [told.case for told in record.cases()]
    assert len(cases) == 102
    left = [case for case in cases if not case.stage.ended]
    assert len(left) == len(desk.store.board(Lane.ALL)) == 19
    assert {case.stage for case in left} >= {Stage.OPEN, Stage.NOTIFIED, Stage.ARRANGED}
    assert all(case.slip.complete for case in cases if case.stage is Stage.FINAL)
    assert cases[0].opened_at == NIGHT - timedelta(days=29, hours=14, minutes=27)


def test_its_office_works_four_procedures_and_has_handed_a_case_over(desk: Desk) -> None:
    ids = [each.id for each in desk.in_force.procedures]
    assert ids == ["estate-dispatch", "fee-collection", "owner-relations", "estate-plant"]
    cases = [told.case for told in Record(desk.store, desk.clock).cases()]
    live = {desk.rules_of(case).procedure.id for case in cases if not case.stage.ended}
    assert live >= set(ids)
    (moved,) = (case for case in cases if case.moves)
    assert desk.rules_of(moved).procedure.id == "estate-plant"
    assert shared_ranges(desk.in_force.procedures) == []


def test_every_duty_that_fell_due_was_written_down_at_its_time(desk: Desk) -> None:
    log = desk.store.log(None, None)
    fired = [x.entry for x in log if isinstance(x.entry.event, ev.DutyFellDue)]
    assert len(fired) > 50
    for entry in fired:
        assert isinstance(entry.event, ev.DutyFellDue)
        assert entry.occurred_at == entry.event.due
    firsts = [(e.event.case, e.event.duty) for e in fired if isinstance(e.event, ev.DutyFellDue)]
    assert len(set(firsts)) == len(firsts)
    for told in Record(desk.store, desk.clock).cases():
        for duty in told.duties:
            if state(duty, NIGHT) is DutyState.OVERDUE:
                assert duty.key in told.case.fired
    assert desk.fire() == []


def test_entries_are_in_the_order_of_their_time(desk: Desk) -> None:
    log = desk.store.log(None, None)
    times = [line.entry.recorded_at for line in sorted(log, key=lambda x: x.entry.seq)]
    assert times == sorted(times)
    assert times[-1] <= NIGHT


def test_somebody_of_the_roster_is_on_watch_all_the_month(desk: Desk) -> None:
    people = {person.name: person for person in desk.store.people()}
    zone = desk.rules.calendar.tz
    for line in desk.store.log(None, None):
        if isinstance(line.entry.event, ev.FollowedUp):
            assert people[line.entry.actor].on_duty(line.entry.occurred_at, zone)


def test_it_is_signed_in_and_its_pins_open(desk: Desk) -> None:
    assert desk.actor == desk.post.holder == "李建国"
    for account in demo_accounts():
        assert check_pin(desk, account.name, account.pin).role == account.role


def test_it_has_a_notice_and_a_late_entry(desk: Desk) -> None:
    (notice,) = desk.post.notices_at(NIGHT)
    assert NIGHT < notice.until < NIGHT + timedelta(days=1)
    notes = [x.entry for x in desk.store.log(None, None) if isinstance(x.entry.event, ev.LogNoted)]
    assert [entry.recorded_at - entry.occurred_at for entry in notes] == [
        timedelta(minutes=38),
        timedelta(0),
    ]


def test_its_slips_go_on_from_the_last_paper(desk: Desk) -> None:
    complaints = [x for x in desk.store.board(Lane.ALL) if x.level != "corrective"]
    number = complaints[0].number
    slip = desk.issue_slip(number).case.slip.number
    known = {told.case.slip.number for told in Record(desk.store, desk.clock).cases()}
    assert slip not in known or slip == desk.record(number).case.slip.number
    assert slip.startswith("FW-")


@pytest.mark.parametrize("half", [0, 12])
def test_it_can_be_built_at_any_hour(tmp_path: Path, half: int) -> None:
    hour = half + Random().randrange(12)
    print("built at the hour", hour)
    built = build_demo(tmp_path / "site", datetime(2024, 2, 29, hour, 0, 1, tzinfo=UTC))
    assert len(built.store.board(Lane.ALL)) == 19
    built.store.close()


def test_it_goes_away_with_its_clock_at_the_time_that_was_asked_and_runs_faster() -> None:
    with demo_session("2026-11-21T22:47:12", 100.0) as session:
        folder = session.desk.site.folder
        assert folder.is_dir()
        before, real = session.now(), time.monotonic()
        assert NIGHT <= before < NIGHT + timedelta(minutes=10)
        time.sleep(0.05)
        gone = (session.now() - before).total_seconds()
        assert gone >= 5
        assert gone <= 100 * (time.monotonic() - real) + 1
    assert not folder.exists()


def test_times_past_and_to_come() -> None:
    now = wall_clock().now()
    assert demo_time("2001-02-03T04:05:06+00:00", now).year == 2001
    assert demo_time("2095-02-03T04:05:06+00:00", now).year == 2095
    assert demo_time("22:47", now) <= now
    for text in ("nonsense", "0001-01-01T00:00", "9999-01-01T00:00", ""):
        with pytest.raises(WhenError):
            demo_time(text, now)


def test_lengths_of_time() -> None:
    assert length("29d14h27m") == timedelta(days=29, hours=14, minutes=27)
    assert length("4m") == timedelta(minutes=4)


def test_its_month_tells_of_a_good_desk_with_an_honest_few_that_were_late(desk: Desk) -> None:
    told: dict[str, Counter[DutyState]] = defaultdict(Counter)
    for each in Record(desk.store, desk.clock).cases():
        for duty in each.duties:
            told[duty.rule][state(duty, NIGHT)] += 1
    in_time, late = (DutyState.DONE,), (DutyState.DONE_LATE, DutyState.MISSED, DutyState.OVERDUE)

    def share(states: Counter[DutyState]) -> tuple[float, int]:
        good, bad = (sum(states[each] for each in kind) for kind in (in_time, late))
        return good / (good + bad), bad

    copies, asked_late = share(told["P0-08"])
    assert 0.9 <= copies < 1, told["P0-08"]
    assert 3 <= asked_late <= 15
    whole, all_late = share(sum(told.values(), Counter[DutyState]()))
    assert 0.9 <= whole < 0.97
    assert all_late > 20


def test_it_shows_people_who_are_away_notes_on_homes_and_a_form(desk: Desk) -> None:
    notes = read_notes(desk).standing
    assert len(notes) == 3
    away = [x.entry.event for x in desk.store.log(None, None)]
    (absence,) = (each for each in away if isinstance(each, AbsenceNoted))
    assert absence.since < NIGHT < absence.until
    assert any(isinstance(each, FormFilled) for each in away)
