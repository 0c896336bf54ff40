"""The ``slips`` command: every numbered paper with its whereabouts, on a terminal or in a file."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo
from io import StringIO
from pathlib import Path

import msgspec

from dispatcher_tui.bootstrap import Paths, printer
from dispatcher_tui.console import UsageProblem, json_lines, put, put_json_list, say
from dispatcher_tui.desk.printing import put_whole
from dispatcher_tui.desk.record import Record
from dispatcher_tui.desk.slips import read_book
from dispatcher_tui.domain.custody import Standing
from dispatcher_tui.domain.slips import Where
from dispatcher_tui.domain.text import clean_text
from dispatcher_tui.exports import form_of, target_of
from dispatcher_tui.present.log_text import safe_cell
from dispatcher_tui.present.slip_lines import standing_line, standing_object
from dispatcher_tui.present.words import _


class Listed(msgspec.Struct, frozen=True):
    """What is listed, of which site, as of when."""

    standings: Sequence[Standing]
    site: str
    zone: tzinfo
    at: datetime
    owed: bool


def _json(listed: Listed) -> bytes:
    objects = (standing_object(each, listed.zone) for each in listed.standings)
    return "".join(json_lines(objects)).encode()


def _csv(listed: Listed) -> bytes:
    from dispatcher_tui.reports.slips import slips_table

    table, text = slips_table(listed.standings, listed.zone), StringIO()
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow([safe_cell(column.head) for column in table.columns])
    rows.writerows([safe_cell(cell) for cell in row] for row in table.rows)
    return text.getvalue().encode("utf-8-sig", "replace")


def _plain(listed: Listed) -> bytes:
    """As on a terminal: the table is wider than eighty columns."""
    lines = (standing_line(each, listed.at, listed.zone) for each in listed.standings)
    text = "".join(f"{clean_text(line, limit=len(line)).text}\n" for line in lines)
    return text.encode("utf-8", "replace")


def _page(form: str) -> Callable[[Listed], bytes]:
    def made(listed: Listed) -> bytes:
        return printer().slips(
            listed.standings,
            form,
            site=listed.site,
            zone=listed.zone,
            at=listed.at,
            owed=listed.owed,
        )

    return made


FORMS: dict[str, Callable[[Listed], bytes]] = {
    "json": _json,
    "csv": _csv,
    "md": _page("md"),
    "pdf": _page("pdf"),
    "txt": _plain,
}
"""What the list is written as, by the end of a file's name."""


def print_slips(
    record: Record, where: Paths, *, owed: bool, as_json: bool, out: Path | None
) -> None:
    """Print every number with its whereabouts, or with ``owed`` the copies that are not back.

    Raises:
        UsageProblem: the file's form is not known, or it cannot be there.
        Failure: it could not be written; what stood there is untouched.
    """
    form = form_of(out, FORMS) if out is not None else ""
    if as_json and form not in ("", "json"):
        raise UsageProblem(_("--json and --out {path}: leave one of them.").format(path=out))
    target = target_of(out, where.db) if out is not None else None
    now, found = record.clock.now(), list(read_book(record.store).all())
    if owed:
        found = [each for each in found if each.paper and each.paper.where is Where.OWED]
        found.sort(key=lambda each: (each.paper and each.paper.written_off_at) or now)
    listed = Listed(found, record.store.identity.site, record.zone, now, owed)
    if target is not None:
        put_whole(target, FORMS[form](listed))
        say(_("{n} papers in {path}").format(n=len(found), path=out))
    elif as_json:
        put_json_list(standing_object(each, record.zone) for each in found)
    else:
        for each in found:
            put(standing_line(each, listed.at, record.zone))
