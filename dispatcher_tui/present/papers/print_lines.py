"""What is said of a print: that the printer did not take it, and the list of what was printed."""

from __future__ import annotations

from datetime import tzinfo
from pathlib import Path
from typing import Protocol

from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.record.record_events import PaperPrinted
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.machine_words import machine_words
from dispatcher_tui.present.names import actor_words
from dispatcher_tui.present.table import REST, RecordColumn, RecordTable


class PrintTrouble(Protocol):
    """Why a printer's command printed nothing: a reason, a code it ended with, or no end at all."""

    @property
    def program(self) -> str: ...
    @property
    def reason(self) -> str: ...
    @property
    def code(self) -> int | None: ...


class PrintedPaper(Protocol):
    """A print as its entry has it."""

    @property
    def entry(self) -> Entry: ...
    @property
    def event(self) -> PaperPrinted: ...
    @property
    def failed(self) -> PrintTrouble | None: ...


def why_not(trouble: PrintTrouble) -> str:
    """Why a paper did not come out of the printer."""
    said = machine_words(trouble.reason)
    if trouble.code is not None:
        words = _("Not printed: {program} ended with {code} {reason}")
    else:
        words = _("Not printed: {program}: {reason}")
        said = said or _("it does not end")
    return words.format(program=trouble.program, code=trouble.code, reason=said).rstrip()


def not_sent_words(trouble: PrintTrouble, file: Path) -> str:
    """Why a paper did not come out of the printer, and where it is instead."""
    words = _("{why}. Saved as a file: {path}")
    return words.format(why=why_not(trouble), path=file)


def whereto(printed: PrintedPaper) -> str:
    """Whether it went to the printer, or only into its file."""
    if printed.failed:
        return _("not printed")
    return _("printer") if printed.event.to else _("file")


def prints_table(zone: tzinfo) -> RecordTable[PrintedPaper]:
    """What was printed, when, by whom, where it went."""
    return RecordTable[PrintedPaper](
        (
            RecordColumn("at", _("Printed"), lambda p: p.entry.occurred_at, "moment", 12),
            RecordColumn("title", _("Paper"), lambda p: p.event.title, cells=22),
            RecordColumn(
                "number", _("Number"), lambda p: p.event.number or p.event.about, cells=11
            ),
            RecordColumn("to", _("Went to"), whereto, cells=8),
            RecordColumn("by", _("By"), lambda p: actor_words(p.entry.actor), cells=7),
            RecordColumn("file", _("File"), lambda p: p.event.file, cells=REST),
        ),
        zone,
        _("none"),
    )
