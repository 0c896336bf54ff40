"""What is wrong with the registers of a site's handout book."""

from __future__ import annotations

from collections.abc import Callable

from dispatcher_tui.present.i18n import _

HANDOUT_MESSAGES: dict[str, Callable[[], str]] = {
    "handout_due": lambda: _('"{text}": a thing is overdue after 4h, 30 days or at the shift end'),
    "handout_what": lambda: _("no things are listed: say with what how it is asked what it is"),
    "handout_field": lambda: _('a field cannot be called "{name}", the form asks that by itself'),
    "handout_thing": lambda: _('"{name}" is no short id such as K1, without blanks'),
}
"""By the codes of ``site.handouts``."""
