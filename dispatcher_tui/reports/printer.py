"""What the desk prints through: a record in, the bytes of a file out.

A desk has it from its start, so what makes pages is imported with the first page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from dispatcher_tui.domain.case import Case, Entry
from dispatcher_tui.domain.duties import Duty
from dispatcher_tui.domain.kinds import kind_of
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.retention import Expired
from dispatcher_tui.domain.watch_events import HandedOver

if TYPE_CHECKING:
    from dispatcher_tui.domain.papers import CasePaper, WatchPaper
    from dispatcher_tui.domain.review import ReviewPaper
    from dispatcher_tui.reports.page import Document


def hand_over_object(entry: Entry, site: str, zone: tzinfo) -> dict[str, Any]:
    """A signed hand-over as the command line prints it for programs."""
    from dispatcher_tui.present.case_json import local_time
    from dispatcher_tui.reports.plain import plain

    return {
        "seq": entry.seq,
        "occurred_at": local_time(entry.occurred_at, zone),
        "recorded_at": local_time(entry.recorded_at, zone),
        "kind": kind_of(type(entry.event)),
        "actor": plain(entry.actor, zone),
        "cosigner": plain(entry.cosigner, zone),
        "site": plain(site, zone),
        **plain(entry.event, zone),
    }


def _case_object(paper: CasePaper) -> dict[str, Any]:
    """The case as the command line prints it for programs."""
    from dispatcher_tui.present.case_json import case_object
    from dispatcher_tui.present.glossary import Glossary

    names = Glossary(categories=paper.categories, kinds=paper.kinds)
    return case_object(paper.case, paper.duties, paper.rules, paper.at, paper.entries, names)


def document_object(document: Document) -> dict[str, Any]:
    """A document for programs that has no object of its own: its blocks, each by its kind."""
    from dispatcher_tui.reports.plain import plain

    blocks = [
        {"block": type(block).__name__.casefold(), **plain(block, UTC)} for block in document.blocks
    ]
    return {**plain(document, UTC), "blocks": blocks}


class Reports:
    """Prints documents in every form there is.

    ``fonts`` is the folder of the shipped fonts; ``mark`` a word at every line of what a drill
    prints, empty for the record; ``told`` hears, in the reader's language, what a file could not
    hold (a workbook's cell ends after 32,767 characters).
    """

    def __init__(
        self, fonts: Path, mark: str = "", told: Callable[[str], None] | None = None
    ) -> None:
        self._fonts = fonts
        self._mark = mark
        self._told = told

    def document(self, document: Document, form: str) -> bytes:
        """A document as the bytes of a file, in one of ``papers.FORMS``.

        Raises:
            FontMissing: a font that comes with the program is not there.
        """
        document = msgspec.structs.replace(document, mark=self._mark)
        if form == "pdf":
            from dispatcher_tui.reports.pdf import pdf  # a text needs no reportlab

            return pdf(document, self._fonts)
        if form == "xlsx":
            from dispatcher_tui.reports.xlsx import xlsx

            return xlsx(document, self._told or (lambda _text: None))
        if form == "csv":
            from dispatcher_tui.reports.sheet_csv import comma_separated

            # By the mark at its head a spreadsheet knows the encoding.
            return comma_separated(document).encode("utf-8-sig", "replace")
        if form == "json":
            return self.json(document_object(document))
        from dispatcher_tui.reports.text import markdown, text

        written = markdown(document) if form == "md" else text(document)
        return written.encode("utf-8", "replace")

    def json(self, found: dict[str, Any]) -> bytes:
        """An object for programs, to be read by people too; a drill's says that it is one."""
        from dispatcher_tui.present.json_text import json_text

        marked = {"drill": True, **found} if self._mark else found
        return (json_text(marked, indent=2) + "\n").encode("utf-8", "replace")

    def review(self, paper: ReviewPaper, form: str, *, site: str, zone: tzinfo) -> bytes:
        """The sheet of a week's review as ``pdf``, ``txt`` or ``md``.

        Raises:
            FontMissing: a font that comes with the program is not there.
        """
        from dispatcher_tui.reports.review import review_document

        return self.document(review_document(paper, site, zone), form)

    def hand_over(
        self,
        entry: Entry,
        form: str,
        *,
        site: str,
        zone: tzinfo,
        procedure: Procedure | None = None,
    ) -> bytes:
        """A signed hand-over in one of ``papers.FORMS``.

        Raises:
            FontMissing: a font that comes with the program is not there.
        """
        event = entry.event
        assert isinstance(event, HandedOver)
        if form == "json":
            return self.json(hand_over_object(entry, site, zone))
        from dispatcher_tui.reports.hand_over import hand_over_document

        document = hand_over_document(
            event, site, zone, signed_at=entry.occurred_at, procedure=procedure
        )
        return self.document(document, form)

    def dispatch_record(self, paper: CasePaper, form: str) -> bytes:
        """The dispatch record of one case in one of ``papers.FORMS``; as JSON it is the case.

        Raises:
            FontMissing: a font that comes with the program is not there.
        """
        if form == "json":
            return self.json(_case_object(paper))
        from dispatcher_tui.reports.dispatch_record import dispatch_record_document

        return self.document(dispatch_record_document(paper), form)

    def service_slip(self, paper: CasePaper, form: str) -> bytes:
        """The closing paper of a case with its copy, to be handed out.

        Raises:
            FontMissing: a font that comes with the program is not there.
        """
        from dispatcher_tui.reports.service_slip import service_slip_document

        return self.document(service_slip_document(paper), form)

    def work_log(self, paper: WatchPaper, form: str) -> bytes:
        """The work log of one watch in one of ``papers.FORMS``.

        Raises:
            FontMissing: a font that comes with the program is not there.
        """
        from dispatcher_tui.reports.work_log import work_log_document

        return self.document(work_log_document(paper), form)

    def corrective(
        self,
        case: Case,
        entries: Sequence[Entry],
        duties: Sequence[Duty],
        form: str,
        *,
        site: str,
        zone: tzinfo,
        procedure: Procedure,
        at: datetime,
    ) -> bytes:
        """The report of a corrective action as ``pdf``, ``txt`` or ``md``."""
        from dispatcher_tui.reports.capa import Paper, capa_document

        paper = Paper(case, entries, duties, procedure, zone)
        return self.document(capa_document(paper, site, at), form)

    def retention(
        self,
        due: Sequence[Expired],
        decide: Sequence[Expired],
        form: str,
        *,
        site: str,
        zone: tzinfo,
        at: datetime,
        years: int,
    ) -> bytes:
        """The list of files whose keeping time is over as ``pdf``, ``txt`` or ``md``."""
        from dispatcher_tui.reports.retention import retention_document

        found = retention_document(due, decide, site=site, zone=zone, at=at, years=years)
        return self.document(found, form)
