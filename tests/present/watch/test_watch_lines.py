"""What happened to the watch and the desk is told in whole sentences, in both languages."""

from __future__ import annotations

from datetime import timedelta, timezone

import pytest
from msgspec.structs import replace

from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record import watch_events as watch
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.record.kinds import KINDS, kind_of
from dispatcher_tui.domain.words.terms import SignedBy
from dispatcher_tui.present.case.timeline import entry_text
from dispatcher_tui.present.i18n import use
from dispatcher_tui.present.names import Glossary
from dispatcher_tui.present.reviews.record_words import RECORD_SENTENCES
from dispatcher_tui.present.watch.watch_lines import SENTENCES, subject_name
from tests.domain.support import shipped_procedure
from tests.present.watch_samples import AT, TOLD

ZONE = timezone(timedelta(hours=8))


@pytest.fixture(scope="module")
def names() -> Glossary:
    """The shipped procedure's names."""
    return Glossary(shipped_procedure("estate-dispatch"))


def told(event: ev.Event, names: Glossary, seq: int = 20) -> str:
    """The sentence an event has."""
    return entry_text(Entry(seq, AT, AT, "李建国", "", event), ZONE, names)


def test_every_kind_of_the_watch_has_a_sentence() -> None:
    of_the_watch = {cls for cls in KINDS.values() if issubclass(cls, watch.WatchEvent)}
    of_the_watch -= set(RECORD_SENTENCES)
    assert of_the_watch | {ev.Signed} == set(SENTENCES)


@pytest.mark.parametrize(("event", "chinese", "english"), TOLD, ids=lambda x: kind_of(type(x)))
def test_the_sentence_in_both_languages(
    event: ev.Event, chinese: str, english: str, names: Glossary
) -> None:
    use("zh")
    assert told(event, names) == chinese
    use("en")
    assert told(event, names) == english


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (watch.SignedIn(name="王芳"), "王芳 signed in"),
        (watch.DeskStarted(), "The program started"),
        (watch.DeskStarted(stopped_at=AT), "The program started; it had been left at 22:47"),
        (watch.DeskStopped(), "The program was left"),
        (
            watch.DeskStopped(reason=watch.StopReason.TERMINATED),
            "The machine ended the program in order",
        ),
        (
            watch.ClockJumped(before=AT, after=AT + timedelta(hours=2), seconds=7200.0),
            "The clock was set FORWARD by 2 h: from 22:47 to 11-22 00:47",
        ),
        (watch.SoundTested(heard=True), "The alarm was sounded: heard"),
        (watch.PinRefused(name="王芳", failures=1), "Wrong PIN for 王芳, 1 in a row"),
    ],
)
def test_what_is_not_there_is_not_said(event: ev.Event, words: str, names: Glossary) -> None:
    assert told(event, names) == words


def test_an_agreement_a_signature_and_one_made_good_differ(names: Glossary) -> None:
    pin = ev.Signed(case="c", subject="compensation", rule="P4-07", role="head", name="陈")
    phone = replace(pin, how=SignedBy.PHONE, remark="明早签")
    good = replace(pin, of="signature@x/compensation")
    who = "compensation, 陈 (Head of the estate office)"
    assert told(pin, names) == f"Signed: {who}"
    assert told(phone, names) == f"Agreed by phone, signature owed: {who}  明早签"
    assert told(good, names) == f"The owed signature was given: {who}"


def test_a_withdrawn_notice_is_named_by_its_own_words(names: Glossary) -> None:
    posted = Entry(12, AT, AT, "李建国", "", watch.NoticePosted(text="3栋停水", until=AT))
    known = Glossary(names.procedure, entries={12: posted})
    assert told(watch.NoticeWithdrawn(of=12), known) == "Notice withdrawn: 3栋停水"
    assert told(watch.NoticeWithdrawn(of=13), known) == "Notice withdrawn: entry 13"


def test_what_is_signed_without_a_name_keeps_its_own() -> None:
    assert subject_name("month:2026-11") == "Monthly Summary 2026-11"
    assert subject_name("audit:2026") == "desk duty 2026"
    assert subject_name("audit") == "audit"
