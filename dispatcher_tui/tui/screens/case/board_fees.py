"""The lists of fees on the board: a row each while anything of it is out, whatever it holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TypeGuard

from dispatcher_tui.domain.desk_routines import FEES
from dispatcher_tui.domain.record.case_line import Lane
from dispatcher_tui.present.case.board_rows import BoardRow
from dispatcher_tui.present.fees.fee_lines import MARK, fee_row
from dispatcher_tui.present.i18n import _
from dispatcher_tui.tui.fee_routes import ToFees, to_fees
from dispatcher_tui.tui.screens.case.board_drafts import BoardDrafts
from dispatcher_tui.tui.widgets.board_table import BoardTable


class BoardFees(BoardDrafts):
    """What the board does with a list: it is no case, and Enter unfolds it."""

    def fee_rows(self) -> list[BoardRow]:
        """A row for each list of which something is still out, on the lane of all that is open."""
        if self.lane is not Lane.ALL:
            return []
        due: dict[tuple[str, str], datetime] = {}
        for duty in self.session.owed:
            if duty.do == FEES and duty.pending and duty.due is not None:
                of = to_fees(self.session.desk, duty)
                due.setdefault((of.list, of.month), duty.due)
        stands = (each for each in self.session.post.fees if each.counts.back < each.counts.lines)
        return [fee_row(each, due.get((each.list, each.month))) for each in stands]

    def with_fees(self, rows: Sequence[BoardRow]) -> list[BoardRow]:
        """The board's rows with those of the lists among them, each by when it is due."""
        found = list(rows)
        for fees in self.fee_rows():
            later = (
                n
                for n, each in enumerate(found)
                if fees.due is not None and each.due is not None and each.due > fees.due
            )
            found.insert(next(later, len(found)), fees)
        return found

    def is_of_case(self, row_id: str | None) -> TypeGuard[str]:
        """Whether a row of the board is a case: neither a form nor a list."""
        return bool(row_id) and row_id not in self.session.drafts and not self.fees_at(row_id)

    def no_case(self) -> str:
        """A list is none."""
        row = self.query_one(BoardTable).selected if self.is_mounted else None
        if self.fees_at(row) is None:
            return super().no_case()
        return _("Not a case: Enter unfolds the list of households.")

    def fees_at(self, row_id: str | None) -> ToFees | None:
        """The list that a row of the board is; None for any other row."""
        if not row_id or not row_id.startswith(MARK):
            return None
        of, _colon, month = row_id.removeprefix(MARK).partition(":")
        return ToFees(of, month)
