"""Full pinyin: every command's Chinese name can be said in it."""

from __future__ import annotations

import pytest

from dispatcher_tui.domain.words.text import is_hanzi
from dispatcher_tui.present.i18n import use
from dispatcher_tui.present.readings import pinyin_of
from dispatcher_tui.tui.actions import ACTIONS, label


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("派工", "paigong"),
        ("催单", "cuidan"),
        ("住户备注", "zhuhubeizhu"),
        ("F9 紧急", "f9 jinji"),
        ("", ""),
    ],
)
def test_a_name_is_said_without_tones(name: str, said: str) -> None:
    assert pinyin_of(name) == said


def test_every_command_can_be_said() -> None:
    use("zh")
    characters = {each for found in ACTIONS for each in label(found) if is_hanzi(each)}
    assert {each for each in characters if not pinyin_of(each)} == set()
