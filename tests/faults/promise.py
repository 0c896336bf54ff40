"""A promise as the machine puts it to the test, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple


class Outcome(NamedTuple):
    """What a run came to: the figures in words, and whatever broke the promise.

    ``skipped`` says why nothing could be measured here; it is empty where something was.
    """

    measured: str
    problems: tuple[str, ...] = ()
    skipped: str = ""

    @property
    def kept(self) -> bool:
        """Whether the promise was put to the test and kept."""
        return not self.problems and not self.skipped


class Promise(NamedTuple):
    """One promise of the desk: its number in the list, its pass mark, and the run that proves it.

    ``run`` takes an empty folder and whether it is the full form, which may take hours.
    """

    number: int
    name: str
    says: str
    mark: str
    run: Callable[[Path, bool], Outcome]


PROBLEMS_KEPT = 20
"""A run that broke a promise stops counting the ways after so many."""


def outcome(measured: str, problems: list[str]) -> Outcome:
    """The outcome of a run that could be made."""
    return Outcome(measured, tuple(problems[:PROBLEMS_KEPT]))


def skipped(why: str) -> Outcome:
    """The outcome where the machine does not allow the run."""
    return Outcome("", skipped=why)
