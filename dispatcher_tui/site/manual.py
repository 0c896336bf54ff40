"""The operator's manual, as it is shipped: a text a topic, in both languages."""

from __future__ import annotations

from dispatcher_tui.site.shipped import data_dir
from dispatcher_tui.site.toml_text import read_text

TOPICS = ("night", "emergency", "week", "setup", "procedure", "record")
"""The topics in the order in which they are read."""


def manual_text(topic: str, lang: str) -> str:
    """A topic as Markdown, its lines broken at some hundred cells; ``lang`` is zh or en.

    Raises:
        KeyError: there is no such topic.
        SiteError: the file cannot be read.
    """
    if topic not in TOPICS:
        raise KeyError(topic)
    return read_text(data_dir() / "manual" / lang / f"{topic}.md")
