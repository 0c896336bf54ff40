"""A site's files as text: UTF-8 alone, with a clear word where an editor saved another."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

from dispatcher_tui import plain_file
from dispatcher_tui.site.problems import SiteError, SiteProblem

MOST_BYTES = 4 * 1024 * 1024
"""More is no text that a site edits; the longest that comes along has a tenth of it."""

_TOML_PLACE = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_UTF8_MARK = b"\xef\xbb\xbf"
_MOST_TEXTS = 128
"""Texts that one kind of file is remembered by: all of a site's, in more than one version."""

_Given = ParamSpec("_Given")
_Read = TypeVar("_Read")


def _other_encoding(raw: bytes) -> str:
    """What a file that is not UTF-8 probably is; empty where that cannot be said."""
    if raw.startswith(_UTF16_MARKS):
        return "UTF-16"
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return "GBK"


def decode_text(raw: bytes, file: str) -> str:
    """The text of a file's bytes; a byte-order mark is dropped, line ends become line feeds.

    Raises:
        SiteError: it is not UTF-8 (``not_utf8``); the line of the first bad byte is named.
    """
    try:
        text = raw.removeprefix(_UTF8_MARK).decode("utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        detail = {"line": str(line), "maybe": _other_encoding(raw)}
        raise SiteError([SiteProblem(file, "", "not_utf8", detail)]) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_text(path: Path, file: str = "") -> str:
    """Read one file; ``file`` is the name it goes by in problems, its own name by default.

    Raises:
        SiteError: ``file_missing``, ``file_not_plain``, ``file_too_large``, ``file_unreadable``
            (with the system's reason), ``not_utf8``.
    """
    name = file or path.name
    try:
        raw = plain_file.read(path, MOST_BYTES)
    except OSError as error:
        raise SiteError([unread(name, error, MOST_BYTES)]) from error
    return decode_text(raw, name)


def once_a_text(parse: Callable[_Given, _Read]) -> Callable[_Given, _Read]:
    """Parse the same text once: a site's folder is read again whenever something in it changed,
    checked while it is laid out, and read anew for every entry that names a text of before.

    Only for what depends on its arguments alone and gives back what nobody changes; what is raised
    is not remembered.
    """
    return cast("Callable[_Given, _Read]", lru_cache(maxsize=_MOST_TEXTS)(parse))


def unread(file: str, error: OSError, most: int) -> SiteProblem:
    """Why a file of a site could not be read, where at most so many bytes were taken."""
    if isinstance(error, FileNotFoundError):
        return SiteProblem(file, "", "file_missing")
    if isinstance(error, plain_file.NotPlainError):
        return SiteProblem(file, "", "file_not_plain")
    if isinstance(error, plain_file.TooLargeError):
        return SiteProblem(file, "", "file_too_large", {"most": str(most // 1024 // 1024)})
    reason = error.strerror or type(error).__name__
    return SiteProblem(file, "", "file_unreadable", {"reason": reason})


def parse_toml(text: str, file: str) -> dict[str, Any]:
    """Read TOML.

    Raises:
        SiteError: ``toml_duplicate`` where a key or table stands twice, ``toml_syntax`` for all
            else; both with line and column.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SiteError([_toml_problem(text, file, str(error))]) from error
    except ValueError as error:  # A number of more digits than Python reads.
        detail = {"line": "1", "column": "1", "reason": "a number that is too long"}
        raise SiteError([SiteProblem(file, "", "toml_syntax", detail)]) from error
    except RecursionError as error:
        detail = {"line": "1", "column": "1", "reason": "nested too deeply"}
        raise SiteError([SiteProblem(file, "", "toml_syntax", detail)]) from error


def _toml_problem(text: str, file: str, message: str) -> SiteProblem:
    place = _TOML_PLACE.search(message)
    line, column = (place[1], place[2]) if place and place[1] else (_last_line(text), "1")
    detail = {"line": line, "column": column, "reason": _TOML_PLACE.sub("", message)}
    twice = message.startswith(("Cannot overwrite", "Cannot declare", "Duplicate"))
    return SiteProblem(file, "", "toml_duplicate" if twice else "toml_syntax", detail)


def _last_line(text: str) -> str:
    return str(text.rstrip("\n").count("\n") + 1)
