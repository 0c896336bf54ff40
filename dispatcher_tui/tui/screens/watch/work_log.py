"""F7, 工作日志: what happened, watch by watch, and notes of one's own, late ones too."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

import msgspec
from textual import events
from textual.app import ComposeResult
from textual.widgets import Input

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.papers.case_reports import watch_report
from dispatcher_tui.desk.watch.notices import note_late
from dispatcher_tui.desk.watch.watch import (
    Turn,
    log_of_watch,
    referred_to,
    turn_after,
    turn_at,
    turn_before,
    turn_now,
)
from dispatcher_tui.domain.papers.report import WatchReport
from dispatcher_tui.domain.record.case import Entry, LogLine
from dispatcher_tui.domain.record.mentions import no_longer_counting
from dispatcher_tui.domain.time.when import WhenError, parse_past
from dispatcher_tui.domain.words.text import fold
from dispatcher_tui.present.cells import fit, wrap
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.promises import past_hint, past_problem
from dispatcher_tui.present.spans import begun_muted
from dispatcher_tui.present.watch.log_text import (
    DAY,
    LogFilter,
    belongs,
    log_row,
    part_name,
    watch_title,
)
from dispatcher_tui.tui.keys import Hint, ScreenKey
from dispatcher_tui.tui.names import glossary
from dispatcher_tui.tui.routes import ToCase, ToNotices
from dispatcher_tui.tui.screens.system.autosave_form import AutosaveForm
from dispatcher_tui.tui.sheet_print import paper_keys
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.key_lines import PageLine
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.pick_lines import MOVING, PickLines
from dispatcher_tui.tui.widgets.pick_rows import PickRow, PickRows
from dispatcher_tui.tui.widgets.pin import enter_on
from dispatcher_tui.tui.widgets.row import Derived, Row

NOTE_LIMIT = 2_000
FULL_ROWS, FULL_ROWS_TALL = 3, 6
TALL = 30
"""From so many rows on there is room for a longer entry."""
PARTS = tuple(LogFilter)
NOTICES, SEARCH = len(PARTS) + 1, len(PARTS) + 2
"""The digits after those of the parts."""


class _Read(msgspec.Struct, frozen=True):
    """A watch with its entries, and those that they refer to."""

    turn: Turn
    lines: list[LogLine]
    others: dict[int, Entry]


def _read(desk: Desk, turn: Turn | None) -> _Read:
    meant = turn or turn_now(desk)
    lines = log_of_watch(desk, meant)
    return _Read(meant, lines, referred_to(desk.store, (x.entry for x in lines)))


TIME_CELLS = 6
"""Cells of an entry's time, and of the blank behind it."""


class WorkLogScreen(AutosaveForm):
    """Entries to walk through, the chosen one in full, a field for a note and one to search by."""

    AUTO_FOCUS = ""
    hints = ("commit", "help")
    menu = ("note", "print", "find", "records", "shift")

    DEFAULT_CSS = """
    WorkLogScreen #full { height: 3; }
    WorkLogScreen.tall #full { height: 6; }
    WorkLogScreen Row > #at { width: 16; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._read: _Read | None = None
        self._shown: list[LogLine] = []
        self._part = LogFilter.ALL
        self._page = 0
        self._seen = 0
        """The last entry that was known when the log was read."""

    def heading(self) -> str:
        """Which watch it is."""
        title = _("Work Log")
        if self._read is None:
            return f" {title}"
        turn, zone = self._read.turn, self.session.desk.rules.calendar.tz
        name = turn.name or _("nobody signed in")
        return f" {title}  " + watch_title(
            name, turn.shift, turn.start, turn.end, zone, over=turn.over
        )

    def body(self) -> ComposeResult:
        """Parts by digit, the entries, the chosen one in full, the fields."""
        self._fit()
        yield PageLine("", id="parts")
        yield PickRows(id="entries", empty=_("Nothing here."))
        yield Lines("", id="full")
        yield Row(_("Note (F10)"), Field(limit=NOTE_LIMIT, id="note"))
        yield Row(_("Happened (empty: now)"), Field(id="at"), Derived("", id="at-hint"))
        search = Field(id="filter")
        search.autosave = False  # it is written down nowhere
        yield Row(_("Search"), search)

    def own_hints(self) -> list[Hint]:
        """The arrows lead through the watches; a note is one letter away."""
        return [Hint("<- ->", _("Other watch"), unless_typing=True), Hint("a", _("Note down"))]

    async def build(self) -> bool:
        """The latest entry of the watch on now is chosen."""
        await self._reload(None, to_end=True)
        return True

    def begin(self) -> None:
        """The digits are the screen's until a field is asked for."""

    def _fit(self) -> None:
        """A tall terminal shows more of the chosen entry."""
        self.set_class(self.app.size.height >= TALL, "tall")

    def on_resize(self) -> None:
        """Another size: the chosen entry has more lines, or fewer."""
        self._fit()
        if self._read is not None:
            self._choose()

    async def _reload(self, turn: Turn | None, *, to_end: bool) -> None:
        self._seen = self.session.seen
        found = await self.run_on_desk(lambda desk: _read(desk, turn), writes=False)
        if found is not None:
            self._read = found
            self.query_one("#heading", Lines).show(self.heading())
            self._show(to_end=to_end)

    async def _again(self) -> None:
        """What was written meanwhile; another one may be on watch by now."""
        if self._read is None:
            return
        at_end = self.query_one("#entries", PickLines).cursor >= len(self._shown) - 1
        turn = self._read.turn
        await self._reload(turn if turn.over else None, to_end=at_end)

    def _show(self, *, to_end: bool = True) -> None:
        """Draw the entries that are of the part and hold what is searched for."""
        if self._read is None:
            return
        desk, turn = self.session.desk, self._read.turn
        zone = desk.rules.calendar.tz
        entries = [x.entry for x in self._read.lines]
        names = msgspec.structs.replace(glossary(desk), entries=self._read.others)
        void = no_longer_counting(entries)
        wanted = fold(self.query_one("#filter", Field).value).strip()
        shown, lines = [], []
        for found in self._read.lines:
            if not belongs(found.entry, self._part):
                continue
            long = turn.end - turn.start >= DAY
            line = log_row(found.entry, found.number, zone, names, void=void, day=long)
            if not wanted or wanted in fold(line):
                shown.append(found)
                lines.append(line)
        self._shown = shown
        rows = [PickRow(begun_muted(line, TIME_CELLS)) for line in lines]
        self.query_one("#entries", PickRows).put(rows, len(lines) - 1 if to_end else None)
        self.query_one("#parts", Lines).show(self._parts_text(len(lines)))
        self._choose()

    def _parts_text(self, shown: int) -> str:
        parts = [
            f"[{digit} {part_name(part)} {shown}]"
            if part is self._part
            else f" {digit} {part_name(part)} "
            for digit, part in enumerate(PARTS, 1)
        ]
        return "".join(parts) + f"| {NOTICES} {_('Notices')}  {SEARCH} {_('Search')}"

    def _choose(self) -> None:
        """Show the chosen entry in full; the keys are about its case."""
        entries = self.query_one("#entries", PickLines)
        chosen = self._shown[entries.cursor] if entries.cursor >= 0 else None
        self.case_id = getattr(chosen.entry.event, "case", "") if chosen else ""
        self._page = 0
        self._show_full()

    def _show_full(self) -> None:
        """The chosen entry's lines; what has no room comes with the space bar."""
        entries = self.query_one("#entries", PickLines)
        text = entries.lines[entries.cursor] if entries.cursor >= 0 else ""
        width = self.cells - 1
        rows = wrap(text, width)
        room = FULL_ROWS_TALL if self.has_class("tall") else FULL_ROWS
        if len(rows) > room:
            pages = -(-len(rows) // (room - 1))
            self._page %= pages
            first = self._page * (room - 1)
            more = _(".. {n} of {all}; space bar: on").format(n=self._page + 1, all=pages)
            rows = [*rows[first : first + room - 1], fit(more, width)]
        self.query_one("#full", Lines).show("\n".join(rows))

    def on_pick_lines_chosen(self, event: PickLines.Chosen) -> None:
        """The cursor came to another entry."""
        event.stop()
        self._choose()

    def on_pick_lines_taken(self, event: PickLines.Taken) -> None:
        """The chosen entry was clicked once more."""
        event.stop()
        self._open()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Another search, or the time of a late note, said back as it is understood."""
        event.stop()
        if event.input.id == "filter":
            self._show()
        elif event.input.id == "at":
            zone = self.session.desk.rules.calendar.tz
            hint = past_hint(event.value, self.session.now(), zone)
            self.query_one("#at-hint", Lines).show(hint)

    def own_keys(self) -> Sequence[ScreenKey]:
        """Which part is shown, then the notices, then the search; a note, and the log on paper."""
        note = _("a note, F10 writes it down; with a time it becomes a late entry")
        paper = _("print the Work Log of the watch shown")
        return (
            ScreenKey("1-6", "", self._choose_part, _("only this sort of entry")),
            ScreenKey("7", _("notices"), partial(self.shell.go, ToNotices())),
            ScreenKey("8", _("search"), self._search, _("search; Esc leaves a field")),
            ScreenKey("note", "", self.take_note, note),
            *paper_keys(self, self._paper, paper),
            *super().own_keys(),
        )

    def _choose_part(self, number: int) -> None:
        self._part = PARTS[number - 1]
        self._show()

    def _search(self) -> None:
        self.query_one("#filter").focus()

    def typed_word(self, character: str) -> bool:
        """A Chinese character typed outside of the fields goes on in the note."""
        field = self.query_one("#note", Field)
        field.focus()
        field.insert_text_at_cursor(character)
        return True

    async def on_key(self, event: events.Key) -> None:
        """The arrows walk through entries and watches, Enter opens the entry's case."""
        moves = event.key in MOVING
        entries = self.query_one("#entries", PickLines)
        if moves and entries.move(event.key):
            pass
        elif self.focused is not None:
            return
        elif event.key in ("left", "right"):
            await self._turn(turn_before if event.key == "left" else turn_after)
        elif event.key == "space":
            self._page += 1
            self._show_full()
        elif event.key == "enter":
            self._open()
        elif not entries.move(event.key):
            return
        event.stop()
        event.prevent_default()

    async def _turn(self, other: Callable[[Desk, Turn], Turn | None]) -> None:
        """Go to the watch before or after the one that is shown."""
        if self._read is None:
            return
        turn = self._read.turn
        found = await self.run_on_desk(lambda desk: other(desk, turn), writes=False)
        if found is not None:
            self.say("")
            await self._reload(found, to_end=True)
        elif other is turn_after:
            self.say(_("This is the watch on now; nothing comes after it."))
        else:
            self.say(_("Nothing was written down before this watch."))

    async def accept_field(self) -> None:
        """Enter writes nothing down by itself: F10 does."""
        if self.focused is not None and self.focused.id == "filter":
            self.set_focus(None)
            return
        if self.field("note"):
            self.say(_("F10 writes the note down."))
        enter_on(self)

    def _open(self) -> None:
        if self.case_id:
            self.shell.go(ToCase(self.case_id))

    async def take_note(self) -> None:
        """A note of the watch is written here."""
        self.query_one("#note").focus()

    def _paper(self, desk: Desk) -> WatchReport | None:
        """The Work Log of the watch that is shown, for its paper."""
        return watch_report(desk, self._read.turn) if self._read is not None else None

    async def commit(self) -> None:
        """F10: the note goes into the Work Log, a late one where it belongs."""
        text, typed = self.field("note"), self.field("at").strip()
        desk = self.session.desk
        try:
            at = parse_past(typed, self.session.now(), desk.rules.calendar.tz) if typed else None
        except WhenError as error:
            self.query_one("#at").focus()
            self.say(past_problem(error.code))
            return
        entry = await self.run_on_desk(
            lambda desk: note_late(desk, text, at) if at else desk.note(text)
        )
        if entry is None:
            return
        for name in ("note", "at"):
            self.query_one(f"#{name}", Field).value = ""
        await self.save_draft()
        await self._go_to(entry)

    async def _go_to(self, entry: Entry) -> None:
        """Show the watch a note belongs to, the note chosen, whatever was searched for."""
        found = await self.run_on_desk(
            lambda desk: (turn_now(desk), turn_at(desk, entry.occurred_at)), writes=False
        )
        if found is None:
            return
        now, turn = found
        self.set_focus(None)
        self._part = LogFilter.ALL
        with self.prevent(Input.Changed):
            self.query_one("#filter", Field).value = ""
        await self._reload(turn, to_end=True)
        seqs = [each.entry.seq for each in self._shown]
        if entry.seq in seqs:
            self.query_one("#entries", PickLines).select(seqs.index(entry.seq))
        earlier = turn.start < now.start
        self.say(_("Noted in the watch it belongs to, shown here.") if earlier else _("Noted."))

    async def come_back(self) -> None:
        """Another screen went away: what was done there is in the log."""
        await self._again()

    async def refresh_case(self, changed: set[str]) -> None:
        """Something was written down meanwhile."""
        await self._again()

    def pass_time(self, now: datetime) -> None:
        """What is of no case comes in."""
        if self._read is not None and self._seen != self.session.seen:
            self.run_worker(self._again(), exit_on_error=False, group="log", exclusive=True)

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [
            _("up, down: walk through the entries; Enter: the entry's case; space bar: its rest"),
            _("left, right: the watch before, the watch after"),
        ]
