"""The hand-over: unsigned or complete, by two people, with what arrived meanwhile carried."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from dispatcher_tui.desk.case.intake import Intake
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.operators import check_pin
from dispatcher_tui.desk.record import Record
from dispatcher_tui.desk.watch import hand_over as handing_over
from dispatcher_tui.desk.watch.hand_over import (
    FrozenSheet,
    HandOverSignature,
    arrivals,
    draw_sheet,
    forecast,
    hand_over,
    sheet_now,
)
from dispatcher_tui.desk.watch.watch import turn_before, turn_now
from dispatcher_tui.desk.watch.watchkeeping import relieve, sign_in
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.record.sheet import CheckAnswer
from dispatcher_tui.domain.record.watch_events import HandedOver
from dispatcher_tui.domain.watch.check_questions import answered
from dispatcher_tui.domain.words.terms import CallOutcome
from dispatcher_tui.store.errors import DiskProblem
from dispatcher_tui.store.tx import Tx
from tests.desk.on_watch import (
    LI,
    WANG,
    ZHOU,
    all_answered,
    clock_of,
    day_watch,
    drawn_at,
    open_desk,
    put,
)
from tests.domain.support import local, written_off

ROOT = Path(__file__).resolve().parents[2]
EVENING = "2026-11-18 18:50"
NEXT_END = local("2026-11-19 07:00")
TOLD = cmd.TryCall(person="zhangwei", name="张伟", role="implementer", outcome=CallOutcome.REACHED)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    found = day_watch(tmp_path)
    yield found
    found.store.close()


def opened(desk: Desk, place: str = "3-2-1502") -> str:
    """A case; its number."""
    return desk.open_case(Intake(place=place, said="漏水")).case.number


def kinds(desk: Desk, after: int = 0) -> list[str]:
    """The types of the entries after a seq."""
    return [type(x.entry.event).__name__ for x in desk.store.log(None, None) if x.entry.seq > after]


def refused(
    desk: Desk,
    drawn: FrozenSheet,
    incoming: HandOverSignature = LI,
    outgoing: HandOverSignature = WANG,
    answers: list[CheckAnswer] | None = None,
) -> Refusal:
    """Why it is refused; the watch has not passed."""
    holder, actor = desk.post.holder, desk.actor
    given = all_answered(drawn) if answers is None else answers
    with pytest.raises(Refusal) as caught:
        hand_over(desk, drawn, incoming, outgoing, given)
    assert (desk.post.holder, desk.actor) == (holder, actor)
    assert "HandedOver" not in kinds(desk)
    return caught.value


def sound(desk: Desk) -> bool:
    return Record(desk.store, desk.clock).verify(None).sound


def body(entry: Entry) -> HandedOver:
    assert isinstance(entry.event, HandedOver)
    return entry.event


def test_both_sign_and_the_watch_passes_in_one_entry(desk: Desk) -> None:
    drawn = drawn_at(desk, EVENING)
    before = desk.store.last_seq()
    given = [answered(each, tries=2) for each in drawn.questions]
    put(desk, "2026-11-18 18:55")
    entry = hand_over(desk, drawn, LI, WANG, given, heard=True, remarks=" 12栋电梯\x1b待修 ")
    assert kinds(desk, before) == ["HandedOver"]
    assert (entry.actor, entry.cosigner) == ("王芳", "李建国")
    assert entry.occurred_at == local("2026-11-18 18:55")
    event = body(entry)
    assert (event.outgoing, event.incoming, event.role) == ("王芳", "李建国", "dispatcher")
    assert (event.until, event.sheet, event.answers) == (NEXT_END, drawn.sheet, tuple(given))
    assert (event.carried, event.heard, event.remarks) == ((), True, "12栋电梯待修")
    assert desk.store.last_of("handed_over") == entry


def test_from_then_on_the_incoming_person_has_the_watch(desk: Desk) -> None:
    drawn = drawn_at(desk, EVENING)
    hand_over(desk, drawn, LI, WANG, all_answered(drawn), heard=False)
    post = desk.post
    assert (desk.actor, post.holder, post.since, post.until) == (
        "李建国",
        "李建国",
        local(EVENING),
        NEXT_END,
    )
    assert (post.handed_over_at, post.sound_tested_at, post.sound_heard) == (
        local(EVENING),
        local(EVENING),
        False,
    )
    assert sound(desk)


def test_the_head_on_the_sheet_proves_what_stands_before_it(desk: Desk) -> None:
    opened(desk)
    drawn = drawn_at(desk, EVENING)
    hand_over(desk, drawn, LI, WANG, all_answered(drawn))
    opened(desk)
    verdict = Record(desk.store, desk.clock).verify(drawn.sheet.head)
    assert (verdict.sound, verdict.unchanged_to) == (True, drawn.seq)
    assert drawn.seq == drawn.sheet.rows


def test_nobody_on_watch_has_nothing_to_hand_over(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, local(EVENING))
    with pytest.raises(Refusal) as caught:
        draw_sheet(desk)
    assert caught.value.code == "post_vacant"
    assert sheet_now(desk).outgoing == ""
    desk.store.close()


def test_what_arrives_while_it_is_signed_is_carried_and_the_sheet_stays(desk: Desk) -> None:
    old, still = opened(desk), opened(desk, "5-1-0301")
    drawn = drawn_at(desk, EVENING)
    frozen = drawn.sheet
    assert arrivals(desk, drawn) == ()
    new = opened(desk, "9-2-0503")
    desk.perform(old, TOLD)
    assert arrivals(desk, drawn) == (old, new)
    event = body(hand_over(desk, drawn, LI, WANG, all_answered(drawn)))
    assert event.carried == (old, new)
    assert event.sheet == frozen
    assert {case.number for case in event.sheet.cases} == {old, still}


def test_what_arrives_between_the_pins_and_the_entry_is_carried_too(
    desk: Desk, tmp_path: Path
) -> None:
    drawn, script = drawn_at(desk, EVENING), open_desk(tmp_path, local(EVENING), "cli:panel")
    numbers: list[str] = []

    def last_pin(it: Desk, name: str, pin: str) -> object:
        if name == LI.name:
            numbers.append(opened(script))
        return check_pin(it, name, pin)

    with patch.object(handing_over, "check_pin", last_pin):
        event = body(hand_over(desk, drawn, LI, WANG, all_answered(drawn)))
    assert event.carried == tuple(numbers) != ()
    script.store.close()


@pytest.mark.parametrize(
    ("incoming", "outgoing"),
    [
        (HandOverSignature(LI.name, "0000"), WANG),
        (LI, HandOverSignature(WANG.name, "0000")),
        (WANG, LI),
    ],
)
def test_a_wrong_pin_or_person_leaves_the_sheet_as_it_is(
    desk: Desk, incoming: HandOverSignature, outgoing: HandOverSignature
) -> None:
    drawn = drawn_at(desk, EVENING)
    why = refused(desk, drawn, incoming, outgoing)
    assert why.code == ("post_taken" if outgoing is LI else "pin_wrong")
    assert set(kinds(desk, drawn.seq)) <= {"PinRefused"}
    assert arrivals(desk, drawn) == ()
    entry = hand_over(desk, drawn, LI, WANG, all_answered(drawn))
    assert body(entry).sheet == drawn.sheet
    assert body(entry).carried == ()


def test_nobody_takes_over_from_themselves(desk: Desk) -> None:
    drawn = drawn_at(desk, EVENING)
    assert refused(desk, drawn, WANG, WANG).code == "same_person"
    assert kinds(desk, drawn.seq) == []


def test_all_three_questions_are_answered_first(desk: Desk) -> None:
    drawn = drawn_at(desk, EVENING)
    given = all_answered(drawn)
    wrong = [*given[:2], CheckAnswer(given[2].kind, given[2].answer + "0")]
    for answers, left in (([], "3"), (given[:2], "1"), (wrong, "1"), ([given[0]] * 3, "2")):
        why = refused(desk, drawn, answers=answers)
        assert (why.code, why.detail) == ("questions_open", {"left": left})


def test_a_relief_meanwhile_makes_the_sheet_stale(desk: Desk, tmp_path: Path) -> None:
    drawn, other = drawn_at(desk, EVENING), open_desk(tmp_path, local(EVENING))
    relieve(other, ZHOU.name, ZHOU.pin)
    assert refused(desk, drawn).code == "post_taken"
    assert refused(desk, drawn, outgoing=ZHOU).code == "sheet_stale"
    clock_of(other).forward(minutes=1)
    clock_of(desk).forward(minutes=1)
    relieve(other, WANG.name, WANG.pin)
    assert refused(desk, drawn).code == "sheet_stale"  # her watch, but not the one on the sheet
    fresh = draw_sheet(desk)
    assert body(hand_over(desk, fresh, LI, WANG, all_answered(fresh))).sheet == fresh.sheet
    other.store.close()


def test_the_post_is_read_again_where_the_entry_is_written(desk: Desk, tmp_path: Path) -> None:
    drawn, other = drawn_at(desk, EVENING), open_desk(tmp_path, local(EVENING))

    def last_pin(it: Desk, name: str, pin: str) -> object:
        if name == LI.name:
            relieve(other, ZHOU.name, ZHOU.pin)
        return check_pin(it, name, pin)

    with (
        patch.object(handing_over, "check_pin", last_pin),
        pytest.raises(Refusal) as caught,
    ):
        hand_over(desk, drawn, LI, WANG, all_answered(drawn))
    assert caught.value.code == "post_taken"
    assert desk.post.holder == ZHOU.name
    assert "HandedOver" not in kinds(desk)
    other.store.close()


def test_a_sheet_for_the_rest_of_the_watch_is_not_signed_for_the_next(desk: Desk) -> None:
    drawn = drawn_at(desk, "2026-11-18 16:59:59")
    assert drawn.sheet.until == local("2026-11-18 19:00")
    put(desk, "2026-11-18 17:00")
    assert refused(desk, drawn).code == "sheet_stale"
    assert draw_sheet(desk).sheet.until == NEXT_END


def test_a_write_that_fails_leaves_it_unsigned_and_the_sheet_good(desk: Desk) -> None:
    drawn = drawn_at(desk, EVENING)
    full = patch.object(Tx, "put_post", side_effect=DiskProblem("no more"))
    with full, pytest.raises(DiskProblem):
        hand_over(desk, drawn, LI, WANG, all_answered(drawn))
    assert (desk.actor, desk.post.holder) == (WANG.name, WANG.name)
    assert kinds(desk, drawn.seq) == []
    assert sound(desk)
    hand_over(desk, drawn, LI, WANG, all_answered(drawn))
    assert desk.post.holder == LI.name
    assert sound(desk)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is no copy of another here")
def test_killed_at_any_write_it_is_unsigned_or_complete(desk: Desk, tmp_path: Path) -> None:
    """kill -9 before every write of the signing in turn, until it gets through."""
    opened(desk)
    drawn = drawn_at(desk, EVENING)
    desk.store.close()
    shutil.copytree(tmp_path / "site", tmp_path / "before" / "site")
    shutil.copy(tmp_path / "desk.sqlite3", tmp_path / "before")
    command = [sys.executable, "-m", "tests.desk.crash", str(tmp_path / "before")]
    subprocess.run(command, cwd=ROOT, timeout=60, check=True)
    outcomes = []
    for nth in range(1, len(list(tmp_path.glob("try-*"))) + 1):
        after = open_desk(tmp_path / f"try-{nth}", local(EVENING))
        signed = after.store.last_of("handed_over")
        outcomes.append(signed is not None)
        assert after.post.holder == (LI.name if signed else WANG.name)
        assert signed is None or len(body(signed).sheet.cases) == len(drawn.sheet.cases)
        assert sound(after)
        after.store.close()
    assert outcomes == [False] * (len(outcomes) - 1) + [True]
    assert len(outcomes) > 4  # begin, entry, post, commit, and the one that got through


@pytest.mark.rule("P0-06")
def test_a_case_opened_by_script_counts_in_the_watch_of_who_is_signed_in(
    desk: Desk, tmp_path: Path
) -> None:
    drawn = drawn_at(desk, "2026-11-18 17:00")
    hand_over(desk, drawn, LI, WANG, all_answered(drawn))
    script = open_desk(tmp_path, local("2026-11-18 17:00"), "cli:panel")
    number = opened(script)
    done = desk.perform(number, TOLD)
    assert {e.actor for e in desk.store.entries(done.case.id)} == {"cli:panel", "李建国"}
    due = {duty.rule: duty.due for duty in done.duties}
    assert (due["P0-05"], due["P0-06"]) == (local("2026-11-18 19:00"), NEXT_END)
    late = script.open_case(Intake(said="x"), occurred=local("2026-11-18 16:30")).case
    noted = script.perform(late.number, TOLD, occurred=local("2026-11-18 16:40"))
    assert {d.rule: d.due for d in noted.duties}["P0-06"] == local("2026-11-18 19:00")
    assert sound(desk)
    script.store.close()


@pytest.mark.rule("P0-06")
def test_by_script_with_nobody_signed_in_it_is_the_shift_plans_end(tmp_path: Path) -> None:
    script = open_desk(tmp_path, local("2026-11-18 17:00"), "cli:panel")
    done = script.perform(opened(script), TOLD)
    assert {d.rule: d.due for d in done.duties}["P0-06"] == local("2026-11-18 19:00")
    script.store.close()


def test_the_forecast_tells_of_the_next_watch_at_any_hour(desk: Desk) -> None:
    put(desk, "2026-11-18 12:00")
    number = opened(desk)
    desk.perform(number, TOLD)
    desk.perform(number, cmd.PromiseCaller(due=local("2026-11-18 22:00")))
    desk.perform(number, cmd.PromiseCaller(due=local("2026-11-19 07:00")))
    desk.perform(number, cmd.PromiseCaller(due=local("2026-11-19 09:00")))
    night = forecast(desk)
    assert (night.watch.start, night.watch.end) == (local("2026-11-18 19:00"), NEXT_END)
    assert [duty.due for duty in night.falling] == [local("2026-11-18 22:00"), NEXT_END]
    assert [duty.rule for duty in night.before] == ["P0-05", "P0-06"]
    day = forecast(desk, local("2026-11-18 20:00"))
    assert day.watch.start == NEXT_END
    assert [duty.due for duty in day.falling] == [local("2026-11-19 09:00")]
    assert desk.store.last_of("handed_over") is None


def test_taken_over_early_the_forecast_is_of_the_watch_after_that(desk: Desk) -> None:
    drawn = drawn_at(desk, "2026-11-18 18:40")
    hand_over(desk, drawn, LI, WANG, all_answered(drawn))
    assert forecast(desk).watch.start == NEXT_END


def test_calls_on_cases_that_ended_in_the_watch_stand_on_the_sheet(desk: Desk) -> None:
    put(desk, "2026-11-18 09:00")
    number = opened(desk)
    desk.perform(number, TOLD)
    desk.perform(number, written_off())
    for done in (cmd.ReceivePaper(number="FW-1"), cmd.SignPaper(signer=WANG.name, role="")):
        desk.perform(number, done, cosigner=WANG.name)
    desk.perform(number, cmd.FilePaper(binder="2026-11", page="1"))
    desk.perform(number, cmd.CloseFinal())
    sheet = drawn_at(desk, EVENING).sheet
    assert sheet.cases == ()
    assert [(call.number, call.name) for call in sheet.calls] == [(number, "张伟")]


def test_the_pin_is_in_no_message(desk: Desk) -> None:
    assert "135792" not in repr(WANG)
    assert WANG.name in repr(WANG)


def test_who_comes_back_finds_the_watch_they_were_handed(desk: Desk, tmp_path: Path) -> None:
    drawn = drawn_at(desk, EVENING)
    hand_over(desk, drawn, LI, WANG, all_answered(drawn))
    desk.store.close()
    again = open_desk(tmp_path, local("2026-11-18 23:00"))
    assert (again.post.holder, again.post.until) == (LI.name, NEXT_END)
    with pytest.raises(Refusal) as caught:
        sign_in(again, WANG.name, WANG.pin)
    assert caught.value.code == "post_taken"
    again.store.close()


@pytest.mark.parametrize("at", ["2026-11-18 18:40", "2026-11-18 19:00", "2026-11-18 20:05"])
def test_the_log_is_headed_by_the_watch_that_was_held(desk: Desk, at: str) -> None:
    """Early, in time or long after its end: Wang's was the day watch, and Li's is the night's."""
    before = turn_now(put(desk, at))
    assert (before.name, before.shift.name.en, before.over) == (WANG.name, "Day", False)
    assert before.end == local("2026-11-18 19:00"), "the planned end, also once it is past"
    drawn = drawn_at(desk, at)
    hand_over(desk, drawn, LI, WANG, all_answered(drawn))
    held = turn_before(desk, turn_now(desk))
    assert held is not None
    assert (held.name, held.shift.name.en, held.end) == (WANG.name, "Day", local(at))
    now = turn_now(desk)
    assert (now.name, now.shift.name.en, now.end) == (LI.name, "Night", NEXT_END)
