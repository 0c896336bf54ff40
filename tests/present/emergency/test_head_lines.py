"""The first line of an emergency: badges, the place that is never cut, how long it is held."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from dispatcher_tui.present.cells import width
from dispatcher_tui.present.emergency.head_lines import clock_words, head_sides, missing_badge
from dispatcher_tui.present.i18n import _, use
from dispatcher_tui.present.spans import Span, cells_of, plain
from tests.domain.ringing import AT
from tests.domain.support import bare_case

ZONE = ZoneInfo("Asia/Shanghai")
CASE = replace(bare_case(AT), number="261130-09", place="5-1")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-1, "00:00:00"),
        (0, "00:00:00"),
        (59.9, "00:00:59"),
        (60, "00:01:00"),
        (3_599, "00:59:59"),
        (3_600, "01:00:00"),
        (100 * 3_600, "100:00:00"),
    ],
)
def test_how_long_the_post_is_held_in_hours_minutes_and_seconds(seconds: float, words: str) -> None:
    assert clock_words(seconds) == words


def test_what_where_and_how_long() -> None:
    use("zh")
    now = CASE.opened_at + timedelta(minutes=5, seconds=12)
    left, right = head_sides(CASE, "电梯困人", now, ZONE, 80, held=True)
    assert left[0] == Span(" 紧急 ", "over")
    assert plain(left) == " 紧急  电梯困人  5-1"
    assert plain(right) == "261130-09   守岗中 00:05:12"
    unknown, _right = head_sides(replace(CASE, place=""), "起火", now, ZONE, 80, held=True)
    assert unknown[-1] == Span(" 位置待报 ", "warn")
    over, right = head_sides(CASE, "起火", now, ZONE, 80, held=False)
    assert over[0] == Span(" 已告一段落 ", "cap")
    assert "守岗" not in plain(right)
    lacks, _right = head_sides(CASE, "起火", now, ZONE, 80, held=True, lacks_room=True)
    assert lacks[1].role == "warn"


@pytest.mark.parametrize("low", [False, True])
@pytest.mark.parametrize("cells", [60, 78, 80, 120])
@pytest.mark.parametrize("kind", ["起火", "E-bike or lithium battery fire, and more of it"])
def test_the_kind_gives_way_to_the_place(kind: str, cells: int, low: bool) -> None:
    use("en")
    left, right = head_sides(CASE, kind, AT, ZONE, cells, held=True, low=low)
    assert "5-1" in plain(left)
    assert width(plain(left)) + 1 + width(plain(right)) + 1 <= cells
    assert (kind in plain(left)) is (width(kind) < 10 or cells == 120)


def test_who_is_missing_is_loud_once_nobody_is_left_to_ring() -> None:
    assert (missing_badge(loud=True).role, missing_badge(loud=False).role) == ("over", "warn")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("lacks_room", [False, True])
@pytest.mark.parametrize("place", ["", "12-1-1502"])
def test_in_sixty_cells_the_line_stands_whole(lang: str, lacks_room: bool, place: str) -> None:
    """The number gives way, then the words of the time; the place and the warning never do."""
    use("en" if lang == "en" else "zh")
    case = replace(CASE, place=place)
    left, right = head_sides(
        case, _("Fire"), AT, ZONE, 60, held=True, low=True, lacks_room=lacks_room
    )
    said = plain(left)
    assert cells_of(left) + cells_of(right) + 2 <= 60
    assert (place or _("PLACE NOT KNOWN")) in said
    assert (_("TOO FEW ROWS") in said) is lacks_room
    assert _("Fire") in said
    assert clock_words((AT - case.opened_at).total_seconds()) in plain(right)
