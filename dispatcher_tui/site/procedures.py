"""Reads ``procedures/ID.toml`` into a typed procedure, or says everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable

from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.site.problems import Findings, near
from dispatcher_tui.site.procedure_checks import judge
from dispatcher_tui.site.shape import Reader
from dispatcher_tui.site.toml_text import once_a_text, parse_toml


@once_a_text
def parse_procedure(text: str, file: str) -> Procedure:
    """The procedure a file describes; its id is the file's name without ``.toml``.

    Raises:
        SiteError: with every problem of the file, those of form and those of meaning.
    """
    findings = Findings(file)
    reader = Reader(findings)
    procedure = reader.record(parse_toml(text, file), Procedure)
    if procedure is not None:
        judge(procedure, findings, reader.dropped)
    findings.raise_any()
    assert procedure is not None  # no record without a finding
    return procedure


def note_no_procedure(
    findings: Findings, name: str, known: Iterable[str], key: str = "site.procedure"
) -> None:
    """Note that there is no procedure of that name, with the one that was probably meant, and
    with those there are."""
    ids = sorted(known)
    words = {"name": name, "near": near(name, ids), "known": ", ".join(ids)}
    findings.add(key, "procedure_missing", **words)
