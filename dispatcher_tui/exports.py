"""Files that the command line writes: which form is meant, and whether they can be there."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from dispatcher_tui.console import UsageProblem
from dispatcher_tui.present.words import _


def form_of(path: Path, forms: Iterable[str]) -> str:
    """In which of the forms a file is meant, by the end of its name (``csv``).

    Raises:
        UsageProblem: it is none of them; the text lists them.
    """
    known = tuple(forms)
    found = path.suffix.removeprefix(".").casefold()
    if found not in known:
        listed = _(", ").join(f".{form}" for form in known)
        words = _("--out {path}: this is written as {forms} only.")
        raise UsageProblem(words.format(path=path.name or path, forms=listed))
    return found


def target_of(path: Path, database: Path) -> Path:
    """The file meant, whatever links lead to it.

    Raises:
        UsageProblem: there can be no such file, or it is the record itself.
    """
    target = path.resolve()
    if target.is_dir() or not target.parent.is_dir() or target == database.resolve():
        words = _("--out {path}: there is no such folder, or it is one.")
        raise UsageProblem(words.format(path=path))
    return target
