"""What a case is found by: the words that are indexed, and the query that finds them again.

An index knows whole words only, so a word's beginnings are indexed as words of their own. Chinese
has no spaces: each character and each pair of neighbours is a word. All of it serves matching
alone and never reaches the record.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator
from functools import cache, lru_cache
from itertools import pairwise

from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.record.events import LogNoted
from dispatcher_tui.domain.record.opening import FIELDS
from dispatcher_tui.domain.words.phone import phone_digits
from dispatcher_tui.domain.words.place import other_zeros, place_parts
from dispatcher_tui.domain.words.text import fold, is_hanzi

Initials = Callable[[str], Collection[str]]
"""Pinyin initials of a name, in every reading: `王建国` gives `{"wjg"}`."""

LESSONS_INDEXED = 4_000
"""Characters of what was learnt from a case that can be found again."""
FIELD_INDEXED = 200
"""Characters of a name, a number or a place that are looked at; nobody types more to find one."""

QUERY_LIMIT = 200
"""Characters of a query that are looked at."""

_PREFIX = 6
_SHORTEST_SUFFIX = 4
_MOST_TERMS = 48
_LINKS = 5
_ROOM = 3
_CHAINED = re.compile(r"(?<![0-9a-z])[0-9a-z]++(?:(?:[^\w\s]|_)++[0-9a-z]++)++")
"""Figures or letters with something between them: a place, a number, a price."""


@cache
def _run() -> re.Pattern[str]:
    """The ranges of `is_hanzi`, or a run of other letters and figures of any script; compiled
    when the first text is indexed."""
    return re.compile(
        "[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f\U00030000-\U0003fffd]+"
        "|[^\\W_\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f"
        "\U00030000-\U0003fffd]+"
    )


def _known(run: str) -> Iterator[str]:
    """The parts of a run of letters that every index's tokenizer takes for one word each.

    The tables of Unicode 3.2 are asked because each SQLite knows at least those; a letter that
    the tokenizer does not know would cut a word in two.
    """
    category = unicodedata.ucd_3_2_0.category
    kept = "".join(ch if category(ch)[0] in "LN" else " " for ch in run)
    yield from kept.split()


def _runs(text: str) -> Iterator[str]:
    """Runs of Chinese, and of other letters and figures, of a folded text."""
    for run in _run().findall(text):
        if run.isascii() or is_hanzi(run[0]):
            yield run
        else:
            yield from _known(run)


def _add_beginnings(found: set[str], word: str) -> None:
    if word:
        found.add(word)
        found.update(word[:size] for size in range(1, min(_PREFIX + 1, len(word))))


def _add_digits(found: set[str], digits: str) -> None:
    """A number in full, its beginnings, and each of its endings from four digits on."""
    found.update(digits[-size:] for size in range(_SHORTEST_SUFFIX, len(digits)))
    _add_beginnings(found, digits)


def _place_token(parts: tuple[str, ...]) -> str:
    return "pl" + "x".join(parts).lower()


def _add_place(found: set[str], parts: tuple[str, ...]) -> None:
    """A unit place in its one spelling, from any of its figures on, as far as it is typed."""
    for first in range(len(parts) - 1):
        token = _place_token(parts[first:])
        shortest = token.index("x") + 2
        found.update(token[:size] for size in range(shortest, len(token) + 1))


def words(text: str) -> set[str]:
    """Every word a free text is found by; figures with something between are found joined too."""
    folded, found = fold(text), set[str]()
    for run in _runs(folded):
        if run.isascii() or not is_hanzi(run[0]):
            _add_beginnings(found, run)
        else:
            found.update(run)
            found.update(map("".join, pairwise(run)))
    for chained in _CHAINED.findall(folded):
        _add_chained(found, list(_runs(chained)))
    return found


def _add_chained(found: set[str], runs: list[str]) -> None:
    """Every stretch of a chain: nobody knows which comma ends a place and begins a number."""
    for first in range(min(len(runs), _LINKS)):
        for last in range(first + 2, min(first + _LINKS, len(runs)) + 1):
            stretch = runs[first:last]
            _add_place(found, place_parts("-".join(stretch)))
            _add_joined(found, stretch)
    _add_joined(found, runs)


def _add_joined(found: set[str], runs: list[str]) -> None:
    joined = "".join(runs)
    if joined.isdigit():
        _add_beginnings(found, joined)


@lru_cache(maxsize=4096)
def place_words(place: str) -> frozenset[str]:
    """A place's figures, and the place itself however it will be typed."""
    found = words(place)
    parts = place_parts(place)
    if len(parts) > 1:
        _add_place(found, parts)
        for part in parts:
            _add_beginnings(found, part.lower())
    return frozenset(found)


def case_words(case: Case, initials: Initials, extra: tuple[str, ...] = ()) -> str:
    """All words of a case, sorted, with spaces between.

    `extra` is what the record does not hold itself, such as the category's name. `initials` is
    asked for the names of people, for the category as recorded and for each of `extra`.
    """
    names = {case.category, *extra} | {caller.name for caller in case.callers}
    if case.assignee is not None:
        names.add(case.assignee.name)
    told = [getattr(case, field.name)[: field.found] for field in FIELDS if field.found]
    texts = [case.slip.number, *told, case.lessons[:LESSONS_INDEXED]]
    for whole in filter(None, names):
        name = whole[:FIELD_INDEXED]
        texts.append(name)
        texts.extend(initials(name))
    found = words("\n".join(texts))
    for run in (runs := list(_runs(fold(case.number)))):
        _add_beginnings(found, run)
    _add_beginnings(found, "".join(runs))
    for caller in case.callers:
        _add_digits(found, phone_digits(caller.phone[:FIELD_INDEXED]))
    if case.place:
        found |= place_words(case.place[:FIELD_INDEXED])
    return " ".join(sorted(found))


def note_words(note: LogNoted, initials: Initials) -> str:
    """All words of a line of the Work Log, an enquiry's answer, caller, number and place among
    them."""
    texts = [note.text[: FIELD_INDEXED * 4], note.answer[: FIELD_INDEXED * 4]]
    texts.append(note.caller[:FIELD_INDEXED])
    if note.caller:
        texts.extend(initials(note.caller[:FIELD_INDEXED]))
    found = words("\n".join(texts))
    _add_digits(found, phone_digits(note.phone[:FIELD_INDEXED]))
    if note.place:
        found |= place_words(note.place[:FIELD_INDEXED])
    return " ".join(sorted(found))


def lasting_words(case: Case) -> frozenset[str]:
    """Words that every version of the program has found this case by, its own rules aside.

    An index that an older version made has fewer than ``case_words``, but none fewer than these.
    """
    texts = [case.number, case.verbatim, *(caller.name for caller in case.callers)]
    found = set[str]()
    for run in (run for text in texts if len(text) <= FIELD_INDEXED for run in _runs(fold(text))):
        found.update(run if is_hanzi(run[0]) else (run,))
    found.update(phone_digits(caller.phone[:FIELD_INDEXED]) for caller in case.callers)
    return frozenset(found - {""})


def _term(word: str) -> str:
    """One word of a query; runs are of letters and figures alone, so quoting them is enough."""
    return f'"{word}"' if len(word) <= _PREFIX else f'"{word}"*'


def _terms(text: str) -> list[str]:
    found: dict[str, None] = {}
    for run in _runs(text):
        if len(run) > 1 and is_hanzi(run[0]):
            found.update((_term("".join(pair)), None) for pair in pairwise(run))
        else:
            found[_term(run)] = None
    return list(found)


def _all_of(terms: list[str]) -> str:
    return " AND ".join(terms[:_MOST_TERMS])


def _joined(text: str) -> str | None:
    """A telephone or case number that was typed with something between its digits."""
    digits = "".join(_runs(text))
    return _term(digits) if digits.isascii() and digits.isdigit() else None


def _place_ways(text: str) -> list[str]:
    """The tokens of a unit place in full, with more or fewer zeros in front of its figures too.

    A last figure of one or two digits may be a unit, which is not looked for among the rooms.
    """
    parts = place_parts(text)
    if len(parts) < 2:
        return []
    ways = [parts]
    if len(parts[-1].lstrip("0")) >= _ROOM:
        ways += [tuple(other.split("-")) for other in other_zeros("-".join(parts))]
    return [f'"{_place_token(way)}"' for way in ways]


def _one_word(word: str) -> list[str]:
    """The ways to read one word of a query; figures joined by something are read as one."""
    terms = _terms(word)
    joined = _joined(word) if len(terms) > 1 else None
    ways = [way for way in (*_place_ways(word), joined) if way]
    return ways or [way for way in (_all_of(terms),) if way]


def match_query(text: str) -> str | None:
    """The FTS5 expression for what somebody typed, None where there is nothing to look for.

    Whatever was typed is data: no operator, wildcard or quote of it reaches the expression. All
    words must be found; a place or a number may be typed with any separator, spaces too.
    """
    folded = fold(text[:QUERY_LIMIT])
    typed = [ways for ways in map(_one_word, folded.split()) if ways]
    if not typed:
        return None
    each = ["(" + " OR ".join(f"({way})" for way in ways) + ")" for ways in typed[:_MOST_TERMS]]
    found = " AND ".join(each)
    if len(typed) == 1:
        return found
    whole = _place_ways(folded)
    joined = _joined(folded)
    if joined:
        whole.append(joined)
    return " OR ".join([*whole, f"({found})"])
