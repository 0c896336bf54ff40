"""住户备注清单: the notes on households, for the head to go through."""

from __future__ import annotations

from dispatcher_tui.domain.site.notes_report import HouseholdNotesReport
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.site.note_lines import notes_table
from dispatcher_tui.present.table import value_text
from dispatcher_tui.reports.compose import composed, table_of
from dispatcher_tui.reports.document import Document, Facts, Heading
from dispatcher_tui.reports.registry import Objects, makes_document, makes_object


@makes_document(HouseholdNotesReport)
def notes_document(report: HouseholdNotesReport) -> Document:
    """What stands, then what is over, in the language in use."""
    zone = report.zone
    as_of = value_text(report.at.astimezone(zone), "moment")
    standing = table_of(notes_table(zone, report.at), report.standing)
    pairs = (
        (_("Estate"), report.site),
        (_("As of"), as_of),
        (_("Standing"), str(len(report.standing))),
    )
    return composed(
        report.site,
        _("Household notes"),
        (
            Facts(pairs, across=2),
            Heading(_("Standing")),
            standing,
            Heading(_("Over")),
            table_of(notes_table(zone, report.at, over=True), report.over),
        ),
        under=as_of,
        foot=_("As of {time}").format(time=as_of),
        data=standing,
        at=report.at,
    )


@makes_object(HouseholdNotesReport)
def notes_objects(report: HouseholdNotesReport) -> Objects:
    """The notes that stand, each as an object."""
    table = notes_table(report.zone, report.at)
    return [table.object(home) for home in report.standing]
