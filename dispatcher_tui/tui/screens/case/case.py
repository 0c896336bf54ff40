"""One case: its facts, what is owed on it and by when, and its story."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll

from dispatcher_tui.desk.case.story import CaseStory, read_story
from dispatcher_tui.domain.duties.duties import Duty
from dispatcher_tui.domain.site.household_notes import homes_at
from dispatcher_tui.present.case.case_lines import case_heading, case_lines
from dispatcher_tui.present.case.duty_lines import duty_spans, in_order
from dispatcher_tui.present.case.explain import explain_duty
from dispatcher_tui.present.case.home_lines import next_flats_line
from dispatcher_tui.present.case.learning_lines import tied_line
from dispatcher_tui.present.case.timeline import timeline
from dispatcher_tui.present.emergency.over_lines import missing_lines
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.names import names_of
from dispatcher_tui.present.site.note_lines import homes_lines, notes_lines
from dispatcher_tui.present.spans import Span, begun_muted
from dispatcher_tui.tui.actions import CASE_MENU
from dispatcher_tui.tui.keys import ScreenKey
from dispatcher_tui.tui.names import glossary
from dispatcher_tui.tui.routes import ToHouseholdNotes
from dispatcher_tui.tui.screens.base import DeskScreen
from dispatcher_tui.tui.screens.case.board import WIDE
from dispatcher_tui.tui.widgets.lines import Lines, SpanLines
from dispatcher_tui.tui.widgets.pick_lines import PickLines
from dispatcher_tui.tui.widgets.pick_rows import PickRow, PickRows
from dispatcher_tui.tui.work_routes import to_work

LABEL_CELLS = 9
"""Cells of what a fact is called, and of the blank behind it."""

STORY_CELLS = 52
"""Width of the story where it stands beside the duties."""

LOW, NOT_FACTS = 20, 8
"""Rows of a terminal below which the facts are cut, and how many of its rows others need then: the
head, the household's warning, three duties under their title, the message and the hints."""


class CaseScreen(DeskScreen):
    """Facts on top, the duties to choose from, the story below or beside them.

    Enter goes to where the chosen duty is done; ``=`` says why it is due when it is, in the
    story's place.
    """

    hints = ("notify", "follow_up", "close", "note", "explain", "help")
    menu = CASE_MENU

    DEFAULT_CSS = """
    CaseScreen #both { height: 1fr; }
    CaseScreen #left { width: 1fr; height: auto; }
    CaseScreen.wide #both { layout: horizontal; background: $desk-bg0; }
    CaseScreen.wide #both > * { background: $desk-bg1; }
    CaseScreen.wide #left { height: 1fr; }
    CaseScreen #household {
        display: none; max-height: 4;
        background: $desk-warn; color: $desk-warnf; text-style: bold;
    }
    CaseScreen .title {
        height: 1; background: $desk-bg2; color: $desk-fg0; text-style: $desk-strip-form;
    }
    CaseScreen #duties { height: auto; max-height: 6; min-height: 1; }
    CaseScreen.wide #duties { max-height: 16; }
    CaseScreen.low #duties { max-height: 3; } CaseScreen.low #household { max-height: 1; }
    CaseScreen.low #right { min-height: 0; }
    CaseScreen #right { height: 1fr; min-height: 3; }
    CaseScreen.wide #right { width: 52; margin: 0 0 0 1; }
    CaseScreen #scroll { height: 1fr; }
    """

    def __init__(self, case_id: str) -> None:
        super().__init__()
        self.case_id = case_id
        self._story: CaseStory | None = None
        self._duties: list[Duty] = []
        self._explaining = False

    @property
    def _wide(self) -> bool:
        return self.app.size.width >= WIDE

    def heading(self) -> str:
        """Number, level, stage, since when, where."""
        if self._story is None:
            return ""
        case, rules = self._story.case, self._story.rules
        now = self.session.now()
        return " " + case_heading(rules.procedure, case, now, rules.calendar.tz)

    def body(self) -> ComposeResult:
        """Facts, duties, story."""
        self.set_class(self._wide, "wide")
        self.set_class(self.app.size.height < LOW, "low")
        with Vertical(id="both"):
            with Vertical(id="left"):
                yield Lines(
                    "",
                    id="household",
                )
                yield SpanLines(id="facts")
                yield Lines("", id="duties_title", classes="title", wrap=False)
                yield PickRows(id="duties", empty=_("Nothing is owed."))
            with Vertical(id="right"):
                yield Lines("", id="story_title", classes="title", wrap=False)
                with VerticalScroll(id="scroll", can_focus=False):
                    yield Lines("", id="story")

    async def on_mount(self) -> None:
        """Read the case and show it."""
        await self._reload()

    async def _reload(self) -> None:
        found = await self.run_on_desk(lambda desk: read_story(desk, self.case_id), writes=False)
        if found is None:
            return
        self._story = found
        self._order()
        self._show()

    def _order(self) -> None:
        """Put the duties in order; the chosen one stays chosen until it is done: then the next."""
        assert self._story is not None
        chosen = self.duty_key
        owed = {duty.key for duty in self._duties if duty.pending}
        if chosen in owed and not any(d.key == chosen and d.pending for d in self._story.duties):
            chosen = ""
        self._duties = in_order(self._story.duties)
        keys = [duty.key for duty in self._duties]
        self._show_duties(self.session.now(), keys.index(chosen) if chosen in keys else 0)
        self._choose()

    def _choose(self) -> None:
        cursor = self.query_one("#duties", PickLines).cursor
        self.duty_key = self._duties[cursor].key if self._duties else ""

    @property
    def _chosen(self) -> Duty | None:
        return next((d for d in self._duties if d.key == self.duty_key), None)

    def _show(self) -> None:
        """Draw everything anew from what was read."""
        assert self._story is not None
        case, rules = self._story.case, self._story.rules
        now, zone = self.session.now(), rules.calendar.tz
        names = glossary(self.session.desk, names_of(rules))
        cells = self.cells - (STORY_CELLS + 1 if self._wide else 0) - 2
        words = 6 if self._wide else 2
        tied = _("; ").join(
            tied_line(each.number, each.stage, each.next_label) for each in self._story.correctives
        )
        over = case.stood_down_at is not None
        lacks = missing_lines(rules.procedure, case, self._story.duties) if over else []
        near = next_flats_line(self._story.near, self.called)
        beside = self.session.desk.in_force.short_of(case.procedure)
        facts = case_lines(case, names, now, zone, cells, words, tied, lacks, near, beside)
        room = self.app.size.height - NOT_FACTS if self.app.size.height < LOW else len(facts)
        facts = facts[: max(0, room)]
        self.query_one("#facts", SpanLines).put(
            [begun_muted(f" {row}", 1 + LABEL_CELLS) for row in facts]
        )
        self.query_one("#heading", Lines).show(self.heading())
        self.query_one("#duties_title", Lines).show(
            _("Duties   1-9 or arrows choose, Enter does it, = explains it")
        )
        self._show_story()
        self.pass_time(now)

    def _show_household(self, now: datetime) -> None:
        """What has to be known of the household, and the homes to look after; it expires."""
        assert self._story is not None
        zone, homes = self._story.rules.calendar.tz, homes_at(self._story.homes, now)
        notes = notes_lines(self._story.notes, now, zone)
        loud = self.query_one("#household", Lines)
        loud.show("\n".join([*notes, *homes_lines(homes, now, zone)]))
        loud.display = bool(loud.text)

    def _show_story(self) -> None:
        """The case's story, or in its place the explanation of the chosen duty."""
        assert self._story is not None
        case, rules = self._story.case, self._story.rules
        now, zone = self.session.now(), rules.calendar.tz
        chosen = self._chosen
        scroll = self.query_one("#scroll", VerticalScroll)
        self.query_one("#facts").display = self._wide or not self._explaining
        if self._explaining and chosen is not None:
            title = _("Why it is due then   = back to the story")
            lines = explain_duty(chosen, case, rules, now)
        else:
            title = _("Story   PageUp, PageDown")
            names = glossary(self.session.desk, names_of(rules))
            lines = timeline(self._story.entries, now, zone, names, actors=True)
        self.query_one("#story_title", Lines).show(title)
        self.query_one("#story", Lines).show("\n".join(lines))
        if self._explaining:
            scroll.scroll_home(animate=False)
        else:
            scroll.scroll_end(animate=False)

    def pass_time(self, now: datetime) -> None:
        """The duties' countdowns."""
        if self._story is None:
            return
        self._show_household(now)
        self._show_duties(now)

    def _show_duties(self, now: datetime, cursor: int | None = None) -> None:
        """Each with its digit, what is left, what it is, and the rule that asks for it."""
        assert self._story is not None
        zone = self._story.rules.calendar.tz
        rows = []
        for nth, duty in enumerate(self._duties, 1):
            digit = Span(f" {nth} ", "cap") if nth <= 9 else Span("   ")
            spans = [Span(" "), digit, Span(" "), *duty_spans(duty, now, zone)]
            rows.append(PickRow(spans, [Span(duty.rule, "fg2")]))
        self.query_one("#duties", PickRows).put(rows, cursor)

    def on_pick_lines_chosen(self, event: PickLines.Chosen) -> None:
        """Another duty is chosen; an open explanation follows it."""
        event.stop()
        self._choose()
        if self._explaining:
            self._show_story()

    def on_pick_lines_taken(self, event: PickLines.Taken) -> None:
        """The chosen duty was clicked once more."""
        event.stop()
        self._do()

    def own_keys(self) -> Sequence[ScreenKey]:
        """The duties by the digits they stand under; ``=`` explains the chosen one."""
        why = _("why the chosen duty is due when it is")
        return (
            ScreenKey("1-9", "", self._choose_duty, _("choose a duty")),
            ScreenKey("explain", "", self.explain_clock, why),
            ScreenKey("household_notes", "", self._household_notes, _("notes on the household")),
        )

    def _household_notes(self) -> None:
        self.shell.go(ToHouseholdNotes(self._story.case.place if self._story else ""))

    async def come_back(self) -> None:
        """A note may have been put on the household."""
        await self._reload()

    def _choose_duty(self, number: int) -> bool:
        return self.query_one("#duties", PickLines).select(number - 1)

    async def on_key(self, event: events.Key) -> None:
        """Arrows choose, Enter does, the page keys turn the story."""
        scroll = self.query_one("#scroll", VerticalScroll)
        if event.key == "enter":
            self._do()
        elif event.key == "pageup":
            scroll.scroll_page_up(animate=False)
        elif event.key == "pagedown":
            scroll.scroll_page_down(animate=False)
        elif not self.query_one("#duties", PickLines).move(event.key):
            return
        event.stop()
        event.prevent_default()

    def _do(self) -> None:
        """Open the screen where the chosen duty is done."""
        duty = self._chosen
        if duty is None:
            self.say(_("Nothing is owed on this case."))
        elif not duty.pending:
            self.say(_("{label} is over.").format(label=localized(duty.label)))
        else:
            self.shell.go(to_work(duty.do, self.case_id))

    async def explain_clock(self) -> None:
        """``=``: why the chosen duty is due when it is; once more: the story again."""
        self._explaining = not self._explaining
        if self._story is not None:
            self._show_story()

    async def refresh_case(self, changed: set[str]) -> None:
        """The case went on."""
        if self.case_id in changed:
            await self._reload()

    def on_resize(self) -> None:
        """Another width: the story stands beside or below, the lines are cut anew."""
        self.set_class(self._wide, "wide")
        self.set_class(self.app.size.height < LOW, "low")
        if self._story is not None:
            self._show()

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [
            _("up, down: choose a duty; Enter: go and do it"),
            _("s: record a step of the procedure, owed or not"),
            _("g: correct the cause, a case of its own; b: keep it in the case library"),
            _("PageUp, PageDown: turn the story"),
            _("p: print the dispatch record, and the slip while it is out; y: other forms"),
        ]
