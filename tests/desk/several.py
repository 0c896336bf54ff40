"""A desk with several procedures in force, for tests of what each of them is about."""

from __future__ import annotations

from dispatcher_tui.desk.adoption import adopt_site
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.site.load import load

SECOND = "second-office"


def set_in_force(desk: Desk, *ids: str) -> Desk:
    """The site's settings name these from now on, and the desk takes them over."""
    file = desk.site.folder / "site.toml"
    lines = file.read_text("utf-8").splitlines()
    names = ", ".join(f'"{each}"' for each in ids)
    at = next(n for n, line in enumerate(lines) if line.startswith("procedure"))
    lines[at] = f"procedures = [{names}]" if len(ids) > 1 else f"procedure = {names}"
    file.write_text("\n".join([*lines, ""]), "utf-8")
    adopt_site(desk, load(desk.site.folder))
    return desk


def add_second(desk: Desk, prefix: str = "") -> None:
    """A procedure of the site's own, with every routine of the first; it is for noise. ``prefix``
    is what its papers' numbers begin with."""
    folder = desk.site.folder / "procedures"
    text = (folder / "estate-dispatch.toml").read_text("utf-8")
    text = text.replace('id = "estate-dispatch"', f'id = "{SECOND}"\nhandles = ["noise"]', 1)
    text = text.replace("[closing_paper]", f'[closing_paper]\nprefix = "{prefix}"', 1)
    (folder / f"{SECOND}.toml").write_text(text, "utf-8")
