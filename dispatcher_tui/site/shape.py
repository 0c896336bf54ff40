"""From TOML tables to typed records, with every misfit named instead of only the first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

import msgspec
from msgspec.structs import FieldInfo

from dispatcher_tui.domain.words.terms import Label
from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.site.problems import Findings

T = TypeVar("T", bound=msgspec.Struct)

_WANTED = {str: "text", int: "number", bool: "truth", date: "date"}


MOST_TEXT = 1000
"""Characters of one text: more of it nobody reads on a desk."""

MOST_NUMBER = 10_000
"""Of whatever is counted in a site's files; a year is less, too."""

_NO_NUMBER = 2**53
"""Beyond it a number is none that any record holds."""


@cache
def _required_texts(struct: type[msgspec.Struct]) -> tuple[str, ...]:
    fields = _fields(struct).items()
    return tuple(name for name, field in fields if field.required and field.type is str)


@cache
def _fields(struct: type[msgspec.Struct]) -> dict[str, FieldInfo]:
    return {field.encode_name: field for field in msgspec.structs.fields(struct)}


class _Shape(Enum):
    """What a value is held against: a single value, a list, a mapping, a table of its own."""

    LEAF = 1
    LIST = 2
    MAPPING = 3
    TABLE = 4


@cache
def _shape_of(kind: Any) -> tuple[_Shape, Any]:
    """The shape of a type, and the type that is looked at next: of an item, or itself."""
    origin, args = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        kind = next(arg for arg in args if arg is not NoneType)
        origin, args = get_origin(kind), get_args(kind)
    if origin is tuple:
        return _Shape.LIST, args[0]
    if origin is dict:
        return _Shape.MAPPING, args[1]
    table = isinstance(kind, type) and issubclass(kind, msgspec.Struct)
    return _Shape.TABLE if table else _Shape.LEAF, kind


def _got(value: object) -> str:
    """The kind of a TOML value, by the word the front ends translate."""
    kinds: tuple[tuple[type | tuple[type, ...], str], ...] = (
        (bool, "truth"),
        (str, "text"),
        (int, "number"),
        (float, "fraction"),
        (list, "list"),
        (dict, "table"),
        ((date, datetime), "date"),
    )
    return next((word for kind, word in kinds if isinstance(value, kind)), "time")


def name_of(item: object, table: str, index: int) -> str:
    """What one table of a list is called in a problem: its id where it has one, else its place."""
    fields = ("id", "rule") if table == "clock" else ("id", "role")
    if isinstance(item, dict):
        for field in fields:
            if isinstance(item.get(field), str) and item[field]:
                return str(item[field])
    return f"#{index}"


class Reader:
    """Fits the tables of one file to records.

    A table of a list that does not fit is left out, so that the rest can still be judged;
    ``dropped`` keeps the names of what was left out, by the list's key.

    ``strict`` is for ``site check`` alone: what fits and can only be a slip is noted too, such as
    an empty text where one is required, a name twice in a list, a number or a text far too large.
    It never decides what loads, so that whatever was adopted once reads back for good.
    """

    def __init__(self, findings: Findings, *, strict: bool = False) -> None:
        self.findings = findings
        self._strict = strict
        self.dropped: dict[str, set[str]] = {}

    def record(self, value: dict[str, Any], struct: type[T]) -> T | None:
        """The record a file holds; None where too little of it fits, and the findings say why.

        A single text stands for a list of one wherever a list of texts is asked for, and texts
        lose what could steer a terminal.
        """
        fitted = self._table(value, struct, "")
        try:
            return msgspec.convert(fitted, struct)
        except msgspec.ValidationError as error:
            if not self.findings.problems:
                self.findings.add("", "does_not_fit", reason=error)
            return None

    def _table(self, value: dict[str, Any], struct: type[msgspec.Struct], key: str) -> Any:
        fields = _fields(struct)
        for name in value:
            if name not in fields:
                self.findings.add_unknown(_join(key, name), "unknown_key", name, fields)
        for name, field in fields.items():
            if field.required and name not in value:
                self.findings.add(_join(key, name), "missing_key", name=name)
        fitted = {
            name: self._value(item, fields[name].type, _join(key, name))
            for name, item in value.items()
            if name in fields
        }
        if struct is Label:
            self._words(fitted, key)
        elif self._strict:
            wanted = [*_required_texts(struct), *(["id"] if fitted.get("id") else [])]
            self._words({name: fitted.get(name) for name in dict.fromkeys(wanted)}, key)
        return fitted

    def _words(self, label: dict[str, Any], key: str) -> None:
        for language, words in label.items():
            if isinstance(words, str) and not words.strip():
                self.findings.add(_join(key, language), "empty_text")

    def _value(self, value: Any, kind: Any, key: str) -> Any:
        shape, kind = _shape_of(kind)
        if shape is _Shape.LEAF:
            return self._leaf(value, kind, key)
        if shape is _Shape.LIST:
            return self._list(value, kind, key)
        if shape is _Shape.MAPPING:
            return self._mapping(value, kind, key)
        if not isinstance(value, dict):
            return self._misfit(value, "table", key)
        return self._table(value, kind, key)

    def _list(self, value: Any, kind: Any, key: str) -> Any:
        if isinstance(value, str) and issubclass(kind, str):
            value = [value]
        if not isinstance(value, list):
            return self._misfit(value, "list", key)
        table = key.rpartition(".")[2]
        fitted = []
        for index, item in enumerate(value, 1):
            before = len(self.findings.problems)
            name = name_of(item, table, index)
            read = self._value(item, kind, f"{key}[{name}]")
            if len(self.findings.problems) == before:
                fitted.append(read)
            else:
                self.dropped.setdefault(key, set()).add(name)
        if self._strict:
            self._note_items(fitted, key)
        return fitted

    def _note_items(self, items: list[Any], key: str) -> None:
        """Note what is empty, or said before, in a list; a single empty text is an empty list."""
        for number, item in enumerate(items, 1):
            if item == "" and len(items) > 1:
                self.findings.add(f"{key}[#{number}]", "empty_text")
            elif item in items[: number - 1]:
                name = item if isinstance(item, str) else f"#{number}"
                self.findings.add(f"{key}[{name}]", "duplicate", name=name)

    def _mapping(self, value: Any, kind: Any, key: str) -> Any:
        if not isinstance(value, dict):
            return self._misfit(value, "table", key)
        if self._strict and any(not name.strip() for name in value):
            self.findings.add(key, "nameless")
        return {name: self._value(item, kind, _join(key, name)) for name, item in value.items()}

    def _leaf(self, value: Any, kind: Any, key: str) -> Any:
        if issubclass(kind, Enum):
            known = [str(member.value) for member in kind]
            if isinstance(value, str) and value not in known:
                self._not_one_of(value, known, key)
            elif not isinstance(value, str):
                self._misfit(value, "text", key)
            return value
        if kind is str and isinstance(value, str):
            if self._strict and len(value) > MOST_TEXT:
                self.findings.add(key, "too_long", most=MOST_TEXT)
            return value if value.isprintable() else clean_text(value).text
        fits = isinstance(value, kind) and (kind is bool or not isinstance(value, bool))
        if not fits:
            return self._misfit(value, _WANTED[kind], key)
        if kind is int:
            self._note_size(value, key)
        return value

    def _note_size(self, value: int, key: str) -> None:
        if value > (MOST_NUMBER if self._strict else _NO_NUMBER):
            self.findings.add(key, "too_large", most=MOST_NUMBER)
        elif value < (0 if self._strict else -_NO_NUMBER):
            self.findings.add(key, "too_small", least=0)

    def _not_one_of(self, value: str, known: Iterable[str], key: str) -> None:
        self.findings.add_unknown(key, "not_one_of", value, known)

    def _misfit(self, value: Any, wanted: str, key: str) -> Any:
        self.findings.add(key, "wrong_type", wanted=wanted, got=_got(value))
        return value


def _join(key: str, name: str) -> str:
    return f"{key}.{name}" if key else name
