"""F8: papers owed by age, what was handled today, and how the record itself stands."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from functools import partial

import msgspec
from textual.app import ComposeResult

from dispatcher_tui.desk.papers.running_book import books_of, running_month
from dispatcher_tui.desk.site.settling import still_open as open_files
from dispatcher_tui.desk.watch.watch import (
    PaperOwed,
    Proof,
    RecordStatus,
    papers_owed,
    prove,
    standing,
)
from dispatcher_tui.domain.desk_routines import FEES
from dispatcher_tui.domain.duties.duties import Duty
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record.case_line import CaseLine, Lane
from dispatcher_tui.domain.watch.handouts import DO as HANDOUT
from dispatcher_tui.domain.watch.out_alone import DO as OUT_ALONE
from dispatcher_tui.domain.watch.rounds import DO as ROUND
from dispatcher_tui.domain.words.failure import Failure
from dispatcher_tui.domain.words.terms import Label
from dispatcher_tui.present.cells import fit
from dispatcher_tui.present.countdown import spoken
from dispatcher_tui.present.i18n import _, localized, ngettext
from dispatcher_tui.present.line_texts import short_time, stage_name, under
from dispatcher_tui.present.refusals import explain_failure
from dispatcher_tui.present.reviews.desk_lines import desk_rows
from dispatcher_tui.present.spans import Span, SpanLine
from dispatcher_tui.tui.fee_routes import to_fees
from dispatcher_tui.tui.keys import ScreenKey, key_rows
from dispatcher_tui.tui.paper_routes import ToCharges, ToPrints, ToRegisters, ToSlips
from dispatcher_tui.tui.routes import (
    ScreenRoute,
    ToEditedFiles,
    ToLibrary,
    ToMonth,
    ToPanelTest,
    ToReachability,
    ToRetention,
    ToReview,
    ToRoutine,
    ToWeeklyCheck,
)
from dispatcher_tui.tui.screens.reviews.by_letter import by_letter
from dispatcher_tui.tui.screens.reviews.whose import ROUTES, way_to
from dispatcher_tui.tui.screens.system.listing import ListScreen
from dispatcher_tui.tui.watch_routes import ToHandouts, ToOutAlone, ToRounds
from dispatcher_tui.tui.widgets.key_lines import KeyLines, keyed
from dispatcher_tui.tui.widgets.lines import Lines, SpanLines, TitleStrip
from dispatcher_tui.tui.widgets.pick_lines import PickLines


def _n(msgid: str) -> str:
    """Marks a msgid that is translated when it is shown."""
    return msgid


WORKS: dict[int, tuple[str, ScreenRoute]] = {
    1: (_n("Monday's review"), ToReview()),
    2: (_n("the head's weekly check"), ToWeeklyCheck()),
    3: (_n("Monthly Summary"), ToMonth()),
    4: (_n("papers: where each is"), ToSlips()),
    5: (_n("charges"), ToCharges()),
    6: (_n("case library"), ToLibrary()),
    7: (_n("files past their time"), ToRetention()),
    8: (_n("which numbers answer"), ToReachability()),
    9: (_n("test of the fire system"), ToPanelTest()),
}
"""The works of the records by their digits: what each is called, and where it is done."""

ROWS, NAME = 24, 24
"""Rows of a screen from which each work has one of its own, and the cells of its name there."""

WORK_OF = {"review": 1, "check": 2, "month": 3, "comment": 3, "charges": 5}
"""The digit of the work that a duty of the desk leads to, by what it asks to do."""

_DO = {1: "review", 2: "check", 3: "month"}
"""What is asked to be done in the works that each procedure in force has by itself."""

_SIGNED_IN = {"check": 2, "month": 3}
"""The digit of the work in which a signature that is owed is given, by what it is for."""


class _RecordsRow(msgspec.Struct, frozen=True):
    """A line of the list: a case, a duty of the desk itself, or the site's own ``files``."""

    case_id: str
    text: str
    duty: Duty | None = None
    files: bool = False


class RecordsScreen(ListScreen):
    """One list: the papers owed, the longest waiting first, then what was handled today."""

    hints = ("close", "work_log", "help")

    DEFAULT_CSS = """
    RecordsScreen #record, RecordsScreen #backup { height: 1; color: $desk-fg2; }
    RecordsScreen #proof { height: auto; color: $desk-fg2; }
    RecordsScreen #list { min-height: 3; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[_RecordsRow] = []
        self._open_files = 0
        self._proving = False

    def heading(self) -> str:
        """What is here."""
        return " " + _("Records: papers owed, handled today, the record itself")

    def body(self) -> ComposeResult:
        """What is owed, then what can be looked at, and how the record stands."""
        yield TitleStrip(_("Owed: do this first"), id="sums")
        yield PickLines(id="list", empty=_("No paper is owed, nothing was handled today."))
        yield TitleStrip(_("To look at any time"))
        yield SpanLines(self._works(), id="works")
        yield KeyLines(self._others(), id="others")
        yield Lines("", id="record", wrap=False)
        yield Lines("", id="backup", wrap=False)
        yield Lines("", id="proof")

    def own_keys(self) -> Sequence[ScreenKey]:
        """The works of the records by their digits, the proof, the site's own files."""
        more = {
            1: _("every case of last week, a line for each open one"),
            2: _("the head looks through the week and signs"),
            3: _("counts, timeliness, the head's comment, the report"),
            6: _("typical cases and what was learnt from them"),
            7: _("what may be destroyed, and when it was due"),
            4: _("where every paper is, and whom to ask"),
            5: _("charges for the cashier"),
            8: _("who answers at which hour, and dead numbers"),
            9: _("its alarms are counted, and open no case"),
        }
        works = (
            ScreenKey(str(n), _(name), partial(self._go_to, n), more.get(n, ""))
            for n, (name, _route) in WORKS.items()
        )
        files = _("your files {n}").format(n=self._open_files)
        told = _("files of yours that differ from the shipped ones, to be settled by the head")
        proof = ScreenKey(
            "k",
            _("prove the record now"),
            self._begin_proof,
            _("prove the record: chain, every case, the file itself"),
            _("Proving the record ..") if self._proving else "",
        )
        printed = _("what was printed, and the same sheet again")
        books = _("the registers of this month, by the page; of another one: 3, then m")
        named = books_of(self.session.desk)
        registers = _("registers") if named else ""
        none = "" if named else _("The procedure names no running register.")
        return (
            *works,
            proof,
            ScreenKey("m", files, self._open_edited, told),
            ScreenKey("b", registers, self._open_registers, books, off=none),
            *by_letter(self.shell.go),
            ScreenKey("print", _("printed"), partial(self.shell.go, ToPrints()), printed),
        )

    def _go_to(self, n: int) -> None:
        """A work by its digit; where several procedures have it, one of them is chosen first."""
        self.shell.go(way_to(self.session.desk, _DO.get(n, ""), WORKS[n][1]))

    def _works(self) -> list[SpanLine]:
        """One row a work: its digit, its name, what it is for; side by side where rows are few."""
        works = [key for key in self.own_keys() if key.key.isdigit()]
        if self.app.size.height < ROWS:
            return [keyed(row) for row in key_rows(works, self.cells)]
        return [
            [
                Span(" "),
                Span(f" {key.key} ", "cap"),
                Span(f"{fit(key.label, NAME)} ", "fg0"),
                Span(key.help, "fg1"),
            ]
            for key in works
        ]

    def _others(self) -> str:
        """The rest of the keys, as many to a line as there is room for."""
        others = [key for key in self.own_keys() if not key.key.isdigit()]
        return "\n".join(key_rows(others, self.cells - 1))

    def on_resize(self) -> None:
        """More or less room for what can be looked at."""
        self.query_one("#works", SpanLines).put(self._works())
        self.query_one("#others", KeyLines).show(self._others())

    async def on_mount(self) -> None:
        """Read everything once."""
        await self._reload()

    async def _reload(self) -> None:
        found = await self.run_on_desk(
            lambda desk: (papers_owed(desk), standing(desk), len(open_files(desk))), writes=False
        )
        if found is None:
            return
        owed, state, self._open_files = found
        self.query_one("#others", KeyLines).show(self._others())
        now = self.session.now()
        done = self.shell.board.lane(Lane.DONE, now, self.shell.today())
        rows = [_RecordsRow("", text, duty) for text, duty in desk_rows(self.session.owed, now)]
        rows += [_files_row(self._open_files)] if self._open_files else []
        short_of = self.session.desk.in_force.short_of
        rows += [_owed_row(each, now, short_of(each.line.procedure)) for each in owed]
        rows += [self._handled_row(line, now) for line in done]
        self._rows = rows
        self.query_one("#list", PickLines).show([row.text for row in rows])
        self.choose()
        sums = _("Papers owed {owed}  handled today {handled}")
        figures = sums.format(owed=self._counted(owed), handled=len(done))
        self.query_one("#sums", TitleStrip).title(_("Owed: do this first"), figures)
        self._show_state(state, now)

    def _counted(self, owed: Sequence[PaperOwed]) -> str:
        """How many papers are owed; of several procedures each its own, never added together."""
        in_force = self.session.desk.in_force
        if not in_force.several or not owed:
            return str(len(owed))
        usual = in_force.procedures[0].short
        names = (localized(in_force.short_of(x.line.procedure) or usual) for x in owed)
        return _(", ").join(f"{name} {n}" for name, n in Counter(names).items())

    def _handled_row(self, line: CaseLine, now: datetime) -> _RecordsRow:
        at = line.final_at or line.written_off_at or line.opened_at
        when = short_time(at, now, self.session.desk.rules.calendar.tz)
        parts = (fit(_("handled"), 8), fit(when, 13), *_about(line))
        beside = self.session.desk.in_force.short_of(line.procedure)
        parts = (*parts, under(beside, stage_name(line.stage)))
        return _RecordsRow(line.id, " ".join(parts))

    def _show_state(self, state: RecordStatus, now: datetime) -> None:
        head = ngettext(
            "The record: {rows} entry, head {head}",
            "The record: {rows} entries, head {head}",
            state.rows,
        )
        self.query_one("#record", Lines).show(
            head.format(rows=state.rows, head=state.head[:16] if state.rows else "-")
        )
        text = _("No backup was made yet.")
        if state.backup is not None and isinstance(state.backup.event, ev.BackupMade):
            at = state.backup.occurred_at
            words = _("Last backup {time} ({age} ago), proved whole: {file}")
            text = words.format(
                time=short_time(at, now, self.session.desk.rules.calendar.tz),
                age=spoken((now - at).total_seconds()),
                file=state.backup.event.file,
            )
        self.query_one("#backup", Lines).show(text)

    def choose(self) -> None:
        """The case of the line; a duty of the desk is of none."""
        cursor = self.query_one("#list", PickLines).cursor
        self.case_id = self._rows[cursor].case_id if cursor >= 0 else ""

    async def take_line(self) -> None:
        """A duty of the desk or the site's own files lead to their work, a case opens."""
        cursor = self.query_one("#list", PickLines).cursor
        row = self._rows[cursor] if 0 <= cursor < len(self._rows) else _RecordsRow("", "")
        if row.files:
            self._open_edited()
        elif row.duty is not None:
            self._begin(row.duty)
        else:
            await super().take_line()

    def _begin(self, duty: Duty) -> None:
        """Go where a duty of the desk is done."""
        subject = duty.key.partition("/")[2].partition(":")[0]
        work = _SIGNED_IN.get(subject) if duty.do == "sign" else WORK_OF.get(duty.do)
        if work is not None:
            owing = duty.clock.rpartition("/")[0]
            route = ROUTES[_DO[work]](owing) if owing and work in _DO else WORKS[work][1]
            self.shell.go(route)
            return
        if duty.do == ROUND:
            self.shell.go(ToRounds())
            return
        if duty.do == HANDOUT:
            self.shell.go(ToHandouts())
            return
        if duty.do == OUT_ALONE:
            self.shell.go(ToOutAlone())
            return
        if duty.do == FEES:
            self.shell.go(to_fees(self.session.desk, duty))
            return
        if duty.do == "sign" and subject == "edited":
            self._open_edited()
            return
        self.shell.go(ToRoutine(duty))

    def _open_registers(self) -> None:
        """b: the running registers of the month as it stands, to print one."""
        self.shell.go(ToRegisters(running_month(self.session.desk)))

    def _open_edited(self) -> None:
        self.shell.go(ToEditedFiles())

    async def come_back(self) -> None:
        """Another screen went away: something may have been done there."""
        await self._reload()

    def _begin_proof(self) -> None:
        """Prove the record beside the desk at work."""
        self._proving = True
        self.query_one("#proof", Lines).show(_("Proving the record .."))
        self.run_worker(self._prove(), exit_on_error=False, group="prove")

    async def _prove(self) -> None:
        desk = self.session.desk
        try:
            proof = await asyncio.to_thread(prove, desk.store.path, desk.clock)
        except Failure as failure:
            text = explain_failure(failure)
        else:
            text = _proof_line(proof)
        finally:
            self._proving = False
        if self.is_attached:
            self.query_one("#proof", Lines).show(text)

    async def refresh_case(self, changed: set[str]) -> None:
        """Something was closed, or a paper came in."""
        await self._reload()

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [
            _("up, down: choose a case; Enter: open it; F6: its closing paper"),
        ]


def _about(line: CaseLine) -> tuple[str, ...]:
    return (
        fit(line.number, 10),
        fit(line.place, 9),
        fit(localized(line.level_label), 9),
        fit(line.assignee, 8),
    )


def _files_row(n: int) -> _RecordsRow:
    """The site's own files that nobody has settled, as many as there are."""
    words = _("Files of yours that differ from the shipped ones: {n}; the head settles them")
    return _RecordsRow("", f"{fit(_('desk'), 8)} {words.format(n=n)}", files=True)


def _owed_row(owed: PaperOwed, now: datetime, beside: Label | None) -> _RecordsRow:
    """A paper that is owed: for how long, by whom, and how far it has come; under which procedure
    where that has to be told."""
    slip, line = owed.slip, owed.line
    waited = spoken((now - (line.written_off_at or line.opened_at)).total_seconds())
    state = _("not filed") if slip.signed_at else _("not signed")
    if slip.received_at is None:
        # A number that is out and no more words: both would be cut on a narrow terminal.
        state = "" if slip.number else _("not in hand")
    parts = (
        fit(_("owed"), 8),
        fit(waited, 13),
        *_about(line),
        slip.number or "-",
        under(beside, state),
    )
    return _RecordsRow(line.id, " ".join(parts).rstrip())


def _proof_line(proof: Proof) -> str:
    if proof.sound:
        words = ngettext(
            "Proved: the one entry is consistent.",
            "Proved: all {rows} entries are consistent.",
            proof.rows,
        )
        return words.format(rows=proof.rows)
    first = proof.first_bad if proof.first_bad is not None else "?"
    return _("NOT SOUND at entry {seq}: tell whoever keeps the backups.").format(seq=first)
