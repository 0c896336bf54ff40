"""What the board's cursor is on, in rows: a case as it was read, or an unfinished form."""

from __future__ import annotations

from datetime import datetime

from dispatcher_tui.desk.case.intake import IntakeDraft
from dispatcher_tui.desk.case.next_of_case import Chosen
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.present.case import case_panel
from dispatcher_tui.present.case.board_rows import Urgency
from dispatcher_tui.present.case.case_panel import Told
from dispatcher_tui.present.case.next_step import OPEN, NextStep, next_step
from dispatcher_tui.present.case.timeline import timed
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.names import names_of
from dispatcher_tui.present.spans import SpanLine
from dispatcher_tui.tui.keys import Hint
from dispatcher_tui.tui.names import glossary


class UnderCursor:
    """``case`` is what was read of it, None where the cursor is on none."""

    def __init__(self, case: Chosen | None = None, desk: Desk | None = None) -> None:
        """Take a case as it was read by ``desk``, whose names its story is told in."""
        self.case = case
        self._told: tuple[Told, ...] = ()
        self._head: list[SpanLine] = []
        if case is not None and desk is not None:
            names = glossary(desk, names_of(case.rules))
            # What fell due stands in the countdowns; it would hide what was last done.
            entries = [e for e in case.entries if not isinstance(e.event, ev.DutyFellDue)]
            zone = case.rules.calendar.tz
            self._told = tuple(timed(entries, desk.clock.now(), zone, names))

    def read_head(self, draft: IntakeDraft | None, cells: int) -> None:
        """Make the part of the panel that no passing second changes; ``draft`` is the unfinished
        form where the cursor is on one."""
        if self.case is not None:
            found, procedure = self.case, self.case.rules.procedure
            self._head = case_panel.head_rows(found.case, procedure, found.phone, cells)
        elif draft is not None:
            self._head = case_panel.draft_rows(draft.intake.place, draft.intake.said, cells)
        else:
            self._head = []

    def next(self, draft: IntakeDraft | None, now: datetime) -> NextStep | None:
        """What is to be done next about it; None where there is nothing."""
        if self.case is not None:
            found = self.case
            return next_step(found.case, found.duty, found.rules, now, found.person)
        if draft is not None:
            return NextStep(_("Not finished: go on with the form"), OPEN)
        return None

    def last_line(self, cells: int) -> list[SpanLine]:
        """The last thing that is written down about it, for the line below the board."""
        if self.case is None:
            return []
        told = self._told[-1] if self._told else None
        return [case_panel.last_line(self.case.case.number, told, cells)]

    def rows(
        self,
        step: NextStep,
        hint: Hint | None,
        urgent: Urgency | None,
        now: datetime,
        cells: int,
        height: int,
    ) -> list[SpanLine]:
        """The panel beside the board: what it is, the next step and its key, its story."""
        press = f"{hint.key} {hint.text}".strip() if hint else ""
        press = _("Press {key}").format(key=press) if press else ""
        nearest = case_panel.next_rows(step, urgent, now, press, cells)
        found = self.case
        others = case_panel.other_rows(found.duties, found.duty, now, cells) if found else []
        return case_panel.panel_rows(self._head, nearest, self._told, others, cells, height)
