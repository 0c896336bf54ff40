"""The language of the desk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dispatcher_tui.domain.words.terms import Label
from dispatcher_tui.present import i18n as words
from dispatcher_tui.present.i18n import _, choose_language, language, localized, ngettext, use


@pytest.fixture(autouse=True)
def _catalogue_anew() -> Iterator[None]:
    yield
    words._chinese.cache_clear()


def test_the_desk_speaks_the_language_in_use() -> None:
    assert language() == "en"
    assert _("{days} d") == "{days} d"
    use("zh")
    assert language() == "zh"
    assert _("{days} d") == "{days}天"


def test_what_has_no_translation_and_the_empty_text_stay() -> None:
    use("zh")
    assert _("nobody wrote this") == "nobody wrote this"
    assert _("") == ""


_PAPERS = ("{n} paper in {path}", "{n} papers in {path}")


@pytest.mark.parametrize("n", [0, 1, 2, 11, 100])
def test_what_is_counted_has_the_forms_of_its_language(n: int) -> None:
    assert ngettext(*_PAPERS, n) == _PAPERS[n != 1]
    use("zh")
    assert ngettext(*_PAPERS, n) == "{n} 张单据已写入 {path}"
    assert ngettext("one of none", "{n} of none", n) == ("one of none", "{n} of none")[n != 1]
    use("en")
    assert ngettext(*_PAPERS, n) == _PAPERS[n != 1]


def test_without_a_catalogue_english_stands_in(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(words, "_CATALOGUE", tmp_path / "none.mo")
    words._chinese.cache_clear()
    use("zh")
    assert _("{days} d") == "{days} d"
    assert ngettext(*_PAPERS, 1) == _PAPERS[0]
    assert ngettext(*_PAPERS, 2) == _PAPERS[1]


def test_labels_carry_both_languages() -> None:
    label = Label(zh="漏水", en="leak")
    assert localized(label) == "leak"
    assert localized(Label(zh="漏水", en="")) == "漏水"
    use("zh")
    assert localized(label) == "漏水"
    assert localized(Label(zh="", en="leak")) == "leak"


@pytest.mark.parametrize(
    ("flag", "env", "expected"),
    [
        (None, {}, "en"),
        ("zh", {"LANG": "en_US.UTF-8"}, "zh"),
        ("ZH-Hans", {}, "zh"),
        ("en", {"DISPATCHER_LANG": "zh", "LANG": "zh_CN.UTF-8"}, "en"),
        (None, {"DISPATCHER_LANG": "en", "LANG": "zh_CN.UTF-8"}, "en"),
        (None, {"DISPATCHER_LANG": "zh", "LC_ALL": "C"}, "zh"),
        (None, {"DISPATCHER_LANG": "", "LANG": "zh_CN.UTF-8"}, "zh"),
        (None, {"LANG": "zh_CN.UTF-8"}, "zh"),
        (None, {"LC_MESSAGES": "zh_TW", "LANG": "en_US.UTF-8"}, "zh"),
        (None, {"LC_ALL": "en_US.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        (None, {"LC_ALL": "", "LANG": "zh_CN.UTF-8"}, "zh"),
        (None, {"LC_ALL": "C.UTF-8"}, "en"),
        (None, {"LANG": "POSIX"}, "en"),
        (None, {"LANG": "C", "LANGUAGE": "zh_CN:en"}, "zh"),
        (None, {"LANG": "de_DE.UTF-8"}, "en"),
    ],
)
def test_the_language_is_chosen(flag: str | None, env: dict[str, str], expected: str) -> None:
    assert choose_language(flag, env, "xterm-256color") == (expected, False)


def test_a_terminal_without_chinese_is_named() -> None:
    assert choose_language("zh", {}, "linux") == ("en", True)
    assert choose_language(None, {"LANG": "zh_CN.UTF-8"}, "linux") == ("en", True)
    assert choose_language("en", {}, "linux") == ("en", False)
