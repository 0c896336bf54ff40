"""The list of files whose keeping time is over: its columns, on the screen and on paper."""

from __future__ import annotations

from datetime import tzinfo

from dispatcher_tui.domain.papers.retention import Expired, RetentionReason
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.table import REST, RecordColumn, RecordTable


def retention_reason(keep: RetentionReason) -> str:
    """Why a file is to be decided upon."""
    names = {
        RetentionReason.NONE: "",
        RetentionReason.EMERGENCY: _("emergency"),
        RetentionReason.CORRECTIVE: _("corrective action"),
        RetentionReason.TYPICAL: _("typical case"),
    }
    return names[keep]


def _where_filed(expired: Expired) -> str:
    """Binder and page of its closing paper."""
    if not expired.binder:
        return _("no paper")
    return _("binder {binder}, page {page}").format(binder=expired.binder, page=expired.page)


def _matter(expired: Expired) -> str:
    """What it was about, after the reason to keep it."""
    reason = f"[{retention_reason(expired.keep)}] " if expired.keep else ""
    words = localized(expired.kind) if expired.kind else expired.line.content
    return f"{reason}{expired.line.place} {words}"


def expired_table(zone: tzinfo, *, why: bool = False) -> RecordTable[Expired]:
    """The list; with ``why`` of those that somebody decides upon one by one."""
    last = (
        RecordColumn[Expired]("keep", _("Why keep"), lambda e: retention_reason(e.keep), share=14)
        if why
        else RecordColumn[Expired]("destroyed", _("Destroyed"), lambda e: None, share=10)
    )
    return RecordTable[Expired](
        (
            RecordColumn("ended_at", _("Ended"), lambda e: e.ended_at, "day", 10, 11, whole=True),
            RecordColumn(
                "case", _("Case no."), lambda e: e.line.number, "text", 10, 10, whole=True
            ),
            RecordColumn(
                "level", _("Level"), lambda e: localized(e.line.level_label), "text", 9, 8
            ),
            RecordColumn("until", _("Kept until"), lambda e: e.until, "day", share=11, whole=True),
            RecordColumn("paper", _("Paper"), lambda e: e.paper, share=12, none="-"),
            RecordColumn("binder", _("Binder"), lambda e: e.binder, share=10, none="-"),
            RecordColumn("page", _("Page"), lambda e: e.page, share=6, none="-"),
            RecordColumn("filed", _("where filed"), _where_filed, cells=24),
            RecordColumn("matter", _("matter"), _matter, cells=REST),
            last,
        ),
        zone,
        _("none"),
    )
