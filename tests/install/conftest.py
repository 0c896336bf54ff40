"""The flag of the long run that builds and carries a folder of wheels."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the flag; it is known only where this folder is named on the command line."""
    parser.addoption(
        "--offline",
        action="store_true",
        help="install without a network, from wheels made beside one (long, needs a network)",
    )
