"""Documents as text and as Markdown: within the width, and every text is data."""

from __future__ import annotations

from random import Random

import pytest
from rich.cells import cell_len

from dispatcher_tui.reports.document import (
    Column,
    Document,
    Facts,
    Heading,
    Para,
    SignatureField,
    Table,
)
from dispatcher_tui.reports.plain_text import markdown, text
from tests.faults.hostility import hostile, judge_print

COLUMNS = (Column("Number", 1, whole=True), Column("Content", 3), Column("Sum", 1, align="right"))


def small(said: str) -> Document:
    """A document with the same words everywhere."""
    return Document(
        title=said,
        subtitle=said,
        head=said,
        foot=said,
        blocks=(
            Heading(said),
            Para(said),
            Facts(((said, said), ("b", said))),
            Heading(said, 2),
            Table(COLUMNS, (("261121-02", said, "3"), (said, "x", "12"))),
            Table(COLUMNS, (), said),
        ),
        signatures=(SignatureField(said, said, said),),
        hand="Signature",
        day="Date",
    )


def test_a_table_is_read_by_its_columns() -> None:
    table = Table(COLUMNS, (("261121-02", "漏水", "3"), ("261121-03", "door", "12")))
    lines = text(Document("T", (table,)), 40).splitlines()
    assert lines[-4:] == [
        "Number     Content  Sum",
        "---------  -------  ---",
        "261121-02  漏水       3",
        "261121-03  door      12",
    ]


@pytest.mark.parametrize("cells", [60, 80, 132])
@pytest.mark.parametrize("seed", range(20))
def test_no_line_is_wider_than_the_page(seed: int, cells: int) -> None:
    random = Random(seed)
    said = "".join(hostile(random) for _ in range(20)) + "漏水" * 100 + "x" * 300
    written = text(small(said), cells)
    assert max(map(cell_len, written.splitlines())) <= cells


def test_long_words_are_broken_and_not_cut() -> None:
    said = "".join(chr(0x4E00 + n) for n in range(400)) + "abcdefghij" * 40
    table = Table(COLUMNS, (("1", said, "2"),))
    written = text(Document("T", (table,)), 80)
    told = "".join(line[3:75].strip() for line in written.splitlines()[4:])
    assert told.removesuffix("2").replace("2", "", 1).replace(" ", "").startswith(said[:10])
    for char in said[:400]:
        assert char in written
    assert written.count("abcdefghij") + written.count("\n") > 40


@pytest.mark.parametrize("form", [text, markdown])
@pytest.mark.parametrize("seed", range(60))
def test_nobodys_words_steer_what_shows_them(form: object, seed: int) -> None:
    random = Random(seed)
    document = small(hostile(random) + "x")
    assert callable(form)
    written: str = form(document)
    assert list(judge_print(written.encode("utf-8", "replace"), "report")) == []


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("<b>x</b>", r"\<b\>x\</b\>"),
        ("a|b", r"a\|b"),
        ("*a* _b_ `c`", r"\*a\* \_b\_ \`c\`"),
        ("[x](http://y)", r"\[x\](http\://y)"),
        ("www.x.cn a@b", r"www\.x.cn a\@b"),
        ("&lt;", r"\&lt;"),
        ("# x", r"\# x"),
        ("- x", r"\- x"),
        ("12. x", r"12\. x"),
        ("2026-11-22 07:02", "2026-11-22 07:02"),
        ("一\n二", "一<br>二"),
    ],
)
def test_no_words_are_marks_in_markdown(said: str, written: str) -> None:
    assert markdown(Document("T", (Para(said),))).splitlines()[2] == written


def test_a_markdown_table_keeps_its_columns() -> None:
    table = Table(COLUMNS, (("1", "a|b\nc", "2"),))
    lines = markdown(Document("T", (table,))).splitlines()
    assert lines[2:] == [
        "| Number | Content | Sum |",
        "| --- | --- | --: |",
        r"| 1 | a\|b<br>c | 2 |",
    ]
