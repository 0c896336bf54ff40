"""The call tree beside the action card: who is next, the number in big digits, what came of it."""

from __future__ import annotations

from datetime import datetime

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll

from dispatcher_tui.desk.emergency import Emergency
from dispatcher_tui.domain.call_tree import FIRST, GROUP, OUTSIDE, Target
from dispatcher_tui.present.big_digits import big
from dispatcher_tui.present.emergency_lines import (
    card_lines,
    outcome_line,
    target_line,
    target_name,
    target_role,
)
from dispatcher_tui.present.glossary import Glossary
from dispatcher_tui.present.timeline import timeline
from dispatcher_tui.present.words import _
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.pick_lines import PickLines
from dispatcher_tui.tui.widgets.row import Row

LATEST = 2
"""Lines of the story that are shown where it has no column of its own."""


class CallTree(Vertical):
    """Place, people to ring, card, number, results by digit, log line.

    ``target`` is who is chosen, ``phone`` the number that stands in big digits.
    """

    DEFAULT_CSS = """
    CallTree { height: 1fr; }
    CallTree #middle { height: 1fr; min-height: 4; }
    CallTree #tree { width: 42; height: 1fr; }
    CallTree #card { width: 1fr; height: 1fr; border-left: solid $primary; padding: 0 0 0 1; }
    CallTree #story_column {
        width: 40; height: 1fr; display: none; border-left: solid $primary; padding: 0 0 0 1;
    }
    CallTree #who { height: 1; text-style: bold; }
    CallTree #number { height: 3; text-style: bold; padding: 0 0 0 2; }
    CallTree #latest { height: 2; color: $text-muted; }
    CallTree Row > .label { width: 12; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self._emergency: Emergency | None = None
        self._number = 0

    def compose(self) -> ComposeResult:
        """Everything in its place; it is filled by ``show``."""
        yield Row(_("Place"), Field(id="place", placeholder=_("where? Enter goes on")))
        with Horizontal(id="middle"):
            yield PickLines(id="tree", empty=_("Nobody on the roster to ring."))
            with VerticalScroll(id="card", can_focus=False):
                yield Lines("", id="card_text")
            with VerticalScroll(id="story_column", can_focus=False):
                yield Lines("", id="story")
        yield Lines("", id="who", wrap=False)
        yield Lines("", id="number", wrap=False)
        yield Lines("", id="outcomes")
        yield Lines("", id="latest", wrap=False)
        yield Row(_("Log"), Field(id="log", limit=2_000, placeholder=_("Enter writes it down")))

    def show(self, emergency: Emergency, names: Glossary, now: datetime) -> None:
        """Show the emergency as it stands; who was chosen stays chosen."""
        chosen = self.target
        self._emergency = emergency
        zone, procedure = emergency.rules.calendar.tz, emergency.rules.procedure
        case = emergency.case
        lines = [target_line(target, case.calls, procedure) for target in emergency.targets]
        place = emergency.targets.index(chosen) if chosen in emergency.targets else None
        self.query_one("#tree", PickLines).show(lines, place)
        field = self.query_one("#place", Field)
        if not field.has_focus:
            field.value = case.place
        self._show_card(emergency)
        story = timeline(list(emergency.entries), now, zone, names)
        self.query_one("#story", Lines).show("\n".join(story))
        self.query_one("#story_column", VerticalScroll).scroll_end(animate=False)
        self.query_one("#latest", Lines).show("\n".join(story[-LATEST:]))
        self.query_one("#outcomes", Lines).show(outcome_line())
        self._show_number()

    def _show_card(self, emergency: Emergency) -> None:
        card = emergency.card
        if card is None:
            return
        lines = card_lines(
            card.title,
            [line.text for line in card.asks],
            [line.text for line in card.tells],
            [line.text for line in card.steps],
            steps_first=bool(emergency.case.calls),
        )
        self.query_one("#card_text", Lines).show("\n".join(lines))

    @property
    def target(self) -> Target | None:
        """Who is chosen."""
        cursor = self.query_one("#tree", PickLines).cursor
        found = self._emergency.targets if self._emergency else ()
        return found[cursor] if 0 <= cursor < len(found) else None

    @property
    def phone(self) -> str:
        """The number that stands in big digits; empty where the roster has none."""
        phones = self.target.phones if self.target else ()
        return phones[self._number % len(phones)] if phones else ""

    def advance(self) -> Target | None:
        """Choose whom to ring now; None where there is nobody left to ring."""
        following = self._emergency.next_call if self._emergency else None
        target = following.target if following else None
        if following is not None and target is not None and self._emergency is not None:
            self._number = target.phones.index(following.phone)
            self.query_one("#tree", PickLines).select(self._emergency.targets.index(target))
            self._show_number()
        return target

    def turn(self, key: str) -> bool:
        """Answer a key: arrows choose or take another number, the page keys turn the card."""
        card = self.query_one("#card", VerticalScroll)
        if key in ("left", "right"):
            self._number += 1 if key == "right" else -1
            self._show_number()
        elif key == "pagedown":
            card.scroll_page_down(animate=False)
        elif key == "pageup":
            card.scroll_page_up(animate=False)
        elif key not in ("up", "down") or not self.query_one("#tree", PickLines).move(key):
            return False
        return True

    def on_pick_lines_chosen(self, event: PickLines.Chosen) -> None:
        """Somebody else is chosen."""
        event.stop()
        self._number = 0
        self._show_number()

    def _show_number(self) -> None:
        target, emergency = self.target, self._emergency
        if target is None or emergency is None:
            return
        role = target_role(target, emergency.rules.procedure)
        several = len(target.phones)
        which = ""
        if several > 1:
            which = _("number {n} of {all}, right: the next").format(
                n=self._number % several + 1, all=several
            )
        rule = self._rule(target, emergency)
        phone = self.phone or _("no number on the roster")
        parts = (target_name(target), role, f"[{rule}]" if rule else "", phone, which)
        self.query_one("#who", Lines).show(" " + "  ".join(part for part in parts if part))
        self.query_one("#number", Lines).show("\n".join(big(self.phone)) if self.phone else "")

    def _rule(self, target: Target, emergency: Emergency) -> str:
        """The rule that has somebody rung."""
        if target.rung == FIRST:
            return emergency.card.rule if emergency.card else ""
        if emergency.ladder is None or target.rung == OUTSIDE:
            return ""
        return emergency.ladder.group_rule if target.rung == GROUP else emergency.ladder.rule
