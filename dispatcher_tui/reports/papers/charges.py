"""收费清单: what filed papers charge, for the cashier to sign for."""

from __future__ import annotations

from datetime import tzinfo

from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.record.record_events import Charge, ChargesHandedOver
from dispatcher_tui.domain.words.money import format_fen
from dispatcher_tui.present.i18n import _, language
from dispatcher_tui.reports.document import (
    Column,
    Document,
    Facts,
    Heading,
    Para,
    SignatureField,
    Table,
)


def _rows(charges: tuple[Charge, ...], zone: tzinfo) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            str(n),
            charge.slip,
            charge.case,
            charge.place,
            charge.filed_at.astimezone(zone).strftime("%y-%m-%d") if charge.filed_at else "",
            "/".join(filter(None, (charge.binder, charge.page))),
            format_fen(charge.before_fen) if charge.before_fen else "",
            format_fen(charge.fen),
        )
        for n, charge in enumerate(charges, 1)
    )


def _table(charges: tuple[Charge, ...], zone: tzinfo) -> Table:
    columns = (
        Column(_("No."), 3, whole=True, align="right"),
        Column(_("Paper"), 9, whole=True),
        Column(_("Case no."), 9, whole=True),
        Column(_("Place"), 9),
        Column(_("Filed"), 8, whole=True),
        Column(_("Binder/page"), 10),
        Column(_("Before"), 8, whole=True, align="right"),
        Column(_("Charge"), 8, whole=True, align="right"),
    )
    return Table(columns, _rows(charges, zone), _("nothing to charge"))


def charges_document(entry: Entry, site: str, zone: tzinfo, copy: int = 0) -> Document:
    """A list that was handed over, to print.

    Args:
        entry: a ``ChargesHandedOver``.
        site: the site's name.
        zone: the site's.
        copy: which copy it is; 0 is the original, the one that is signed.
    """
    event = entry.event
    assert isinstance(event, ChargesHandedOver)
    at = entry.occurred_at.astimezone(zone)
    corrected = sum(1 for charge in event.charges if charge.before_fen)
    title = _("Charges of filed papers {month}").format(month=event.period)
    if copy:
        title = _("COPY {n}: {title}").format(n=copy, title=title)
    facts = (
        (_("Estate"), site),
        (_("Month"), event.period),
        (_("Given to the cashier"), f"{at:%Y-%m-%d %H:%M}"),
        (_("Given by"), entry.actor),
        (_("Papers"), str(len(event.charges) - corrected)),
        (_("Differences"), str(corrected)),
        (_("Total, yuan"), format_fen(event.total_fen)),
        (_("Printed as"), _("copy {n}").format(n=copy) if copy else _("original")),
    )
    note = _("“Before” was handed over for that paper earlier: the charge is the difference.")
    return Document(
        title=title,
        subtitle=f"{site}  {event.period}",
        head=f"{site}  {title}",
        foot=_("Entry {seq}, {time}").format(seq=entry.seq, time=f"{at:%Y-%m-%d %H:%M}"),
        blocks=(
            Facts(facts, across=2),
            Heading(_("Charges")),
            _table(event.charges, zone),
            *([Para(note)] if corrected else []),
        ),
        signatures=(
            SignatureField(_("Given by"), entry.actor),
            SignatureField(_("Received by the cashier"), event.to),
        ),
        hand=_("Signature"),
        day=_("Date"),
        language=language(),
    )
