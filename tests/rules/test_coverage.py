"""Every obligation's parts have tests whose marks name them, and every mark names a part."""

from __future__ import annotations

import tomllib

from tests import obligations
from tests.domain.support import DATA


def _rules() -> set[str]:
    return {
        rule["id"]
        for path in (*(DATA / "procedures").glob("*.toml"), DATA / "emergency.toml")
        for rule in tomllib.loads(path.read_text("utf-8"))["rule"]
    }


def test_every_rule_has_its_parts_and_a_marked_test_and_every_mark_names_a_rule() -> None:
    assert set(obligations.all_parts()) == _rules()
    assert set(obligations.all_marks()) == _rules()


def test_the_parts_are_known_and_what_is_not_there_yet_is_one_of_them() -> None:
    parts = obligations.all_parts()
    assert {part for each in parts.values() for part in each} <= {*obligations.PARTS}
    for table in (obligations.not_yet(), obligations.missing()):
        assert obligations.less(table, parts) == {}
    assert obligations.less(obligations.missing(), obligations.not_yet()) == obligations.missing()


def test_a_part_that_is_claimed_has_a_test_and_one_that_is_not_has_none() -> None:
    parts = obligations.all_parts()
    marked = {rule: tuple(sorted(found)) for rule, found in obligations.all_marks().items()}
    claimed = obligations.less(parts, obligations.not_yet(), obligations.missing())
    assert obligations.less(claimed, marked) == {}, "claimed, and no test's mark names it"
    assert obligations.less(marked, claimed) == {}, "marked, and not among what is claimed"
