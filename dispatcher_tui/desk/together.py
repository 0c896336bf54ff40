"""Several commands on one case that stand or fall together, and the closing paper's own way."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from dispatcher_tui.desk.desk import Desk, Done
from dispatcher_tui.desk.operators import check_pin
from dispatcher_tui.domain import commands as cmd
from dispatcher_tui.domain.case import Case
from dispatcher_tui.domain.closing import missing_for_final
from dispatcher_tui.domain.refusal import Refusal
from dispatcher_tui.store.records import Operator
from dispatcher_tui.store.tx import Tx


class Signing(msgspec.Struct, frozen=True):
    """A signature as it was typed; ``role`` is the one that has to sign, any where empty.

    ``role_name`` is what that role is called where the signer does not hold it.
    """

    name: str
    pin: str
    role: str = ""
    role_name: str = ""


class PaperGiven(msgspec.Struct, frozen=True):
    """What there is of the closing paper so far; what is empty is not there yet."""

    number: str = ""
    in_hand: bool = False
    signing: Signing | None = None
    binder: str = ""
    page: str = ""
    charge_fen: int = 0


def sign(desk: Desk, signing: Signing) -> Operator:
    """The operator who signs, if the PIN is theirs and they hold the role.

    Raises:
        Refusal: wrong PIN, locked, unknown, or another role.
    """
    operator = check_pin(desk, signing.name, signing.pin)
    if signing.role and operator.role != signing.role:
        role = signing.role_name or signing.role
        raise Refusal("wrong_role", name=operator.name, role=role)
    return operator


def cosigner(desk: Desk, *names: str) -> str:
    """Who signed besides the one who acts."""
    return ", ".join(dict.fromkeys(name for name in names if name != desk.actor))


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


def write_off(desk: Desk, key: str, command: cmd.WriteOff, signings: Sequence[Signing]) -> Done:
    """销项, with everybody's PIN checked who has to sign for it (E-09).

    Raises:
        Refusal: a PIN is wrong, or the checklist lacks something; nothing was written.
    """
    signed = {signing.role: sign(desk, signing).name for signing in signings}
    complete = msgspec.structs.replace(command, signed=signed)
    return desk.perform(key, complete, cosigner=cosigner(desk, *signed.values()))


def agree_by_phone(desk: Desk, key: str, subject: str, name: str, remark: str = "") -> Done:
    """Somebody agreed to an item of the checklist by phone: pending until they sign (E-09).

    Raises:
        Refusal: nobody is named, or nobody who holds the role; it is signed or agreed already, or
            it needs the signature here.
    """
    case = desk.record(key).case
    item = next((i for i in desk.rules_of(case).procedure.write_off if i.id == subject), None)
    if item is not None and item.role:
        holds(desk, name.strip(), item.role, item.rule)
    return desk.perform(key, cmd.AgreeByPhone(subject=subject, name=name, remark=remark))


def holds(desk: Desk, name: str, role: str, rule: str) -> None:
    """Refuse a name that nobody of the role has, where anybody is known to hold it."""
    store = desk.store
    holders = {person.name for person in store.people() if person.role == role}
    holders |= {each.name for each in store.operators() if each.role == role}
    if name and holders and name not in holders:
        raise Refusal("not_in_role", rule, name=name, known=", ".join(sorted(holders)))


def sign_owed(desk: Desk, key: str, owed: str, signing: Signing) -> Done:
    """The signature that was owed since it was agreed by phone; ``owed`` is that agreement's key.

    Raises:
        Refusal: the PIN is wrong, or another role has to sign; nothing was written.
    """
    signer = sign(desk, signing)
    command = cmd.SignOwed(key=owed, name=signer.name, role=signer.role)
    return desk.perform(key, command, cosigner=cosigner(desk, signer.name))


def take_paper(desk: Desk, key: str, given: PaperGiven) -> Case:
    """As far as the closing paper goes: in hand, signed, filed, and final where all is there.

    Each is an entry of its own and stays, whatever the next one comes to.

    Raises:
        Refusal: one of them cannot stand; those before it are written.
    """
    case = desk.record(key).case
    if case.slip.received_at is None and given.in_hand and given.number.strip():
        case = desk.perform(key, cmd.ReceivePaper(number=given.number)).case
    if case.slip.received_at and case.slip.signed_at is None and given.signing is not None:
        signer = sign(desk, given.signing)
        command = cmd.SignPaper(signer=signer.name, role=signer.role)
        case = desk.perform(key, command, cosigner=cosigner(desk, signer.name)).case
    if case.slip.signed_at and case.slip.filed_at is None and given.binder and given.page:
        filed = cmd.FilePaper(binder=given.binder, page=given.page, charge_fen=given.charge_fen)
        case = desk.perform(key, filed).case
    owed = desk.record(key).duties
    if not missing_for_final(desk.rules_of(case).procedure, case, owed):
        case = desk.perform(key, cmd.CloseFinal()).case
    return case
