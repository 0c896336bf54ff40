"""A number that is odd is asked about: each reason alone, together, none where all is well."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dispatcher_tui.domain.papers.custody import Oddity, Void
from dispatcher_tui.domain.papers.number_doubts import doubts_about
from dispatcher_tui.domain.papers.slips import SlipRecord, Where
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record.case import Slip
from dispatcher_tui.domain.record.paper_commands import CorrectPaperNumber
from dispatcher_tui.domain.words.terms import Stage
from tests.domain.support import P0, Story

AT = datetime(2026, 11, 20, 4, tzinfo=UTC)
ISSUED = Slip(number="FW-000002", issued="FW-000002", issued_at=AT)
VOID = Void("FW-000002", "torn", AT, "w")


def paper(where: Where, case: str = "b", **fields: object) -> SlipRecord:
    """A paper of another case, or of the one asked about ("a")."""
    given = {"number": "FW-000002", **fields}
    return SlipRecord(case_id=case, case=f"case {case}", place="", nth=0, where=where, **given)  # type: ignore[arg-type]


BEFORE = paper(Where.FILED, "a", received_at=AT)
OWN = paper(Where.OWED, "a", issued="FW-000002")


@pytest.mark.rule("P0-08")
@pytest.mark.parametrize(
    ("number", "slip", "papers", "void", "given_out", "odd"),
    [
        ("FW-000002", ISSUED, [OWN], None, True, []),
        ("fw-000002", ISSUED, [], None, True, []),
        ("FW-000002", Slip(), [], None, True, []),
        ("FW-000777", ISSUED, [], None, True, [Oddity.OTHER]),
        ("FW-000777", ISSUED, [], None, False, [Oddity.OTHER, Oddity.OUTSIDE]),
        ("FW-000777", Slip(), [], None, False, [Oddity.OUTSIDE]),
        ("FW-000002", ISSUED, [OWN], VOID, True, [Oddity.VOID_CAME_IN]),
        ("FW-000002", Slip(), [paper(Where.FILED)], None, True, [Oddity.TWICE]),
        ("FW-000002", Slip(), [paper(Where.ISSUED)], None, False, [Oddity.TWICE]),
        ("FW-000002", Slip(), [paper(Where.GONE)], None, True, []),
        ("FW-000002", Slip(), [paper(Where.LEFT, "a")], None, True, []),
        (
            "FW-000002",
            Slip(),
            [BEFORE],
            None,
            True,
            [Oddity.TWICE],
        ),
    ],
)
def test_what_is_asked_of_a_number(
    number: str,
    slip: Slip,
    papers: list[SlipRecord],
    void: Void | None,
    given_out: bool,
    odd: list[Oddity],
) -> None:
    found = doubts_about(number, slip, "a", papers, void, given_out=given_out)
    assert [doubt.odd for doubt in found] == odd
    assert all(doubt.number == number for doubt in found)


def test_the_other_case_is_named_by_its_paper_that_is_here() -> None:
    papers = [paper(Where.FILED, "b"), paper(Where.ISSUED, "c")]
    found = doubts_about("FW-000002", Slip(), "a", papers, None, given_out=True)
    assert [doubt.case for doubt in found] == ["case b"]
    assert [
        d.case for d in doubts_about("FW-000002", Slip(), "a", papers, None, given_out=True)
    ] == ["case b"]


def test_the_paper_in_hand_is_no_second_one_of_itself() -> None:
    slip = Slip(number="FW-000002", received_at=AT)
    itself = paper(Where.IN_HAND, "a", received_at=AT)
    assert doubts_about("FW-000002", slip, "a", [itself], None, given_out=True) == ()
    other = paper(Where.IN_HAND, "a", received_at=AT + timedelta(seconds=1))
    found = doubts_about("FW-000002", slip, "a", [itself, other], None, given_out=True)
    assert [doubt.odd for doubt in found] == [Oddity.TWICE]


def _final() -> Story:
    story = Story(P0, "2026-11-20 10:00").open().call().after(hours=1).write_off()
    story.do(cmd.ReceivePaper(number="FW-000777", despite=("outside",)))
    story.do(cmd.SignPaper(signer="w", role=""))
    story.do(cmd.FilePaper(binder="B", page="1"))
    story.do(cmd.CloseFinal())
    return story


@pytest.mark.rule("P0-08")
def test_a_number_is_corrected_also_when_its_case_is_final() -> None:
    story = _final()
    assert story.case.slip.despite == ("outside",)
    before = len(story.entries)
    story.do(CorrectPaperNumber(number=" ＦＷ-000002", reason="read wrongly"))
    slip = story.case.slip
    assert (slip.number, slip.despite, story.case.stage) == ("FW-000002", (), Stage.FINAL)
    assert slip.complete
    assert len(story.entries) == before + 1


@pytest.mark.parametrize(
    ("number", "reason", "code"),
    [
        (" ", "x", "paper_number_missing"),
        ("FW-000777", "x", "paper_number_same"),
        ("FW-000002", " ", "reason_missing"),
    ],
)
def test_a_correction_that_corrects_nothing_is_refused(number: str, reason: str, code: str) -> None:
    assert _final().refused(CorrectPaperNumber(number=number, reason=reason)).code == code


def test_a_paper_of_before_is_corrected_after_the_case_was_reopened() -> None:
    story = _final().after(hours=1)
    story.do(cmd.Reopen(reason="leaks again"))
    story.do(CorrectPaperNumber(number="FW-000002", reason="read wrongly"))
    assert story.case.papers[-1].slip.number == "FW-000002"
    assert story.case.slip == Slip()


def test_no_number_is_corrected_before_a_paper_came_in() -> None:
    story = Story(P0, "2026-11-20 10:00").open().call()
    asked = CorrectPaperNumber(number="FW-000002", reason="x")
    assert story.refused(asked).code == "paper_not_received"
