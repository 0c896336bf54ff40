"""What was wrong with a command's words, in the language in use: the parser knows English alone."""

from __future__ import annotations

import re
from collections.abc import Callable

from dispatcher_tui.present.i18n import _, language

_SENTENCES: tuple[tuple[re.Pattern[str], Callable[[], str]], ...] = (
    (
        re.compile(r"Missing (?:argument|option|parameter) (?P<name>.+?)\.?(?: Choose from.*)?"),
        lambda: _("Missing: {name}. --help says what goes where."),
    ),
    (
        re.compile(r"Missing command\."),
        lambda: _("Missing: the command. --help lists them."),
    ),
    (
        re.compile(r"No such command (?P<name>.+?)\.(?: .*)?"),
        lambda: _("There is no command {name}. --help lists them."),
    ),
    (
        re.compile(r"No such option: (?P<name>\S+)(?: .*)?"),
        lambda: _("There is no option {name}. --help lists them."),
    ),
    (
        re.compile(r"Got unexpected extra argument(?:s|\(s\))? \(?(?P<name>.*?)\)?\.?"),
        lambda: _("Too many words: {name}. A text with spaces goes in quotes."),
    ),
    (
        re.compile(r"Option (?P<name>.+?) does not take a value\.?"),
        lambda: _("Option {name} takes no value."),
    ),
    (
        re.compile(r"Option (?P<name>.+?) requires (?:an argument|\d+ arguments)\.?"),
        lambda: _("Option {name} needs a value."),
    ),
    (
        re.compile(r"Invalid value for (?P<name>.+?): .*?is not one of (?P<known>.+?)\.?"),
        lambda: _("{name} is one of: {known}."),
    ),
    (
        re.compile(r"Invalid value for (?P<name>.+?): (?P<why>.*)", re.DOTALL),
        lambda: _("{name} cannot be that: {why}"),
    ),
)


def usage_text(message: str) -> str:
    """The parser's message in the language in use; English stays as the parser has it."""
    if language() == "en":
        return message
    for pattern, words in _SENTENCES:
        match = pattern.fullmatch(message.strip())
        if match is not None:
            return words().format(**match.groupdict())
    return message
