"""The kinds of emergency as they are chosen: each with the key that names it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from dispatcher_tui.desk.emergency.emergency import Kind
from dispatcher_tui.present.i18n import _, localized


class KindRow(msgspec.Struct, frozen=True):
    """One row: its words, and the kind it names or the case it goes on with; else it turns the
    page."""

    text: str
    kind: str = ""
    case_id: str = ""


def kind_rows(kinds: Sequence[Kind], *, more: bool, low: bool) -> list[KindRow]:
    """The kinds of a page; what lies within one stands below it.

    Args:
        kinds: all of them.
        more: the page of the rarer ones.
        low: few rows are there: whatever a key names comes before what only the arrows reach.
    """
    second = [kind for kind in kinds if kind.key[:1] == "0"]
    page = second if more else [kind for kind in kinds if kind not in second]
    turn = [_turn(second, more=more)] if second or more else []
    if not low:
        return [*map(_row, page), *turn]
    keyed, within = ([k for k in page if bool(k.within) is inside] for inside in (False, True))
    return [*map(_row, keyed), *turn, *map(_row, within)]


def _row(kind: Kind) -> KindRow:
    key = kind.key[-1:] if not kind.within else f"  {kind.key}"
    return KindRow(f"{key:<3} {localized(kind.title)}", kind.id)


def _turn(second: Sequence[Kind], *, more: bool) -> KindRow:
    names = _(", ").join(localized(kind.title) for kind in second)
    words = _("Esc back to the first page") if more else _("0   more: {names}")
    return KindRow(words.format(names=names))


def row_of(rows: Sequence[KindRow], kind: str) -> int:
    """At which row a kind stands that is one of them."""
    return next(n for n, row in enumerate(rows) if row.kind == kind)


def kinds_title(*, more: bool, opened: bool, low: bool) -> str:
    """What is asked; where rows are few, that alone.

    Args:
        more: the page of the rarer ones.
        opened: the case is open already, so that a kind is all it lacks.
        low: few rows are there.
    """
    if more:
        title = _("The rarer kinds: one more digit. Esc: back to the first page.")
    elif opened:
        title = _("What kind? One digit; the case is open, the clock runs.")
    else:
        title = _("One is open already. Enter goes on with it; a digit opens a new one.")
    return f" {title}" if low else f" {title}\n " + _("With an input method: up, down and Enter.")
