"""To whom an obligation goes, and on which paper it stands: what the procedures' data promise."""

from __future__ import annotations

import pytest
from _pytest.mark.structures import ParameterSet

from dispatcher_tui.domain.duties.triage import roles_to_tell
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.words.terms import Channel, FollowUpOutcome
from tests.domain.support import FEE, P0, P1, P3, P4, P5, Story, local, rules

P2, P7, P8, P9 = "shop-chain", "estate-plant", "bar-guests", "hotel-guests"


def who(procedure: str, rule: str, act: str, role: str) -> ParameterSet:
    mark = pytest.mark.rule(rule, "who")
    return pytest.param(procedure, rule, act, role, marks=mark, id=f"{rule}-{act}")


ACTS = [
    who(P0, "P0-04", "reported", "head"),
    who(P0, "P0-06", "told_head", "head"),
    who(P2, "P2-06", "result_reported", "gm"),
    who(P3, "P3-06", "keeper_there", "keeper"),
    who(P3, "P3-07", "reported_up", "supervisor"),
    who(P3, "P3-07", "passed_on", "dept_head"),
    who(P3, "P3-09", "told_leader", "supervisor"),
    who(P3, "P3-10", "leader_receives", "supervisor"),
    who(P3, "P3-10", "told_company", "vp"),
    who(FEE, "P3-20", "security_told", "security_captain"),
    who(P4, "P4-04", "liaison_issued", "station_head"),
    who(P4, "P4-06", "reported_station", "station_head"),
    who(P4, "P4-06", "told_manager", "property_manager"),
    who(P4, "P4-08", "form_sent", "dept_head"),
    who(P4, "P4-10", "manager_opinion", "property_manager"),
    who(P4, "P4-11", "upgrade_passed", "station_head"),
    who(P4, "P4-13", "reported_manager", "property_manager"),
    who(P4, "P4-15", "home_visited", "dept_head"),
    who(P4, "P4-19", "named_handler", "property_manager"),
    who(P5, "P5-04", "invalid_approved", "property_manager"),
    who(P7, "P7-04", "reported_head", "plant_head"),
    who(P7, "P7-06", "result_written", "plant_staff"),
    who(P7, "P7-07", "effect_checked", "director"),
    who(P8, "P8-03", "told_superior", "superior"),
    who(P8, "P8-04", "reported_up", "superior"),
    who(P8, "P8-06", "handed_over", "responsible"),
    who(P9, "P9-01", "told_manager", "manager"),
    who(P9, "P9-03", "dept_answered", "dept_head"),
    who(P9, "P9-05", "reported_gm", "gm"),
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
    pytest.param(procedure, rule, routine, role, marks=pytest.mark.rule(rule, "who"))
    for procedure, rule, routine, role in (
        (P0, "P0-11", "check", "head"),
        (P1, "P1-16", "survey", "planning"),
        (P2, "P2-09", "quarter", "office"),
        (FEE, "P3-14", "made_out", "cashier"),
        (FEE, "P3-15", "delivered", "keeper"),
        (FEE, "P3-16", "collected", "cashier"),
        (FEE, "P3-18", "dunned", "cashier"),
        (P4, "P4-17", "month", "station_head"),
    )
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


def paper(
    procedure: str, rule: str, form: str, *sources: str, signers: str = "", part: str = "recorded"
) -> ParameterSet:
    mark = pytest.mark.rule(rule, part)
    wanted = tuple(signers.split())
    return pytest.param(procedure, form, sources, wanted, marks=mark, id=f"{rule}-{form}-{part}")


PAPERS = [
    paper(P1, "P1-06", "complaint_record", "case.content", "case.valid", "case.assignee"),
    paper(P1, "P1-08", "complaint_record", "case.feedback", "step.return_visit"),
    paper(P2, "P2-05", "feedback_record", "case.level", "case.compensation", "case.feedback"),
    paper(P2, "P2-06", "major_report", "step.plan_approved.note", "case.feedback", signers="gm"),
    paper(P3, "P3-08", "visit_record", "step.return_visit.at", "step.return_visit.note"),
    paper(P3, "P3-22", "pledge"),
    paper(P4, "P4-04", "liaison_sheet", "case.content", "step.liaison_issued.note"),
    paper(P4, "P4-06", "complaint_record", "case.content", "case.feedback", "case.told"),
    paper(P4, "P4-08", "handling_form", "step.form_returned.note", "step.form_returned.at"),
    paper(P4, "P4-08", "handling_form", signers="dept_head", part="signed"),
    paper(P4, "P4-10", "handling_form", "step.manager_opinion.note", signers="property_manager"),
    paper(P4, "P4-11", "handling_form", "case.content", "case.level"),
    paper(P4, "P4-16", "handling_form", "step.return_visit"),
    paper(P5, "P5-04", "abnormal_closing", "step.invalid_applied", signers="property_manager"),
    paper(P7, "P7-05", "complaint_record", "step.org_opinion.note"),
    paper(P7, "P7-06", "complaint_record", "step.result_written.note", signers="plant_staff"),
    paper(P8, "P8-04", "complaint_note", "step.reported_up.note", signers="dispatcher"),
    paper(P9, "P9-06", "complaint_record", "item.result", signers="gm"),
]
PAPERS[5] = pytest.param(
    FEE, "pledge", ("case.caller",), ("",), marks=pytest.mark.rule("P3-22", "signed"), id="P3-22"
)


@pytest.mark.parametrize(("procedure", "form", "sources", "signers"), PAPERS)
def test_the_paper_has_what_the_rule_says_and_who_signs(
    procedure: str, form: str, sources: tuple[str, ...], signers: tuple[str, ...]
) -> None:
    found = rules(procedure).procedure.form(form)
    assert found is not None
    assert found.printed
    assert found.filed is not None
    assert set(sources) <= {field.source for field in found.fields}
    assert set(signers) <= {signer.role for signer in found.signers}


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
