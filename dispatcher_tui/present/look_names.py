"""The looks by their names in the operator's language."""

from __future__ import annotations

from dispatcher_tui.domain.words.looks import ANSI, DAY, HIGH, MONO
from dispatcher_tui.present.i18n import _


def look_name(look: str) -> str:
    """What a look is called."""
    names = {
        DAY: _("light"),
        HIGH: _("high contrast"),
        MONO: _("without colour"),
        ANSI: _("the terminal's own sixteen"),
    }
    return names.get(look) or _("dark")
