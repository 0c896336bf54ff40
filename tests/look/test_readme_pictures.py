"""The README's pictures are what the program shows, and all of them stand in it."""

from __future__ import annotations

import re

import pytest

from tests.house.readme import README
from tests.look.readme_pictures import FOLDER, PICTURES, ReadmePicture


@pytest.mark.parametrize("wanted", PICTURES, ids=lambda each: each.name)
def test_a_picture_is_what_the_program_shows(wanted: ReadmePicture) -> None:
    """Run ``python -m tests.look.readme_pictures`` where this fails."""
    assert wanted.path.read_text(encoding="utf-8") == wanted.drawn()


def test_the_readme_shows_each_of_them_and_no_other() -> None:
    shown = re.findall(r"\]\((tests/look/pictures/[^)]+)\)", README.read_text(encoding="utf-8"))
    lie = {f"tests/look/pictures/{path.name}" for path in FOLDER.iterdir()}
    assert len(shown) == len(set(shown)) == 6
    assert set(shown) == lie == {f"tests/look/pictures/{each.path.name}" for each in PICTURES}
