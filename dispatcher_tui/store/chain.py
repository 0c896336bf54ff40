"""The chain that makes any change to the journal show.

An entry's ``hash`` is the SHA-256, in lower-case hex, of its ``prev`` and every other column but
``hash`` itself, in the order of ``HASHED``. Each column is written as a netstring, ``LEN:BYTES,``
where LEN is the number of bytes in decimal; text is UTF-8, whole numbers are decimal digits. So
no two rows have the same bytes, whatever stands in them. ``prev`` is the hash of the entry
before; the first entry's is 64 zeros. A few lines in any language prove a journal.
"""

from __future__ import annotations

import os
from datetime import datetime
from hashlib import sha256

from dispatcher_tui.store.sqlite import sqlite_version_info
from dispatcher_tui.store.stored_times import micros

COLUMNS = (
    "seq",
    "id",
    "site",
    "desk",
    "epoch",
    "occurred_at",
    "recorded_at",
    "actor",
    "cosigner",
    "kind",
    "schema",
    "body",
    "prev",
    "hash",
)
"""The journal's columns, a contract with whoever audits it."""

HASHED = ("prev", *COLUMNS[:-2])
"""The columns that are hashed, in order."""

FIRST_PREV = "0" * 64
"""What stands in the first entry for the hash of one before it."""

# SQLite builds the bytes, so that proving a journal leaves Python with nothing but the hashing.
if sqlite_version_info >= (3, 44, 0):
    _NETSTRINGS = ", ".join(f"octet_length({name}), ':', {name}, ','" for name in HASHED)
    PAYLOAD_SQL = f"CAST(concat({_NETSTRINGS}) AS BLOB)"
else:  # The same at twice the time.
    _NETSTRINGS = " || ".join(
        f"length(CAST({name} AS BLOB)) || ':' || {name} || ','" for name in HASHED
    )
    PAYLOAD_SQL = f"CAST({_NETSTRINGS} AS BLOB)"
"""The SQL expression for the bytes that are hashed."""


def entry_hash(prev: str, values: tuple[str | int, ...]) -> str:
    """The hash of an entry; ``values`` are the columns from ``seq`` to ``body``."""
    parts = []
    for value in (prev, *values):
        raw = str(value).encode()
        parts.append(b"%d:%b," % (len(raw), raw))
    return sha256(b"".join(parts)).hexdigest()


def text_hash(text: str) -> str:
    """The hash an adopted text goes by: SHA-256 of its UTF-8, in hex."""
    return sha256(text.encode()).hexdigest()


def entry_id(at: datetime) -> str:
    """A UUID of version 7 for an entry recorded at ``at``: sorts by time, else random."""
    stamp = micros(at)
    millis, rest = divmod(stamp, 1000)
    noise = int.from_bytes(os.urandom(8)) >> 2
    # 48 bits of time, version 7, 12 bits of the millisecond's fraction, variant 2, 62 random ones.
    value = (millis & (1 << 48) - 1) << 80 | 7 << 76 | (rest * 4) << 64 | 2 << 62 | noise
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
