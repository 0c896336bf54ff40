"""Whatever file of the site is broken: the case is recorded, and the file is named on stderr."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from dispatcher_tui.site.shipped import data_dir
from tests.cli.support import Run

HANZI = re.compile("[\u4e00-\u9fff]")
FILE = re.compile(r"\.(toml|txt|csv)")
SERVES = ("A file of the site is wrong, the desk does without it: ", "站点文件有错，本台照常工作：")


class Broken(NamedTuple):
    """A file with one thing wrong: how it is made so, and where in it that is."""

    file: str
    spoil: Callable[[str], str | bytes | None]
    place: str = ""


def _first(old: str, new: str) -> Callable[[str], str]:
    def spoil(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return spoil


def _gbk(text: str) -> bytes:
    return text.encode("gb18030")


def _torn(text: str) -> str:
    return f"{text}\nnonsense = ["


def _utf16(text: str) -> bytes:
    return text.encode("utf-16")


def _noise(text: str) -> bytes:
    return text.encode() + b"\xff\xff\n"


def _deep(text: str) -> str:
    return f"{text}\nx = {'[' * 5000}"


def _mixed(text: str) -> str:
    return text.replace("name", "nmae").replace("place", "plcae")


def _gone(_text: str) -> None:
    return None


def _empty(_text: str) -> str:
    return ""


FIRE, CLASSES, LAYER = "emergency/fire.toml", "categories.toml", "emergency.toml"
PINYIN = "pinyin.txt"

SETTINGS, IN_FORCE, OTHER = (
    "site.toml",
    "procedures/estate-dispatch.toml",
    "procedures/estate-plant.toml",
)

BROKEN = [
    *(
        Broken(file, spoil)
        for file in (SETTINGS, IN_FORCE)
        for spoil in (_torn, _gbk, _utf16, _deep, _empty)
    ),
    Broken(SETTINGS, _gone),
    *(Broken(OTHER, spoil) for spoil in (_torn, _gbk, _empty)),
    Broken(SETTINGS, _first('procedure = "estate-dispatch"', 'procedure = "x"'), "site.procedure"),
    Broken(SETTINGS, _first('zone = "Asia', 'zone = "Aisa'), "site.zone"),
    Broken(SETTINGS, _first('start = "08:30"', 'start = "18:30"'), "office_hours.end"),
    Broken(IN_FORCE, _first('due = "2h"', 'due = "2 hors"'), "due"),
    *(Broken(file, spoil) for file in ("roster.csv", "units.csv") for spoil in (_noise, _mixed)),
    Broken(PINYIN, _utf16),
    Broken(PINYIN, lambda text: b"\xff\xfe" + text.encode()),
    Broken(PINYIN, lambda text: f"{text}ls 漏水\n", "line"),
    *(Broken(file, spoil) for file in (FIRE, CLASSES, LAYER) for spoil in (_torn, _gbk, _empty)),
    Broken(CLASSES, _gone),
    Broken(FIRE, _first('digit = "1"', 'digit = "F1"'), "digit"),
    Broken(FIRE, _first('digit = "1"', 'digit = "4"'), "digit"),
    Broken(FIRE, _first('"guard", "gate"', '"guards", "gate"'), "ring[guards]"),
    Broken(FIRE, _first('digit = "1"', 'within = "fire"'), "within"),
    Broken(FIRE, _first("[[step]]", "[[stepp]]"), "stepp"),
    Broken(CLASSES, _first('class = "', 'clas = "'), "category"),
    Broken(LAYER, _first('{ role = "vp"', '{ role = "head"'), "ladder.rungs[head]"),
    Broken(LAYER, _first('due = "3min"', 'due = "-3min"'), "clock[E-02].due"),
    Broken(LAYER, _first('facts = ["fire", "order"]', 'facts = ["fire"]'), "level.facts"),
    *(
        Broken(file, spoil)
        for file in ("holidays/2025.toml", "holidays/2031.toml")
        for spoil in (_torn, _gbk, lambda text: f"{text}\nwork2 = []")
    ),
]


def _name(broken: Broken) -> str:
    return f"{broken.file}-{getattr(broken.spoil, '__name__', '')}-{broken.place}"


def spoil(site: Path, broken: Broken) -> None:
    """Break the site's file, or put a broken one where it has none."""
    path = site / broken.file
    shipped = data_dir() / broken.file
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        text = shipped.read_text("utf-8") if shipped.exists() else "year = 2031\n# 假日\n"
        path.write_text(text, "utf-8")
    wrong = broken.spoil(path.read_text("utf-8"))
    if wrong is None:
        path.unlink()
    else:
        path.write_bytes(wrong if isinstance(wrong, bytes) else wrong.encode())


CALLS = (
    (
        ("--channel", "panel", "--place", "9-1-0503", "--fact", "fire", "--said", "烟感"),
        "emergency",
    ),
    (("--place", "3-2-1502", "--category", "leak", "--said", "漏水"), "ordinary"),
)


@pytest.mark.sweep
@pytest.mark.parametrize("broken", BROKEN, ids=_name)
def test_the_case_is_recorded_and_the_file_is_named(run: Run, site: Path, broken: Broken) -> None:
    spoil(site, broken)
    for call, level in CALLS:
        for lang in ("en", "zh"):
            done = run("--lang", lang, "case", "open", "--site", site, *call, "--json")
            assert (done.code, done.json["level"]) == (0, level), done.err
            told = [line for line in done.err.splitlines() if broken.file in line]
            assert told, done.err
            assert told[0].startswith(SERVES[lang == "zh"])
            assert broken.place in told[0] or lang == "zh"
            assert "{" not in done.err
            assert bool(HANZI.search(told[0].partition(broken.file)[2])) or lang == "en"
            others = [line for line in done.err.splitlines() if FILE.search(line)]
            assert others == told, "no other file is spoken of"
    assert run("verify", "--site", site).code == 0
    checked = run("site", "check", "--site", site)
    assert checked.code == 1
    assert broken.file in checked.out


def test_nothing_is_said_of_files_that_are_good(run: Run, site: Path) -> None:
    for call, level in CALLS:
        done = run("case", "open", "--site", site, *call, "--json")
        assert (done.code, done.json["level"]) == (0, level)
        assert "wrong" not in done.err
        assert "toml" not in done.err


def test_of_many_broken_files_three_are_named_and_the_rest_counted(run: Run, site: Path) -> None:
    cards = sorted((site / "emergency").glob("*.toml"))
    for path in cards[:5]:
        path.write_text("x = [", "utf-8")
    done = run("case", "open", "--site", site, *CALLS[0][0])
    lines = done.err.splitlines()
    named = [line for line in lines if line.startswith(SERVES[0])]
    assert [path.name in line for path, line in zip(cards, named, strict=False)] == [True] * 3
    assert "Further files of the site that are wrong: 2; site check names them" in lines


def test_an_edited_card_in_another_encoding_is_not_written_over(run: Run, site: Path) -> None:
    path = site / FIRE
    own = _gbk(path.read_text("utf-8").replace("起火", "着火"))
    path.write_bytes(own)
    assert run("case", "open", "--site", site, *CALLS[0][0]).code == 0
    assert path.read_bytes() == own
