"""The board's short names: every shipped step stands whole in its column, in both languages."""

from __future__ import annotations

import re

import pytest

from dispatcher_tui.domain.words.terms import Label
from dispatcher_tui.present.case.short_names import (
    LEVEL_CELLS,
    STEP_CELLS,
    level_mark,
    step_name,
)
from dispatcher_tui.present.cells import width
from dispatcher_tui.present.i18n import Language, use
from tests.domain.support import shipped_procedure
from tests.present.case.test_next_step import KINDS, PROCEDURES


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_step_stands_whole(lang: Language) -> None:
    use(lang)
    try:
        for name, _procedure, owed in KINDS:
            shown = step_name(owed.label)
            assert shown, name
            assert width(shown) <= STEP_CELLS[lang], f"{name}: {shown}"
            assert not re.search(r"\b[PE]\d?-\d\d", shown), name
            assert "高磊" not in shown, "whom it is about has no room here"
    finally:
        use("en")


def test_a_site_s_own_step_is_its_own_name() -> None:
    own = Label("站里自己的一步很长很长", "A step that the site made up by itself")
    assert step_name(own) == own.en
    use("zh")
    try:
        assert step_name(own) == own.zh
        assert step_name(Label("短", "Short")) == "短"
    finally:
        use("en")


def test_levels() -> None:
    assert level_mark(Label("紧急", "Emergency"), urgent=True) == "EMERG"
    assert level_mark(Label("重大", "Grave"), urgent=True) == "GRAVE"
    assert level_mark(Label("一般", "Ordinary"), urgent=False) == "ord."
    assert level_mark(Label("通知", "Notice"), urgent=False) == "Notice"
    use("zh")
    try:
        levels = [level for name in PROCEDURES for level in shipped_procedure(name).levels]
        short = [x for x in levels if width(level_mark(x.label, urgent=x.urgent)) <= 4]
        assert LEVEL_CELLS["zh"] == 4
        assert len(short) > len(levels) * 3 // 4
    finally:
        use("en")
