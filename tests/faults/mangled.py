"""Promise 18: no list takes away or files anything unsaid.

Lists of homes and of people are made up, written as people and systems write them, in any form of
file, and mangled as spreadsheets and exports mangle them. What is filed has to be what was made up;
every cell that lost something is named by its row, and nothing of its row is filed; no other row is
refused, and of what is sound nothing is missing.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from datetime import date, time
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import openpyxl

from dispatcher_tui.domain.words.phone import phone_digits
from dispatcher_tui.present.site.site_problems import describe
from dispatcher_tui.site.lists.list_reading import Incoming, ListError, read_list
from dispatcher_tui.site.problems import SiteError
from tests.faults import fresh
from tests.faults.promise import PROBLEMS_KEPT, Outcome, Promise, outcome

MANY, FEW = 10_000, 150
_NAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗"
_HEADS = {
    "place": ("place", "房产", "位置", "房屋名称", "房号（必填）"),
    "building": ("building", "楼栋", "栋号", "楼宇"),
    "unit": ("unit", "单元", "单元号"),
    "room": ("room", "房号", "房间号", "室号"),
    "resident": ("resident", "业主", "住户姓名", "户主"),
    "phone": ("phone", "电话", "手机号", "业主联系方式"),
    "name": ("姓名", "name", "员工姓名"),
    "role": ("岗位", "role", "角色"),
    "phone1": ("手机", "phone1", "联系电话"),
}
_PLACES: tuple[str, ...] = (
    *(
        "{0}-{1}-{2}",
        "{0}.{1}.{2}",
        "{0}/{1}/{2}",
        "{0} {1} {2}",
        "{0}栋{1}单元{2}",
        "{0}、{1}、{2}",
    ),
    *(
        "{0}号楼{1}单元{2}室",
        "{0}幢-{1}单元-{2}",
        "{0}#{1}单元{2}",
        "{0}-{1}-{2}（租户）",
        "{0}:{1}:{2}",
    ),
)
_PHONES: tuple[str, ...] = (
    *("{0}", "{0}", "{0}", "+86 {0}", "{1}-{2}-{3}", "{1} {2} {3}", "0755-{4} 转 801", "(0755){4}"),
    *("{5}", "400-{2}-{3}"),
)
_RADIOS = ("对讲{0}频道", "CH {0}", "{0}频道", "对讲机 {0} 号")

Mangle = Callable[[Random, str], Any]
"""What a program makes of a figure or a number."""

_ROOMS: tuple[Mangle, ...] = (
    lambda random, text: f"{text}.{random.randrange(1, 9)}",
    lambda random, text: f"{int(text):.2E}",
    lambda random, text: random.choice(["TRUE", "FALSE", "#N/A", "#REF!", "NULL", "####"]),
    lambda random, text: f"{random.randrange(1, 13)}月{random.randrange(1, 29)}日",
    lambda random, text: f"{random.randrange(24):02}:{random.randrange(60):02}",
    lambda random, text: f"{random.randrange(24)}:{random.randrange(60):02}:00",
    lambda random, text: f"{random.randrange(1, 29)}-{random.choice(['Mar', 'Jun', 'Dec'])}",
    lambda random, text: f"{random.randrange(1, 13)}/{random.randrange(1, 29)}/2015",
    lambda random, text: random.choice(["星期一", "周日", "三月二日", "Monday"]),
    lambda random, text: str(random.randrange(36_526, 47_000)),
    lambda random, text: f"-{text}",
    lambda random, text: f"={text}+1",
    lambda random, text: f"{text[:1]}**",
)
_ROOM_VALUES: tuple[Mangle, ...] = (
    lambda random, text: time(random.randrange(24), random.randrange(60)),
    lambda random, text: date(random.randrange(1950, 2060), 3, random.randrange(1, 29)),
    lambda random, text: random.choice([True, False]),
    lambda random, text: -int(text),
    lambda random, text: int(text) + 0.5,
)
_WHOLES: tuple[Mangle, ...] = (
    lambda random, text: f"{text}.{random.choice(['0', '00', '5'])}",
    lambda random, text: f"-{text}",
    lambda random, text: text.replace("-", "--", 1),
    lambda random, text: text.rpartition("-")[0] + "-",
    lambda random, text: text.rpartition("-")[0] + random.choice(["-TRUE", "-#N/A", "-NULL"]),
    lambda random, text: f"={text}",
    lambda random, text: text.rpartition("-")[2],
    *_ROOMS[2:9],
)
_NUMBERS: tuple[Mangle, ...] = (
    lambda random, text: (
        f"{text[:3]}{random.choice(['****', 'xxxx', '....', '----', ' ', '—'])}{text[7:]}"
    ),
    lambda random, text: f"{int(text):.2E}",
    lambda random, text: f"{text}.5",
    lambda random, text: random.choice("-－−—/.") + text,
    lambda random, text: f"+-{text}",
    lambda random, text: f"={text}",
    lambda random, text: text[: random.randrange(7, 11)],
    lambda random, text: text.replace("0", "O", 1) if "0" in text else f"{text}o",
    lambda random, text: random.choice(["#N/A", "#######", "TRUE", "03:02", "2015-03-02", "null"]),
)
_NUMBER_VALUES: tuple[Mangle, ...] = (
    lambda random, text: -int(text),
    lambda random, text: int(text) + 0.5,
    lambda random, text: date(2015, 3, random.randrange(1, 29)),
    lambda random, text: time(3, random.randrange(60)),
)


class Made(NamedTuple):
    """A list that was made up: its file, what stands in each sound row, and the rows that lost
    something with what was put there; ``people`` says that it is a roster."""

    raw: bytes
    sound: dict[int, tuple[str, str, str]]
    hurt: dict[int, str]
    people: bool


def _mended(random: Random, text: str, book: bool) -> str:
    """A value as a program keeps a text or a number of it: nothing is lost."""
    ways = [f"'{text}", f"{text}.0" if text.isdecimal() else text]
    return random.choice(ways if book else [*ways, f'="{text}"'])  # a formula in a workbook


def _file(random: Random, rows: Sequence[Sequence[Any]], book: bool) -> bytes:
    """Rows as a workbook, or as text in one of its forms."""
    if book:
        workbook, stream = openpyxl.Workbook(), io.BytesIO()
        for row in rows:
            workbook.active.append(list(row))
        workbook.save(stream)
        return stream.getvalue()
    text = io.StringIO()
    separator = random.choice(",,;\t")
    csv.writer(text, delimiter=separator, lineterminator=random.choice(["\n", "\r\n"])).writerows(
        rows
    )
    encoding = random.choice(["utf-8", "utf-8-sig", "gb18030", "utf-16"])
    return (
        random.choice(["", f"sep={separator}\n"]) * (encoding != "utf-16") + text.getvalue()
    ).encode(encoding)


def _phone(random: Random) -> tuple[str, str]:
    """A number of eleven figures, and a number as somebody writes it."""
    mobile = f"13{random.randrange(10**9):09}"
    parts = (mobile[:3], mobile[3:7], mobile[7:])
    land = str(random.randrange(20_000_000, 90_000_000))
    return mobile, random.choice(_PHONES).format(mobile, *parts, land, random.randrange(1000, 9999))


def _cells(
    random: Random, layout: str, home: tuple[int, int, int], book: bool
) -> tuple[list[Any], bool, bool]:
    """The cells of a place; whether something was lost, and whether it is in one of the parts that
    the rows below may be merged with."""
    building, unit, room = map(str, home)
    lost = random.random() < 0.06
    if layout == "place":
        whole = f"{building}-{unit}-{room}"
        if lost:
            return [random.choice(_WHOLES)(random, whole)], True, False
        ways = [each for each in _PLACES if "/" not in each or not 1900 <= home[2] < 2100]
        written = random.choice(ways).format(building, unit, room)
        return [_mended(random, whole, book) if random.random() < 0.05 else written], False, False
    cells: list[Any] = [building, unit, room]
    if random.random() < 0.5:
        cells[:2] = [f"{building}栋", f"{unit}单元"]
    at = random.choice([0, 1, 2, 2, 2])
    if lost:
        values = _ROOM_VALUES if book and random.random() < 0.5 else _ROOMS
        cells[at] = random.choice(values)(random, str(home[at]))
        return cells, True, at < 2
    if random.random() < 0.05:
        cells[2] = _mended(random, room, book)
    elif book and random.random() < 0.5:
        cells[2] = int(room)
    return cells, False, False


def made(random: Random) -> Made:
    """A list of homes or of people, mangled in some of its cells."""
    people, book = random.random() < 0.25, random.random() < 0.25
    layout = "person" if people else random.choice(["place", "parts"])
    heads = {
        "person": ("name", "role", "phone1"),
        "place": ("place", "resident", "phone"),
        "parts": ("building", "unit", "room", "resident", "phone"),
    }[layout]
    rows: list[Sequence[Any]] = [["某花园一览表"]] * (random.random() < 0.3)
    rows.append([random.choice(_HEADS[head]) for head in heads])
    sound, hurt = dict[int, tuple[str, str, str]](), dict[int, str]()
    homes = sorted(
        {
            (random.randrange(1, 4), random.randrange(1, 3), random.randrange(101, 3304))
            for _ in range(random.randrange(2, 20))
        }
    )
    before: tuple[int, int] | None = None
    for nth, home in enumerate(homes):
        number = len(rows) + 1
        mobile, phone = _phone(random)
        name = "".join(random.choices(_NAMES, k=2)) + str(nth)
        lost = False
        first: list[Any] = [name, "主管"]
        if not people:
            first, lost, merged = _cells(random, layout, home, book)
            if layout == "parts" and not lost and before == home[:2] and random.random() < 0.5:
                first[:2] = ["", ""]
            before = None if merged else home[:2]
            first = [*first, name]
        elif random.random() < 0.2:
            phone = random.choice(_RADIOS).format(random.randrange(1, 17))
        if random.random() < 0.06:
            values = _NUMBER_VALUES if book and random.random() < 0.5 else _NUMBERS
            lost, cell = True, random.choice(values)(random, mobile)
        else:
            cell = _mended(random, mobile, book) if random.random() < 0.05 else phone
            phone = mobile if cell != phone else phone
        rows.append([*first, cell])
        if lost:
            hurt[number] = " | ".join(map(str, rows[-1]))
        else:
            sound[number] = ("-".join(map(str, home)), name, phone)
    return Made(_file(random, rows, book), sound, hurt, people)


def _filed(incoming: Incoming, people: bool) -> set[tuple[str, str, str]]:
    """What a list would file: a place, a name, the figures of a number."""
    if people:
        return {
            ("", each.name, "".join(map(phone_digits, each.phones))) for each in incoming.people
        }
    return {
        (each.place, "".join(each.residents), "".join(map(phone_digits, each.phones)))
        for each in incoming.households
    }


def wrong(case: Made) -> Iterator[str]:
    """What became of a list otherwise than it has to."""
    named = dict[int, str]()
    try:
        found = read_list(case.raw, "list")
    except ListError as error:
        found = list(error.rest)
        for each in error.problems:
            kind, _space, rest = each.key.partition(" ")
            number = rest.split(" ")[0]
            if kind != "row" or not number.isdecimal() or not describe(each):
                yield f"refused without a row: {each.key} {each.code}"
            else:
                named[int(number)] = describe(each)
    except SiteError as error:
        yield f"not read at all: {error}"
        return
    yield from (
        f"row {n} lost something and is not named: {case.hurt[n]}"
        for n in case.hurt.keys() - named.keys()
    )
    yield from (f"{named[n]}, typed {case.sound[n]}" for n in named.keys() & case.sound.keys())
    wanted = {
        ("" if case.people else place, name, phone_digits(phone))
        for place, name, phone in case.sound.values()
    }
    filed = {each for incoming in found for each in _filed(incoming, case.people)}
    yield from (f"filed and never typed: {each}" for each in filed - wanted)
    yield from (f"typed and not filed: {each}" for each in wanted - filed)


def run(_folder: Path, full: bool) -> Outcome:
    """Make lists up, mangle them, read them."""
    seed = fresh.seed("lists")
    random, problems = Random(seed), list[str]()
    lists, cells, rows = MANY if full else FEW, 0, 0
    for _nth in range(lists):
        case = made(random)
        cells += len(case.hurt)
        rows += len(case.sound)
        problems += wrong(case)
        if len(problems) >= PROBLEMS_KEPT:
            break
    return outcome(
        f"{lists:,} lists, {rows:,} sound rows and {cells:,} that lost something, seed {seed}: "
        f"{len(problems)} filed, dropped or refused wrongly",
        problems,
    )


PROMISE = Promise(
    18,
    "lists",
    "No list takes away or files anything unsaid",
    "0 filed that was not typed, 0 dropped without row and reason; full: 10,000 mangled lists",
    run,
)
