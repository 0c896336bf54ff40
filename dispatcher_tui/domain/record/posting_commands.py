"""What can be done with the notices of a case, and with the homes that are warned of it."""

from __future__ import annotations

from dispatcher_tui.domain.record.commands import Command
from dispatcher_tui.domain.words.terms import CallOutcome


class SetPostings(Command, frozen=True, kw_only=True):
    """A notice is for these doors, as the register spells them; ``homes`` are those behind them
    that have to be warned one by one."""

    form: str
    doors: tuple[str, ...]
    homes: tuple[str, ...] = ()


class HangPostings(Command, frozen=True, kw_only=True):
    """It hangs at these doors; at all it is meant for where none is named."""

    form: str
    doors: tuple[str, ...] = ()
    by: str = ""


class TakeDownPostings(Command, frozen=True, kw_only=True):
    """It came down at these doors; at all where it hangs if none is named."""

    form: str
    doors: tuple[str, ...] = ()
    by: str = ""


class RingHome(Command, frozen=True, kw_only=True):
    """A home that has to be warned was rung."""

    home: str
    outcome: CallOutcome
    phone: str = ""
    note: str = ""
