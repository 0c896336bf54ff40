"""Another seed in every run, printed, and the one of an earlier run where that is asked for."""

from __future__ import annotations

import os
from random import SystemRandom

SEED = "FAULTS_SEED"
"""The environment variable with the seed of an earlier run, to have the same again."""


def seed(what: str) -> int:
    """A seed nobody has seen before; it is printed, so that a run that fails can be had again."""
    given = os.environ.get(SEED)
    found = int(given) if given else SystemRandom().randrange(1 << 30)
    print(f"{what}: {SEED}={found}")
    return found
