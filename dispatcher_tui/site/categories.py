"""Reads ``categories.toml``: what a case can be about, and who handles that."""

from __future__ import annotations

import msgspec

from dispatcher_tui.domain.words.people import Category
from dispatcher_tui.domain.words.terms import Label
from dispatcher_tui.domain.words.usual_texts import MOST
from dispatcher_tui.site.problems import Findings
from dispatcher_tui.site.shape import Reader
from dispatcher_tui.site.toml_text import once_a_text, parse_toml

FEWEST = 2
"""Characters of the shortest word by which callers name a class."""


class _Category(msgspec.Struct, frozen=True, rename={"case_class": "class"}):
    id: str
    name: Label
    case_class: str
    initials: str = ""
    routes: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    procedures: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    texts: tuple[Label, ...] = ()


class CategoriesFile(msgspec.Struct, frozen=True):
    """The file as it is written."""

    categories: tuple[_Category, ...] = msgspec.field(name="category")


@once_a_text
def parse_categories(text: str, file: str = "categories.toml") -> tuple[Category, ...]:
    """The categories in the file's order. Initials may be left out and are then empty.

    Raises:
        SiteError: with every problem of the file.
    """
    findings = Findings(file)
    read = Reader(findings).record(parse_toml(text, file), CategoriesFile)
    found = read.categories if read else ()
    findings.add_twice("category", (category.id for category in found))
    for category in found:
        key = f"category[{category.id}]"
        for field, value in (("id", category.id), ("class", category.case_class)):
            if not value.strip():
                findings.add(f"{key}.{field}", "empty_text")
        # One character stands in half of all sentences: it would say F9 to every second caller.
        if any(len(word.strip()) < FEWEST for word in category.words):
            findings.add(f"{key}.words", "short_word", n=FEWEST)
        if not all(cue.strip() for cue in category.cues):
            findings.add(f"{key}.cues", "empty_text")
        if len(category.texts) > MOST:
            findings.add(f"{key}.texts", "too_many_texts", n=MOST)
    if read is not None and not read.categories and not findings.problems:
        findings.add("category", "empty_list")
    findings.raise_any()
    assert read is not None  # no record without a finding
    return tuple(Category(*msgspec.structs.astuple(each)) for each in read.categories)
