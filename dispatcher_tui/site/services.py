"""Which services a site may stop to collect fees: a setting, none by default, and never those that
the law forbids to be stopped for that (Civil Code 944: power, water, heat, gas)."""

from __future__ import annotations

import re

import msgspec

from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.site.problems import Findings

_OTHER_THINGS = re.compile(r"电梯|电视|电话|电子|水景|水牌|气氛|气象")
"""Words with such a character in them that are none of these."""

_FORBIDDEN = re.compile(
    r"水|电|暖|供热|热力|燃气|煤气|天然气|供气|用气|停气"
    r"|\b(?:power|electric\w*|water|heat\w*|gas)\b",
    re.IGNORECASE,
)


class ServicesTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``[services]`` of the file: the names of what may be stopped, with the director's hand."""

    stoppable: tuple[str, ...] = ()


def never_stopped(name: str) -> bool:
    """Whether a service is power, water, heat or gas by its name."""
    return bool(_FORBIDDEN.search(_OTHER_THINGS.sub("", name)))


def read_services(table: ServicesTable, findings: Findings) -> tuple[str, ...]:
    """The services that may be stopped; one that may never be is noted."""
    names = tuple(clean_text(each, multiline=False).text.strip() for each in table.stoppable)
    findings.add_twice("services.stoppable", names)
    for number, name in enumerate(names, 1):
        key = f"services.stoppable[#{number}]"
        if not name:
            findings.add(key, "empty_text")
        elif never_stopped(name):
            findings.add(key, "never_stopped", name=name)
    return names
