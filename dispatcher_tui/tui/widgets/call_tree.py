"""The call tree, the action card and the log, and beneath them the handset."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from dispatcher_tui.desk.emergency.emergency import Emergency
from dispatcher_tui.domain.emergency.call_rows import call_rows
from dispatcher_tui.domain.emergency.call_tree import Target
from dispatcher_tui.domain.emergency.next_call import NextCall
from dispatcher_tui.present.case.timeline import timeline
from dispatcher_tui.present.emergency import emergency_lines as words
from dispatcher_tui.present.emergency.outside_script import CallingFrom
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.names import Glossary
from dispatcher_tui.present.site.note_lines import homes_lines
from dispatcher_tui.tui.widgets.call_room import ROOM_CSS
from dispatcher_tui.tui.widgets.checklist import Checklist
from dispatcher_tui.tui.widgets.form import Option
from dispatcher_tui.tui.widgets.glance import Glance
from dispatcher_tui.tui.widgets.handset import Handset
from dispatcher_tui.tui.widgets.lines import Lines, SpanLines
from dispatcher_tui.tui.widgets.number_up import NumberUp
from dispatcher_tui.tui.widgets.once import AfterDigit, TakenByPicker
from dispatcher_tui.tui.widgets.pane_tabs import PaneTabs
from dispatcher_tui.tui.widgets.pick_lines import PickLines
from dispatcher_tui.tui.widgets.pick_rows import PickRows
from dispatcher_tui.tui.widgets.picker import Picker, PickList
from dispatcher_tui.tui.widgets.place_row import PlaceRow, RegisterLine
from dispatcher_tui.tui.widgets.result_keys import ResultKeys
from dispatcher_tui.tui.widgets.row import Row
from dispatcher_tui.tui.widgets.story_column import StoryColumn
from dispatcher_tui.tui.widgets.tree_parts import CALLS as CALLS
from dispatcher_tui.tui.widgets.tree_parts import CARD as CARD
from dispatcher_tui.tui.widgets.tree_parts import PANES, TREE_CSS, TreeParts
from dispatcher_tui.tui.widgets.tree_parts import STORY as STORY


class CallTree(NumberUp, TreeParts):
    """Place, the three panes, number, script, results by digit, log line.

    On the other pages of a narrow screen the number stands in its line alone: what is to be told
    while somebody presses a chest needs the rows.

    ``target`` is who is chosen, ``phone`` the number that stands in big digits: a person and a
    number, whatever row they come to stand in, or whether the roster still has them. Where it is
    ``wide`` the panes stand side by side; else the one that the arrows work in is shown.
    """

    DEFAULT_CSS = TREE_CSS + ROOM_CSS

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self._phone = ""
        self._since: datetime | None = None
        self._here = CallingFrom("")
        self.hand = 0
        """How often somebody was chosen by hand: what is under way must not choose over it."""

    def compose(self) -> ComposeResult:
        """Everything in its place; it is filled by ``show``."""
        self.add_class("on_calls")
        yield PaneTabs(id="tabs")
        yield Lines("", id="deciding")
        yield RegisterLine(id="at_place")
        with Horizontal(id="middle"):
            yield PickRows(id=CALLS, empty=_("No number is known: 119, 120, 110; F4 rings any"))
            yield Glance(id="glance")
            yield Checklist(id=CARD)
            yield StoryColumn(id=STORY)
        yield Lines("", id="ended")
        yield Handset()
        taken = TakenByPicker((), id="taken", placeholder=_("number, initials or name"))
        taken.autosave = False  # it is asked while the call is written down, and answered at once
        log = AfterDigit(id="log", limit=2_000, placeholder=_("9, the words, Enter"))
        with Vertical(id="foot"):
            yield ResultKeys(id="outcomes")
            yield Row(_("Taken by"), taken, id="taken_row")
            yield PickList(taken, columns=0)
            yield PlaceRow()
            yield Row(_("Log"), log, id="log_row")
            yield SpanLines(id="progress")
            yield Lines("", id="latest", wrap=False)

    def on_mount(self) -> None:
        """The calls are in view first."""
        self.turn_to(CALLS)

    def show(
        self,
        emergency: Emergency,
        outside: Sequence[tuple[str, str]],
        names: Glossary,
        here: CallingFrom,
        running: str = "",
    ) -> None:
        """Show the emergency as it stands; who was chosen stays chosen.

        Args:
            emergency: as it was just read.
            outside: the site's outside numbers, by their keys.
            names: of the ids in its entries.
            here: who rings from where, for whoever is rung outside.
            running: the number of another emergency that holds the post.
        """
        chosen = self.target
        if chosen is not None:
            emergency = emergency.with_target(chosen)
        before_it = self._emergency
        self._emergency = emergency
        if before_it is not None and len(before_it.case.calls) > len(emergency.case.calls):
            self._phone = ""  # a call was taken back: the number it had led to is not the next one
        self._services = frozenset(name for name, _number in outside)
        self._here = here
        now, zone = emergency.standing.now, emergency.rules.calendar.tz
        same = self._emergency is not None and self._emergency.case.id == emergency.case.id
        before = [target.key for target in self._rows] if same else []
        self._rows = call_rows(emergency.standing, before)
        keys = [target.key for target in self._rows]
        self._story_lines = timeline(list(emergency.entries), now, zone, names, seconds=True)
        self._draw_tree(keys.index(chosen.key) if chosen else None)
        self.query_one(PlaceRow).show_place(emergency)
        homes = homes_lines(emergency.homes, now, zone)
        self._show_card(emergency, words.numbers_line(outside), homes)
        self._story.show(self._story_lines)
        self._show_beside()
        self._show_progress(emergency)
        self.show_register()
        self.set_class(not emergency.holds, "ended")
        self.query_one("#ended", Lines).show(words.ended_lines(emergency.case, now, zone, running))
        self._show_number()
        self.tick(now)

    def show_register(self) -> None:
        """Who is registered at the place, or that what is typed is not written yet; the place, or
        the log, has the row of what is typed."""
        log, typing = self.query_one("#log_row"), self._typed_in == "log"
        place = self.query_one(PlaceRow)
        place.show_register(self.query_one(RegisterLine), log=typing)
        shown = typing or not (place.display or self.has_class("low"))
        if log.display != shown:
            log.display = shown
            self.post_message(self.Fitted())

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """A field is typed in: the digits are its own, and that is said where the results were."""
        self._typed_in = event.widget.id or ""
        self._typing_changed()

    def on_place_row_offered(self, event: PlaceRow.Offered) -> None:
        """The homes that may be meant stand beside the dead results."""
        event.stop()
        self._show_keys()

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """The digits are the results of calls again."""
        if self._typed_in == event.widget.id:
            self._typed_in = ""
        self._typing_changed()

    def _typing_changed(self) -> None:
        if self.has_class("low"):
            self.set_class(bool(self._typed_in), "typing")
        self._show_keys()
        self.show_register()

    @property
    def target(self) -> Target | None:
        """Who is chosen."""
        cursor = self._tree.cursor
        found = self._rows
        return found[cursor] if 0 <= cursor < len(found) else None

    @property
    def phone(self) -> str:
        """The number that stands in big digits; empty where there is none, or nobody to ring."""
        target = self.target
        if target is None or self._emergency is None or not self._emergency.holds:
            return ""
        # The list tells of another line only later: the number is always that of the line.
        if target.key != self._chosen or not self._phone:
            return self._emergency.phone_for(target)
        return self._phone

    @property
    def following(self) -> NextCall | None:
        """Whom to ring now by the order of calls; after it, who was not reached once more."""
        found = self._emergency
        return found.next_call or found.again if found and found.holds else None

    def ask_taken(self, people: Sequence[Option]) -> Picker:
        """Put up who may have taken a message; the picker is what takes the answer."""
        picker = self.query_one("#taken", TakenByPicker)
        picker.options = tuple(people)
        picker.asks()
        self.set_class(True, "asks_taken")
        return picker

    def taken_was_asked(self) -> None:
        """It was answered: the results stand there again."""
        self.set_class(False, "asks_taken")

    def on_picker_narrowed(self, event: Picker.Narrowed) -> None:
        """Other people match now."""
        event.stop()
        self.query_one(PickList).refresh(layout=True)

    def advance(self) -> Target | None:
        """Choose whom to ring now; None where there is nobody left to ring."""
        following = self.following
        if following is None or self._emergency is None:
            return None
        self._tree.select([t.key for t in self._rows].index(following.target.key))
        self._put(following.target, following.phone)
        return following.target

    def _put(self, target: Target, phone: str) -> None:
        """Another number to be rung: its time begins now."""
        assert self._emergency is not None
        self._chosen, self._phone = target.key, phone
        self._draw_tree()
        self._since = self._now
        self.comes_up()
        self._show_number()
        self.tick(self._now)

    @property
    def since(self) -> datetime | None:
        """Since when the number has stood there."""
        return self._since

    def stand_again(self, target: Target, phone: str, since: datetime) -> None:
        """Whoever stood there as it was left is still being rung, since then."""
        keys = [each.key for each in self._rows]
        if target.key in keys:
            self._tree.select(keys.index(target.key))
            self._put(target, phone)
            self._since = since
            self.tick(self._now)

    @property
    def _now(self) -> datetime:
        assert self._emergency is not None
        return self._emergency.standing.now

    def pass_time(self, now: datetime) -> None:
        """It is that late: who was told and has not set off comes up."""
        if self._emergency is not None:
            self._emergency = self._emergency.at(now)
            self.tick(now)

    def turn_to(self, pane: str) -> None:
        """Bring a pane into view; from now on the arrows work in it."""
        self.pane = pane
        self.set_class(pane == CALLS, "on_calls")
        for name in PANES:
            self.query_one(f"#{name}").set_class(name == pane, "on")
        self._show_keys()
        self._show_tabs()
        self._story.to_the_end()

    def turn_pane(self, by: int) -> None:
        """The next pane, or the one before."""
        self.turn_to(PANES[(PANES.index(self.pane) + by) % len(PANES)])

    def turn(self, key: str) -> bool:
        """Answer a key: arrows choose or take another number, the page keys turn the page."""
        if key in ("tab", "shift+tab"):
            self.turn_pane(1 if key == "tab" else -1)
        elif key in ("left", "right"):
            self.hand += 1
            self._other_number(1 if key == "right" else -1)
        elif self.pane == CARD:
            return self.checklist.move(key)
        elif self.pane == STORY:
            return self._story.move(key)
        elif key in ("pagedown", "pageup"):
            self.turn_pane(1 if key == "pagedown" else -1)
        elif key in ("up", "down"):
            self.hand += 1
            moved = self._tree.move(key)
            self._put_chosen()  # in one picture with the row that is chosen
            return moved
        else:
            return False
        return True

    def _other_number(self, by: int) -> None:
        target = self.target
        if target is not None and target.phones:
            phones = target.phones
            place = phones.index(self.phone) + by if self.phone in phones else 0
            self._put(target, phones[place % len(phones)])

    def on_pick_lines_chosen(self, event: PickLines.Chosen) -> None:
        """Somebody else is chosen; where the order of calls chose, the number stands already."""
        event.stop()
        if self._put_chosen():
            self.hand += 1

    def _put_chosen(self) -> bool:
        """Put up the number of the row that is chosen; whether another one stood there."""
        target = self.target
        if target is None or self._emergency is None or target.key == self._chosen:
            return False
        self._put(target, self._emergency.phone_for(target))
        return True

    def on_resize(self) -> None:
        """Another width: the lines of the tree are cut anew."""
        self.fit_width()
        self.call_after_refresh(self._draw_tree)
        self.call_after_refresh(self._show_beside)
        self.call_after_refresh(self._show_tabs)
        self.call_after_refresh(self._show_number)
        if self._emergency is not None:
            self.call_after_refresh(self.tick, self._now)

    def _show_number(self) -> None:
        self.call_after_refresh(self.fit)
        self._show_keys()  # a service outside has fewer results
        target, emergency = self.target, self._emergency
        if target is not None and emergency is not None and emergency.holds:
            if self._number_key != self._up:
                self.comes_up()
            self.query_one(Handset).show(emergency, target, self.phone, self._here)

    def tick(self, now: datetime) -> None:
        """How long it rings, and whom the order of calls has next where that is somebody else."""
        target, emergency = self.target, self._emergency
        if target is not None and emergency is not None and emergency.holds:
            since = self._since if self.phone else None
            self.query_one(Handset).tick(emergency, target, since, now)
