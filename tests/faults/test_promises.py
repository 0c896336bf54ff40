"""Every promise in its short form; ``python -m tests.faults --full`` is the long one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.promise import Promise
from tests.faults.promises import PROMISES


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.name)
def test_promise_is_kept(promise: Promise, tmp_path: Path) -> None:
    found = promise.run(tmp_path, False)
    if found.skipped:
        pytest.skip(found.skipped)
    assert found.kept, "\n".join([found.measured, *found.problems])
