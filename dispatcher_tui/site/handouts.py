"""Reads ``handouts.toml``: the registers of what goes out and comes back."""

from __future__ import annotations

from itertools import chain

import msgspec

from dispatcher_tui.domain.time import due
from dispatcher_tui.domain.watch.handouts import HandoutRegister
from dispatcher_tui.site.problems import Findings
from dispatcher_tui.site.shape import Reader
from dispatcher_tui.site.texts import HANDOUTS
from dispatcher_tui.site.toml_text import once_a_text, parse_toml

MOST_REGISTERS = 9
"""So many a digit can choose from."""

MOST_FIELDS = 6
"""So many stand on a screen of 24 rows beside what is always asked."""

OWN = frozenset({"thing", "what", "who", "due", "note"})
"""What a form asks by itself: no field can be called so."""


class HandoutsFile(msgspec.Struct, frozen=True):
    """The file as it is written."""

    in_force: bool
    registers: tuple[HandoutRegister, ...] = msgspec.field(name="register", default=())


def _judge_due(findings: Findings, register: HandoutRegister, key: str) -> None:
    """A thing is overdue after so many minutes, hours or days, or at the shift's end."""
    if not register.due:
        return
    try:
        spec = due.parse_due(register.due)
    except due.DueSpecError:
        findings.add(f"{key}.due", "bad_due", text=register.due)
        return
    if not isinstance(spec, due.Elapsed | due.ShiftEnd | due.Days):
        findings.add(f"{key}.due", "handout_due", text=register.due)


def _judge(findings: Findings, register: HandoutRegister) -> None:
    key = f"register[{register.id}]"
    _judge_due(findings, register, key)
    if not register.things and register.what is None:
        findings.add(f"{key}.what", "handout_what")
    if len(register.fields) > MOST_FIELDS:
        findings.add(f"{key}.field", "too_large", most=MOST_FIELDS)
    findings.add_twice(f"{key}.thing", (each.id for each in register.things))
    findings.add_twice(f"{key}.field", (each.id for each in register.fields))
    for name in sorted(OWN & {each.id for each in register.fields}):
        findings.add(f"{key}.field[{name}]", "handout_field", name=name)
    own = chain((register.id,), (each.id for each in register.fields))
    for each in own:
        if not each.replace("_", "").isalnum() or not each.isascii():
            findings.add(f"{key}.id", "round_id", name=each)
    for thing in register.things:
        if not thing.id or not thing.id.isprintable() or " " in thing.id:
            findings.add(f"{key}.thing.id", "handout_thing", name=thing.id)


@once_a_text
def parse_handouts(text: str, file: str = HANDOUTS) -> HandoutsFile:
    """The registers in the file's order.

    Raises:
        SiteError: with every problem of the file.
    """
    findings = Findings(file)
    read = Reader(findings).record(parse_toml(text, file), HandoutsFile)
    for register in read.registers if read else ():
        _judge(findings, register)
    if read is not None:
        findings.add_twice("register", (each.id for each in read.registers))
        if len(read.registers) > MOST_REGISTERS:
            findings.add("register", "too_large", most=MOST_REGISTERS)
    findings.raise_any()
    assert read is not None  # no record without a finding
    return read


def registers_of(file: HandoutsFile) -> tuple[HandoutRegister, ...]:
    """The registers that are in force by it."""
    return file.registers if file.in_force else ()
