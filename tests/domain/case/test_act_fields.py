"""The fields of an act: asked for one by one, kept in one form, and clocks that run on them."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from dispatcher_tui.domain.duties.closing import MissingItem
from dispatcher_tui.domain.duties.duties import Rules
from dispatcher_tui.domain.procedure import Deadline, Step
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.step_field import (
    DAY,
    FIELD_KINDS,
    MONEY,
    MOST_YUAN,
    TIME,
    FieldError,
    StepField,
    filled,
)
from dispatcher_tui.domain.words.terms import CallOutcome, Label
from tests.domain.support import P0, Story, local, proves_boundary, rules

L = Label("栏", "Field")
FIELDS = (
    StepField("what", L),
    StepField("loss", L, MONEY),
    StepField("begins", L, TIME, required=False),
    StepField("billed", L, DAY, required=False),
)
ACT = Step("act", L, "P0-00", fields=FIELDS)


def story(*clocks: Deadline) -> Story:
    """An open case of a procedure with that act, and those clocks besides its own."""
    procedure = rules(P0).procedure
    told = Story(P0, "2026-11-18 09:00")
    told.rules = Rules(
        replace(
            procedure,
            steps=(*procedure.steps, ACT),
            clocks=(*procedure.clocks, *clocks),
        ),
        told.rules.calendar,
    )
    return told.open().call()


def act(**values: str) -> cmd.RecordStep:
    return cmd.RecordStep(step="act", values={"what": "停水", "loss": "80000", **values})


def clock(due: str) -> Deadline:
    return Deadline("P0-00", L, ("act",), due, ("told_head",), id="of_field")


def test_what_is_written_down_has_one_form_a_kind() -> None:
    told = story()
    at = "2026-11-20T09:00:00+08:00"
    (done,) = told.do(act(loss="￥80,000", begins=at, billed="2026-08-05", what=" 停\x07水 "))
    assert isinstance(done, ev.StepRecorded)
    assert done.values == {
        "what": "停水",
        "loss": "80000.00",
        "begins": "2026-11-20T01:00:00+00:00",
        "billed": "2026-08-05",
    }
    assert {each.field: each.value for each in told.case.filled} == done.values
    names = [each.field for each in told.case.filled]
    assert names == sorted(names), "in the order the journal reads them back in"
    told.after(seconds=5).take_back()
    assert told.case.filled == ()


def test_an_older_entry_has_no_fields() -> None:
    assert ev.StepRecorded(case="c", step="act").values == {}


@pytest.mark.parametrize(
    ("values", "code", "fields"),
    [
        ({}, "missing", ("what", "loss")),
        ({"what": " \n", "loss": "1"}, "missing", ("what",)),
        ({"what": "x", "loss": "许多"}, "unfit", ("loss",)),
        ({"what": "x", "loss": "-1"}, "unfit", ("loss",)),
        ({"what": "x", "loss": str(MOST_YUAN + 1)}, "unfit", ("loss",)),
        ({"what": "x", "loss": "1", "begins": "明天"}, "unfit", ("begins",)),
        ({"what": "x", "loss": "1", "begins": "2026-11-20T09:00"}, "unfit", ("begins",)),
        ({"what": "x", "loss": "1", "billed": "2026-02-30"}, "unfit", ("billed",)),
        ({"what": "x", "loss": "1", "why": "y"}, "unknown", ("why",)),
    ],
)
def test_what_cannot_stand_is_refused_by_its_name(
    values: dict[str, str], code: str, fields: tuple[str, ...]
) -> None:
    with pytest.raises(FieldError) as caught:
        filled(FIELDS, values)
    assert (caught.value.code, caught.value.fields) == (code, fields)
    refusal = story().refused(cmd.RecordStep(step="act", values=values))
    assert (refusal.code, refusal.rule) == (f"fields_{code}", "P0-00")
    assert refusal.missing == tuple(MissingItem(f"act.{name}", "P0-00") for name in fields)


def test_the_highest_loss_stands() -> None:
    assert filled(FIELDS, {"what": "x", "loss": str(MOST_YUAN)})["loss"] == f"{MOST_YUAN}.00"


def test_every_kind_is_known() -> None:
    assert {each.kind for each in FIELDS} < {*FIELD_KINDS}


def test_an_act_with_fields_is_not_done_by_a_bare_call() -> None:
    ring = cmd.TryCall(person="zhang", name="张伟", outcome=CallOutcome.REACHED, purpose="act")
    assert story().refused(ring).code == "not_by_call"


def test_a_clock_runs_to_a_second_before_the_time_in_a_field() -> None:
    told = story(clock("24h before begins"))
    told.do(act())
    assert told.owed()["of_field"].due is None, "no time was entered yet"
    told.after(seconds=2).do(act(begins="2026-11-18T20:30:00+08:00"))
    assert told.due("of_field") == local("2026-11-17 20:30")
    told.after(seconds=2).do(act(begins="2026-11-19T10:00:00+08:00"))
    proves_boundary(told, "of_field", "2026-11-18 10:00", rule="P0-00")
    told.step("told_head")
    assert told.states()["of_field"] == "done_late"


def test_a_clock_runs_to_the_time_itself() -> None:
    told = story(clock("at begins"))
    told.do(act(begins="2026-11-18T10:00:00+08:00"))
    proves_boundary(told, "of_field", "2026-11-18 10:00", rule="P0-00")


def test_a_clock_runs_to_the_end_of_a_day_months_after_one_that_was_entered() -> None:
    told = story(clock("3 months after billed"))
    told.do(act(billed="2026-08-31"))
    assert told.due("of_field") == local("2026-12-01 00:00")  # clamped: the 30th, to 24:00
    told.after(seconds=2).do(act(billed="2026-09-01"))
    assert told.due("of_field") == local("2026-12-02 00:00")
