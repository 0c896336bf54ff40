"""The guided first night at the head of a screen: two rows that take no key."""

from __future__ import annotations

from dispatcher_tui.tui.widgets.lines import SpanLines


class GuideStrip(SpanLines):
    """What to do now and why. It stands above all else and lets everything else move down."""

    DEFAULT_CSS = """
    GuideStrip { dock: top; height: 2; background: $desk-bg2; color: $desk-fg1; }
    """
