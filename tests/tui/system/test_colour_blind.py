"""What is urgent stays apart for whoever sees no red or no green, and has its own word besides.

The simulation is Machado, Oliveira and Fernandes (2009) at full severity, on linear light; the
distance is that of CIE Lab (1976): below about 10 two fills are hard to tell at arm's length.
"""

from __future__ import annotations

from itertools import combinations

import pytest
from textual.color import Color

from dispatcher_tui.domain.words.looks import ANSI, LOOKS
from dispatcher_tui.present.case.board_rows import Urgency, badge
from dispatcher_tui.present.i18n import use
from dispatcher_tui.tui.look import PALETTES
from tests.tui.support import Language

Triple = tuple[float, float, float]
Matrix = tuple[Triple, Triple, Triple]

DEUTERANOPIA: Matrix = (
    (0.367322, 0.860646, -0.227968),
    (0.280085, 0.672501, 0.047413),
    (-0.011820, 0.042940, 0.968881),
)
PROTANOPIA: Matrix = (
    (0.152286, 1.052583, -0.204868),
    (0.114503, 0.786281, 0.099216),
    (-0.003882, -0.048116, 1.051998),
)
TO_XYZ: Matrix = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
WHITE: Triple = (0.95047, 1.0, 1.08883)
APART = 15.0

LOUD = ("over", "warn", "sel")
"""The fills that stand side by side in one row of the board."""


def linear(value: str) -> Triple:
    """A colour as light, each channel from 0 to 1."""
    parts = [channel / 255 for channel in Color.parse(value).rgb]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return red, green, blue


def times(matrix: Matrix, vector: Triple) -> Triple:
    one, two, three = (sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)
    return one, two, three


def lab(light: Triple) -> Triple:
    """CIE Lab of linear light."""
    inside: Triple = (max(0.0, light[0]), max(0.0, light[1]), max(0.0, light[2]))
    x, y, z = (
        part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116
        for part in (a / b for a, b in zip(times(TO_XYZ, inside), WHITE, strict=True))
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def apart(one: str, other: str, seen: Matrix) -> float:
    """How far apart two colours are to whoever sees so."""
    first, second = (lab(times(seen, linear(each))) for each in (one, other))
    return float(sum((a - b) ** 2 for a, b in zip(first, second, strict=True)) ** 0.5)


def test_the_measure_itself() -> None:
    plain: Matrix = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
    assert apart("#000000", "#ffffff", plain) == pytest.approx(100, abs=0.1)
    assert apart("#d70000", "#d70000", DEUTERANOPIA) == 0
    red, green = "#a00000", "#5f7f00"
    assert apart(red, green, DEUTERANOPIA) < apart(red, green, plain) / 2


@pytest.mark.parametrize("seen", [DEUTERANOPIA, PROTANOPIA], ids=["no green", "no red"])
@pytest.mark.parametrize("look", [look for look in LOOKS if look != ANSI])
def test_urgent_fills_and_texts_stay_apart(look: str, seen: Matrix) -> None:
    p = PALETTES[look]
    for one, other in combinations((*LOUD, "bg1"), 2):
        found = apart(p[one], p[other], seen)
        assert found >= APART, f"{look}: {one} and {other} {found:.1f}"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_state_has_a_letter_of_its_own(lang: Language) -> None:
    use(lang)
    letters = [badge(each) for each in Urgency]
    told = [each for each in letters if each.strip()]
    assert len(set(told)) == len(told) >= 4
