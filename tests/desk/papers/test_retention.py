"""The list of files kept for their time: every one of them once, none too early, none deleted."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from dispatcher_tui.desk.case.corrective import open_corrective
from dispatcher_tui.desk.case.intake import Intake
from dispatcher_tui.desk.case.library import mark_typical
from dispatcher_tui.desk.papers.retention import read_retention
from dispatcher_tui.domain.papers.retention import RetentionReason
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.words.terms import CallOutcome, Fact, FeedbackBy, Satisfaction
from tests.desk.life import filed, final, written_off
from tests.desk.on_watch import clock_of, open_desk, put
from tests.domain.support import SECOND, local

ENDED, LAST, OVER = "2023-11-18 23:59:59", "2026-11-18 23:59:59", "2026-11-19 00:00:00"


@pytest.mark.rule("P4-18")
def test_it_is_listed_when_its_last_day_is_over_and_not_a_second_before(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, local("2023-11-18 07:00"))
    case = final(desk, ENDED)
    assert read_retention(put(desk, LAST)).due == ()
    found = read_retention(put(desk, OVER))
    assert [(e.line.number, e.paper, e.binder, e.page) for e in found.due] == [
        (case.number, "FW-000001", "2023-11", "7")
    ]
    assert (found.due[0].ended_at, found.due[0].until) == (local(ENDED), local(OVER))
    assert found.years == 3
    assert len(read_retention(put(desk, "2026-11-19 00:00:01")).due) == 1


@pytest.mark.rule("P4-18")
def test_a_reopened_case_counts_from_its_last_end(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, local("2023-11-18 07:00"))
    case = final(desk, "2023-11-18 10:00")
    put(desk, "2024-01-10 09:00").perform(case.id, cmd.Reopen(reason="又漏了"))
    assert read_retention(put(desk, "2026-11-19 09:00")).due == ()
    desk.perform(case.id, cmd.TryCall(person="zhang", name="张伟", outcome=CallOutcome.REACHED))
    done = cmd.WriteOff(by=FeedbackBy.WORD, source="张伟", satisfaction=Satisfaction.FAIR)
    desk.perform(case.id, done)
    filed(desk, case.id)
    assert read_retention(put(desk, "2029-11-19 23:59:59")).due == ()
    assert len(read_retention(put(desk, "2029-11-20 00:00")).due) == 1


@pytest.mark.rule("P4-18")
def test_an_open_case_is_never_listed(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, local("2020-11-18 07:00"))
    written_off(desk, "2020-11-18 10:00")
    found = read_retention(put(desk, "2026-11-19 09:00"))
    assert (found.due, found.decide) == ((), ())


@pytest.mark.rule("P4-18")
def test_one_found_invalid_counts_from_that_day_and_a_later_note_changes_nothing(
    tmp_path: Path,
) -> None:
    desk = open_desk(tmp_path, local("2023-11-18 07:00"))
    case = put(desk, "2023-11-18 10:00").open_emergency("fire").case
    desk.perform(case.id, cmd.CallOff(reason="按错"))
    put(desk, "2024-05-01 10:00").perform(case.id, cmd.AddNote(text="补充"))
    assert read_retention(put(desk, LAST)).decide == ()
    found = read_retention(put(desk, OVER)).decide
    assert [(e.line.number, e.keep, e.ended_at) for e in found] == [
        (case.number, RetentionReason.EMERGENCY, local("2023-11-18 10:00"))
    ]


@pytest.mark.rule("P4-18")
def test_emergencies_corrective_actions_and_typical_cases_are_listed_apart(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, local("2023-11-01 07:00"))
    plain = final(desk, "2023-11-01 09:00")
    typical = final(desk, "2023-11-02 09:00")
    mark_typical(desk, typical.id, "先关总阀")
    source = written_off(desk, "2023-11-03 09:00", "yes")
    made = open_corrective(desk, of_case=source.id, text="漏水返修").case
    for step in ("company_told", "cause_found", "measure_set", "carried_out", "verified"):
        desk.perform(made.id, cmd.RecordStep(step=step, person="陈志强", note="已办"))
    desk.perform(made.id, cmd.WriteOff())
    desk.perform(made.id, cmd.ReceivePaper(number="JZ-1"))
    desk.perform(made.id, cmd.SignPaper(signer="陈志强", role="head"))
    desk.perform(made.id, cmd.FilePaper(binder="质", page="1"))
    desk.perform(made.id, cmd.RecordStep(step="quality_filed", person="质量管理部"))
    desk.perform(made.id, cmd.CloseFinal())
    found = read_retention(put(desk, "2027-01-01 09:00"))
    assert [each.line.number for each in found.due] == [plain.number]
    assert [(each.line.number, each.keep) for each in found.decide] == [
        (typical.number, RetentionReason.TYPICAL),
        (made.number, RetentionReason.CORRECTIVE),
    ]


@pytest.mark.rule("P4-18")
@pytest.mark.parametrize(("years", "over"), [(5, "2028-11-19 00:00"), (2, OVER)])
def test_the_longer_of_site_and_procedure_counts(tmp_path: Path, years: int, over: str) -> None:
    desk = open_desk(tmp_path, local("2023-11-18 07:00"))
    desk.site.site = replace(desk.site.site, retention_years=years)
    final(desk, ENDED)
    clock_of(desk).at = local(over) - SECOND
    assert read_retention(desk).due == ()
    assert len(read_retention(put(desk, over)).due) == 1


@pytest.mark.rule("P4-18")
def test_looking_changes_nothing(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, local("2023-11-18 07:00"))
    final(desk, ENDED)
    head = put(desk, "2030-01-01 09:00").store.head()
    assert read_retention(desk).due
    assert desk.store.head() == head
    assert len(list(desk.store.all_cases())) == 1
    desk.open_case(Intake(said="漏水", facts=(Fact.NOW,)))
