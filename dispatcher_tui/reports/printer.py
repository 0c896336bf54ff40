"""What the desk prints through: a report in, the bytes of a file out.

A desk has it from its start, so what makes pages is imported with the first page.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from dispatcher_tui.present.record_hash import record_named

if TYPE_CHECKING:
    from dispatcher_tui.domain.papers.report import Report
    from dispatcher_tui.reports.document import Document


class Reports:
    """Prints documents in every form there is.

    ``fonts`` is the folder of the shipped fonts; ``mark`` a word at every line of what a drill
    prints, empty for the record; ``told`` hears, in the reader's language, what a file could not
    hold (a workbook's cell ends after 32,767 characters). ``record`` is whose record it is and
    which branch, by their hashes: it stands at the foot of every page.
    """

    def __init__(
        self,
        fonts: Path,
        mark: str = "",
        told: Callable[[str], None] | None = None,
        record: tuple[str, str] = ("", ""),
    ) -> None:
        self._fonts = fonts
        self._mark = mark
        self._told = told
        self._record = record

    def report(self, report: Report, form: str) -> bytes:
        """A report as the bytes of a file, in one of ``report.FORMS``.

        Raises:
            FontMissing: a font that comes with the program is not there.
        """
        from dispatcher_tui.reports.registry import document_of, object_of

        if form == "json":
            return self._json(object_of(report))
        return self.document(document_of(report), form)

    def title(self, report: Report) -> str:
        """What a report is called on its first page, in the language in use."""
        from dispatcher_tui.reports.registry import document_of

        return document_of(report).title

    def lacking(self, report: Report) -> str:
        """Which places of a report's page have characters that cannot be printed, in the language
        in use; empty where there are none.

        Raises:
            FontMissing: a font that comes with the program is not there.
        """
        from dispatcher_tui.reports.pdf.to_pdf import lacking_words
        from dispatcher_tui.reports.registry import document_of

        return lacking_words(document_of(report), self._fonts)

    def document(self, document: Document, form: str) -> bytes:
        """A document as the bytes of a file, in one of ``report.FORMS``.

        Raises:
            FontMissing: a font that comes with the program is not there.
        """
        foot = "  ".join(filter(None, (document.foot, record_named(*self._record))))
        document = msgspec.structs.replace(document, mark=self._mark, foot=foot)
        if form == "pdf":
            from dispatcher_tui.reports.pdf.to_pdf import lacking_words, pdf  # a text needs neither

            if self._told is not None and (boxes := lacking_words(document, self._fonts)):
                self._told(boxes)
            return pdf(document, self._fonts)
        if form == "xlsx":
            from dispatcher_tui.reports.xlsx.to_xlsx import xlsx

            return xlsx(document, self._told or (lambda _text: None))
        if form == "csv":
            from dispatcher_tui.reports.sheet_csv import comma_separated

            # By the mark at its head a spreadsheet knows the encoding.
            return comma_separated(document).encode("utf-8-sig", "replace")
        if form == "json":
            from dispatcher_tui.reports.registry import document_object

            return self._json(document_object(document))
        from dispatcher_tui.reports.plain_text import markdown, text

        written = markdown(document) if form == "md" else text(document)
        return written.encode("utf-8", "replace")

    def _json(self, found: dict[str, Any] | list[dict[str, Any]]) -> bytes:
        """An object for programs, to be read by people too; a drill's says that it is one."""
        from dispatcher_tui.present.json_text import json_text

        if isinstance(found, dict):
            record, branch = self._record
            known = {"record": record, "branch": branch} if record else {}
            found = {**({"drill": True} if self._mark else {}), **found, **known}
        return (json_text(found, indent=2) + "\n").encode("utf-8", "replace")
