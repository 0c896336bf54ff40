"""The labels of the intake stand beside their fields, whatever moves those."""

from __future__ import annotations

from pathlib import Path

from dispatcher_tui.tui.widgets.intake_form import FormLabels
from tests.tui.support import desk, picture, press, settle


def row_of(shown: str, words: str) -> int:
    """The one row that begins with these words."""
    (found,) = (n for n, row in enumerate(shown.splitlines()) if row.strip(" >").startswith(words))
    return found


async def test_a_field_that_takes_other_rows_takes_the_labels_below_it_along(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as night, night.running((100, 30), "en") as pilot:
        await press(pilot, "f2", "1")
        kind, place = (pilot.app.screen.query_one(f"#{name}") for name in ("kind", "place"))
        labels = pilot.app.screen.query_one(FormLabels)
        for rows in (4, 2, 5):
            kind.styles.height = rows
            await settle(pilot)
            assert row_of(picture(pilot), "Place") == place.region.y, rows
            assert labels.region.y <= place.region.y
