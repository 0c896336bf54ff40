"""What a site can get wrong about which procedures are in force, and what each of them handles."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from dispatcher_tui.site.categories import parse_categories
from dispatcher_tui.site.class_checks import judge_handling, unhandled
from dispatcher_tui.site.problems import SiteError, SiteProblem
from dispatcher_tui.site.procedures import parse_procedure
from dispatcher_tui.site.settings import parse_site
from tests.site import samples
from tests.site.samples import spoil

Found = list[SiteProblem]


def in_force(line: str, own: str = 'procedures = ["p"]\n') -> Found:
    text = spoil(samples.SITE, 'procedure = "estate-dispatch"\n', f"{own}{line}")
    with pytest.raises(SiteError) as caught:
        parse_site(text, "site.toml")
    return list(caught.value.problems)


def claimed(
    first: tuple[str, ...] = (), second: tuple[str, ...] = (), listed: tuple[str, ...] = ()
) -> Found:
    ours = parse_procedure(samples.PROCEDURE, "p.toml")
    both = [
        msgspec.structs.replace(ours, id=name, handles=handles)
        for name, handles in (("p", first), ("q", second))
    ]
    classes = [
        msgspec.structs.replace(each, procedures=listed)
        for each in parse_categories(samples.CATEGORIES)
        if each.id == "leak"
    ]
    return judge_handling(classes, both)


def untaken(*handles: str) -> Found:
    ours = parse_procedure(samples.PROCEDURE, "p.toml")
    alone = msgspec.structs.replace(ours, handles=handles)
    return unhandled(parse_categories(samples.CATEGORIES), (alone,), ours.levels[0])


BAD_CHOICES: list[tuple[str, str, Callable[[], Found]]] = [
    ("procedure_both", "site.procedures", lambda: in_force('procedure = "p"\n')),
    ("empty_list", "site.procedures", lambda: in_force("procedures = []\n", own="")),
    ("missing_key", "site.procedure", lambda: in_force("", own="")),
    ("empty_text", "site.procedures[#2]", lambda: in_force('procedures = ["p", " "]\n', own="")),
    (
        "duplicate",
        "site.procedures[p]",
        lambda: in_force('procedures = ["p", "p"]\n', own=""),
    ),
    ("unknown_class", "handles[leek]", lambda: claimed(first=("leek",))),
    ("class_claimed_twice", "handles", lambda: claimed(("leak",), ("leak",))),
    ("class_claimed_twice", "handles", lambda: claimed(("maintenance",), ("maintenance",))),
    ("class_claimed_twice", "category[leak].procedures", lambda: claimed(listed=("p", "q"))),
    ("class_unhandled", "category[leak]", lambda: untaken("order")),
]
