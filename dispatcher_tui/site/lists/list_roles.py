"""The roles of a roster as people write them: by id, by label, by another word for a label.

Whoever is read as a role by anything less than its id or its label is told, and so is a role that
no procedure has: nobody would be rung in it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from dispatcher_tui.domain.words.text import fold
from dispatcher_tui.site.lists.list_sheet import first_of
from dispatcher_tui.site.problems import SiteProblem

_ALIKE = tuple(
    frozenset(words.split())
    for words in (
        "实施责任人 实施人 实施人员 责任人 经办人 处理人 执行人",
        "管理处负责人 管理处主任 管理处经理 项目负责人 项目经理 物业经理",
        "主管副总经理 分管副总经理 副总经理 分管副总 主管副总 副总",
        "调度员 调度人员 调度",
        "保安部经理 保安经理 安保部经理 安保经理 秩序部经理 秩序经理",
        "工程部经理 工程经理",
        "保安队长 安保队长 秩序队长 护卫队长",
        "保安班长 安保班长 秩序班长 护卫班长",
        "维修班长 维修组长 维修领班",
        "电梯队长 电梯班长 电梯组长",
    )
)
"""Words for one role; it is the role whose label is among them."""

_RANKS = ("负责人", "总", "经理", "主管", "队长", "班长", "组长", "站长", "主任", "领导", "员")
"""A part of a label means its role only where it says a rank: not everybody at the lifts leads."""

_LABELS_NAMED = 16


class RoleReader:
    """The roles of one list while its rows are read.

    ``labels`` have ids by folded labels in any language; ``known`` are ids that other procedures
    have. Without labels every role stands as it is written.
    """

    def __init__(self, labels: Mapping[str, str], known: Collection[str] = ()) -> None:
        self._labels = labels
        self._known = {*known, *labels.values()}
        self._taken: dict[tuple[str, str], list[int]] = {}
        self._strange: dict[str, tuple[str, list[int]]] = {}

    def read(self, text: str, number: int, key: str) -> str:
        """The id that is meant, the text itself where nobody knows; ``key`` is the cell's."""
        plain = fold(text)
        if plain in self._labels:
            return self._labels[plain]
        if not text or not self._labels or text in self._known:
            return text
        label = self._meant(plain)
        if label:
            self._taken.setdefault((text, label), []).append(number)
            return self._labels[label]
        self._strange.setdefault(text, (key, []))[1].append(number)
        return text

    def _meant(self, plain: str) -> str:
        """The one label that is meant; nothing where there is none, or those of two roles."""
        for words in _ALIKE:
            found = [label for label in self._labels if label in words] if plain in words else []
            if self._one(found):
                return found[0]
        ranked = len(plain) > 1 and plain.endswith(_RANKS)
        found = [label for label in self._labels if plain in label] if ranked else []
        return found[0] if self._one(found) else ""

    def _one(self, labels: Collection[str]) -> bool:
        return len({self._labels[label] for label in labels}) == 1

    def told(self, file: str) -> list[SiteProblem]:
        """What was understood, and what nobody knows, each word once with its rows."""
        taken = [
            SiteProblem(
                file, "", "role_taken", {"text": text, **self._called(label), **_rows(rows)}
            )
            for (text, label), rows in self._taken.items()
        ]
        strange = [
            SiteProblem(file, key, "role_strange", {"name": text, **_rows(rows), **self._may()})
            for text, (key, rows) in self._strange.items()
        ]
        return taken + strange

    def _called(self, label: str) -> dict[str, str]:
        """The label that is meant, and what its role is called in each language."""
        same = [each for each in self._labels if self._labels[each] == self._labels[label]]
        zh = next((each for each in same if not each.isascii()), label)
        en = next((each for each in same if each.isascii()), label)
        return {"name": label, "name_zh": zh, "name_en": en}

    def _may(self) -> dict[str, str]:
        """The labels that may be used, in each language: the front ends say them in theirs."""

        def named(*, ascii_: bool) -> str:
            names = [each for each in self._labels if each.isascii() == ascii_]
            return first_of(names, _LABELS_NAMED)

        return {"names_zh": named(ascii_=False), "names_en": named(ascii_=True)}


def _rows(rows: list[int]) -> dict[str, str]:
    return {"n": str(len(rows)), "rows": first_of(rows)}
