"""Places as they are said."""

from __future__ import annotations

import random

import pytest

from dispatcher_tui.present.i18n import use
from dispatcher_tui.present.places import said_place


@pytest.mark.parametrize(
    ("place", "zh", "en"),
    [
        ("3-2-1502", "3栋2单元1502", "building 3, unit 2, room 1502"),
        ("1-1-0101", "1栋1单元0101", "building 1, unit 1, room 0101"),
        ("3.2.1502", "3栋2单元1502", "building 3, unit 2, room 1502"),
        ("3栋2单元1502室", "3栋2单元1502", "building 3, unit 2, room 1502"),
        ("a-2-101b", "A栋2单元101B", "building A, unit 2, room 101B"),
        ("12-10-301", "12栋10单元301", "building 12, unit 10, room 301"),
    ],
)
def test_a_unit_is_said_in_full(place: str, zh: str, en: str) -> None:
    use("zh")
    assert said_place(place) == zh
    use("en")
    assert said_place(place) == en


@pytest.mark.parametrize(
    "place",
    [
        "",
        "地下车库B区",
        "5-1",
        "5-301",
        "3-2-15",
        "3-2-15-02",
        "1234-2-1502",
        "3-234-1502",
        "2026-11-30",
        "0571-8800-1234",
        "3-2-1502 阳台",
        "{0}-%s",
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_of_another_shape_stays_as_it_is_written(place: str, lang: str) -> None:
    use("zh" if lang == "zh" else "en")
    assert said_place(place) == place


def test_any_text_is_said_without_an_error() -> None:
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    for _each in range(2_000):
        typed = "".join(rng.choice("0129aZ-.栋单元 \\{}%路") for _n in range(rng.randrange(14)))
        said = said_place(typed)
        assert said == typed or said.startswith("building ")
