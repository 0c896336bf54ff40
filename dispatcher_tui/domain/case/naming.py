"""A name that somebody typed, where the record asks who it was."""

from __future__ import annotations

from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.words.people import bare_figure


def refuse_no_name(name: str, rule: str = "") -> None:
    """Refuse what names nobody; ``rule`` is the one that asks who it was.

    Raises:
        Refusal: it is empty, or a bare figure.
    """
    if not name.strip():
        raise Refusal("name_missing", rule)
    refuse_figure(name, rule)


def refuse_figure(name: str, rule: str = "") -> None:
    """Refuse a bare figure in the place of a name that may stay empty.

    Raises:
        Refusal: it is one.
    """
    if bare_figure(name):
        raise Refusal("figure_no_name", rule, name=name.strip())
