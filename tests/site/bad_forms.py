"""A bad file for every kind of problem there is with the forms of a procedure."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dispatcher_tui.site.problems import SiteError, SiteProblem
from dispatcher_tui.site.procedures import parse_procedure
from tests.site import samples
from tests.site.samples import spoil

Found = list[SiteProblem]

SLIP = """[[form]]
id = "slip"
label = { zh = "单", en = "Slip" }
field = [{ source = "case.place" }, { label = { zh = "注", en = "Note" }, typed = "note" }]
signer = [{ label = { zh = "签", en = "Sign" }, role = "head" }]
"""


def form(old: str, new: str, *, more: str = "", paper: str = "") -> Found:
    """The findings on a procedure with that form, spoilt; none where it is sound."""
    text = spoil(samples.PROCEDURE, "[[prompt]]", spoil(SLIP, old, new) + more + "\n[[prompt]]")
    text = text.replace("closing_paper = { ", f"closing_paper = {{ {paper}")
    with pytest.raises(SiteError) as caught:
        parse_procedure(text, "p.toml")
    return list(caught.value.problems)


_FIELD = '{ source = "case.place" }'
_NOTE = """up = "nowhere"
text = [
  { zh = "{case.plaec}停水", en = "{case.place}" },
  { zh = "{typed.note}", en = "{typed.note} }" },
]
"""
_RANGE = 'id = "slip"\nprefix = "A-"'
_OTHER = SLIP.replace('"slip"', '"other"\nprefix = "A-"')
_INSIDE = _OTHER.replace('"A-"', '"A-1"')


def _instead(more: str, *, rule: str = "R-1", when: str = 'levels = ["grave"]') -> str:
    """A paper that stands instead of the procedure's own, spoilt."""
    name = 'name = { zh = "记录", en = "record" }'
    more = f"{more}, " if more else ""
    return f'instead = [{{ {name}, rule = "{rule}", {more}when = {{ {when} }} }}], '


BAD_FORMS: list[tuple[str, str, Callable[[], Found]]] = [
    ("unknown_source", "form[slip].field[#1].source", lambda: form("case.place", "case.plaec")),
    ("unknown_source", "form[slip].field[#1].source", lambda: form("case.place", "step.nowhere")),
    ("unknown_source", "form[slip].field[#1].source", lambda: form("case.place", "item.nowhere")),
    (
        "field_without_source",
        "form[slip].field[#1]",
        lambda: form(_FIELD, '{ label = { zh = "空", en = "Nothing" } }'),
    ),
    ("field_without_label", "form[slip].field[#1].label", lambda: form(_FIELD, "{ ink = 2 }")),
    ("too_small", "form[slip].field[#1].ink", lambda: form("{ source", "{ ink = -1, source")),
    ("unknown_source", "form[slip].text[#1].zh", lambda: form(_FIELD, _FIELD, more=_NOTE)),
    ("loose_brace", "form[slip].text[#2].en", lambda: form(_FIELD, _FIELD, more=_NOTE)),
    ("unknown_step", "form[slip].up", lambda: form(_FIELD, _FIELD, more=_NOTE)),
    ("empty_list", "form[slip].text", lambda: form('id = "slip"', 'id = "slip"\nup = "nowhere"')),
    ("empty_text", "form[slip].up", lambda: form('id = "slip"', 'id = "slip"\nanywhere = true')),
    ("unknown_role", "form[slip].signer[#1].role", lambda: form('role = "head"', 'role = "hed"')),
    ("unknown_source", "form[slip].signer[#1].sign", lambda: form('role = "head"', 'sign = "no"')),
    ("empty_list", "form[slip].signer[#1].ways", lambda: form('role = "head"', "ways = []")),
    (
        "form_without_signer",
        "form[slip].signer",
        lambda: form('signer = [{ label = { zh = "签", en = "Sign" }, role = "head" }]', ""),
    ),
    ("ranges_overlap", "form[other].prefix", lambda: form('id = "slip"', _RANGE, more=_OTHER)),
    ("ranges_overlap", "form[other].prefix", lambda: form('id = "slip"', _RANGE, more=_INSIDE)),
    ("unknown_form", "closing_paper.form", lambda: form("单", "单", paper='form = "slpi", ')),
    (
        "outside_with_form",
        "closing_paper.outside",
        lambda: form("单", "单", paper='form = "slip", outside = true, '),
    ),
    *(
        (code, f"closing_paper.instead[#1].{key}", lambda more=more: form("单", "单", paper=more))
        for code, key, more in (
            ("unknown_form", "form", _instead('form = "slpi"')),
            ("outside_with_form", "outside", _instead('form = "slip", outside = true')),
            ("unknown_role", "signer", _instead('signer = "hed"')),
            ("unknown_step", "sent", _instead('sent = "nowhere"')),
            ("unknown_rule", "rule", _instead("", rule="R-9")),
            ("unknown_level", "when.levels", _instead("", when='levels = ["huge"]')),
            ("instead_of_all", "when", _instead("", when="")),
            ("unknown_key", "instead", _instead("instead = []")),
        )
    ),
    ("not_one_of", "form[slip].page", lambda: form('id = "slip"', 'id = "slip"\npage = "A6"')),
    ("not_one_of", "form[slip].stage", lambda: form('id = "slip"', 'id = "slip"\nstage = "soon"')),
    ("not_one_of", "form[slip].scope", lambda: form('id = "slip"', 'id = "slip"\nscope = "all"')),
    ("unknown_rule", "form[slip].rule", lambda: form('id = "slip"', 'id = "slip"\nrule = "R-9"')),
    (
        "unknown_level",
        "form[slip].levels",
        lambda: form('id = "slip"', 'id = "slip"\nlevels = ["huge"]'),
    ),
    (
        "too_small",
        "form[slip].retention_years",
        lambda: form('id = "slip"', 'id = "slip"\nretention_years = -1'),
    ),
    (
        "unknown_key",
        "form[slip].colour",
        lambda: form('id = "slip"', 'id = "slip"\ncolour = "red"'),
    ),
    ("duplicate", "form[slip]", lambda: form("单", "单", more=SLIP)),
]
"""Code, key and the file that is wrong in it."""
