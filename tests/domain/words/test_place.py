"""Places in every spelling of the keypad and the input method."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatcher_tui.domain.words.place import (
    lacks_start,
    more_than_place,
    needs_asking,
    normalise_place,
    other_zeros,
    place_parts,
    places_in,
)

ANY = st.text(alphabet=st.characters(exclude_categories=()), max_size=40)


@pytest.mark.parametrize(
    "typed",
    [
        "3-2-1502",
        "3.2.1502",
        "3 2 1502",
        "3、2、1502",
        "3。2。1502",
        "3/2/1502",
        "３－２－１５０２",
        "３　２　１５０２",
        " 3--2 - 1502 ",
        "3—2–1502",
        "3栋2单元1502室",
        "3栋 2单元 1502",
        "3号楼2单元1502房",
        "3幢2单元1502号",
        "3#2-1502",
        "3#-2-1502",
        "3\u200b-2-1502",
        "三栋二单元1502",
        "三栋二单元一五零二",
        "三号楼二单元幺五〇二室",
        "3·2·1502",
        "3・2・1502",
        "3•2•1502",
        "3～2～1502",
        "3〜2~1502",
        "3栋2门1502",
        "3栋2门 1502室",
        "3栋2梯1502",
        "3栋2单元15层1502室",
        "3栋2单元15楼1502",
        "3-2-15F-1502",
        "３栋２单元１５层１５０２",
        "三栋二单元十五层1502室",
        "3-2-1502（租户）",
        "3-2-1502 (业主)",
        "3栋2单元1502室【租客】",
        "3-2-1502 [Tenant]",
    ],
)
def test_a_unit_has_one_spelling(typed: str) -> None:
    assert normalise_place(typed) == "3-2-1502"
    assert place_parts(typed) == ("3", "2", "1502")


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("5-1-0301", "5-1-0301"),
        ("a座1502", "A-1502"),
        ("3-1502b", "3-1502B"),
        ("1期3-2-1502", "1-3-2-1502"),
        ("十二栋三单元二十层2001室", "12-3-2001"),
        ("二十三号楼一单元0502", "23-1-0502"),
        ("3栋2单元5层0502", "3-2-0502"),
        ("2-3楼301", "2-301"),
    ],
)
def test_zeros_and_letters_of_a_unit_stay(typed: str, place: str) -> None:
    assert normalise_place(typed) == place


@pytest.mark.parametrize(
    "typed",
    [
        "地下车库 B2",
        "南门",
        "1502",
        "3栋",
        "5号楼3楼",
        "Gate 3",
        "2号电梯",
        "３号楼大堂",
        "1-2-3-4-5-6",
        "三栋",
        "十号楼三楼",
        "3栋2单元15层",
        "3栋2单元5层1502室",
        "3栋2单元15层02室",
        "15层1502室",
        "3栋2门",
        "2号门3号岗",
        "3栋2梯",
        "3-2-1502（主卧）",
        "3-2-1502（租户 阳台漏水）",
        "北门（租户）",
        "三栋二单元一十十",
        "一期花园",
    ],
)
def test_other_places_are_kept_as_typed(typed: str) -> None:
    assert normalise_place(f"  {typed}\n") == typed
    assert place_parts(typed) == (typed,)


def test_an_empty_place_has_no_parts() -> None:
    assert normalise_place(" \t ") == ""
    assert place_parts("") == ()


@given(
    st.one_of(
        ANY,
        st.text(alphabet="0123456789aB -.、。#栋单元室号楼层门梯十三〇·～（租户）F", max_size=20),
    )
)
def test_any_text_is_taken_and_stays_as_it_is(raw: str) -> None:
    place = normalise_place(raw)
    assert normalise_place(place) == place
    assert place_parts(raw) == place_parts(place)


@given(
    st.lists(st.integers(0, 99_999), min_size=2, max_size=5), st.sampled_from("-. 、/_:·～〜・•~")
)
def test_figures_survive_any_separator(figures: list[int], separator: str) -> None:
    typed = separator.join(map(str, figures))
    assert place_parts(typed) == tuple(map(str, figures))


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        *((text, True) for text in ("1", "８", "12", "1502", "w", "门", "-", "..", "五")),
        *((text, False) for text in ("", "1-1", "1.1", "3栋", "北门", "B2", "12号楼门口")),
    ],
)
def test_what_may_be_a_key_meant_for_a_call_is_asked_about(typed: str, asked: bool) -> None:
    assert needs_asking(typed) is asked


@pytest.mark.parametrize(
    ("typed", "lacks"),
    [
        ("-2-1502", True),
        ("－2－1502", True),
        ("  -2-1502", True),
        (".1.101", True),
        ("、2、1502", True),
        ("栋2单元1502", True),
        ("号楼2单元1502", True),
        ("楼 1502", True),
        ("3-2-1502", False),
        ("3栋2单元1502", False),
        ("楼顶", False),
        ("单元门口", False),
        ("号房后面", False),
        ("+8613900003534", False),
        ("东门岗", False),
        ("", False),
    ],
)
def test_a_place_that_begins_with_a_mark_lacks_its_start(typed: str, lacks: bool) -> None:
    assert lacks_start(typed) is lacks


@pytest.mark.parametrize(
    ("place", "other", "alike"),
    [
        ("9-2-503", "9-2-0503", True),
        ("9-2-0503", "9-2-503", True),
        ("9栋2单元503", "09-02-00503", True),
        ("A-503", "A-0503", True),
        ("9-2-0503", "9-2-0503", False),
        ("9-2-503", "9-2-5030", False),
        ("9-2-503", "9-3-0503", False),
        ("9-2-50A", "9-2-050A", False),
    ],
)
def test_zeros_in_front_may_be_more_or_fewer(place: str, other: str, alike: bool) -> None:
    assert (other in other_zeros(place)) is alike
    assert len(set(other_zeros(place))) == len(other_zeros(place))


@pytest.mark.parametrize("place", ["", "北门", "503", "503号"])
def test_what_is_no_unit_has_no_other_spelling(place: str) -> None:
    assert other_zeros(place) == ()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("3-2-1502（租户）", "3-2-1502（租户）"),
        (" 3栋2单元1502[owner]\x1b", "3栋2单元1502[owner]"),
        ("3-2-1502", ""),
        ("北门（租户）", ""),
        ("3-2-1502（主卧）", ""),
    ],
)
def test_who_is_there_may_stand_behind_a_unit_alone(typed: str, kept: str) -> None:
    assert more_than_place(typed) == kept


_STOREYS = st.integers(1, 60)


@given(st.integers(1, 99), st.integers(1, 9), _STOREYS, st.integers(1, 9), _STOREYS)
def test_only_the_rooms_own_storey_may_stand_before_it(
    building: int, unit: int, storey: int, door: int, other: int
) -> None:
    room = f"{storey}{door:02}"
    typed = f"{building}栋{unit}单元{other}层{room}室"
    place = f"{building}-{unit}-{room}"
    assert normalise_place(typed) == (place if other == storey else typed)


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("3-2-1502", True),
        ("秘密五: 3栋2单元1502漏水", True),
        ("问三栋二单元1502的人", True),
        ("13-2-1502", False),
        ("3-2-1502-1", False),
        ("3-2-15020", False),
        ("3栋, 2楼, 1502", False),
        ("", False),
    ],
)
def test_a_place_is_found_in_a_text(text: str, there: bool) -> None:
    assert ("3-2-1502" in places_in(text)) is there
