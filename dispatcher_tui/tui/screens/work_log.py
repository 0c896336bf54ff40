"""F7, 工作日志: what happened on this watch, in order, and notes of one's own."""

from __future__ import annotations

from datetime import datetime

from textual import events
from textual.app import ComposeResult
from textual.widgets import Input

from dispatcher_tui.desk.kept_forms import keep_form, kept_form
from dispatcher_tui.desk.watch import Logged, log_of_watch
from dispatcher_tui.domain.calendar import watch_at
from dispatcher_tui.domain.events import kind_of
from dispatcher_tui.domain.text import fold
from dispatcher_tui.present.cells import fit, wrap
from dispatcher_tui.present.lines import short_time
from dispatcher_tui.present.timeline import entry_text
from dispatcher_tui.present.words import _, pick
from dispatcher_tui.tui.names import glossary
from dispatcher_tui.tui.screens.base import DeskScreen
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.pick_lines import PickLines
from dispatcher_tui.tui.widgets.row import Row

NOTE_LIMIT = 2_000
FULL_ROWS = 3
FORM, ALL = "WorkLogScreen", 1

PARTS: tuple[frozenset[str], ...] = (
    frozenset(),
    frozenset({"note_added", "log_noted"}),
    frozenset({"call_tried", "read_back", "followed_up", "step_recorded", "promise_made"}),
    frozenset({"duty_fell_due"}),
    frozenset({"written_off", "paper_received", "paper_signed", "paper_filed", "closed_final"}),
    frozenset({"signed_in", "operator_changed", "backup_made", "restored", "adopted"}),
)
"""The kinds of entry behind each digit; the first one is all of them."""


class WorkLogScreen(DeskScreen):
    """Entries to walk through, the chosen one in full, a field for a note and one to filter by."""

    hints = ("commit", "find", "help")
    menu = ("note", "find", "records", "shift")

    DEFAULT_CSS = """
    WorkLogScreen #parts { height: 1; color: $text-muted; }
    WorkLogScreen #full { height: 3; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._log: list[Logged] = []
        self._shown: list[Logged] = []
        self._part = ALL
        self._on_disk = ""

    def heading(self) -> str:
        """Which watch it is."""
        calendar, now = self.session.desk.rules.calendar, self.session.now()
        watch = watch_at(calendar, now)
        start = short_time(watch.start, now, calendar.tz)
        end = watch.end.astimezone(calendar.tz)
        return " " + _("Work Log  {shift} {start} to {end:%H:%M}  {name}").format(
            shift=pick(watch.shift.name), start=start, end=end, name=self.session.desk.actor
        )

    def body(self) -> ComposeResult:
        """Parts by digit, the entries, the chosen one in full, the two fields."""
        yield Lines("", id="parts", wrap=False)
        yield PickLines(id="entries", empty=_("Nothing written down yet."))
        yield Lines("", id="full")
        yield Row(_("Note (F10)"), Field(limit=NOTE_LIMIT, id="note"))
        yield Row(_("Filter"), Field(id="filter"))

    async def on_mount(self) -> None:
        """The latest entry is chosen, the note field ready."""
        kept = await self.ask(lambda desk: kept_form(desk, FORM, ""), writes=False)
        self._on_disk = (kept or {}).get("note", "")
        self.query_one("#note", Field).value = self._on_disk
        self.query_one("#note").focus()
        await self._reload()

    async def _reload(self) -> None:
        found = await self.ask(log_of_watch, writes=False)
        if found is not None:
            at_end = self._at_end
            self._log = found
            self._show(to_end=at_end)

    @property
    def _at_end(self) -> bool:
        return self.query_one("#entries", PickLines).cursor >= len(self._shown) - 1

    def _show(self, *, to_end: bool = True) -> None:
        """Draw the entries that pass the digit and the filter."""
        desk, now = self.session.desk, self.session.now()
        zone, names = desk.rules.calendar.tz, glossary(desk)
        kinds = PARTS[self._part - 1]
        wanted = fold(self.query_one("#filter", Field).value).strip()
        shown, lines = [], []
        for found in self._log:
            entry = found.entry
            if kinds and kind_of(type(entry.event)) not in kinds:
                continue
            when = short_time(entry.occurred_at, now, zone)
            text = entry_text(entry, zone, names)
            line = f"{when} {fit(found.number, 10)} {text} ({entry.actor})"
            if wanted in fold(line):
                shown.append(found)
                lines.append(line)
        self._shown = shown
        self.query_one("#entries", PickLines).show(lines, len(lines) - 1 if to_end else None)
        self.query_one("#parts", Lines).show(self._parts_text(len(lines)))
        self._choose()

    def _parts_text(self, shown: int) -> str:
        names = (_("all"), _("notes"), _("calls"), _("fallen due"), _("closing"), _("the desk"))
        parts = [
            f"[{digit} {name} {shown}]" if digit == self._part else f" {digit} {name} "
            for digit, name in enumerate(names, 1)
        ]
        return "".join(parts)

    def _choose(self) -> None:
        """Show the chosen entry in full; the keys are about its case."""
        entries = self.query_one("#entries", PickLines)
        chosen = self._shown[entries.cursor] if entries.cursor >= 0 else None
        self.case_id = getattr(chosen.entry.event, "case", "") if chosen else ""
        text = entries.lines[entries.cursor] if chosen else ""
        rows = wrap(text, self.app.size.width - 1)
        if len(rows) > FULL_ROWS:
            rows = [*rows[: FULL_ROWS - 1], fit(rows[FULL_ROWS - 1], self.app.size.width - 3) + "…"]
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
        """Another filter."""
        event.stop()
        if event.input.id == "filter":
            self._show()

    def digit(self, number: int) -> bool:
        """Digits choose which kinds of entry are shown."""
        if not 1 <= number <= len(PARTS):
            return False
        self._part = number
        self._show()
        return True

    def typed_word(self, character: str) -> bool:
        """A Chinese character typed after Esc goes on in the note."""
        field = self.query_one("#note", Field)
        field.focus()
        field.insert_text_at_cursor(character)
        return True

    async def on_key(self, event: events.Key) -> None:
        """The arrows walk through the entries, also while a text is typed; Enter opens the case."""
        moves = event.key in ("up", "down", "pageup", "pagedown")
        if moves and self.query_one("#entries", PickLines).move(event.key):
            pass
        elif event.key == "enter" and self.focused is None:
            self._open()
        else:
            return
        event.stop()
        event.prevent_default()

    async def accept_field(self) -> None:
        """Enter writes nothing down by itself: F10 does."""
        if self.focused is not None and self.focused.id == "note" and self._note:
            self.say(_("F10 writes the note down."))
        else:
            self.focus_next()

    def _open(self) -> None:
        if self.case_id:
            from dispatcher_tui.tui.screens.case import CaseScreen

            self.app.push_screen(CaseScreen(self.case_id))

    @property
    def _note(self) -> str:
        return self.query_one("#note", Field).value

    async def act_note(self) -> None:
        """A note of the watch is written here."""
        self.query_one("#note").focus()

    async def act_commit(self) -> None:
        """F10: the note goes into the Work Log."""
        text = self._note
        entry = await self.ask(lambda desk: desk.note(text))
        if entry is None:
            return
        self.query_one("#note", Field).value = ""
        await self.save_draft()
        await self._reload()
        self.query_one("#entries", PickLines).select(len(self._shown) - 1)
        self.say(_("Noted."))

    async def refresh_case(self, changed: set[str]) -> None:
        """Something was written down meanwhile."""
        await self._reload()

    def tick(self, now: datetime) -> None:
        """Once a second, a half-typed note goes to disk."""
        if self._note != self._on_disk:
            self.run_worker(self.save_draft(), exit_on_error=False, group="draft")

    async def save_draft(self) -> None:
        """Keep the note as typed."""
        text = self._note
        if text == self._on_disk or self.session.read_only:
            return
        self._on_disk = text
        await self.ask(lambda desk: keep_form(desk, FORM, "", {"note": text} if text else {}))

    async def go_back(self) -> None:
        """Esc: a half-typed note is kept."""
        await self.save_draft()
        self.dismiss()

    def help_lines(self) -> list[str]:
        """The screen's own keys."""
        return [
            _("up, down: walk through the entries; Esc, then Enter: the entry's case"),
            _("Esc, then 1-6: only this sort of entry; F10: write the note down"),
        ]
