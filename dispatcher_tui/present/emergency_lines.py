"""The emergency's screen in words: who was rung with what result, the card, the digits."""

from __future__ import annotations

from collections.abc import Sequence

from dispatcher_tui.domain.call_tree import OUTSIDE, Reach, Target, reach
from dispatcher_tui.domain.case import Call
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.terms import CallOutcome, Label
from dispatcher_tui.present.cells import fit
from dispatcher_tui.present.closing import role_name
from dispatcher_tui.present.terms import call_outcome_name, outside_name
from dispatcher_tui.present.words import _, pick

NAME_CELLS, ROLE_CELLS = 8, 13


def target_name(target: Target) -> str:
    """A person's name, or the outside number's."""
    return target.name if target.person else outside_name(target.name)


def target_role(target: Target, procedure: Procedure) -> str:
    """What somebody is: the title on the roster, else the role."""
    return target.title or (role_name(procedure, target.role) if target.role else "")


def reach_words(far: Reach, *, inside: bool) -> str:
    """How far the calls to somebody have come, short; only one's own people read back."""
    if far.last is None:
        return "-"
    if far.read_back:
        return _("read back")
    if far.told:
        return _("NOT read back") if inside else _("told")
    if far.last is CallOutcome.RELAYED:
        return _("only relayed")
    times = f" {far.tries}" if far.tries > 1 else ""
    return f"{call_outcome_name(far.last)}{times}"


def target_line(target: Target, calls: Sequence[Call], procedure: Procedure) -> str:
    """One line of the call tree: place on the ladder, who, how far."""
    mark = f"{target.rung + 1}." if target.rung >= 0 else "+ " if target.rung != OUTSIDE else "  "
    name = target_name(target)
    who = f"{fit(name, NAME_CELLS)} {fit(target_role(target, procedure), ROLE_CELLS)}"
    if not target.person:
        who = fit(f"{name} {target.phones[0]}", NAME_CELLS + 1 + ROLE_CELLS)
    far = reach(target, calls)
    if far.last is None and target.off_duty:
        return f"{mark}{who} {_('off duty')}"
    return f"{mark}{who} {reach_words(far, inside=bool(target.person))}"


def outcome_line() -> str:
    """The results of a call by their digits, and the other digits below."""
    names = [f"{digit} {call_outcome_name(o)}" for digit, o in enumerate(CallOutcome, 1)]
    return " " + "  ".join(names) + "\n " + _("7 read back  8 place  9 log  PageDown card")


def card_lines(
    title: Label,
    asks: Sequence[Label],
    tells: Sequence[Label],
    steps: Sequence[Label],
    *,
    steps_first: bool,
) -> list[str]:
    """The action card: what to ask and tell while the caller is there, then what to do."""
    talk = [_("Ask:"), *(f"- {pick(each)}" for each in asks)] if asks else []
    talk += [_("Tell:"), *(f"- {pick(each)}" for each in tells)] if tells else []
    deeds = [_("Do:"), *(f"{n}. {pick(each)}" for n, each in enumerate(steps, 1))]
    parts = [*deeds, *talk] if steps_first else [*talk, *deeds]
    return [pick(title), *parts]
