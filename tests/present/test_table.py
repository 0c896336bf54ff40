"""A list's declaration: what it has of a record as values, and what of it stands on a screen."""

from __future__ import annotations

from datetime import UTC, date, datetime

import msgspec
import pytest

from dispatcher_tui.present.table import REST, Kind, RecordColumn, RecordTable, Value, value_text
from tests.domain.support import SHANGHAI

AT = datetime(2026, 11, 20, 16, 30, tzinfo=UTC)
"""Half an hour into the 21st in Shanghai."""


class Fee(msgspec.Struct, frozen=True):
    """A record with a value of every kind."""

    name: str
    at: datetime | None = AT
    fen: int = -1250
    share: float = 0.955


COLUMNS: tuple[RecordColumn[Fee], ...] = (
    RecordColumn("day", "Day", lambda fee: fee.at, "day", cells=10, share=1, none="-"),
    RecordColumn("at", "At", lambda fee: fee.at, "moment", cells=11),
    RecordColumn("fen", "Yuan", lambda fee: fee.fen, "money", cells=8),
    RecordColumn("share", "Part", lambda fee: fee.share, "percent", share=1),
    RecordColumn("name", "Name", lambda fee: fee.name, cells=REST),
)
FEES = RecordTable(COLUMNS, SHANGHAI)


def test_a_value_is_the_sites_and_keeps_its_kind() -> None:
    local = [column.local(Fee("漏水"), SHANGHAI) for column in COLUMNS]
    assert local == [date(2026, 11, 21), AT, -1250, 0.955, "漏水"]
    assert isinstance(local[1], datetime)
    assert f"{local[1]:%H:%M}" == "00:30"
    assert not isinstance(local[0], datetime)


def test_a_line_has_the_columns_of_a_screen_in_their_widths() -> None:
    assert FEES.head_line() == "Day        At              Yuan Name"
    assert FEES.line(Fee("漏\n水  x")) == "2026-11-21 11-21 00:30   -12.50 漏 水 x"
    assert FEES.line(Fee("", None)) == "-                        -12.50"


@pytest.mark.parametrize(
    ("value", "kind", "cells", "text"),
    [
        (date(2026, 11, 21), "day", 10, "2026-11-21"),
        (date(2026, 11, 21), "day", 9, "11-21"),
        (AT, "moment", 16, "2026-11-20 16:30"),
        (AT, "moment", 15, "11-20 16:30"),
        (AT, "second", REST, "2026-11-20 16:30:00"),
        (1250, "money", 3, "12.50"),
        (1250, "count", 3, "1250"),
        (0.955, "percent", 3, "95.5%"),
        (None, "money", 3, ""),
        ("=1", "text", 1, "=1"),
    ],
)
def test_a_text_has_the_form_of_its_kind(value: Value, kind: Kind, cells: int, text: str) -> None:
    assert value_text(value, kind, cells) == text


def test_words_for_people_stand_in_place_of_a_value() -> None:
    column = RecordColumn[Fee](
        "n", "N", lambda fee: len(fee.name), "count", words=lambda fee: fee.name.upper(), none="?"
    )
    assert [column.text(Fee(name), SHANGHAI) for name in ("ab", "")] == ["AB", "?"]
    assert column.local(Fee("ab"), SHANGHAI) == 2
