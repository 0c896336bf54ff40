"""What the house tests still let pass: one file a rule, one exception a line.

A list only shrinks. A test fails for what is not listed, and for what is listed in vain;
``python -m tests.house.exceptions`` takes out what is no longer needed.
"""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent


def read(rule: str) -> set[str]:
    """The exceptions from a rule; what begins with ``#`` is said to the reader."""
    lines = (FOLDER / f"{rule}.txt").read_text("utf-8").splitlines()
    return {line.strip() for line in lines if line.strip() and not line.startswith("#")}


def head(rule: str) -> list[str]:
    """What the list says to its reader."""
    lines = (FOLDER / f"{rule}.txt").read_text("utf-8").splitlines()
    return [line for line in lines if line.startswith("#")]


def judged(rule: str, found: set[str]) -> dict[str, list[str]]:
    """What is found and not listed, and what is listed in vain; empty where the list is right."""
    listed = read(rule)
    both = {"not listed": sorted(found - listed), "no longer needed": sorted(listed - found)}
    return {why: names for why, names in both.items() if names}
