"""Which texts of a site are lists of persons: the chain never has a word of them.

Such a text is adopted by its name, its hash and its counts; it lies in the documents alone. So it
can be deleted when somebody in it is to be forgotten, and the record is proved without it.
"""

from __future__ import annotations

PERSON_LISTS = frozenset({"units", "roster", "rota", "stand_ins", "notes", "fees", "handouts"})
"""What such a text is adopted as, or kept as beside an entry of its own."""
