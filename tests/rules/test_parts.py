"""To whom an obligation goes, and on which paper it stands: what the procedures' data promise."""

from __future__ import annotations

import pytest

from dispatcher_tui.domain.duties.triage import roles_to_tell
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.words.terms import Channel, Fact, FollowUpOutcome
from tests.domain.support import FEE, P0, P1, P3, P4, P5, Story, local, rules

P2, P7, P8, P9 = "shop-chain", "estate-plant", "bar-guests", "hotel-guests"


ACTS = [
    pytest.param(P0, "P0-04", "reported", "head", marks=pytest.mark.rule("P0-04", "who")),
    pytest.param(P0, "P0-06", "told_head", "head", marks=pytest.mark.rule("P0-06", "who")),
    pytest.param(P2, "P2-06", "result_reported", "gm", marks=pytest.mark.rule("P2-06", "who")),
    pytest.param(P3, "P3-06", "keeper_there", "keeper", marks=pytest.mark.rule("P3-06", "who")),
    pytest.param(P3, "P3-07", "reported_up", "supervisor", marks=pytest.mark.rule("P3-07", "who")),
    pytest.param(P3, "P3-07", "passed_on", "dept_head", marks=pytest.mark.rule("P3-07", "who")),
    pytest.param(P3, "P3-09", "told_leader", "supervisor", marks=pytest.mark.rule("P3-09", "who")),
    pytest.param(
        P3, "P3-10", "leader_receives", "supervisor", marks=pytest.mark.rule("P3-10", "who")
    ),
    pytest.param(P3, "P3-10", "told_company", "vp", marks=pytest.mark.rule("P3-10", "who")),
    pytest.param(
        FEE, "P3-20", "security_told", "security_captain", marks=pytest.mark.rule("P3-20", "who")
    ),
    pytest.param(
        P4, "P4-04", "liaison_issued", "station_head", marks=pytest.mark.rule("P4-04", "who")
    ),
    pytest.param(
        P4, "P4-06", "reported_station", "station_head", marks=pytest.mark.rule("P4-06", "who")
    ),
    pytest.param(
        P4, "P4-06", "told_manager", "property_manager", marks=pytest.mark.rule("P4-06", "who")
    ),
    pytest.param(P4, "P4-08", "form_sent", "dept_head", marks=pytest.mark.rule("P4-08", "who")),
    pytest.param(
        P4, "P4-10", "manager_opinion", "property_manager", marks=pytest.mark.rule("P4-10", "who")
    ),
    pytest.param(
        P4, "P4-11", "upgrade_passed", "station_head", marks=pytest.mark.rule("P4-11", "who")
    ),
    pytest.param(
        P4, "P4-13", "reported_manager", "property_manager", marks=pytest.mark.rule("P4-13", "who")
    ),
    pytest.param(P4, "P4-15", "home_visited", "dept_head", marks=pytest.mark.rule("P4-15", "who")),
    pytest.param(
        P4, "P4-19", "named_handler", "property_manager", marks=pytest.mark.rule("P4-19", "who")
    ),
    pytest.param(
        P5, "P5-04", "invalid_approved", "property_manager", marks=pytest.mark.rule("P5-04", "who")
    ),
    pytest.param(
        P7, "P7-04", "reported_head", "plant_head", marks=pytest.mark.rule("P7-04", "who")
    ),
    pytest.param(
        P7, "P7-06", "result_written", "plant_staff", marks=pytest.mark.rule("P7-06", "who")
    ),
    pytest.param(P7, "P7-07", "effect_checked", "director", marks=pytest.mark.rule("P7-07", "who")),
    pytest.param(P8, "P8-03", "told_superior", "superior", marks=pytest.mark.rule("P8-03", "who")),
    pytest.param(P8, "P8-04", "reported_up", "superior", marks=pytest.mark.rule("P8-04", "who")),
    pytest.param(P8, "P8-06", "handed_over", "responsible", marks=pytest.mark.rule("P8-06", "who")),
    pytest.param(P9, "P9-01", "told_manager", "manager", marks=pytest.mark.rule("P9-01", "who")),
    pytest.param(P9, "P9-03", "dept_answered", "dept_head", marks=pytest.mark.rule("P9-03", "who")),
    pytest.param(P9, "P9-05", "reported_gm", "gm", marks=pytest.mark.rule("P9-05", "who")),
]


@pytest.mark.parametrize(("procedure", "rule", "act", "role"), ACTS)
def test_the_act_is_asked_for_and_goes_to_whom_the_rule_names(
    procedure: str, rule: str, act: str, role: str
) -> None:
    judged = rules(procedure).procedure
    step = judged.step(act)
    assert step is not None
    assert (step.rule, step.to) == (rule, role)
    assert role in judged.roles
    asked = {name for clock in judged.clocks for name in (*clock.until, *clock.starts)}
    asked |= {item.step for item in judged.write_off}
    assert act in asked


ROUTINES = [
    pytest.param(P0, "P0-11", "check", "head", marks=pytest.mark.rule("P0-11", "who")),
    pytest.param(P1, "P1-16", "survey", "planning", marks=pytest.mark.rule("P1-16", "who")),
    pytest.param(P2, "P2-09", "quarter", "office", marks=pytest.mark.rule("P2-09", "who")),
    pytest.param(FEE, "P3-14", "made_out", "cashier", marks=pytest.mark.rule("P3-14", "who")),
    pytest.param(FEE, "P3-15", "delivered", "keeper", marks=pytest.mark.rule("P3-15", "who")),
    pytest.param(FEE, "P3-16", "collected", "cashier", marks=pytest.mark.rule("P3-16", "who")),
    pytest.param(FEE, "P3-18", "dunned", "cashier", marks=pytest.mark.rule("P3-18", "who")),
    pytest.param(P4, "P4-17", "month", "station_head", marks=pytest.mark.rule("P4-17", "who")),
]


@pytest.mark.parametrize(("procedure", "rule", "routine", "role"), ROUTINES)
def test_the_round_of_the_calendar_has_somebody_who_answers_for_it(
    procedure: str, rule: str, routine: str, role: str
) -> None:
    judged = rules(procedure).procedure
    found = next(each for each in judged.routines if each.id == routine)
    assert (found.rule, found.role) == (rule, role)
    assert role in judged.roles


TOLD = [
    pytest.param(P0, "maintenance", "maintenance_lead", marks=pytest.mark.rule("P0-02", "who")),
    pytest.param(P0, "security", "security_captain", marks=pytest.mark.rule("P0-02", "who")),
    pytest.param(P0, "service", "supervisor", marks=pytest.mark.rule("P0-02", "who")),
    pytest.param(P1, "maintenance", "affairs", marks=pytest.mark.rule("P1-04", "who")),
    pytest.param(FEE, "fee", "keeper", marks=pytest.mark.rule("P3-17", "who")),
    pytest.param(P7, "maintenance", "plant_staff", marks=pytest.mark.rule("P7-02", "who")),
]


@pytest.mark.parametrize(("procedure", "case_class", "first"), TOLD)
def test_whom_to_tell_first(procedure: str, case_class: str, first: str) -> None:
    story = Story(procedure, "2026-11-18 09:00").open(case_class=case_class)
    assert roles_to_tell(story.rules.procedure, story.case)[0] == first


@pytest.mark.rule("P0-03", "who")
def test_where_the_lead_is_not_found_the_implementer_comes_next() -> None:
    story = Story(P0, "2026-11-18 09:00").open(case_class="maintenance")
    assert roles_to_tell(story.rules.procedure, story.case)[:2] == (
        *("maintenance_lead", "implementer"),
    )


PAPERS = [
    pytest.param(
        P1,
        "complaint_record",
        "case.content case.valid case.assignee",
        "",
        marks=pytest.mark.rule("P1-06", "recorded"),
    ),
    pytest.param(
        P1,
        "complaint_record",
        "case.feedback step.return_visit",
        "",
        marks=pytest.mark.rule("P1-08", "recorded"),
    ),
    pytest.param(
        P2,
        "feedback_record",
        "case.level case.compensation case.feedback",
        "",
        marks=pytest.mark.rule("P2-05", "recorded"),
    ),
    pytest.param(
        P2,
        "major_report",
        "step.plan_approved.note case.feedback",
        "gm",
        marks=pytest.mark.rule("P2-06", "recorded"),
    ),
    pytest.param(
        P3,
        "visit_record",
        "step.return_visit.at step.return_visit.note",
        "",
        marks=pytest.mark.rule("P3-08", "recorded"),
    ),
    pytest.param(
        P4,
        "liaison_sheet",
        "case.content step.liaison_issued.note",
        "",
        marks=pytest.mark.rule("P4-04", "recorded"),
    ),
    pytest.param(
        P4,
        "complaint_record",
        "case.content case.feedback case.told",
        "",
        marks=pytest.mark.rule("P4-06", "recorded"),
    ),
    pytest.param(
        P4,
        "handling_form",
        "step.form_returned.note step.form_returned.at",
        "",
        marks=pytest.mark.rule("P4-08", "recorded"),
    ),
    pytest.param(P4, "handling_form", "", "dept_head", marks=pytest.mark.rule("P4-08", "signed")),
    pytest.param(
        P4,
        "handling_form",
        "step.manager_opinion.note",
        "property_manager",
        marks=pytest.mark.rule("P4-10", "recorded"),
    ),
    pytest.param(
        P4,
        "handling_form",
        "case.content case.level",
        "",
        marks=pytest.mark.rule("P4-11", "recorded"),
    ),
    pytest.param(
        P4, "handling_form", "step.return_visit", "", marks=pytest.mark.rule("P4-16", "recorded")
    ),
    pytest.param(
        P5,
        "abnormal_closing",
        "step.invalid_applied",
        "property_manager",
        marks=pytest.mark.rule("P5-04", "recorded"),
    ),
    pytest.param(
        P7,
        "complaint_record",
        "step.org_opinion.note",
        "",
        marks=pytest.mark.rule("P7-05", "recorded"),
    ),
    pytest.param(
        P7,
        "complaint_record",
        "step.result_written.note",
        "plant_staff",
        marks=pytest.mark.rule("P7-06", "recorded"),
    ),
    pytest.param(
        P8,
        "complaint_note",
        "step.reported_up.note",
        "dispatcher",
        marks=pytest.mark.rule("P8-04", "recorded"),
    ),
    pytest.param(
        P9, "complaint_record", "item.result", "gm", marks=pytest.mark.rule("P9-06", "recorded")
    ),
]


@pytest.mark.parametrize(("procedure", "form", "sources", "signers"), PAPERS)
def test_the_paper_has_what_the_rule_says_and_who_signs(
    procedure: str, form: str, sources: str, signers: str
) -> None:
    found = rules(procedure).procedure.form(form)
    assert found is not None
    assert found.printed
    assert found.filed is not None
    assert set(sources.split()) <= {field.source for field in found.fields}
    assert set(signers.split()) <= {signer.role for signer in found.signers}


@pytest.mark.rule("P3-22", "signed")
def test_whoever_pledges_signs_the_pledge() -> None:
    form = rules(FEE).procedure.form("pledge")
    assert form is not None
    assert (form.signers[0].role, form.signers[0].seal) == ("", True)
    assert "case.caller" in {field.source for field in form.fields}


@pytest.mark.rule("P4-17", "recorded")
def test_the_valid_complaints_of_the_month_are_a_table_of_cases() -> None:
    form = rules(P4).procedure.form("valid_cases")
    assert form is not None
    assert (form.scope, form.valid, form.printed) == ("list", True, True)
    assert {"case.number", "case.content", "case.feedback"} <= {x.source for x in form.fields}


@pytest.mark.rule("P0-01", "who")
def test_whoever_takes_it_down_stands_on_the_record() -> None:
    story = Story(P0, "2026-11-18 09:00", "王芳").open(channel=Channel.LETTER)
    opened = story.entries[0]
    assert isinstance(opened.event, ev.CaseOpened)
    assert opened.actor == "王芳"


@pytest.mark.rule("P0-05", "recorded")
@pytest.mark.rule("P0-06", "recorded")
def test_every_follow_up_is_recorded_with_how_it_stands_and_by_when() -> None:
    story = Story(P0, "2026-11-18 09:00").open().call().at("2026-11-18 10:00")
    story.follow_up(FollowUpOutcome.ARRANGED).at("2026-11-18 11:00")
    story.follow_up(FollowUpOutcome.CANNOT)
    written = [e.event for e in story.entries if isinstance(e.event, ev.FollowedUp)]
    assert [each.outcome for each in written] == [
        FollowUpOutcome.ARRANGED,
        FollowUpOutcome.CANNOT,
    ]
    (promised,) = (e.event for e in story.entries if isinstance(e.event, ev.PromiseMade))
    assert promised.due == local("2026-11-18 11:00")


@pytest.mark.rule("P0-00", "what")
def test_the_effect_on_the_company_and_the_evidence_and_where_it_lies_are_recorded() -> None:
    story = Story(P0, "2026-11-18 09:00").open().call()
    before = story.states()
    bare = story.refused(story.recording("effect_judged", effect=" "))
    assert (bare.code, bare.rule) == ("fields_missing", "P0-00")
    story.step("effect_judged", effect="业主群在传", evidence="照片12张", kept_in="柜3第2格")
    assert story.states() == before
    assert [(each.field, each.value) for each in story.case.filled] == [
        ("effect", "业主群在传"),
        ("evidence", "照片12张"),
        ("kept_in", "柜3第2格"),
    ]


@pytest.mark.rule("P4-05", "who")
def test_who_was_complained_of_and_talked_to_is_recorded() -> None:
    story = Story(P4, "2026-11-18 09:00").open(case_class="neighbour").call()
    bare = story.refused(story.recording("party_talked", party=""))
    assert [each.item for each in bare.missing] == ["party_talked.party"]
    story.step("party_talked", party="3-2-1602 的住户")
    assert story.case.filled[-1].value == "3-2-1602 的住户"
    assert story.states()["P4-05"] == "done"


@pytest.mark.rule("E-07", "recorded")
def test_the_aftermath_is_followed_in_words() -> None:
    story = Story(P0, "2026-11-18 09:00").open(facts=(Fact.FIRE,)).call().stood_down()
    refusal = story.refused(cmd.RecordStep(step="aftermath_followed"))
    assert (refusal.code, refusal.rule) == ("note_missing", "E-07")
    story.step("aftermath_followed", "已通知保险公司")
    written = [e.event for e in story.entries if isinstance(e.event, ev.StepRecorded)]
    assert written[-1].note == "已通知保险公司"
