"""The operator's manual, as it is shipped: a text a topic, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

from dispatcher_tui.site.shipped import data_dir
from dispatcher_tui.site.toml_text import read_text

TOPICS = ("night", "emergency", "week", "setup", "procedure", "record", "keys", "commands")
"""The topics in the order in which they are read."""


_MARK = re.compile(r"<!-- /?[a-z ]+ -->\n\n?")
"""Where a part begins or ends that is written by the program; nothing to read."""


def manual_path(topic: str, lang: str) -> Path:
    """Where a topic lies; ``lang`` is zh or en."""
    return data_dir() / "manual" / lang / f"{topic}.md"


def manual_text(topic: str, lang: str) -> str:
    """A topic as Markdown, its lines broken at some hundred cells; ``lang`` is zh or en.

    Raises:
        KeyError: there is no such topic.
        SiteError: the file cannot be read.
    """
    if topic not in TOPICS:
        raise KeyError(topic)
    return _MARK.sub("", read_text(manual_path(topic, lang)))
