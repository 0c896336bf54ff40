"""Who says that it is over stands before the words."""

from __future__ import annotations

import pytest

from dispatcher_tui.domain.emergency.likely import resembling
from dispatcher_tui.domain.emergency.says_so import who_says
from dispatcher_tui.domain.words.people import Person

PEOPLE = (
    Person("a", "陈志强", "head"),
    Person("b", "陈志", "guard"),
    Person("c", "王伟", "guard"),
    Person("d", "王伟", "guard"),
)


@pytest.mark.rule("E-05")
@pytest.mark.parametrize(
    ("note", "found"),
    [
        ("陈志强：已灭", ("a", "陈志强")),
        ("陈志强说已灭", ("a", "陈志强")),
        (" 陈志强", ("a", "陈志强")),
        ("陈志, 已灭", ("b", "陈志")),
        ("王伟：已灭", ("", "王伟")),
        ("处理完", ("", "处理完")),
        ("街道刘主任: 已灭：都走了", ("", "街道刘主任")),
        ("：已灭", ("", "")),
        ("", ("", "")),
    ],
)
def test_the_name_before_the_words(note: str, found: tuple[str, str]) -> None:
    assert who_says(note, PEOPLE) == found


def test_two_of_one_name_are_both_meant_perhaps() -> None:
    initials = {"a": ["czq"], "b": ["cz"], "c": ["ww"], "d": ["ww"]}
    assert [p.id for p in resembling("王伟", PEOPLE, initials)] == ["c", "d"]
    assert {p.id for p in resembling("czq", PEOPLE, initials)} == {"a", "b"}
    assert resembling("处理完", PEOPLE, initials) == ()
