"""Room for a call of an emergency: what is least needed goes where the rows do not suffice."""

from __future__ import annotations

from textual.containers import Vertical

from dispatcher_tui.tui.widgets.lines import Lines

MIDDLE_ROWS = 3
"""Rows of the calls that are in view where there is room."""

STEPS = ("tight", "tighter", "tightest")
"""Classes of the tree: without its latest entry, without how far the order is, without whom it has
next and all but a row of the calls."""

ROOM_CSS = """
    CallTree #foot { dock: bottom; height: auto; }
    CallTree.tight #latest { display: none; }
    CallTree.tighter #progress { display: none; }
    CallTree.tighter #progress.loud { display: block; }
    CallTree.tightest Handset #order { display: none; }
    CallTree.tightest #middle { min-height: 1; }
"""
"""The results and the log keep their rows at the foot whatever happens."""


def make_room(tree: Vertical) -> bool:
    """Once it is laid out: take as many steps as its rows ask for; whether that is another look."""
    if not tree.is_attached or tree.has_class("low") or not tree.query("#progress"):
        return False  # on its way out it has nothing left to lay out
    progress = tree.query_one("#progress", Lines)
    said = progress.get_content_height(tree.size, tree.size, tree.size.width)
    parts = [each for each in tree.children if each.display and each.id != "middle"]
    needed = MIDDLE_ROWS + sum(each.outer_size.height for each in parts)
    if not tree.has_class("ended"):
        hidden = (("#latest", 1), ("#progress", said), ("Handset #order", 1))
        needed += sum(rows for name, rows in hidden if not tree.query_one(name).display)
    left, changed = needed - tree.size.height, False
    for name, rows in zip(STEPS, (1, 0 if progress.has_class("loud") else said, 0), strict=True):
        changed |= tree.has_class(name) is not (left > 0)
        tree.set_class(left > 0, name)
        left -= rows
    return changed
