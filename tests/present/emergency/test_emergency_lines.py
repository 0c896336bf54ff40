"""Where somebody is whom nobody has rung yet, in a word."""

from __future__ import annotations

import pytest

from dispatcher_tui.domain.emergency.call_tree import GROUP, Target
from dispatcher_tui.domain.words.people import Nearness
from dispatcher_tui.present.emergency.emergency_lines import where_words
from dispatcher_tui.present.i18n import use


@pytest.mark.parametrize(
    ("near", "zh", "en"),
    [
        (Nearness.ON_ESTATE, "东门岗", "东门岗"),
        (Nearness.ON_DUTY, "当班", "on duty"),
        (Nearness.TO_REACH, "-", "-"),
        (Nearness.AT_HOME, "不当班", "off duty"),
        (Nearness.AWAY, "不在", "away"),
    ],
)
def test_where_somebody_is(near: Nearness, zh: str, en: str) -> None:
    target = Target("a", "甲", "implementer", ("13900000001",), GROUP, near=near, post="东门岗")
    for language, words in (("zh", zh), ("en", en)):
        use("zh" if language == "zh" else "en")
        assert where_words(target) == words
