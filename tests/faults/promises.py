"""All promises that a run can prove, in the order of their numbers."""

from __future__ import annotations

from tests.faults import (
    backups,
    full_disk,
    guessing,
    hangup,
    hostile,
    io_faults,
    kills,
    mangled,
    months,
    nights,
    paper,
    persons,
    power,
    processes,
    real_nights,
    restart,
    starts,
    statements,
    tamper,
    unseen,
)
from tests.faults.promise import Promise

PROMISES: tuple[Promise, ...] = (
    kills.PROMISE,
    power.PROMISE,
    io_faults.PROMISE,
    full_disk.PROMISE,
    nights.PROMISE,
    real_nights.PROMISE,
    tamper.PROMISE,
    backups.PROMISE,
    restart.PROMISE,
    months.PROMISE,
    hostile.PROMISE,
    hangup.PROMISE,
    processes.PROMISE,
    paper.PROMISE,
    guessing.PROMISE,
    statements.PROMISE,
    unseen.PROMISE,
    starts.PROMISE,
    mangled.PROMISE,
    persons.PROMISE,
)
