"""Privileged acts in words: for the hand-over sheet on the screen and on paper."""

from __future__ import annotations

from dispatcher_tui.domain.record.sheet import SheetAct
from dispatcher_tui.present.countdown import spoken
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.names import Glossary, actor_words


def acts_title() -> str:
    """What the list of them is called."""
    return _("Privileged acts since the last signed sheet")


def code_used(name: str) -> str:
    """That the rescue code was spent, and for whom."""
    if not name:
        return _("The rescue code was used for a new one")
    return _("The rescue code was used, for {name}").format(name=name)


def act_text(act: SheetAct, names: Glossary) -> str:
    """What was done; an act of another version gives its own name."""
    sentences = {
        "operator_added": _("{name} may sign in as {role}"),
        "pin_reset": _("New PIN for {name}"),
        "disabled": _("{name} may no longer sign in"),
        "restored": _("Restored from {name}"),
        "clock_back": _("The clock was set back by {length}"),
        "rescue_code_made": _("A new rescue code was printed"),
        "rescue_code_used": code_used(act.name),
        "rescue_code_refused": _("A wrong rescue code was given"),
    }
    words = sentences.get(act.act)
    if words is None:
        return act.act
    return words.format(
        name=act.name, role=names.role(act.role) or act.role, length=spoken(act.seconds)
    )


def act_by(act: SheetAct) -> str:
    """Who did it, and which head's PIN allowed it."""
    by = actor_words(act.by)
    if not act.cosigner:
        return by
    return _(", ").join((by, _("co-signed by {name}").format(name=act.cosigner)))
