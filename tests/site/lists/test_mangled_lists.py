"""Any list, mangled in any way: nothing is filed that was not typed, nothing dropped unsaid."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatcher_tui.domain.words.phone import phone_digits
from dispatcher_tui.domain.words.place import normalise_place
from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.site.lists.list_reading import Incoming, read_list, units_text
from dispatcher_tui.site.lists.units import parse_units
from dispatcher_tui.site.problems import SiteError

ANY = st.text(alphabet=st.characters(exclude_categories=()), max_size=12)
NAMES = st.sampled_from(["张伟", "李娜", "Zhao Li", "欧阳 · 明", "甲、乙", "丙\n丁", "王, 芳"])
PHONES = st.sampled_from(
    ["13800000001", "0755-2688 1234 转 801", "+86 138 0013 8000", "8001", "13800000002/13800000003"]
)
ROOMS = st.builds("{}-{}-{}".format, st.integers(1, 30), st.integers(1, 4), st.integers(101, 3304))
_NUMBERS = (
    "138****0001",
    "1.38E+10",
    "75526881234",
    "13800000001.5",
    "138O0000001",
    "####",
    "#N/A",
)
_PLACES = ("2001/3/2", "3月2日", "2-Mar", "1502", "3.15")
DAMAGED = st.sampled_from([*_NUMBERS, *_PLACES])
CELLS = st.one_of(NAMES, PHONES, ROOMS, DAMAGED, ANY, st.just(""))
ROWS = st.lists(st.tuples(ROOMS | CELLS, CELLS, PHONES | CELLS, CELLS), min_size=1, max_size=6)
FORMS = st.tuples(
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]),
    st.booleans(),
)


def saved(rows: list[tuple[str, ...]], form: tuple[str, str, bool]) -> bytes:
    """Rows as a spreadsheet saves them: separator, encoding, whether a title stands above."""
    separator, encoding, title = form
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=separator, lineterminator="\r\n")
    writer.writerows([("住户一览表",)] if title else [])
    writer.writerows([("房产", "业主", "电话", "备注"), *rows])
    return stream.getvalue().encode(encoding, "ignore")


def taken(raw: bytes) -> Incoming | None:
    try:
        (found,) = read_list(raw, "list")
    except SiteError:
        return None
    return found


@given(ROWS, FORMS)
def test_what_is_filed_was_typed_and_what_was_typed_is_filed(
    rows: list[tuple[str, ...]], form: tuple[str, str, bool]
) -> None:
    found = taken(saved(rows, form))
    if found is None:
        return
    assert parse_units(found.text) == list(found.households), "what is adopted says the same"
    typed = {normalise_place(row[0]) for row in rows if any(map(str.strip, row))}
    assert {home.place for home in found.households} <= {*typed, ""} | {
        normalise_place(_clean(row[0])) for row in rows
    }
    digits = [phone_digits(row[2]) for row in rows]
    for home in found.households:
        for phone in home.phones:
            assert any(phone_digits(phone) in each for each in digits), phone
    kept = "".join(r for h in found.households for r in (*h.residents, h.note))
    for row in rows:
        for word in re.findall(r"\w+", _clean(row[1])):
            assert word in kept, "a resident that was typed is in the register"


def _clean(text: str) -> str:
    """A cell without what a list never keeps."""
    encoded = text.encode("utf-8", "ignore").decode()
    return clean_text(encoded, limit=len(text)).text.strip()


@given(
    st.lists(st.tuples(ROOMS, PHONES), min_size=1, max_size=5),
    st.sampled_from([("phone", each) for each in _NUMBERS] + [("place", each) for each in _PLACES]),
    st.data(),
)
def test_one_damaged_cell_is_named_and_nothing_of_the_list_is_filed(
    rows: list[tuple[str, str]], damage: tuple[str, str], data: st.DataObject
) -> None:
    (column, value), at = damage, data.draw(st.integers(0, len(rows) - 1))
    cells = [{"place": room, "phone": phone} for room, phone in rows]
    cells[at][column] = value
    text = "place,phone\n" + "".join(f"{row['place']},{row['phone']}\n" for row in cells)
    with pytest.raises(SiteError) as caught:
        read_list(text.encode(), "list")
    assert [each.key for each in caught.value.problems] == [f"row {at + 2} {column}"]


@given(st.binary(max_size=300))
def test_no_bytes_are_more_than_a_message(raw: bytes) -> None:
    taken(raw)
    taken("房产,业主\n".encode() + raw)
    taken(b"PK\x03\x04" + raw)


@given(ROWS)
def test_a_list_that_went_through_the_house_comes_back_the_same(
    rows: list[tuple[str, ...]],
) -> None:
    found = taken(saved(rows, (",", "utf-8", False)))
    if found is None:
        return
    again = taken(units_text(found.households).encode())
    assert again is not None
    assert again.households == found.households


@given(
    st.sampled_from(["{}", "{}栋", "{}幢", "{}座", "{}号楼", "{}#", "0{}", "{}期", "A{}", "{}楼"]),
    st.sampled_from(["{}", "{}单元", "0{}", "{}门", "A"]),
    st.sampled_from(["{}", "0{}", "{}室", "A{}"]),
    st.tuples(st.integers(1, 130), st.integers(1, 12), st.integers(1, 99_999)),
)
def test_a_place_of_plain_parts_is_the_one_that_any_parts_make(
    building: str, unit: str, room: str, figures: tuple[int, int, int]
) -> None:
    cells = [form.format(n) for form, n in zip((building, unit, room), figures, strict=True)]
    found = taken(f"楼栋,单元,房号\n{','.join(cells)}\n".encode())
    if found is not None:
        assert [home.place for home in found.households] == [normalise_place("-".join(cells))]


@pytest.mark.slow
def test_a_hundred_thousand_rows_of_text_are_previewed() -> None:
    row = "{}栋,{}单元,{},业主{},139{:08}\n"
    rows = (
        row.format(n // 2000 + 1, n // 1000 % 2 + 1, n % 1000 + 100, n, n) for n in range(10**5)
    )
    raw = ("楼栋,单元,房号,业主,电话\n" + "".join(rows)).encode()
    found = taken(raw)
    assert found is not None
    assert len(found.households) == 10**5
