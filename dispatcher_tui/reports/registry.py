"""Which report becomes which document, and what of it programs are given.

A module of a subject says so itself, above the function that makes it. All of them are imported
with the first report that is printed.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any, TypeVar

from msgspec.structs import replace

from dispatcher_tui.domain.papers.report import Report
from dispatcher_tui.reports.document import Block, Document, Table

R = TypeVar("R", bound=Report)

Objects = dict[str, Any] | list[dict[str, Any]]
"""What programs are given of a report: one object, or one for each of its records."""

_DOCUMENTS: dict[type[Report], Callable[[Any], Document]] = {}
_OBJECTS: dict[type[Report], Callable[[Any], Objects]] = {}

_SUBJECTS = ("case", "papers", "reviews", "fees", "site", "watch")


def makes_document(
    kind: type[R],
) -> Callable[[Callable[[R], Document]], Callable[[R], Document]]:
    """A function that makes the document of such a report."""

    def made(function: Callable[[R], Document]) -> Callable[[R], Document]:
        _DOCUMENTS[kind] = function
        return function

    return made


def makes_object(kind: type[R]) -> Callable[[Callable[[R], Objects]], Callable[[R], Objects]]:
    """A function that makes what programs are given of such a report."""

    def made(function: Callable[[R], Objects]) -> Callable[[R], Objects]:
        _OBJECTS[kind] = function
        return function

    return made


@cache
def _read() -> None:
    """Import every module of a subject, so that each has said what it makes."""
    for subject in _SUBJECTS:
        for module in iter_modules([str(Path(__file__).parent / subject)]):
            import_module(f"dispatcher_tui.reports.{subject}.{module.name}")


def document_of(report: Report) -> Document:
    """The report as a document, in the language in use."""
    _read()
    return _DOCUMENTS[type(report)](report)


def object_of(report: Report) -> Objects:
    """What programs are given: the command line's own object, else the document's blocks."""
    _read()
    made = _OBJECTS.get(type(report))
    return made(report) if made is not None else document_object(document_of(report))


def document_object(document: Document) -> dict[str, Any]:
    """A document for programs that has no object of its own: its blocks, each by its kind."""
    from dispatcher_tui.reports.plain_values import plain

    def block_object(block: Block) -> dict[str, Any]:
        found = {"block": type(block).__name__.casefold(), **plain(block, UTC)}
        values = found.pop("values", None)
        if isinstance(block, Table) and values:
            keys = [column.key for column in block.columns]
            found["records"] = [dict(zip(keys, row, strict=True)) for row in values]
        return found

    whole = plain(replace(document, blocks=(), data=None), UTC)
    data = block_object(document.data) if document.data is not None else None
    return {**whole, "blocks": [block_object(each) for each in document.blocks], "data": data}
