"""The list of files whose keeping time is over, row by row."""

from __future__ import annotations

from datetime import datetime, tzinfo

from dispatcher_tui.domain.papers.retention import Expired, RetentionReason
from dispatcher_tui.domain.words.terms import Label
from dispatcher_tui.present.cells import fit
from dispatcher_tui.present.i18n import _, localized


def retention_reason(keep: RetentionReason) -> str:
    """Why a file is to be decided upon."""
    names = {
        RetentionReason.NONE: "",
        RetentionReason.EMERGENCY: _("emergency"),
        RetentionReason.CORRECTIVE: _("corrective action"),
        RetentionReason.TYPICAL: _("typical case"),
    }
    return names[keep]


def day_of(at: datetime, zone: tzinfo) -> str:
    """A day with its year: files are years old."""
    return f"{at.astimezone(zone):%Y-%m-%d}"


def where_filed(expired: Expired) -> str:
    """Binder and page of its closing paper."""
    if not expired.binder:
        return _("no paper")
    return _("binder {binder}, page {page}").format(binder=expired.binder, page=expired.page)


def level_of(expired: Expired) -> str:
    """The level it ended with."""
    return localized(Label(expired.level_zh, expired.level_en))


def expired_head() -> str:
    """The heads of the rows."""
    names = ((_("ended"), 10), (_("case"), 10), (_("level"), 9), (_("where filed"), 24))
    return " ".join(fit(name, cells) for name, cells in names) + " " + _("matter")


def expired_row(expired: Expired, zone: tzinfo) -> str:
    """One file: when its case ended, its number, where its paper is, what it was about."""
    kept = f"[{retention_reason(expired.keep)}] " if expired.keep else ""
    parts = (
        fit(day_of(expired.ended_at, zone), 10),
        fit(expired.number, 10),
        fit(level_of(expired), 9),
        fit(where_filed(expired), 24),
        kept + " ".join(f"{expired.place} {expired.content}".split()),
    )
    return " ".join(parts)
