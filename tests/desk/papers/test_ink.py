"""Signed in ink on a real desk: each use case that signs, by each way, and how it reads."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from dispatcher_tui.desk.case.case_file import read_case
from dispatcher_tui.desk.case.intake import Intake
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.emergency.orders import issue_order
from dispatcher_tui.desk.operators import add_operator
from dispatcher_tui.desk.papers.case_reports import case_report
from dispatcher_tui.desk.record import Record
from dispatcher_tui.desk.reviews.months import (
    agree_month,
    comment_month,
    month_report,
    read_month,
    report_month,
    sign_month,
)
from dispatcher_tui.desk.reviews.reviews import Decision, decide_on, put_line
from dispatcher_tui.desk.reviews.weekly_check import HeadMark, owed_mark, sign_check, sign_owed_mark
from dispatcher_tui.desk.together import (
    PaperGiven,
    Signing,
    agree_by_phone,
    perform_signed,
    sign_owed,
    take_paper,
    write_off,
)
from dispatcher_tui.desk.watch.hand_over import sheet_now
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.record.case_line import Lane
from dispatcher_tui.domain.record.events import PaperSigned, Signed
from dispatcher_tui.domain.record.kinds import kind_of
from dispatcher_tui.domain.record.sign_off import Ink, ink_of
from dispatcher_tui.domain.record.watch_events import DeskSigned
from dispatcher_tui.domain.words.terms import (
    Fact,
    FeedbackBy,
    ReviewOutcome,
    Satisfaction,
    SignedBy,
    Stage,
)
from dispatcher_tui.present.case.timeline import said
from dispatcher_tui.present.i18n import use
from dispatcher_tui.reports.plain_text import text
from dispatcher_tui.reports.registry import document_of
from tests.desk.on_watch import open_desk, put
from tests.domain.support import local

HEAD, PIN, ROLE = "陈志强", "864257", "head"
PAPER = Ink("应急处置表 07", "2")
SEEN = Ink("应急处置表 07", "2", "王芳")
OFF = cmd.WriteOff(by=FeedbackBy.PHONE, source="张伟", satisfaction=Satisfaction.SATISFIED)

Act = Callable[[Desk, Signing], object]


def by_pin(name: str = HEAD, pin: str = PIN) -> Signing:
    return Signing(name, pin, ROLE)


def in_ink(name: str = HEAD, ink: Ink = PAPER) -> Signing:
    return Signing(name, role=ROLE, ink=ink)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk since the 9th of November, on which Wang Fang acts and the head may sign."""
    desk = open_desk(tmp_path, local("2026-11-09 08:00"), "王芳")
    add_operator(desk, HEAD, ROLE, PIN)
    return desk


def emergency(desk: Desk) -> str:
    case = put(desk, "2026-11-18 09:00").open_case(
        Intake(place="3-2-1502", said="冒烟", facts=(Fact.FIRE,))
    )
    return case.case.id


def stuck(desk: Desk) -> str:
    case_id = put(desk, "2026-11-18 09:00").open_case(Intake(place="3-2", said="泵坏")).case.id
    put(desk, "2026-11-23 09:00")
    put_line(desk, case_id, ReviewOutcome.CANNOT, "配件停产")
    return case_id


def over(desk: Desk) -> str:
    """An emergency that was stood down."""
    case_id = emergency(desk)
    desk.perform(case_id, cmd.StandDown(note="消防：已灭", why="没打通"))
    return case_id


def off(desk: Desk, signing: Signing) -> object:
    return write_off(desk, over(desk), OFF, [signing])


def owed(desk: Desk, signing: Signing) -> object:
    case_id = emergency(desk)
    done = agree_by_phone(desk, case_id, "head_signature", HEAD)
    return sign_owed(desk, case_id, done.case.sign_offs[0].key, signing)


def decision(desk: Desk, signing: Signing) -> object:
    return decide_on(desk, stuck(desk), Decision(text="请厂家", signing=signing))


def mark(desk: Desk, signing: Signing) -> object:
    put(desk, "2026-11-25 16:00")
    return sign_check(desk, HeadMark(signing=signing, remark="都看过了"))


def owed_of_the_week(desk: Desk, signing: Signing) -> object:
    put(desk, "2026-11-25 16:00")
    sign_check(desk, HeadMark(name=HEAD))
    found = owed_mark(desk)
    assert found is not None
    return sign_owed_mark(desk, found.key, signing)


def comment(desk: Desk, signing: Signing) -> object:
    put(desk, "2026-12-02 09:00")
    report_month(desk, "2026-11", "平稳")
    return comment_month(desk, "2026-11", "跟进及时", signing)


def owed_of_the_month(desk: Desk, signing: Signing) -> object:
    put(desk, "2026-12-02 09:00")
    report_month(desk, "2026-11", "平稳")
    agree_month(desk, "2026-11", "可以", HEAD)
    return sign_month(desk, "2026-11", signing)


def paper(desk: Desk, signing: Signing) -> object:
    case_id = put(desk, "2026-11-18 09:00").open_case(Intake(place="3-2", said="漏水")).case.id
    desk.perform(case_id, OFF)
    number = desk.issue_slip(case_id).case.slip.number
    given = PaperGiven(number=number, in_hand=True, signing=signing)
    return take_paper(desk, case_id, given)


EVERY = pytest.mark.parametrize(
    "act",
    [off, owed, decision, mark, owed_of_the_week, comment, owed_of_the_month, paper],
    ids=lambda act: act.__name__,
)


def signatures(desk: Desk) -> list[Entry]:
    """Every entry of a signature, in order; those agreed by phone are none."""
    entries = (desk.store.entry(seq) for seq in range(1, desk.store.last_seq() + 1))
    return [
        entry
        for entry in entries
        if entry is not None
        and isinstance(entry.event, Signed | DeskSigned | PaperSigned)
        and entry.event.how is not SignedBy.PHONE
    ]


def sound(desk: Desk) -> bool:
    return Record(desk.store, desk.clock).verify(None).sound


@EVERY
def test_in_ink_the_entry_says_who_where_and_the_actor_saw_it(desk: Desk, act: Act) -> None:
    act(desk, in_ink())
    (entry,) = signatures(desk)
    event = entry.event
    assert isinstance(event, Signed | DeskSigned | PaperSigned)
    name = event.signer if isinstance(event, PaperSigned) else event.name
    assert (name, event.role, ink_of(event, entry.actor)) == (HEAD, ROLE, SEEN)
    assert (entry.actor, entry.cosigner) == ("王芳", "")
    assert not [each for each in desk.post.sign_offs if each.owed]
    assert not list(sheet_now(desk).signatures)
    assert sound(desk)
    zone = desk.rules.calendar.tz
    use("zh")
    assert "手签（墨迹），王芳 见证，应急处置表 07 第 2 页" in said(entry, zone)
    use("en")
    assert "in ink, seen by 王芳, 应急处置表 07 p. 2" in said(entry, zone)


@EVERY
def test_by_pin_the_signer_is_the_cosigner_and_there_is_no_ink(desk: Desk, act: Act) -> None:
    act(desk, by_pin())
    (entry,) = signatures(desk)
    event = entry.event
    assert isinstance(event, Signed | DeskSigned | PaperSigned)
    assert (entry.cosigner, ink_of(event, entry.actor)) == (HEAD, None)
    assert "in ink" not in said(entry, desk.rules.calendar.tz)
    assert sound(desk)


@pytest.mark.sweep
@EVERY
@pytest.mark.parametrize(
    ("signing", "code"),
    [
        (in_ink(" "), "ink_name_missing"),
        (in_ink(ink=Ink("", "2")), "ink_paper_missing"),
        (in_ink(ink=Ink("\x1b\n", "2")), "ink_paper_missing"),
        (in_ink(ink=Ink("表 07", " ")), "ink_page_missing"),
        (in_ink("王芳"), "ink_own"),
        (in_ink("路人"), "not_in_role"),
        (in_ink("李建国"), "not_in_role"),
        (by_pin(pin="0000"), "pin_wrong"),
        (by_pin("李建国", "246813"), "wrong_role"),
    ],
    ids=str,
)
def test_what_is_no_signature_writes_none(
    desk: Desk, act: Act, signing: Signing, code: str
) -> None:
    if act is paper:
        # The shipped slip may be signed by anybody; another role is none only where one is asked.
        signing = Signing(signing.name, signing.pin, ROLE, ink=signing.ink)
    with pytest.raises(Refusal) as caught:
        act(desk, signing)
    assert caught.value.code == code
    assert signatures(desk) == []
    assert sound(desk)


def test_where_nobody_is_known_in_a_role_ink_is_refused_to_who_is_known_in_another(
    desk: Desk,
) -> None:
    case_id = emergency(desk)
    holder = Signing("周海涛", role="nobody_has_it", ink=PAPER)
    with pytest.raises(Refusal) as caught:
        write_off(desk, case_id, OFF, [holder])
    assert caught.value.code == "wrong_role"


def test_where_any_may_sign_in_ink_their_role_is_what_they_are_known_as(desk: Desk) -> None:
    act = paper
    act(desk, Signing(HEAD, ink=PAPER))
    (entry,) = signatures(desk)
    assert isinstance(entry.event, PaperSigned)
    assert entry.event.role == ROLE


def test_a_step_signed_in_ink_has_an_entry_of_the_signature_beside_it(desk: Desk) -> None:
    case_id = emergency(desk)
    step = cmd.RecordStep(step="aftermath_over", note="结案")
    with pytest.raises(Refusal) as caught:
        perform_signed(desk, case_id, [step], in_ink())
    assert caught.value.code == "not_signed_for", "the shipped procedure has it signed by nobody"
    assert perform_signed(desk, case_id, [step], by_pin()).entries[-1].cosigner == HEAD
    assert perform_signed(desk, case_id, [step], None).entries[-1].cosigner == ""


@pytest.mark.rule("E-06")
@pytest.mark.rule("E-07")
@pytest.mark.rule("E-08")
@pytest.mark.rule("E-09")
def test_written_off_in_ink_the_handling_the_aftermath_and_the_orders_live_on(desk: Desk) -> None:
    case_id = emergency(desk)
    order = issue_order(desk, case_id, "郭总", "封闭一单元").case
    desk.perform(case_id, cmd.StandDown(note="消防：已灭", why="没打通"))
    done = write_off(desk, case_id, OFF, [in_ink()])
    assert done.case.stage is Stage.WRITTEN_OFF
    running = {duty.rule for duty in done.duties if duty.pending and duty.due}
    assert {"E-06", "E-07"} <= running
    assert not desk.record(order.id).case.stage.handled
    due = next(duty.due for duty in done.duties if duty.rule == "E-06")
    assert due == local("2026-11-18 11:00")
    fired = []
    for at in ("2026-11-18 10:59:59", "2026-11-18 11:00:00", "2026-11-18 11:00:01"):
        put(desk, at)
        events = [entry.event for each in desk.fire() for entry in each.entries]
        fired.append([getattr(e, "rule", "") for e in events if getattr(e, "case", "") == case_id])
    assert [rules.count("E-06") for rules in fired] == [0, 1, 0]
    line = next(line for line in desk.store.board(Lane.ALL) if line.id == case_id)
    assert (line.open, line.next_rule) == (True, "E-06")
    sheet = sheet_now(desk)
    told = [duty.rule for duty in sheet.duties if duty.number == done.case.number]
    assert {"E-06", "E-07"} <= set(told)
    assert order.number in {case.number for case in sheet.cases}
    steps = [step.id for step in read_case(desk, case_id).steps_open]
    assert {"handling_followed", "aftermath_followed"} <= set(steps)
    for step in ("handling_followed", "aftermath_followed"):
        desk.perform(case_id, cmd.RecordStep(step=step, note="问过了"))
    pending = [d.rule for d in desk.record(case_id).duties if d.pending and d.due]
    assert ("E-06" in pending, "E-07" in pending) == (False, True)


def test_the_dispatch_record_and_the_month_say_how_it_was_signed(desk: Desk) -> None:
    case_id = over(desk)
    agree_by_phone(desk, case_id, "head_signature", HEAD)
    write_off(desk, case_id, OFF, [in_ink()])
    words = " ".join(text(document_of(case_report(desk, case_id))).split())
    assert "agreed by phone" in words
    assert "in ink, seen by 王芳, 应急处置表 07 p. 2".replace(" ", "") in words.replace(" ", "")
    put(desk, "2026-12-02 09:00")
    report_month(desk, "2026-11", "平稳")
    comment_month(desk, "2026-11", "跟进及时", in_ink())
    found = read_month(desk, "2026-11").sign_off
    assert found is not None
    assert (found.how, found.ink, found.owed) == (SignedBy.INK, SEEN, False)
    words = " ".join(text(document_of(month_report(desk, "2026-11"))).split())
    assert words.count("in ink, seen by 王芳, 应急处置表 07 p. 2") >= 1


def test_an_entry_of_before_has_no_ink(desk: Desk) -> None:
    off(desk, by_pin())
    (entry,) = signatures(desk)
    assert kind_of(type(entry.event)) == "signed"
    assert isinstance(entry.event, Signed)
    assert (entry.event.paper, entry.event.page, entry.event.how) == ("", "", SignedBy.PIN)


@pytest.mark.rule("E-09")
@pytest.mark.parametrize(
    ("name", "code"), [("路人", "not_in_role"), ("李建国", "not_in_role"), (HEAD, "")]
)
def test_the_command_by_itself_is_judged_by_who_is_known_in_the_role(
    desk: Desk, name: str, code: str
) -> None:
    case_id = over(desk)
    command = msgspec.structs.replace(OFF, signed={ROLE: name}, ink={ROLE: PAPER})
    if not code:
        desk.perform(case_id, command)
        assert len(signatures(desk)) == 1
        return
    with pytest.raises(Refusal) as caught:
        desk.perform(case_id, command)
    assert caught.value.code == code
    assert signatures(desk) == []
