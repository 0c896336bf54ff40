"""What the desk prints through: a record in, the bytes of a file out.

A desk has it from its start, so what makes pages is imported with the first page.
"""

from __future__ import annotations

from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from dispatcher_tui.domain.case import Entry
from dispatcher_tui.domain.kinds import kind_of
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.watch_events import HandedOver

if TYPE_CHECKING:
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


class Reports:
    """Prints documents in every form there is.

    ``fonts`` is the folder of the shipped fonts; ``mark`` a word at every line of what a drill
    prints, empty for the record.
    """

    def __init__(self, fonts: Path, mark: str = "") -> None:
        self._fonts = fonts
        self._mark = mark

    def _bytes(self, document: Document, form: str) -> bytes:
        document = msgspec.structs.replace(document, mark=self._mark)
        if form == "pdf":
            from dispatcher_tui.reports.pdf import pdf  # a text needs no reportlab

            return pdf(document, self._fonts)
        from dispatcher_tui.reports.text import markdown, text

        written = markdown(document) if form == "md" else text(document)
        return written.encode("utf-8", "replace")

    def document(self, document: Document, form: str) -> bytes:
        """Any document as ``pdf``, ``txt`` or ``md``.

        Raises:
            FontMissing: a font that comes with the program is not there.
        """
        return self._bytes(document, form)

    def hand_over(
        self,
        entry: Entry,
        form: str,
        *,
        site: str,
        zone: tzinfo,
        procedure: Procedure | None = None,
    ) -> bytes:
        """A signed hand-over as ``pdf``, ``txt``, ``md`` or ``json``.

        Raises:
            FontMissing: a font that comes with the program is not there.
        """
        event = entry.event
        assert isinstance(event, HandedOver)
        if form == "json":
            found = hand_over_object(entry, site, zone)
            made = msgspec.json.encode({"drill": True, **found} if self._mark else found)
            return msgspec.json.format(made, indent=2) + b"\n"
        from dispatcher_tui.reports.hand_over import hand_over_document

        document = hand_over_document(
            event, site, zone, signed_at=entry.occurred_at, procedure=procedure
        )
        return self._bytes(document, form)
