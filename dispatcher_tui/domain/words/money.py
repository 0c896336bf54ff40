"""Amounts of money: typed in yuan, kept in fen."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

HIGHEST_YUAN = 10_000_000
"""No charge or compensation of a desk is above this; a longer figure is a slip of the keys."""


@cache
def _amount() -> re.Pattern[str]:
    """An amount as it is typed; compiled when the first is read."""
    return re.compile(
        r"(?P<minus>-)?\s*¥?\s*(?P<minus2>-)?"
        r"(?P<yuan>[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.(?P<fen>[0-9]+))?\s*[元圆块]?"
    )


class MoneyError(ValueError):
    """An amount that cannot stand.

    `code` is `empty`, `nonsense`, `negative`, `large` or `decimals`; the front ends word it.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def parse_fen(text: str, most: int = HIGHEST_YUAN) -> int:
    """Read an amount typed in yuan (`12`, `12.5`, `¥12.50`, `１２元`) as fen, `most` yuan at most.

    Raises `MoneyError`.
    """
    folded = unicodedata.normalize("NFKC", text).replace("。", ".").replace("\u2212", "-").strip()
    if not folded:
        raise MoneyError("empty")
    match = _amount().fullmatch(folded)
    if match is None:
        raise MoneyError("nonsense")
    if match["minus"] or match["minus2"]:
        raise MoneyError("negative")
    decimals = match["fen"] or ""
    if len(decimals) > 2:
        raise MoneyError("decimals")
    yuan = match["yuan"].replace(",", "").lstrip("0") or "0"
    # The length is looked at first: a figure of thousands of digits is not worth reading.
    if len(yuan) > len(str(most)):
        raise MoneyError("large")
    fen = int(yuan) * 100 + int(decimals.ljust(2, "0"))
    if fen > most * 100:
        raise MoneyError("large")
    return fen


def format_fen(fen: int) -> str:
    """Write fen as yuan with two decimals and no sign of currency: 1250 is `12.50`."""
    yuan, rest = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{yuan}.{rest:02d}"
