"""The printed sheet of a review: every case once, what is missing stands out, fields to sign."""

from __future__ import annotations

from random import Random

from msgspec.structs import replace

from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.reviews.review import ReviewReport
from dispatcher_tui.domain.words.terms import ReviewOutcome, SignedBy
from dispatcher_tui.present.i18n import use
from dispatcher_tui.reports.printer import Reports
from dispatcher_tui.reports.reviews.review import review_document
from tests.domain.reviewing import HEAD, line, method, opened, stuck, walked
from tests.domain.support import P0, SHANGHAI, Story, local, rules
from tests.faults.hostility import hostile, judge_print
from tests.reports.readback import FONTS, in_order, pages_of

SITE, AT = "翠湖花园", local("2026-11-23 10:00")


def numbered(number: str, story: Story) -> Story:
    """The same case under a number of its own."""
    story._case = replace(story.case, id=number, number=number)
    return story


def paper(*stories: Story) -> ReviewReport:
    procedure = rules(P0).procedure
    routine = procedure.routine("review")
    assert routine is not None
    walk = walked(*stories)
    return ReviewReport(SITE, SHANGHAI, walk, procedure, routine, AT, "李建国", missed="2026-W46")


def some() -> ReviewReport:
    """One without a line, one the head decided by phone, one that is final."""
    decided = stuck()
    decided.do(method(how=SignedBy.PHONE))
    done = opened().write_off().after(minutes=1).paper()
    done.do(cmd.CloseFinal())
    done.at(AT).do(line(ReviewOutcome.FINAL))
    return paper(
        numbered("261118-01", opened()),
        numbered("261118-02", decided),
        numbered("261118-03", done),
    )


def printed(form: str, given: ReviewReport) -> bytes:
    return Reports(FONTS).report(given, form)


def test_every_case_is_on_it_once_with_what_is_missing() -> None:
    text = printed("txt", some()).decode()
    assert [text.count(f"261118-0{n}") for n in (1, 2, 3)] == [1, 2, 1]  # the second one twice:
    assert text.count("NO LINE YET") == 1  # among the open, and among what cannot be handled
    assert text.count("SIGNATURE OWED") == 1
    assert f"{HEAD} 11-23 09:00" in text
    assert "The review of 2026-W46 was missed" in text
    assert "每周一要对上周的投诉案做一次全面跟进" in text


def test_it_is_signed_by_who_reviews_and_by_who_decides() -> None:
    document = review_document(some())
    assert [(s.part, s.name) for s in document.signatures] == [
        ("Reviewed by", "李建国"),
        ("Head of the estate office", ""),
    ]


def test_the_pdf_says_the_same_in_chinese() -> None:
    use("zh")
    try:
        text = "".join(pages_of(printed("pdf", some())))
        assert in_order(text, ["周一全面跟进", "261118-01", "未写", "261118-02", "待补签"]) == []
    finally:
        use("en")


def test_whatever_was_said_steers_nothing() -> None:
    random = Random(9)
    for _ in range(20):
        story = opened()
        story.do(cmd.Correct(field="verbatim", value=hostile(random), reason="x"))
        story.do(line(ReviewOutcome.PROGRESS, f"x{hostile(random)}"))
        assert list(judge_print(printed("txt", paper(story)), "review")) == []
