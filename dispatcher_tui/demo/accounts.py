"""Who can sign in to the demo, and with which PIN."""

from __future__ import annotations

import tomllib

import msgspec

from dispatcher_tui.site.shipped import data_dir
from dispatcher_tui.site.toml_text import read_text


class Account(msgspec.Struct, frozen=True):
    """Somebody who can sign in to the demo; the PIN is no secret."""

    name: str
    role: str
    pin: str


class _Accounts(msgspec.Struct, frozen=True):
    operator: tuple[Account, ...]


def demo_accounts() -> tuple[Account, ...]:
    """Who can sign in to the demo, with their PINs."""
    text = read_text(data_dir() / "demo" / "operators.toml")
    return msgspec.convert(tomllib.loads(text), _Accounts).operator
