"""Where the estate is, as a service outside asks for it, and under which numbers it is known."""

from __future__ import annotations

import re
from functools import cache

import msgspec


@cache
def _written() -> re.Pattern[str]:
    """An address in one line; compiled when the first is split."""
    return re.compile(
        r"(?P<city>(?:[^\s省市区县]{2,8}(?:省|自治区))?[^\s省市区县]{2,8}市)?"
        r"(?P<district>[^\s省市区县路街道]{1,8}[区县])?"
        r"(?P<street>.*)",
        re.DOTALL,
    )


class Address(msgspec.Struct, frozen=True):
    """The estate's address; an empty text is not known yet.

    ``street`` is the street with its number, ``crossing`` the nearest one. ``fire_gate`` and
    ``ambulance_gate`` are where the engines come in, ``key_box`` is where the keys are,
    ``phones`` are the desk's own numbers, the one to be rung back first.
    """

    city: str = ""
    district: str = ""
    street: str = ""
    crossing: str = ""
    fire_gate: str = ""
    ambulance_gate: str = ""
    key_box: str = ""
    phones: tuple[str, ...] = ()


class Accounts(msgspec.Struct, frozen=True):
    """Under what the utilities know the estate; an empty text is not known yet.

    ``power``, ``gas`` and ``water`` are account numbers; ``lift`` says where a lift's
    registration code can be read.
    """

    power: str = ""
    gas: str = ""
    water: str = ""
    lift: str = ""


def split_address(text: str) -> tuple[str, str, str]:
    """City, district and street of an address in one line.

    What cannot be told apart stays with the street, so that all three together always say what
    was typed.
    """
    line = " ".join(text.split())
    match = _written().fullmatch(line)
    if match is None or not match["street"].strip():
        return "", "", line
    return match["city"] or "", match["district"] or "", match["street"].strip()
