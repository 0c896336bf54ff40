"""Weeks, months, quarters and years as people say them."""

from __future__ import annotations

from datetime import timedelta

from dispatcher_tui.domain.time.periods import period_named


def period_name(name: str) -> str:
    """``2026-W47`` by its days, ``11-16..11-22``; a month, a quarter or a year by its own name.

    What names no period is shown as it is.
    """
    if "-W" not in name:
        return name
    try:
        period = period_named(name)
    except ValueError:
        return name
    last = period.beyond - timedelta(days=1)
    return f"{period.first:%m-%d}..{last:%m-%d}"
