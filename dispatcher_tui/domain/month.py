"""The Monthly Summary as figures: what a month came to, right to the last case (P0-10, P0-14)."""

from __future__ import annotations

import msgspec


class Month(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a month came to; ``month`` is ``2026-11``."""

    month: str
