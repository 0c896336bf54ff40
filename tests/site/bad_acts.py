"""A bad file for every kind of problem there is with acts, their law, and what may be stopped."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dispatcher_tui.site.problems import SiteError, SiteProblem
from dispatcher_tui.site.procedures import parse_procedure
from dispatcher_tui.site.settings import parse_site
from tests.site import samples
from tests.site.samples import spoil

Found = list[SiteProblem]

TO_HEAD = 'to = "head"\n'
REPEATS = "repeats = true\n"


def procedure(old: str, new: str) -> Found:
    """The findings on a procedure, spoilt."""
    with pytest.raises(SiteError) as caught:
        parse_procedure(spoil(samples.PROCEDURE, old, new), "p.toml")
    return list(caught.value.problems)


def site(old: str, new: str) -> Found:
    """The findings on a site's settings, spoilt."""
    with pytest.raises(SiteError) as caught:
        parse_site(spoil(samples.SITE, old, new), "site.toml")
    return list(caught.value.problems)


FIELD = TO_HEAD + 'field = [{{ id = "{}", label = {{ zh = "栏", en = "F" }} }}]\n'
FIELD_KIND = FIELD.format("w").replace("} }]", '}, kind = "dye" }]')
FIELD_TWICE = FIELD.format("w").replace("]", ', { id = "w", label = { zh = "二", en = "2" } }]')
STOPPABLE = "[services]\nstoppable = ['车位月卡', '停水']\n[sound]\n"
LAW = """[[law]]
text = { zh = "不得停水", en = "No stopping of water" }
source = { zh = "法", en = "Act" }
date = "2021-01-01"
steps = ["told"]
"""


def law(old: str, new: str) -> Found:
    return procedure("[[prompt]]", spoil(LAW, old, new) + "\n[[prompt]]")


def routine(field: str) -> Found:
    """The findings on a duty of the desk's own, spoilt."""
    weekly = 'id = "weekly"\nrule = "R-1"\nlabel = { zh = "查", en = "Look" }\nevery = "week"'
    return procedure("[[prompt]]", f'[[routine]]\n{weekly}\ndue = "monday"\n{field}\n[[prompt]]')


ROUTINE_FIELD = 'field = [{ id = "w", label = { zh = "栏", en = "F" } }]'
SERVICE_FIELD = ROUTINE_FIELD.replace("} }]", '}, kind = "service" }]')
RAISING = TO_HEAD + 'becomes = ["{}"]\n'

BAD_ACTS: list[tuple[str, str, Callable[[], Found]]] = [
    ("raise_without_words", "step[told].note", lambda: procedure(TO_HEAD, RAISING.format("grave"))),
    ("repeats_one_text", "step[told].repeats", lambda: procedure(TO_HEAD, TO_HEAD + REPEATS)),
    ("field_is_part", "step[told].field[who].id", lambda: procedure(TO_HEAD, FIELD.format("who"))),
    ("not_one_of", "step[told].field[w].kind", lambda: procedure(TO_HEAD, FIELD_KIND)),
    ("not_one_of", "routine[weekly].do", lambda: routine(f'do = "check"\n{ROUTINE_FIELD}')),
    ("not_one_of", "routine[weekly].field[w].kind", lambda: routine(SERVICE_FIELD)),
    ("duplicate", "step[told].field[w]", lambda: procedure(TO_HEAD, FIELD_TWICE)),
    ("unknown_field", "clock[first].due", lambda: procedure('due = "2h"', 'due = "at begin"')),
    (
        "unknown_field",
        "clock[first].due",
        lambda: procedure('due = "2h"', 'due = "2 months after x"'),
    ),
    ("never_stopped", "services.stoppable[#2]", lambda: site("[sound]\n", STOPPABLE)),
    (
        "empty_text",
        "services.stoppable[#1]",
        lambda: site("[sound]\n", "[services]\nstoppable = ['']\n[sound]\n"),
    ),
    ("empty_text", "law[#1].source.zh", lambda: law('zh = "法"', 'zh = " "')),
    ("missing_key", "law[#1].source", lambda: law('source = { zh = "法", en = "Act" }\n', "")),
    ("bad_date", "law[#1].date", lambda: law("2021-01-01", "2021")),
    ("unknown_step", "law[#1].steps", lambda: law('"told"', '"tell"')),
    ("unknown_form", "law[#1].forms", lambda: law('steps = ["told"]', 'forms = ["x"]')),
    ("empty_list", "law[#1].steps", lambda: law('steps = ["told"]', "")),
]
