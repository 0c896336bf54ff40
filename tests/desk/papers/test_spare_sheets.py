"""Paper for a dark desk: pads numbered once, each sheet keyed in once, with its own time."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader

from dispatcher_tui.bootstrap import printer
from dispatcher_tui.desk.case.intake import Intake
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.papers.spare_sheets import key_in, print_pad, read_spares, void_sheet
from dispatcher_tui.domain.case.decide_spares import next_pad
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.papers.spare_sheets import MOST, SpareBook, SparePad
from dispatcher_tui.domain.time.when import WhenError
from dispatcher_tui.present.i18n import use
from dispatcher_tui.store.verify import verify
from tests.desk.on_watch import open_desk, put
from tests.domain.support import local

LEAK = Intake(place="3-2-1502", said="厨房漏水", caller="王芳", phone="13900001111")


def dark(folder: Path, sheets: int = 5) -> Desk:
    """A pad was printed at nine; it is eleven."""
    desk = open_desk(folder, local("2026-11-18 09:00"))
    print_pad(desk, sheets)
    return put(desk, "2026-11-18 11:00")


def refused(desk: Desk, number: str, at: str = "10:00", form: Intake = LEAK) -> Refusal:
    with pytest.raises(Refusal) as caught:
        key_in(desk, number, at, form)
    return caught.value


def test_a_sheet_becomes_a_case_of_its_own_time_and_says_that_it_was_written_later(
    tmp_path: Path,
) -> None:
    desk = dark(tmp_path)
    keyed = key_in(desk, "BJ-000001", "9:40", LEAK)
    assert keyed.case is not None
    assert (keyed.case.received_at, keyed.case.opened_at) == (local("2026-11-18 09:40"),) * 2
    (opened, *_rest) = desk.store.entries(keyed.case.id)
    assert (opened.recorded_at, opened.late) == (local("2026-11-18 11:00"), True)
    assert (keyed.gaps, keyed.following) == ((), "BJ-000002")
    logged = key_in(desk, "4", "10:15", Intake(said="问几点来水"), log=True)
    assert (logged.case, logged.gaps, logged.following) == (
        None,
        ("BJ-000002", "BJ-000003"),
        "BJ-000005",
    )
    noted = desk.store.last_of("log_noted")
    assert noted is not None
    assert noted.occurred_at == local("2026-11-18 10:15")
    assert void_sheet(desk, "2", "写坏") == "BJ-000002"
    assert read_spares(desk.store).gaps == (3,)
    assert verify(desk.store).sound


def test_doubles_strangers_and_times_ahead_are_refused_and_nothing_is_written(
    tmp_path: Path,
) -> None:
    desk = dark(tmp_path)
    case = key_in(desk, "1", "10:00", LEAK).case
    void_sheet(desk, "2", "丢了")
    key_in(desk, "3", "10:00", LEAK, log=True)
    rows = desk.store.rows()
    twice = refused(desk, "BJ-1")
    assert (twice.code, twice.detail["case"]) == ("spare_used", case.number if case else "")
    assert refused(desk, "2").code == "spare_void"
    assert refused(desk, "3").code == "spare_logged"
    assert refused(desk, "6").detail["known"] == "BJ-000001..BJ-000005"
    for strange in ("", "0", "FW-000001"):
        assert refused(desk, strange).code == "spare_number"
    assert refused(desk, "4", "").code == "spare_time_missing"
    assert refused(desk, "4", form=Intake(caller="王芳")).code == "spare_empty"
    with pytest.raises(WhenError, match="future"):
        key_in(desk, "4", "2026-11-18 11:00:01", LEAK)
    with pytest.raises(Refusal, match="reason_missing"):
        void_sheet(desk, "4", " ")
    with pytest.raises(Refusal, match="spare_used"):
        void_sheet(desk, "1", "写坏")
    assert desk.store.rows() == rows


def test_no_number_is_printed_twice() -> None:
    now = local("2026-11-18 09:00")
    book = SpareBook((SparePad(1, 10, now),))
    assert (next_pad(book, 5).first, next_pad(book, 5).last) == (11, 15)
    assert next_pad(book, 5, restored=True).first == 201, "a copy may lack a pad"
    assert next_pad(SpareBook(), 1).first == 1
    for count in (0, -1, MOST + 1):
        with pytest.raises(Refusal, match="spare_count"):
            next_pad(book, count)


def test_pad_board_and_call_tree_are_one_print(tmp_path: Path) -> None:
    desk = dark(tmp_path, 2)
    key_in(desk, "1", "10:00", LEAK)
    use("zh")
    try:
        data = printer().report(print_pad(desk, 3), "pdf")
        (tmp_path / "f.pdf").write_bytes(data)
        pages = [p.extract_text() for p in PdfReader(tmp_path / "f.pdf").pages]
        plain = printer().report(print_pad(desk, 0), "txt").decode()
    finally:
        use("en")
    assert "厨房漏水" in pages[0]
    assert ("119" in pages[1], "陈志强" in pages[1]) == (True, True)
    blanks = [page for page in pages if "BJ-" in page]
    assert [f"BJ-00000{n}" in page for n, page in zip((3, 4, 5), blanks, strict=True)] == [True] * 3
    assert "BJ-" not in plain
    assert "厨房漏水" in plain
