"""A desk that collects fees beside its complaints, and lists as a cashier has them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from dispatcher_tui.desk.adoption import adopt_units
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.domain.words.people import Household
from dispatcher_tui.site.lists.list_reading import units_text
from tests.desk.on_watch import open_desk
from tests.desk.several import set_in_force
from tests.domain.support import local

HEADS = "房号,业主姓名,欠费月份,欠费金额,区域,管理员"
THE_13TH = "2026-11-13 09:00"  # a Friday
AREAS = 8


def rooms(count: int) -> list[str]:
    """So many rooms, in eight buildings."""
    return [
        f"{n % AREAS + 1}-{n // 240 % 9 + 1}-{n // AREAS % 30 + 1:02d}0{n // 2160 + 1}"
        for n in range(count)
    ]


def put_register(desk: Desk, places: Iterable[str]) -> None:
    """The register of units has these rooms, each with somebody in it."""
    homes = [Household(place=each, residents=(f"住户{n}",)) for n, each in enumerate(places)]
    adopt_units(desk, homes, units_text(homes))


def collecting(folder: Path, at: str = THE_13TH, count: int = 24) -> Desk:
    """A desk with both procedures in force, and so many rooms."""
    desk = set_in_force(open_desk(folder, local(at)), "estate-dispatch", "fee-collection")
    put_register(desk, rooms(count))
    return desk


def row(place: str, months: str = "3", fen: str = "1,280.50") -> str:
    """A line of a list, by its room's building on somebody's round."""
    area = place.partition("-")[0]
    return f'{place},住户{place},{months},"{fen}",{area}栋,管理员{area}'


def unpaid(places: Iterable[str], title: str = "") -> str:
    """A cashier's list of those that have not paid, each three months and 1,280.50."""
    return "\n".join([*filter(None, (title,)), HEADS, *map(row, places), ""])


def back(said: Iterable[tuple[str, str, str]]) -> str:
    """A list that comes back: room, result, amount paid."""
    lines = (f'{place},{result},"{paid}"' for place, result, paid in said)
    return "\n".join(["房号,结果,实收金额", *lines, ""])


def written(folder: Path, name: str, text: str) -> Path:
    """That text as a file."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path
