"""A bad file for every kind of problem there is with a list of fees, as far as the file shows it.

What the register, the lists before it or the month have to say is in desk/fees/test_fee_lists.py.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from dispatcher_tui.site.lists.fee_reading import FeeAsked, read_fees
from dispatcher_tui.site.problems import SiteError, SiteProblem

Found = list[SiteProblem]

OWED = "place,months,amount owed,since,month"
BACK = "place,result,paid"


def fees(heads: str, row: str) -> Found:
    """The findings on a list of November 2026 with one row below its heads."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "fees.csv"
        path.write_text(f"{heads}\n{row}\n", encoding="utf-8")
        with pytest.raises(SiteError) as caught:
            read_fees(path, FeeAsked("2026-11", 5, lambda place: place))
    return list(caught.value.problems)


BAD_FEES: list[tuple[str, str, Callable[[], Found]]] = [
    ("fee_amount_empty", "row 2 amount owed", lambda: fees(OWED, "1-1-101,3,,,")),
    ("fee_amount_nonsense", "row 2 amount owed", lambda: fees(OWED, "1-1-101,3,约一千,,")),
    ("fee_amount_negative", "row 2 amount owed", lambda: fees(OWED, "1-1-101,3,-5,,")),
    ("fee_amount_decimals", "row 2 amount owed", lambda: fees(OWED, "1-1-101,3,12.345,,")),
    ("fee_amount_large", "row 2 amount owed", lambda: fees(OWED, "1-1-101,3,99999999999,,")),
    ("fee_owes_nothing", "row 2 amount owed", lambda: fees(OWED, "1-1-101,3,0,,")),
    ("fee_months", "row 2 months", lambda: fees(OWED, "1-1-101,几个月,5,,")),
    ("fee_months_ahead", "row 2 months", lambda: fees(OWED, "1-1-101,2026-12,5,,")),
    ("fee_day", "row 2 since", lambda: fees(OWED, "1-1-101,3,5,上月,")),
    ("fee_other_month", "row 2 month", lambda: fees(OWED, "1-1-101,3,5,,2026-10")),
    ("fee_nothing_in_it", "", lambda: fees("place,result", "1-1-101,")),
    ("fee_result", "row 2 result", lambda: fees(BACK, "1-1-101,生气,")),
    ("fee_paid_and", "row 2 paid", lambda: fees(BACK, "1-1-101,拒缴,5")),
    ("fee_no_heads", "", lambda: fees("name,department", "张三,保安")),
]
OF_THE_RECORD = {
    *("fee_no_home", "fee_twice", "fee_back_first", "fee_settled", "fee_paid_over"),
    *("fee_not_on_list", "fee_no_such_result", "fee_nothing_back", "fee_nothing_paid"),
}
"""What a list is held against is not in its file: desk/fees/test_fee_lists.py."""
