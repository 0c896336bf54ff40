"""One style of punctuation in the Chinese catalogue, set right where it is another.

Between Chinese characters marks are full-width, between ASCII half-width. A placeholder counts as
Chinese: names and words stand there. Run from the project's root, then compile the catalogue:

    python -m tests.present.punctuation
"""

from __future__ import annotations

import re

from tests.present.compile_catalogue import MO, PO, Text, compiled, read, written

_WIDE = {",": "，", ":": "：", ";": "；", "!": "！", "?": "？", ".": "。"}
_NARROW = {wide: narrow for narrow, wide in _WIDE.items()}
_CHINESE = re.compile("[\u3007\u3400-\u9fff{}]")
_LOOKED_THROUGH = " \"'「」『』【】（）()[]《》*"
_ENDS = ".。!！?？;；"


def _beside(text: str, at: int, step: int) -> str:
    """The nearest character that is no space, bracket or quote; empty at an end of the line."""
    at += step
    while 0 <= at < len(text) and text[at] in _LOOKED_THROUGH:
        at += step
    return text[at] if 0 <= at < len(text) and text[at] != "\n" else ""


def _chinese(character: str) -> bool:
    return bool(_CHINESE.match(character))


def _brackets(text: str) -> str:
    """Every pair full-width that holds Chinese or follows it, without spaces at its outside."""
    found, open_at = list(text), list[int]()
    for at, each in enumerate(text):
        if each in "(（":
            open_at.append(at)
        elif each in ")）" and open_at:
            begin = open_at.pop()
            wide = bool(_CHINESE.search(text[begin:at])) or _chinese(_beside(text, begin, -1))
            found[begin], found[at] = "（）" if wide else "()"
    return re.sub(" *） ?", "）", re.sub(" *（ *", "（", "".join(found)))


def _wide(text: str, at: int) -> bool:
    """Whether the mark at this place of a text is a full-width one."""
    mark, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    left, right = _beside(text, at, -1), _beside(text, at, 1)
    if not left:
        return mark in _NARROW
    if mark in _WIDE:
        if mark == "." and text[:at] == "{n}":
            return False  # the number of a list's line
        if before in {"", " "} or (mark == "." and re.match("[a-z0-9.]", after)) or before == ".":
            return False
        if after not in {"", " ", "\n", '"', "「"} and not re.search(
            "[\u3007\u3400-\u9fff]", before + after
        ):
            return False  # within a word: 22:47, site.toml
    if not right and mark in _ENDS:
        return True
    return _chinese(left) or _chinese(right)


def set_right(text: str) -> str:
    """A Chinese text in the one style; one without Chinese or placeholder as it is."""
    if not _CHINESE.search(text):
        return text
    text, found, at = _brackets(text), "", 0
    while at < len(text):
        mark = text[at]
        wide = (mark in _WIDE or mark in _NARROW) and _wide(text, at)
        at += 1
        if wide:
            found += _WIDE.get(mark, mark)
            while mark in _WIDE and text[at : at + 1] == " " and text[at : at + 2] != "  ":
                at += 1
        elif mark in _NARROW:
            found += _NARROW[mark] + (" " if text[at : at + 1] not in {"", " ", "\n", ")"} else "")
        else:
            found += mark
    return found


def _all(text: Text) -> Text:
    return tuple(map(set_right, text)) if isinstance(text, tuple) else set_right(text)


if __name__ == "__main__":
    entries = {msgid: _all(text) for msgid, text in read(PO).items()}
    PO.write_bytes(written(entries))
    MO.write_bytes(compiled(entries))
