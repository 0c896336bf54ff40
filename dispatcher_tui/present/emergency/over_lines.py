"""The end of an emergency in words: who was never reached, who has to be told, what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from dispatcher_tui.domain.duties.closing import missing_for_final, missing_for_write_off, outliving
from dispatcher_tui.domain.duties.duties import CALL_BACK, Duty
from dispatcher_tui.domain.emergency.never_told import lacking_parts, never_told
from dispatcher_tui.domain.emergency.next_call import CallStage, Tree
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.present.case.closing import missing_line
from dispatcher_tui.present.emergency.emergency_lines import target_name
from dispatcher_tui.present.emergency.outside_script import CallingFrom, estate_address
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.places import said_place


class End(StrEnum):
    """What somebody hears who is stopped before it is stood down: that it is over, or that it
    goes on and they are not needed any more."""

    OVER = "over"
    NOT_NEEDED = "not_needed"


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


def call_back_words(
    case: Case, here: CallingFrom, *, ours: bool, outside: Iterable[str], ends: End | None = None
) -> list[str]:
    """What to say to whoever is under way: that it is over, that they need not come any more, or
    where it is now.

    Args:
        case: as it stands.
        here: the estate and its address: a service outside knows the desk by nothing else.
        ours: whether somebody of ours has to be told.
        outside: the services outside that have to be told, by name.
        ends: what they hear though it is not stood down yet.
    """
    place = said_place(case.place) or _("place not known yet")
    over = ends is End.OVER or case.stood_down_at is not None or case.stage.handled
    stops = ends is End.NOT_NEEDED and not over
    lines = []
    if ours:
        own = _("Dispatch: the place is now {place}. Please repeat.")
        if over:
            own = _("Dispatch: it is over at {place}. You need not come; report if you are there.")
        elif stops:
            own = _("Dispatch: {place}: you need not come. Report if you are there. Please repeat.")
        lines.append(_("Say: {line}").format(line=own.format(place=place)))
    names = _(", ").join(outside)
    if names:
        line = _("{address} The place is now {place}. Please repeat.")
        if over:
            line = _("{address} It is over at {place}: you need not come. Please repeat.")
        elif stops:
            line = _("{address} {place}: you need not come any more. Please repeat.")
        text = line.format(address=estate_address(here), place=place)
        lines.append(_("Say to {names}: {line}").format(names=names, line=text))
    return lines


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
