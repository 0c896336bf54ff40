"""The files without which a site does: its rounds, the registers of its handout book."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property, partial
from typing import Any, TypeVar

from dispatcher_tui.site.card_texts import CardTexts
from dispatcher_tui.site.handouts import HandoutsFile, parse_handouts
from dispatcher_tui.site.problems import SiteProblem
from dispatcher_tui.site.recorded import HANDOUT_REGISTERS, ROUND_PLANS
from dispatcher_tui.site.rounds import RoundsFile, parse_rounds
from dispatcher_tui.site.texts import HANDOUTS, ROUNDS, Source

T = TypeVar("T")

_PARSERS: dict[str, tuple[str, Callable[[str, str], Any]]] = {
    ROUNDS: (ROUND_PLANS, parse_rounds),
    HANDOUTS: (HANDOUT_REGISTERS, parse_handouts),
}
"""By their names what each is adopted as, and who reads it."""


class ExtraTexts(CardTexts):
    """A site's texts with what those files hold; one that is broken is told, and the text that the
    record has in force serves in its place."""

    def _extra(self, name: str, read: Callable[[str, str], T]) -> tuple[T, Source] | None:
        """What a file holds with the text it was read from; None where there never was any."""
        there = name in self.sources or bool(self._unread_of(name))
        if not there and (self.record is None or self.record.text(name) is None):
            return None

        def parsed(source: Source) -> tuple[T, Source]:
            return read(source.text, name), source

        return self.serve(name, parsed, [])

    @cached_property
    def _rounds(self) -> tuple[RoundsFile, Source] | None:
        return self._extra(ROUNDS, parse_rounds)

    @property
    def rounds(self) -> RoundsFile:
        """The rounds of the watch; none where the site has no such file."""
        return self._rounds[0] if self._rounds else RoundsFile(in_force=False)

    @cached_property
    def _handouts(self) -> tuple[HandoutsFile, Source] | None:
        return self._extra(HANDOUTS, parse_handouts)

    @property
    def handouts(self) -> HandoutsFile:
        """The registers of the handout book; none where the site has no such file."""
        return self._handouts[0] if self._handouts else HandoutsFile(in_force=False)

    @property
    def extra_sources(self) -> Iterator[tuple[str, Source]]:
        """Each of them with its sort, to be adopted."""
        if self._rounds is not None:
            yield ROUND_PLANS, self._rounds[1]
        if self._handouts is not None:
            yield HANDOUT_REGISTERS, self._handouts[1]

    @property
    def idle(self) -> frozenset[str]:
        """The names of those that put nothing in force: they are adopted only to take back what
        was."""
        in_force = {ROUNDS: self.rounds.in_force, HANDOUTS: self.handouts.in_force}
        return frozenset(name for name, counts in in_force.items() if not counts)

    def extra_problems(self) -> list[SiteProblem]:
        """What is wrong with the site's own of them."""
        found: list[SiteProblem] = []
        for name, (_what, read) in _PARSERS.items():
            found += self._unread_of(name)
            own = self.sources.get(name)
            if own is not None:
                self._try(found, partial(read, own.text, name))
        return found
