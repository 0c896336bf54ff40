"""Short waits for a program on a screen that is driven without a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

LOOK_EVERY, RESTS_UNDER = 0.005, 0.001
"""Seconds between two looks whether the program rests, and of the processor's time it may have
used in between; Textual's own fiftieth adds up to most of what a test takes, six looks a key."""


@contextmanager
def short_waits() -> Iterator[None]:
    """Look often whether it rests."""
    with (
        patch("textual._wait.SLEEP_GRANULARITY", LOOK_EVERY),
        patch("textual._wait.SLEEP_IDLE", RESTS_UNDER),
    ):
        yield
