"""The desk's own words in the language that is in use: English msgids, Chinese by catalogue.

What is counted is said by ``ngettext``, so that one paper is no "1 papers".
Site data carries both languages itself (`localized`); a caller's words are never translated.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from gettext import GNUTranslations

Language = Literal["zh", "en"]

_CATALOGUE = Path(__file__).parent / "locale" / "zh" / "LC_MESSAGES" / "dispatcher.mo"
_LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


class Bilingual(Protocol):
    """Whatever carries its text in both languages."""

    @property
    def zh(self) -> str: ...
    @property
    def en(self) -> str: ...


class _Voice:
    """The language in use. One per process: a desk speaks to one person at a time."""

    language: Language = "en"
    translate: Callable[[str], str] | None = None
    counted: Callable[[str, str, int], str] | None = None


@cache
def _chinese() -> GNUTranslations | None:
    """The Chinese catalogue; None where it was not installed, so that English stands in."""
    from gettext import GNUTranslations  # the English desk starts without it

    try:
        with _CATALOGUE.open("rb") as stream:
            return GNUTranslations(stream)
    except FileNotFoundError:
        return None


def use(lang: Language) -> None:
    """Speak this language from now on."""
    _Voice.language = lang
    catalogue = _chinese() if lang == "zh" else None
    _Voice.translate = None if catalogue is None else catalogue.gettext
    _Voice.counted = None if catalogue is None else catalogue.ngettext


def language() -> Language:
    """The language in use."""
    return _Voice.language


def _(msgid: str) -> str:
    """The text in the language in use; the msgid itself where there is no other."""
    # The empty msgid would answer with the catalogue's header.
    if _Voice.translate is None or not msgid:
        return msgid
    return _Voice.translate(msgid)


@cache
def _english() -> Callable[[str, str, int], str]:
    """The rule of a desk without a catalogue: one, or other."""
    from gettext import NullTranslations

    return NullTranslations().ngettext


def ngettext(one: str, other: str, n: int) -> str:
    """The text for ``n`` of something in the language in use, by that language's own rule.

    English has a form for one and a form for any other number, Chinese the same for all.
    """
    return (_Voice.counted or _english())(one, other, n)


def localized(label: Bilingual) -> str:
    """The label's text in the language in use, or in the other one where that is empty.

    The record has labels that were put together with one colon for both languages: in Chinese it
    is a wide one, as everywhere else, and takes the same two cells.
    """
    if _Voice.language == "zh":
        return label.zh.replace(": ", "：") or label.en
    return label.en or label.zh


def labelled(label: str, value: str) -> str:
    """What something is called, and what it is, with the language's own colon between them.

    Where nothing is said of it, it stands alone.
    """
    return f"{label}{_(': ')}{value}" if value else label


def bracketed(text: str, aside: str) -> str:
    """The text with an aside in the language's own brackets; alone where there is none."""
    return _("{text} ({aside})").format(text=text, aside=aside) if aside else text


def _names_chinese(tag: str) -> bool:
    return tag.strip().lower().startswith("zh")


def choose_language(flag: str | None, env: Mapping[str, str], term: str) -> tuple[Language, bool]:
    """The language to start in, and whether Chinese was wanted but `term` cannot show it.

    `flag` (of `--lang`) comes first, then `DISPATCHER_LANG`, then the locale: LC_ALL, LC_MESSAGES
    or LANG, whichever is set first, or the first choice of LANGUAGE. What does not ask for Chinese
    is English.
    """
    asked = flag or env.get("DISPATCHER_LANG", "").strip()
    if asked:
        wanted = _names_chinese(asked)
    else:
        locale = next((env[name] for name in _LOCALE_VARIABLES if env.get(name)), "")
        wanted = _names_chinese(locale) or _names_chinese(env.get("LANGUAGE", ""))
    if not wanted:
        return "en", False
    # The kernel's own console has room for 512 glyphs, none of them Chinese.
    if term == "linux":
        return "en", True
    return "zh", False
