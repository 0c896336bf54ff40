"""The leaders' orders in an emergency: each a case of its own, handed down and followed (E-08)."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from dispatcher_tui.desk.desk import Desk, Done
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.emergency.post_held import ORDERS
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.words.place import more_than_place
from dispatcher_tui.domain.words.terms import Channel
from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.store.tx import Tx

ORDER_CLASS = "leader_order"
"""The class of a leader's order, where the site has it: orders are counted as what they are."""


def _open_order(desk: Desk, tx: Tx, emergency: Case, *, by: str, text: str, place: str) -> Done:
    """A case for what a leader ordered in an emergency (E-08), under the procedure that handles
    orders and at its last level: it has duties of its own and holds no post."""
    known = next((c for c in desk.site.categories if c.id == ORDER_CLASS), None)
    now = desk.clock.now()
    words = clean_text(text).text.strip()
    if not words:
        raise Refusal("order_missing", ORDERS)
    at, registered = desk.in_register(tx, place)
    ref = desk.in_force.pin(known, "")
    command = replace(
        desk.blank(tx, now, now),
        procedure=ref,
        level=desk.rulebook.procedure(ref).levels[-1].id,
        caller=clean_text(by, multiline=False).text.strip(),
        channel=Channel.SUPERIOR,
        place=at,
        registered=registered,
        verbatim=words,
        category=known.id if known else "",
        case_class=known.case_class if known else "",
        tags=known.tags if known else (),
        nature="order",
        tied_to=emergency.number,
    )
    done = desk.opening(tx, command, now)
    if more := more_than_place(place):
        return desk.perform_in(tx, done.case.id, cmd.AddNote(text=more))
    return done


class Order(msgspec.Struct, frozen=True):
    """A leader's order that nobody was told of yet."""

    case_id: str
    number: str
    text: str


def orders_untold(desk: Desk, case: Case) -> tuple[Order, ...]:
    """The orders given in an emergency that still wait for somebody to carry them out (P0-02)."""
    given = (desk.record(number).case for number in case.orders)
    return tuple(
        Order(order.id, order.number, order.verbatim)
        for order in given
        if order.notified_at is None and not order.stage.handled
    )


def issue_order(
    desk: Desk, case_id: str, by: str, text: str, place: str = "", person: str = ""
) -> Done:
    """E-08: a leader's order becomes a case of its own, tied to the emergency; together or not.

    ``person`` is the roster's id of ``by``; without one they are written down as a stranger.

    Raises:
        Refusal: nobody gave it, or nothing was asked for.
    """

    def job(tx: Tx) -> Done:
        record = tx.case(case_id)
        if record is None:
            raise Refusal("no_case", number=case_id)
        emergency = record.case
        done = _open_order(desk, tx, emergency, by=by, text=text, place=place or emergency.place)
        order = cmd.IssueOrder(
            order=done.case.id, number=done.case.number, by=by, text=text, person=person
        )
        desk.perform_in(tx, case_id, order)
        return done

    return desk.store.transact(job)
