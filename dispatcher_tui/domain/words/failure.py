"""What can go wrong outside the rules: the disk, the file, another desk."""

from __future__ import annotations

from typing import ClassVar


class Failure(Exception):
    """Something the machine could not do; nothing was written when it is raised.

    ``code`` names it in any tongue; ``detail`` is for the technician: a path, a message, a
    figure, the owner of a file.
    """

    code: ClassVar[str] = "failure"

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail)
        self.detail = detail
