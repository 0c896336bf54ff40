"""A register of the handout book on paper: a line for each thing that went out."""

from __future__ import annotations

from dispatcher_tui.domain.watch.handout_book import HandoutBook, HandoutRow
from dispatcher_tui.domain.watch.handouts import HandoutField
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.line_texts import due_time
from dispatcher_tui.present.table import RecordColumn, RecordTable, Value
from dispatcher_tui.present.watch.handout_lines import (
    handout_object,
    row_state,
    what_went,
    who_has,
)
from dispatcher_tui.reports.compose import composed, table_of
from dispatcher_tui.reports.document import Document
from dispatcher_tui.reports.registry import Objects, makes_document, makes_object


def _field(field: HandoutField) -> RecordColumn[HandoutRow]:
    def value(row: HandoutRow) -> Value:
        return row.text.fields.get(field.id, "") if row.text is not None else ""

    return RecordColumn(field.id, localized(field.label), value, share=13, by_hand=True)


def _columns(book: HandoutBook) -> tuple[RecordColumn[HandoutRow], ...]:
    """Number, when it went out, what, who, the register's own fields, how it came back."""
    register = book.register

    def out(row: HandoutRow) -> str:
        return f"{row.at.astimezone(book.zone):%m-%d %H:%M}"

    def due(row: HandoutRow) -> str:
        return due_time(row.due, book.at, book.zone) if row.due is not None else ""

    def back(row: HandoutRow) -> str:
        return f"{row.back_at.astimezone(book.zone):%m-%d %H:%M}" if row.back_at else ""

    def names(row: HandoutRow) -> str:
        return "\n".join(filter(None, (row.by, row.back_by)))

    def claimant(row: HandoutRow) -> str:
        return row.back_text.who if row.back_text is not None else ""

    what = localized(register.what) if register.what is not None else _("What")
    found: list[RecordColumn[HandoutRow]] = [
        RecordColumn("number", _("Number"), lambda r: r.number, share=6, whole=True),
        RecordColumn(
            "out",
            localized(register.out),
            lambda r: r.at,
            "moment",
            share=11,
            whole=True,
            words=out,
        ),
        RecordColumn("what", what, what_went, share=18, by_hand=True),
        RecordColumn("who", localized(register.who), who_has, share=11, by_hand=True),
        *(_field(each) for each in register.fields),
        RecordColumn(
            "due", _("Back by"), lambda r: r.due, "moment", share=11, whole=True, words=due
        ),
        RecordColumn(
            "back",
            localized(register.back),
            lambda r: r.back_at,
            "moment",
            share=11,
            whole=True,
            words=back,
            by_hand=True,
        ),
    ]
    if register.claimant is not None:
        label = localized(register.claimant)
        found.append(RecordColumn("claimant", label, claimant, share=11, by_hand=True))
    return (
        *found,
        RecordColumn("names", _("On watch"), names, share=10, by_hand=True),
        RecordColumn("state", _("Note"), lambda r: row_state(r, book.at), share=15, by_hand=True),
    )


@makes_object(HandoutBook)
def _objects(book: HandoutBook) -> Objects:
    return [handout_object(row, book.at, book.zone) for row in book.rows]


@makes_document(HandoutBook)
def handout_document(book: HandoutBook) -> Document:
    """The register in the language in use."""
    empty = _("Nothing went out in these days.")
    listing = RecordTable[HandoutRow](_columns(book), book.zone, empty)
    days = f"{book.first:%Y-%m-%d} - {book.last:%Y-%m-%d}"
    return composed(
        book.site,
        localized(book.register.label),
        (table_of(listing, book.rows),),
        under=days,
        head=days,
        data=table_of(listing, book.rows, data=True),
        at=book.at,
    )
