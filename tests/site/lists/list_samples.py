"""Lists to be read, and what is asked of them."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

import openpyxl

from dispatcher_tui.domain.words.people import Household
from dispatcher_tui.present import i18n
from dispatcher_tui.present.site.site_problems import describe
from dispatcher_tui.site.lists.list_reading import (
    Incoming,
    read_list,
)
from dispatcher_tui.site.lists.list_words import ListWords
from dispatcher_tui.site.problems import SiteError, SiteProblem

PLAIN = "place,resident,phone\n1-1-101,甲,13800000001\n"
HOME = Household(place="1-1-101", residents=("甲",), phones=("13800000001",))


def read(text: str | bytes, words: ListWords | None = None) -> Incoming:
    raw = text.encode() if isinstance(text, str) else text
    (found,) = read_list(raw, "list", words or ListWords())
    return found


def refused(text: str | bytes) -> list[tuple[str, str]]:
    """The problems of a list by key and code; none of a list that is taken."""
    try:
        read(text)
    except SiteError as error:
        return [(each.key, each.code) for each in error.problems if sayable(each)]
    return []


def sayable(problem: SiteProblem) -> bool:
    """Whether it is said in both languages with all its particulars."""
    lines = []
    for language in ("zh", "en"):
        i18n.use(language)
        lines.append(describe(problem))
    return lines[0] != lines[1] and "{" not in "".join(lines)


def told(found: Incoming) -> dict[str, dict[str, str]]:
    return {each.code: each.detail for each in found.notes if sayable(each)}


def workbook(*sheets: Iterable[Iterable[Any]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
