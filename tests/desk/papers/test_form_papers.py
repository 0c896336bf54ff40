"""Numbered forms of a case: out, back, bound, void, signed in their places, by one custody."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from dispatcher_tui.desk.case.intake import Intake
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.operators import add_operator
from dispatcher_tui.desk.papers.case_reports import case_report, form_report
from dispatcher_tui.desk.papers.custody_book import custody
from dispatcher_tui.desk.papers.form_book import FormBack, issue_form, read_forms, take_form
from dispatcher_tui.desk.papers.forms_out import ask_form, out_by_range, range_names
from dispatcher_tui.desk.papers.running_book import running_books
from dispatcher_tui.desk.papers.slips import (
    find_number,
    give_out,
    owed,
    void_number,
)
from dispatcher_tui.desk.record import Record
from dispatcher_tui.desk.together import Signing
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.papers.custody import Oddity
from dispatcher_tui.domain.papers.slips import Where
from dispatcher_tui.domain.printed_form import Form, FormField, FormSigner, place_subject
from dispatcher_tui.domain.procedure import Deadline
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record import form_commands as forms
from dispatcher_tui.domain.record.events import Signed
from dispatcher_tui.domain.record.record_events import FormFiled, FormReturned
from dispatcher_tui.domain.record.sign_off import Ink
from dispatcher_tui.domain.words.terms import FeedbackBy, Label, Satisfaction, SignedBy
from dispatcher_tui.present.case.case_json import signature_object
from dispatcher_tui.present.papers.form_words import form_row
from dispatcher_tui.reports.case.form_values import FormValues
from dispatcher_tui.store.store import Store
from tests.domain.support import local
from tests.tui.support import OPERATOR, SetClock, _adopt, small_site

HEAD, PIN = "陈志强", "864257"
ALL = tuple(SignedBy)
LETTER = Form(
    "letter",
    Label("致函", "Letter"),
    prefix="ZH-",
    fields=(FormField(source="case.place"),),
    signers=(
        FormSigner(Label("主管", "Head"), "head", (SignedBy.PIN, SignedBy.PHONE, SignedBy.INK)),
        FormSigner(Label("业户", "Household"), seal=True),
        FormSigner(Label("回访", "Visit"), ways=(SignedBy.INK, SignedBy.PHONE)),
        FormSigner(Label("签字", "Paper"), sign="paper"),
    ),
)
OTHER = Form("other", Label("联系单", "Liaison"), prefix="LX-", fields=LETTER.fields)
DONE = cmd.WriteOff(by=FeedbackBy.PHONE, source="张伟", satisfaction=Satisfaction.SATISFIED)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk whose procedure has two numbered forms of its own."""
    store = Store.create(tmp_path / "desk.sqlite3", site="x", desk="d", ballast=0)
    clock = SetClock(local("2026-11-02 09:00"))
    made = Desk(store, clock, small_site(tmp_path / "site"), OPERATOR)
    _adopt(made)
    ref = made.procedure_ref
    procedure = made.rulebook.procedure(ref)
    known = replace(procedure, forms=(*procedure.forms, LETTER, OTHER))
    made.rulebook._procedures[ref] = known
    add_operator(made, HEAD, "head", PIN)
    try:
        yield made
    finally:
        store.close()


def opened(desk: Desk) -> str:
    return desk.open_case(Intake(place="3-2-1502", said="漏水")).case.id


def numbered(desk: Desk, number: str) -> Where:
    return find_number(desk, number).where


def signed(desk: Desk, case_id: str, place: int, signing: Signing) -> Signed:
    done = take_form(desk, case_id, "letter", FormBack(signings=((place, signing),)))
    (entry,) = done.entries
    assert isinstance(entry.event, Signed)
    return entry.event


@pytest.mark.rule("P0-08")
def test_a_number_is_drawn_once_and_every_form_counts_for_itself(desk: Desk) -> None:
    first, second = opened(desk), opened(desk)
    assert form_report(case_report(desk, first), "letter").number == ""
    assert [issue_form(desk, first, "letter") for _ in range(2)] == ["ZH-000001"] * 2
    assert issue_form(desk, second, "letter") == "ZH-000002"
    assert issue_form(desk, second, "other") == "LX-000001"
    assert form_report(case_report(desk, second), "letter").number == "ZH-000002"
    assert desk.issue_slip(first).case.slip.number == "FW-000001"
    with pytest.raises(Refusal, match="no_such_form"):
        issue_form(desk, first, "nowhere")
    assert issue_form(desk, first, "service_slip") == ""


@pytest.mark.rule("P0-08")
def test_it_is_out_then_back_then_bound_and_nothing_twice(desk: Desk) -> None:
    case_id = opened(desk)
    number = issue_form(desk, case_id, "letter")
    assert numbered(desk, number) is Where.ISSUED
    with pytest.raises(Refusal, match="paper_not_received"):
        take_form(desk, case_id, "letter", FormBack(binder="3", page="1"))
    with pytest.raises(Refusal, match="nothing_entered"):
        take_form(desk, case_id, "letter", FormBack())
    done = take_form(desk, case_id, "letter", FormBack(in_hand=True))
    assert [type(each.event) for each in done.entries] == [FormReturned]
    assert numbered(desk, number) is Where.IN_HAND
    with pytest.raises(Refusal, match="binder_missing"):
        take_form(desk, case_id, "letter", FormBack(binder="3", page=" "))
    done = take_form(desk, case_id, "letter", FormBack(binder="3", page="14"))
    assert [type(each.event) for each in done.entries] == [FormFiled]
    found = find_number(desk, number)
    assert (found.where, found.odd, found.paper and found.paper.binder) == (Where.FILED, (), "3")
    with pytest.raises(Refusal, match="paper_already_filed"):
        take_form(desk, case_id, "letter", FormBack(binder="4", page="1"))
    assert issue_form(desk, case_id, "letter") == number  # printed once more, it is the same one
    assert Record(desk.store, desk.clock).verify(None).sound


def test_a_form_that_is_out_is_owed_by_nobody_and_stands_in_its_range(desk: Desk) -> None:
    case_id = opened(desk)
    issue_form(desk, case_id, "letter")
    desk.perform(case_id, DONE)
    assert [paper.number for paper in owed(desk)] == [""]  # the closing paper alone
    (found,) = out_by_range(desk)
    (out,) = found.out
    assert (found.prefix, out.paper.number, out.paper.issued_to) == ("ZH-", "ZH-000001", OPERATOR)
    assert (out.due, out.asked_at) == (None, None)  # this procedure has no clock for it
    take_form(desk, case_id, "letter", FormBack(in_hand=True))
    assert out_by_range(desk) == ()


@pytest.mark.rule("P0-08")
def test_a_void_number_is_replaced_by_the_next_and_stays_void(desk: Desk) -> None:
    case_id = opened(desk)
    number = issue_form(desk, case_id, "letter")
    void_number(desk, number, "打湿")
    assert issue_form(desk, case_id, "letter") == "ZH-000002"
    assert (numbered(desk, number), numbered(desk, "ZH-000002")) == (Where.VOID, Where.ISSUED)
    take_form(desk, case_id, "letter", FormBack(in_hand=True))
    with pytest.raises(Refusal, match="slip_here"):
        void_number(desk, "ZH-000002", "不想要")
    (form,) = [each for each in read_forms(desk, case_id).forms if each.form.id == "letter"]
    assert (form.paper and form.paper.number, form.where) == ("ZH-000002", Where.IN_HAND)
    assert "ZH-000002 in hand" in form_row(form, desk.rules.procedure, desk.rules.calendar.tz)


@pytest.mark.rule("P0-08")
def test_a_pad_of_the_forms_own_range_goes_first(desk: Desk) -> None:
    give_out(desk, "ZH-000101", "103")
    first = opened(desk)
    assert issue_form(desk, first, "letter") == "ZH-000101"
    assert desk.offer_slip(first) is None  # no slip is printed on a form's pad
    found = custody(desk.store.path, range_names(desk))
    (tally,) = [each for each in found.pads if not each.pad.own]
    assert (tally.pad.form, tally.next) == ("letter", "ZH-000102")
    assert found.names["ZH-"].en == "Letter"


def test_a_gap_below_the_last_one_used_is_missing(desk: Desk) -> None:
    give_out(desk, "ZH-000101", "105")
    cases = [opened(desk) for _ in range(2)]
    issue_form(desk, cases[0], "letter")
    void_number(desk, "ZH-000102", "撕坏")
    assert custody(desk.store.path).gaps == ()
    desk.perform(cases[1], forms.IssueForm(form="letter", number="ZH-000104"))
    assert [run.first for run in custody(desk.store.path).gaps] == ["ZH-000103"]
    assert (numbered(desk, "ZH-000103"), numbered(desk, "ZH-000105")) == (Where.GAP, Where.UNUSED)


def test_a_slip_in_hand_is_not_odd_for_a_form_that_came_after_it(desk: Desk) -> None:
    case_id = opened(desk)
    number = desk.issue_slip(case_id).case.slip.number
    desk.perform(case_id, DONE)
    desk.perform(case_id, cmd.ReceivePaper(number=number))
    issue_form(desk, case_id, "letter")
    assert Oddity.UNFILED not in find_number(desk, number).odd


INK = Ink("ZH-000001", "1")
SEAL = Ink("ZH-000001", "1", seal=True)


@pytest.mark.parametrize(
    ("place", "signing", "how"),
    [
        (1, Signing(HEAD, PIN, "head"), SignedBy.PIN),
        (1, Signing(HEAD, role="head", ink=INK), SignedBy.INK),
        (2, Signing("王秀兰", ink=INK), SignedBy.INK),
        (2, Signing("翠湖贸易公司", ink=SEAL), SignedBy.SEAL),
        (3, Signing("王秀兰", ink=INK), SignedBy.INK),
    ],
)
def test_a_place_is_signed_in_each_way_that_it_allows(
    desk: Desk, place: int, signing: Signing, how: SignedBy
) -> None:
    case_id = opened(desk)
    issue_form(desk, case_id, "letter")
    event = signed(desk, case_id, place, signing)
    assert (event.how, event.name, event.subject) == (how, signing.name, f"form:letter:{place}")
    report = form_report(case_report(desk, case_id), "letter")
    name, words = FormValues(report.of, report.number, {}, closing=False).signed(
        LETTER.signers[place - 1], place_subject("letter", place)
    )
    assert name == signing.name
    assert {"pin": "PIN", "ink": "in ink", "seal": "sealed, seen by"}[how.value] in words
    given = signature_object(report.of.case.sign_offs[0], desk.rules.calendar.tz)
    sealed = json.loads(json.dumps(given))["ink"]
    assert (sealed["seal"] if sealed else None) == (
        None if how is SignedBy.PIN else how is SignedBy.SEAL
    )
    with pytest.raises(Refusal, match="already_agreed"):
        signed(desk, case_id, place, signing)
    assert Record(desk.store, desk.clock).verify(None).sound


@pytest.mark.parametrize(
    ("place", "signing", "code"),
    [
        (1, Signing(HEAD, role="head", ink=SEAL), "way_not_allowed"),
        (1, Signing("路人", role="head", ink=INK), "not_in_role"),
        (2, Signing(OPERATOR, ink=INK), "ink_own"),
        (2, Signing("公司", ink=Ink("", "1", seal=True)), "ink_paper_missing"),
        (2, Signing("公司", ink=Ink("ZH-1", " ", seal=True)), "ink_page_missing"),
        (2, Signing(" ", ink=SEAL), "ink_name_missing"),
        (2, Signing(HEAD, PIN), "way_not_allowed"),
        (3, Signing("公司", ink=SEAL), "way_not_allowed"),
        (4, Signing("王秀兰", ink=INK), "not_signed_for"),
        (9, Signing("王秀兰", ink=INK), "not_signed_for"),
    ],
)
def test_in_any_other_way_it_is_refused_and_nothing_is_written(
    desk: Desk, place: int, signing: Signing, code: str
) -> None:
    case_id = opened(desk)
    before = len(desk.store.entries(case_id))
    with pytest.raises(Refusal, match=code):
        signed(desk, case_id, place, signing)
    assert len(desk.store.entries(case_id)) == before


def test_agreed_by_phone_it_is_owed_as_a_duty_and_made_good_in_ink(desk: Desk) -> None:
    case_id = opened(desk)
    done = take_form(desk, case_id, "letter", FormBack(by_phone=((1, HEAD),)))
    (duty,) = [each for each in done.duties if each.clock == "signature"]
    assert (duty.do, duty.pending) == ("forms", True)
    with pytest.raises(Refusal, match="not_by_phone"):  # nobody's word by telephone is a signature
        take_form(desk, case_id, "letter", FormBack(by_phone=((3, "王秀兰"),)))
    done = take_form(
        desk, case_id, "letter", FormBack(signings=((1, Signing(HEAD, role="head", ink=INK)),))
    )
    (duty,) = [each for each in done.duties if each.clock == "signature"]
    assert not duty.pending
    (sign_off,) = done.case.sign_offs
    assert (sign_off.how, sign_off.owed, sign_off.ink is not None) == (SignedBy.PHONE, False, True)


def test_no_seal_signs_what_a_person_has_to(desk: Desk) -> None:
    case_id = opened(desk)
    desk.perform(case_id, DONE)
    desk.perform(case_id, cmd.ReceivePaper(number="FW-1"))
    sealed = cmd.SignPaper(signer="公司", role="", ink=SEAL)
    with pytest.raises(Refusal, match="seal_not_allowed"):
        desk.perform(case_id, sealed)
    ref = desk.procedure_ref
    found = desk.rulebook.procedure(ref)
    paper = replace(found.closing_paper, seal=True)
    desk.rulebook._procedures[ref] = replace(found, closing_paper=paper)
    case = desk.perform(case_id, sealed).case
    assert (case.slip.signed_by, case.slip.ink) == ("公司", replace(SEAL, seen_by=OPERATOR))


@pytest.mark.rule("P5-05", "recorded")
def test_a_register_has_the_cases_of_its_month_and_no_others(desk: Desk) -> None:
    ref = desk.procedure_ref
    found = desk.rulebook.procedure(ref)
    listed = replace(LETTER, id="book", prefix="", scope="list", signers=())
    desk.rulebook._procedures[ref] = replace(found, forms=(*found.forms, listed))
    mine = opened(desk)
    assert isinstance(desk.clock, SetClock)
    desk.clock.at = local("2026-11-30 23:59:59")
    last = opened(desk)
    desk.clock.at = local("2026-12-01 00:00")
    opened(desk)
    (book,) = running_books(desk, "2026-11")
    assert (book.form.id, [each.case.id for each in book.cases]) == ("book", [mine, last])
    with pytest.raises(Refusal, match="month_ahead"):
        running_books(desk, "2027-01")


CHASED = Deadline(
    *("P0-08", Label("催收表单", "Get the form back"), ("forms_out",), "2h"),
    until=("forms_back", "form_asked"),
    do="forms",
    id="P0-08/forms",
    repeat="form_asked",
    anew="forms_out",
    cancels=("invalid",),
    conditional=True,
)


def chase_duties(desk: Desk, case_id: str) -> list[tuple[datetime | None, bool]]:
    """When each duty to have the forms back is or was due, and whether it is pending."""
    found = desk.record(case_id).duties
    return [(each.due, each.pending) for each in found if each.clock == CHASED.id]


@pytest.mark.rule("P0-08")
def test_forms_that_are_out_are_chased_until_the_last_of_them_is_back(desk: Desk) -> None:
    ref = desk.procedure_ref
    known = desk.rulebook.procedure(ref)
    desk.rulebook._procedures[ref] = replace(known, clocks=(*known.clocks, CHASED))
    assert isinstance(desk.clock, SetClock)
    start, case_id = desk.clock.now(), opened(desk)
    assert chase_duties(desk, case_id) == []
    issue_form(desk, case_id, "letter")
    desk.clock.forward(minutes=30)
    other = issue_form(desk, case_id, "other")
    first = start + timedelta(hours=2)
    assert chase_duties(desk, case_id) == [(first, True)], "from the first one that is out"
    (letter, sheet) = (found.out[0] for found in reversed(out_by_range(desk)))
    assert (letter.due, sheet.due) == (first, first)
    desk.clock.forward(minutes=30)
    ask_form(desk, letter)
    again = start + timedelta(hours=3)
    assert chase_duties(desk, case_id) == [(first, False), (again, True)]
    (asked,) = [f.out[0] for f in out_by_range(desk) if f.prefix == "ZH-"]
    assert (asked.due, asked.asked_at) == (again, desk.clock.now())
    take_form(desk, case_id, "letter", FormBack(in_hand=True))
    assert chase_duties(desk, case_id)[-1] == (again, True), "the other one is still out"
    with pytest.raises(Refusal, match="paper_already_received"):
        ask_form(desk, letter)
    void_number(desk, other, "撕坏")
    assert chase_duties(desk, case_id)[-1] == (again, False), "what is void is asked for no more"
    desk.clock.forward(minutes=30)
    issue_form(desk, case_id, "other")
    assert chase_duties(desk, case_id)[-1] == (desk.clock.now() + timedelta(hours=2), True)
