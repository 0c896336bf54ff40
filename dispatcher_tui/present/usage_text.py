"""What the parser says, in the language in use: help, and faults; it knows English alone."""

from __future__ import annotations

import re
from collections.abc import Callable

from dispatcher_tui.present.cells import width
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


_HELP: tuple[tuple[str, Callable[[], str]], ...] = (
    ("Show this message and exit.", lambda: _("Show this help")),
    ("Install completion for the current shell.", lambda: _("Teach this shell the commands")),
    (
        "Show completion for the current shell, to copy it or customize the installation.",
        lambda: _("Show what the shell would be taught"),
    ),
)
_FRAME: tuple[tuple[str, Callable[[], str]], ...] = (
    (r"^Usage: ?", lambda: _("Usage: ")),
    (r"^Options:$", lambda: _("Options:")),
    (r"^Commands:$", lambda: _("Commands:")),
    (r"^Arguments:$", lambda: _("Arguments:")),
    (r"\[OPTIONS\]", lambda: _("[OPTIONS]")),
    (r"\bCOMMAND \[ARGS\]\.\.\.", lambda: _("COMMAND [ARGS]...")),
    (r"(?<=\[)default:\s+", lambda: _("default: ")),
    (r"(?<=\[)required(?=\])", lambda: _("required")),
    (r"<list\[([^\]]*)\]>", lambda: r"<\1>"),
)
# What an option is followed by; the same cells again, as far as the gap after it allows.
_VALUES: tuple[tuple[str, Callable[[], str]], ...] = (
    ("DIR", lambda: _("DIR")),
    ("FILE", lambda: _("FILE")),
    ("<list[Path]>", lambda: ""),
    ("<str>", lambda: _("<text>")),
    ("<int>", lambda: _("<number>")),
    ("<float>", lambda: _("<number>")),
    ("<path>", lambda: _("<path>")),
    ("NAME", lambda: _("NAME")),
    ("N", lambda: _("N")),
    ("TEXT", lambda: _("TEXT")),
    ("PLACE", lambda: _("PLACE")),
    ("TIME", lambda: _("TIME")),
    ("DATE", lambda: _("DATE")),
    ("DEST", lambda: _("DEST")),
    ("SRC", lambda: _("SRC")),
    ("HASH", lambda: _("HASH")),
    ("ID", lambda: _("ID")),
    ("YYYY-MM", lambda: _("YYYY-MM")),
    ("PROCEDURE", lambda: _("PROCEDURE")),
    ("LIST", lambda: _("LIST")),
    ("FORM", lambda: _("FORM")),
    ("NUMBER", lambda: _("NUMBER")),
    ("SHEET", lambda: _("SHEET")),
    ("AREA", lambda: _("AREA")),
    ("RESULT", lambda: _("RESULT")),
    ("YUAN", lambda: _("YUAN")),
    ("PLACES", lambda: _("PLACES")),
    ("HOME", lambda: _("HOME")),
    ("PART=N", lambda: _("PART=N")),
    ("ID=TEXT", lambda: _("ID=TEXT")),
    ("TOPIC", lambda: _("TOPIC")),
)

_NAMED = r"([{\[])([A-Z=-]+)([}\]])"
"""An argument as it stands in the line of usage: braces where it must be there."""


def help_text(text: str) -> str:
    """The parser's help in the language in use; English stays as the parser has it."""
    if language() == "en":
        return text
    for sentence, words in _HELP:
        text = re.sub(r"\s+".join(map(re.escape, sentence.split())), words(), text)
    for value, words in _VALUES:
        said = words()
        more = width(said) - width(value)
        gap = "(?P<gap> +|$)"
        for found in reversed(
            list(re.finditer(rf"(?<= ){re.escape(value)}{gap}", text, re.MULTILINE))
        ):
            spaces = found["gap"]
            if spaces:
                spaces = spaces[more:] or " " if more > 0 else spaces + " " * -more
            text = text[: found.start()] + said + spaces + text[found.end() :]
    names = {value: words() for value, words in _VALUES if value.isupper()}
    text = re.sub(_NAMED, lambda found: found[1] + names.get(found[2], found[2]) + found[3], text)
    for pattern, words in _FRAME:
        text = re.sub(pattern, words(), text, flags=re.MULTILINE)
    return text
