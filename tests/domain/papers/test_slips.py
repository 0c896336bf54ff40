"""Custody: every number in exactly one place, every oddity said, whom to ask."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatcher_tui.domain.papers.chasing import (
    chase_list,
    chase_step,
    chased,
    lead_of,
    leading_roles,
)
from dispatcher_tui.domain.papers.custody import (
    Oddity,
    SlipPosition,
    SlipRegister,
    Void,
    running,
    runs,
)
from dispatcher_tui.domain.papers.pads import Pad, PadError, parse_pad, resolve, tidy, well_formed
from dispatcher_tui.domain.papers.slips import SlipRecord, Where, band_of, papers_of
from dispatcher_tui.domain.record.case import Case, FormerPaper, Grade, Slip
from dispatcher_tui.domain.words.people import Person
from dispatcher_tui.domain.words.terms import Stage
from tests.domain.support import P0, P4, rules

AT = datetime(2026, 11, 20, 4, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")
PAD = Pad("FW-", 101, 110, 6, "黄志明", "huangzhiming")


def held(number: str, where: Where, case: str = "1", **fields: object) -> SlipRecord:
    """One paper of a case of that id."""
    given = {"nth": 0, "place": "", **fields}
    return SlipRecord(case_id=case, case=f"261120-{case:>02}", where=where, number=number, **given)  # type: ignore[arg-type]


def case_with(slip: Slip, *papers: Slip, stage: Stage = Stage.NOTIFIED) -> Case:
    """A case with a paper and some of before."""
    written = AT if stage.handled and stage is not Stage.INVALID else None
    return Case(
        id="c",
        number="261120-01",
        procedure="p",
        calendar="c",
        stage=stage,
        grades=(Grade("ordinary", "P0-00", AT),),
        opened_at=AT,
        received_at=AT,
        written_off_at=written,
        slip=slip,
        papers=tuple(FormerPaper(each, n) for n, each in enumerate(papers, 1)),
    )


RECEIVED = Slip(number="7", received_at=AT)
SIGNED = msgspec.structs.replace(RECEIVED, signed_at=AT)
FILED = msgspec.structs.replace(SIGNED, filed_at=AT, charge_fen=1250)


@pytest.mark.rule("P0-08")
@pytest.mark.parametrize(
    ("slip", "stage", "where"),
    [
        (Slip(), Stage.OPEN, None),
        (Slip(number="7"), Stage.OPEN, Where.ISSUED),
        (Slip(), Stage.WRITTEN_OFF, Where.OWED),
        (Slip(number="7"), Stage.WRITTEN_OFF, Where.OWED),
        (Slip(number="7"), Stage.INVALID, Where.LEFT),
        (Slip(), Stage.INVALID, None),
        (RECEIVED, Stage.WRITTEN_OFF, Where.IN_HAND),
        (SIGNED, Stage.WRITTEN_OFF, Where.SIGNED),
        (FILED, Stage.WRITTEN_OFF, Where.FILED),
        (FILED, Stage.FINAL, Where.FILED),
    ],
)
def test_where_the_paper_of_a_case_is(slip: Slip, stage: Stage, where: Where | None) -> None:
    found = papers_of(case_with(slip, stage=stage), {})
    assert [paper.where for paper in found] == ([] if where is None else [where])


def test_papers_of_before_keep_their_place() -> None:
    before = (Slip(number="5"), msgspec.structs.replace(FILED, number="6"), RECEIVED)
    found = papers_of(case_with(Slip(number="8"), *before), {})
    assert [(p.number, p.where, p.nth) for p in found] == [
        ("5", Where.LEFT, 0),
        ("6", Where.FILED, 1),
        ("7", Where.IN_HAND, 2),
        ("8", Where.ISSUED, 3),
    ]


def standings(papers: list[SlipRecord], voids: tuple[str, ...] = ()) -> dict[str, SlipPosition]:
    """Every number of the pad and outside of it."""
    book = SlipRegister([PAD], [Void(n, "torn", AT, "x") for n in voids], papers)
    return {each.number: each for each in book.all()}


def test_a_gap_is_below_the_highest_used_and_nothing_else() -> None:
    found = standings([held("FW-000104", Where.OWED)], voids=("FW-000102", "FW-000109"))
    assert {n[-3:]: each.where for n, each in found.items()} == {
        "101": Where.GAP,
        "102": Where.VOID,
        "103": Where.GAP,
        "104": Where.OWED,
        **dict.fromkeys(("105", "106", "107", "108", "110"), Where.UNUSED),
        "109": Where.VOID,
    }


def test_gaps_in_a_row_are_one_line() -> None:
    book = SlipRegister(
        [PAD], [], [held("FW-000103", Where.FILED), held("FW-000105", Where.FILED, "2")]
    )
    found = runs(book.of_pad(PAD), Where.GAP)
    assert [(run.first, run.last, run.count) for run in found] == [
        ("FW-000101", "FW-000102", 2),
        ("FW-000104", "FW-000104", 1),
    ]


def test_another_paper_came_in_than_was_issued() -> None:
    found = standings([held("FW-000105", Where.IN_HAND, issued="FW-000104")])
    assert found["FW-000104"].where is Where.OTHER
    assert found["FW-000105"].where is Where.IN_HAND
    assert {found[n].odd for n in ("FW-000104", "FW-000105")} == {(Oddity.OTHER,)}


def test_a_number_on_two_cases_is_used_twice() -> None:
    papers = [held("FW-000101", Where.FILED), held("FW-000101", Where.OWED, "2")]
    found = standings(papers)["FW-000101"]
    assert (found.where, found.odd) == (Where.FILED, (Oddity.TWICE,))


def test_a_paper_of_before_that_never_came_is_no_second_use() -> None:
    papers = [held("FW-000101", Where.LEFT), held("FW-000101", Where.FILED, nth=1)]
    assert standings(papers)["FW-000101"].odd == ()


def test_both_papers_of_one_case_in_hand_are_two() -> None:
    papers = [held("FW-000101", Where.FILED), held("FW-000101", Where.FILED, nth=1)]
    assert standings(papers)["FW-000101"].odd == (Oddity.TWICE,)


def test_a_void_paper_that_came_in_is_here_and_odd() -> None:
    found = standings([held("FW-000101", Where.FILED)], voids=("FW-000101",))["FW-000101"]
    assert (found.where, found.odd) == (Where.FILED, (Oddity.VOID_CAME_IN,))


def test_a_void_paper_that_is_out_is_void() -> None:
    found = standings([held("FW-000101", Where.OWED)], voids=("FW-000101",))["FW-000101"]
    assert (found.where, found.odd) == (Where.VOID, ())


def test_a_paper_in_hand_of_a_reopened_case_was_never_filed() -> None:
    papers = [held("FW-000101", Where.SIGNED), held("FW-000102", Where.ISSUED, nth=1)]
    found = standings(papers)
    assert found["FW-000101"].odd == (Oddity.UNFILED,)
    assert found["FW-000102"].odd == ()


def test_a_number_of_no_pad_is_outside() -> None:
    found = standings([held("9", Where.FILED)])["9"]
    assert (found.where, found.pad, found.odd) == (Where.FILED, None, (Oddity.OUTSIDE,))


_SPOTS = (Where.ISSUED, Where.OWED, Where.IN_HAND, Where.SIGNED, Where.FILED, Where.LEFT)


@st.composite
def _papers(draw: st.DrawFn) -> list[SlipRecord]:
    number = st.integers(95, 116).map(lambda n: f"FW-{n:06d}")
    found = []
    for case in range(draw(st.integers(0, 8))):
        where = draw(st.sampled_from(_SPOTS))
        issued = draw(st.one_of(st.just(""), number))
        came = draw(number) if where in (Where.IN_HAND, Where.SIGNED, Where.FILED) else issued
        found.append(held(came, where, str(case), issued=issued))
    return found


@given(_papers(), st.sets(st.integers(99, 112), max_size=4), st.integers(0, 108))
def test_every_number_is_in_exactly_one_place(
    papers: list[SlipRecord], voids: set[int], counter: int
) -> None:
    pads = [PAD, Pad("FW-", 113, 115, 6)]
    void = [Void(f"FW-{n:06d}", "lost", AT, "x") for n in voids]
    known = {n for p in papers for n in (p.number, p.issued) if n} | {v.number for v in void}
    own = running({"FW-": counter}, known, pads)
    found = [each for each in SlipRegister([*pads, *own], void, papers).all() if each.number]
    numbers = [each.number for each in found]
    assert len(numbers) == len(set(numbers))
    assert set(numbers) >= known | {
        pad.number(n) for pad in pads for n in range(pad.first, pad.last)
    }
    used = {n for p in papers for n in (p.number, p.issued)}
    for each in found:
        on_case = each.number in used
        is_void = each.number in {v.number for v in void}
        if not on_case and not is_void:
            assert each.where in (Where.GAP, Where.UNUSED)
        elif not on_case:
            assert each.where is Where.VOID
        else:
            assert each.where not in (Where.GAP, Where.UNUSED)
        assert (Oddity.OUTSIDE in each.odd) == (each.pad is None)


def test_the_running_range_begins_with_what_is_known_and_leaves_pads_out() -> None:
    own = running({"FW-": 104}, ["FW-000099", "FW-000101", "X-1", "FW-000200"], [PAD])
    assert [(pad.first, pad.last, pad.own) for pad in own] == [(99, 104, True)]
    book = SlipRegister([PAD, *own], [], [held("FW-000099", Where.FILED)])
    assert [each.number for each in book.of_pad(own[0])] == ["FW-000099", "FW-000100"]


def test_a_width_other_than_the_pads_is_another_number() -> None:
    assert PAD.holds("FW-000101") == 101
    assert [PAD.holds(n) for n in ("FW-101", "FW-0000101", "FW-00010x", "000101", "FW-")] == [
        None
    ] * 5
    assert Pad("A", 1, 2000, 3).holds("A1500") == 1500


@pytest.mark.parametrize(
    ("first", "last", "pad"),
    [
        ("FW-000101", "FW-000150", (101, 150, 6, "FW-")),
        ("fw-000101", "150", (101, 150, 6, "FW-")),
        ("FW-010001", "50", (10001, 10050, 6, "FW-")),
        ("ＦＷ－０００１０１", "000101", (101, 101, 6, "FW-")),
        (" 0007 ", "12", (7, 12, 4, "")),
        ("服301", "309", (301, 309, 3, "服")),
    ],
)
def test_a_pad_as_it_is_typed(first: str, last: str, pad: tuple[int, int, int, str]) -> None:
    found = parse_pad(first, last, "FW-")
    assert (found.first, found.last, found.digits, found.prefix) == pad


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        ("FW-", "150", "form"),
        ("", "150", "form"),
        ("FW-101", "GW-150", "last"),
        ("FW-101", "", "last"),
        ("FW-101", "1500", "last"),
        ("FW-150", "101", "backwards"),
        ("FW-00000", "10000", "long"),
    ],
)
def test_a_pad_that_cannot_be(first: str, last: str, code: str) -> None:
    with pytest.raises(PadError) as refused:
        parse_pad(first, last, "FW-")
    assert refused.value.code == code


def test_the_longest_pad_that_can_be() -> None:
    assert parse_pad("FW-00000", "09999").last == 9999


def test_a_typed_number_is_taken_for_the_nearest_pads() -> None:
    other = Pad("GW-", 100, 199, 6)
    assert resolve("104", [PAD, other]) == "FW-000104"
    assert resolve("111", [PAD, other]) == "GW-000111"
    assert resolve("gw-000150", [PAD, other]) == "GW-000150"
    assert resolve("ＦＷ－０００１０４", [PAD]) == "FW-000104"
    assert resolve("hello", [PAD]) == "hello"
    assert tidy(" FW- 0001\u202e04\n") == "FW-000104"
    assert [well_formed(n) for n in ("FW-1", "7", "FW-", "", "x y7")] == [
        True,
        True,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("age", "band"),
    [
        (timedelta(), 0),
        (timedelta(days=2) - timedelta(seconds=1), 0),
        (timedelta(days=2), 1),
        (timedelta(days=4) - timedelta(seconds=1), 1),
        (timedelta(days=4), 2),
        (timedelta(days=8) - timedelta(seconds=1), 2),
        (timedelta(days=8), 3),
        (timedelta(days=400), 3),
    ],
)
def test_ages_by_whole_days(age: timedelta, band: int) -> None:
    assert band_of(held("1", Where.OWED, written_off_at=AT), AT + age) == band


def person(name: str, role: str, group: str, **fields: object) -> Person:
    """Somebody on the roster."""
    return Person(id=name, name=name, role=role, group=group, **fields)  # type: ignore[arg-type]


CREW = [
    person("manager", "security_manager", "security"),
    person("day", "security_lead", "security"),
    person("gone", "security_lead", "security", valid_until=date(2026, 1, 1)),
    person("guard", "implementer", "security"),
    person("sweeper", "implementer", "cleaning"),
    person("head of cleaning", "dept_head", "cleaning"),
    person("alone", "implementer", ""),
]


def test_the_lead_of_a_squad_is_nearest_to_the_work_and_there() -> None:
    roles = leading_roles(rules(P0).procedure)
    assert roles.index("security_lead") < roles.index("security_manager")
    leads = {p.id: lead_of(p, CREW, roles, AT, SHANGHAI).id for p in CREW}
    assert leads["guard"] == "day"
    assert leads["manager"] == "manager"
    assert leads["sweeper"] == "head of cleaning"
    assert leads["alone"] == "alone"


def test_papers_are_asked_for_by_lead_the_oldest_first() -> None:
    papers = [
        held("3", Where.OWED, "3", person="", assignee="老周", written_off_at=AT),
        held("1", Where.OWED, "1", person="guard", written_off_at=AT + timedelta(hours=1)),
        held("2", Where.OWED, "2", person="day", written_off_at=AT + timedelta(hours=2)),
        held("4", Where.OWED, "4", person="sweeper", written_off_at=AT + timedelta(hours=3)),
    ]
    found = chase_list(papers, CREW, rules(P0).procedure, AT, SHANGHAI)
    assert [(c.name, [p.number for p in c.papers]) for c in found] == [
        ("老周", ["3"]),
        ("day", ["1", "2"]),
        ("head of cleaning", ["4"]),
    ]
    assert found[0].person is None


@pytest.mark.parametrize("procedure", [P0, P4])
def test_the_act_of_asking_is_found_by_the_papers_clock(procedure: str) -> None:
    step = chase_step(rules(procedure).procedure)
    assert step is not None
    assert step.rule == rules(procedure).procedure.closing_paper.rule


def test_a_paper_that_never_went_out_is_asked_of_nobody() -> None:
    procedure = rules(P0).procedure
    never, out, other = held("", Where.OWED), held("FW-1", Where.OWED), held("", Where.OWED)
    lost = msgspec.structs.replace(other, issued="FW-2")
    assert chased((never, out, lost), procedure) == (out, lost)
    paper = msgspec.structs.replace(procedure.closing_paper, outside=True)
    outside = msgspec.structs.replace(procedure, closing_paper=paper)
    assert chased((never,), outside) == (never,), "others make it: it is asked of them"
