"""A case of each procedure as its entries make it: everything done that a form can ask for."""

from __future__ import annotations

from datetime import datetime, timedelta

from dispatcher_tui.domain.case.evolve import fold
from dispatcher_tui.domain.duties.duties import duties
from dispatcher_tui.domain.papers.report import CaseReport
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.words.terms import (
    CallOutcome,
    Channel,
    FeedbackBy,
    FollowUpOutcome,
    Label,
    Satisfaction,
    SignedBy,
)
from tests.domain.support import local, rules

OPENED = "2026-11-18 09:00"
SAID = "卫生间顶上哗哗往下漏水，已经漏到楼下两户，业主要求马上有人上门，并说上月修过一次没修好。"
SLIP = "FW-000431"


def step_note(step: str) -> str:
    """What was said when a step was recorded: other words for each."""
    return f"已办{step}"


def item_note(item: str) -> str:
    """What stands on a line of the checklist: other words for each."""
    return f"填写{item}"


def _opening(procedure: Procedure, said: str) -> list[ev.Event]:
    implementer = next((r for r in procedure.roles if r != "dispatcher"), "")
    level = procedure.levels[0] if procedure.levels[0].emergency is False else procedure.levels[-1]
    opened = ev.CaseOpened(
        case="c",
        number="261118-03",
        procedure=procedure.id,
        calendar="k",
        received_at=local("2026-11-18 08:52"),
        level=level.id,
        level_rule=level.rule,
        place="3-2-1502",
        caller="王秀兰",
        phone="13900001111",
        category="leak",
        channel=Channel.PHONE,
        verbatim=said,
    )
    return [
        opened,
        ev.AssigneeNamed(case="c", person="zhang", name="张伟", role=implementer),
        ev.CallTried(
            case="c", person="zhang", name="张伟", role=implementer, outcome=CallOutcome.REACHED
        ),
        ev.SlipIssued(case="c", number=SLIP),
        ev.JudgedValid(case="c", reason="经查属实"),
        ev.FollowedUp(case="c", outcome=FollowUpOutcome.IN_PROGRESS, note="等配件"),
        ev.PromiseMade(case="c", due=local("2026-11-19 18:00"), note="周四前修好"),
    ]


def _closing(procedure: Procedure, by: FeedbackBy) -> list[ev.Event]:
    done: list[ev.Event] = [
        ev.StepRecorded(case="c", step=step.id, person="刘芳", note=step_note(step.id))
        for step in procedure.steps
    ]
    subjects = [item.id for item in procedure.write_off if item.kind == "signature"]
    subjects += [step.id for step in procedure.steps if step.signer or step.signed]
    done += [
        ev.Signed(
            case="c",
            subject=subject,
            rule="R",
            role="",
            name="陈志强",
            how=SignedBy.INK,
            paper="处理记录",
            page="2",
        )
        for subject in subjects
    ]
    return [
        *done,
        ev.FeedbackReceived(case="c", by=by, source="业主王秀兰：换了立管，不漏了"),
        ev.WrittenOff(
            case="c",
            items={i.id: item_note(i.id) for i in procedure.write_off if i.kind == "text"},
            satisfaction=Satisfaction.SATISFIED,
            compensation_fen=8050,
        ),
    ]


def report_of(
    procedure: str,
    *,
    handled: bool = True,
    by: FeedbackBy = FeedbackBy.WORD,
    said: str = SAID,
    more: tuple[ev.Event, ...] = (),
    filed: bool = False,
) -> CaseReport:
    """The record of such a case: just told, or ``handled`` to its end, its paper ``filed``."""
    found = rules(procedure)
    events = _opening(found.procedure, said)
    if handled:
        events += _closing(found.procedure, by)
    if filed:
        events += [
            ev.PaperReceived(case="c", number=SLIP),
            ev.PaperSigned(case="c", signer="赵主任", how=SignedBy.INK, paper=SLIP, page="1"),
            ev.PaperFiled(case="c", binder="2026-11", page="17", charge_fen=12000),
        ]
    at: datetime = local(OPENED)
    entries = []
    for seq, event in enumerate((*events, *more), 1):
        entries.append(Entry(seq, at, at, "李建国", "", event))
        at += timedelta(minutes=7)
    case = fold(entries)
    return CaseReport(
        site="翠湖花园",
        at=at,
        case=case,
        duties=tuple(duties(case, found)),
        rules=found,
        entries=tuple(entries),
        categories={"leak": Label("漏水", "Water leak")},
    )
