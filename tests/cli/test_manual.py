"""``manual``: topics, a topic, and what is said of one that is none."""

from __future__ import annotations

from tests.cli.support import Run


def test_topics_and_one_of_them(run: Run) -> None:
    assert "emergency  紧急情况" in run("--lang", "zh", "manual").out
    assert run("--lang", "en", "manual", "night").out.startswith("# A night at the desk\n")
    (found,) = run("--lang", "en", "manual", "night", "--json").json
    assert (found["topic"], found["title"]) == ("night", "A night at the desk")


def test_another_topic_is_a_question_of_usage(run: Run) -> None:
    done = run("--lang", "en", "manual", "../site")
    assert done.code == 2
    assert "Topics: night, emergency" in done.err
