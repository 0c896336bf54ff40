"""Every kind of entry has its line in both languages; late and taken-back ones are marked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta, timezone

import pytest

from dispatcher_tui.domain.record import emergency_events as em
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record import kinds
from dispatcher_tui.domain.record import posting_events as posted
from dispatcher_tui.domain.record import record_events as rec
from dispatcher_tui.domain.record import spare_events as spare
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.record.month import Month
from dispatcher_tui.domain.record.watch_events import RoutineDone
from dispatcher_tui.domain.words.terms import (
    CallOutcome,
    Channel,
    FeedbackBy,
    FollowUpOutcome,
    Label,
    Responder,
    ReviewOutcome,
    Satisfaction,
)
from dispatcher_tui.present.case.kind_names import kind_name
from dispatcher_tui.present.case.timeline import entry_text, timeline
from dispatcher_tui.present.i18n import Language, use
from dispatcher_tui.present.names import Glossary
from tests.domain.support import shipped_procedure
from tests.present.watch_samples import AT, WATCH_SAMPLES

ZONE = timezone(timedelta(hours=8))
LANGUAGES: tuple[Language, ...] = ("zh", "en")

SAMPLES: tuple[ev.Event, ...] = (
    ev.CaseOpened(
        case="c",
        number="261121-03",
        procedure="p",
        calendar="k",
        received_at=AT,
        level="grave",
        level_rule="P0-04",
        place="3-2-1502",
        caller="王先生",
        phone="13900001111",
        category="leak",
        channel=Channel.VISIT,
    ),
    ev.LevelChanged(case="c", level="emergency", rule="E-01", reason="有人受伤"),
    ev.CallerRang(case="c", caller="李女士", phone="13800002222", said="怎么还没来"),
    ev.AssigneeNamed(case="c", person="zhangwei", name="张伟"),
    ev.CallTried(case="c", person="zhangwei", name="张伟", outcome=CallOutcome.BUSY),
    ev.ReadBack(case="c", person="zhangwei", name="张伟"),
    ev.SlipIssued(case="c", number="FW-000123"),
    ev.FollowedUp(case="c", outcome=FollowUpOutcome.ARRANGED, note="等配件"),
    ev.PromiseMade(case="c", due=AT + timedelta(minutes=40), to="caller", note="上门"),
    ev.StepRecorded(
        case="c", step="told_head", person="陈志强", note="知道了", values={"by": "电话"}
    ),
    ev.FeedbackReceived(case="c", by=FeedbackBy.PAPER, source="张伟"),
    ev.WrittenOff(
        case="c",
        items={"cause": "老化", "feedback": "张伟", "signed:head": "陈志强"},
        satisfaction=Satisfaction.FAIR,
        compensation_fen=8050,
    ),
    ev.PaperReceived(case="c", number="FW-000123"),
    ev.PaperSigned(case="c", signer="李建国"),
    ev.PaperFiled(case="c", binder="2026-11", page="17", charge_fen=12000),
    ev.ClosedFinal(case="c"),
    ev.JudgedValid(case="c", reason="属实"),
    ev.JudgedInvalid(case="c", reason="已解释"),
    ev.Reopened(case="c", reason="又漏了"),
    ev.NoteAdded(case="c", text="第一行\n第二行"),
    em.EmergencyNamed(case="c", kind="fire", place="3-2"),
    ev.Corrected(case="c", field="category", value="leak", reason="选错"),
    ev.TakenBack(case="c", of=(7, 8)),
    ev.DutyFellDue(case="c", duty="P0-05@20261121T144700.000000", rule="P0-05", due=AT),
    ev.Adopted(what="procedure", name="estate-dispatch", sha256="ab" * 32, text=".."),
    ev.OperatorAdded(name="王芳", role="dispatcher"),
    ev.OperatorChanged(name="王芳", what="pin_reset"),
    ev.OperatorsSealed(operators=(ev.SealedOperator("王芳", "dispatcher", False, "0" * 64),)),
    ev.LogNoted(text="巡查一遍", place="东门"),
    ev.BackupMade(file="a.sqlite3", head="f" * 64),
    ev.Restored(source="a.sqlite3", head="f" * 64),
    ev.CalledOff(case="c", reason="误按"),
    em.ResponderReported(case="c", person="yang", name="杨军", stage=Responder.ON_SCENE),
    em.StoodDown(case="c", note="赵主任：人已救出"),
    em.EmergencyResumed(case="c", reason="复燃"),
    em.OrderIssued(case="c", order="d", number="261121-04", by="孙明远", text="封闭一单元"),
    em.CardStepDone(case="c", kind="fire", step=0, text="拨119"),
    em.AlarmRepeated(case="c", times=3, said="回路3-13"),
    em.BranchAnswered(case="c", kind="fire", answer=0, question="门外有烟吗？", text="有"),
    *WATCH_SAMPLES,
    RoutineDone(routine="review", rule="P0-09", period="2026-W47", note="逐件跟过"),
    rec.Reviewed(case="c", week="2026-W47", standing=ReviewOutcome.ARRANGED, text="周三换泵"),
    rec.MethodSet(case="c", week="2026-W47", subject="method:1", name="陈志强", text="请厂家来"),
    rec.MonthReported(month="2026-11", figures=Month("2026-11"), seq=7, text="平稳"),
    rec.SlipsIssued(prefix="FW-", first=1, last=50, digits=6, to="张伟"),
    rec.SlipVoided(number="FW-000007", reason="撕坏"),
    rec.ChargesHandedOver(period="2026-11", charges=(), total_fen=1500, to="出纳"),
    rec.CorrectiveOpened(case="c", corrective="d", number="261118-02"),
    rec.RiseCorrected(about="ordinary:2026-11", corrective="d", number="261118-02"),
    rec.ChargesPrinted(of=9, copy=1),
    rec.PaperPrinted(title="服务单", file="slip-261121-04.pdf", sha256="ab" * 32, to="lp"),
    rec.PrintFailed(of=9, program="lp", reason="没有纸", code=1),
    rec.FormFilled(case="c", form="service_slip", values={"work": "换阀"}),
    rec.FormIssued(case="c", form="service_slip", number="LX-000001", to="张伟"),
    rec.FormReturned(case="c", number="LX-000001"),
    rec.FormAsked(case="c", number="LX-000001", name="张伟"),
    rec.FormVoided(case="c", number="LX-000002", reason="撕坏"),
    rec.FormFiled(case="c", number="LX-000001", binder="3", page="14"),
    posted.PostingsSet(case="c", form="sign", label=Label("标识", "Sign"), doors=("3-1", "门岗")),
    posted.PostingHung(case="c", form="sign", label=Label("标识", "Sign"), door="3-1", by="王强"),
    posted.PostingTakenDown(case="c", form="sign", label=Label("标识", "Sign"), door="3-1"),
    posted.HomesNamed(case="c", homes=("3-1-0101",)),
    posted.HomeRung(case="c", home="3-1-0101", outcome=CallOutcome.NO_ANSWER, note="再打"),
    spare.SpareSheetsPrinted(first=1, last=10),
    spare.SpareSheetKeyed(number=3, became="261118-02"),
    spare.SpareSheetKeyed(number=4),
    spare.SpareSheetVoided(number=5, reason="写坏"),
    rec.MarkedTypical(case="c", lessons="先关阀再找人"),
    rec.UnmarkedTypical(case="c", reason="重复"),
    rec.TextDeleted(sha256="ab" * 32, what="units", name="units.csv"),
    rec.HolidaysKnown(
        case="c",
        calendar="k2",
        years=(2027,),
        moved=(rec.MovedDue("k@1", "P0-05", AT, AT + timedelta(days=1)),),
    ),
    ev.Moved(
        case="c",
        before="p",
        to="q",
        reason="归机电管",
        old=Label("调度规程", "Dispatch"),
        new=Label("机电", "Plant"),
    ),
)


@pytest.fixture(scope="module")
def names() -> Glossary:
    """The shipped procedure, and one label for each sort of id."""
    return Glossary(
        shipped_procedure("estate-dispatch"),
        {"leak": Label("漏水", "Water leak")},
        {"fire": Label("起火", "Fire")},
    )


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Iterator[Language]:
    """Each language in turn."""
    use(request.param)
    yield request.param
    use("en")


def entry(event: ev.Event, seq: int = 7, late: float = 0, cosigner: str = "") -> Entry:
    """An entry of that event at AT, written down ``late`` seconds after."""
    return Entry(seq, AT, AT + timedelta(seconds=late), "李建国", cosigner, event)


def test_there_is_a_sample_of_every_kind() -> None:
    assert {kinds.kind_of(type(event)) for event in SAMPLES} == set(kinds.KINDS)


@pytest.mark.parametrize("event", SAMPLES, ids=lambda event: kinds.kind_of(type(event)))
def test_every_kind_has_a_line_and_a_name(
    event: ev.Event, language: Language, names: Glossary
) -> None:
    kind = kinds.kind_of(type(event))
    for glossary in (names, Glossary()):
        text = entry_text(entry(event), ZONE, glossary)
        assert text
        assert "\n" not in text
        assert "{" not in text
        assert "_" not in text.replace("told_head", "").replace("head_signature", "")
    assert kind_name(kind) not in ("", kind if "_" in kind else "")


def test_the_two_languages_differ(names: Glossary) -> None:
    for event in SAMPLES:
        use("zh")
        chinese = entry_text(entry(event), ZONE, names)
        use("en")
        assert chinese != entry_text(entry(event), ZONE, names)


def test_ids_stand_for_themselves_without_names() -> None:
    assert "told_head" in entry_text(entry(SAMPLES[9]), ZONE)
    assert "leak" in entry_text(entry(SAMPLES[0]), ZONE)


def test_ids_get_their_names(names: Glossary) -> None:
    assert "Water leak" in entry_text(entry(SAMPLES[0]), ZONE, names)
    assert "Grave" in entry_text(entry(SAMPLES[0]), ZONE, names)
    assert "Tell the head" in entry_text(entry(SAMPLES[9]), ZONE, names)
    assert "Fire" in entry_text(entry(SAMPLES[20]), ZONE, names)
    assert "First follow-up" in entry_text(entry(SAMPLES[23]), ZONE, names)


def test_times_are_the_sites() -> None:
    assert "23:27" in entry_text(entry(SAMPLES[8]), ZONE)


@pytest.mark.parametrize(("late", "minutes"), [(0, None), (60, None), (61, 1), (300, 5)])
def test_what_was_written_down_late_says_so(late: int, minutes: int | None) -> None:
    text = entry_text(entry(SAMPLES[19], late=late), ZONE)
    written = "22:48" if late < 120 else "22:52"
    mark = "" if minutes is None else f"(late +{minutes} min, written {written})"
    assert text.endswith(mark)
    assert ("late" in text) is (minutes is not None)


def test_late_in_chinese() -> None:
    use("zh")
    try:
        assert "（补记 +5分钟，记于 22:52）" in entry_text(entry(SAMPLES[19], late=300), ZONE)
    finally:
        use("en")


def test_a_cosigner_is_named() -> None:
    assert "co-signed by 陈志强" in entry_text(entry(SAMPLES[11], cosigner="陈志强"), ZONE)


def test_what_could_steer_a_terminal_is_taken_out() -> None:
    event = ev.NoteAdded(case="c", text="a\x1b[2Jb\u202ec[b]")
    assert entry_text(entry(event), ZONE) == "Remark  a[2Jbc[b]"


def test_what_was_taken_back_stays_and_is_marked() -> None:
    entries = [
        entry(SAMPLES[0], seq=6),
        entry(SAMPLES[19], seq=7),
        entry(ev.TakenBack(case="c", of=(7,)), seq=8),
    ]
    lines = timeline(entries, AT, ZONE)
    assert [("[taken back]" in line) for line in lines] == [False, True, False]
    assert lines[1].startswith("22:47 [taken back] Remark")


def test_what_was_taken_back_is_said_where_it_is_known() -> None:
    note, back = entry(SAMPLES[19], seq=7), entry(ev.TakenBack(case="c", of=(7,)), seq=8)
    assert entry_text(back, ZONE) == "Taken back: entry 7"
    assert entry_text(back, ZONE, Glossary(entries={7: note})).startswith("Taken back: Remark  ")
    assert timeline([note, back], AT, ZONE)[1].startswith("22:47 Taken back: Remark  ")
    half = entry(ev.TakenBack(case="c", of=(7, 99)), seq=8)
    assert entry_text(half, ZONE, Glossary(entries={7: note})) == "Taken back: entry 7, 99"


def test_two_that_take_each_other_back_are_told_all_the_same() -> None:
    first, second = (entry(ev.TakenBack(case="c", of=(9 - seq,)), seq=seq) for seq in (4, 5))
    known = Glossary(entries={4: first, 5: second})
    assert entry_text(first, ZONE, known) == "Taken back: Taken back: entry 4"


def test_who_wrote_a_line_is_said_where_it_changes() -> None:
    other = Entry(9, AT, AT, "王芳", "", SAMPLES[19])
    fired = Entry(8, AT, AT, "王芳", "", SAMPLES[23])
    lines = timeline([entry(SAMPLES[0]), entry(SAMPLES[19]), fired, other], AT, ZONE, actors=True)
    assert [line[-5:] for line in lines if line.endswith(")")] == ["(李建国)", " (王芳)"]


def test_an_older_day_has_its_date() -> None:
    assert timeline([entry(SAMPLES[19])], AT + timedelta(days=1), ZONE)[0].startswith("11-21 22:47")


def test_an_unknown_kind_keeps_its_name() -> None:
    assert kind_name("moon_landed") == "moon_landed"
