"""What is kept of a PIN at a desk; every other test hashes lightly."""

from __future__ import annotations

import argon2
import pytest

from dispatcher_tui.desk import operators

AT_A_DESK = argon2.PasswordHasher
"""As it is outside of tests, which take a light one in its place."""


def test_a_pin_is_hashed_as_heavily_as_is_advised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(argon2, "PasswordHasher", AT_A_DESK)
    first, second = operators.pin_hash("4711"), operators.pin_hash("4711")
    assert first != second, "each with a salt of its own"
    assert argon2.extract_parameters(first) == argon2.profiles.RFC_9106_LOW_MEMORY
    assert operators.matches(first, "4711")
    assert not operators.matches(first, "0000")
