"""The manual for the screens, which read no file themselves."""

from __future__ import annotations

from dispatcher_tui.site.manual import TOPICS, manual_text


def whole_manual(lang: str) -> tuple[str, ...]:
    """Every topic in its order, as Markdown; ``lang`` is zh or en.

    Raises:
        SiteError: a file of it cannot be read.
    """
    return tuple(manual_text(topic, lang) for topic in TOPICS)
