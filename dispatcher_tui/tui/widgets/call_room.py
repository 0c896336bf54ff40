"""Room for a call of an emergency: what is least needed goes where the rows do not suffice."""

from __future__ import annotations

from textual.containers import Vertical
from textual.message import Message
from textual.widget import Widget

from dispatcher_tui.tui.widgets.lines import Lines, Mark, SpanLines

MIDDLE_ROWS = 3
"""Rows of the calls that are in view where there is room."""

STEPS = ("tight", "tighter", "tightest")
"""Classes of the tree: without its last line, without who is missing, without whom the order has
next, who is registered at the place, and all but a row of the calls."""

LOW_STEPS = ("crowded", "full")
"""The same where rows are few: without the tabs while the line below them says how to turn to the
card; without who is rung, who stands marked with the number in the row of the calls above."""

ROOM_CSS = """
    CallTree #foot { dock: bottom; height: auto; }
    CallTree.tight #latest { display: none; }
    CallTree.tighter #progress { display: none; }
    CallTree.tighter #progress.loud { display: block; }
    CallTree.tightest Handset #order { display: none; }
    CallTree.tightest #middle { min-height: 1; }
    CallTree.crowded.on_calls #tabs { display: none; }
    CallTree.full.on_calls Handset #who { display: none; }
    CallTree.tightest #at_place { display: none; }
"""
"""The results and the log keep their rows at the foot whatever happens."""


def cells_here(widget: Widget) -> int:
    """How wide a screen's lines are before they are laid out: the terminal, less a drill's mark."""
    marked = any(isinstance(each, Mark) for each in widget.screen.children)
    return widget.app.size.width - (Mark.CELLS if marked else 0)


class CallRoom(Vertical):
    """What has to fit into the rows there are, and says when it looks otherwise."""

    class Fitted(Message):
        """Rows came or went, so that what is essential stands whole."""

    def fit(self) -> bool:
        """Make room once it is laid out; whether it looks otherwise now."""
        changed = make_room(self)
        if changed:
            self.post_message(self.Fitted())
        return changed


def make_room(tree: Vertical) -> bool:
    """Once it is laid out: take as many steps as its rows ask for; whether that is another look."""
    progress = tree.query_one_optional("#progress", SpanLines)
    if not tree.is_attached or progress is None:
        return False  # on its way out it has nothing left to lay out
    if not tree.size.height:
        return False  # not shown yet: no room can be made in no rows
    if tree.has_class("low"):
        return _take(tree, _steps_on_low(tree))
    said = progress.get_content_height(tree.size, tree.size, tree.size.width)
    needed = MIDDLE_ROWS + _rows_of_others(tree)
    latest = int(not (tree.has_class("glances") or tree.has_class("wide")))
    if not tree.has_class("ended"):
        order, at_place = (
            int(bool(tree.query_one(name, Lines).text)) for name in ("Handset #order", "#at_place")
        )
        hidden = (
            *(("#latest", latest), ("#progress", said)),
            *(("Handset #order", order), ("#at_place", at_place)),
        )
        needed += sum(rows for name, rows in hidden if not tree.query_one(name).display)
    left, taken = needed - tree.size.height, set[str]()
    steps = (latest, 0 if progress.has_class("loud") else said, 0)
    for name, rows in zip(STEPS, steps, strict=True):
        if left > 0:
            taken.add(name)
        left -= rows
    return _take(tree, taken)


def _rows_of_others(tree: Vertical) -> int:
    """Rows of all that is shown but the calls."""
    parts = [each for each in tree.children if each.display and each.id != "middle"]
    return sum(each.outer_size.height for each in parts)


def _steps_on_low(tree: Vertical) -> set[str]:
    """One row of the calls, the script and the digits stand whole, whatever gives way to them."""
    hidden = (("#deciding", "#tabs"), ("Handset", "Handset #who"))
    given = [tree.query_one(shown).display for shown, _row in hidden]
    left = 1 + _rows_of_others(tree) - tree.size.height
    left += sum(not tree.query_one(row).display for _shown, row in hidden)
    taken = set[str]()
    for name, may in zip(LOW_STEPS, given, strict=True):
        if may and left > 0 and tree.has_class("on_calls"):
            taken.add(name)
            left -= 1
    return taken


def _take(tree: Vertical, taken: set[str]) -> bool:
    """Take these steps and no other; whether that is another look."""
    changed = {name for name in (*STEPS, *LOW_STEPS) if tree.has_class(name)} ^ taken
    for name in changed:
        tree.set_class(name in taken, name, update=False)
    if changed:
        tree.update_node_styles()
    return bool(changed)
