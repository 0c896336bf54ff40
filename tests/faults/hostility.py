"""Texts that try to steer a terminal, a spreadsheet, a database or markup; and who judges bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

MARK = "31337"
"""Stands as a parameter in every escape sequence of ours, so that it is told from the program's."""

_CODE_POINTS = (
    *range(0x20),
    *range(0x7F, 0xA0),
    0x061C,
    *range(0x200B, 0x2010),
    *range(0x2028, 0x202F),
    *range(0x2060, 0x206A),
    0xFEFF,
    0xFFF9,
    0xFFFE,
    0xD800,
    0xDFFF,
    0xE0001,
    0xE0041,
    0x10FFFF,
)
PIECES = (
    *map(chr, _CODE_POINTS),
    f"\x1b[{MARK}m",
    f"\x1b[{MARK}J",
    f"\x9b{MARK}J",
    f"\x1b]52;c;{MARK}\x07",
    f"\x1b]0;{MARK}\x1b\\",
    f"\x1bP{MARK}\x1b\\",
    f"\x1b_{MARK}\x9c",
    "\x1bc",
    "[/]",
    "[/foo]",
    "[b]",
    "[@click=app.quit]x[/]",
    "[link=file:///etc/passwd]",
    "[[bold]",
    "\\[",
    "=1+1",
    "+1",
    "-2+3",
    "@SUM(A1)",
    "=cmd|' /C calc'!A0",
    "'); DROP TABLE cases;--",
    '" OR NEAR(a b)',
    "%s%n",
    "{0.__class__}",
    "../../etc/passwd",
    "C:\\nul",
    "漏水",
    "电梯",
    "张伟",
    "𠀀",
    "e\u0301\u0323",
    "👩‍👩‍👧",
    "\u3000",
    "Ａ１",
    "xyz",
    "3-2-1502",
    "\ud83d",
)

# Whatever hides or turns text on a screen; nothing of it has any business there.
_UNSEEN = re.compile(
    "[\x80-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_CSI = re.compile(r"\x1b\[([0-?]*)[ -/]*[@-~]")
_TITLE = re.compile(r"\x1b\]2;[^\x00-\x1f\x7f-\x9f]*\x07")
"""The terminal's title; nothing in it ends it early."""

_POINTER = re.compile(r"\x1b\]22;[a-z-]*\x07")  # Textual's own, for the mouse
_CONTROL = re.compile("[\x00-\x06\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f]")
_FORMULA = re.compile(r'(?:^|,)"?(?:[=@\t\r]|[+-](?!\d[\d.]*"?(?:,|$)))', re.MULTILINE)


def hostile(random: Random) -> str:
    """One text out of what hurts."""
    return "".join(random.choice(PIECES) for _ in range(random.randint(1, 7)))


def _decoded(data: bytes, where: str) -> Iterator[str]:
    try:
        data.decode()
    except UnicodeDecodeError as error:
        yield f"{where}: no UTF-8: {error}"
    text = data.decode(errors="replace")
    for found in _UNSEEN.finditer(text):
        start = max(0, found.start() - 30)
        yield f"{where}: U+{ord(found.group()):04X} in {text[start : found.end() + 10]!r}"


def judge_screen(data: bytes, where: str) -> Iterator[str]:
    """What a program wrote to its terminal that comes of somebody's text and steers it."""
    yield from _decoded(data, where)
    text = _TITLE.sub("", _POINTER.sub("", data.decode(errors="replace")))
    for control in _CONTROL.finditer(text):
        near = text[max(0, control.start() - 30) : control.end() + 10]
        yield f"{where}: {control.group()!r} in {near!r}"
    at = 0
    while (at := text.find("\x1b", at)) >= 0:
        found = _CSI.match(text, at)
        if found is None and text[at + 1 : at + 2] not in ("7", "8", "=", ">"):
            yield f"{where}: a sequence that is not ours: {text[at : at + 30]!r}"
        elif found is not None and MARK in found.group(1):
            yield f"{where}: a caller's sequence: {found.group()!r}"
        at += 1


def judge_print(data: bytes, where: str) -> Iterator[str]:
    """What is printed to a file or a pipe and could steer whatever shows it."""
    yield from _decoded(data, where)
    text = data.decode(errors="replace")
    controls = {c for c in text if (c < " " and c != "\n") or c == "\x7f"}
    if controls:
        yield f"{where}: control characters {sorted(controls)!r}"


def judge_table(text: str, where: str) -> Iterator[str]:
    """Cells of a CSV that a spreadsheet would take for a formula."""
    text = text.replace("\r\n", "\n")  # the end of a row is no cell that begins with a return
    for found in _FORMULA.finditer(text):
        yield f"{where}: a formula: {text[found.start() : found.end() + 20]!r}"
