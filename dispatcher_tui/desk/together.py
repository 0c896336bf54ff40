"""Several commands on one case that stand or fall together, and the closing paper's own way."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from dispatcher_tui.desk.desk import Desk, Done
from dispatcher_tui.desk.operators import check_pin, refuse_differing
from dispatcher_tui.desk.papers.paper_numbers import doubts, receive, refuse_doubted
from dispatcher_tui.domain.case import decide_signing
from dispatcher_tui.domain.case.decide_signing import may_sign, seen
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.duties.closing import missing_for_final
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record.case import Case, Entry
from dispatcher_tui.domain.record.sign_off import NO_INK, Ink, how_signed, same_person
from dispatcher_tui.domain.record.watch_events import DeskSigned
from dispatcher_tui.domain.time.calendar import due_at
from dispatcher_tui.domain.time.due import parse_due
from dispatcher_tui.domain.words.terms import SignedBy
from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.store.tx import Tx


class Signing(msgspec.Struct, frozen=True):
    """A signature as it was typed; ``role`` is the one that has to sign, any where empty.

    By the PIN of ``name``, unless it stands in ``ink`` and the one who acts has seen it.
    ``role_name`` is what that role is called where the signer does not hold it.
    """

    name: str
    pin: str = ""
    role: str = ""
    role_name: str = ""
    ink: Ink | None = None

    def __repr__(self) -> str:
        """Without the PIN: it is shown nowhere."""
        return f"Signing(name={self.name!r}, role={self.role!r}, ink={self.ink!r})"


class SignatureGiven(msgspec.Struct, frozen=True):
    """A signature that stands: whose, in which role, and where in ink if it is no PIN's."""

    name: str
    role: str
    ink: Ink | None = None

    def under(self, subject: str, rule: str, *, remark: str = "", of: str = "") -> DeskSigned:
        """The entry of it for what is no case; ``of`` is an agreement that it makes good.

        Raises:
            Refusal: it is a seal: what the desk itself has signed is signed by a person.
        """
        ink = self.ink or NO_INK
        if ink.seal:
            raise Refusal("seal_not_allowed", rule)
        return DeskSigned(
            subject=subject,
            rule=rule,
            role=self.role,
            name=self.name,
            how=how_signed(self.ink),
            remark=remark,
            of=of,
            paper=ink.paper,
            page=ink.page,
        )


class PaperGiven(msgspec.Struct, frozen=True):
    """What there is of the closing paper so far; what is empty is not there yet.

    ``sure``: the number that was asked about, being odd, and confirmed.
    """

    number: str = ""
    in_hand: bool = False
    signing: Signing | None = None
    binder: str = ""
    page: str = ""
    charge_fen: int = 0
    sure: str = ""


def sign(desk: Desk, signing: Signing) -> SignatureGiven:
    """The signature, if the PIN is its signer's, or the ink was seen, and they hold the role.

    Every signature of the desk goes this way, but for those of the watch itself.

    Raises:
        Refusal: wrong PIN, locked, unknown, another role; of ink, nobody named, no paper or page,
            or the one who acts would bear witness to themselves.
    """
    if signing.ink is not None:
        return _in_ink(desk, signing, signing.ink)
    operator = check_pin(desk, signing.name, signing.pin)
    if signing.role and operator.role != signing.role:
        role = signing.role_name or signing.role
        raise Refusal("wrong_role", name=operator.name, role=role)
    return SignatureGiven(operator.name, operator.role)


def _in_ink(desk: Desk, signing: Signing, ink: Ink) -> SignatureGiven:
    """Somebody's signature in ink, as far as it can be judged: who, in which role, and where."""
    name, paper, page = (
        clean_text(typed, multiline=False).text.strip()
        for typed in (signing.name, ink.paper, ink.page)
    )
    stands = seen(Ink(paper, page, seal=ink.seal), name, desk.actor)
    if ink.seal:
        return SignatureGiven(name, signing.role, stands)
    _refuse_differing(desk, name)
    known = desk.store.roles_held()
    may_sign(known, name, signing.role, role_name=signing.role_name)
    held = (each.role for each in known if each.role and same_person(each.name, name))
    return SignatureGiven(name, signing.role or next(held, ""), stands)


def _refuse_differing(desk: Desk, name: str) -> None:
    """What somebody signs as is looked up in rows: none of theirs may be another than adopted."""
    desk.lists.refuse_differing(name)
    for operator in desk.store.operators():
        if same_person(operator.name, name):
            refuse_differing(desk.store, operator)


def cosigner(desk: Desk, *given: SignatureGiven) -> str:
    """Who signed by PIN besides the one who acts; ink proves itself on its paper."""
    names = (each.name for each in given if each.ink is None and each.name != desk.actor)
    return ", ".join(dict.fromkeys(names))


class Agreed(msgspec.Struct, frozen=True):
    """Somebody's word on the phone for what is no case: for what, by which rule, in which role."""

    subject: str
    rule: str
    role: str
    name: str
    remark: str = ""
    procedure: str = ""


def agreed(desk: Desk, by: Agreed) -> DeskSigned:
    """The entry of an agreement by phone; its signature is owed by the time the procedure gives.

    Raises:
        Refusal: the procedure knows no such thing, nobody is named, or nobody who has the role.
    """
    named = desk.in_force.signature(by.procedure)
    name = clean_text(by.name, multiline=False).text.strip()
    if named is None or not by.role:
        raise Refusal("not_by_phone", by.rule)
    if not name:
        raise Refusal("name_missing", by.rule)
    refuse_stranger(desk, name, by.role, by.rule)
    return DeskSigned(
        subject=by.subject,
        rule=by.rule,
        role=by.role,
        name=name,
        how=SignedBy.PHONE,
        remark=by.remark,
        due=due_at(desk.rules.calendar, parse_due(named.due), desk.clock.now()).at,
    )


def sign_owed_by_desk(desk: Desk, key: str, signing: Signing, remark: str = "") -> Entry:
    """What was agreed by phone and is of no case is signed now; ``key`` is that agreement's.

    Raises:
        Refusal: none is owed, or the PIN is wrong or another role's; nothing was written.
        Failure: the file could not be written; nothing was.
    """
    owed = next((s for s in desk.post.sign_offs if s.key == key and s.owed), None)
    if owed is None:
        raise Refusal("nothing_owed")
    signer = sign(desk, msgspec.structs.replace(signing, role=owed.role))
    event = signer.under(owed.subject, owed.rule, remark=remark, of=owed.key)

    def job(tx: Tx) -> Entry:
        if all(s.key != key or not s.owed for s in tx.post().sign_offs):
            raise Refusal("nothing_owed")
        return desk.note_in(tx, event, cosigner=cosigner(desk, signer))[0]

    return desk.store.transact(job)


def perform_all(
    desk: Desk, key: str, commands: Sequence[cmd.Command], *, cosigned: str = ""
) -> Done:
    """Carry out all of the commands or none; the entries are those of all of them.

    Raises:
        Refusal: the record cannot take one of them; nothing was written.
        Failure: the file could not be written; nothing was written.
    """

    def job(tx: Tx) -> Done:
        done = [desk.perform_in(tx, key, command, cosigner=cosigned) for command in commands]
        entries = tuple(entry for each in done for entry in each.entries)
        return msgspec.structs.replace(done[-1], entries=entries)

    return desk.store.transact(job)


def perform_signed(
    desk: Desk, key: str, commands: Sequence[cmd.Command], signing: Signing | None
) -> Done:
    """Carry out all of the commands or none, signed for where that is asked (``signing``).

    A PIN is co-signed; a signature in ink is an entry of its own beside the act it is under.

    Raises:
        Refusal: the signature is none, or the record cannot take one of the commands.
    """
    if signing is None:
        return perform_all(desk, key, commands)
    given = sign(desk, signing)
    if given.ink is None:
        return perform_all(desk, key, commands, cosigned=given.name)
    inked = [
        msgspec.structs.replace(each, role=given.role, signer=given.name, ink=given.ink)
        if isinstance(each, cmd.RecordStep)
        else each
        for each in commands
    ]
    return perform_all(desk, key, inked)


def write_off(desk: Desk, key: str, command: cmd.WriteOff, signings: Sequence[Signing]) -> Done:
    """销项, with everybody's PIN or ink checked who has to sign for it (E-09).

    Raises:
        Refusal: a signature is none, or the checklist lacks something; nothing was written.
    """
    given = {signing.role: sign(desk, signing) for signing in signings}
    complete = msgspec.structs.replace(
        command,
        signed={role: each.name for role, each in given.items()},
        ink={role: each.ink for role, each in given.items() if each.ink is not None},
    )
    return desk.perform(key, complete, cosigner=cosigner(desk, *given.values()))


def agree_by_phone(desk: Desk, key: str, subject: str, name: str, remark: str = "") -> Done:
    """Somebody agreed to an item of the checklist by phone: pending until they sign (E-09).

    Raises:
        Refusal: nobody is named, or nobody who holds the role; it is signed or agreed already, or
            it needs the signature here.
    """
    case = desk.record(key).case
    item = next((i for i in desk.rules_of(case).procedure.write_off if i.id == subject), None)
    if item is not None and item.role:
        refuse_stranger(desk, name.strip(), item.role, item.rule)
    return desk.perform(key, cmd.AgreeByPhone(subject=subject, name=name, remark=remark))


def refuse_stranger(desk: Desk, name: str, role: str, rule: str) -> None:
    """Refuse a name that nobody of the role has, where anybody is known to hold it.

    Raises:
        Refusal: it is such a name; the detail says who does.
    """
    decide_signing.refuse_stranger(desk.store.roles_held(), name, role, rule)


def sign_owed(desk: Desk, key: str, owed: str, signing: Signing) -> Done:
    """The signature that was owed since it was agreed by phone; ``owed`` is that agreement's key.

    Raises:
        Refusal: the PIN is wrong, or another role has to sign; nothing was written.
    """
    signer = sign(desk, signing)
    command = cmd.SignOwed(key=owed, name=signer.name, role=signer.role, ink=signer.ink)
    return desk.perform(key, command, cosigner=cosigner(desk, signer))


def take_paper(desk: Desk, key: str, given: PaperGiven) -> Case:
    """As far as the closing paper goes: in hand, signed, filed, and final where all is there.

    Each is an entry of its own and stays, whatever the next one comes to.

    Raises:
        Refusal: one of them cannot stand, or the number is odd and was not confirmed; those before
            it are written.
    """
    case = desk.record(key).case
    if case.slip.received_at is None and given.in_hand and given.number.strip():
        case = receive(desk, key, given.number, given.sure)
    if case.slip.received_at and case.slip.signed_at is None and given.signing is not None:
        signer = sign(desk, given.signing)
        command = cmd.SignPaper(signer=signer.name, role=signer.role, ink=signer.ink)
        case = desk.perform(key, command, cosigner=cosigner(desk, signer)).case
    if case.slip.signed_at and case.slip.filed_at is None and given.binder and given.page:
        filed = cmd.FilePaper(binder=given.binder, page=given.page, charge_fen=given.charge_fen)
        case = desk.perform(key, filed).case
    owed, procedure = desk.record(key).duties, desk.rules_of(case).procedure
    if not missing_for_final(procedure, case, owed):
        refuse_doubted(doubts(desk, key, ""), procedure.closing_paper.rule, given.sure)
        case = desk.perform(key, cmd.CloseFinal()).case
    return case
