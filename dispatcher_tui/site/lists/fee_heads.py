"""What the columns of a list of fees are called, by the cashier, by banks and by this house."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dispatcher_tui.site.lists.list_heads import place_heads, plain_head

_OWN = {
    "fen": "amount owed due amountowed amountdue total 欠费金额 欠费 欠费总额 欠费合计 欠缴金额 "
    "欠款 欠款金额 应收金额 应收 应缴金额 应缴 应交金额 金额 合计 合计金额 未缴金额 未交金额",
    "months": "months monthsowed arrearsmonths 欠费月份 欠费月数 欠缴月份 欠费期间 欠费时段 月数 "
    "欠几个月 账期 费用期间 所欠月份",
    "since": "since unpaidsince billdue 账单到期日 欠费起始 欠费起始日 欠费起日 起欠日 最早账单日",
    "month": "month billmonth listmonth 月份 所属月份 账单月份 统计月份",
    "area": "area round 区域 片区 管区 责任区 网格",
    "keeper": "keeper areakeeper 管理员 区域管理员 责任人 管家 楼管 片区管家",
    "result": "result outcome 结果 提醒结果 派发结果 催缴结果 处理结果 签收情况 回执 反馈",
    "paid": "paid paidamount received 实收 实收金额 已缴 已缴金额 已交金额 缴费金额 到账 到账金额 "
    "收款金额 扣款金额 代扣金额 托收金额",
}

OWN_COLUMNS = ("place", "resident", "phone", "months", "fen", "since", "area", "keeper")
"""The columns of a list in the house's form; its amounts are in fen."""

_MANY = ("resident", "phone")


def _table() -> dict[str, str]:
    """By each plain head the column that it means; the house's own words for fees come first."""
    found: dict[str, str] = {}
    for heads in (_OWN, place_heads()):
        for column, names in heads.items():
            for name in names.split():
                found.setdefault(plain_head(name), column)
    return found


_COLUMN_OF = _table()


def fee_columns(cells: Sequence[str]) -> tuple[str, ...]:
    """For each head its column, empty where it is none that is read; the first of a kind counts."""
    found: list[str] = []
    for cell in cells:
        column = _COLUMN_OF.get(plain_head(cell), "")
        found.append(column if column in _MANY or column not in found else "")
    place = {"place", "room"} & set(found)
    if place:
        return tuple("" if column == "address" else column for column in found)
    return tuple("place" if column == "address" else column for column in found)


def is_head_row(cells: Sequence[str]) -> bool:
    """Whether a row is the heads of a list of fees: a place, and what is owed, paid or was said."""
    columns = set(fee_columns(cells))
    return bool(columns & {"place", "room"}) and bool(columns & {"fen", "paid", "result"})


def heads_known(rows: Iterable[tuple[str, ...]]) -> int:
    """How many heads are known in the row of these that has the most."""
    counts = (sum(map(bool, fee_columns(cells))) for cells in rows if is_head_row(cells))
    return max(counts, default=0)
