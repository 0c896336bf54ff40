"""服务单: the slip that goes to the home with whoever does the work, and its copy for the binder.

Both stand on one sheet, to be torn in two; the copy comes back signed and closes the case.
"""

from __future__ import annotations

from collections.abc import Iterator

from dispatcher_tui.domain.papers.report import SlipReport
from dispatcher_tui.present.case.passing_on_lines import version_mark
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.reports.case.case_words import CaseWords, form_name
from dispatcher_tui.reports.compose import composed
from dispatcher_tui.reports.document import Block, Document, Facts, Heading, Para, Tear
from dispatcher_tui.reports.registry import makes_document

_ROOM, _MORE_ROOM = "\n", "\n\n"
"""Two lines, and three, to write on by hand."""


def _half(w: CaseWords, title: str, which: str) -> Iterator[Block]:
    """One of the two: what is known is printed, what is found out is written by hand."""
    case, (caller, phone) = w.case, w.first_caller()
    told = case.assignee.notified_at if case.assignee else None
    mark = version_mark(case.slip.version)
    yield Heading("  ".join(filter(None, (title, case.slip.number, mark, f"[{which}]"))))
    if mark:
        yield Para(_("This print is {mark}: older prints are void.").format(mark=mark))
    known = (
        (_("Case number"), case.number),
        (_("Opened"), w.time(case.opened_at)),
        (_("Place"), case.place),
        (_("Level"), w.level()),
        (_("Caller"), caller),
        (_("Phone"), phone),
        (_("Assignee"), w.responsible()),
        (_("Told"), w.time(told)),
    )
    yield Facts(known, across=2)
    words = "  ".join(filter(None, (w.category(), " ".join(case.verbatim.split()))))
    yield Facts(
        (
            (_("Content"), words),
            (_("Work done"), _MORE_ROOM),
            (_("Material"), _ROOM),
        )
    )
    boxes = "  ".join(f"[  ] {word}" for word in (_("Satisfied"), _("Fair"), _("Dissatisfied")))
    by_hand = (
        (_("Arrived"), ""),
        (_("Finished"), ""),
        (_("Charge (yuan)"), ""),
        (_("Resident's word"), boxes),
        (_("Done by (signature)"), _ROOM),
        (_("Resident (signature, date)"), _ROOM),
    )
    yield Facts(by_hand, across=2)


@makes_document(SlipReport)
def service_slip_document(report: SlipReport) -> Document:
    """The slip of a case with its copy, in the language in use; the case has its number."""
    w = CaseWords(report.of)
    closing = w.procedure.closing_paper
    title = form_name(w.procedure, "service_slip", localized(closing.name))
    back = _("The copy, signed, goes back to the desk [{rule}].").format(rule=closing.rule)
    return composed(
        "",
        w.report.site,
        (
            *_half(w, title, _("original")),
            Tear(),
            *_half(w, title, _("COPY")),
            Para(back),
        ),
        head=f"{title}  {w.case.slip.number}  {version_mark(w.case.slip.version)}".rstrip(),
        foot=w.foot(),
        at=w.report.at,
    )
