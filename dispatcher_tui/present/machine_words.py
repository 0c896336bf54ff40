"""What a library or the operating system says was wrong, in the operator's language.

In English their own words stand; in another language they would be a line that half of the
operators cannot read, in the moment in which they have to mend a file.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from dispatcher_tui.present.i18n import _, labelled, language

Said = Callable[[], str]

_SYSTEM: dict[str, Said] = {
    "Permission denied": lambda: _("Permission denied"),
    "Operation not permitted": lambda: _("Operation not permitted"),
    "No such file or directory": lambda: _("No such file or directory"),
    "Is a directory": lambda: _("Is a directory"),
    "Not a directory": lambda: _("Not a directory"),
    "File exists": lambda: _("File exists"),
    "File name too long": lambda: _("File name too long"),
    "File too large": lambda: _("File too large"),
    "Too many levels of symbolic links": lambda: _("Too many levels of symbolic links"),
    "Too many open files": lambda: _("Too many open files"),
    "No space left on device": lambda: _("No space left on device"),
    "Disk quota exceeded": lambda: _("Disk quota exceeded"),
    "Read-only file system": lambda: _("Read-only file system"),
    "Input/output error": lambda: _("Input/output error"),
    "Device or resource busy": lambda: _("Device or resource busy"),
    "No such device": lambda: _("No such device"),
    "No such device or address": lambda: _("No such device or address"),
    "Transport endpoint is not connected": lambda: _("Transport endpoint is not connected"),
    "Stale file handle": lambda: _("Stale file handle"),
    "Directory not empty": lambda: _("Directory not empty"),
    "Invalid cross-device link": lambda: _("Invalid cross-device link"),
    "Invalid argument": lambda: _("Invalid argument"),
    "Exec format error": lambda: _("Exec format error"),
    "Cannot allocate memory": lambda: _("Cannot allocate memory"),
    "Broken pipe": lambda: _("Broken pipe"),
    "Connection timed out": lambda: _("Connection timed out"),
}

_RECORD: dict[str, Said] = {
    "database is locked": lambda: _("database is locked"),
    "database table is locked": lambda: _("database is locked"),
    "locking protocol": lambda: _("database is locked"),
    "database or disk is full": lambda: _("database or disk is full"),
    "database disk image is malformed": lambda: _("database disk image is malformed"),
    "disk I/O error": lambda: _("disk I/O error"),
    "attempt to write a readonly database": lambda: _("attempt to write a readonly database"),
    "file is not a database": lambda: _("file is not a database"),
    "unable to open database file": lambda: _("unable to open database file"),
    "out of memory": lambda: _("out of memory"),
    "interrupted": lambda: _("interrupted"),
    "bad parameter or other API misuse": lambda: _("bad parameter or other API misuse"),
    "no such table": lambda: _("no such table"),
    "no such column": lambda: _("no such column"),
    "UNIQUE constraint failed": lambda: _("UNIQUE constraint failed"),
    "CHECK constraint failed": lambda: _("CHECK constraint failed"),
    "NOT NULL constraint failed": lambda: _("NOT NULL constraint failed"),
    "FOREIGN KEY constraint failed": lambda: _("FOREIGN KEY constraint failed"),
    "journal: seq must follow the last entry": lambda: _("an entry must follow the last one"),
    "journal: prev must be the hash of the last entry": lambda: _(
        "an entry must follow the last one"
    ),
    "journal: an entry has that id": lambda: _("there is an entry of that id already"),
    "journal: a case has that number": lambda: _("there is a case of that number already"),
    "journal: a key stands twice in the body": lambda: _("a key stands twice in an entry"),
    "journal: entries are never changed": lambda: _("entries are never changed"),
    "journal: entries are never deleted": lambda: _("entries are never deleted"),
    "journal: no closing without its paper received, signed and filed": lambda: _(
        "no closing without its paper received, signed and filed"
    ),
    "cases: a case is open until it is final or invalid": lambda: _(
        "a case is open until it is final or invalid"
    ),
    "cases: no case is final without its closing entry": lambda: _(
        "no case is final without its closing entry"
    ),
    "case_state: the case is not JSON": lambda: _("the lists' text of a case is damaged"),
    "case_state: a key stands twice in the case": lambda: _("the lists' text of a case is damaged"),
    "case_state: no case is final before its line is": lambda: _(
        "no case is final without its closing entry"
    ),
    "empty": lambda: _("it is empty"),
    "cut off": lambda: _("it is cut off"),
    "no seal": lambda: _("its seal is missing"),
    "the seal is broken": lambda: _("the seal is broken"),
    "the copy is cut off": lambda: _("the copy is cut off"),
    "the copy's head is not in the record": lambda: _("the copy's head is not in the record"),
    "no printer": lambda: _("no printer"),
}

_SYNTAX: dict[str, Said] = {
    "Expected '=' after a key in a key/value pair": lambda: _("no = after a name: name = value"),
    "Expected newline or end of document after a statement": lambda: _(
        'something stands behind the value: one name = value a line, a text between two "'
    ),
    "Expected ']' at the end of a table declaration": lambda: _("a [heading] lacks its ]"),
    "Expected ']]' at the end of an array declaration": lambda: _("a [[heading]] lacks its ]]"),
    "Invalid value": lambda: _('no value after the =: a text stands between two "'),
    "Invalid statement": lambda: _("neither name = value nor a [heading]; half-width = and []?"),
    "Invalid initial character for a key part": lambda: _(
        'a name that is not plain letters: put it between two "'
    ),
    "Invalid date or datetime": lambda: _("no such date or time"),
    "Unclosed array": lambda: _("a list lacks its ] or a comma between two values"),
    "Unclosed inline table": lambda: _("curly brackets lack their end, or two values their comma"),
    "Unterminated string": lambda: _('a text lacks its closing "'),
    "Illegal character '\\n'": lambda: _('a text lacks its closing "'),
    "Unescaped '\\' in a string": lambda: _("a backslash in a text is written twice"),
    "Invalid hex value": lambda: _("a backslash in a text is written twice"),
    "Escaped character is not a Unicode scalar value": lambda: _(
        "a backslash in a text is written twice"
    ),
    "Cannot overwrite a value": lambda: _("the name has a value already: strike one of the two"),
    "a number that is too long": lambda: _("a number that is too long"),
    "nested too deeply": lambda: _("nested too deeply"),
    "RecursionError": lambda: _("nested too deeply"),
    "ValueError": lambda: _("a number that is too long"),
    "Expecting value": lambda: _("a value is missing"),
    "Expecting property name enclosed in double quotes": lambda: _(
        'a name between two " is missing'
    ),
    "Expecting ',' delimiter": lambda: _("a comma or a closing bracket is missing"),
    "Expecting ':' delimiter": lambda: _("a colon is missing after a name"),
    "Extra data": lambda: _("something stands behind the end"),
    "Unterminated string starting at": lambda: _('a text lacks its closing "'),
    "Illegal trailing comma before end of object": lambda: _("a comma too many"),
    "Illegal trailing comma before end of array": lambda: _("a comma too many"),
    "unexpected end of data": lambda: _('a text lacks its closing "'),
    "line contains NUL": lambda: _("a character that is no text"),
}

_WITH_NAME: tuple[tuple[str, Said], ...] = (
    (
        r"Cannot (?:declare|mutate immutable|redefine)(?: namespace)? (?P<name>.*?)(?: twice)?",
        lambda: _("{name} stands there already: strike one of the two"),
    ),
    (
        r"Duplicate inline table key (?P<name>.*)",
        lambda: _("{name} stands there already: strike one of the two"),
    ),
    (
        r"(?:Found invalid|Illegal) character (?P<name>.*)",
        lambda: _("the character {name} cannot stand here"),
    ),
    (r"Expected (?P<name>'.*'|\".*\")", lambda: _("{name} is missing")),
    (
        r"Invalid (?:\\|control ).*",
        lambda: _("a backslash or a control character in a text"),
    ),
    (
        r"field larger than field limit \((?P<name>\d+)\)",
        lambda: _("a cell of more than {name} characters"),
    ),
    (
        r"'(?P<name>[^']*)' expected after '\"'",
        lambda: _('a " in the middle of a cell: write it twice'),
    ),
    (
        r"Object missing required field `(?P<name>[^`]*)`.*",
        lambda: _("{name} is missing"),
    ),
    (
        r"Object contains unknown field `(?P<name>[^`]*)`.*",
        lambda: _("there is no {name}"),
    ),
    (
        r"Expected `(?P<name>[^`]*)`.*",
        lambda: _("of another kind than is asked for here: {name}"),
    ),
    (r"[A-Za-z]+(?:Error|Exception)\(.*\)", lambda: _("the program cannot read it")),
    (r"JSON is malformed: .*", lambda: _("its text is damaged")),
    (r"Input data was truncated", lambda: _("its text is cut off")),
    (
        r".* codec can't decode byte .*|Could not decode .*",
        lambda: _("its text is no UTF-8"),
    ),
)

_NUMBERED = r"\[(?:Errno|WinError) (?P<number>-?\d+)\] (?P<words>.*)"
_LETTERS = r"[A-Za-z]{2,}"


def machine_words(text: str) -> str:
    """Words of the system or the database, a path that stands with them kept.

    What is known to nobody here stays as it is: it may be a path or somebody's name.
    """
    if language() == "en" or not text:
        return text
    numbered = re.fullmatch(_NUMBERED, text, re.DOTALL)
    if numbered is None:
        return _known(text) or _by_parts(text)
    words, _colon, where = numbered["words"].partition(": ")
    said = _SYSTEM.get(words) or (lambda: _("system error {number}"))
    parts = (said().format(number=numbered["number"]), where.strip("'\""))
    return _(": ").join(part for part in parts if part)


def syntax_words(text: str) -> str:
    """Words of a parser about a file: never a line in another language."""
    if language() == "en" or not text:
        return text
    known = _known(text)
    if known or not re.search(_LETTERS, text):
        return known or text
    return _("it is written otherwise here: look at quotes, brackets, = and commas, all half-width")


def _known(text: str) -> str:
    said = _SYSTEM.get(text) or _RECORD.get(text) or _SYNTAX.get(text)
    if said is not None:
        return said()
    for pattern, words in _WITH_NAME:
        if found := re.fullmatch(pattern, text):
            names = {key: text.strip("(),' \"") for key, text in found.groupdict().items()}
            return words().format(**names)
    return ""


def _by_parts(text: str) -> str:
    """``table: what is wrong``, and ``what is wrong: the column``: each part by itself."""
    first, colon, rest = text.partition(": ")
    if not colon:
        return text
    known, more = _known(first), _known(rest) or _by_parts(rest)
    return labelled(known or first, more) if known or more != rest else text
