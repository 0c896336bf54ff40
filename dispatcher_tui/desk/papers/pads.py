"""Numbers of papers: which pad the next one is from, and whether one that was typed can be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.duties.duties import Rules
from dispatcher_tui.domain.papers.chasing import squad_lead
from dispatcher_tui.domain.papers.custody import Void
from dispatcher_tui.domain.papers.pads import Pad, counted, resolve, well_formed
from dispatcher_tui.domain.papers.ranges import Ranges
from dispatcher_tui.domain.printed_form import Form
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.record.record_events import SlipsIssued, SlipVoided
from dispatcher_tui.site.settings import Site
from dispatcher_tui.store.store import Store
from dispatcher_tui.store.tx import Tx

Reads = Store | Tx

COUNTER = "slip:"
"""What the key of a running range's counter begins with."""


class Offer(msgspec.Struct, frozen=True):
    """The number to hand out next; ``pad`` is the one it is from, None for the running range."""

    number: str
    pad: Pad | None = None


def read_pads(reads: Reads) -> list[Pad]:
    """Every pad that was given out, in order."""
    return [
        Pad(
            *(e.prefix, e.first, e.last, e.digits, e.to, e.person, line.entry.occurred_at),
            form=e.form,
        )
        for line in reads.book("slips_issued")
        if isinstance(e := line.entry.event, SlipsIssued)
    ]


def read_voids(reads: Reads) -> dict[str, Void]:
    """Every void number with its reason."""
    return {
        e.number: Void(e.number, e.reason, line.entry.occurred_at, line.entry.actor)
        for line in reads.book("slip_voided")
        if isinstance(e := line.entry.event, SlipVoided)
    }


class Numbers:
    """The numbers as they stand inside one transaction; ``in_force``: the default first."""

    def __init__(self, reads: Reads, site: Site, in_force: Sequence[Procedure]) -> None:
        self._reads = reads
        self._site = site
        self._ranges = Ranges(site.slip_prefix, tuple(in_force))
        self.pads = read_pads(reads)
        self.voids = read_voids(reads)

    def taken(self, number: str) -> bool:
        """Whether a number is void, on a case, or of a pad that was given out."""
        return (
            number in self.voids
            or any(pad.holds(number) is not None for pad in self.pads)
            or bool(self._reads.papers_numbered(number))
        )

    def given_out(self, number: str) -> bool:
        """Whether a number is of a pad, or was numbered by the desk itself."""
        if any(pad.holds(number) is not None for pad in self.pads):
            return True
        for key, last in self._reads.slips_given().items():
            prefix = key.removeprefix(COUNTER)
            n = counted(number, prefix, len(number) - len(prefix))
            if n is not None and 0 < n <= last:
                return True
        return False

    def next_of(self, pad: Pad) -> str:
        """The next paper of a pad, as papers are torn off it; empty where it is used up."""
        highest = self._reads.highest_paper(pad.number(pad.first), pad.number(pad.last))
        n = (pad.holds(highest) or pad.first - 1) + 1
        while n <= pad.last and pad.number(n) in self.voids:
            n += 1
        return pad.number(n) if n <= pad.last else self._left_in(pad)

    def _left_in(self, pad: Pad) -> str:
        """The first paper of a pad that was passed over, where its last one is gone."""
        numbers = (pad.number(n) for n in range(pad.first, pad.last + 1))
        free = (n for n in numbers if n not in self.voids and not self._reads.papers_numbered(n))
        return next(free, "")

    def _closing(self, rules: Rules) -> list[Pad]:
        """The pads of the range that the case's procedure has."""
        own = rules.procedure
        return [pad for pad in self.pads if not pad.form and self._ranges.has(own, pad)]

    def _mine(self, case: Case, rules: Rules, now: datetime) -> Sequence[Pad]:
        """The pads of whoever is responsible, of their squad's lead, of the desk, in that order."""
        named = case.assignee
        people = self._reads.people()
        lead = None
        if named is not None:
            zone = rules.calendar.tz
            lead = squad_lead(named.person, people, rules.procedure, now, zone)
        holders = [(named.person, named.name)] if named else []
        holders += [(lead.id, lead.name)] if lead else []
        found, closing = list[Pad](), self._closing(rules)
        for person, name in holders:
            found += [p for p in closing if (p.person == person if p.person else p.to == name)]
        found += [pad for pad in closing if not pad.to and not pad.person]
        return list(dict.fromkeys(found))

    def offer(self, case: Case, rules: Rules, now: datetime) -> Offer | None:
        """The next paper of the nearest pad that has one left; None: the desk numbers it itself."""
        for pad in self._mine(case, rules, now):
            number = self.next_of(pad)
            if number:
                return Offer(number, pad)
        return None

    def typed(self, text: str, case: Case, rules: Rules, now: datetime) -> str:
        """The number that really is on the paper.

        Raises:
            Refusal: it is void, on a case already, of no pad, or no number at all.
        """
        rule = rules.procedure.closing_paper.rule
        closing = self._closing(rules)
        number = resolve(text, [*self._mine(case, rules, now), *closing])
        if not well_formed(number):
            raise Refusal("slip_form", rule, number=number)
        if number in self.voids:
            raise Refusal("slip_void", rule, number=number, reason=self.voids[number].reason)
        on = self._reads.papers_numbered(number)
        if on:
            raise Refusal("slip_used", rule, number=number, case=on[-1].case)
        if not any(pad.holds(number) is not None for pad in closing):
            raise Refusal("slip_outside", rule, number=number)
        return number

    def draw(self, tx: Tx, case: Case, rules: Rules, now: datetime) -> str:
        """The next number of the procedure's range, from a pad where there is one, else as the
        desk numbers them by itself."""
        found = self.offer(case, rules, now)
        if found is not None:
            return found.number
        prefix = self._ranges.prefix_of(rules.procedure)
        return tx.next_slip(prefix, self._site.slip_digits, self.taken)

    def draw_form(self, tx: Tx, form: Form) -> str:
        """The next number of a form: from a pad of its own range, else the range goes on."""
        for pad in self.pads:
            if pad.form and pad.prefix == form.prefix:
                number = self.next_of(pad)
                if number:
                    return number
        return tx.next_slip(form.prefix, self._site.slip_digits, self.taken)

    def replaced(self, case: Case) -> str:
        """The void number that is out for a case and did not come in; empty where there is none."""
        slip = case.slip
        return slip.number if slip.number in self.voids and slip.received_at is None else ""
