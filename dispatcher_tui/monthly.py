"""The ``month`` command: a Monthly Summary at the terminal or in a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from dispatcher_tui.bootstrap import Paths
from dispatcher_tui.console import UsageProblem, encoded, put, put_json, say
from dispatcher_tui.desk.month_reading import MonthFile, Months
from dispatcher_tui.desk.printing import put_whole
from dispatcher_tui.desk.record import Record
from dispatcher_tui.exports import form_of, target_of
from dispatcher_tui.names import site_names
from dispatcher_tui.present.case_json import log_object
from dispatcher_tui.present.month_json import month_object
from dispatcher_tui.present.month_lines import month_text, standing_of
from dispatcher_tui.present.month_words import Wording
from dispatcher_tui.present.words import _

FORMS = ("pdf", "txt", "md", "json")
"""The forms a summary is written in, by the ends of their files' names."""


def _wording(file: MonthFile, where: Paths) -> Wording:
    procedure = file.rules.procedure
    names = msgspec.structs.replace(site_names(where), procedure=procedure)
    return Wording(file.rules.calendar.tz, names, procedure)


def _object(file: MonthFile, words: Wording) -> dict[str, Any]:
    drawn = file.drawn
    return month_object(
        file.figures,
        words.zone,
        text=drawn.report.text if drawn else None,
        drawn_at=drawn.entry.occurred_at if drawn else None,
        drawn_by=drawn.entry.actor if drawn else None,
        sign_off=file.sign_off,
        after=[log_object(x.entry, x.number, words.zone, words.names) for x in file.after],
        now=file.now,
    )


def _printed(months: Months, file: MonthFile, words: Wording, site: str, form: str) -> bytes:
    """The summary in a form of the printer's."""
    from dispatcher_tui.reports.month import month_document
    from dispatcher_tui.reports.printer import Reports
    from dispatcher_tui.site.shipped import data_dir

    document = month_document(
        file.period,
        file.figures,
        standing_of(file, words),
        words,
        site,
        cases=list(months.valid_cases(file.period.name)),
    )
    return Reports(data_dir() / "fonts").document(document, form)


def print_month(
    record: Record, where: Paths, name: str, *, as_json: bool, out: Path | None
) -> None:
    """Print a month's summary, or write it to ``out`` in the form its name ends with.

    A month that is running is summed up as of now, and says so.

    Raises:
        UsageProblem: the file's form is not known, or it cannot be there.
        Refusal: there is no such month, or it lies ahead.
        Failure: it could not be written; what stood there is untouched.
    """
    form = form_of(out, FORMS) if out is not None else "json" if as_json else ""
    if as_json and form != "json":
        raise UsageProblem(_("--json and --out {path}: leave one of them.").format(path=out))
    target = target_of(out, where.db) if out is not None else None
    months, site = record.months(), record.store.identity.site
    file = months.file(name)
    words = _wording(file, where)
    if target is not None:
        if form == "json":
            made = f"{encoded(_object(file, words))}\n".encode()
        else:
            made = _printed(months, file, words, site, form)
        put_whole(target, made)
        say(_("The summary is in {path}.").format(path=out))
    elif form == "json":
        put_json(_object(file, words))
    else:
        lines = month_text(file.period, file.figures, standing_of(file, words), words, site)
        for line in lines:
            put(line)
