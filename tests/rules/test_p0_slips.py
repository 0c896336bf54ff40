"""P0-08: what was issued, what came in, what of before is kept; charges by the 25th (as P3-13).

The shipped procedure asks for the charges under P0-08; ``charges`` is the routine's work.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from dispatcher_tui.domain.case.evolve import fold
from dispatcher_tui.domain.duties.duties import Duty, state
from dispatcher_tui.domain.duties.pending import falling_due
from dispatcher_tui.domain.papers.slips import Where, papers_of
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record.case import Entry, Slip
from dispatcher_tui.domain.record.watch_events import DeskDutyFellDue, RoutineDone
from dispatcher_tui.domain.reviews.routine import desk_duties, open_duty
from dispatcher_tui.domain.watch.post import fold_post
from tests.domain.support import P0, SECOND, Story, calendar, local, rules

OPENED = "2026-11-18 09:00"


def told() -> Story:
    """A case of which somebody was told."""
    return Story(P0, OPENED).open().after(minutes=2).call()


def issued() -> Story:
    """The same, with a paper out."""
    story = told()
    story.after(minutes=1).do(cmd.IssueSlip(number="FW-000101"))
    return story


@pytest.mark.rule("P0-08")
def test_what_was_issued_is_kept_beside_what_came_in() -> None:
    story = issued()
    at = story.now
    story.after(hours=1).write_off().after(hours=1).do(cmd.ReceivePaper(number="FW-000207"))
    slip = story.case.slip
    assert (slip.number, slip.issued) == ("FW-000207", "FW-000101")
    assert (slip.issued_at, slip.issued_to) == (at, "张伟")
    assert slip.received_at == story.now


@pytest.mark.rule("P0-08")
@pytest.mark.parametrize("typed", ["FW-000101", " fw-000101 ", "ＦＷ－０００１０１"])
def test_however_wide_it_is_typed_it_is_the_same_paper(typed: str) -> None:
    story = issued().after(hours=1).write_off()
    story.do(cmd.ReceivePaper(number=typed))
    assert story.case.slip.number == "FW-000101"


@pytest.mark.rule("P0-08")
def test_a_round_ends_and_its_paper_is_kept() -> None:
    story = issued().after(hours=1).write_off()
    written = story.now
    story.paper().after(hours=1).do(cmd.CloseFinal())
    before = story.case.slip
    story.after(days=1).do(cmd.Reopen(reason="又漏了"))
    case = story.case
    assert case.slip == Slip()
    assert [(p.slip, p.round, p.written_off_at) for p in case.papers] == [(before, 1, written)]
    story.do(cmd.IssueSlip(number="FW-000102"))
    found = [(p.number, p.where) for p in papers_of(story.case, {})]
    assert found == [("FW-000123", Where.FILED), ("FW-000102", Where.ISSUED)]
    assert fold(story.entries) == story.case


@pytest.mark.rule("P0-08")
def test_a_case_without_a_paper_leaves_none_behind_when_it_is_reopened() -> None:
    story = told().after(hours=1).write_off().after(hours=1)
    story.do(cmd.Reopen(reason="又漏了"))
    assert (story.case.papers, papers_of(story.case, {})) == ((), ())


@pytest.mark.rule("P0-08")
def test_another_paper_only_for_the_one_that_is_named_and_did_not_come_in() -> None:
    story = issued()
    assert story.refused(cmd.IssueSlip(number="FW-000102")).code == "slip_already_issued"
    other = cmd.IssueSlip(number="FW-000102", instead_of="FW-000100")
    assert story.refused(other).code == "slip_already_issued"
    story.after(minutes=1).do(cmd.IssueSlip(number="FW-000102", instead_of="FW-000101"))
    assert [p.slip.number for p in story.case.papers] == ["FW-000101"]
    story.after(hours=1).write_off().do(cmd.ReceivePaper(number="FW-000102"))
    late = cmd.IssueSlip(number="FW-000103", instead_of="FW-000102")
    assert story.refused(late).code == "slip_already_issued"


@pytest.mark.rule("P0-08")
def test_a_charge_is_corrected_once_its_paper_is_filed() -> None:
    wrong = cmd.Correct(field="charge", value="12.5", reason="单价看错")
    story = issued().after(hours=1).write_off()
    refused = story.refused(wrong)
    assert (refused.code, refused.rule) == ("nothing_filed", "P0-08")
    story.paper().do(cmd.CloseFinal())
    assert story.case.slip.charge_fen == 8000
    for text in ("", "-1", "1.234", "many"):
        assert story.refused(replace(wrong, value=text)).code == "charge_wrong"
    assert story.refused(replace(wrong, reason=" ")).code == "reason_missing"
    story.after(days=3).do(wrong)
    assert story.case.slip.charge_fen == 1250
    assert fold(story.entries) == story.case


@pytest.mark.rule("P0-08")
def test_the_charge_of_a_round_before_can_be_corrected_too() -> None:
    story = issued().after(hours=1).write_off().paper()
    story.after(hours=1).do(cmd.Reopen(reason="又漏了"))
    story.do(cmd.Correct(field="charge", value="1", reason="重复计费"))
    assert [p.slip.charge_fen for p in story.case.papers] == [100]
    assert story.case.slip == Slip()


SINCE = local("2026-01-01 00:00")


def charges(
    moment: datetime, *entries: Entry, procedure: Procedure | None = None
) -> dict[str, Duty]:
    """The desk's duties to hand charges over, by their month."""
    procedure = procedure or rules(P0).procedure
    routine = procedure.routine("charges")
    assert routine is not None
    found = desk_duties(procedure, calendar(), fold_post(entries), {routine.id: SINCE}, moment)
    assert {duty.rule for duty in found} <= {routine.rule}
    return {duty.key.partition(":")[2]: duty for duty in found}


def entry(event: DeskDutyFellDue | RoutineDone, at: datetime) -> Entry:
    """One entry of the desk."""
    return Entry(1, at, at, "李建国", "", event)


@pytest.mark.rule("P0-08")
@pytest.mark.parametrize("month", ["2026-02", "2026-11", "2026-12"])
def test_charges_are_due_on_the_25th_at_24_00(month: str) -> None:
    due = local(f"{month}-26 00:00")
    for moment, expected in (
        (due - SECOND, "running"),
        (due, "running"),
        (due + SECOND, "overdue"),
    ):
        found = charges(moment)
        assert found[month].due == due
        assert state(found[month], moment).value == expected
    open_before = {m for m, d in charges(due - SECOND).items() if d.due and d.due < due}
    fired = frozenset(f"charges:{m}" for m in open_before)
    fall = [falling_due(tuple(charges(at).values()), fired, at) for at in (due - SECOND, due)]
    assert [[d.key for d in each] for each in fall] == [[], [f"charges:{month}"]]
    after = falling_due(
        tuple(charges(due + SECOND).values()), fired | {f"charges:{month}"}, due + SECOND
    )
    assert after == []


@pytest.mark.rule("P0-08")
def test_a_day_the_month_does_not_have_is_its_last() -> None:
    procedure = rules(P0).procedure
    routines = tuple(
        replace(r, due="day 31") if r.do == "charges" else r for r in procedure.routines
    )
    late = replace(procedure, routines=routines)
    found = charges(local("2026-04-30 12:00"), procedure=late)
    assert found["2026-02"].due == local("2026-03-01 00:00")
    assert found["2026-04"].due == local("2026-05-01 00:00")


@pytest.mark.rule("P0-08")
def test_handing_over_does_the_months_duty_and_a_missed_one_stays() -> None:
    done = RoutineDone(routine="charges", rule="P0-08", period="2026-10")
    at = local("2026-10-25 23:59")
    moment = local("2026-11-27 09:00")
    found = charges(moment, entry(done, at))
    assert state(found["2026-10"], moment).value == "done"
    assert state(found["2026-11"], moment).value == "overdue"
    oldest = open_duty(tuple(found.values()), "charges", moment)
    assert oldest is not None
    assert oldest.key == "charges:2026-01", "what was missed is caught up on, the oldest first"
    late = charges(moment, entry(done, at + timedelta(days=1)))
    assert state(late["2026-10"], moment).value == "done_late"
