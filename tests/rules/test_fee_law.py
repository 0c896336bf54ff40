"""Fees and the law: what may be stopped, what is restored at once, what the gate sees."""

from __future__ import annotations

import msgspec
import pytest

from dispatcher_tui.domain.duties.closing import MissingItem
from dispatcher_tui.domain.law import before_step, on_form
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.words.terms import FollowUpOutcome
from tests.domain.support import proves_boundary
from tests.rules.test_fee import STOPPABLE, listed, paid, stop, visited


@pytest.mark.rule("P3-20", "what")
@pytest.mark.parametrize("service", ["停水", "空调", "", STOPPABLE + "x"])
def test_nothing_is_stopped_but_what_the_site_names(service: str) -> None:
    story = visited()
    command = msgspec.structs.replace(stop(), values={"service": service})
    refusal = story.refused(command)
    assert refusal.code == ("fields_service" if service else "fields_missing")
    assert refusal.missing == (MissingItem("service_stopped.service", "P3-20"),)
    story.stoppable = ()
    assert story.refused(stop()).code == "fields_service", "none by default"


@pytest.mark.rule("P3-20", "what", "when", "recorded")
def test_a_utility_stopped_all_the_same_is_an_incident_and_comes_back_unconditionally() -> None:
    story = visited().step("stop_refused")
    assert not [name for name in story.owed() if name.startswith("P3-20/incident")]
    bare = story.refused(cmd.RecordStep(step="utility_stopped"))
    assert [each.item.partition(".")[2] for each in bare.missing] == ["what", "stopped_by"]
    story.step("utility_stopped", what="水", stopped_by="维修班")
    report, back = (
        story.rules.procedure.step(each) for each in ("incident_reported", "utility_restored")
    )
    assert report is not None
    assert back is not None
    assert (report.to, back.needs) == ("head", ("utility_stopped",)), "no payment and no pledge"
    proves_boundary(story, "P3-20/incident", "2026-11-26 11:10")
    late = {"P3-20/restore late": "running"}
    proves_boundary(story, "P3-20/restore", "2026-11-26 11:30", also=late)
    story.follow_up(FollowUpOutcome.COMPLETED)
    story.do(paid())
    assert story.states()["P3-20/restore"] == "overdue", "payment does not end it"
    story.paper()
    assert "utility_restored" in {each.item for each in story.refused(cmd.CloseFinal()).missing}
    story.step("utility_restored", restored_by="维修班")
    assert story.states()["P3-20/restore"] == "done_late"


@pytest.mark.rule("P3-20", "what")
def test_the_law_stands_before_the_act_and_on_its_paper_with_source_and_date() -> None:
    laws = listed().rules.procedure.laws
    (before,) = before_step(laws, "service_stopped")
    assert (before.source.zh, before.date) == ("民法典第944条", "2021-01-01")
    assert on_form(laws, "stop_approval") == on_form(laws, "pledge") == (before,)
    (guards,) = before_step(laws, "security_told")
    assert guards.source.zh == "保安服务管理条例第30条"
    assert "只观察" in guards.text.zh
    assert before_step(laws, "reminded") == ()


@pytest.mark.rule("P3-20", "recorded")
def test_the_list_at_the_gate_has_rooms_and_no_names() -> None:
    form = listed().rules.procedure.form("gate_list")
    assert form is not None
    sources = {field.source for field in form.fields}
    assert "case.place" in sources
    assert not sources & {"case.caller", "case.phone", "case.content"}
