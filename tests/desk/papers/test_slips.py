"""Pads, voids, numbers handed out, copies asked for; charges handed over and printed once."""

from __future__ import annotations

import pytest

from dispatcher_tui.desk.case.intake import Intake
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.papers.charges import (
    charges_due,
    charges_given,
    hand_over_charges,
    mark_printed,
)
from dispatcher_tui.desk.papers.custody_book import custody
from dispatcher_tui.desk.papers.slips import (
    chase_report,
    find_number,
    give_out,
    record_asked,
    squads,
    void_number,
)
from dispatcher_tui.desk.printing import print_report
from dispatcher_tui.desk.reviews.routines import open_routine
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.papers.custody import Oddity
from dispatcher_tui.domain.papers.pads import PadError
from dispatcher_tui.domain.papers.slips import Where
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record.record_events import ChargesHandedOver
from dispatcher_tui.domain.words.terms import CallOutcome, FeedbackBy, Satisfaction
from tests.tui.support import OPERATOR, SetClock

DONE = cmd.WriteOff(by=FeedbackBy.PHONE, source="张伟", satisfaction=Satisfaction.SATISFIED)
ZHANG = ("zhangwei", "张伟", "implementer")
YUAN = ("yuanguilan", "袁桂兰", "implementer")


def forward(desk: Desk, **length: float) -> None:
    """Let time pass."""
    clock = desk.clock
    assert isinstance(clock, SetClock)
    clock.forward(**length)


def told(desk: Desk, who: tuple[str, str, str] = ZHANG) -> str:
    """A case that somebody was told of; its number."""
    number = desk.open_case(Intake(place="3-2-1502", said="漏水", category="leak")).case.number
    person, name, role = who
    call = cmd.TryCall(person=person, name=name, role=role, outcome=CallOutcome.REACHED)
    desk.perform(number, call)
    forward(desk, minutes=1)
    return number


def filed(desk: Desk, yuan: int, who: tuple[str, str, str] = ZHANG) -> str:
    """A case whose paper is filed with a charge."""
    number = told(desk, who)
    paper = desk.issue_slip(number).case.slip.number
    for command in (
        DONE,
        cmd.ReceivePaper(number=paper),
        cmd.SignPaper(signer=OPERATOR, role="dispatcher"),
        cmd.FilePaper(binder="2026-11", page="1", charge_fen=yuan * 100),
    ):
        desk.perform(number, command)
    return number


def refused(action: object, *args: object, **named: object) -> str:
    """The code a use case is refused with."""
    with pytest.raises(Refusal) as found:
        action(*args, **named)  # type: ignore[operator]
    return found.value.code


@pytest.mark.rule("P0-08")
def test_the_next_paper_is_of_the_squads_pad_and_else_of_the_desk(desk: Desk) -> None:
    give_out(desk, "FW-000101", "103", to="黄志明", person="huangzhiming")
    offered = desk.offer_slip(told(desk))
    assert offered is not None
    assert (offered.number, offered.pad and offered.pad.to) == ("FW-000101", "黄志明")
    other = told(desk, YUAN)
    assert desk.offer_slip(other) is None
    assert desk.issue_slip(other).case.slip.number == "FW-000001"
    drawn = [desk.issue_slip(told(desk)).case.slip.number for _ in range(4)]
    assert drawn == ["FW-000101", "FW-000102", "FW-000103", "FW-000002"]


def test_the_desks_own_pad_comes_before_its_running_range(desk: Desk) -> None:
    give_out(desk, "A01", "02")
    assert [desk.issue_slip(told(desk)).case.slip.number for _ in range(3)] == [
        "A01",
        "A02",
        "FW-000001",
    ]


def test_the_running_range_steps_over_pads_and_voids(desk: Desk) -> None:
    give_out(desk, "FW-000002", "3", to="老周")
    desk.issue_slip(told(desk))
    assert desk.issue_slip(told(desk)).case.slip.number == "FW-000004"


def test_the_number_on_the_paper_counts_not_the_one_that_was_offered(desk: Desk) -> None:
    give_out(desk, "FW-000101", "110", to="黄志明", person="huangzhiming")
    assert desk.issue_slip(told(desk), "105").case.slip.number == "FW-000105"
    offered = desk.offer_slip(told(desk))
    assert offered is not None
    assert offered.number == "FW-000106", "papers are torn off in order"
    assert desk.issue_slip(told(desk), "fw-000110").case.slip.number == "FW-000110"
    offered = desk.offer_slip(told(desk))
    assert offered is not None
    assert offered.number == "FW-000101", "at the end of the pad what was passed over"


@pytest.mark.rule("P0-08")
@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("102", "slip_void"),
        ("103", "slip_used"),
        ("FW-000200", "slip_outside"),
        ("999", "slip_outside"),
        ("FW-", "slip_form"),
        ("漏水", "slip_form"),
    ],
)
def test_a_number_that_cannot_be_is_refused(desk: Desk, typed: str, code: str) -> None:
    give_out(desk, "FW-000101", "110", to="黄志明", person="huangzhiming")
    void_number(desk, "102", "撕坏")
    desk.issue_slip(told(desk), "103")
    number = told(desk)
    rows = desk.store.rows()
    assert refused(desk.issue_slip, number, typed) == code
    assert desk.store.rows() == rows


def test_a_void_paper_is_replaced_by_another(desk: Desk) -> None:
    give_out(desk, "FW-000101", "110", to="黄志明", person="huangzhiming")
    number = told(desk)
    desk.issue_slip(number)
    assert refused(desk.issue_slip, number) == "slip_already_issued"
    void_number(desk, "101", "弄湿了")
    case = desk.issue_slip(number).case
    assert (case.slip.number, [p.slip.number for p in case.papers]) == ("FW-000102", ["FW-000101"])
    assert find_number(desk, "101").where is Where.VOID
    assert find_number(desk, "102").where is Where.ISSUED


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        ("FW-000105", "120", "pad_given"),
        ("FW-000090", "101", "pad_given"),
        ("FW-000001", "50", "pad_spent"),
    ],
)
def test_a_pad_of_papers_that_are_given_out_already(
    desk: Desk, first: str, last: str, code: str
) -> None:
    give_out(desk, "FW-000101", "110", to="黄志明")
    desk.issue_slip(told(desk, YUAN))
    rows = desk.store.rows()
    assert refused(give_out, desk, first, last) == code
    with pytest.raises(PadError):
        give_out(desk, "FW-000105", "1")
    assert desk.store.rows() == rows
    give_out(desk, "FW-000111", "120")
    give_out(desk, "GW-000101", "110")


@pytest.mark.parametrize(
    ("typed", "reason", "code"),
    [
        ("101", "", "reason_missing"),
        ("101", " \u200b", "reason_missing"),
        ("FW-000777", "lost", "slip_outside"),
        ("FW-000001", "lost", "slip_here"),
        ("102", "again", "slip_void"),
    ],
)
def test_what_cannot_be_void(desk: Desk, typed: str, reason: str, code: str) -> None:
    filed(desk, 10, YUAN)
    give_out(desk, "FW-000101", "110", to="黄志明")
    void_number(desk, "102", "torn")
    rows = desk.store.rows()
    assert refused(void_number, desk, typed, reason) == code
    assert desk.store.rows() == rows


@pytest.mark.rule("P0-08")
def test_custody_counts_pads_gaps_and_oddities(desk: Desk) -> None:
    give_out(desk, "FW-000101", "110", to="黄志明", person="huangzhiming")
    desk.issue_slip(told(desk), "104")
    void_number(desk, "102", "torn")
    number = told(desk)
    desk.issue_slip(number, "105")
    for command in (DONE, cmd.ReceivePaper(number="X-7")):
        desk.perform(number, command)
    found = custody(desk.store.path)
    (tally,) = found.pads
    assert tally.counts == {
        Where.GAP: 2,
        Where.VOID: 1,
        Where.ISSUED: 1,
        Where.OTHER: 1,
        Where.UNUSED: 5,
    }
    assert tally.next == "FW-000106"
    assert [(run.first, run.count) for run in found.gaps] == [("FW-000101", 1), ("FW-000103", 1)]
    assert {each.number: each.odd for each in found.odd} == {
        "FW-000105": (Oddity.OTHER,),
        "X-7": (Oddity.OTHER, Oddity.OUTSIDE),
    }
    for run in found.gaps:
        assert find_number(desk, run.first).where is Where.GAP
    assert find_number(desk, "106").where is Where.UNUSED
    assert find_number(desk, "X-7").where is Where.IN_HAND


def test_what_was_numbered_before_this_record_is_not_missing(desk: Desk) -> None:
    with desk.store.write() as tx:
        for _ in range(10):
            tx.next_slip("FW-", 6)
    give_out(desk, "FW-000011", "12", to="黄志明", person="huangzhiming")
    first = [desk.issue_slip(told(desk, who)).case.slip.number for who in (ZHANG, YUAN, YUAN)]
    assert first == ["FW-000011", "FW-000013", "FW-000014"]
    assert custody(desk.store.path).gaps == ()
    assert {n: find_number(desk, n).where for n in ("5", "12", "13")} == {
        "5": Where.UNUSED,
        "12": Where.UNUSED,
        "13": Where.ISSUED,
    }
    with desk.store.write() as tx:
        tx.next_slip("FW-", 6)
    assert [run.first for run in custody(desk.store.path).gaps] == ["FW-000015"]
    assert find_number(desk, "15").where is Where.GAP


@pytest.mark.rule("P0-08")
def test_each_lead_is_asked_once_a_watch_for_all_of_theirs(desk: Desk) -> None:
    numbers = [told(desk), told(desk), told(desk, YUAN)]
    for number in numbers:
        desk.issue_slip(number)
        desk.perform(number, DONE)
        forward(desk, minutes=1)
    first, second = squads(desk)
    assert [(s.name, len(s.papers)) for s in (first, second)] == [("黄志明", 2), ("梁红", 1)]
    one = [first.papers[0].paper.case_id]
    assert record_asked(desk, first, one) == 1
    first, second = squads(desk)
    assert [each.lately for each in first.papers] == [True, False]
    everything = [each.paper.case_id for each in first.papers]
    assert record_asked(desk, first, everything) == 1, "the first one was asked for already"
    assert record_asked(desk, squads(desk)[0], everything) == 0
    assert second.papers[0].at is None
    for number in numbers[:2]:
        entry = desk.store.entries(desk.record(number).case.id)[-1]
        assert (entry.event.step, entry.event.person) == ("paper_chased", "黄志明")  # type: ignore[attr-defined]
    forward(desk, hours=12)
    again = squads(desk)[0]
    assert [each.lately for each in again.papers] == [False, False]
    assert record_asked(desk, again, everything) == 2


def test_the_list_to_hand_out_is_printed(desk: Desk) -> None:
    desk.perform(told(desk), DONE)
    assert squads(desk) == (), "nobody is asked for a paper that never went out"
    written_off(desk)
    (squad,) = squads(desk)
    paths = print_report(desk, chase_report(desk, squad, desk.clock.now()))
    assert [path.suffix for path in paths] == [".pdf", ".txt"]
    text = paths[1].read_text(encoding="utf-8")
    assert "黄志明" in text
    assert "261102-02" in text
    assert "261102-01" not in text


@pytest.mark.rule("P0-08")
def test_charges_go_to_the_cashier_once_and_do_the_months_duty(desk: Desk) -> None:
    filed(desk, 80)
    number = filed(desk, 20)
    assert refused(hand_over_charges, desk, " ") == "cashier_missing"
    forward(desk, days=20)
    due = charges_due(desk)
    assert due.duty is not None
    assert (len(due.charges), due.total_fen, due.duty.key) == (2, 10000, "charges:2026-11")
    entry = hand_over_charges(desk, "许婷", due)
    event = entry.event
    assert isinstance(event, ChargesHandedOver)
    assert (event.period, event.total_fen, event.to) == ("2026-11", 10000, "许婷")
    assert open_routine(desk, "charges") is None
    assert desk.post.done["charges:2026-11"] == entry.occurred_at
    assert refused(hand_over_charges, desk, "许婷") == "nothing_to_charge"
    desk.perform(number, cmd.Correct(field="charge", value="15", reason="少用一个零件"))
    due = charges_due(desk)
    assert [(c.fen, c.before_fen) for c in due.charges] == [(-500, 2000)]
    again = hand_over_charges(desk, "许婷")
    assert isinstance(again.event, ChargesHandedOver)
    assert again.event.total_fen == -500
    total = sum(each.event.total_fen for each in charges_given(desk))
    assert total == 9500


@pytest.mark.rule("P0-08")
def test_a_month_without_a_charge_is_handed_over_with_zero(desk: Desk) -> None:
    told(desk)
    entry = hand_over_charges(desk, "许婷")
    assert isinstance(entry.event, ChargesHandedOver)
    assert (entry.event.charges, entry.event.total_fen) == ((), 0)
    assert "charges:2026-11" in desk.post.done


@pytest.mark.rule("P0-08")
def test_a_missed_month_is_caught_up_on_first(desk: Desk) -> None:
    filed(desk, 80)
    forward(desk, days=31)
    first, second = hand_over_charges(desk, "许婷"), hand_over_charges(desk, "许婷")
    periods = [e.event.period for e in (first, second)]  # type: ignore[attr-defined]
    assert periods == ["2026-11", "2026-12"]


def test_nothing_is_handed_over_that_was_not_seen(desk: Desk) -> None:
    filed(desk, 80)
    seen = charges_due(desk)
    filed(desk, 20)
    rows = desk.store.rows()
    assert refused(hand_over_charges, desk, "许婷", seen) == "charges_changed"
    assert desk.store.rows() == rows


def test_the_original_is_printed_once_and_then_copies(desk: Desk) -> None:
    filed(desk, 80)
    hand_over_charges(desk, "许婷")
    texts = []
    for _ in range(3):
        (given,) = charges_given(desk)
        paths = print_report(desk, given)
        mark_printed(desk, given, paths)
        texts.append(paths[1].read_text(encoding="utf-8"))
    assert ["COPY" in text for text in texts] == [False, True, True]
    assert ["original" in text for text in texts] == [True, False, False]
    assert "COPY 2" in texts[2]
    for text in texts:
        assert all(word in text for word in ("80.00", "许婷", OPERATOR, "FW-000001", "Signature"))
    (given,) = charges_given(desk)
    assert given.copy == 3


def test_a_print_that_is_not_written_down_leaves_no_file(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_over_charges(desk, "许婷")
    (given,) = charges_given(desk)
    paths = print_report(desk, given)

    def full(*_args: object) -> object:
        raise Refusal("disk")

    monkeypatch.setattr(desk.store, "transact", full)
    with pytest.raises(Refusal):
        mark_printed(desk, given, paths)
    assert not any(path.exists() for path in paths)


def written_off(desk: Desk) -> str:
    """A case that waits for its paper, which has a number of the desk's own; the case's number."""
    number = told(desk)
    desk.issue_slip(number)
    desk.perform(number, DONE)
    return number
