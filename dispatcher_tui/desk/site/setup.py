"""A new site: its folder laid out, its first operator; all of it judged before it is written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import msgspec

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.operators import add_operator, check_new_pin
from dispatcher_tui.desk.watch.watchkeeping import sign_in
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.watch.pins import PIN_LEAST
from dispatcher_tui.domain.words.phone import plausible_phone
from dispatcher_tui.domain.words.terms import Label
from dispatcher_tui.site.address import MOST
from dispatcher_tui.site.load import load
from dispatcher_tui.site.procedures import parse_procedure
from dispatcher_tui.site.scaffold import procedures_to_begin_with, scaffold
from dispatcher_tui.site.settings import parse_site, valid_zone
from dispatcher_tui.site.shipped import data_dir
from dispatcher_tui.site.texts import SITE
from dispatcher_tui.site.toml_text import parse_toml, read_text

LOOK_AFTER = "dispatcher"
"""The role of the one who sits at the desk, in every procedure."""

LONGEST = MOST
"""Characters of an address."""


class Setup(msgspec.Struct, frozen=True):
    """What a new site needs; ``operator`` may be empty, and ``pin`` is then not looked at.

    ``address`` in one line and the desk's own ``phone`` may be left for later.
    """

    name: str
    zone: str
    procedure: str
    operator: str = ""
    role: str = LOOK_AFTER
    pin: str = ""
    address: str = ""
    phone: str = ""


class Defaults(msgspec.Struct, frozen=True):
    """What the shipped template of a site's settings says."""

    procedure: str
    zone: str


def defaults() -> Defaults:
    """The procedure and the time zone a new site has where nothing else is said."""
    template = parse_toml(read_text(data_dir() / SITE), SITE)
    return msgspec.convert(template["site"], Defaults)


def offered_procedures() -> dict[str, Label]:
    """Their short names, by id; the one a site has where nothing is said comes first."""
    usual = defaults().procedure
    files = sorted(procedures_to_begin_with().items(), key=lambda each: each[0] != usual)
    return {name: parse_procedure(read_text(path), path.name).short for name, path in files}


def known_zone(name: str) -> bool:
    """Whether there is such a time zone."""
    return valid_zone(name)


def can_be_dialled(number: str) -> bool:
    """Whether it is a telephone number."""
    return plausible_phone(number)


def check_role(roles: Mapping[str, Label], role: str) -> None:
    """Refuse a role that the procedure does not know, with those it has: names, then ids, which
    are what is typed."""
    if role in {*roles, LOOK_AFTER}:
        return
    known = sorted(roles.items())
    zh = ", ".join(f"{label.zh or name} ({name})" for name, label in known)
    en = ", ".join(f"{label.en or name} ({name})" for name, label in known)
    raise Refusal("unknown_role", role=role, roles_zh=zh, roles_en=en)


def _roles(folder: Path | None, procedure: str) -> Mapping[str, Label] | None:
    """The roles of the site's procedure; None where there is none of that name to ask."""
    if folder is not None:
        return load(folder).procedure.roles
    file = procedures_to_begin_with().get(procedure)
    return parse_procedure(read_text(file), file.name).roles if file else None


def lay_out(folder: Path, setup: Setup, today: date) -> None:
    """Lay out the folder of a new site; one that was laid out before is taken as it is.

    Raises:
        Refusal: the operator's PIN or role cannot be used.
        SiteError: the folder or a value cannot be used.
        OSError: the folder cannot be written.
    """
    there = (folder / SITE).exists()
    if setup.operator:
        if not setup.operator.strip():
            raise Refusal("name_missing")
        least = parse_site(read_text(folder / SITE, SITE)).pin_least if there else PIN_LEAST
        check_new_pin(setup.pin, least, today)
        roles = _roles(folder if there else None, setup.procedure)
        if roles is not None:
            check_role(roles, setup.role)
    if not there:
        scaffold(
            folder,
            name=setup.name,
            procedure=setup.procedure,
            zone=setup.zone,
            address=setup.address,
            phone=setup.phone,
        )


def first_operator(desk: Desk, name: str, pin: str) -> None:
    """Let the first one sign in, and give them the watch where nobody has it.

    Raises:
        Refusal: the name or the PIN cannot be used.
    """
    add_operator(desk, name, LOOK_AFTER, pin)
    if not desk.post.holder:
        sign_in(desk, name.strip(), pin)
