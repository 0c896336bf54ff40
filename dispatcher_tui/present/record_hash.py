"""Hashes as people read them aloud, and what a record is known by on paper."""

from __future__ import annotations

from dispatcher_tui.present.i18n import _

_GROUP = 4
"""Digits that are read aloud in one breath."""

_GROUPS_TO_A_LINE = 8

SHOWN = 16
"""So many digits of a record's identity stand on paper; they are enough to name it."""


def grouped(digits: str) -> str:
    """A hash in groups that can be read aloud; the command line takes it with its spaces."""
    groups = [digits[at : at + _GROUP] for at in range(0, len(digits), _GROUP)]
    lines = (
        " ".join(groups[at : at + _GROUPS_TO_A_LINE])
        for at in range(0, len(groups), _GROUPS_TO_A_LINE)
    )
    return "\n".join(lines)


def record_named(record: str, branch: str) -> str:
    """Whose record it is, and which branch of it, by the hashes of the entries; may be empty."""
    if not record:
        return ""
    if not branch:
        return _("Record {record}").format(record=grouped(record[:SHOWN]))
    words = _("Record {record}, branch {branch}")
    return words.format(record=grouped(record[:SHOWN]), branch=grouped(branch[:SHOWN]))
