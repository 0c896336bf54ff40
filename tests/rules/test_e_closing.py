"""How an emergency ends: by the head's signature, and by no other way (E-09)."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from dispatcher_tui.domain.duties.closing import missing_for_write_off, write_off_items
from dispatcher_tui.domain.duties.closing_paper import closed_with, paper_for
from dispatcher_tui.domain.papers.chasing import chase_step
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record.case import Grade
from dispatcher_tui.domain.words.terms import Satisfaction, Stage
from tests.domain.support import FEE, Story, local, rules, written_off
from tests.rules.sending import emergency
from tests.rules.test_e_over import EVERY


@pytest.mark.rule("E-09")
@pytest.mark.parametrize("procedure", [p for p in EVERY if rules(p).procedure.validity])
def test_nobody_ends_an_emergency_by_finding_it_invalid(procedure: str) -> None:
    story = emergency(procedure).after(minutes=1).stood_down().after(minutes=1)
    invalid = cmd.JudgeInvalid(reason="没有这回事")
    for _time in range(2):
        refusal = story.refused(invalid)
        assert (refusal.code, refusal.rule) == ("signed_off_only", "E-09")
        lower = rules(procedure).procedure.levels[-1].id
        if story.case.level != lower:
            story.after(seconds=1).do(cmd.Regrade(level=lower, reason="误报"))
    assert not story.case.stage.ended, "nor once it was graded lower"


OWN = {"estate-dispatch": "service_slip", "project-centre": "work_order"}
"""Whose own paper closes an emergency as well; every other's is about a complainant or a fee."""

ABOUT_A_CALLER = {
    "satisfaction",
    "return_visit",
    "station_visit",
    "thanked",
    "details_noted",
    "complainant",
}


@pytest.mark.rule("E-04")
@pytest.mark.parametrize("procedure", EVERY)
def test_the_paper_that_closes_an_emergency_makes_sense_for_one(procedure: str) -> None:
    story = emergency(procedure)
    whole, paper = story.rules.procedure, story.judging.procedure.closing_paper
    assert paper.form == OWN.get(procedure, "emergency_record")
    assert not paper.outside, "the desk itself can issue it"
    step = chase_step(story.judging.procedure)
    assert step is not None
    lower = whole.levels[-1].id
    plain = Story(procedure, "2026-11-18 09:00").open(level=lower)
    named = plain.judging.procedure.closing_paper
    assert (named.name, named.form) == (whole.closing_paper.name, whole.closing_paper.form)
    assert "emergency_record" not in {form.id for form in plain.judging.procedure.forms}
    asked = {item.id for item in write_off_items(whole, plain.case)}
    assert asked.isdisjoint({"head_signature"})
    assert bool(asked & ABOUT_A_CALLER) == (procedure != FEE)


@pytest.mark.rule("E-09")
@pytest.mark.parametrize("procedure", EVERY)
def test_an_emergency_nobody_called_about_is_closed_without_a_caller(procedure: str) -> None:
    story = emergency(procedure).after(minutes=1).stood_down().after(minutes=1)
    judging = story.judging.procedure
    items = write_off_items(judging, story.case)
    assert {item.id for item in items}.isdisjoint(ABOUT_A_CALLER)
    assert [item.rule for item in items if item.kind == "signature"] == ["E-09"]
    lacking = {each.item for each in missing_for_write_off(judging, story.case, {}, {})}
    for step in (item.step for item in items if item.kind == "step" and item.id in lacking):
        story.step(step)
    head = next(item.role for item in items if item.rule == "E-09")
    texts = {item.id: "电线老化" for item in items if item.kind in ("text", "check")}
    off = replace(written_off(**{head: "赵主任"}), items=texts)
    off = replace(off, satisfaction=Satisfaction.NOT_ASKED)
    assert story.refused(replace(off, signed={})).missing[0].item == "head_signature"
    story.do(off)
    assert story.case.stage is Stage.WRITTEN_OFF
    chased = [
        duty.rule
        for key, duty in story.owed().items()
        if key.endswith("/paper") and duty.pending and duty.start
    ]
    assert chased == {"estate-dispatch": [], "project-centre": ["P5-05"]}.get(procedure, ["E-04"])
    story.after(minutes=1).paper(judging.closing_paper.signer)
    left = {each.item for each in story.refused(cmd.CloseFinal()).missing}
    assert left.isdisjoint({"paper_received", "paper_signed", "paper_filed", *ABOUT_A_CALLER})
    assert "aftermath_over" in left, "what the layer asks for stays"


@pytest.mark.rule("E-04")
def test_a_paper_that_is_out_stays_what_it_is() -> None:
    story = Story(FEE, "2026-11-18 09:00").open(level="arrears").after(minutes=1)
    procedure, now = story.rules.procedure, story.now
    raised = replace(story.case, grades=(*story.case.grades, Grade("emergency", "E-01", now)))
    own = procedure.closing_paper

    def paper_issued(at: str) -> str:
        slip = replace(raised.slip, number="A-1", issued="A-1", issued_at=local(at))
        return paper_for(procedure, replace(raised, slip=slip)).form

    assert paper_for(procedure, raised).form == "emergency_record", "none is out"
    assert paper_issued("2026-11-18 09:00:59") == own.form, "a second before it became one"
    assert paper_issued("2026-11-18 09:01") == "emergency_record"
    in_hand = replace(raised.slip, number="A-1", received_at=local("2026-11-18 09:00:59"))
    assert paper_for(procedure, replace(raised, slip=in_hand)) == own
    assert closed_with(procedure, own).closing_paper.outside
