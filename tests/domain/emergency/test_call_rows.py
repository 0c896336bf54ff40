"""The rows of the call tree: in the order of the calls, and nobody who was rung jumps (E-02)."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from dispatcher_tui.domain.emergency.call_rows import call_rows
from dispatcher_tui.domain.emergency.next_call import next_call
from dispatcher_tui.domain.record.case import Call
from dispatcher_tui.domain.words.terms import CallOutcome
from tests.domain.ringing import FULL, MISSED, PLAIN, REACHED, call, fire, names, standing

ORDER = ["119", "lead", "walk", "gate", "night", "h", "120", "anyhow", "s", "l"]
"""Those of ``FULL`` as they are rung where everybody answers."""


def rows(*calls: Call, found=FULL, before=()) -> list[str]:  # type: ignore[no-untyped-def]
    """Who stands in which row after these calls."""
    return names(call_rows(standing(*calls, found=found), before))


def test_they_stand_in_the_order_of_the_calls() -> None:
    assert rows()[: len(ORDER)] == ORDER
    assert sorted(rows()) == sorted(names(FULL)), "and nobody is missing"
    assert rows().index("v") < rows().index("g") < rows().index("day"), "who is at home comes last"


def test_whoever_is_next_stands_first_of_those_who_were_not_rung() -> None:
    calls = [fire(REACHED), call("lead", MISSED)]
    shown = rows(*calls)
    following = next_call(standing(*calls, found=FULL))
    assert following is not None
    assert shown[:3] == ["119", "lead", following.target.person]


def test_whoever_was_rung_out_of_turn_keeps_the_row() -> None:
    before = [each.key for each in call_rows(standing(found=FULL))]
    shown = rows(call("night", REACHED, back=True), before=before)
    assert shown[4] == "night"
    assert shown[:4] == ["119", "lead", "walk", "gate"]
    assert rows(call("night", REACHED, back=True))[0] == "night", "opened anew they stand first"


def test_the_vice_president_comes_up_where_the_head_does_not_answer() -> None:
    assert rows(found=PLAIN)[0] == "h"
    calls = [call("h", MISSED), call("s", REACHED), call("h", MISSED), call("l", REACHED)]
    before = [each.key for each in call_rows(standing(*calls[:3], found=PLAIN))]
    shown = rows(*calls, found=PLAIN, before=before)
    assert shown[:4] == ["h", "s", "l", "v"]


def test_a_row_beyond_the_last_one_is_not_lost() -> None:
    before = [("gone", ""), *(("", f"x{n}") for n in range(20)), ("night", "")]
    shown = rows(call("night", REACHED), before=before)
    assert sorted(shown) == sorted(names(FULL))


OUTCOMES = st.sampled_from([CallOutcome.REACHED, CallOutcome.NO_ANSWER, CallOutcome.BUSY])
TRIES = st.lists(st.tuples(st.integers(0, len(FULL) - 1), OUTCOMES, st.booleans()), max_size=14)


@settings(max_examples=60, deadline=None)
@given(TRIES)
def test_nobody_who_was_rung_ever_leaves_the_row_and_everybody_stands_once(
    tries: list[tuple[int, CallOutcome, bool]],
) -> None:
    shown = call_rows(standing(found=FULL))
    calls: list[Call] = []
    rung: dict[tuple[str, str], int] = {}
    for at, outcome, back in tries:
        target = shown[at]
        phone = next(iter(target.phones), "")
        if not (target.person or phone):
            continue
        told = back and outcome.reached
        calls.append(call(target.person, outcome, back=told, phone=phone))
        before = [each.key for each in shown]
        rung.setdefault(target.key, at)
        shown = call_rows(standing(*calls, found=FULL), before)
        keys = [each.key for each in shown]
        assert len(set(keys)) == len(keys) == len(FULL)
        assert {key: keys.index(key) for key in rung} == rung
        following = next_call(standing(*calls, found=FULL))
        fresh = [key for key in keys if key not in rung]
        if following is not None and following.target.key not in rung:
            assert fresh[0] == following.target.key
