"""JSON that a program reads and a terminal may show: what could steer one stands as an escape."""

from __future__ import annotations

import msgspec

from dispatcher_tui.domain.words.text import clean_text


def json_text(found: object, indent: int = 0) -> str:
    """An object as JSON, on one line where no ``indent`` is given."""
    made = msgspec.json.encode(found)
    text = (msgspec.json.format(made, indent=indent) if indent else made).decode()
    # They break a line for some readers, and stand inside of strings alone.
    text = text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    if clean_text(text, limit=len(text)).removed:
        import json

        separators = None if indent else (",", ":")
        return json.dumps(found, ensure_ascii=True, indent=indent or None, separators=separators)
    return text
