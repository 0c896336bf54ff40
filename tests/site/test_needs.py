"""A procedure's names for what must come first, and for who signs, are answered."""

from __future__ import annotations

import pytest

from dispatcher_tui.present import i18n as words
from dispatcher_tui.present.site.site_problems import describe
from dispatcher_tui.site.problems import SiteError
from dispatcher_tui.site.procedures import parse_procedure
from tests.site import samples

VALIDITY = """[validity]
rule = "R-1"
question = { zh = "有效吗", en = "Is it valid" }
explain = { zh = "解释", en = "Explain" }
needs = "x"
when = { levels = ["y"] }
[roles]"""


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ('to = "head"', 'signer = "x"', [("step[told].signer", "unknown_role")]),
        ('to = "head"', 'needs = "x"', [("step[told].needs", "unknown_step")]),
        (
            "[roles]",
            VALIDITY,
            [("validity.needs", "unknown_step"), ("validity.when.levels", "unknown_level")],
        ),
        ('facts = ["media"]', 'channels = ["fax"]', [("level[grave].channels[#1]", "not_one_of")]),
    ],
)
def test_what_has_no_answer_is_named(old: str, new: str, found: list[tuple[str, str]]) -> None:
    words.use("zh")
    with pytest.raises(SiteError) as caught:
        parse_procedure(samples.PROCEDURE.replace(old, new, 1), "p.toml")
    assert [(problem.key, problem.code) for problem in caught.value.problems] == found
    assert all(describe(problem) for problem in caught.value.problems)


def test_a_channel_is_criterion_enough_for_a_level() -> None:
    text = samples.PROCEDURE.replace('facts = ["media"]', 'channels = ["media"]', 1)
    assert parse_procedure(text, "p.toml").levels[0].criteria
