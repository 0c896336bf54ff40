"""Which step of a guided night is reached: by entries and the screen, whatever was pressed."""

from __future__ import annotations

from datetime import UTC, datetime

from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record.case import Entry, LogLine
from dispatcher_tui.domain.record.emergency_events import EmergencyNamed, StoodDown
from dispatcher_tui.domain.record.guided_steps import step_now
from dispatcher_tui.domain.words.terms import CallOutcome
from dispatcher_tui.site.guide_texts import read_guide

AT = datetime(2026, 11, 21, 14, 47, tzinfo=UTC)
STEPS = read_guide().step
CASE, FIRE = "261121-01", "261121-02"
BOARD = "BoardScreen"


def lines(*told: tuple[str, ev.Event]) -> list[LogLine]:
    """Entries of cases by their numbers, in order."""
    return [
        LogLine(Entry(seq, AT, AT, "李建国", "", event), number)
        for seq, (number, event) in enumerate(told, 1)
    ]


def opened(level: str = "ordinary", number: str = CASE) -> tuple[str, ev.Event]:
    """A case."""
    event = ev.CaseOpened(
        case=number,
        number=number,
        procedure="",
        calendar="",
        received_at=AT,
        level=level,
        level_rule="",
    )
    return number, event


def tried(outcome: CallOutcome, number: str = CASE) -> tuple[str, ev.Event]:
    """A call about it."""
    return number, ev.CallTried(
        case=number, person="", name="", role="", phone="", outcome=outcome, purpose="notified"
    )


SLIP = (CASE, ev.SlipIssued(case=CASE, number="FW-000001"))
NAMED = (FIRE, EmergencyNamed(case=FIRE, kind="lift"))


def test_the_first_step_is_over_while_its_screen_is_up_and_again_once_the_case_is_open() -> None:
    assert step_now(STEPS, [], BOARD) == 0
    assert step_now(STEPS, [], "IntakeScreen") == 1
    assert step_now(STEPS, [], "HelpScreen") == 0
    assert step_now(STEPS, lines(opened()), BOARD) == 2


def test_a_missed_call_and_another_case_than_the_nights_own_do_nothing() -> None:
    assert step_now(STEPS, lines(opened(), tried(CallOutcome.NO_ANSWER)), BOARD) == 2
    assert step_now(STEPS, lines(opened(), tried(CallOutcome.REACHED, "261120-07")), BOARD) == 2
    assert step_now(STEPS, lines(tried(CallOutcome.REACHED), opened()), BOARD) == 2
    assert step_now(STEPS, lines(opened(), tried(CallOutcome.REACHED)), BOARD) == 3


def test_what_was_taken_back_called_off_or_judged_invalid_is_to_be_done_again() -> None:
    told = [opened(), tried(CallOutcome.REACHED)]
    assert step_now(STEPS, lines(*told, (CASE, ev.TakenBack(case=CASE, of=(2,)))), BOARD) == 2
    told += [SLIP, opened("emergency", FIRE)]
    assert step_now(STEPS, lines(*told), BOARD) == 5
    assert step_now(STEPS, lines(*told, (FIRE, ev.CalledOff(case=FIRE, reason="slip"))), BOARD) == 4
    assert (
        step_now(STEPS, lines(*told, (CASE, ev.JudgedInvalid(case=CASE, reason="no"))), BOARD) == 0
    )


def test_a_step_done_out_of_order_is_not_asked_for_again() -> None:
    told = [opened("emergency", FIRE), NAMED]
    assert step_now(STEPS, lines(*told), BOARD) == 0
    told += [opened(), tried(CallOutcome.REACHED)]
    assert step_now(STEPS, lines(*told), BOARD) == 3
    assert step_now(STEPS, lines(*told, SLIP), BOARD) == 6
    assert (
        step_now(STEPS, lines(*told, SLIP, (FIRE, StoodDown(case=FIRE, note="over"))), BOARD) == 6
    )


def test_a_place_may_be_said_with_the_kind_or_put_right_later() -> None:
    told = [opened(), tried(CallOutcome.REACHED), SLIP, opened("emergency", FIRE), NAMED]
    assert step_now(STEPS, lines(*told), BOARD) == 6
    with_place = (FIRE, EmergencyNamed(case=FIRE, kind="lift", place="5-2"))
    assert step_now(STEPS, lines(*told, with_place), BOARD) == 7
    later = (FIRE, ev.Corrected(case=FIRE, field="place", value="5-2", reason=""))
    assert step_now(STEPS, lines(*told, later), BOARD) == 7
    other = (FIRE, ev.Corrected(case=FIRE, field="caller", value="5-2", reason=""))
    assert step_now(STEPS, lines(*told, other), BOARD) == 6
