"""What later versions changed in the tables, each for one named migration."""

from __future__ import annotations

_POST = ("CREATE TABLE post (id INTEGER PRIMARY KEY CHECK (id = 1), state TEXT NOT NULL) STRICT",)
"""Who is on watch, folded from the entries of no case."""

# A wait is counted in seconds of the machine's own running: setting its clock changes nothing.
_OPERATORS_WAIT = (
    "ALTER TABLE operators DROP COLUMN locked_until",
    "ALTER TABLE operators ADD COLUMN wait_seconds INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE operators ADD COLUMN wait_since REAL NOT NULL DEFAULT 0",
)


_EMERGENCY_CONTENT = """
UPDATE cases SET content = coalesce((SELECT json_extract(CAST(state AS TEXT), '$.emergency_kind')
    FROM case_state WHERE case_state.row = cases.row), '') WHERE content = '' AND emergency = 1
"""
"""An emergency nobody has described yet is known by its kind."""


BOOKS = (
    *("adopted", "routine_done", "month_reported", "desk_signed", "slips_issued", "slip_voided"),
    *("charges_handed_over", "charges_printed", "reviewed", "method_set"),
    *("marked_typical", "unmarked_typical", "rise_corrected"),
    *("level_changed", "corrected", "reopened"),
)
"""The kinds of entry that the records are made of: few, and read by their kind."""

IN_BOOKS = f"kind IN ({', '.join(repr(kind) for kind in BOOKS)})"
"""What a query says word for word so that SQLite takes their index."""


def record_statements() -> tuple[str, ...]:
    """What reviews and months need to be found by."""
    return (
        f"CREATE INDEX journal_books ON journal (kind, seq) WHERE {IN_BOOKS}",
        "CREATE INDEX cases_opened ON cases (opened_at)",
    )


def desk_statements() -> tuple[str, ...]:
    """What finds the last entry of a kind that belongs to no case; cases pay nothing for it."""
    return (
        "CREATE INDEX journal_desk ON journal (kind, seq)"
        " WHERE json_extract(body, '$.case') IS NULL",
    )


def watch_statements() -> tuple[str, ...]:
    """What the watch needs beside the record."""
    return (*_POST, *_OPERATORS_WAIT, _EMERGENCY_CONTENT)


def guesses_statements() -> tuple[str, ...]:
    """When the wrong PINs of the last hour were given, as a JSON array: a quota goes by it."""
    return ("ALTER TABLE operators ADD COLUMN guessed TEXT NOT NULL DEFAULT '[]'",)


def version_statements() -> tuple[str, ...]:
    """Which print of a paper is right; none was corrected before that was kept."""
    return ("ALTER TABLE slips ADD COLUMN version INTEGER NOT NULL DEFAULT 1",)


def form_statements() -> tuple[str, ...]:
    """Which numbered form a paper is; none was kept before that was."""
    return (
        "ALTER TABLE slips ADD COLUMN form TEXT NOT NULL DEFAULT ''",
        "CREATE INDEX slips_forms ON slips (issued_at) WHERE form <> '' AND whereabouts = 'issued'",
    )


def untold_statements() -> tuple[str, ...]:
    """Which emergency nobody knows of: there are few, and every list asks for them first."""
    return (
        "ALTER TABLE cases ADD COLUMN untold INTEGER NOT NULL DEFAULT 0",
        "CREATE INDEX cases_untold ON cases (next_due) WHERE untold = 1",
    )
