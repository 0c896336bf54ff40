"""``init``: lays out a new site's folder from what the program brings along."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from dispatcher_tui import private
from dispatcher_tui.domain.words.address import split_address
from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.site.address import note_line, note_phone
from dispatcher_tui.site.layer import LAYER
from dispatcher_tui.site.lists import roster, units
from dispatcher_tui.site.pinyin import FILE as PINYIN
from dispatcher_tui.site.problems import Findings
from dispatcher_tui.site.procedures import note_no_procedure
from dispatcher_tui.site.settings import note_zone
from dispatcher_tui.site.shipped import data_dir, procedure_ids
from dispatcher_tui.site.texts import (
    CARDS,
    CATEGORIES,
    HANDOUTS,
    HOLIDAYS,
    PROCEDURES,
    ROUNDS,
    SITE,
)
from dispatcher_tui.site.toml_text import read_text

_SPREADSHEET_MARK = "\ufeff"
"""Without it a spreadsheet takes the list for GBK, and saves it so."""


def _put(path: Path, text: str) -> None:
    """Write a file whole or not at all; one that is there already is the site's own and stays."""
    if path.exists():
        return
    private.make_folder(path.parent)
    half = path.with_name(path.name + ".new")
    private.write_text(half, text)
    half.replace(path)


def _quoted(text: str) -> str:
    """A text as a TOML string."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _filled(template: str, values: dict[str, str]) -> str:
    """The template with the first line of each key given its value; comments stay."""
    for key, value in values.items():
        line = re.compile(rf'^({key} *= *)"[^"\n]*"', re.MULTILINE)
        match = line.search(template)
        if match is not None:
            template = (
                template[: match.start()] + match[1] + _quoted(value) + template[match.end() :]
            )
    return template


@cache
def procedures_to_begin_with() -> dict[str, Path]:
    """The files of the shipped procedures that a site can have as its own, by id."""
    folder = data_dir() / PROCEDURES
    return {name: folder / f"{name}.toml" for name in procedure_ids()}


def _judge(dest: Path, name: str, procedure: str, zone: str) -> Findings:
    findings = Findings(SITE)
    if (dest / SITE).exists():
        findings.add("", "site_exists", folder=dest)
    if not name:
        findings.add("site.name", "empty_text")
    if procedure not in procedure_ids():
        note_no_procedure(findings, procedure, procedure_ids())
    note_zone(findings, "site.zone", zone)
    return findings


def scaffold(
    dest: Path, *, name: str, procedure: str, zone: str, address: str = "", phone: str = ""
) -> None:
    """Lay out a new site: procedures, cards, categories, holidays and pinyin filled, lists empty.

    ``address`` is the estate's in one line, ``phone`` the desk's own number; both may be left for
    later. ``site.toml`` comes last, so that a folder left half done can be laid out again.

    Raises:
        SiteError: the folder is a site already, or a value cannot be used; nothing was written.
        OSError: the folder cannot be written.
    """
    name = clean_text(name, multiline=False).text.strip()
    line = clean_text(address, multiline=False).text
    phone = phone.strip()
    findings = _judge(dest, name, procedure, zone)
    note_line(findings, "address.street", line)
    if phone:
        note_phone(findings, "address.phone", phone)
    findings.raise_any()
    shipped = data_dir()
    for part in (PROCEDURES, CARDS, HOLIDAYS):
        for path in sorted((shipped / part).glob("*.toml")):
            _put(dest / part / path.name, read_text(path))
    for file in (CATEGORIES, LAYER, PINYIN, ROUNDS, HANDOUTS):
        _put(dest / file, read_text(shipped / file))
    for file, columns in (("units.csv", units.COLUMNS), ("roster.csv", roster.COLUMNS)):
        _put(dest / file, _SPREADSHEET_MARK + ",".join(columns) + "\n")
    values = {"name": name, "zone": zone, "procedure": procedure}
    values |= dict(zip(("city", "district", "street"), split_address(line), strict=True))
    values["phone"] = phone
    _put(dest / SITE, _filled(read_text(shipped / SITE), values))
