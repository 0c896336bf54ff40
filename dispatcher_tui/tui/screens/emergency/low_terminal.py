"""An emergency on a terminal of few rows: what is essential stands there, or it is said so."""

from __future__ import annotations

from textual.screen import Screen
from textual.widget import Widget

from dispatcher_tui.tui.widgets.call_tree import CallTree
from dispatcher_tui.tui.widgets.handset import Handset
from dispatcher_tui.tui.widgets.other_emergencies import LOW
from dispatcher_tui.tui.widgets.over_question import OverQuestion
from dispatcher_tui.tui.widgets.question import Question
from dispatcher_tui.tui.widgets.row import Row

LOW_CSS = """
    EmergencyCourse.low > #message { min-height: 0; max-height: 2; }
    EmergencyCourse.low > HintBar { display: none; }
    EmergencyCourse CallTree.low #middle { min-height: 1; }
    EmergencyCourse CallTree.low #deciding { max-height: 3; }
    EmergencyCourse CallTree.low.typing #deciding { display: none; }
    EmergencyCourse CallTree.low #latest { display: none; }
    EmergencyCourse CallTree.low #progress { display: none; }
    EmergencyCourse CallTree.low #progress.loud { display: block; }
    EmergencyCourse CallTree.low Handset #order { display: none; }
    EmergencyCourse CallTree.low Handset.under #number { display: none; }
    EmergencyCourse CallTree.low.asks_taken Handset { display: none; }
"""
"""What gives way where rows are few: first of all whatever is said elsewhere too, or by F1."""


def fit_rows(tree: CallTree, rows: int) -> None:
    """Lay the call tree out for so many rows; the lines of the place and the log come up when
    they are typed."""
    low = rows < LOW
    tree.screen.set_class(low, "low")
    tree.set_class(low, "low")
    tree.fit_width()
    tree.show_register()


def show_log(tree: CallTree, *, typing: bool = False) -> None:
    """The line of the log: where the place has its row, and on a low terminal, only while it is
    typed."""
    if typing:
        tree.query_one("#log_row").display = True
    else:
        tree.show_register()


def lacks_room(screen: Screen[None]) -> bool:
    """Whether the number, what is said, the place, the results or the log do not stand there whole.

    A question takes their room for as long as it is asked.
    """
    if any(each.asked for each in (*screen.query(Question), *screen.query(OverQuestion))):
        return False
    view, results = screen.query_one("#body").region, screen.query_one("#outcomes")
    rows = ("#place", "#outcomes", "#log")
    handset = screen.query_one(Handset)
    calls = (*(screen.query_one(name) for name in rows), handset)
    shown = [each.region for each in calls if each.display and _row_shown(each)]
    if not results.display or not view.height:
        return False
    below = results.region.y
    cut = handset.display and handset.region.bottom > below
    return cut or any(not each.height or not view.contains_region(each) for each in shown)


def _row_shown(widget: Widget) -> bool:
    """Whether the row it stands in is shown at all: the log's comes up when it is typed."""
    return not isinstance(widget.parent, Row) or widget.parent.display
