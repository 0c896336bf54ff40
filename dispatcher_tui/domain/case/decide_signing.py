"""Deciding signatures: who may sign for what, by PIN here, by phone and owed, or seen in ink."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import msgspec

from dispatcher_tui.domain.case.naming import refuse_figure, refuse_no_name
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.duties.closing import agreement, broken_limit, is_signed, write_off_items
from dispatcher_tui.domain.duties.duties import Rules
from dispatcher_tui.domain.printed_form import place_of
from dispatcher_tui.domain.procedure import Item, Procedure, Step
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.record.context import CommandContext, RoleHeld
from dispatcher_tui.domain.record.sign_off import NO_INK, Ink, how_signed, owed, same_person
from dispatcher_tui.domain.words.leaf import bare_leaf
from dispatcher_tui.domain.words.terms import SignedBy

MONEY = "compensation"
"""What an approver's signature above the operator's limit is for."""


def _own(context: CommandContext, name: str, rule: str) -> None:
    """Four eyes: whoever acts cannot also sign for it."""
    if same_person(name, context.actor):
        raise Refusal("four_eyes", rule, name=name)


def _item(case: Case, subject: str, rules: Rules) -> Item:
    for item in write_off_items(rules.procedure, case):
        if item.id == subject and item.kind == "signature":
            return item
    raise Refusal("not_signed_for", subject=subject)


def seen(ink: Ink, name: str, actor: str, rule: str = "") -> Ink:
    """A signature in ink as the one who acts has seen it, by the rule that asks for it.

    Raises:
        Refusal: nobody is named, or by a bare figure; paper or page are not; or it is the actor's
            own: nobody bears witness to themselves.
    """
    paper, page = ink.paper.strip(), bare_leaf(ink.page)
    if not name.strip():
        raise Refusal("ink_name_missing", rule)
    refuse_figure(name, rule)
    if not paper:
        raise Refusal("ink_paper_missing", rule)
    if not page:
        raise Refusal("ink_page_missing", rule)
    if same_person(name, actor):
        raise Refusal("ink_own", rule, name=name.strip())
    return Ink(paper, page, actor, ink.seal)


def refuse_stranger(known: Iterable[RoleHeld], name: str, role: str, rule: str) -> None:
    """Refuse a name that nobody of the role has, where anybody is known to hold it.

    Raises:
        Refusal: it is such a name; the detail says who does.
    """
    holders = {each.name for each in known if each.role == role}
    if name.strip() and holders and not any(same_person(each, name) for each in holders):
        raise Refusal("not_in_role", rule, name=name.strip(), known=", ".join(sorted(holders)))


def may_sign(
    known: Collection[RoleHeld], name: str, role: str, rule: str = "", role_name: str = ""
) -> None:
    """Refuse a signature in ink by whom it cannot be; any may be where no role is asked.

    Where nobody is known in the role, it is refused to who is known in another only.

    Raises:
        Refusal: others hold that role, or this one holds another; ``role_name`` is what it says.
    """
    if not role:
        return
    refuse_stranger(known, name, role, rule)
    held = {each.role for each in known if each.role and same_person(each.name, name)}
    if held and role not in held:
        raise Refusal("wrong_role", rule, name=name.strip(), role=role_name or role)


def seen_ink(
    ink: Ink | None, name: str, role: str, rule: str, m: CommandContext, *, seal: bool = False
) -> Ink:
    """Where a signature in that role stands in ink, as the actor has seen it; nothing by PIN.

    ``seal``: the procedure lets an office's seal stand for it; whose it is, is no person's name.

    Raises:
        Refusal: as :func:`seen` and :func:`may_sign`; or it is a seal and may be none.
    """
    if ink is None:
        return NO_INK
    if ink.seal and not seal:
        raise Refusal("seal_not_allowed", rule)
    stands = seen(ink, name, m.actor, rule)
    if not ink.seal:
        may_sign(m.roles, name, role, rule)
    return stands


def one_role_each(case: Case, signed: Mapping[str, str]) -> None:
    """Refuse one person in two roles, of whom one may have been signed for before.

    Raises:
        Refusal: it is one and the same name.
    """
    before = [
        (each.role, each.name)
        for each in case.sign_offs
        if each.role and each.round == case.round and each.cancelled_at is None
    ]
    now = list(signed.items())
    for nth, (role, name) in enumerate(now):
        others = (*before, *now[:nth])
        if any(r != role and same_person(other, name) for r, other in others):
            raise Refusal("signed_twice")


class Signable(msgspec.Struct, frozen=True):
    """What a signature is for: the act or item by its id, its rule, and who has to sign."""

    id: str
    rule: str
    role: str


def signature(
    case: Case,
    of_what: Item | Signable,
    name: str,
    how: SignedBy,
    stands: Ink = NO_INK,
    *,
    remark: str = "",
    of: str = "",
) -> ev.Signed:
    """A signature; ``of`` is the key of the one that was owed, ``stands`` where it is in ink.

    Raises:
        Refusal: nobody is named.
    """
    if not name.strip():
        raise Refusal("name_missing", of_what.rule)
    return ev.Signed(
        case=case.id,
        subject=of_what.id,
        rule=of_what.rule,
        role=of_what.role,
        name=name.strip(),
        how=how,
        remark=remark.strip(),
        of=of,
        paper=stands.paper,
        page=stands.page,
    )


def signatures_given(
    case: Case, c: cmd.WriteOff, rules: Rules, m: CommandContext
) -> list[ev.Event]:
    """The signatures that come with a write-off, each an entry of its own.

    Raises:
        Refusal: one person stands for two roles, or for what they do themselves; or the money is
            above the operator's limit and its approver has not signed; or of a signature in ink
            it is not said where it stands.
    """
    one_role_each(case, c.signed)
    found: list[ev.Event] = []
    for item in write_off_items(rules.procedure, case):
        name = c.signed.get(item.role, "").strip() if item.kind == "signature" else ""
        if not name or is_signed(case, item.id):
            continue
        ink = c.ink.get(item.role)
        stands = seen_ink(ink, name, item.role, item.rule, m, seal=item.seal)
        if item.four_eyes:
            _own(m, name, item.rule)
        before = agreement(case, item.id)
        found.append(
            signature(case, item, name, how_signed(ink), stands, of=before.key if before else "")
        )
    return found + _approved(case, c, rules, m)


def _approved(case: Case, c: cmd.WriteOff, rules: Rules, m: CommandContext) -> list[ev.Event]:
    """The signature of whoever may give as much, where it is above a limit."""
    limit = broken_limit(rules.procedure, case, c.compensation_fen)
    if limit is None:
        return []
    name = c.signed.get(limit.approver, "").strip()
    if not name:
        raise Refusal("over_limit", limit.rule, yuan=str(limit.limit_yuan), role=limit.approver)
    ink = c.ink.get(limit.approver)
    stands = seen_ink(ink, name, limit.approver, limit.rule, m)
    _own(m, name, limit.rule)
    for_what = Signable(MONEY, limit.rule, limit.approver)
    return [signature(case, for_what, name, how_signed(ink), stands)]


def agree_by_phone(
    case: Case, c: cmd.AgreeByPhone, rules: Rules, m: CommandContext
) -> tuple[ev.Event, ...]:
    """E-09: agreed by phone is a write-off pending its signature; the stage stays."""
    if case.stage.handled:
        raise Refusal("already_written_off", number=case.number)
    item = _item(case, c.subject, rules)
    if not item.by_phone or rules.procedure.signature is None:
        raise Refusal("not_by_phone", item.rule)
    refuse_no_name(c.name)
    if is_signed(case, item.id) or agreement(case, item.id) is not None:
        raise Refusal("already_agreed", item.rule)
    if item.four_eyes:
        _own(m, c.name, item.rule)
    one_role_each(case, {item.role: c.name})
    return (signature(case, item, c.name, SignedBy.PHONE, remark=c.remark),)


def place_sealed(procedure: Procedure, subject: str) -> bool:
    """Whether what is signed is a place on a form that an office's seal may stand in."""
    found = place_of(procedure.forms, subject)
    return found is not None and found[1].seal


def sign_owed(case: Case, c: cmd.SignOwed, rules: Rules, m: CommandContext) -> tuple[ev.Event, ...]:
    """The owed signature is given, by somebody who holds the role it is owed by."""
    found = next((each for each in owed(case.sign_offs) if each.key == c.key), None)
    if found is None:
        raise Refusal("nothing_owed")
    if c.role != found.role:
        raise Refusal("wrong_signer", found.rule, role=found.role)
    items = [item for item in rules.procedure.write_off if item.id == found.subject]
    seal = any(item.seal for item in items) or place_sealed(rules.procedure, found.subject)
    stands = seen_ink(c.ink, c.name, found.role, found.rule, m, seal=seal)
    if any(item.four_eyes for item in items):
        _own(m, c.name, found.rule)
    one_role_each(case, {found.role: c.name})
    for_what = Signable(found.subject, found.rule, found.role)
    how = how_signed(c.ink)
    return (signature(case, for_what, c.name, how, stands, remark=c.remark, of=found.key),)


def signed_step(
    case: Case, step: Step, c: cmd.RecordStep, m: CommandContext
) -> tuple[ev.Event, ...]:
    """The signature in ink under an act of the procedure; one by PIN is the entry's co-signer.

    Raises:
        Refusal: the act is not signed for, or of the ink it is not said where it stands.
    """
    if c.ink is None:
        return ()
    if not (step.signed or step.signer):
        raise Refusal("not_signed_for", step.rule)
    stands = seen_ink(c.ink, c.signer, c.role, step.rule, m, seal=step.seal)
    one_role_each(case, {c.role: c.signer} if c.role else {})
    for_what = Signable(step.id, step.rule, c.role)
    return (signature(case, for_what, c.signer, how_signed(c.ink), stands),)
