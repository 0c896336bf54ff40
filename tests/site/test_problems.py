"""One bad file for every kind of problem, and what is said about it in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from dispatcher_tui.present import i18n as words
from dispatcher_tui.present.site.site_problems import MESSAGES, describe
from dispatcher_tui.site.problems import SiteProblem
from dispatcher_tui.site.procedures import parse_procedure
from dispatcher_tui.site.toml_text import decode_text
from tests.site import samples
from tests.site.bad_files import (
    BAD,
    ELSEWHERE,
    Found,
    problems,
    procedure,
    units,
)
from tests.site.samples import spoil

HANZI = re.compile("[\u4e00-\u9fff]")


def without_particulars(text: str, problem: SiteProblem) -> str:
    for particular in filter(None, problem.detail.values()):
        text = text.replace(particular, "")
    return text


@pytest.mark.parametrize(("code", "key", "find"), BAD, ids=[f"{c}-{k}" for c, k, _ in BAD])
def test_a_bad_file_names_place_and_reason_in_both_languages(
    code: str, key: str, find: Callable[[], Found]
) -> None:
    problem = next(problem for problem in find() if problem.code == code)
    assert problem.key == key
    words.use("en")
    english = describe(problem)
    words.use("zh")
    chinese = describe(problem)
    for said in (english, chinese):
        assert said.startswith(problem.file)
        assert "{" not in said
    assert not HANZI.search(without_particulars(english, problem))
    assert HANZI.search(without_particulars(chinese, problem))


def test_every_code_has_its_bad_file() -> None:
    assert {code for code, _, _ in BAD} | ELSEWHERE == set(MESSAGES)


def test_the_near_name_is_offered() -> None:
    words.use("en")
    (problem,) = procedure('to = "head"', 'to = "haed"')
    assert describe(problem) == (
        'p.toml: step[told].to: the role "haed" has no label under [roles]; did you mean "head"?'
    )


def test_a_row_and_an_encoding_are_named_in_words() -> None:
    words.use("en")
    (problem,) = units("13800000002", "12")
    assert describe(problem) == (
        'units.csv: row 2 phone2: "12" is not a number that can be dialled'
    )
    (problem,) = problems(decode_text, "a\n名".encode("gbk"), "units.csv")
    assert describe(problem) == (
        "units.csv: line 2 is not UTF-8, the file may be GBK; save it as UTF-8"
    )


def test_a_type_is_named_in_words() -> None:
    words.use("en")
    (problem,) = procedure("years = 3", 'years = "3"')
    assert describe(problem) == (
        "p.toml: retention_years: a whole number expected, text in quotes found"
    )


def test_a_file_cannot_steer_the_terminal_through_a_problem() -> None:
    words.use("en")
    (problem, *_) = procedure("title = {", '"\\u001b[2J\\u202e" = 1\ntitle = {')
    assert "\x1b" not in describe(problem)
    assert "\u202e" not in describe(problem)


def test_all_problems_are_told_at_once() -> None:
    text = samples.PROCEDURE
    for old, new in (
        ('due = "2h"', "due = 2"),
        ("until =", "untill ="),
        ('"media"', '"medai"'),
        ('to = "head"', 'to = "haed"'),
        ('after = "first"', 'after = "fist"'),
        ('group = ["sec"]', 'group = ["gm"]'),
    ):
        text = spoil(text, old, new)
    found = {(p.key, p.code) for p in problems(parse_procedure, text, "p.toml")}
    assert found == {
        ("clock[first].due", "wrong_type"),
        ("clock[first].untill", "unknown_key"),
        ("clock[first].until", "missing_key"),
        ("level[grave].facts[#1]", "not_one_of"),
        ("step[told].to", "unknown_role"),
        ("clock[second].after", "unknown_clock"),
        ("ladder[up].group", "unknown_role"),
    }


def test_a_single_text_stands_for_a_list_of_one() -> None:
    first, second = parse_procedure(samples.PROCEDURE, "p.toml").clocks
    assert (first.starts, first.until) == (("opened",), ("told",))
    assert second.starts == ("opened", "notified")
    assert second.cancels == ("written_off", "invalid")


def test_texts_of_a_file_are_safe_to_show() -> None:
    text = spoil(samples.PROCEDURE, '"First"', '"Fi\\u202er\\u001bst"')
    assert parse_procedure(text, "p.toml").clocks[0].label.en == "First"


def test_what_names_a_part_left_out_is_not_told_too() -> None:
    found = procedure(
        'id = "told"\nlabel = { zh = "已告知", en', 'id = "told"\nlabel = { zh = "", en'
    )
    assert [(p.key, p.code) for p in found] == [("step[told].label.zh", "empty_text")]
