"""How long the full form of a promise may go on, where a machine has no hours for it.

It then goes as far as it comes: what it measured says how far that was.
"""

from __future__ import annotations

import os
import time

_BEGAN, _MINUTES = "FAULTS_BEGAN", "FAULTS_MINUTES"
"""Kept in the environment, so that the processes of a run know it too."""


def begin(minutes: float) -> None:
    """From now on so many minutes are allowed; 0 for as long as it takes."""
    os.environ[_BEGAN], os.environ[_MINUTES] = str(time.monotonic()), str(minutes)


def known() -> dict[str, str]:
    """What a process of this run has to have in its environment."""
    return {name: os.environ[name] for name in (_BEGAN, _MINUTES) if name in os.environ}


def limited() -> bool:
    """Whether there is a limit at all."""
    return float(os.environ.get(_MINUTES, 0)) > 0


def gone() -> float:
    """How much of the time allowed has gone, from 0 to 1 and beyond; 0 where all is allowed."""
    if not limited():
        return 0.0
    seconds = time.monotonic() - float(os.environ[_BEGAN])
    return seconds / (60 * float(os.environ[_MINUTES]))
