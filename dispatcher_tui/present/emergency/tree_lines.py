"""The call tree, a row for everybody who may be rung: who, what they are, how far they have come.

The word for how far somebody has come has a colour of its own, the row has none: green for what a
person confirmed, amber for what nobody repeated, red for who was not reached.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, tzinfo

from dispatcher_tui.domain.duties.called_out import SENT_BACK
from dispatcher_tui.domain.emergency.call_tree import OUTSIDE, Reach, Target, is_to, phone_for
from dispatcher_tui.domain.emergency.next_call import Tree
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.record.case import Called
from dispatcher_tui.domain.words.terms import CallOutcome, Responder
from dispatcher_tui.present.cells import fit, width
from dispatcher_tui.present.emergency.emergency_lines import (
    no_number,
    target_name,
    target_role,
    where_words,
)
from dispatcher_tui.present.emergency.emergency_words import responder_stage
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.line_texts import short_time
from dispatcher_tui.present.spans import Span, SpanLine, cells_of
from dispatcher_tui.present.terms import call_outcome_name

TREE_CELLS = 46
"""Cells of the tree where something stands beside it."""
LEAST_CELLS = 56
"""Cells from which every row has its number; in a narrower one the number stands below."""

_WHOLE_NAME = 26
"""Cells of a name that is never cut: beyond it how far they are is worth more."""
_RUNG, _NAME, _WHO, _STATE, _TIME = 3, 7, 25, 13, 5
"""Cells of the place on the ladder, of a short name, of all that says who, of how far, of when."""
_LEAST_ROLE = 5
"""Cells below which nothing can be read of what somebody is."""

_BRACKETS = re.compile(r"\s*[\uff08(][^\uff08(]*[\uff09)]$")


def reach_words(far: Reach, *, inside: bool) -> str:
    """How far the calls to somebody have come, short; only one's own people read back."""
    if far.last is None:
        return _("to ring")
    if far.read_back:
        return _("read back")
    if far.told:
        return _("NOT read back") if inside else _("told")
    if far.last is CallOutcome.RELAYED:
        who = _("taken by {name}").format(name=far.taken_by)
        return f"{_('only relayed')} {who if far.taken_by else _('not known by whom')}"
    times = f" {far.tries}" if far.tries > 1 else ""
    return f"{call_outcome_name(far.last)}{times}"


def _stage(called: Called) -> tuple[Responder, datetime] | None:
    """How far somebody has come, and since when."""
    stamps = (
        (Responder.REPORTED_BACK, called.reported_back_at),
        (Responder.ON_SCENE, called.on_scene_at),
        (Responder.ON_THE_WAY, called.on_the_way_at),
    )
    return next(((stage, at) for stage, at in stamps if at is not None), None)


def _stopped_at(target: Target, tree: Tree) -> datetime | None:
    """When somebody was told that they need not come, if they were told nothing since."""
    told = (call for call in reversed(tree.calls) if is_to(call, target) and call.told_at)
    last = next(told, None)
    return last.told_at if last is not None and last.purpose == SENT_BACK else None


def _reach_role(far: Reach, *, inside: bool) -> str:
    if far.read_back or (far.told and not inside):
        return "okt"
    return "warn" if far.told else "overt"


def how_far(
    target: Target, tree: Tree, now: datetime, zone: tzinfo, *, up: bool = False
) -> tuple[Span, str]:
    """The furthest that somebody has come, and when (E-03).

    ``up``: theirs is the number that stands there to be rung.
    """
    far, called = tree.reach(target), tree.called_out(target)
    inside = bool(target.person)
    if target.elsewhere and far.last_at is None:
        return Span(_("on the way to {number}").format(number=target.elsewhere), "warnt"), ""
    stage = _stage(called) if called else None
    stopped = _stopped_at(target, tree)
    if stopped is not None and (stage is None or stage[1] < stopped):
        return Span(_("need not come"), "fg2"), short_time(stopped, now, zone)
    if stage is not None:
        role = "fg0" if stage[0] is Responder.ON_THE_WAY else "okt"
        return Span(responder_stage(stage[0]), role), short_time(stage[1], now, zone)
    if far.told_at is not None and far.since is not None and far.last_at is not None:
        words = _("{told} {at}, then {outcome} {then}").format(
            told=_("told"),
            at=short_time(far.told_at, now, zone),
            outcome=call_outcome_name(far.since),
            then=short_time(far.last_at, now, zone),
        )
        return Span(words, "overt", bold=True), ""
    words = reach_words(far, inside=inside)
    if far.last_at is not None:
        role = _reach_role(far, inside=inside)
        return Span(words, role, role == "overt"), short_time(far.last_at, now, zone)
    where = where_words(target).strip("-") if inside else ""
    if up:
        return Span(_("ring now"), "fg0"), ""
    return Span(where or words, "fg2"), ""


def tree_row(
    target: Target,
    tree: Tree,
    procedure: Procedure,
    zone: tzinfo,
    cells: int,
    *,
    up: bool = False,
) -> list[Span]:
    """One row: place on the ladder, who, what they are, how far, when; the number where it fits.

    Args:
        target: who.
        tree: as it stands.
        procedure: names the roles.
        zone: the site's.
        cells: of the row, without the one of the cursor.
        up: whether theirs is the number that stands there to be rung.
    """
    rung = f"{target.rung + 1}." if target.rung >= 0 else "+" if target.rung != OUTSIDE else ""
    name, phone = target_name(target), phone_for(target, tree.calls)
    inside = bool(target.person)
    if no_number(target):
        lacks = _("NUMBER NOT KNOWN: not rung from here")
        head = [Span(fit(rung, _RUNG), "fg2"), Span(f"{name} ", "fg0")]
        return [*head, Span(fit(lacks, cells - cells_of(head)).rstrip(), "overt", bold=True)]
    state, at = how_far(target, tree, tree.now, zone, up=up)
    what = target_role(target, procedure) if inside else ""
    number = f" {phone}" if inside and cells >= LEAST_CELLS - 1 else ""
    room = cells - width(number)  # for who and how far
    said = width(state.text) + 1
    time = width(at) + 1 if at else 0
    most = max(_WHOLE_NAME, room - _RUNG - max(_STATE, said) - time - 1)
    name = fit(name, most).rstrip() if inside and width(name) > most else name
    named = fit(name, max(_NAME, width(name) + 1)) if inside else fit(f"{name} ", width(name) + 1)
    if tree.reach(target).stranger:
        full, what = _("{name} (not on the roster)").format(name=name), ""
        spare = room - _RUNG - max(_STATE, said) - time
        named = fit(full, max(width(named), min(width(full) + 1, spare)))
    who = [Span(fit(rung, _RUNG), "fg2"), Span(named, "fg0")]
    if not inside:
        who.append(Span(f"{phone} ", "fg0"))
    left = max(min(_WHO, room - max(_STATE, said) - time), cells_of(who))
    role = left - cells_of(who)
    if role >= _LEAST_ROLE and what:
        who.append(Span(f"{fit(_whole(what, role - 1), role - 1)} ", ""))
    else:
        who.append(Span(" " * role))
    for_state = room - left - time
    shown = fit(state.text, min(max(_STATE, said) - 1, for_state))
    word = shown.rstrip()
    row = [*who, state._replace(text=word), Span(" " * (width(shown) - width(word) + 1))]
    if at:
        row.append(Span(at, "fg2"))
    if number:
        row += [Span(" " * max(0, room - cells_of(row))), Span(number, "fg2")]
    return row


def number_apart(target: Target, row: SpanLine, cells: int) -> tuple[SpanLine, SpanLine]:
    """A row without the number that it ends with, and the number: that is never cut, however much
    is said at the row's end of those who are out of view."""
    has = bool(target.person) and cells >= LEAST_CELLS - 1 and not no_number(target)
    return (row[:-1], row[-1:]) if has else (row, ())


def _whole(role: str, cells: int) -> str:
    """What somebody is; where that has no room, without what stands in brackets behind it."""
    return role if width(role) <= cells else _BRACKETS.sub("", role) or role


def tree_rows(
    targets: Sequence[Target],
    tree: Tree,
    procedure: Procedure,
    zone: tzinfo,
    cells: int,
    up: tuple[str, str] | None,
) -> list[list[Span]]:
    """These who may be rung, a row each, as of the tree's present.

    ``up`` is the key of the one whose number stands there to be rung.
    """
    return [tree_row(each, tree, procedure, zone, cells, up=each.key == up) for each in targets]
