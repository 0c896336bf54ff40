"""Since when a number stands there to be rung: sooner than that nobody can have rung it."""

from __future__ import annotations

import math
from abc import abstractmethod

from dispatcher_tui.domain.emergency.call_tree import Target
from dispatcher_tui.tui.typeahead import moment


class NumberUp:
    """Mixed into what shows whom to ring by which number; it says both."""

    _up: tuple[tuple[str, str], str] = (("", ""), "")
    _up_at: float = math.inf

    @property
    @abstractmethod
    def target(self) -> Target | None:
        """Who is chosen."""

    @property
    @abstractmethod
    def phone(self) -> str:
        """The number that stands there; empty where there is none."""

    @property
    def number(self) -> tuple[Target, str] | None:
        """Who is to be rung by which number; None where there is nobody."""
        target = self.target
        return (target, self.phone) if target is not None else None

    @property
    def _number_key(self) -> tuple[tuple[str, str], str]:
        target = self.target
        return (target.key if target is not None else ("", ""), self.phone)

    def comes_up(self) -> None:
        """The number is to be rung from now on, whether or not it stood there before."""
        self._up, self._up_at = self._number_key, moment()

    def stood(self, at: float) -> float:
        """How long the number has stood there at a moment of the clock of keys, in seconds."""
        return max(0.0, at - self._up_at) if self._number_key == self._up else 0.0
