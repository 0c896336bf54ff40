"""Cells of a page of text: what people typed stands there to the letter, no twin in its place."""

from __future__ import annotations

from functools import partial

from dispatcher_tui.present import cells

fit = partial(cells.fit, fold=False)
width = partial(cells.width, fold=False)
wrap = partial(cells.wrap, fold=False)
