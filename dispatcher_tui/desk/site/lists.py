"""``site import``: the register of units and the roster, as exported from a spreadsheet."""

from __future__ import annotations

from pathlib import Path

from dispatcher_tui.desk.adoption import adopt_people, adopt_units
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.domain.words.people import Household, Person
from dispatcher_tui.site.problems import Findings
from dispatcher_tui.site.roster import parse_roster
from dispatcher_tui.site.toml_text import read_text
from dispatcher_tui.site.units import parse_units

_Read = tuple[str, list[Household] | None, list[Person] | None]


def _read(path: Path) -> _Read:
    """A list and what it is, told by its header."""
    text = read_text(path)
    header = {cell.strip().strip('"') for cell in text.partition("\n")[0].split(",")}
    if {"name", "role"} <= header:
        return text, None, parse_roster(text, path.name)
    if "place" in header or "room" in header:
        return text, parse_units(text, path.name), None
    findings = Findings(path.name)
    findings.add("", "missing_column", name="place / name, role")
    findings.raise_any()
    raise AssertionError  # raise_any raised


def import_lists(desk: Desk, paths: list[Path]) -> list[tuple[str, int]]:
    """Take over the lists in files: each file's name and how many lines it brought.

    Raises:
        SiteError: one of the files cannot be used; none of them was taken over then.
    """
    done = []
    read = [(path, _read(path)) for path in paths]
    for path, (text, households, people) in read:
        if households is not None:
            adopt_units(desk, households, text)
            done.append((path.name, len(households)))
        elif people is not None:
            adopt_people(desk, people, text)
            done.append((path.name, len(people)))
    return done
