"""Buildings and their doors as they are typed: `3`, `3-2`, `3栋2单元`, several of them, or all."""

from __future__ import annotations

import re

from dispatcher_tui.domain.words.place import normalise_place
from dispatcher_tui.domain.words.text import clean_text

_EVERY = ("all", "全部", "全")
_BETWEEN = re.compile(r"[\s,，、;；]+")
_LISTED = re.compile(r"[,，、;；]+")
_COUNTED = re.compile(r"(?:号楼|[栋幢座])-?(?=\d)")
_END = re.compile(r"(?:号楼|单元|[栋幢座])$")


def every_door(word: str) -> bool:
    """Whether a word stands for every door of the estate."""
    return word.casefold() in _EVERY


def doors_typed(text: str) -> tuple[str, ...]:
    """The words for buildings and doors, in order."""
    return tuple(filter(None, _BETWEEN.split(_line(text))))


def door_typed(word: str) -> str:
    """A building or a door as the register begins a place: `3栋2单元` is `3-2`."""
    return normalise_place(_COUNTED.sub("-", _END.sub("", word))).upper()


def places_typed(text: str) -> tuple[str, ...]:
    """Places of any name, with commas between; a blank belongs to the name."""
    found = (word.strip() for word in _LISTED.split(_line(text)))
    return tuple(dict.fromkeys(filter(None, found)))


def _line(text: str) -> str:
    return clean_text(text, multiline=False).text.strip()
