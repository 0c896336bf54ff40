"""Whom a typed name may mean."""

from __future__ import annotations

import pytest

from dispatcher_tui.domain.emergency.likely import MOST, likely, may_come
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.words.people import Person
from dispatcher_tui.domain.words.terms import CallOutcome, Responder
from tests.rules.sending import emergency, report

NAMES = {"gl": "高磊", "zw": "张伟", "lf": "刘芳", "gm": "高明"}
PEOPLE = tuple(
    Person(id=key, name=name, role="", phones=(f"1390000012{nth}",))
    for nth, (key, name) in enumerate(NAMES.items())
)
INITIALS = {key: (key,) for key in NAMES}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("高磊磊", ["高磊", "高明"]),
        ("ZW", ["张伟"]),
        ("0122", ["刘芳"]),
        ("12", []),
        ("王警官", []),
        (" ", []),
    ],
)
def test_by_name_initials_or_number(typed: str, found: list[str]) -> None:
    assert [x.name for x in likely(typed, PEOPLE, INITIALS, emergency().case)] == found


def test_who_was_told_is_not_meant_and_no_more_than_a_few_are_offered() -> None:
    story = emergency().call(who=("gl", "高磊"))
    assert [x.name for x in likely("高", PEOPLE, INITIALS, story.case)] == ["高明"]
    many = tuple(Person(id=str(n), name=f"高{n}", role="") for n in range(2 * MOST))
    initials = {each.id: () for each in many}
    assert len(likely("高", many, initials, story.case)) == MOST


@pytest.mark.rule("E-03")
def test_who_was_told_is_heard_of_next_and_who_decides_or_is_back_later() -> None:
    story = emergency()
    reached = CallOutcome.REACHED
    story.do(cmd.TryCall(person="gm", name="高明", role="head", outcome=reached))
    story.call(who=("gl", "高磊")).call(CallOutcome.NO_ANSWER, ("lf", "刘芳"))
    story.call(who=("zw", "张伟"))
    assert may_come(story.case, ["head"]) == ("gl", "zw", "gm")
    report(story, ("gl", "高磊"), Responder.ON_SCENE)
    assert may_come(story.case, ["head"]) == ("gl", "zw", "gm")
    report(story, ("gl", "高磊"), Responder.REPORTED_BACK)
    assert may_come(story.case, ["head"]) == ("zw", "gm", "gl")
    assert may_come(emergency().case, ["head"]) == ()
