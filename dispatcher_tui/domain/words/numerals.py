"""Figures written out in Chinese, as people type what they hear: 十二, 三十五, 一五零二."""

from __future__ import annotations

_DIGITS = {ch: value for value, ch in enumerate("零一二三四五六七八九")}
_DIGITS |= {"\u3007": 0, "两": 2, "幺": 1}


def figures_of(word: str) -> str:
    """A run of Chinese numerals in digits: 十二, 二十, 三十五, and read singly 一五.

    A run that is no number below a hundred, such as 一十十, comes back as it is.
    """
    if "十" not in word:
        return "".join(str(_DIGITS[ch]) for ch in word)
    tens, _, units = word.partition("十")
    if len(tens) > 1 or len(units) > 1 or "十" in units:
        return word
    return str(_DIGITS.get(tens, 1) * 10 + _DIGITS.get(units, 0))
