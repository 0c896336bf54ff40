"""A binder and a page as they are typed: the words around the number are said with it anyway."""

from __future__ import annotations

import re

_SAID = re.compile(r"第?\s*(?P<what>[^\s第册页]+)\s*[册页]")
"""A number with the words that Chinese puts around it; no other text is cut."""


def bare_leaf(typed: str) -> str:
    """The number alone where 第2页 or 12册 was typed; anything else as it is, without blanks
    around it."""
    text = typed.strip()
    found = _SAID.fullmatch(text)
    return found["what"] if found else text
