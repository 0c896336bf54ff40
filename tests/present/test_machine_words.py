"""What a library or the system says is read in the operator's language, and English stays it."""

from __future__ import annotations

import errno
import os
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from dispatcher_tui.present.i18n import use
from dispatcher_tui.present.machine_words import machine_words, syntax_words
from dispatcher_tui.present.refusals import explain_outside
from dispatcher_tui.present.site.site_problems import describe
from dispatcher_tui.site.holiday_notice import read_notice
from dispatcher_tui.site.problems import SiteError, SiteProblem
from dispatcher_tui.site.toml_text import parse_toml, read_text
from dispatcher_tui.store import schema
from dispatcher_tui.store.errors import disk_error, translated
from tests.site.bad_files import roster

ENGLISH = re.compile(r"[A-Za-z]{2,}")

BROKEN = (
    "a",
    "a b = 1",
    "a = ",
    "a = 1 b",
    "a = [1 2]",
    "a = [1",
    "a = {b = 1",
    "a = {b = 1 c",
    'a = "x',
    'a = """x',
    'a = "\\q"',
    'a = "\\u12"',
    'a = "\\ud800"',
    "a = 2026-13-45",
    "[a",
    "[[a",
    "= 1",
    "名 = 1",
    "a ＝ 1",
    "a = “x”",
    "a = 1\na = 2",
    "[a]\n[a]",
    "a = {b = 1, b = 2}",
    "a = {b = 1}\n[a.c]",
    "a = 1 # \x01",
    'a = "\x01"',
    "a = \t\x00",
    f"a = {'9' * 5_000}",
    f"a = {'[' * 5_000}",
    "a = 0x",
    "a = truth",
)
"""A TOML file wrong in as many ways as its reader tells apart."""


@pytest.fixture
def _chinese() -> Iterator[None]:
    use("zh")
    yield
    use("en")


def problem(text: str) -> SiteProblem:
    """What is wrong with that TOML."""
    with pytest.raises(SiteError) as caught:
        parse_toml(text, "f")
    return caught.value.problems[0]


@pytest.mark.usefixtures("_chinese")
@pytest.mark.parametrize("text", BROKEN)
def test_a_broken_file_is_told_in_chinese_with_its_place(text: str) -> None:
    found = problem(text)
    said = describe(found)
    assert not ENGLISH.search(said), said
    place = re.search(r"(\d+) ?行.*?(\d+) ?列", said)
    assert place is not None, said
    assert (place[1], place[2]) == (found.detail["line"], found.detail["column"])


@pytest.mark.parametrize("text", BROKEN)
def test_english_keeps_the_readers_own_words(text: str) -> None:
    found = problem(text)
    assert found.detail["reason"] in describe(found)


@pytest.mark.usefixtures("_chinese")
def test_the_line_and_the_column_are_those_of_the_fault() -> None:
    said = describe(problem('name = "x"\nzone = "y" z\n'))
    assert re.search(r"2 ?行", said), said
    assert re.search(r"12 ?列", said), said


@pytest.mark.usefixtures("_chinese")
def test_what_no_version_knew_is_no_english_either() -> None:
    for words in ("Some new complaint", "Expected sunshine"):
        assert not ENGLISH.search(syntax_words(words))
    assert syntax_words("12: 一") == "12: 一", "what is no English stands as it is"


SYSTEM = ("EACCES", "EPERM", "ENOENT", "EISDIR", "ENOTDIR", "EEXIST", "ENAMETOOLONG", "ELOOP")
DEVICES = ("EMFILE", "ENOSPC", "EROFS", "EIO", "EBUSY", "ENODEV", "ENOEXEC", "ENOMEM", "EINVAL")


@pytest.mark.usefixtures("_chinese")
@pytest.mark.parametrize("name", [*SYSTEM, *DEVICES])
def test_the_systems_words_and_the_path_beside_them(name: str) -> None:
    number = getattr(errno, name)
    words = os.strerror(number)
    assert not ENGLISH.search(machine_words(words)), words
    said = explain_outside(disk_error(OSError(number, words, "/x/1.db")))
    assert words not in said
    if number != errno.ENOSPC:  # that one says what to do, and no path
        assert "/x/1.db" in said


@pytest.mark.usefixtures("_chinese")
def test_an_unknown_number_is_told_by_its_number() -> None:
    said = machine_words("[Errno 1234] Quantum flux: '/x'")
    assert "1234" in said
    assert "Quantum" not in said
    assert said.endswith("/x")


@pytest.mark.usefixtures("_chinese")
def test_a_path_or_a_name_that_is_no_message_stays() -> None:
    for text in ("/srv/desk.sqlite3", "desk on host: 12", "李建国", ""):
        assert machine_words(text) == text


@pytest.mark.usefixtures("_chinese")
def test_the_databases_words() -> None:
    con = sqlite3.connect(":memory:")
    con.execute("CREATE TABLE t (a TEXT NOT NULL UNIQUE CHECK (a <> ''))")
    con.execute("INSERT INTO t VALUES ('x')")
    for value in ("('x')", "(NULL)", "('')"):
        with pytest.raises(sqlite3.Error) as caught:
            con.execute(f"INSERT INTO t VALUES {value}")
        detail = machine_words(translated(caught.value).detail)
        assert not ENGLISH.search(detail.partition(":")[0]), detail
    con.close()


@pytest.mark.usefixtures("_chinese")
def test_what_the_triggers_say() -> None:
    texts = [text for text in vars(schema).values() if isinstance(text, str)]
    said = re.findall(r"RAISE\(ABORT, '([^']+)'\)", "\n".join(texts))
    assert len(said) > 8
    for words in said:
        assert not ENGLISH.search(machine_words(words)), words


@pytest.mark.usefixtures("_chinese")
@pytest.mark.parametrize(
    "text", ['{"year": 2027', "{", '{"a" 1}', '{"a": 1,}', "{} 2", '{"a": "\n"}', '{"a": "\\q"}']
)
def test_published_holidays_that_are_no_json(tmp_path: Path, text: str) -> None:
    file = tmp_path / "n.json"
    file.write_text(text, "utf-8")
    with pytest.raises(SiteError) as caught:
        read_notice(file)
    said = describe(caught.value.problems[0]).replace("n.json", "")
    assert not ENGLISH.search(said), said


@pytest.mark.usefixtures("_chinese")
def test_a_list_and_a_record_that_do_not_fit() -> None:
    found = next(each for each in roster("陈志强", '"陈"志强') if each.code == "csv_syntax")
    assert not ENGLISH.search(describe(found).replace("roster.csv", "")), describe(found)
    for value, kind in (({"a": "x"}, dict[str, int]), ([1], dict[str, int])):
        with pytest.raises(msgspec.ValidationError) as unfit:
            msgspec.convert(value, kind)
        said = syntax_words(str(unfit.value))
        assert not ENGLISH.search(said.replace("int", "").replace("object", "")), said


@pytest.mark.usefixtures("_chinese")
def test_a_folder_in_the_place_of_a_file(tmp_path: Path) -> None:
    with pytest.raises(SiteError) as caught:
        read_text(tmp_path)
    assert "文件夹" in describe(caught.value.problems[0])
