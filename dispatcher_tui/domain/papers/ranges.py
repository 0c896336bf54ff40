"""Ranges of closing papers: each procedure numbers its own, beside those of the others."""

from __future__ import annotations

import msgspec

from dispatcher_tui.domain.papers.pads import Pad
from dispatcher_tui.domain.procedure import Procedure


class Ranges(msgspec.Struct, frozen=True):
    """What the numbers of closing papers begin with: ``usual`` is the site's own prefix, which
    counts for a procedure that names none. ``in_force``: the default first.
    """

    usual: str
    in_force: tuple[Procedure, ...]

    def prefix_of(self, procedure: Procedure) -> str:
        """What the numbers of a procedure's closing papers begin with."""
        return procedure.closing_paper.prefix or self.usual

    @property
    def prefixes(self) -> tuple[str, ...]:
        """Every one in force, each once, the default's first."""
        return tuple(dict.fromkeys(map(self.prefix_of, self.in_force))) or (self.usual,)

    @property
    def known(self) -> tuple[str, ...]:
        """Those, and the site's own where no procedure goes by it any more."""
        return tuple(dict.fromkeys((*self.prefixes, self.usual)))

    def of_number(self, number: str) -> str:
        """The prefix of the range that a number is of; what begins otherwise is the default's."""
        fits = (prefix for prefix in self.prefixes if prefix and number.startswith(prefix))
        return max(fits, key=len, default=self.prefixes[0])

    def has(self, procedure: Procedure, pad: Pad) -> bool:
        """Whether a pad of closing papers is for the cases of a procedure.

        A pad that begins as no procedure's do, such as one printed before there were ranges, is
        the default's.
        """
        own = self.prefix_of(procedure)
        if pad.prefix == own:
            return True
        return pad.prefix not in self.prefixes and own == self.prefixes[0]
