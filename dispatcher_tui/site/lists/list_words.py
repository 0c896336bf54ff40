"""What roles and groups are called on a list; a group that nothing goes to is told."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from dispatcher_tui.domain.words.text import fold
from dispatcher_tui.site.lists.list_sheet import first_of
from dispatcher_tui.site.problems import SiteProblem


class ListWords(msgspec.Struct, frozen=True):
    """What roles and groups are called, by their labels in any language, with their ids.

    ``known`` are ids of roles that procedures have which are not in force; ``in_use`` the groups
    that the house knows, or that a class or an emergency of the site goes to.
    """

    roles: Mapping[str, str] = {}
    groups: Mapping[str, str] = {}
    known: frozenset[str] = frozenset()
    in_use: frozenset[str] = frozenset()


NO_WORDS = ListWords()


class GroupReader:
    """The groups of one list while its rows are read; without any in use each stands as written."""

    def __init__(self, words: ListWords) -> None:
        self._words = words
        self._strange: dict[str, tuple[str, list[int]]] = {}

    def read(self, text: str, number: int, key: str) -> str:
        """The id of the group that is called so, else the text itself; ``key`` is the cell's."""
        group = self._words.groups.get(fold(text), text)
        if group and self._words.in_use and group not in self._words.in_use:
            self._strange.setdefault(text, (key, []))[1].append(number)
        return group

    def told(self, file: str) -> list[SiteProblem]:
        """The groups that nothing goes to, each once with its rows and what it may have been."""
        zh = first_of(list(dict.fromkeys(_first_names(self._words.groups).values())))
        en = first_of(sorted(self._words.in_use))
        return [
            SiteProblem(
                file,
                key,
                "group_strange",
                {
                    "name": text,
                    "n": str(len(rows)),
                    "rows": first_of(rows),
                    "names_zh": zh,
                    "names_en": en,
                },
            )
            for text, (key, rows) in self._strange.items()
        ]


def _first_names(groups: Mapping[str, str]) -> dict[str, str]:
    """The first name of each group by its id."""
    found: dict[str, str] = {}
    for name, group in groups.items():
        found.setdefault(group, name)
    return found
