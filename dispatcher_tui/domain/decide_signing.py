"""Deciding signatures: who may sign for what, by PIN here or by phone with the PIN owed."""

from __future__ import annotations

from dispatcher_tui.domain import commands as cmd
from dispatcher_tui.domain import events as ev
from dispatcher_tui.domain.case import Case
from dispatcher_tui.domain.closing import agreement, broken_limit, is_signed, write_off_items
from dispatcher_tui.domain.duties import Rules
from dispatcher_tui.domain.moment import Moment
from dispatcher_tui.domain.procedure import Item
from dispatcher_tui.domain.refusal import Refusal
from dispatcher_tui.domain.sign_off import owed
from dispatcher_tui.domain.terms import SignedBy

MONEY = "compensation"
"""What an approver's signature above the operator's limit is for."""


def _own(moment: Moment, name: str, rule: str) -> None:
    """Four eyes: whoever acts cannot also sign for it."""
    if name == moment.actor:
        raise Refusal("four_eyes", rule, name=name)


def _item(case: Case, subject: str, rules: Rules) -> Item:
    for item in write_off_items(rules.procedure, case):
        if item.id == subject and item.kind == "signature":
            return item
    raise Refusal("not_signed_for", subject=subject)


def signatures_given(case: Case, c: cmd.WriteOff, rules: Rules, m: Moment) -> list[ev.Event]:
    """The signatures that come with a write-off, each an entry of its own.

    Raises:
        Refusal: one person stands for two roles, or for what they do themselves; or the money is
            above the operator's limit and its approver has not signed.
    """
    if len(set(c.signed.values())) < len(c.signed):
        raise Refusal("signed_twice")
    found: list[ev.Event] = []
    for item in write_off_items(rules.procedure, case):
        name = c.signed.get(item.role, "") if item.kind == "signature" else ""
        if not name or is_signed(case, item.id):
            continue
        if item.four_eyes:
            _own(m, name, item.rule)
        before = agreement(case, item.id)
        found.append(
            ev.Signed(
                case=case.id,
                subject=item.id,
                rule=item.rule,
                role=item.role,
                name=name,
                of=before.key if before else "",
            )
        )
    return found + _approved(case, c, rules, m)


def _approved(case: Case, c: cmd.WriteOff, rules: Rules, m: Moment) -> list[ev.Event]:
    """The signature of whoever may give as much, where it is above a limit."""
    limit = broken_limit(rules.procedure, case, c.compensation_fen)
    if limit is None:
        return []
    name = c.signed.get(limit.approver, "")
    if not name:
        raise Refusal("over_limit", limit.rule, yuan=str(limit.limit_yuan), role=limit.approver)
    _own(m, name, limit.rule)
    return [ev.Signed(case=case.id, subject=MONEY, rule=limit.rule, role=limit.approver, name=name)]


def agree_by_phone(
    case: Case, c: cmd.AgreeByPhone, rules: Rules, m: Moment
) -> tuple[ev.Event, ...]:
    """E-09: agreed by phone is a write-off pending its signature; the stage stays."""
    if case.stage.handled:
        raise Refusal("already_written_off", number=case.number)
    item = _item(case, c.subject, rules)
    if not item.by_phone or rules.procedure.signature is None:
        raise Refusal("not_by_phone", item.rule)
    if not c.name.strip():
        raise Refusal("name_missing")
    if is_signed(case, item.id) or agreement(case, item.id) is not None:
        raise Refusal("already_agreed", item.rule)
    if item.four_eyes:
        _own(m, c.name, item.rule)
    return (
        ev.Signed(
            case=case.id,
            subject=item.id,
            rule=item.rule,
            role=item.role,
            name=c.name.strip(),
            how=SignedBy.PHONE,
            remark=c.remark.strip(),
        ),
    )


def sign_owed(case: Case, c: cmd.SignOwed, rules: Rules, m: Moment) -> tuple[ev.Event, ...]:
    """The owed signature is given, by somebody who holds the role it is owed by."""
    found = next((each for each in owed(case.sign_offs) if each.key == c.key), None)
    if found is None:
        raise Refusal("nothing_owed")
    if c.role != found.role:
        raise Refusal("wrong_signer", found.rule, role=found.role)
    return (
        ev.Signed(
            case=case.id,
            subject=found.subject,
            rule=found.rule,
            role=found.role,
            name=c.name,
            remark=c.remark.strip(),
            of=found.key,
        ),
    )
