"""Every report becomes a document, and no two of them are filed under one name."""

from __future__ import annotations

from dispatcher_tui.reports import registry
from tests.house.test_reports import reports


def test_every_report_has_a_document_and_one_alone() -> None:
    registry._read()
    assert set(reports()) < set(registry._DOCUMENTS)
    made = [function.__module__ for function in registry._DOCUMENTS.values()]
    assert all(name.startswith("dispatcher_tui.reports.") for name in made)
    assert set(registry._OBJECTS) <= set(registry._DOCUMENTS)
    names = [kind.__name__ for kind in registry._DOCUMENTS]
    assert len(names) == len(set(names))
