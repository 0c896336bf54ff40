"""Which of the procedures in force handles a case: its class says so, unless somebody overrules."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import msgspec

from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.words.people import Category

ANY = "*"
"""Among what a procedure handles: whatever no other one claims."""


class Why(StrEnum):
    """Why a case is opened under a procedure."""

    ASKED = "asked"
    CLASS = "class"
    REST = "rest"
    NO_CLASS = "no_class"
    NOBODY = "nobody"


class Handled(msgspec.Struct, frozen=True):
    """The procedure a case is opened under. ``Why.NOBODY``: none in force handles such a class, and
    it is the default for want of a better one; that has to be said."""

    procedure: Procedure
    why: Why


_NOT, _REST, _GROUP, _LISTED, _NAMED = range(5)


def _claim(procedure: Procedure, category: Category) -> int:
    """How exactly a procedure claims a class; nothing where it does not handle it at all."""
    if category.procedures and procedure.id not in category.procedures:
        return _NOT
    if category.id in procedure.handles:
        return _NAMED
    if category.procedures:
        return _LISTED
    if category.case_class in procedure.handles:
        return _GROUP
    return _REST if not procedure.handles or ANY in procedure.handles else _NOT


def _claiming(
    in_force: Sequence[Procedure], category: Category
) -> tuple[int, tuple[Procedure, ...]]:
    claims = [(_claim(procedure, category), procedure) for procedure in in_force]
    most = max((claim for claim, _procedure in claims), default=_NOT)
    return most, tuple(p for claim, p in claims if claim == most and claim != _NOT)


def rivals(in_force: Sequence[Procedure], category: Category) -> tuple[Procedure, ...]:
    """The procedures that claim a class equally, where they are several: a fault of the site.

    What none of them claims by name goes to the first that takes the rest, and is none.
    """
    claim, found = _claiming(in_force, category)
    return found if claim > _REST and len(found) > 1 else ()


def handled_by(
    in_force: Sequence[Procedure], category: Category | None, asked: str = ""
) -> Handled:
    """Under which procedure a case is opened.

    Args:
        in_force: every procedure in force, the default first; at least one.
        category: the case's class, None where nobody has said.
        asked: the id that somebody chose against the class; empty where nobody did. One that is
            not in force is as if it had not been asked for.
    """
    default = in_force[0]
    for procedure in in_force:
        if asked and procedure.id == asked:
            return Handled(procedure, Why.ASKED)
    if category is None:
        return Handled(default, Why.NO_CLASS)
    claim, found = _claiming(in_force, category)
    if not found:
        return Handled(default, Why.NOBODY)
    return Handled(found[0], Why.REST if claim == _REST else Why.CLASS)
