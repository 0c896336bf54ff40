"""The guided first night, as it is shipped: its steps in both languages."""

from __future__ import annotations

import tomllib

import msgspec

from dispatcher_tui.domain.record.guided_steps import Guide
from dispatcher_tui.site.shipped import data_dir
from dispatcher_tui.site.toml_text import read_text


def read_guide() -> Guide:
    """The steps in their order.

    Raises:
        SiteError: the file cannot be read.
    """
    text = read_text(data_dir() / "demo" / "guide.toml")
    return msgspec.convert(tomllib.loads(text), Guide)
