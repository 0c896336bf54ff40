"""What was said, typed or rung about a case finds it again, and nothing typed can do harm."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatcher_tui.domain.case.search import QUERY_LIMIT, _run, case_words, match_query, words
from dispatcher_tui.domain.record.case import Assignee, Caller, Case, Slip
from dispatcher_tui.domain.words.text import is_hanzi
from tests.domain.support import bare_case

AT = datetime(2026, 11, 21, tzinfo=UTC)
CASE = bare_case(
    AT,
    "ordinary",
    "P0-00",
    number="261121-03",
    place="3-2-1502",
    category="leak",
    verbatim="厨房漏水，CALL me 10.5 ㎡",
    callers=(Caller("王建国", "138-0013-8000", AT), Caller("Ann Lee", "8001", AT)),
    assignee=Assignee("p1", "维修班长", "lead"),
    slip=Slip(number="F000123"),
)


def _initials(name: str) -> set[str]:
    return {"王建国": {"wjg"}, "维修班长": {"wxbz", "wxbc"}, "漏水": {"ls"}}.get(name, set())


def _found(query: str, case: Case = CASE) -> bool:
    """The expression read by hand, as FTS5 reads it over whole words."""
    expression = match_query(query)
    if expression is None:
        return False
    known = case_words(case, _initials, ("漏水", "Leak")).split()

    def holds(match: re.Match[str]) -> str:
        token, prefix = match[1], match[2]
        return str(any(w.startswith(token) if prefix else w == token for w in known))

    python = re.sub(r'"([^"]*)"(\*?)', holds, expression)
    python = python.replace("AND", "and").replace("OR", "or")
    assert re.fullmatch(r"(?:True|False|and|or|[() ])+", python)
    return bool(eval(python))


@pytest.mark.parametrize(
    "query",
    [
        "漏水", "漏", "厨房 漏水", "水", "房漏", "call", "CALL", "ｃａｌｌ", "cal", "m2", "10.5",
        "王建国", "王", "建国", "wjg", "wj", "WXBZ", "wxbc", "维修", "ann", "lee ann", "leak", "ls",
        "3-2-1502", "3.2.1502", "3、2、1502", "3 2 1502", "３－２－１５０２", "3栋2单元1502室",
        "3-2", "3-2-15", "2-1502", "1502", "15", "1502 漏水", "3-2-1502 漏水", "漏水 3-2-1502",
        "13800138000", "138-0013-8000", "138 0013 8000", "8000", "38000", "0138000", "1380",
        "13800138", "8001",
        "261121-03", "26112103", "03", "261121", "2611", "261121 03", "F000123", "f0001",
    ],
)  # fmt: skip
def test_what_finds_it(query: str) -> None:
    assert _found(query)


@pytest.mark.parametrize(
    "query",
    [
        "水漏", "房水", "停电", "漏水 停电", "all", "2-3-1502", "3-2-1503", "3-2-2", "4-2-1502",
        "13900138000", "0013", "261121-04", "wjgx", "F000124",
    ],
)  # fmt: skip
def test_what_does_not(query: str) -> None:
    assert not _found(query)


@pytest.mark.parametrize("query", ["", " ", "%", '"', "*", "()", "-", "，。", "\0", "́", "😀"])
def test_nothing_to_look_for(query: str) -> None:
    assert match_query(query) is None


@given(st.text(max_size=300))
def test_a_query_is_quoted_words_and_nothing_else(text: str) -> None:
    expression = match_query(text)
    if expression is not None:
        bare = re.sub(r'"[^"*()\s]+"\*?', "w", expression)
        assert re.fullmatch(r"(?:w|AND|OR|[() ])+", bare)


@given(st.text(max_size=QUERY_LIMIT))
def test_every_text_is_found_by_itself(text: str) -> None:
    case = msgspec.structs.replace(CASE, verbatim=text)
    assert match_query(text) is None or _found(text, case)


@given(st.text())
def test_words_are_whole(text: str) -> None:
    for word in words(text):
        assert word
        assert not re.search(r"[\s\"*]", word)


def test_a_long_query_stays_small() -> None:
    assert len(match_query("漏水管" * 10_000) or "") < 2_000
    assert len(match_query(" ".join("abcdefghij" * 100)) or "") < 5_000


def test_ideographs_are_those_of_the_desk() -> None:
    for code in range(0x110000):
        run = _run().fullmatch(chr(code) + "漏")
        assert (run is not None) == is_hanzi(chr(code))
