"""The end of an emergency in words: who was never reached, who has to be told, what is missing."""

from __future__ import annotations

from collections.abc import Iterable

from dispatcher_tui.domain.duties.closing import missing_for_final, missing_for_write_off, outliving
from dispatcher_tui.domain.duties.duties import Duty
from dispatcher_tui.domain.emergency.never_told import lacking_parts, never_told
from dispatcher_tui.domain.emergency.next_call import CallStage, Tree
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.present.case.closing import missing_line
from dispatcher_tui.present.emergency.emergency_lines import target_name
from dispatcher_tui.present.i18n import _

CALL_BACK = "call_back:"
"""What a duty leads to that is a call to the one person it is about; the step follows."""


def unreached_names(tree: Tree, *, sent: bool) -> tuple[str, ...]:
    """Who was never reached by name; that nobody was sent, where that is so."""
    names = [target_name(target) for target in never_told(tree)]
    words = {
        CallStage.LADDER: _("no leader (the roster has none)"),
        CallStage.GROUP: _("nobody to send (the roster has none)"),
    }
    names += [words[part] for part in lacking_parts(tree)]
    if not sent:
        names.append(_("nobody was sent there"))
    return tuple(dict.fromkeys(names))


def to_call_back(duties: Iterable[Duty]) -> tuple[Duty, ...]:
    """The duties that are a call to one person under way, the nearest first."""
    owed = [d for d in duties if d.pending and d.due and d.do.startswith(CALL_BACK)]
    return tuple(sorted(owed, key=lambda d: (d.due is None, d.due)))


def call_back_line(names: Iterable[str]) -> str:
    """Whom to ring, in one line; empty where there is nobody."""
    listed = _(", ").join(names)
    return _("Call back: {names}").format(names=listed) if listed else ""


def missing_lines(procedure: Procedure, case: Case, duties: Iterable[Duty]) -> list[str]:
    """What the write-off and then finality still lack, each by its own name."""
    owed = tuple(duties)
    lines = []
    if not case.stage.handled:
        lacks = missing_for_write_off(procedure, case, {}, {})
        lines.append(_("To write it off: {missing}").format(missing=missing_line(procedure, lacks)))
    if not case.stage.ended:
        left = [m for m in missing_for_final(procedure, case, owed) if m.item != "written_off"]
        if not case.stage.handled:
            left = [*outliving(procedure, owed, "written_off", "final"), *left]
        if left:
            text = missing_line(procedure, left)
            lines.append(_("To be final: {missing}").format(missing=text))
    return lines
