"""The table of papers: one row a paper, folded from its case; most open cases have none."""

from __future__ import annotations

_SLIPS = """
CREATE TABLE slips (
    case_row INTEGER NOT NULL REFERENCES cases (row),
    nth INTEGER NOT NULL,
    whereabouts TEXT NOT NULL,
    number TEXT NOT NULL,
    issued TEXT NOT NULL,
    issued_at INTEGER,
    issued_to TEXT NOT NULL,
    person TEXT NOT NULL,
    assignee TEXT NOT NULL,
    written_off_at INTEGER,
    received_at INTEGER,
    signed_by TEXT NOT NULL,
    signed_at INTEGER,
    filed_at INTEGER,
    binder TEXT NOT NULL,
    page TEXT NOT NULL,
    charge_fen INTEGER NOT NULL,
    handed_fen INTEGER NOT NULL,
    PRIMARY KEY (case_row, nth)
) STRICT, WITHOUT ROWID
"""

_SLIPS_INDEXES = (
    "CREATE INDEX slips_number ON slips (number) WHERE number <> ''",
    "CREATE INDEX slips_issued ON slips (issued) WHERE issued <> ''",
    "CREATE INDEX slips_owed ON slips (written_off_at) WHERE whereabouts = 'owed'",
    "CREATE INDEX slips_charge ON slips (filed_at) WHERE charge_fen <> handed_fen",
)


def slip_statements() -> tuple[str, ...]:
    """Where every paper is, and what custody and charging look for."""
    return (_SLIPS, *_SLIPS_INDEXES)
