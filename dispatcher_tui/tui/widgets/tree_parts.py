"""The parts of an emergency's screen as they are drawn: tree, card, log, keys, who is missing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dispatcher_tui.desk.emergency.emergency import Emergency
from dispatcher_tui.domain.emergency.call_tree import FIRST, Target
from dispatcher_tui.domain.emergency.next_call import Tree, WhyNext
from dispatcher_tui.present.cells import wrap
from dispatcher_tui.present.emergency import emergency_lines as words
from dispatcher_tui.present.emergency.card_lines import (
    answer_given,
    card_keys_line,
    card_lines,
    deciding_line,
)
from dispatcher_tui.present.emergency.head_lines import missing_badge
from dispatcher_tui.present.emergency.tree_lines import (
    TREE_CELLS,
    number_apart,
    tree_row,
    tree_rows,
)
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.spans import Span, cells_of
from dispatcher_tui.tui.widgets.call_room import CallRoom, cells_here
from dispatcher_tui.tui.widgets.checklist import Checklist
from dispatcher_tui.tui.widgets.glance import Glance
from dispatcher_tui.tui.widgets.lines import Lines, SpanLines
from dispatcher_tui.tui.widgets.other_emergencies import LOW
from dispatcher_tui.tui.widgets.pane_tabs import Pane, PaneTabs
from dispatcher_tui.tui.widgets.pick_rows import PickRow, PickRows
from dispatcher_tui.tui.widgets.place_row import PlaceRow
from dispatcher_tui.tui.widgets.result_keys import ResultKeys
from dispatcher_tui.tui.widgets.story_column import StoryColumn

CALLS, CARD, STORY = "tree", "card", "story_column"
PANES = (CALLS, CARD, STORY)
GLANCE_CELLS = 76
"""Width of a terminal from which a look at card and log has room beside the calls."""
STORY_CELLS = 36
"""Width of the log where the panes stand side by side."""

TREE_CSS = """
    CallTree { height: 1fr; }
    CallTree #middle { height: 1fr; min-height: 3; background: $desk-bg0; }
    CallTree #middle > * { width: 1fr; height: 1fr; display: none; background: $desk-bg1; }
    CallTree #middle > .on { display: block; }
    CallTree.glances #tree { width: 46; margin: 0 1 0 0; }
    CallTree.glances.on_calls #glance { display: block; }
    CallTree.wide #middle > * { display: block; }
    CallTree.wide #middle > #glance { display: none; }
    CallTree.wide #tree { width: 46; margin: 0; }
    CallTree.wide #card { margin: 0 0 0 1; padding: 0 0 0 1; }
    CallTree.wide #story_column { width: 36; margin: 0 0 0 1; }
    CallTree Handset #call, CallTree Handset #order { display: none; }
    CallTree.on_calls Handset #call, CallTree.wide Handset #call { display: block; }
    CallTree.on_calls Handset #order { display: block; }
    CallTree.wide Handset #order { display: block; }
    CallTree #deciding { height: auto; max-height: 2; padding: 0; display: none; }
    CallTree #deciding { background: $desk-warn; color: $desk-warnf; text-style: bold; }
    CallTree.on_calls #deciding.on { display: block; }
    CallTree.wide #deciding.on { display: none; }
    CallTree #taken_row, CallTree PickList { display: none; }
    CallTree.asks_taken #taken_row, CallTree.asks_taken PickList { display: block; }
    CallTree #latest { height: 1; background: $desk-bg0; color: $desk-fg2; }
    CallTree.glances #latest, CallTree.wide #latest { display: none; }
    CallTree #ended { display: none; padding: 0; text-style: bold; }
    CallTree.ended #ended { display: block; }
    CallTree.ended Handset, CallTree.ended #progress, CallTree.ended #outcomes { display: none; }
    CallTree Row > .label { width: 10; }
"""


class _Drawn(NamedTuple):
    """The rows of the tree as they were drawn last, and of what."""

    tree: Tree
    targets: tuple[Target, ...]
    cells: int
    up: tuple[str, str] | None
    rows: list[list[Span]]


class TreeParts(CallRoom):
    """What of an emergency is drawn where; what is done with it is the call tree's."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self._emergency: Emergency | None = None
        self._rows: tuple[Target, ...] = ()
        """Who stands in which row; the cursor is one of theirs."""
        self._chosen: tuple[str, str] | None = None
        self._typed_in = ""
        self._story_lines: list[str] = []
        self._drawn: _Drawn | None = None
        self.pane = CALLS
        self._services: frozenset[str] = frozenset()

    @property
    def service(self) -> bool:
        """Whether it is a service outside the estate that stands there to be rung."""
        rows, cursor = self._rows, self._tree.cursor
        target = rows[cursor] if 0 <= cursor < len(rows) else None
        if target is None or target.person:
            return False
        return target.rung == FIRST or target.name in self._services

    @property
    def checklist(self) -> Checklist:
        """The action card."""
        return self.query_one(Checklist)

    @property
    def _tree(self) -> PickRows:
        return self.query_one(PickRows)

    @property
    def _story(self) -> StoryColumn:
        return self.query_one(StoryColumn)

    def _show_progress(self, emergency: Emergency) -> None:
        """Who is missing; loud where nobody is left to ring by the order and somebody was not
        told."""
        far, lines = emergency.progress, self.query_one("#progress", SpanLines)
        following = emergency.next_call
        through = following is None or following.why is WhyNext.AT_HOME or bool(far.nobody)
        loud = through and not far.complete
        lines.set_class(loud, "loud")
        badge, parts = missing_badge(loud=loud), words.missing_words(far)
        room = max(1, cells_here(self) - cells_of([badge]) - 1)
        rows = wrap("   ".join(parts), room)[:2] if parts or loud else []
        pad = Span(" " * cells_of([badge]))
        lines.put([[pad if at else badge, Span(f" {row}", "fg1")] for at, row in enumerate(rows)])
        self._show_tabs()

    def _show_beside(self) -> None:
        """The look at card and log, where one page is in view; else the latest entry alone."""
        story = self._story_lines
        self.query_one(Glance).tell(self.checklist.lines, story)
        self.query_one("#latest", Lines).show(story[-1] if story else "")

    @property
    def _wide(self) -> bool:
        return self.has_class("wide")

    def _draw_tree(self, cursor: int | None = None) -> None:
        found = self._emergency
        if found is None or not self.is_attached:
            return
        whole = not (self._wide or self.has_class("glances"))
        cells = (cells_here(self) if whole else TREE_CELLS) - 1
        procedure, zone = found.rules.procedure, found.rules.calendar.tz
        up = self._chosen if found.holds else None
        tree, before = found.standing, self._drawn
        same = before is not None and before.tree is tree and before.targets is self._rows
        if before is not None and same and before.cells == cells:
            rows = [*before.rows]  # another number is up: the rows of these two alone differ
            for at, each in enumerate(self._rows):
                if each.key in (before.up, up):
                    rows[at] = tree_row(each, tree, procedure, zone, cells, up=each.key == up)
        else:
            rows = tree_rows(self._rows, tree, procedure, zone, cells, up)
        self._drawn = _Drawn(tree, self._rows, cells, up, rows)
        pairs = zip(self._rows, rows, strict=True)
        self._tree.put([PickRow(*number_apart(who, row, cells)) for who, row in pairs], cursor)

    def fit_width(self) -> None:
        """As many parts stand side by side as have room."""
        cells, high = cells_here(self), self.app.size.height
        self.set_class(cells >= GLANCE_CELLS and high >= LOW and not self._wide, "glances")

    def _show_card(self, emergency: Emergency, numbers: str, homes: Sequence[str]) -> None:
        card, case = emergency.card, emergency.case
        if card is None:
            return
        given = answer_given(card, case)
        done = [step.step for step in case.card_steps if step.kind == card.id]
        rung = bool(case.calls)
        self.checklist.show(card_lines(card, numbers, given, done, homes, steps_first=rung))
        cells = cells_here(self)
        deciding = deciding_line(card, given, rung=rung, cells=cells) if emergency.holds else ""
        self.query_one("#deciding", Lines).show(deciding)
        self.query_one("#deciding").set_class(bool(deciding), "on")
        self._show_keys()
        self._show_tabs()

    def _show_keys(self) -> None:
        """What the digits do in this pane; the card's lines have theirs only where they act."""
        steps = self.checklist.counted[1]
        on_card = self.pane == CARD and bool(steps)
        self.checklist.number(numbered=on_card)
        keys, low = self.query_one("#outcomes", ResultKeys), self.has_class("low")
        if self._typed_in in ("place", "log", "taken"):
            loud, quiet = words.dead_keys(self._typed_in)
            homes = self.query_one(PlaceRow).offered(cells_here(self) - 1)
            if self._typed_in == "place" and homes:
                quiet = homes
            keys.say(Span(loud, "warnt"), Span(quiet, "fg2"))
        elif on_card:
            tick = Span(card_keys_line(self.checklist.answers, steps), "fg1")
            back = "" if low else _("Tab, Tab: back to the calls  0 who came, over")
            keys.say(tick, Span(back, "fg2"))
        else:
            keys.put(words.outcome_keys(outside=self.service))

    def _show_tabs(self) -> None:
        done, steps = self.checklist.counted
        found, cells = self._emergency, cells_here(self)
        entries = len(found.entries) if found else 0
        far = found.progress if found is not None and found.holds else None
        of = f" {far.told}/{far.of}" if far is not None else ""
        texts = {
            CALLS: _("Calls") + of,
            CARD: _("Card {n}/{all}").format(n=done, all=steps),
            STORY: _("Log {n}").format(n=entries),
        }
        wide = (TREE_CELLS, cells - TREE_CELLS - STORY_CELLS - 2, STORY_CELLS)
        widths = wide if self._wide else (0, 0, 0)
        panes = [
            Pane(text, name == self.pane, width)
            for (name, text), width in zip(texts.items(), widths, strict=True)
        ]
        said = [Span(words.progress_line(far), "well")] if far is not None else []
        self.query_one(PaneTabs).tell(panes, said, _("Tab turns the page"))
