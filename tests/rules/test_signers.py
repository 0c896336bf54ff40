"""Every signer of every rule, and the ways that the procedure allows each: the whole table."""

from __future__ import annotations

import pytest

from dispatcher_tui.domain.printed_form import FormSigner
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.record.sign_off import ways_of
from dispatcher_tui.domain.words.terms import SignedBy
from dispatcher_tui.site.shipped import data_dir
from tests.domain.support import rules, shipped_procedure

PROCEDURES = sorted(path.stem for path in (data_dir() / "procedures").glob("*.toml"))
ITS_OWN = [name for name in PROCEDURES if not shipped_procedure(name).companion]
"""Those that a site may work by."""

PIN, PHONE, INK, SEAL = SignedBy


@pytest.mark.parametrize("name", PROCEDURES)
def test_every_procedure_with_numbered_forms_has_them_back_by_a_time(name: str) -> None:
    procedure = shipped_procedure(name)
    chased = [c for c in procedure.clocks if c.starts == ("forms_out",)]
    assert len(chased) == any(form.prefix for form in procedure.forms)
    for clock in chased:
        assert (set(clock.until), clock.repeat) == ({"forms_back", "form_asked"}, "form_asked")
        assert (clock.do, clock.source) == ("forms", "setting")


HERE = (PIN, INK)
OWED = (PIN, PHONE, INK)
INK_ALONE = (INK,)
INK_OR_SEAL = (INK, SEAL)
INK_OR_NONE = (PHONE, INK)
"""In ink; a word by telephone is no signature, and the form says so."""
STAMPED = (PIN, INK, SEAL)

LAYERS = "emergency_record"
"""The emergency layer's form."""

ASKED: dict[str, dict[str, tuple[SignedBy, ...]]] = {
    "bar-guests": {"P8-04 paper": HERE},
    "campus-logistics": {"P6-06 leader_signature head": OWED, "P6-06 paper": HERE},
    "corrective-action": {"P0-13 paper head": HERE},
    "estate-dispatch": {"P0-08 paper": HERE},
    "estate-plant": {"P7-06 paper": HERE},
    "fee-collection": {"P3-20 service_stopped head": HERE, "P3-20 paper": HERE},
    "hotel-guests": {"P9-06 paper gm": HERE},
    "owner-relations": {
        "P1-03 receipt_signed implementer": HERE,
        "P1-07 order_signed head": HERE,
        "P1-08 paper dept_head": HERE,
    },
    "project-centre": {"P5-04 invalid_approved property_manager": HERE, "P5-05 paper": HERE},
    "resident-station": {"P4-10 paper property_manager": HERE},
    "service-centre": {"P3-08 paper": HERE},
    "shop-chain": {
        "P2-05 plan_approved gm": HERE,
        "P2-08 paper": HERE,
        "P2-03 inspector above": HERE,
        "P2-04 office above": HERE,
        "P2-05 gm above": HERE,
    },
}
"""What the record itself asks to be signed: rule, what, role."""

PLACES: dict[str, dict[str, tuple[SignedBy, ...]]] = {
    "bar-guests": {
        "P8-04 complaint_note 接待人": HERE,
        "P8-04 complaint_note 经理": HERE,
    },
    "campus-logistics": {
        "P6-06 handling_record 主管领导签字": OWED,
        "P6-06 handling_record 责任部门负责人": HERE,
        "P6-06 handling_record 客服员": HERE,
        "P6-06 visit_record 被回访人": INK_OR_NONE,
        "P6-06 visit_record 回访人": HERE,
    },
    "corrective-action": {
        "P0-13 capa 管理处负责人": HERE,
        "P0-13 capa 质量管理部": STAMPED,
    },
    "estate-dispatch": {
        "P0-08 service_slip 维修人签字": INK_ALONE,
        "P0-08 service_slip 业主签字": INK_ALONE,
    },
    "estate-plant": {
        "P7-06 complaint_record 机电人员签字": HERE,
        "P7-06 complaint_record 管理处主任": HERE,
        "P7-06 complaint_record 用户": INK_OR_NONE,
    },
    "fee-collection": {
        "P3-12 collection_notice 收费室核算": INK_ALONE,
        "P3-12 collection_notice 业户": INK_ALONE,
        "P3-13 overtime_slip 申请人签字": INK_ALONE,
        "P3-13 overtime_slip 经办人": HERE,
        "P3-18 arrears_notice 收费室": INK_ALONE,
        "P3-18 arrears_notice 业户签收": INK_ALONE,
        "P3-22 pledge 承诺人签字": INK_OR_SEAL,
        "P3-22 pledge 经办人": HERE,
        "P3-19 visit_note 上门人": HERE,
        "P3-19 visit_note 业户": INK_ALONE,
        "P3-19 collection_letter 收件人签收": INK_OR_SEAL,
        "P3-20 owner_letter 业主签收": INK_OR_SEAL,
        "P3-20 stop_approval 主任签字": HERE,
        "P3-20 stop_approval 申请人": HERE,
        "P3-21 lawyer_handover 移交人": HERE,
        "P3-21 lawyer_handover 律师签收": INK_OR_SEAL,
    },
    "hotel-guests": {
        "P9-06 complaint_record 总经理批示": HERE,
        "P9-06 complaint_record 部门主管": HERE,
    },
    "owner-relations": {
        "P1-07 coordination_order 签发": HERE,
        "P1-07 coordination_order 接收": HERE,
        "P1-02 information_record 接收人签字确认": HERE,
        "P1-08 complaint_record 部门负责人签字": HERE,
        "P1-08 complaint_record 记录人": HERE,
        "P1-13 single_notice 住户签收": INK_ALONE,
    },
    "project-centre": {
        "P5-05 work_order 经办人": HERE,
        "P5-05 work_order 业户": INK_OR_NONE,
        "P5-04 abnormal_closing 申请人（经办人）": HERE,
        "P5-04 abnormal_closing 中心经理审批": HERE,
        "P5-04 invalid_application 申请人（经办人）": HERE,
        "P5-04 invalid_application 部门负责人": HERE,
    },
    "resident-station": {
        "P4-10 handling_form 部门负责人签字": HERE,
        "P4-10 handling_form 验证人签名（上门人）": HERE,
        "P4-10 handling_form 验证人签名（住户）": INK_OR_NONE,
        "P4-10 handling_form 物业经理签字": HERE,
        "P4-03 complaint_record 接单员": HERE,
        "P4-04 liaison_sheet 站长": OWED,
        "P4-04 liaison_sheet 接收部门": HERE,
        "P4-19 meeting_minutes 物业经理": HERE,
        "P4-17 case_library 站长": HERE,
    },
    "service-centre": {
        "P3-11 meeting_minutes 主管领导": HERE,
        "P3-11 meeting_minutes 公司领导": OWED,
        "P3-01 complaint_record 记录人": HERE,
        "P3-08 visit_record 业户签名": INK_OR_NONE,
        "P3-08 visit_record 回访人签名": HERE,
        "P3-03 letter_sheet 主管领导批示": OWED,
        "P3-03 letter_sheet 承办人": HERE,
        "P3-07 written_answer 经办部门": STAMPED,
    },
    "shop-chain": {
        "P2-08 feedback_record 处理人": HERE,
        "P2-08 feedback_record 顾客": INK_OR_NONE,
        "P2-06 major_report 办公室": STAMPED,
        "P2-06 major_report 总经理批示（处理方案）": HERE,
        "P2-06 major_report 总经理批示（处理结果）": OWED,
        "P2-10 capa 监督部": HERE,
        "P2-10 capa 责任部门负责人": HERE,
    },
}
"""The places on forms: rule, form, who."""


def asked(procedure: Procedure) -> dict[str, tuple[SignedBy, ...]]:
    """What a procedure has signed in the record, and how each may be."""
    found = {}
    for item in procedure.write_off:
        if item.kind == "signature" and item.rule != "E-09":  # the layer's, under each of them
            ways = ways_of(by_phone=item.by_phone, seal=item.seal)
            found[f"{item.rule} {item.id} {item.role}"] = ways
    for step in procedure.steps:
        if step.signer or step.signed:
            found[f"{step.rule} {step.id} {step.signer}".strip()] = ways_of(seal=step.seal)
    for money in procedure.money:
        found[f"{money.rule} {money.approver} above"] = ways_of()
    paper = procedure.closing_paper
    found[f"{paper.rule} paper {paper.signer}".strip()] = ways_of(seal=paper.seal)
    return found


def places(procedure: Procedure) -> dict[str, tuple[SignedBy, ...]]:
    """The places on a procedure's forms, and the ways that each allows."""
    return {
        f"{form.rule} {form.id} {signer.label.zh}": signer.allowed
        for form in procedure.forms
        if form.id != LAYERS  # the layer's, under each of them
        for signer in form.signers
    }


def of_record(procedure: Procedure, signer: FormSigner) -> tuple[SignedBy, ...]:
    """The ways that the record allows what a place on a form prints."""
    known = {key.split()[1]: ways for key, ways in asked(procedure).items()}
    known["head_signature"] = OWED  # the layer's
    return known[signer.sign]


@pytest.mark.parametrize("name", PROCEDURES)
def test_what_the_record_asks_is_signed_as_the_procedure_allows(name: str) -> None:
    assert asked(shipped_procedure(name)) == ASKED[name]


@pytest.mark.parametrize("name", PROCEDURES)
def test_each_place_on_a_form_is_signed_as_the_procedure_allows(name: str) -> None:
    assert places(shipped_procedure(name)) == PLACES[name]


@pytest.mark.parametrize("name", PROCEDURES)
def test_a_place_that_prints_a_signature_of_the_record_allows_what_the_record_does(
    name: str,
) -> None:
    procedure = shipped_procedure(name)
    for form in procedure.forms:
        for signer in form.signers:
            if signer.sign:
                assert signer.allowed == of_record(procedure, signer), (form.id, signer.label.zh)


@pytest.mark.rule("E-09")
@pytest.mark.parametrize(
    "name", [name for name in PROCEDURES if not rules(name).procedure.companion]
)
def test_an_emergency_is_signed_by_pin_by_telephone_and_owed_or_in_ink(name: str) -> None:
    whole = rules(name).procedure
    (item,) = [each for each in whole.write_off if each.rule == "E-09" and each.kind == "signature"]
    assert ways_of(by_phone=item.by_phone, seal=item.seal) == OWED
    assert whole.signature is not None  # by when one that was agreed by telephone is owed


@pytest.mark.parametrize("name", PROCEDURES)
def test_whoever_holds_no_office_is_never_asked_for_a_pin(name: str) -> None:
    for form in shipped_procedure(name).forms:
        for signer in form.signers:
            if not signer.role:
                assert PIN not in signer.allowed, (form.id, signer.label.zh)
            else:
                assert {PIN, INK} <= set(signer.allowed), (form.id, signer.label.zh)
