"""Places of the estate as they are typed while the caller waits."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from itertools import product

from dispatcher_tui.domain.words.numerals import figures_of
from dispatcher_tui.domain.words.text import clean_text

PLACE_LIMIT = 200
"""Most characters a place may have."""

PLACE_MARKS = "-.栋"
"""Keys, as they are folded, that only a place has outside of words."""
AFTER_A_FIGURE = "/ 幢座楼号"
"""Those that mark a place right after a figure; `、` is folded to `/`."""

_PART = re.compile(r"[A-Za-z]?[0-9]{1,5}[A-Za-z]?|[A-Za-z]")
# Words that name what the figure before them counts. A bare 楼 is left out: it may be a storey.
_COUNTED = re.compile(r"(?<=[0-9A-Za-z]) *(?:号楼|单元|[栋幢座期室房户号#])")
# 门 and 梯 are units where a room follows; by themselves they are a gate and a lift.
_ENTRANCE = re.compile(r"(?<=[0-9A-Za-z]) *[门梯](?=[-\s]*[0-9]{3,5}(?:[室房户号]|$))")
# A storey said before the room that begins with it says nothing new: 15层1502.
_STOREY = re.compile(r"(?<![0-9A-Za-z])0?([1-9][0-9]?) *[层楼F][-\s]*(?=0?\1[0-9]{2}(?![0-9]))")
# Chinese figures before such a word, or standing for the room at the end.
_NUMERAL = re.compile(
    "[零\u3007一幺二三四五六七八九十]+(?=号楼|单元|[栋幢座期室房户号门梯层楼#]|$)"
)
_AS_REGISTERED = re.compile(r"[0-9]{1,5}(?:-[0-9]{1,5}){1,4}")
_SEPARATORS = re.compile(
    r"[-\s./\\,、。:+*_~\u00b7\u2010-\u2015\u2022\u2212\u2219\u22c5\u301c\u30fb]+"
)
_HEADLESS = re.compile(
    r"\s*(?:[-./\\,、。:*_~]|[栋幢]|(?:号楼|单元|[号座楼])[-\s]*[0-9一二三四五六七八九十])"
)
"""What a place cannot begin with: it parts what was said before it from what follows."""
_FIGURE = re.compile("[0-9A-Za-z\uff10-\uff19]+|[零\u3007一幺二三四五六七八九十]+")
_WHO = "业主|租户|租客|住户|户主|房东|房客|家属|本人|owner|tenant|resident|landlord"
_TAG = re.compile(rf"\s*[(\[\u3010\u3014](?:{_WHO})[)\]\u3011\u3015]\s*$", re.IGNORECASE)
"""Who lives there or rings from there, in brackets behind a unit, as lists have it."""
_MOST_PARTS = 5
_FIGURES, _ROOM_FIGURES = 2, 5
"""Most figures that a building or a unit, and that a room, is filled up to with zeros."""


class PlaceKnown(StrEnum):
    """What the register has of a place: a home, a building or a stairwell of homes, nothing; or
    there is no register to ask."""

    HOME = "home"
    PART = "part"
    NOT_LISTED = "not_listed"
    NO_LIST = "no_list"


def _unit_parts(text: str) -> tuple[str, ...]:
    """The figures of a unit place; empty where the text is none."""
    if _AS_REGISTERED.fullmatch(text):  # Nearly every row of a list: nothing in it to be read.
        return tuple(text.split("-"))
    folded = unicodedata.normalize("NFKC", text)
    plain = _NUMERAL.sub(lambda match: figures_of(match[0]), _TAG.sub("", folded))
    marked = _COUNTED.sub("-", _ENTRANCE.sub("-", _STOREY.sub("", plain)))
    parts = tuple(part for part in _SEPARATORS.split(marked) if part)
    if not 2 <= len(parts) <= _MOST_PARTS:
        return ()
    if not all(_PART.fullmatch(part) for part in parts):
        return ()
    if not any(ch.isdigit() for part in parts for ch in part):
        return ()
    return tuple(part.upper() for part in parts)


def more_than_place(raw: str) -> str:
    """What is typed where it says more than the place does, `3-2-1502（租户）`; else nothing.

    Who is there, in brackets behind a unit, is no part of the place and belongs into the record
    all the same: this is the whole text, without unsafe characters.
    """
    text = clean_text(raw, multiline=False, limit=PLACE_LIMIT).text.strip()
    folded = unicodedata.normalize("NFKC", text)
    return text if _TAG.search(folded) is not None and _unit_parts(folded) else ""


def normalise_place(raw: str) -> str:
    """One spelling for a unit place: `3.2.1502`, `3栋2单元1502室` and the like are `3-2-1502`.

    Any separator of the keypad or an input method will do, and Chinese figures with the words for
    building, unit and room. A storey that the room's number repeats and who is there, in brackets
    behind, are no part of it. Zeros in front stay, since they are part of a room's number. A place
    that is no unit (a gate, a car park) is kept as typed, without
    unsafe characters and outer spaces. Never raises.
    """
    text = clean_text(raw, multiline=False, limit=PLACE_LIMIT).text.strip()
    return "-".join(_unit_parts(text)) or text


def places_in(text: str) -> set[str]:
    """The unit places that stand anywhere in a text, in their one spelling, and the whole text.

    The figures of a longer place are none by themselves: `13-2-1502` has no `2-1502` in it.
    """
    figures = list(_FIGURE.finditer(text))
    found = {normalise_place(text)}
    for nth, first in enumerate(figures):
        if first.start() and text[first.start() - 1] == "-":
            continue
        for last in figures[nth + 1 : nth + _MOST_PARTS]:
            if not text[last.end() :].startswith("-"):
                found.add(normalise_place(text[first.start() : last.end()]))
    return found


def other_zeros(place: str) -> tuple[str, ...]:
    """The other spellings of a unit place: with more or fewer zeros in front of its figures.

    `9-2-503` may stand in the register as `9-2-0503`. Nothing for a place that is no unit.
    """
    parts = _unit_parts(normalise_place(place))
    ways = []
    for nth, part in enumerate(parts, 1):
        bare = part.lstrip("0") or "0"
        most = _ROOM_FIGURES if nth == len(parts) else _FIGURES
        filled = [bare.zfill(size) for size in range(len(bare), most + 1)]
        ways.append(filled or [bare] if part.isdigit() else [part])
    spelt = ("-".join(each) for each in product(*ways)) if parts else iter(())
    return tuple(each for each in spelt if each != "-".join(parts))


def needs_asking(place: str) -> bool:
    """Whether a typed place may be a key that was meant for something else.

    So is a bare figure, a single character, what has neither letter nor figure, and a name's
    initials: letters of a Latin keyboard alone.
    """
    text = unicodedata.normalize("NFKC", normalise_place(place))
    if not text:
        return False
    initials = text.isascii() and text.isalpha()
    return len(text) == 1 or text.isdigit() or initials or not any(ch.isalnum() for ch in text)


def lacks_start(typed: str) -> bool:
    """Whether a place as it is typed begins with a mark: what belongs before it is missing.

    `-2-1502` and `栋1502` are no whole places; `楼顶` is one.
    """
    return _HEADLESS.match(unicodedata.normalize("NFKC", typed)) is not None


def is_unit(place: str) -> bool:
    """Whether a place is one of a building: figures, part by part, and no words."""
    return bool(_unit_parts(normalise_place(place)))


def place_parts(place: str) -> tuple[str, ...]:
    """The figures of a unit place, the whole text of any other, nothing for an empty one."""
    text = normalise_place(place)
    parts = _unit_parts(text)
    if parts:
        return parts
    return (text,) if text else ()
