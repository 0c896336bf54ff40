"""What is wrong with a site's files: which file, which key, why, and what to write instead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

SURE = 0.75
"""How near a name must be to a known one before an own name counts as a slip of the pen."""


class SiteProblem(msgspec.Struct, frozen=True):
    """One thing wrong in one file.

    ``key`` says where: ``clock[P0-05].due``, ``row 12 phone1``, or nothing for the whole file.
    ``code`` names the kind and ``detail`` its particulars; the front ends put it into words.
    """

    file: str
    key: str
    code: str
    detail: dict[str, str] = {}


class SiteError(Exception):
    """A site's files cannot be used; ``problems`` holds everything found, never nothing."""

    def __init__(self, problems: Iterable[SiteProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{p.file} {p.key} {p.code}" for p in self.problems))


def near(name: str, known: Iterable[str], least: float = 0.6) -> str:
    """The known name that was probably meant, or nothing; ``least``: how alike, from 0 to 1."""
    from difflib import get_close_matches  # only a faulty file needs it

    return next(iter(get_close_matches(name, list(known), 1, least)), "")


class Findings:
    """Collects the problems of one file, so that all of them are told at once."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[SiteProblem] = []

    def add(self, key: str, code: str, **detail: object) -> None:
        """Note one problem; the particulars are kept as text."""
        told = {name: str(value) for name, value in detail.items()}
        self.problems.append(SiteProblem(self.file, key, code, told))

    def note_small(self, key: str, number: int, least: int = 1) -> None:
        """Note a number below ``least``."""
        if number < least:
            self.add(key, "too_small", least=least)

    def note_large(self, key: str, number: int, most: int) -> None:
        """Note a number above ``most``."""
        if number > most:
            self.add(key, "too_large", most=most)

    def add_unknown(self, key: str, code: str, name: str, known: Iterable[str]) -> None:
        """Note a name that nothing answers to, with the one that was probably meant."""
        self.add(key, code, name=name, near=near(name, known))

    def need(self, key: str, code: str, name: str, known: Iterable[str]) -> None:
        """Note ``name`` unless it is known."""
        names = known if isinstance(known, (set, frozenset, dict, tuple)) else tuple(known)
        if name not in names:
            self.add_unknown(key, code, name, names)

    def add_twice(self, table: str, ids: Iterable[str]) -> None:
        """Note every id of a list of tables that stands there more than once."""
        for name, count in Counter(ids).items():
            if count > 1:
                self.add(f"{table}[{name}]", "duplicate", name=name)

    def raise_any(self) -> None:
        """Raise what was found as one ``SiteError``; do nothing where all is well."""
        if self.problems:
            raise SiteError(self.problems)
