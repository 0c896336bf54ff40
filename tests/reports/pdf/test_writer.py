"""The PDF read back by another program: every word, in order, in embedded fonts."""

from __future__ import annotations

from io import BytesIO
from random import Random
from typing import Any, Literal

import pytest
from msgspec.structs import replace
from pypdf import PdfReader

from dispatcher_tui.reports.document import (
    Chart,
    ChartSeries,
    Column,
    Document,
    Facts,
    Heading,
    NewPage,
    Para,
    SignatureField,
    Table,
)
from dispatcher_tui.reports.pdf.faces import Faces, FontMissing
from dispatcher_tui.reports.pdf.lacking import desk_words, lacking
from dispatcher_tui.reports.pdf.layout import pages
from dispatcher_tui.reports.pdf.pages import PAPERS, Ink, Words
from dispatcher_tui.reports.pdf.to_pdf import pdf
from tests.faults.hostility import hostile
from tests.reports.readback import FONTS, about, fonts_of, in_order, modes_drawn, pages_of, squeezed

COLUMNS = (Column("编号", 1, whole=True), Column("内容", 4), Column("次数", 1, align="right"))


def document(*blocks: Heading | Para | Facts | Table | Chart | NewPage) -> Document:
    """A document of these blocks."""
    return Document(
        title="交接班记录",
        subtitle="翠湖花园 2026-11-22",
        head="翠湖花园",
        foot="截至 07:02",
        blocks=blocks,
        signatures=(SignatureField("交班人", "李建国", "已签"), SignatureField("接班人", "王芳")),
        hand="签字",
        day="日期",
        language="zh",
    )


def test_every_block_is_there_in_its_order() -> None:
    made = pdf(
        document(
            Heading("一、在办"),
            Facts((("在办", "14"), ("逾期", "3"), ("待单", "4")), across=2),
            Table(COLUMNS, (("261121-02", "漏水到楼下两户", "2"),)),
            Table(COLUMNS, (), "没有公告"),
            Para("核验方法"),
        ),
        FONTS,
    )
    (page,) = pages_of(made)
    told = ["交接班记录", "翠湖花园 2026-11-22", "一、在办", "在办", "14", "逾期", "3", "待单", "4"]
    told += ["编号", "内容", "次数", "261121-02", "漏水到楼下两户", "2", "没有公告", "核验方法"]
    told += ["交班人", "李建国", "已签", "签字", "日期", "接班人", "王芳", "截至 07:02", "1 / 1"]
    assert in_order(page, told) == []


def test_only_embedded_truetype_fonts_are_used() -> None:
    fonts = fonts_of(pdf(document(Para("漏水 leak 喆")), FONTS))
    assert len(fonts) == 2
    assert all(found is not None and "/FontFile2" in found for found in fonts.values())


def test_a_table_goes_on_over_pages_under_its_own_head() -> None:
    rows = tuple((f"2611-{n:03d}", f"第{n}件 楼上装修噪声很大", str(n)) for n in range(200))
    made = pages_of(pdf(document(Heading("在办"), Table(COLUMNS, rows)), FONTS))
    assert len(made) > 4
    with_rows = [page for page in made if "装修噪声" in page]
    assert all("编号内容次数" in page for page in with_rows)
    assert in_order("".join(made), [row[1] for row in rows]) == []
    assert [page.count(f"{n}/{len(made)}") for n, page in enumerate(made, 1)] == [1] * len(made)


def test_a_row_longer_than_a_page_is_broken_and_not_cut() -> None:
    said = "".join(chr(0x4E00 + n) for n in range(5_000))
    made = pages_of(pdf(document(Table(COLUMNS, (("1", said, "2"),))), FONTS))
    whole = "".join(made)
    for head in ("编号内容次数", "翠湖花园", "截至07:02"):
        whole = whole.replace(head, "")
    assert len(made) > 1
    assert sum(char in whole for char in said) == len(said)


def test_a_heading_is_never_the_last_of_its_page() -> None:
    blocks: list[Heading | Para | Facts | Table] = []
    for n in range(60):
        blocks += [Heading(f"部分{n:02d}"), Table(COLUMNS, ((f"甲{n:02d}", "乙", "丙"),))]
    made = pages_of(pdf(document(*blocks), FONTS))
    for n in range(60):
        assert any(f"部分{n:02d}" in page and f"甲{n:02d}" in page for page in made)


def laid_out(asked: Document) -> list[list[Ink]]:
    """What is drawn on each page, by the fonts that come with the program."""
    return pages(asked, Faces(FONTS))


class _Square:
    """Fonts of which every character is as wide as it is high."""

    def shown(self, text: str) -> str:
        return text

    def width(self, char: str) -> float:
        return 1.0

    def length(self, text: str) -> float:
        return float(len(text))


@pytest.mark.parametrize("seed", range(10))
def test_nothing_stands_outside_its_page(seed: int) -> None:
    random = Random(seed)

    def said() -> str:
        return "漏水abc 到楼下，" * random.randint(0, 60) + "x" * random.randint(0, 90)

    rows = tuple((said()[:9], said(), "2") for _ in range(random.randint(1, 30)))
    blocks: list[Heading | Para | Facts | Table] = [
        Para(said()),
        Facts(((said(), said()), ("b", said())), 2),
        Table(COLUMNS, rows),
    ]
    for page in pages(document(Heading(said()), *blocks), _Square(), Para(said())):
        for ink in page:
            if isinstance(ink, Words):
                assert ink.x >= PAPERS["A4"].left - 0.01
                assert (
                    ink.x + len(ink.text.rstrip()) * ink.size
                    <= PAPERS["A4"].left + PAPERS["A4"].room + 0.01
                )
                assert PAPERS["A4"].top - 20 <= ink.y <= PAPERS["A4"].lowest + 25


MARKUP = ("<b>x</b>", "&amp; & &lt;", "<para>", "[link=x]y[/]", "=1+1", "@SUM(A1)", "%s%n", "\\n")


@pytest.mark.parametrize("said", MARKUP)
def test_markup_and_formulas_are_printed_as_they_are(said: str) -> None:
    (page,) = pages_of(pdf(document(Para(said), Table(COLUMNS, (("1", said, said),))), FONTS))
    assert page.count(squeezed(said)) == 3


@pytest.mark.parametrize("seed", range(25))
def test_hostile_words_come_out_as_data(seed: int) -> None:
    random = Random(seed)
    said = "".join(hostile(random) for _ in range(5))
    made = pdf(document(Para(said), Facts(((said, said),)), Table(COLUMNS, ((said,) * 3,))), FONTS)
    text = "".join(pages_of(made))
    assert not {char for char in text if ord(char) < 0x20 or 0x7F <= ord(char) < 0xA0}
    assert not set(text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u200b\ufeff")
    for steering in (b"/JavaScript", b"/JS ", b"/URI", b"/Launch", b"/OpenAction", b"/AA "):
        assert steering not in made


def test_what_no_font_has_is_shown_and_named() -> None:
    rows = (("张𠅤", "", ""), ("", "", "สม"))
    shown = document(Para("业主来电 👍 ⑴〈x〉"), Facts((("姓名", "张𠅤"),)), Table(COLUMNS, rows))
    (page,) = pages_of(pdf(shown, FONTS))
    assert "业主来电□(1)⟨x⟩" in page
    first, last = COLUMNS[0].head, COLUMNS[2].head
    for place, points in (
        (shown.title, "U+1F44D"),
        ("姓名", "U+20164"),
        (f"{first} 1", "U+20164"),
        (f"{last} 2", "U+0E2AU+0E21"),
    ):
        assert f"{squeezed(place)}:{points}" in page.replace("：", ":")
    assert desk_words(lacking(shown, Faces(FONTS))).endswith("them in")


def test_each_copy_is_printed_under_its_label() -> None:
    copies = (("正本", "服务站归档"), ("副本", "住户档案"))
    first, second = pages_of(pdf(replace(document(Para("漏水 👍")), copies=copies), FONTS))
    for page, mine, other in ((first, *copies), (second, *reversed(copies))):
        assert f"[{mine[0]}]" in page
        assert mine[1] in page
        assert other[1] not in page
        assert "U+1F44D" in page
        assert "1/1" in page


def test_nothing_is_said_of_lacking_characters_where_there_are_none() -> None:
    (page,) = pages_of(pdf(document(Para("漏水")), FONTS))
    assert "□" not in page


def test_the_same_document_gives_the_same_bytes_and_names_no_path() -> None:
    made = [pdf(document(Para("漏水 leak")), FONTS) for _ in range(2)]
    assert made[0] == made[1]
    found = about(made[0])
    assert found["/Title"] == "交接班记录 翠湖花园 2026-11-22"
    assert found["/Producer"] == found["/Creator"] == "dispatcher-tui"
    assert str(FONTS).encode() not in made[0]


def test_nothing_but_heads_and_titles_is_bold() -> None:
    rows = (("261121-02", "漏水到楼下两户", "2"),) * 60
    asked = document(Heading("一、在办"), Para("核验方法"), Table(COLUMNS, rows))
    laid = [[i for i in page if isinstance(i, Words) and i.text] for page in laid_out(asked)]
    assert modes_drawn(pdf(asked, FONTS)) == [[2 * word.bold for word in page] for page in laid]
    bold = {squeezed(word.text) for page in laid for word in page if word.bold}
    heads = {"交接班记录", "一、在办", "编号", "内容", "次数", "交班人", "接班人"}
    assert bold == heads
    assert len(laid) > 1


@pytest.mark.parametrize(("size", "width", "height"), [("A4", 595, 842), ("A5", 420, 595)])
def test_a_page_has_the_size_that_the_document_asks_for(
    size: Literal["A4", "A5"], width: int, height: int
) -> None:
    said = "业主反映楼上装修噪声很大" * 40
    asked = replace(document(Para(said), Table(COLUMNS, (("1", said, "2"),) * 9)), page=size)
    read = PdfReader(BytesIO(pdf(asked, FONTS)))
    assert {(round(p.mediabox.width), round(p.mediabox.height)) for p in read.pages} == {
        (width, height)
    }
    paper = PAPERS[size]
    for page in pages(asked, _Square()):
        for ink in page:
            if isinstance(ink, Words):
                assert paper.left - 0.01 <= ink.x
                assert ink.x + len(ink.text.rstrip()) * ink.size <= paper.left + paper.room + 0.01
                assert paper.top - 20 <= ink.y <= paper.lowest + 25


@pytest.mark.parametrize(("language", "tag"), [("zh", "zh-CN"), ("en", "en")])
def test_a_file_says_its_language_and_shows_its_title(
    language: Literal["zh", "en"], tag: str
) -> None:
    read = PdfReader(BytesIO(pdf(replace(document(Para("漏水")), language=language), FONTS)))
    root: Any = read.trailer["/Root"]
    assert root["/Lang"] == tag
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] is not None
    assert about(pdf(document(), FONTS))["/Title"].startswith("交接班记录")


def test_a_heading_takes_two_lines_of_its_text_along() -> None:
    said = "".join(chr(0x4E00 + n) for n in range(150))
    for above in range(50):
        lines = [Para("上") for _ in range(above)]
        made = pages_of(pdf(document(*lines, Heading("部分"), Para(said)), FONTS))
        with_head = next(page for page in made if "部分" in page)
        assert sum(char in with_head for char in said) > 60


def test_a_missing_font_is_named(tmp_path: object) -> None:
    with pytest.raises(FontMissing, match=r"DejaVuSansCondensed\.ttf"):
        pdf(document(), FONTS / "nowhere")


def test_a_part_with_a_name_counts_its_own_pages() -> None:
    apart = replace(
        document(), blocks=(Para("x"), NewPage("附表"), Para("y"), NewPage(), Para("z"))
    )
    first, *others = pages_of(pdf(replace(apart, signatures=()), FONTS))
    assert "1/1" in first
    assert "附表" not in first
    assert [f"附表{n}/2" in page for n, page in enumerate(others, 1)] == [True, True]


def test_what_is_short_is_not_broken_and_stays_with_the_fields_to_sign_in() -> None:
    bars = Chart("按大类", ("维修", "环境", "邻里"), (ChartSeries("件", (3, 2, 1)),))
    last = Facts((("单号", "FW"), ("归档", "册"), ("应收费用", "元")))
    wanted = [{"按大类", "维修", "环境", "邻里"}, {"凭证", "单号", "归档", "应收费用", "日期"}]
    turned = set()
    for above in range(52):
        lines = [Para("上") for _ in range(above)]
        drawn = pages(document(*lines, bars, Heading("凭证"), last), _Square())
        made = [{ink.text for ink in page if isinstance(ink, Words)} for page in drawn]
        for parts in wanted:
            assert [page & parts for page in made if page & parts] == [parts], above
        turned.add(tuple(next(n for n, p in enumerate(made) if p & parts) for parts in wanted))
    assert turned >= {(0, 0), (0, 1), (1, 1)}
