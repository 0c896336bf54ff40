"""The tables of ``site.toml`` that say where the estate is and whom it can ring outside."""

from __future__ import annotations

import re

import msgspec

from dispatcher_tui.domain.emergency.outside import NATIONAL
from dispatcher_tui.domain.words.address import Accounts, Address
from dispatcher_tui.domain.words.phone import plausible_phone
from dispatcher_tui.site.problems import Findings, SiteProblem

MOST = 100
"""Characters of one text: more of it nobody can say while a service waits on the telephone."""

_ACCOUNT = re.compile(r"(?=.*[0-9])[0-9A-Za-z \-/.]+")

_WANTED = ("city", "street", "crossing", "fire_gate", "ambulance_gate", "phone")
"""What every service asks for; a district, a key box and an account there need not be."""


class AddressTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The table ``[address]``; everything in it may be left for later."""

    city: str = ""
    district: str = ""
    street: str = ""
    crossing: str = ""
    fire_gate: str = ""
    ambulance_gate: str = ""
    key_box: str = ""
    phone: tuple[str, ...] = ()


class AccountsTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The table ``[accounts]``; everything in it may be left for later."""

    power: str = ""
    gas: str = ""
    water: str = ""
    lift: str = ""


def note_line(findings: Findings, key: str, text: str) -> str:
    """A text on one line; one that is too long to be said is noted."""
    line = " ".join(text.split())
    if len(line) > MOST:
        findings.add(key, "too_long", most=MOST)
    return line


def _lines(findings: Findings, name: str, table: msgspec.Struct) -> dict[str, str]:
    """The texts of a table by their keys."""
    given = msgspec.structs.asdict(table)
    return {
        key: note_line(findings, f"{name}.{key}", text)
        for key, text in given.items()
        if isinstance(text, str)
    }


def note_phone(findings: Findings, key: str, text: str) -> None:
    """Note a number that cannot be dialled."""
    if not plausible_phone(text):
        findings.add(key, "bad_phone", text=text)


def read_address(table: AddressTable, findings: Findings) -> Address:
    """The estate's address; every misfit is noted under its key."""
    phones = tuple(number.strip() for number in table.phone if number.strip())
    for number in phones:
        note_phone(findings, "address.phone", number)
    return Address(**_lines(findings, "address", table), phones=phones)


def read_accounts(table: AccountsTable, findings: Findings) -> Accounts:
    """The accounts; a number that is none is noted under its key."""
    lines = _lines(findings, "accounts", table)
    for key, text in lines.items():
        if key != "lift" and text and not _ACCOUNT.fullmatch(text):
            findings.add(f"accounts.{key}", "bad_account", text=text)
    return Accounts(**lines)


def read_outside(table: dict[str, str], findings: Findings) -> dict[str, str]:
    """The numbers that can be dialled, in the file's order, then those every town has alike.

    An empty number is not known yet: it stands in no list of whom to ring.
    """
    given = {name: number.strip() for name, number in table.items()}
    for name, number in given.items():
        if number:
            note_phone(findings, f"outside.{name}", number)
    every = given | {name: n for name, n in NATIONAL.items() if name not in given}
    return {name: number for name, number in every.items() if number}


def address_gaps(address: Address, file: str) -> list[SiteProblem]:
    """What of the address is not filled in: no fault, but it is said as not known."""
    known = {**msgspec.structs.asdict(address), "phone": address.phones}
    missing = [key for key in _WANTED if not known[key]]
    findings = Findings(file)
    if missing:
        findings.add("address", "not_filled", names=", ".join(missing))
    return findings.problems
