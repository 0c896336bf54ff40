"""Every field of the files of emergencies, read off the typed records, and what can be wrong in it.

A field that is added to a record is among them by itself; where a file does not fill it in, the
least that its type takes stands there.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterator
from enum import Enum
from types import NoneType, UnionType
from typing import Any, NamedTuple, Union, get_args, get_origin

import msgspec

from dispatcher_tui.domain.words.terms import Label
from dispatcher_tui.present import i18n as words
from dispatcher_tui.present.site.site_problems import describe
from dispatcher_tui.site.problems import SiteProblem

HANZI = re.compile("[\u4e00-\u9fff]")

Step = str | int
Table = dict[str, Any]

STRANGER = "nobody_zz9"
"""A name that nothing anywhere answers to."""

HUGE, VAST = 10**9, 10**30


class Field(NamedTuple):
    """One field: the way to it, its type, and whether its record cannot be without it."""

    way: tuple[Step, ...]
    kind: Any
    required: bool

    @property
    def name(self) -> str:
        """The way to it, without the numbers of a list's items."""
        return ".".join(str(step) for step in self.way if isinstance(step, str))

    @property
    def last(self) -> str:
        """Its own name."""
        return str(self.way[-1])


class Fault(NamedTuple):
    """Something wrong with a field: what it is called, and the file's table with it."""

    what: str
    table: Table


def plain(kind: Any) -> Any:
    """A type without ``None``."""
    if get_origin(kind) in (Union, UnionType):
        return next(each for each in get_args(kind) if each is not NoneType)
    return kind


def is_record(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def least(kind: Any) -> Any:
    """The least that a type takes."""
    kind = plain(kind)
    origin, args = get_origin(kind), get_args(kind)
    if origin is tuple:
        return [least(args[0])]
    if origin is dict:
        return {"head": least(args[1])}
    if is_record(kind):
        wanted = (f for f in msgspec.structs.fields(kind) if f.required)
        return {f.encode_name: least(f.type) for f in wanted}
    if issubclass(kind, Enum):
        return next(iter(kind)).value
    return {str: "x", int: 1, bool: True}[kind]


def fields(
    struct: type[msgspec.Struct], table: Table, way: tuple[Step, ...] = ()
) -> Iterator[Field]:
    """Every field of a record and of the records in it; ``table`` is filled in where it lacks one.

    Of a list the first item stands for all of them.
    """
    for each in msgspec.structs.fields(struct):
        name, kind = each.encode_name, plain(each.type)
        here = (*way, name)
        yield Field(here, kind, each.required)
        origin, args = get_origin(kind), get_args(kind)
        if is_record(kind):
            yield from fields(kind, table.setdefault(name, least(kind)), here)
        elif origin is tuple and is_record(args[0]):
            if not table.setdefault(name, least(kind)):
                table[name].append(least(args[0]))
            yield from fields(args[0], table[name][0], (*here, 0))
        elif origin is dict and is_record(args[1]):
            entries = table.setdefault(name, least(kind))
            first = next(iter(entries))
            yield from fields(args[1], entries[first], (*here, first))


def at(table: Table, way: tuple[Step, ...]) -> Any:
    """The table or list in which the way ends."""
    for step in way[:-1]:
        table = table[step]  # type: ignore[index]
    return table


def _with(table: Table, field: Field, change: Callable[[Any, str], None]) -> Table:
    spoilt = copy.deepcopy(table)
    change(at(spoilt, field.way), field.last)
    return spoilt


def _bad_values(kind: Any) -> Iterator[tuple[str, Any]]:
    origin, args = get_origin(kind), get_args(kind)
    if origin is tuple:
        yield "wrong type", 7
        yield "empty list", []
        if is_record(args[0]):
            yield "item of a wrong type", [7]
            return
        yield "item of a wrong type", [7]
        yield "unknown name", [STRANGER]
        yield "empty item", [least(args[0]), ""]
        yield "twice", [least(args[0])] * 2
    elif origin is dict:
        yield "wrong type", 7
        yield "item of a wrong type", {"head": 7}
        yield "nameless", {"": least(args[1])}
        yield "unknown name", {STRANGER: least(args[1])}
    elif is_record(kind):
        yield "wrong type", 7
        yield "a list of it", [least(kind)]
    elif issubclass(kind, Enum):
        yield from (("wrong type", 7), ("unknown name", STRANGER), ("empty", ""))
    elif kind is str:
        yield from (
            ("wrong type", 7),
            ("empty", ""),
            ("blank", "  "),
            ("far too long", "长" * 5000),
        )
        yield "unknown name", STRANGER
    elif kind is int:
        yield from (("wrong type", "7"), ("negative", -1), ("zero", 0), ("far too large", HUGE))
        yield from (("vast", VAST), ("fraction", 1.5), ("truth", True))
    else:
        yield from (("wrong type", 1), ("text", "yes"))


def faults(table: Table, field: Field) -> Iterator[Fault]:
    """The file with this field wrong once, in every way its type allows."""

    def put(value: Any) -> Callable[[Any, str], None]:
        return lambda inner, name: inner.__setitem__(name, value)

    for what, value in _bad_values(field.kind):
        yield Fault(what, _with(table, field, put(value)))
    if field.required:
        yield Fault("missing", _with(table, field, lambda inner, name: inner.pop(name)))

    def misspell(inner: Any, name: str) -> None:
        inner[f"{name}x"] = inner.pop(name, least(field.kind))

    yield Fault("misspelt", _with(table, field, misspell))
    if field.kind is Label:
        third = {"zh": "一", "en": "one", "de": "eins"}
        yield Fault("third language", _with(table, field, put(third)))
    args = get_args(field.kind)
    if get_origin(field.kind) is tuple and is_record(args[0]):

        def twice(inner: Any, name: str) -> None:
            inner.setdefault(name, least(field.kind))
            inner[name].append(copy.deepcopy(inner[name][0]))

        yield Fault("twice", _with(table, field, twice))


def as_toml(table: Table) -> str:
    """A table as TOML: one key a line, what is nested in line."""
    return "".join(f"{_key(name)} = {_inline(value)}\n" for name, value in table.items())


def _key(name: str) -> str:
    return json.dumps(name, ensure_ascii=False)


def _inline(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(k)} = {_inline(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_inline, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def _wordings(problem: SiteProblem) -> Iterator[tuple[str, str]]:
    for language in ("en", "zh"):
        words.use(language)
        yield language, describe(problem)


def proved(problem: SiteProblem, name: str) -> None:
    """It names the right file and says why, in either language."""
    assert problem.file == name
    for language, said in _wordings(problem):
        assert said.startswith(name)
        assert "{" not in said
        for particular in (problem.key, *problem.detail.values()):
            said = said.replace(particular, "")
        assert bool(HANZI.search(said)) is (language == "zh"), said
