"""Lists of fees on a real file: taken over, handed out, come back, acted on singly, forgotten."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.fees.acting_singly import case_of, open_line
from dispatcher_tui.desk.fees.fee_lists import (
    hand_out,
    list_of,
    month_now,
    names_of,
    note_outcomes,
    preview_fees,
    rest_of_fees,
    take_fees,
)
from dispatcher_tui.desk.site.forgetting import forget
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.fees.fee_list import counts_of
from dispatcher_tui.domain.record.case_line import Lane
from dispatcher_tui.domain.record.fee_events import FeeCounts, LineOutcome, LineResult
from dispatcher_tui.site.problems import SiteError
from dispatcher_tui.store.verify import verify
from tests.desk.fees.listed import HEADS, back, collecting, rooms, row, unpaid, written
from tests.desk.on_watch import put

MONTH = "2026-11"
OWED = 128050


def take(desk: Desk, folder: Path, text: str, of: str = "unpaid", month: str = "") -> None:
    take_fees(desk, preview_fees(desk, written(folder, "list.csv", text), of, month))


def refused(desk: Desk, folder: Path, text: str, of: str = "unpaid") -> list[tuple[str, str]]:
    """Each row that is refused, and why; nothing is written."""
    rows = desk.store.rows()
    with pytest.raises(SiteError) as error:
        take(desk, folder, text, of)
    assert desk.store.rows() == rows
    return [(each.key, each.code) for each in error.value.problems]


def owed(desk: Desk, case: str) -> set[str]:
    return {each.clock for each in desk.record(case).duties if each.pending}


def done(desk: Desk) -> list[str]:
    return sorted(key for key in desk.post.done if key.startswith("fee-"))


@pytest.mark.rule("P3-17", "recorded")
@pytest.mark.rule("P3-17", "who")
def test_a_list_is_taken_over_handed_out_and_ticked_off(tmp_path: Path) -> None:
    desk, places = collecting(tmp_path), rooms(24)
    take(desk, tmp_path, unpaid(places, "翠湖花园 2026年11月13日未缴清单"))
    fees = list_of(desk, "unpaid", MONTH)
    assert counts_of(fees.stands.values()) == FeeCounts(lines=24, fen=24 * OWED)
    line = fees.stands["1-1-0101"].line
    assert (line.months, line.fen, str(line.since), line.area) == (3, OWED, "2026-09-05", "1栋")
    assert names_of(desk, fees)["1-1-0101"]["keeper"] == "管理员1"
    assert done(desk) == []
    for n in range(1, 9):
        assert done(desk) == []
        hand_out(desk, "unpaid", MONTH, f"{n}栋", f"管理员{n}")
    assert done(desk) == ["fee-collection/listed:2026-11"]
    first, second, third, *rest = places
    said = [(first, "已缴", "1280.50"), (second, "已缴", "280.50"), (third, "拒缴", "")]
    take(desk, tmp_path, back([*said, *((each, "已提醒", "") for each in rest)]))
    (stand,) = (each for each in desk.post.fees)
    assert stand.counts == FeeCounts(
        lines=24, handed=24, back=24, settled=1, fen=24 * OWED, paid=156100
    )
    assert list_of(desk, "unpaid", MONTH).stands[second].left == 100000
    found = verify(desk.store)
    assert found.sound


def test_the_chain_has_rooms_and_sums_and_no_person(tmp_path: Path) -> None:
    desk = collecting(tmp_path)
    before = desk.store.last_seq()
    take(desk, tmp_path, unpaid(rooms(24)))
    hand_out(desk, "unpaid", MONTH, "1栋", "管理员1")
    query = "SELECT CAST(body AS TEXT) FROM journal WHERE seq > ?"
    bodies = "".join(line[0] for line in desk.store.db.all(query, (before,)))
    assert ('"1-1-0101"' in bodies, '"households":24' in bodies) == (True, True)
    assert "住户" not in bodies


def test_a_household_that_is_forgotten_stays_as_a_room(tmp_path: Path) -> None:
    desk, place = collecting(tmp_path), rooms(24)[4]
    take(desk, tmp_path, unpaid(rooms(24)))
    # A second text of the list, so that an older one has the household too.
    take(desk, tmp_path, unpaid(rooms(23)))
    gone = forget(desk, place)
    assert gone.held.texts >= 2
    fees = list_of(desk, "unpaid", MONTH)
    assert place in fees.stands
    assert place not in names_of(desk, fees)
    texts = desk.store.db.all("SELECT text FROM documents WHERE what = 'fees'")
    assert not any(f"住户{place}" in text for (text,) in texts)
    assert verify(desk.store).sound


def test_what_cannot_stand_is_told_by_its_row_and_nothing_is_filed(tmp_path: Path) -> None:
    desk, places = collecting(tmp_path), rooms(24)
    text = "\n".join(
        [
            HEADS,
            row(places[0]),
            row(places[0]),
            row("77-1-0101"),
            row(places[1], fen="约三百"),
            row(places[2], months="很久"),
            row(places[3], months="2026-12"),
            row(places[4], fen="0"),
            row(places[5], fen="#REF!"),
            row(places[6], fen="-3"),
            row(places[7]),
        ]
    )
    assert refused(desk, tmp_path, text) == [
        ("row 3 房号", "fee_twice"),
        ("row 4 房号", "fee_no_home"),
        ("row 5 欠费金额", "fee_amount_nonsense"),
        ("row 6 欠费月份", "fee_months"),
        ("row 7 欠费月份", "fee_months_ahead"),
        ("row 8 欠费金额", "fee_owes_nothing"),
        ("row 9 欠费金额", "mangled_error"),
        ("row 10 欠费金额", "fee_amount_negative"),
    ]
    with pytest.raises(SiteError) as error:
        preview_fees(desk, tmp_path / "list.csv", "unpaid")
    rest = rest_of_fees(error.value)
    assert rest is not None
    assert [each.line.place for each in rest.lines] == [places[0], places[7]]
    other = unpaid(places, "翠湖花园 2026年10月未缴清单")
    assert refused(desk, tmp_path, other) == [("", "fee_other_month")]
    assert refused(desk, tmp_path, back([(places[0], "已缴", "")])) == [("", "fee_back_first")]
    assert refused(desk, tmp_path, "姓名,部门\n张三,保安\n") == [("", "fee_no_heads")]
    take(desk, tmp_path, unpaid(places[:20]))
    take(desk, tmp_path, back([(places[0], "已缴", "")]))
    wrong = [
        (places[0], "已缴", "5"),
        (places[1], "已缴", "1280.51"),
        (places[21], "已提醒", ""),
        (places[2], "已送达", ""),
    ]
    assert refused(desk, tmp_path, back(wrong)) == [
        ("row 2 实收金额", "fee_settled"),
        ("row 3 实收金额", "fee_paid_over"),
        ("row 4 结果", "fee_not_on_list"),
        ("row 5 结果", "fee_no_such_result"),
    ]
    assert refused(desk, tmp_path, back([(places[3], "好像说了", "")])) == [
        ("row 2 结果", "fee_result")
    ]
    assert refused(desk, tmp_path, back([(places[3], "未缴", "0")])) == [("", "fee_nothing_back")]


def test_a_list_that_shrinks_has_to_be_meant_and_keeps_what_was_done(tmp_path: Path) -> None:
    desk, places = collecting(tmp_path), rooms(24)
    take(desk, tmp_path, unpaid(places))
    hand_out(desk, "unpaid", MONTH, "1栋", "管理员1")
    with pytest.raises(Refusal, match="list_takes_away"):
        take(desk, tmp_path, unpaid(places[:16]))
    take(desk, tmp_path, unpaid(places[:22]))
    stands = list_of(desk, "unpaid", MONTH).stands
    assert (len(stands), stands["1-1-0101"].keeper) == (22, "管理员1")


def test_handing_out_refuses_what_says_nothing(tmp_path: Path) -> None:
    desk, places = collecting(tmp_path), rooms(24)
    take(desk, tmp_path, unpaid(places))
    hand_out(desk, "unpaid", MONTH, "1栋", "管理员1")
    for area, keeper, code in (
        ("1栋", "管理员1", "fee_handed_twice"),
        ("1栋", "", "fee_keeper_missing"),
        ("99栋", "管理员1", "fee_no_area"),
    ):
        with pytest.raises(Refusal, match=code):
            hand_out(desk, "unpaid", MONTH, area, keeper)
    hand_out(desk, "unpaid", MONTH, "1栋", "王芳")
    assert list_of(desk, "unpaid", MONTH).stands["1-1-0101"].keeper == "王芳"
    paid = [LineOutcome(p, LineResult.PAID) for p in places if p.startswith("2-")]
    note_outcomes(desk, "unpaid", MONTH, paid)
    with pytest.raises(Refusal, match="fee_area_settled"):
        hand_out(desk, "unpaid", MONTH, "2栋", "管理员2")


@pytest.mark.rule("P3-19", "recorded")
def test_a_line_becomes_a_case_only_when_somebody_acts_on_it(tmp_path: Path) -> None:
    desk, places = collecting(tmp_path), rooms(24)
    take(desk, tmp_path, unpaid(places))
    assert desk.store.board(Lane.ALL) == []
    opened = open_line(desk, "unpaid", MONTH, places[0]).case
    assert (opened.place, opened.category) == (places[0], "arrears")
    assert opened.caller is not None
    assert opened.caller.name == f"住户{places[0]}"
    filled = {each.field: each.value for each in opened.filled}
    assert filled == {"unpaid_since": "2026-09-05", "owed_months": "3", "owed": "1280.50"}
    assert case_of(desk, "unpaid", MONTH, places[0]) == opened.id
    with pytest.raises(Refusal, match="fee_is_case"):
        open_line(desk, "unpaid", MONTH, places[0])
    # Paid in part it goes on; paid in full nobody is asked any more.
    note_outcomes(desk, "unpaid", MONTH, [LineOutcome(places[0], LineResult.PAID, 100000)])
    assert {"P3-17", "P3-18"} <= owed(desk, opened.id)
    note_outcomes(desk, "unpaid", MONTH, [LineOutcome(places[0], LineResult.PAID)])
    assert not {"P3-17", "P3-18"} & owed(desk, opened.id)
    with pytest.raises(Refusal, match="fee_settled"):
        note_outcomes(desk, "unpaid", MONTH, [LineOutcome(places[0], LineResult.PAID, 1)])
    assert verify(desk.store).sound


@pytest.mark.rule("P3-14", "recorded")
@pytest.mark.rule("P3-15", "recorded")
@pytest.mark.rule("P3-15", "who")
@pytest.mark.rule("P3-16", "recorded")
def test_notices_of_the_next_month_are_made_delivered_and_collected(tmp_path: Path) -> None:
    desk, places = collecting(tmp_path, "2026-11-28 10:00"), rooms(16)
    assert month_now(desk, "unpaid") == MONTH
    take(desk, tmp_path, unpaid(places), "notices", "2026-12")
    assert done(desk) == ["fee-collection/made_out:2026-11"]
    for n in range(1, 9):
        hand_out(desk, "notices", "2026-12", f"{n}栋", f"管理员{n}")
    assert done(desk) == ["fee-collection/made_out:2026-11"]
    said = [(each, "已送达", "") for each in places]
    take(desk, tmp_path, back(said), "notices", "2026-12")
    delivered = ["fee-collection/delivered:2026-12", "fee-collection/made_out:2026-11"]
    assert done(desk) == delivered
    put(desk, "2026-12-10 16:00")
    bank = [(each, "扣款成功", "") for each in places[:9]]
    failed = [(each, "扣款失败", "") for each in places[9:]]
    take(desk, tmp_path, back([*bank, *failed]), "notices", "2026-12")
    assert done(desk) == ["fee-collection/collected:2026-12", *delivered]
    counts = desk.post.fees[-1].counts
    assert (counts.settled, counts.back, counts.paid) == (9, 16, 9 * OWED)


@pytest.mark.rule("P3-18", "recorded")
@pytest.mark.rule("P3-18", "who")
def test_the_unpaid_of_the_23rd_are_handed_out_with_their_notices(tmp_path: Path) -> None:
    desk, places = collecting(tmp_path, "2026-11-23 10:00"), rooms(8)
    take(desk, tmp_path, unpaid(places), "dunned")
    for n in range(1, 9):
        assert done(desk) == []
        hand_out(desk, "dunned", MONTH, f"{n}栋", f"管理员{n}")
    assert done(desk) == ["fee-collection/dunned:2026-11"]
    assert list_of(desk, "dunned", MONTH).stands[places[7]].keeper == "管理员8"


def test_the_board_knows_nothing_of_two_thousand_lines_but_their_counts(tmp_path: Path) -> None:
    desk = collecting(tmp_path, count=2000)
    take(desk, tmp_path, unpaid(rooms(2000)))
    (stand,) = desk.post.fees
    assert stand.counts == FeeCounts(lines=2000, fen=2000 * OWED)
    assert len(msgspec.json.encode(desk.post.fees)) < 300
    assert desk.store.board(Lane.ALL) == []
